//! A table of terms that is made once and only looked into: every term of every article is, so that one look must be enough.

use super::stem::TermId;

/// Terms with a value each; side by side, so that a look touches one place of the memory.
#[derive(Debug)]
pub(super) struct TermTable {
    /// As many places as a power of two, at least twice the terms. A place with [`FREE`] is free.
    places: Box<[(TermId, f32)]>,
    /// What a multiplied term is shifted by to be a place.
    shift: u32,
}

/// The value of a free place: no share is below 0.
const FREE: f32 = -1.0;

impl TermTable {
    /// Of terms that are different from each other, with values that are not below 0.
    pub(super) fn new(terms: impl ExactSizeIterator<Item = (TermId, f32)>) -> Self {
        let size = (terms.len() * 2).next_power_of_two().max(2);
        let mut table = Self { places: vec![(0, FREE); size].into(), shift: 32 - size.ilog2() };
        for (term, value) in terms {
            let mut place = table.first_place(term);
            while table.places[place].1 >= 0.0 {
                place = (place + 1) & (size - 1);
            }
            table.places[place] = (term, value);
        }
        table
    }

    fn first_place(&self, term: TermId) -> usize {
        (term.wrapping_mul(0x9e37_79b9) >> self.shift) as usize
    }

    /// The value of a term.
    pub(super) fn get(&self, term: TermId) -> Option<f32> {
        let mut place = self.first_place(term);
        loop {
            let (here, value) = self.places[place];
            if here == term && value >= 0.0 {
                return Some(value);
            }
            if value < 0.0 {
                return None;
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_and_others_are_not() {
        let terms: Vec<(TermId, f32)> = (0..10_000u16).map(|n| (u32::from(n) << 16, f32::from(n))).collect();
        let table = TermTable::new(terms.iter().copied());
        assert!(terms.iter().all(|(term, value)| table.get(*term) == Some(*value)));
        assert!((0..10_000u32).all(|n| table.get((n << 16) + 1).is_none()));
        assert_eq!(TermTable::new([].into_iter()).get(0), None);
    }
}
