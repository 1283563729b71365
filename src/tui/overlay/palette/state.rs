//! What the palette remembers.

use tui_input::Input;

use crate::command::{COMMANDS, CommandSpec, Scope};

/// The state of the palette.
#[derive(Debug, Clone)]
pub struct State {
    /// Whose commands can be done where the user is.
    pub chain: &'static [Scope],
    /// What is typed to filter.
    pub filter: Input,
    /// The selected one of the commands shown.
    pub selected: usize,
}

impl State {
    /// The palette for a place whose commands are those of `chain`.
    #[must_use]
    pub fn new(chain: &'static [Scope]) -> Self {
        Self { chain, filter: Input::default(), selected: 0 }
    }

    /// The commands that match what is typed.
    #[must_use]
    pub fn shown(&self) -> Vec<&'static CommandSpec> {
        let wanted = self.filter.value().to_lowercase();
        let fits = |c: &&CommandSpec| {
            self.chain.contains(&c.scope) && (c.help.to_lowercase().contains(&wanted) || c.name.contains(&wanted))
        };
        COMMANDS.iter().filter(fits).collect()
    }
}
