//! What is wrong with a query, and where.

use std::ops::Range;

/// A query that cannot be understood. `at` says where to draw the caret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// The faulty part of the text, in characters (not bytes); may be empty at its end.
    pub at: Range<usize>,
    /// What is wrong, and what could be meant.
    pub message: String,
}

impl QueryError {
    pub(super) fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into() }
    }

    /// Two more lines for a terminal: the text, and a caret line under it. Columns are right when every character
    /// of the text is one column wide.
    #[must_use]
    pub fn with_caret(&self, text: &str) -> String {
        let carets = "^".repeat(self.at.len().max(1));
        format!("{}\n  {text}\n  {}{carets}", self.message, " ".repeat(self.at.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_under_the_fault() {
        let error = QueryError::new(6..9, "no");
        assert_eq!(error.with_caret("hapag abc"), "no\n  hapag abc\n        ^^^");
        assert_eq!(QueryError::new(2..2, "no").with_caret("ab"), "no\n  ab\n    ^");
    }
}
