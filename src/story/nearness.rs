//! Likenesses of pairs that were compared before: a story that grows is not compared anew as a whole with each arrival.

use super::likeness::likeness;
use super::remembered::Remembered;

/// Pairs that are kept, a power of two: a megabyte and a half, of which only as much is touched as stories are large.
const KEPT: usize = 1 << 17;

/// A pair by the serial numbers of its articles, the smaller first, with its likeness; not a number for none.
type Pair = (u32, u32, f32);

/// Pairs compared of late, each in the one place where it can be; what comes later takes the place.
#[derive(Debug, Default)]
pub(super) struct Nearness {
    pairs: Vec<Pair>,
}

impl Nearness {
    /// [`likeness`] of two articles, from the last time if that is still known.
    pub(super) fn likeness(&mut self, one: &Remembered, other: &Remembered) -> Option<f32> {
        let (low, high) = (one.serial.min(other.serial), one.serial.max(other.serial));
        let place = self.place(low, high);
        if let Some((first, second, alike)) = self.pairs.get(place)
            && (*first, *second) == (low, high)
        {
            return Some(*alike).filter(|alike| !alike.is_nan());
        }
        let alike = likeness(one, other);
        self.pairs[place] = (low, high, alike.unwrap_or(f32::NAN));
        alike
    }

    /// Keeps what was found out about two articles.
    pub(super) fn keep(&mut self, one: &Remembered, other: &Remembered, alike: f32) {
        let (low, high) = (one.serial.min(other.serial), one.serial.max(other.serial));
        let place = self.place(low, high);
        self.pairs[place] = (low, high, alike);
    }

    fn place(&mut self, low: u32, high: u32) -> usize {
        if self.pairs.is_empty() {
            // No article has the serial number 0.
            self.pairs = vec![(0, 0, 0.0); KEPT];
        }
        let mixed = (u64::from(low) << 32 | u64::from(high)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize % KEPT
    }
}
