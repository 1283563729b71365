//! Numbers that look like chance and are the same in every run.

/// A linear congruential generator.
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(state: u64) -> Self {
        Self { state }
    }

    /// A number below `end`.
    pub(crate) fn number(&mut self, end: u64) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % end
    }

    /// One of several.
    pub(crate) fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.number(all.len() as u64) as usize]
    }
}
