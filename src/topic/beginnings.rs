//! The first letters of patterns, as numbers that are quickly asked for.

/// Letters of a beginning.
pub(super) const BEGINNING: usize = 4;

/// The first letters of a text as one number, the first in the highest byte; 0 where there are no more.
pub(super) fn beginning(text: &[u8]) -> u32 {
    if let Some(letters) = text.first_chunk::<BEGINNING>() {
        return u32::from_be_bytes(*letters);
    }
    let mut letters = [0; BEGINNING];
    letters.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
    u32::from_be_bytes(letters)
}

/// Beginnings, none of them 0, each with the number of what begins so.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    /// A bit for each beginning: tells of most others, without a look at the places, that nothing begins so. Few enough to
    /// stay near the processor.
    bits: Box<[u64]>,
    /// Each beginning where its letters put it, or in the next place that was free; as many places as a power of two, at
    /// least twice the beginnings. The beginning of a free place is 0.
    places: Box<[(u32, u32)]>,
}

/// Bits for each place.
const BITS: usize = 8;

impl Beginnings {
    /// Of these, the same beginning always with the same number.
    pub(super) fn new(all: impl Iterator<Item = (u32, u32)>) -> Self {
        let mut all: Vec<(u32, u32)> = all.collect();
        all.sort_unstable();
        all.dedup();
        let size = (all.len() * 2).next_power_of_two().max(64 / BITS);
        let mut beginnings = Self { bits: vec![0; size * BITS / 64].into(), places: vec![(0, 0); size].into() };
        for (beginning, number) in all {
            let mixed = mixed(beginning);
            let (block, bit) = beginnings.bit(mixed);
            beginnings.bits[block] |= bit;
            let place = beginnings.place(beginning, mixed);
            beginnings.places[place] = (beginning, number);
        }
        beginnings
    }

    /// The number of what begins so.
    pub(super) fn get(&self, beginning: u32) -> Option<u32> {
        let mixed = mixed(beginning);
        let (block, bit) = self.bit(mixed);
        if self.bits.get(block)? & bit == 0 {
            return None;
        }
        let (known, number) = self.places[self.place(beginning, mixed)];
        (known == beginning && beginning != 0).then_some(number)
    }

    /// Where the bit of a beginning is.
    fn bit(&self, mixed: u64) -> (usize, u64) {
        ((mixed >> 40) as usize & self.bits.len().wrapping_sub(1), 1 << (mixed >> 34 & 63))
    }

    /// Where a beginning is, or would be.
    fn place(&self, beginning: u32, mixed: u64) -> usize {
        let last = self.places.len() - 1;
        let mut place = (mixed >> 40) as usize & last;
        while self.places[place].0 != beginning && self.places[place].0 != 0 {
            place = (place + 1) & last;
        }
        place
    }
}

fn mixed(beginning: u32) -> u64 {
    u64::from(beginning).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_are_found_again_and_no_others() {
        let all: Vec<u32> = (1..2_000u32).map(|n| (n << 12) + n % 7).collect();
        let beginnings = Beginnings::new(all.iter().map(|n| (*n, n / 3)));
        assert!(all.iter().all(|n| beginnings.get(*n) == Some(n / 3)));
        assert!((0..9_999u32).filter(|n| !all.contains(n)).all(|n| beginnings.get(n).is_none()));
        assert_eq!(Beginnings::default().get(7), None);
        assert_eq!(Beginnings::new([].into_iter()).get(0), None);
    }

    #[test]
    fn short_texts_end_with_nothing() {
        assert_eq!(beginning(b"rates"), beginning(b"rate"));
        assert_eq!(beginning(b"ra"), u32::from(b'r') << 24 | u32::from(b'a') << 16);
        assert_eq!(beginning(b""), 0);
    }
}
