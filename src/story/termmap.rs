//! Maps by term, key or id: these are numbers already, so a seeded multiplication is all the hashing they need, with both
//! halves of the product, so that each bit of the number reaches every bit of the hash whatever the seed.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

/// The golden ratio's fraction: odd, and its bits have no pattern.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Differs from run to run, so that nobody can choose words that meet in one place.
static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(1u8) | 1);

/// A number that nobody can know before the program runs.
pub(super) fn seed() -> u64 {
    *SEED
}

/// A map by term.
pub(super) type TermMap<V> = HashMap<u32, V, TermState>;

/// A map by something that is one number: an id, or a hash of more bits than a term has.
pub(super) type NumberMap<K, V> = HashMap<K, V, TermState>;

/// Makes hashers of terms.
#[derive(Debug, Clone, Copy)]
pub(super) struct TermState(u64);

impl Default for TermState {
    fn default() -> Self {
        Self(*SEED)
    }
}

impl BuildHasher for TermState {
    type Hasher = TermHasher;

    fn build_hasher(&self) -> TermHasher {
        TermHasher(self.0)
    }
}

/// Hashes one term.
#[derive(Debug)]
pub(super) struct TermHasher(u64);

impl Hasher for TermHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, id: u32) {
        self.write_u64(id.into());
    }

    fn write_u64(&mut self, id: u64) {
        let (low, high) = (id ^ self.0).carrying_mul(FACTOR, 0);
        self.0 = low ^ high;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn terms_are_spread_and_found_again() {
        let mut map: TermMap<u32> = TermMap::default();
        for id in 0..10_000u32 {
            map.insert(id << 16, id);
        }
        assert!((0..10_000u32).all(|id| map.get(&(id << 16)) == Some(&id)));
        // By any seed: the last ones are as poor as seeds can be.
        for seed in (0..500).map(|_| RandomState::new().hash_one(1u8)).chain([0, 1, 1 << 63, u64::MAX, FACTOR]) {
            for shift in [0, 8, 16, 20] {
                let hash = |id: u32| TermState(seed).hash_one(id << shift);
                let low: HashSet<u64> = (0..4_096).map(|id| hash(id) & 0xfff).collect();
                let top: HashSet<u64> = (0..4_096).map(|id| hash(id) >> 57).collect();
                assert!(low.len() > 1_500, "{} of 4096 places by seed {seed:x} and shift {shift}", low.len());
                assert!(top.len() > 100, "{} of 128 marks by seed {seed:x} and shift {shift}", top.len());
            }
        }
    }
}
