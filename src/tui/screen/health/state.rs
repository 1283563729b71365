//! What the health screen remembers.

use crate::engine::FeedHealth;

/// The state of the health screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The feeds; none until they have come.
    pub feeds: Option<Vec<FeedHealth>>,
    /// The selected one.
    pub selected: usize,
}
