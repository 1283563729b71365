//! Where words stand in a layout, whatever their case and diacritics, also where a line ends between them.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::layout::Line;
use crate::text::clusters;

/// Most hits that are told, parts on further lines not counted.
const MAX_HITS: usize = 10_000;
/// Stands for the end of a line: a space or nothing.
const LINE_END: char = '\n';
/// Stands for a blank line, which nothing goes across.
const GAP: char = '\u{0}';

/// A place that was searched for, or its part on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the line.
    pub line: usize,
    /// Columns of the line, indentation included.
    pub columns: Range<usize>,
    /// It goes on from the hit before, which ended with its line.
    pub continues: bool,
}

/// Where `needle`, folded as [`crate::text::fold`] does, stands in `lines`, in order and without overlap; at most 10,000
/// places. White space of any kind and length is one space; the numbers of links are passed over. Linear in the text for
/// all but contrived needles.
#[must_use]
pub fn find(lines: &[Line], needle: &str) -> Vec<Hit> {
    let needle: Vec<char> = needle.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect();
    let Some(first) = needle.first() else { return Vec::new() };
    let text = Folded::of(lines);
    let (mut hits, mut from, mut found) = (Vec::new(), 0, 0);
    let mut place = Place { lines, text: &text, of: None, columns: Vec::new() };
    while let Some(at) = text.chars[from..].find(*first).map(|at| from + at) {
        match matched(&text.chars[at..], &needle) {
            Some(length) if found < MAX_HITS => {
                place.tell(at..at + length, &mut hits);
                found += 1;
                from = at + length;
            }
            Some(_) => break,
            None => from = at + first.len_utf8(),
        }
    }
    hits
}

/// How many bytes at the beginning of `text` are the needle.
fn matched(text: &str, needle: &[char]) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    for wanted in needle {
        loop {
            let (_, c) = *rest.peek()?;
            if c == *wanted || (*wanted == ' ' && c == LINE_END) {
                rest.next();
                break;
            }
            if c != LINE_END {
                return None;
            }
            rest.next();
        }
    }
    Some(rest.peek().map_or(text.len(), |(at, _)| *at))
}

/// The text of all lines as it is compared.
struct Folded {
    chars: String,
    /// Where each line begins in it.
    starts: Vec<usize>,
}

impl Folded {
    fn of(lines: &[Line]) -> Self {
        let mut folded = Self { chars: String::new(), starts: Vec::with_capacity(lines.len()) };
        for line in lines {
            folded.starts.push(folded.chars.len());
            let before = folded.chars.len();
            each_text(line, |text, _| fold_onto(text, &mut folded.chars));
            folded.chars.push(if folded.chars.len() == before { GAP } else { LINE_END });
        }
        folded
    }

    fn line_of(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }
}

/// The texts of a line that are searched, each with its first column: neither what stands at its left nor link numbers.
fn each_text(line: &Line, mut each: impl FnMut(&str, usize)) {
    let (mut column, mut begins) = (0, true);
    for span in &line.spans {
        let mut text = &*span.text;
        let wide = crate::text::width(text);
        let is_number = span.style.dim && span.link.is_some() && is_link_number(text);
        if begins {
            text = text.trim_start_matches([' ', '│', '|', '▣', '▷']);
            begins = text.is_empty();
        }
        if !text.is_empty() && !is_number {
            each(text, column + wide - crate::text::width(text));
        }
        column += wide;
    }
}

fn is_link_number(text: &str) -> bool {
    let inner = text.trim_matches([' ', '\u{a0}']).strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    inner.is_some_and(|inner| !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Adds text as it is compared.
fn fold_onto(text: &str, folded: &mut String) {
    if text.is_ascii() {
        folded.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let chars = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    folded.extend(chars.map(|c| if c.is_whitespace() { ' ' } else { c }));
}

/// From places in the folded text to columns; remembers the last line, as hits come in order.
struct Place<'a> {
    lines: &'a [Line],
    text: &'a Folded,
    of: Option<usize>,
    /// For each byte of the folded line, the columns of the cluster that it comes from.
    columns: Vec<Range<usize>>,
}

impl Place<'_> {
    fn tell(&mut self, range: Range<usize>, hits: &mut Vec<Hit>) {
        let (first, last) = (self.text.line_of(range.start), self.text.line_of(range.end.saturating_sub(1)));
        let mut continues = false;
        for line in first..=last {
            let start = self.text.starts.get(line).copied().unwrap_or_default();
            self.look_at(line);
            let from = range.start.saturating_sub(start);
            let to = (range.end - start).min(self.columns.len());
            let Some(part) = self.columns.get(from..to).filter(|part| !part.is_empty()) else { continue };
            let columns = part[0].start..part[part.len() - 1].end;
            hits.push(Hit { line, columns, continues });
            continues = true;
        }
    }

    fn look_at(&mut self, line: usize) {
        if self.of == Some(line) {
            return;
        }
        self.of = Some(line);
        self.columns.clear();
        let Some(line) = self.lines.get(line) else { return };
        let columns = &mut self.columns;
        each_text(line, |text, first| {
            let (mut column, mut folded) = (first, String::new());
            for (_, cluster, wide) in clusters(text) {
                folded.clear();
                fold_onto(cluster, &mut folded);
                columns.extend(std::iter::repeat_n(column..column + wide, folded.len()));
                column += wide;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Setting, layout, read_html};
    use crate::text::fold;

    fn found(html: &str, width: usize, needle: &str) -> Vec<(usize, Range<usize>, bool)> {
        let document = read_html(html, Some("https://q.example"));
        let lines = layout(&document, &Setting { width, ..Setting::default() });
        find(&lines, &fold(needle)).into_iter().map(|hit| (hit.line, hit.columns, hit.continues)).collect()
    }

    #[test]
    fn finds_whatever_case_and_diacritics() {
        assert_eq!(found("<p>Port of Zürich, zurich", 80, "ZÜRICH"), [(0, 8..14, false), (0, 16..22, false)]);
        assert_eq!(found("<p>a Ge\u{301}nova b", 80, "genova"), [(0, 2..8, false)]);
        assert_eq!(found("<p>全球集装箱运价", 80, "运价"), [(0, 10..14, false)]);
        assert_eq!(found("<p>aaaa", 80, "aa"), [(0, 0..2, false), (0, 2..4, false)]);
        assert!(found("<p>a", 80, " ").is_empty() && found("", 80, "a").is_empty());
    }

    #[test]
    fn finds_across_line_ends_links_and_bars() {
        assert_eq!(found("<p>box rates rise", 10, "rates  rise"), [(0, 4..9, false), (1, 0..4, true)]);
        assert_eq!(found("<p>全球集装箱运价", 8, "装箱运"), [(0, 6..8, false), (1, 0..4, true)]);
        assert_eq!(found("<p>the <a href=/x>lane</a> rose", 80, "lane rose"), [(0, 4..17, false)]);
        assert_eq!(
            found("<blockquote>one two three</blockquote>", 9, "two three"),
            [(0, 6..9, false), (1, 2..7, true)]
        );
        assert!(found("<p>one<p>two", 80, "one two").is_empty());
    }

    #[test]
    fn a_hundred_thousand_lines_have_a_bound_of_hits() {
        let document = read_html(&format!("<pre>{}", "rate rate\n".repeat(120_000)), None);
        let lines = layout(&document, &Setting { width: 80, ..Setting::default() });
        assert_eq!(lines.len(), 100_000);
        assert_eq!(find(&lines, "rate").iter().filter(|hit| !hit.continues).count(), MAX_HITS);
        assert!(find(&lines, "ratee").is_empty());
    }
}
