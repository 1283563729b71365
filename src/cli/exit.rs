//! How a command ends: exit codes (DESIGN 7) and the error that carries one.

use std::process::ExitCode;

use crate::engine::EngineError;

/// Why a command ends other than well; each kind has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It could not be done: 1.
    Failed,
    /// The command line or the config is wrong: 2.
    Usage,
    /// One or more feeds failed: 3.
    FeedsFailed,
    /// A signal ended it: 128 and the signal's number.
    Signal(u8),
}

impl Kind {
    /// The exit code.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::FeedsFailed => 3,
            Self::Signal(number) => 128_u8.saturating_add(number),
        }
    }

    /// The exit code as `main` returns it.
    #[must_use]
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

/// An error for people: what happened to what, and what to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// Decides the exit code.
    pub kind: Kind,
    /// What happened; empty when everything was said already. May have several lines.
    pub message: String,
    /// What to do now, a line each.
    pub hints: Vec<String>,
}

impl CliError {
    /// It could not be done.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { kind: Kind::Failed, message: message.into(), hints: Vec::new() }
    }

    /// The command line or the config is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, message: message.into(), hints: Vec::new() }
    }

    /// Ends with `kind`'s code without another word.
    #[must_use]
    pub fn quiet(kind: Kind) -> Self {
        Self { kind, message: String::new(), hints: Vec::new() }
    }

    /// Adds a line that says what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<EngineError> for CliError {
    fn from(error: EngineError) -> Self {
        Self::failed(error.0)
    }
}

/// How a command ends.
pub type Outcome = Result<(), CliError>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_manual() {
        let codes = [Kind::Failed, Kind::Usage, Kind::FeedsFailed, Kind::Signal(15)].map(Kind::code);
        assert_eq!(codes, [1, 2, 3, 143]);
    }
}
