//! The terms of one article, quickly asked for those of another: most are told not to be among them by one look at one byte,
//! and the others are found by it.

use super::remembered::Weighted;
use super::stem::TermId;

/// Places, a power of two: with a hundred terms nine of ten are free.
const PLACES: usize = 1024;

/// Where each term of an article stands among them, counted from 1 and 0 in a free place: in the place that its id gives it,
/// or in the next one that was free.
#[derive(Debug)]
pub(super) struct Sieve([u8; PLACES]);

impl Sieve {
    /// Of an article's terms, of which there are fewer than 255.
    pub(super) fn of(terms: &[Weighted]) -> Self {
        let mut places = [0; PLACES];
        for (term, number) in terms.iter().zip(1..=u8::MAX) {
            let mut place = place(term.id);
            while places[place] != 0 {
                place = (place + 1) % PLACES;
            }
            places[place] = number;
        }
        Self(places)
    }

    /// Pairs of the same term in the terms that this is of and in others, in the order of the others.
    pub(super) fn common<'a>(
        &self,
        terms: &'a [Weighted],
        others: &'a [Weighted],
    ) -> impl Iterator<Item = (&'a Weighted, &'a Weighted)> {
        others.iter().filter_map(|other| Some((self.find(terms, other.id)?, other)))
    }

    fn find<'a>(&self, terms: &'a [Weighted], id: TermId) -> Option<&'a Weighted> {
        let mut place = place(id);
        loop {
            let number = usize::from(self.0[place]);
            let term = terms.get(number.checked_sub(1)?)?;
            if term.id == id {
                return Some(term);
            }
            place = (place + 1) % PLACES;
        }
    }
}

/// Where a term is looked for first; ids are hashes, so that any bits of them do.
fn place(id: TermId) -> usize {
    (id ^ id >> 16) as usize % PLACES
}
