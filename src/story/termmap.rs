//! Maps by term, key or id: these are numbers already, so a seeded multiplication is all the hashing they need.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

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
        let mixed = (u64::from(id).wrapping_add(0x9e37_79b9_7f4a_7c15) ^ self.0.rotate_left(32)).wrapping_mul(self.0);
        self.0 = mixed ^ mixed >> 29;
    }

    fn write_u64(&mut self, id: u64) {
        let mixed = (id ^ id >> 32).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(self.0);
        self.0 = mixed ^ mixed >> 29;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_spread_and_found_again() {
        let mut map: TermMap<u32> = TermMap::default();
        for id in 0..10_000u32 {
            map.insert(id << 16, id);
        }
        assert!((0..10_000u32).all(|id| map.get(&(id << 16)) == Some(&id)));
        let state = TermState::default();
        let low: std::collections::HashSet<u64> = (0..4_096u32).map(|id| state.hash_one(id << 16) & 0xfff).collect();
        assert!(low.len() > 1_500, "{} of 4096 places", low.len());
    }
}
