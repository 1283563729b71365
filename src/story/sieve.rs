//! The terms of one article, quickly asked for those of another: most are told not to be among them by one bit.

use super::remembered::Weighted;
use super::stem::TermId;

/// Words of bits: with a hundred terms one of twenty is let through by chance.
const BLOCKS: usize = 32;

/// Which terms an article may have.
#[derive(Debug)]
pub(super) struct Sieve([u64; BLOCKS]);

impl Sieve {
    /// Of an article's terms.
    pub(super) fn of(terms: &[Weighted]) -> Self {
        let mut bits = [0; BLOCKS];
        for term in terms {
            let (block, bit) = place(term.id);
            bits[block] |= bit;
        }
        Self(bits)
    }

    /// Pairs of the same term in the terms that this is of and in others, by id. Both are in the order of their ids.
    pub(super) fn common<'a>(
        &self,
        terms: &'a [Weighted],
        others: &'a [Weighted],
    ) -> impl Iterator<Item = (&'a Weighted, &'a Weighted)> {
        others.iter().filter(|other| self.may_have(other.id)).filter_map(|other| {
            let at = terms.binary_search_by_key(&other.id, |term| term.id).ok()?;
            Some((&terms[at], other))
        })
    }

    fn may_have(&self, id: TermId) -> bool {
        let (block, bit) = place(id);
        self.0[block] & bit != 0
    }
}

/// Where the bit of a term is; ids are hashes, so that any bits of them do.
fn place(id: TermId) -> (usize, u64) {
    ((id as usize >> 6) & (BLOCKS - 1), 1 << (id & 63))
}
