//! What the help remembers.

use tui_input::Input;

use crate::command::Scope;

/// The state of the help.
#[derive(Debug, Clone)]
pub struct State {
    /// Whose keys count where the user is.
    pub chain: &'static [Scope],
    /// What is typed to filter.
    pub filter: Input,
    /// Lines scrolled away.
    pub scroll: usize,
}

impl State {
    /// The help for a place whose keys are those of `chain`.
    #[must_use]
    pub fn new(chain: &'static [Scope]) -> Self {
        Self { chain, filter: Input::default(), scroll: 0 }
    }
}
