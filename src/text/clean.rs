//! The one filter between foreign text and everything else (THREATS R1, R2).
//!
//! What is dropped here can neither drive a terminal nor change the order or the look of the text around it.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::ascii::are_printable;

/// Marks that may sit on one base character; real orthographies need no more than four (THREATS R2).
const MARKS: usize = 8;

/// Joiners in one chain of joined characters; the longest emoji families have three.
const JOINERS: usize = 8;

/// Characters in one grapheme cluster: the longest emoji families with skin tones have eleven. Without an end a cluster is
/// one cell of the terminal that is as long as the attacker likes.
const CLUSTER: usize = 24;

/// Columns of one grapheme cluster: Indic conjuncts of real words have up to four.
const CLUSTER_WIDTH: usize = 8;

/// So many characters that may join one another can be wider than [`CLUSTER_WIDTH`]: each has up to two columns.
const WIDE_FROM: usize = CLUSTER_WIDTH / 2 - 1;

/// Makes one clean line of foreign text: control characters, line and paragraph separators, bidi controls, tag and
/// filler characters and zero-width runs are dropped, white space is collapsed, at most 8 combining marks stay on a cluster.
/// Letters of right-to-left scripts stay as they are.
#[must_use]
pub fn clean_line(text: &str) -> String {
    if is_plain_line(text) {
        return text.to_owned();
    }
    let block = clean_block(text);
    let mut line = String::with_capacity(block.len());
    for word in block.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// As [`clean_line`], but newlines and tabs stay: for HTML and bodies.
#[must_use]
pub fn clean_block(text: &str) -> String {
    match first_suspect(text) {
        None => text.to_owned(),
        Some(at) => {
            // Whatever the character is, the one before it may be the base that it belongs to.
            let start = text[..at].char_indices().next_back().map_or(0, |(start, _)| start);
            let mut filter = Filter { clean: String::with_capacity(text.len()), ..Filter::default() };
            filter.clean.push_str(&text[..start]);
            text[start..].chars().for_each(|c| filter.take(c));
            if filter.has_long_cluster { with_short_clusters(filter.clean) } else { filter.clean }
        }
    }
}

/// Whether [`clean_block`] would leave this as it is. It may say no of text that is.
#[must_use]
pub fn is_clean(text: &str) -> bool {
    first_suspect(text).is_none()
}

/// Cuts clusters to their bounds. What stood behind a cut may join what is before it; the next turn, over half the text or
/// less, finds that.
fn with_short_clusters(mut text: String) -> String {
    let fits = |cluster: &str| cluster.chars().nth(CLUSTER).is_none() && cluster.width() <= CLUSTER_WIDTH;
    loop {
        let mut short = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if fits(cluster) {
                short.push_str(cluster);
                continue;
            }
            let start = short.len();
            for c in cluster.chars().take(CLUSTER) {
                short.push(c);
                if short[start..].width() > CLUSTER_WIDTH {
                    short.pop();
                    break;
                }
            }
            // What they would join is gone.
            short.truncate(short.trim_end_matches(['\u{200c}', '\u{200d}']).len());
        }
        if short.len() == text.len() {
            return text;
        }
        text = short;
    }
}

/// Where the first character is that needs a second look.
fn first_suspect(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        // Nearly all text is plain: many bytes are looked at together.
        if bytes[at..].first_chunk::<32>().is_some_and(are_printable) {
            at += 32;
            continue;
        }
        if is_plain(*byte) {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        if !is_harmless(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
    None
}

/// True for a line of printable ASCII that [`clean_line`] would not change.
fn is_plain_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let edges = bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ');
    edges && bytes.iter().all(|b| matches!(b, b' '..=b'~')) && !text.contains("  ")
}

/// Skin tones and half-width sound marks: they join what is before them without being marks.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{ff9e}' | '\u{ff9f}')
}

/// True for characters beyond ASCII that need no second look: a quick positive list of what most text is made of.
fn is_harmless(c: char) -> bool {
    const RANGES: [(char, char); 15] = [
        ('\u{a0}', '\u{ac}'),
        ('\u{ae}', '\u{2ff}'),
        ('\u{370}', '\u{482}'),
        ('\u{2010}', '\u{2027}'),
        ('\u{2030}', '\u{205e}'),
        ('\u{2070}', '\u{20cf}'),
        ('\u{2100}', '\u{27ff}'),
        ('\u{3001}', '\u{3029}'),
        ('\u{3030}', '\u{3098}'),
        ('\u{309b}', '\u{3163}'),
        ('\u{3165}', '\u{a66e}'),
        ('\u{ac00}', '\u{d7a3}'),
        ('\u{f900}', '\u{fb1d}'),
        ('\u{ff01}', '\u{ff9f}'),
        ('\u{1f000}', '\u{1faff}'),
    ];
    RANGES.iter().any(|(first, last)| (*first..=*last).contains(&c)) && !is_joined(c)
}

