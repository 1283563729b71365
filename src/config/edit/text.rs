//! A parsed text and the cuts that are made in it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::EditError;

/// A config's text with the places of what is in it.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    pub(super) root: DeTable<'t>,
    /// How its lines end.
    pub(super) newline: &'static str,
}

impl<'t> Source<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Self, EditError> {
        let root = DeTable::parse(text).map_err(|error| EditError::Broken {
            line: text.get(..error.span().map_or(0, |span| span.start)).unwrap_or(text).matches('\n').count() + 1,
            message: error.message().to_owned(),
        })?;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        Ok(Self { text, root: root.into_inner(), newline })
    }

    /// The text with some of its parts exchanged. Parts must not overlap.
    pub(super) fn spliced(&self, mut parts: Vec<(Range<usize>, String)>) -> String {
        parts.sort_by_key(|(range, _)| range.start);
        let mut result = String::with_capacity(self.text.len() + 256);
        let mut done = 0;
        for (range, new) in parts {
            result.push_str(&self.text[done..range.start]);
            result.push_str(&new);
            done = range.end;
        }
        result.push_str(&self.text[done..]);
        result
    }

    /// Where the line of a byte begins.
    pub(super) fn line_start(&self, byte: usize) -> usize {
        self.text[..byte].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Where the line of a byte ends, before its line break.
    pub(super) fn line_end(&self, byte: usize) -> usize {
        let end = self.text[byte..].find('\n').map_or(self.text.len(), |at| byte + at);
        if self.text[..end].ends_with('\r') { end - 1 } else { end }
    }

    /// Where the line after a byte's begins.
    pub(super) fn next_line(&self, byte: usize) -> usize {
        self.text[byte..].find('\n').map_or(self.text.len(), |at| byte + at + 1)
    }

    /// White space before a byte on its line.
    pub(super) fn indent(&self, byte: usize) -> &'t str {
        let line = &self.text[self.line_start(byte)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// True for a table in braces, false for one with a header in brackets.
    pub(super) fn is_inline(&self, table: &Spanned<DeValue<'_>>) -> bool {
        self.text[table.span().start..].starts_with('{')
    }

    /// What has to come before new lines at the end of the text: a line break if the last line has none, and an empty line.
    pub(super) fn before_appended(&self) -> String {
        let text = self.text.trim_start_matches('\u{feff}');
        match (text.is_empty(), text.ends_with('\n')) {
            (true, _) => String::new(),
            (_, true) if text.ends_with("\n\n") || text.ends_with("\n\r\n") => String::new(),
            (_, true) => self.newline.to_owned(),
            (_, false) => self.newline.repeat(2),
        }
    }
}

/// Where the last value of a table ends, tables in it included.
pub(super) fn content_end(value: &Spanned<DeValue<'_>>) -> usize {
    let inside = match value.get_ref() {
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| key.span().end.max(content_end(value))).max().unwrap_or(0)
        }
        DeValue::Array(array) => array.iter().map(content_end).max().unwrap_or(0),
        _ => 0,
    };
    inside.max(value.span().end)
}

/// A text as a TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The edited text, if it is still TOML.
pub(super) fn checked(text: String, what: &'static str) -> Result<String, EditError> {
    if DeTable::parse(&text).is_ok() { Ok(text) } else { Err(EditError::TooClever(what)) }
}
