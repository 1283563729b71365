//! Faults of a config file, and where they are.

use std::collections::HashSet;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::excerpt::excerpt;

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
    /// The line and a caret under the column, for people; empty where there is none to show. Secrets are starred out.
    pub excerpt: String,
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file.display(), self.line, self.column, self.message)
    }
}

impl Diagnostic {
    /// As `Display`, with the line it is about.
    #[must_use]
    pub fn with_excerpt(&self) -> String {
        if self.excerpt.is_empty() { self.to_string() } else { format!("{self}\n{}", self.excerpt) }
    }
}

/// All diagnostics for people: one below the other, each with its line.
#[must_use]
pub fn told(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(Diagnostic::with_excerpt).collect::<Vec<_>>().join("\n")
}

/// Collects diagnostics and turns places in the text into lines and columns.
pub(super) struct Report<'a> {
    file: &'a Path,
    text: &'a str,
    line_starts: Vec<usize>,
    /// The byte each is about, and its words: lines and columns are worked out for those that are told.
    found: Vec<(usize, String)>,
    /// Found after the first [`KEPT`].
    further: usize,
    /// Lines on which something was found.
    faulty: HashSet<usize>,
}

/// More are not listed: nobody reads them.
const MOST: usize = 200;

/// More are only counted: a file of 4 MiB has room for millions.
const KEPT: usize = 10_000;

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a Path, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, line_starts, found: Vec::new(), further: 0, faulty: HashSet::new() }
    }

    /// The number of the line, 0-based, that a byte of the text is on.
    fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// Line and column, 1-based, of a byte of the text.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.line(byte);
        // A byte order mark is not seen in an editor.
        let seen = self.text.get(self.line_starts[line]..byte).unwrap_or_default().chars().filter(|c| *c != '\u{feff}');
        (line + 1, seen.count() + 1)
    }

    /// Notes a fault at a span of bytes.
    pub(super) fn add(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.faulty.insert(self.line(span.start));
        if self.found.len() < KEPT {
            self.found.push((span.start, message.into()));
        } else {
            self.further += 1;
        }
    }

    /// True when nothing was noted on this line yet.
    pub(super) fn is_clean_at(&self, byte: usize) -> bool {
        !self.faulty.contains(&self.line(byte))
    }

    /// What was found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(byte, _)| *byte);
        let more = found.len().saturating_sub(MOST) + self.further;
        found.truncate(MOST);
        let mut told: Vec<Diagnostic> =
            found.into_iter().map(|(byte, message)| self.diagnostic(byte, message)).collect();
        if let Some(last) = told.last().filter(|_| more > 0).cloned() {
            let message = format!("and {more} more after this");
            told.push(Diagnostic { message, excerpt: String::new(), ..last });
        }
        told
    }

    fn diagnostic(&self, byte: usize, message: String) -> Diagnostic {
        let (line, column) = self.place(byte);
        let excerpt = excerpt(self.text, self.line_starts[line - 1], column);
        Diagnostic { file: self.file.to_path_buf(), line, column, message, excerpt }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::parse;

    #[test]
    fn a_file_full_of_mistakes_is_told_in_bounds_and_at_once() {
        // Were each compared with all before it, or its column counted from the start of the line, this would take hours.
        let lines = "x = 1\n".repeat(40_000);
        let values = format!("[programs]\nbrowser = [{}]", "1,".repeat(40_000));
        for text in [lines, values] {
            let (_, diagnostics) = parse(&text, "config.toml".as_ref());
            assert!(diagnostics.len() <= 402, "{}", diagnostics.len());
            assert!(diagnostics.last().is_some_and(|last| last.message.ends_with(" more after this")));
        }
    }
}