/// What becomes of a character that may be trouble.
enum Fate {
    Keep,
    Drop,
    Space,
    Newline,
    Joiner,
    Mark,
}

fn fate(c: char) -> Fate {
    match c {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Newline,
        '\t' => Fate::Keep,
        _ if c.is_control() => Fate::Drop,
        // Blank braille looks like nothing and is not white space to Unicode.
        '\u{2800}' => Fate::Space,
        '\u{200c}' | '\u{200d}' => Fate::Joiner,
        _ if is_invisible(c) => Fate::Drop,
        _ if is_combining_mark(c) => Fate::Mark,
        _ => Fate::Keep,
    }
}

/// Characters without a shape of their own: bidi controls, zero-width spaces, fillers, tags, deprecated format controls.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    ) || is_noncharacter(c)
}

fn is_noncharacter(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c) || u32::from(c) & 0xfffe == 0xfffe
}

/// Copies text character by character and knows what the next one would join or sit on.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one pass")]
struct Filter {
    clean: String,
    /// Marks on the current base.
    marks: usize,
    /// Joiners in the current chain.
    joiners: usize,
    /// There is a base for marks: not at the start of a line or after white space.
    has_base: bool,
    /// The base belongs to a script (or the emoji) in which joiners mean something.
    joins: bool,
    /// A joiner that is kept only when something to be joined follows.
    pending: Option<char>,
    /// Characters since the last one that surely begins a cluster, and whether those were ever too many.
    since_boundary: usize,
    has_long_cluster: bool,
    /// The last character was a carriage return, which stands for a line end unless a newline follows.
    after_return: bool,
}

impl Filter {
    fn take(&mut self, c: char) {
        let after_return = std::mem::replace(&mut self.after_return, c == '\r');
        // A character may join the one before it, and take the next one with it.
        self.since_boundary = if c.is_ascii() || is_harmless(c) { 0 } else { self.since_boundary.saturating_add(1) };
        self.has_long_cluster |= self.since_boundary > WIDE_FROM;
        if c == '\r' {
            return self.gap('\n');
        }
        match fate(c) {
            Fate::Newline if c == '\n' && after_return => {}
            Fate::Newline => self.gap('\n'),
            Fate::Space => self.gap(' '),
            Fate::Keep if c.is_whitespace() => self.gap(c),
            Fate::Keep => self.base(c),
            Fate::Mark => self.mark(c),
            Fate::Joiner => {
                if self.joins && self.joiners < JOINERS {
                    self.pending = Some(c);
                }
            }
            Fate::Drop => {}
        }
    }

    fn gap(&mut self, c: char) {
        self.clean.push(c);
        self.has_base = false;
        self.joins = false;
        self.pending = None;
    }

    fn base(&mut self, c: char) {
        // Before the Hebrew block are the Latin, Greek and Cyrillic scripts, whose letters never join.
        self.joins = u32::from(c) >= 0x590;
        match self.pending.take() {
            Some(joiner) if self.joins => {
                self.clean.push(joiner);
                self.joiners += 1;
            }
            _ => self.joiners = 0,
        }
        self.clean.push(c);
        self.marks = 0;
        self.has_base = true;
    }

