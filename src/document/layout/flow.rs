//! Spans as one text that is broken into lines and cut into spans again.

use std::ops::Range;

use crate::document::blocks::{Span, Style};
use crate::text;

/// A zero-width space between spans that would join into one cluster; never shown.
const JOINT: char = '\u{200b}';

/// A run of the text in one style.
#[derive(Debug)]
struct Run {
    /// Where it ends in the text.
    end: usize,
    style: Style,
    link: Option<usize>,
}

/// Whether a text reads as a number: 1,200; -3.5 %; $950.
pub(in crate::document) fn is_number(text: &str) -> bool {
    let text = text.trim();
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\u{a0}' | '%' | '+' | '-' | '−' | '$' | '€' | '£')
        })
}

/// Whether a text stands for a number that is not there: "–", "n/a".
pub(in crate::document) fn is_no_number(text: &str) -> bool {
    let text = text.trim();
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '−' | '.' | '…' | '*' | '/'))
        || matches!(text, "n/a" | "N/A" | "n.a.")
}

/// Running text, with the number of each link behind it.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    runs: Vec<Run>,
}

impl Flow {
    /// The spans in order, each with `style` on top of its own.
    pub(super) fn new(spans: &[Span], style: Style) -> Self {
        let mut flow = Self::default();
        flow.push_all(spans, style);
        flow
    }

    /// Adds spans.
    pub(super) fn push_all(&mut self, spans: &[Span], style: Style) {
        for (at, span) in spans.iter().enumerate() {
            self.push(&span.text, span.style.and(style), span.link);
            let next = spans.get(at + 1).and_then(|span| span.link);
            if let Some(link) = span.link
                && next != span.link
            {
                // Never parted from its text.
                self.push(&format!("\u{a0}[{}]", link.saturating_add(1)), Style::DIM, span.link);
            }
        }
    }

    /// Adds text in one style.
    pub(super) fn push(&mut self, text: &str, style: Style, link: Option<usize>) {
        if self.would_join(text) {
            self.text.push(JOINT);
        }
        self.text.push_str(text);
        match self.runs.last_mut() {
            Some(last) if last.style == style && last.link == link => last.end = self.text.len(),
            _ => self.runs.push(Run { end: self.text.len(), style, link }),
        }
    }

    /// Whether `text` would make one cluster with what stands before it. It is drawn as a span of its own, so its columns
    /// have to be counted by itself.
    fn would_join(&self, text: &str) -> bool {
        let Some(first) = text.chars().next().filter(|c| !c.is_ascii()) else { return false };
        let Some(last) = self.text.chars().next_back() else { return false };
        text::clusters(&String::from_iter([last, first])).count() < 2
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Columns of its longest line when no line is broken but by force.
    pub(super) fn natural_width(&self) -> usize {
        self.text.split('\n').map(text::width).max().unwrap_or(0)
    }

    /// Columns of its longest word.
    pub(super) fn longest_word(&self) -> usize {
        self.text.split([' ', '\n']).map(text::width).max().unwrap_or(0)
    }

    /// Whether it reads as a number: it is set to the right in tables. None: it says nothing of its column.
    pub(super) fn is_number(&self) -> Option<bool> {
        (!is_no_number(&self.text)).then(|| is_number(&self.text))
    }

    /// Its lines at `columns`, at most `most`.
    pub(super) fn lines(&self, columns: usize, most: usize) -> Vec<Vec<Span>> {
        let mut run = 0;
        let ranges = text::line_ranges(&self.text, columns, most);
        ranges.into_iter().map(|range| self.spans(range, columns, &mut run)).collect()
    }

    /// The spans of one line. `run` is where the line before ended, so that all lines together look at each run once.
    fn spans(&self, range: Range<usize>, columns: usize, run: &mut usize) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(current) = self.runs.get(*run) else { break };
            if current.end <= at {
                *run += 1;
                continue;
            }
            let end = current.end.min(range.end);
            let text = text::fit(self.text[at..end].trim_matches(JOINT), columns);
            spans.push(Span { text, style: current.style, link: current.link });
            at = end;
        }
        spans
    }
}
