//! What the first run remembers.

use crate::tui::model::Pack;

/// The state of the first run.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The packs, each with whether it is chosen.
    pub packs: Vec<(Pack, bool)>,
    /// The selected line.
    pub selected: usize,
}

impl State {
    /// The choice among these packs.
    #[must_use]
    pub fn new(packs: Vec<Pack>) -> Self {
        Self { packs: packs.into_iter().map(|p| (p, false)).collect(), selected: 0 }
    }
}
