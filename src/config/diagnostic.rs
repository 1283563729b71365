//! Faults of a config file, and where they are.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// One thing that is wrong with a config file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file.
    pub file: PathBuf,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What is wrong, and the nearest valid name.
    pub message: String,
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file.display(), self.line, self.column, self.message)
    }
}

impl Diagnostic {
    /// As `Display`, with the line of `text` (the file's content) and a caret under the column.
    #[must_use]
    pub fn with_source(&self, text: &str) -> String {
        let Some(line) = text.lines().nth(self.line.saturating_sub(1)) else { return self.to_string() };
        // Tabs as one column, so that the caret stands right; other control characters never reach a terminal.
        let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(self.column + 80).collect();
        format!("{self}\n    {}\n    {}^", line.trim_end(), " ".repeat(self.column.saturating_sub(1)))
    }
}

/// Collects diagnostics and turns places in the text into lines and columns.
pub(super) struct Report<'a> {
    file: &'a Path,
    text: &'a str,
    line_starts: Vec<usize>,
    found: Vec<Diagnostic>,
}

/// More are not listed: nobody reads them.
const MOST: usize = 200;

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a Path, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, line_starts, found: Vec::new() }
    }

    /// Line and column, 1-based, of a byte of the text.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let start = self.line_starts[line - 1];
        // A byte order mark is not seen in an editor.
        let seen = self.text.get(start..byte).unwrap_or_default().chars().filter(|c| *c != '\u{feff}');
        (line, seen.count() + 1)
    }

    /// Notes a fault at a span of bytes.
    pub(super) fn add(&mut self, span: &Range<usize>, message: impl Into<String>) {
        let (line, column) = self.place(span.start);
        self.found.push(Diagnostic { file: self.file.to_path_buf(), line, column, message: message.into() });
    }

    /// True when nothing was noted on this line yet.
    pub(super) fn is_clean_at(&self, byte: usize) -> bool {
        let (line, _) = self.place(byte);
        self.found.iter().all(|diagnostic| diagnostic.line != line)
    }

    /// What was found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        let more = self.found.len().saturating_sub(MOST);
        if more > 0 {
            self.found.truncate(MOST);
            let place = self.found[MOST - 1].clone();
            self.found.push(Diagnostic { message: format!("and {more} more after this"), ..place });
        }
        self.found
    }
}
