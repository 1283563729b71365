//! What the log screen remembers.

/// The state of the log screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Lines scrolled away, from the newest.
    pub scroll: usize,
}
