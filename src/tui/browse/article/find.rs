//! Finding in an article: what is looked for, where it stands in the text, which of the hits the user is at.

use std::ops::Range;

use tui_input::Input;

use crate::document::Line;
use crate::text::fold;
use crate::tui::intent::Direction;
use crate::tui::reading::{is_marker, writes_no_spaces};

/// More hits than that say nothing.
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
    hits: Vec<Hit>,
    at: usize,
}

/// A place in the text: line, and byte in the text of that line.
type Spot = (usize, usize);

/// A hit; it may go on over the end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hit {
    from: Spot,
    to: Spot,
    /// Where it goes on in its last line, past what is set before the text of that.
    again: usize,
}

impl Find {
    /// Something is to be looked for; the pane is scrolled to this row.
    pub(super) fn begin(scroll: usize) -> Self {
        Self { typing: true, from: scroll, ..Self::default() }
    }

    /// Looks for what is typed. The hit that the user is at stays the same one where the hits do.
    pub(super) fn look(&mut self, lines: &[Line]) {
        self.hits = find(lines, self.input.value());
        self.at = self.at.min(self.hits.len().saturating_sub(1));
    }

    /// Goes to the first hit at or after a line, from the start when there is none; gives its line.
    pub(super) fn go_from(&mut self, line: usize) -> Option<usize> {
        self.at = self.hits.iter().position(|hit| hit.from.0 >= line).unwrap_or(0);
        self.line()
    }

    /// Goes to the next or the previous hit, around the end; gives its line.
    pub(super) fn step(&mut self, direction: Direction) -> Option<usize> {
        let step = if direction == Direction::Next { 1 } else { self.hits.len().saturating_sub(1) };
        self.at = self.at.saturating_add(step).checked_rem(self.hits.len())?;
        self.line()
    }

