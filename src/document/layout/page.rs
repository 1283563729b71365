//! The lines that have been set so far, and what stands at the left of the next ones.

use super::flow::Flow;
use super::{Line, LineKind, MAX_LINES, Setting};
use crate::document::blocks::{Document, Link, Span};
use crate::text::width;

/// Most bars and indents at the left of a line; deeper ones are left out.
const MAX_PREFIXES: usize = 12;
/// Columns that prefixes leave for the text in any case, where there are as many: else half of the width.
const MIN_ROOM: usize = 24;

/// What stands at the left of lines.
struct Prefix {
    /// On the first line; taken by it.
    first: Option<Span>,
    /// On all others.
    rest: Span,
    columns: usize,
}

/// A layout while it is made.
pub(super) struct Page<'a> {
    lines: Vec<Line>,
    width: usize,
    prefixes: Vec<Prefix>,
    pub(super) links: &'a [Link],
    pub(super) ascii: bool,
    /// The kind of lines that have none of their own.
    pub(super) kind: LineKind,
    /// No blank lines between blocks: within lists of short items.
    pub(super) tight: bool,
    /// How many blocks are open around what is being set.
    pub(super) depth: usize,
    /// Columns and rows that pictures take.
    pub(super) pictures: &'a [Option<(u16, u16)>],
    /// How many pictures have been set.
    pub(super) figure: usize,
    last_is_blank: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(document: &'a Document, setting: &'a Setting, width: usize) -> Self {
        Self {
            lines: Vec::new(),
            width,
            prefixes: Vec::new(),
            links: &document.links,
            ascii: setting.ascii,
            kind: LineKind::Text,
            tight: false,
            depth: 0,
            pictures: &setting.pictures,
            figure: 0,
            last_is_blank: false,
        }
    }

    /// All lines.
    pub(super) fn finish(mut self) -> Vec<Line> {
        if self.last_is_blank {
            self.lines.pop();
        }
        self.lines
    }

    /// Whether no more lines are taken.
    pub(super) fn is_full(&self) -> bool {
        self.lines.len() >= MAX_LINES
    }

    /// How many more lines are taken.
    pub(super) fn lines_left(&self) -> usize {
        MAX_LINES.saturating_sub(self.lines.len())
    }

    /// Columns for text.
    pub(super) fn room(&self) -> usize {
        let taken: usize = self.prefixes.iter().map(|prefix| prefix.columns).sum();
        self.width.saturating_sub(taken).max(1)
    }

    /// Puts something at the left of the lines that follow: `first` of the next one, `rest`, as wide, of the others. False
    /// when there is no room for it.
    pub(super) fn push_prefix(&mut self, first: Span, rest: Span) -> bool {
        let columns = width(&first.text).max(width(&rest.text));
        let room = MIN_ROOM.min(self.width.div_ceil(2));
        if self.prefixes.len() >= MAX_PREFIXES || self.room() < columns + room {
            return false;
        }
        self.prefixes.push(Prefix { first: Some(first), rest, columns });
        true
    }

    /// Takes the last prefix away again, if it was `pushed`.
    pub(super) fn pop_prefix(&mut self, pushed: bool) {
        if pushed {
            self.prefixes.pop();
        }
    }

    /// A blank line between blocks, where there is none yet and one is wanted.
    pub(super) fn separate(&mut self) {
        if !self.tight {
            self.blank();
        }
    }

    /// A blank line, where there is none yet. None comes first, and none comes between a list's mark and its text.
    pub(super) fn blank(&mut self) {
        let waits = self.prefixes.last().is_some_and(|prefix| prefix.first.is_some());
        if self.lines.is_empty() || self.last_is_blank || waits || self.is_full() {
            return;
        }
        let mut spans = self.left(false);
        while let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            spans.pop();
        }
        self.lines.push(Line { spans, kind: self.kind });
        self.last_is_blank = true;
    }

    /// Sets a line that is at most [`Self::room`] wide.
    pub(super) fn put(&mut self, spans: Vec<Span>, kind: Option<LineKind>) {
        if self.is_full() {
            return;
        }
        let mut line = self.left(true);
        line.extend(spans);
        self.lines.push(Line { spans: line, kind: kind.unwrap_or(self.kind) });
        self.last_is_blank = false;
    }

    /// Sets running text.
    pub(super) fn write(&mut self, flow: &Flow, kind: Option<LineKind>) {
        for line in flow.lines(self.room(), self.lines_left()) {
            self.put(line, kind);
        }
    }

    /// What stands at the left, in as few spans as may be.
    fn left(&mut self, take_first: bool) -> Vec<Span> {
        let mut left: Vec<Span> = Vec::new();
        for prefix in &mut self.prefixes {
            let first = if take_first { prefix.first.take() } else { None };
            let span = first.unwrap_or_else(|| prefix.rest.clone());
            match left.last_mut() {
                Some(last) if last.style == span.style => last.text.push_str(&span.text),
                _ => left.push(span),
            }
        }
        left
    }
}
