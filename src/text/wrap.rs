//! Breaking text into lines of a width: at spaces, between ideographs, after hyphens, and within words too long for a line.

use std::ops::Range;

use super::width::clusters;

/// The lines of `text` at `columns` (0 counts as 1), as byte ranges without the spaces around them; at most `most` of them.
///
/// Newlines are forced breaks. A cluster that is wider than a line gets a line of its own and stays as it is. A no-break
/// space does not break. Linear in the length of the text.
#[must_use]
pub fn line_ranges(text: &str, columns: usize, most: usize) -> Vec<Range<usize>> {
    let mut lines = Breaker { text, columns: columns.max(1), lines: Vec::new(), line: Line::default() };
    for (at, cluster, wide) in clusters(text) {
        if lines.lines.len() >= most {
            return lines.lines;
        }
        lines.add(at, cluster, wide);
    }
    lines.end(text.len());
    lines.lines.truncate(most);
    lines.lines
}

/// The lines of `text` at `columns` (0 counts as 1), none wider. Newlines are forced breaks.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let lines = line_ranges(text, columns, usize::MAX);
    lines.into_iter().map(|line| fit(&text[line], columns.max(1))).collect()
}

/// A line of [`line_ranges`] ready to be shown: no-break spaces become spaces, and a cluster that is wider than the whole
/// line becomes `?`.
#[must_use]
pub fn fit(line: &str, columns: usize) -> String {
    if columns >= 8 {
        return line.replace('\u{a0}', " ");
    }
    let shown = clusters(line).map(|(_, cluster, wide)| match cluster {
        "\u{a0}" => " ",
        _ if wide > columns => "?",
        _ => cluster,
    });
    shown.collect()
}

/// A place where the line may end.
#[derive(Clone, Copy)]
struct Break {
    /// Where its text ends.
    end: usize,
    /// Where the next line begins.
    next: usize,
    /// The columns from the beginning of the line to `next`.
    columns: usize,
}

/// The line that is being filled.
#[derive(Default)]
struct Line {
    start: usize,
    columns: usize,
    /// The last place between words.
    between: Option<Break>,
    /// The last place within a word that may be broken when the whole word fits on no line.
    within: Option<Break>,
    /// The character before.
    last: Option<char>,
}

struct Breaker<'a> {
    text: &'a str,
    columns: usize,
    lines: Vec<Range<usize>>,
    line: Line,
}

impl Breaker<'_> {
    fn add(&mut self, at: usize, cluster: &str, wide: usize) {
        match cluster {
            "\n" => {
                self.end(at);
                self.line.start = at + 1;
            }
            " " => self.add_space(at),
            _ => self.add_text(at, cluster, wide),
        }
    }

    fn add_space(&mut self, at: usize) {
        let line = &mut self.line;
        if at == line.start {
            line.start = at + 1;
            return;
        }
        line.columns += 1;
        let end = if line.last == Some(' ') { line.between.map_or(at, |before| before.end) } else { at };
        line.between = Some(Break { end, next: at + 1, columns: line.columns });
        line.within = None;
        line.last = Some(' ');
    }

    fn add_text(&mut self, at: usize, cluster: &str, wide: usize) {
        let Some(first) = cluster.chars().next() else { return };
        if at > self.line.start && may_break(self.line.last, first) {
            self.line.between = Some(Break { end: at, next: at, columns: self.line.columns });
        }
        while self.line.columns + wide > self.columns && at > self.line.start {
            let here = Break { end: at, next: at, columns: self.line.columns };
            self.break_at(self.line.between.or(self.line.within).unwrap_or(here));
        }
        let line = &mut self.line;
        line.columns += wide;
        line.last = cluster.chars().next_back();
        if matches!(first, '/' | '-' | '.' | '?' | '&' | '=' | '_' | ',' | ':' | '+' | '#' | '%' | '|') {
            let next = at + cluster.len();
            line.within = Some(Break { end: next, next, columns: line.columns });
        }
    }

    fn break_at(&mut self, place: Break) {
        let line = &mut self.line;
        self.lines.push(line.start..place.end);
        line.start = place.next;
        line.columns = line.columns.saturating_sub(place.columns);
        line.between = None;
        let within = line.within.filter(|within| within.next > place.next);
        line.within = within.map(|within| Break { columns: within.columns.saturating_sub(place.columns), ..within });
    }

    /// The line ends at `at`, whatever stands there.
    fn end(&mut self, at: usize) {
        let text = self.text.get(self.line.start..at).unwrap_or_default();
        self.lines.push(self.line.start..self.line.start + text.trim_end_matches(' ').len());
        self.line = Line { start: at, ..Line::default() };
    }
}

/// Whether a line may end between two characters with no space between them.
fn may_break(last: Option<char>, next: char) -> bool {
    let Some(last) = last else { return false };
    if matches!(last, ' ' | '\u{a0}') {
        return false;
    }
    if is_ideographic(last) || is_ideographic(next) {
        return !is_closing(next) && !is_opening(last) && next != '\u{a0}';
    }
    match last {
        // A hyphen within a word; before a figure it may be a minus or stand in a range.
        '-' | '‐' | '–' => next.is_alphabetic(),
        '—' => next.is_alphanumeric(),
        _ => false,
    }
}

/// Scripts that are written without spaces and may break anywhere: Han, kana, their punctuation and full-width forms.
fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3000}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// What no line begins with.
fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '.'
            | ','
            | ':'
            | ';'
            | '!'
            | '?'
            | '%'
            | '’'
            | '”'
            | '、'
            | '。'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '・'
            | 'ー'
            | '々'
            | '…'
            | '‥'
            | 'ゝ'
            | 'ゞ'
            | 'ヽ'
            | 'ヾ'
            | 'ゎ'
            | 'ヮ'
            | 'ヵ'
            | 'ヶ'
            | '〜'
            | '！'
            | '％'
            | '）'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '］'
            | '｝'
            | '～'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
    )
}

/// What no line ends with.
fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '‘' | '“' | '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '（' | '［' | '｛')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::width;

    #[test]
    fn breaks_where_a_reader_would() {
        for (text, columns, lines) in [
            ("rates rise again", 10, vec!["rates rise", "again"]),
            ("rates rise", 10, vec!["rates rise"]),
            ("a  b", 1, vec!["a", "b"]),
            ("", 5, vec![""]),
            ("a\n\nb ", 5, vec!["a", "", "b"]),
            ("Asia-Europe lane", 8, vec!["Asia-", "Europe", "lane"]),
            ("at 10-12 days", 6, vec!["at", "10-12", "days"]),
            ("https://quay.example/a/long/path", 21, vec!["https://quay.example/", "a/long/path"]),
            ("Containerschifffahrt", 8, vec!["Containe", "rschifff", "ahrt"]),
            ("集装箱运价上涨。", 7, vec!["集装箱", "运价上", "涨。"]),
            ("集装箱", 1, vec!["?", "?", "?"]),
            ("in\u{a0}May", 4, vec!["in M", "ay"]),
        ] {
            assert_eq!(wrap(text, columns), lines, "{text} at {columns}");
        }
        assert_eq!(line_ranges("a b c d", 1, 2).len(), 2);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(text in "[ -~\u{a0}é集装👩‍🚀🇩🇪\u{301}ًﷺ\n]{0,80}", columns in 0_usize..30) {
            let lines = wrap(&text, columns);
            for line in &lines {
                prop_assert!(width(line) <= columns.max(1), "{line:?} at {columns}");
            }
            if columns >= 8 {
                let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
            }
        }
    }
}