    fn line(&self) -> Option<usize> {
        self.hits.get(self.at).map(|hit| hit.from.0)
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

    /// The parts of a line that are hits, in order, and whether the user is at that hit; `length` is the line's in bytes.
    pub(super) fn in_line(&self, line: usize, length: usize) -> impl Iterator<Item = (Range<usize>, bool)> {
        let first = self.hits.partition_point(|hit| hit.to.0 < line);
        let of_line = self.hits.iter().enumerate().skip(first).take_while(move |(_, hit)| hit.from.0 <= line);
        let parts = of_line.map(move |(n, hit)| {
            let from = match (hit.from.0 < line, hit.to.0 == line) {
                (false, _) => hit.from.1,
                (true, true) => hit.again,
                (true, false) => 0,
            };
            let to = if hit.to.0 > line { length } else { hit.to.1 };
            (from..to, n == self.at)
        });
        // Blank lines within a hit have nothing of it.
        parts.filter(|(range, _)| !range.is_empty())
    }
}

/// A character as it is compared: where it is, and where it ends.
#[derive(Debug, Clone, Copy)]
struct Compared {
    c: char,
    from: Spot,
    to: usize,
}

/// Where a text stands in lines. Case and marks on letters do not count, and the end of a line is a space.
fn find(lines: &[Line], needle: &str) -> Vec<Hit> {
    let needle: Vec<char> = fold(needle.trim()).split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let Some(first) = needle.first() else { return Vec::new() };
    let mut hits = Vec::new();
    let mut ahead: Vec<Compared> = Vec::new();
    let mut lines = lines.iter().enumerate();
    let mut at = 0;
    loop {
        // Always as much at hand as the needle may take, and no more than some lines.
        while ahead.len() < at + needle.len() {
            match lines.next() {
                Some((n, line)) => {
                    ahead.drain(..at);
                    at = 0;
                    compared(n, line, &mut ahead);
                }
                None if ahead.len() <= at => return hits,
                None => break,
            }
        }
        let here = &ahead[at..];
        let found = here.len() >= needle.len()
            && here[0].c == *first
            && here.iter().zip(&needle).all(|(compared, wanted)| compared.c == *wanted);
        if !found {
            at += 1;
            continue;
        }
        let last = here[needle.len() - 1];
        let of_last = here[..needle.len()].iter().find(|compared| compared.from.0 == last.from.0 && compared.c != ' ');
        let again = of_last.map_or(0, |compared| compared.from.1);
        hits.push(Hit { from: here[0].from, to: (last.from.0, last.to), again });
        if hits.len() == MOST {
            return hits;
        }
        at += needle.len();
    }
}

/// Adds the characters of a line, with a space before them where words are parted by it. Numbers of links are left out.
fn compared(n: usize, line: &Line, into: &mut Vec<Compared>) {
    let begins = into.len();
    let mut at = 0;
    for span in &line.spans {
        let marker = is_marker(span);
        for (offset, c) in span.text.char_indices().filter(|_| !marker) {
            let from = (n, at + offset);
            let to = from.1 + c.len_utf8();
            if c.is_ascii() {
                add(into, begins, Compared { c: c.to_ascii_lowercase(), from, to });
                continue;
            }
            let folded = fold(c.encode_utf8(&mut [0; 4]));
            for c in folded.chars() {
                add(into, begins, Compared { c, from, to });
            }
            // A mark belongs to its letter.
            if folded.is_empty()
                && let Some(letter) = into.last_mut().filter(|letter| letter.from.0 == n)
            {
                letter.to = to;
            }
        }
        at += span.text.len();
    }
}

/// Adds a character of the line that begins at `begins`: spaces once, and not what is set before the text of each line.
fn add(into: &mut Vec<Compared>, begins: usize, mut compared: Compared) {
    if compared.c.is_whitespace() {
        compared.c = ' ';
    }
    let before = into.last().map(|last| last.c);
    if into.len() > begins {
        if compared.c == ' ' && before == Some(' ') {
            return;
        }
    } else {
        if matches!(compared.c, ' ' | '│' | '|') {
            return;
        }
        if before.is_some_and(|c| c != ' ' && !writes_no_spaces(c)) {
            into.push(Compared { c: ' ', to: compared.from.1, ..compared });
        }
    }
    into.push(compared);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{LineKind, Span, Style};

    fn lines(texts: &[&str]) -> Vec<Line> {
        let span = |text: &str| Span { text: text.to_owned(), ..Span::default() };
        texts.iter().map(|text| Line { spans: vec![span(text)], kind: LineKind::Text }).collect()
    }

    fn found(texts: &[&str], needle: &str) -> Vec<String> {
        let lines = lines(texts);
        let find = Find { hits: find(&lines, needle), ..Find::default() };
        let part = |(n, text): (usize, &&str)| {
            find.in_line(n, text.len()).map(|(range, _)| format!("{n}:{}", &text[range])).collect::<Vec<_>>()
        };
        texts.iter().enumerate().flat_map(part).collect()
    }

    #[test]
    fn case_and_marks_do_not_count_and_parts_of_words_do() {
        assert_eq!(found(&["The Zürich line, ZURICH’s own"], "zurich"), ["0:Zürich", "0:ZURICH"]);
        assert_eq!(found(&["surcharges"], "CHARGE"), ["0:charge"]);
        assert_eq!(found(&["cafe\u{301}s"], "café"), ["0:cafe\u{301}"]);
        assert_eq!(found(&["青石港集装箱码头"], "集装"), ["0:集装"]);
        assert_eq!(found(&["aaaa"], "aa"), ["0:aa", "0:aa"]);
        assert_eq!(found(&["nothing", ""], "  "), [""; 0]);
    }

    #[test]
    fn a_hit_goes_on_over_the_ends_of_lines_and_past_what_is_set_before_them() {
        assert_eq!(found(&["│ the shorter", "│ route home"], "shorter  route"), ["0:shorter", "1:route"]);
        assert_eq!(found(&["集装", "箱运价"], "集装箱"), ["0:集装", "1:箱"]);
        assert_eq!(found(&["the short", "er route"], "shorter"), [""; 0]);
        assert_eq!(found(&["one", "", "two"], "one two"), ["0:one", "2:two"], "a blank line is a space too");
    }

    #[test]
    fn the_numbers_of_links_are_passed_over() {
        let mut lines = lines(&["notice", " to customers"]);
        let text = lines.pop().unwrap().spans.remove(0);
        let style = Style { dim: true, ..Style::default() };
        lines[0].spans.push(Span { text: "\u{a0}[1]".to_owned(), style, link: Some(0) });
        lines[0].spans.push(text);
        assert_eq!(find(&lines, "notice to").len(), 1);
        assert_eq!(find(&lines, "[1]").len(), 0);
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
    fn hits_without_end_are_not_counted_to_the_end() {
        let text = "a".repeat(3 * MOST);
        let hits = find(&lines(&[&text]), "a");
        assert_eq!(hits.len(), MOST);
    }
}
