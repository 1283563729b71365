//! Finding in an article: what is looked for, where it stands in the text, which of the hits the user is at.

use std::ops::Range;

use tui_input::Input;

use crate::document::{Hit, Line, find};
use crate::text::fold;
use crate::tui::intent::Direction;

/// So many hits are told at most.
const MOST: usize = 10_000;

/// What is looked for, and what was found.
#[derive(Debug, Clone, Default)]
pub struct Find {
    /// What is typed.
    pub input: Input,
    /// It is being typed.
    pub typing: bool,
    /// Where the pane was scrolled to when it began.
    pub(super) from: usize,
    /// The parts of the hits, one on each line that they are on.
    parts: Vec<Hit>,
    /// Where each hit begins among them.
    hits: Vec<usize>,
    /// The hit that the user is at.
    at: usize,
}

impl Find {
    /// Something is to be looked for; the pane is scrolled to this row.
    pub(super) fn begin(scroll: usize) -> Self {
        Self { typing: true, from: scroll, ..Self::default() }
    }

    /// Looks for what is typed. The hit that the user is at stays the same one where the hits do.
    pub(super) fn look(&mut self, lines: &[Line]) {
        self.parts = find(lines, &fold(self.input.value()));
        let begins = self.parts.iter().enumerate().filter(|(_, part)| !part.continues);
        self.hits = begins.map(|(n, _)| n).collect();
        self.at = self.at.min(self.hits.len().saturating_sub(1));
    }

    /// Goes to the first hit at or after a line, from the start when there is none; gives its line.
    pub(super) fn go_from(&mut self, line: usize) -> Option<usize> {
        self.at = self.hits.iter().position(|hit| self.parts[*hit].line >= line).unwrap_or(0);
        self.line()
    }

    /// Goes to the next or the previous hit, around the end; gives its line.
    pub(super) fn step(&mut self, direction: Direction) -> Option<usize> {
        let step = if direction == Direction::Next { 1 } else { self.hits.len().saturating_sub(1) };
        self.at = self.at.saturating_add(step).checked_rem(self.hits.len())?;
        self.line()
    }

    fn line(&self) -> Option<usize> {
        self.hits.get(self.at).and_then(|hit| self.parts.get(*hit)).map(|part| part.line)
    }

    /// `3 of 12`; that there are none; nothing while nothing is typed.
    #[must_use]
    pub fn tally(&self) -> Option<String> {
        if self.input.value().trim().is_empty() {
            return None;
        }
        Some(match self.hits.len() {
            0 => "not found".to_owned(),
            MOST => format!("{} of {MOST} or more", self.at + 1),
            hits => format!("{} of {hits}", self.at + 1),
        })
    }

    /// Whether there is anything to go to.
    #[must_use]
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// The columns of a line that are hits, in order, and whether the user is at that hit.
    pub(super) fn in_line(&self, line: usize) -> impl Iterator<Item = (Range<usize>, bool)> {
        let begins = self.hits.get(self.at).copied();
        let ends = self.hits.get(self.at + 1).copied().unwrap_or(self.parts.len());
        let here = begins.map_or(0..0, |begins| begins..ends);
        let first = self.parts.partition_point(|part| part.line < line);
        let of_line = self.parts.iter().enumerate().skip(first).take_while(move |(_, part)| part.line == line);
        of_line.map(move |(n, part)| (part.columns.clone(), here.contains(&n)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{LineKind, Span};

    fn lines(texts: &[&str]) -> Vec<Line> {
        let span = |text: &str| Span { text: text.to_owned(), ..Span::default() };
        texts.iter().map(|text| Line { spans: vec![span(text)], kind: LineKind::Text }).collect()
    }

    #[test]
    fn hits_are_gone_through_around_the_end() {
        let lines = lines(&["rate", "box", "rate", "rate"]);
        let mut find = Find::begin(0);
        assert_eq!(find.tally(), None);
        find.input = Input::from("rate");
        find.look(&lines);
        assert_eq!((find.go_from(1), find.tally()), (Some(2), Some("2 of 3".to_owned())));
        assert_eq!(find.step(Direction::Next), Some(3));
        assert_eq!((find.step(Direction::Next), find.step(Direction::Previous)), (Some(0), Some(3)));
        find.input = Input::from("rates");
        find.look(&lines);
        assert_eq!((find.step(Direction::Next), find.tally().as_deref()), (None, Some("not found")));
    }

    #[test]
    fn all_parts_of_a_hit_are_the_one_that_the_user_is_at() {
        let lines = lines(&["more box", "rates, box", "rates"]);
        let mut find = Find::begin(0);
        find.input = Input::from("BOX rates");
        find.look(&lines);
        let shown = |find: &Find| (0..3).map(|line| find.in_line(line).collect::<Vec<_>>()).collect::<Vec<_>>();
        assert_eq!(shown(&find), [vec![(5..8, true)], vec![(0..5, true), (7..10, false)], vec![(0..5, false)]]);
        assert_eq!((find.tally().as_deref(), find.step(Direction::Next)), (Some("1 of 2"), Some(1)));
        assert_eq!(shown(&find)[2], [(0..5, true)]);
    }
}