    fn mark(&mut self, c: char) {
        if self.has_base && self.marks < MARKS {
            self.pending = None;
            self.clean.push(c);
            self.marks += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn drops_what_drives_a_terminal() {
        assert_eq!(clean_line("a\u{1b}[31mb\u{9b}2Jc\u{7f}d\u{0}e"), "a[31mb2Jcde");
        assert_eq!(clean_line("one\r\ntwo\u{2028}three\u{85}four\u{b}five"), "one two three fourfive");
        assert_eq!(clean_block("one\r\n\ttwo\rthree\u{2029}four"), "one\n\ttwo\nthree\nfour");
    }

    #[test]
    fn drops_bidi_controls_and_keeps_right_to_left_letters() {
        assert_eq!(clean_line("\u{202e}evil\u{2066}\u{200f} ميناء جدة \u{61c}"), "evil ميناء جدة");
        assert_eq!(clean_line("נמל חיפה"), "נמל חיפה");
    }

    #[test]
    fn drops_what_is_invisible_and_keeps_joiners_that_mean_something() {
        assert_eq!(clean_line("fre\u{200b}ig\u{ad}ht\u{feff} \u{3164}\u{e0041}\u{115f}"), "freight");
        assert_eq!(clean_line("f\u{200d}reight"), "freight");
        assert_eq!(clean_line("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(clean_line("👩\u{200d}🔧 at work \u{200d}"), "👩\u{200d}🔧 at work");
        assert_eq!(clean_line("क्\u{200d}ष"), "क्\u{200d}ष");
        assert_eq!(clean_line("\u{200b}\u{200d}\u{2800}"), "");
    }

    #[test]
    fn caps_marks_and_drops_those_without_a_base() {
        let zalgo = format!("a{}b", "\u{301}".repeat(40));
        assert_eq!(clean_line(&zalgo), format!("a{}b", "\u{301}".repeat(8)));
        assert_eq!(clean_line("\u{301}a e\u{301}"), "a e\u{301}");
    }

    #[test]
    fn no_cluster_is_without_end() {
        for text in [
            format!("👍{}", "🏽".repeat(2_000)),
            "ᄀ".repeat(2_000),
            format!("ก{}", "\u{e33}".repeat(2_000)),
            "क\u{94d}".repeat(2_000),
            "\u{600}".repeat(2_000) + "a",
            format!("ｶ{}", "ﾞ".repeat(2_000)),
        ] {
            let clean = clean_line(&text);
            let longest = clean.graphemes(true).map(|cluster| (cluster.chars().count(), cluster.width())).max();
            assert!(longest.is_some_and(|(long, wide)| long <= 24 && wide <= 8), "{longest:?} of {text:.10}");
        }
        for word in ["स्त्र्य", "ক্ষ্ম্য", "👩🏽\u{200d}❤\u{fe0f}\u{200d}👨🏿", "གྷྲྀཾ", "น้ำ", "각", "🏴", "ｶﾞｷﾞ", "கொள்கை", "മ്മ്മ"]
        {
            assert_eq!(clean_line(word), word);
        }
    }

    #[test]
    fn collapses_white_space_in_lines_only() {
        assert_eq!(clean_line("  a\u{a0}\u{3000}b\t\n c "), "a b c");
        assert_eq!(clean_line("a  b"), "a b");
        assert_eq!(clean_block("  a\n\tb "), "  a\n\tb ");
    }

    /// The rules of R1 and R2, written apart from the code above.
    fn is_forbidden(c: char) -> bool {
        let n = u32::from(c);
        n < 0x20
            || (0x7f..=0x9f).contains(&n)
            || matches!(n, 0x2028 | 0x2029 | 0x200b | 0x200e | 0x200f | 0x61c | 0x202a..=0x202e | 0x2066..=0x2069)
            || matches!(n, 0x115f | 0x1160 | 0x3164 | 0xffa0 | 0xad | 0xfeff | 0xe0000..=0xe0fff)
    }

    /// Any character, with those that are trouble far more often than chance has them.
    fn nasty() -> impl Strategy<Value = String> {
        let trouble = prop::sample::select(
            "\u{0}\u{7}\u{1b}\r\n\t\u{7f}\u{85}\u{9b}\u{ad}\u{301}\u{fe0f}\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2028}\u{2066}\u{e0041}\u{115f}👩م क्ab "
                .chars()
                .collect::<Vec<_>>(),
        );
        prop::collection::vec(prop_oneof![3 => trouble, 2 => any::<char>()], 0..60)
            .prop_map(|c| c.into_iter().collect())
    }

    proptest! {
        #[test]
        fn a_line_has_nothing_forbidden(text in nasty()) {
            let line = clean_line(&text);
            prop_assert_eq!(line.chars().find(|c| is_forbidden(*c)), None);
            prop_assert!(!line.contains("  ") && line.trim() == line);
            prop_assert_eq!(&clean_line(&line), &line, "cleaning twice changes it");
        }

        #[test]
        fn a_block_has_nothing_forbidden_but_newlines_and_tabs(text in nasty()) {
            let block = clean_block(&text);
            prop_assert_eq!(block.chars().find(|c| is_forbidden(*c) && !matches!(c, '\n' | '\t')), None);
            prop_assert_eq!(&clean_block(&block), &block, "cleaning twice changes it");
        }

        #[test]
        fn marks_stay_few_and_on_a_base(text in nasty()) {
            let (mut run, mut base) = (0, false);
            for c in clean_block(&text).chars() {
                if is_combining_mark(c) {
                    prop_assert!(base, "a mark without a base");
                    run += 1;
                    prop_assert!(run <= 8, "{run} marks in a row");
                } else if !matches!(c, '\u{200c}' | '\u{200d}') {
                    run = 0;
                    base = !c.is_whitespace();
                }
            }
        }

        #[test]
        fn clean_text_is_left_alone(text in "[ -~éüß€–—“”漢字かな한국Ж\n]{0,40}") {
            prop_assert_eq!(clean_block(&text), text);
        }
    }
}
