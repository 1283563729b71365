//! Cuts text into words and figures, in one pass, with the place of each.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::stem::{next_letter, plain_letters};

/// Something that can be compared.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Where it stands, currency and unit of a figure included.
    pub(super) place: Range<usize>,
    /// What it is.
    pub(super) kind: TokenKind,
    /// It is a word of ASCII letters and digits alone, as nearly all words are: nothing of it but its case has to be folded.
    pub(super) plain: bool,
}

impl Token {
    fn new(place: Range<usize>, kind: TokenKind) -> Self {
        Self { place, kind, plain: false }
    }
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TokenKind {
    /// A word, not folded yet.
    Word,
    /// Two characters of a script that writes no spaces.
    Pair,
    /// A figure.
    Figure(Figure),
}

/// An amount, a count or a share as it is compared: `$45.6m`, `45.6 million` and `US$45,600,000` are the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// Its value, scale applied.
    pub(super) value: f64,
    /// A share in percent.
    pub(super) percent: bool,
}

impl Figure {
    /// True when it says more than a day, a small count or a year does.
    pub(super) fn is_telling(self) -> bool {
        let whole = self.value.fract() == 0.0;
        !(whole && (self.value <= 31.0 || (1900.0..=2100.0).contains(&self.value))) || self.percent && self.value > 10.0
    }
}

/// Words that scale the figure before them.
const SCALES: [(&str, f64); 26] = [
    ("k", 1e3),
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("mille", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("mln", 1e6),
    ("mio", 1e6),
    ("million", 1e6),
    ("millions", 1e6),
    ("millionen", 1e6),
    ("millones", 1e6),
    ("miljoen", 1e6),
    ("milioni", 1e6),
    ("b", 1e9),
    ("bn", 1e9),
    ("bln", 1e9),
    ("mrd", 1e9),
    ("md", 1e9),
    ("billion", 1e9),
    ("billions", 1e9),
    ("milliarden", 1e9),
    ("milliards", 1e9),
    ("miljard", 1e9),
    ("miliardi", 1e9),
    ("trillion", 1e12),
];

/// Tokens of `text`, in order, at most `most`.
#[cfg(test)]
fn lex(text: &str, most: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    lex_into(text, most, &mut tokens);
    tokens
}

/// Puts the tokens of `text` into `tokens`, in order, at most `most`, and nothing else.
pub(super) fn lex_into(text: &str, most: usize, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut at = 0;
    while tokens.len() < most {
        // Nearly always one space stands between two words.
        let near = at + usize::from(text.as_bytes().get(at) == Some(&b' '));
        if let Some(end) = plain_word(text.as_bytes(), near, tokens) {
            at = end;
            continue;
        }
        let start = next_letter(text, near);
        let Some(c) = text[start..].chars().next() else { break };
        at = if c.is_ascii_digit() {
            figure(text, start, tokens)
        } else if is_unspaced(c) {
            pairs(text, start, most, tokens)
        } else {
            word(text, start, tokens)
        };
    }
    tokens.truncate(most);
}

/// Scripts that write no spaces between words: Thai to Myanmar, kana, ideographs, Hangul (which does, but inflects by suffix).
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

fn pairs(text: &str, start: usize, most: usize, tokens: &mut Vec<Token>) -> usize {
    let mut before = start;
    let mut at = start;
    for (n, c) in text[start..].char_indices() {
        let here = start + n;
        if !is_unspaced(c) || tokens.len() >= most {
            break;
        }
        at = here + c.len_utf8();
        if here > start {
            tokens.push(Token::new(before..at, TokenKind::Pair));
        }
        before = here;
    }
    at.max(start + text[start..].chars().next().map_or(1, char::len_utf8))
}

/// Longest word in bytes that is looked at whole: what is longer is no word.
const LONGEST: usize = 64;

/// Takes the word at `start` if its end can be told from ASCII letters and digits alone; where that is.
fn plain_word(text: &[u8], start: usize, tokens: &mut Vec<Token>) -> Option<usize> {
    if !text.get(start)?.is_ascii_alphabetic() {
        return None;
    }
    let length = plain_letters(&text[start..]);
    let end = start + length;
    // One letter may be the beginning of an abbreviation, or a possessive; a letter beyond ASCII goes on.
    if length < 2 || text.get(end).is_some_and(|next| !next.is_ascii()) {
        return None;
    }
    if length <= LONGEST {
        tokens.push(Token { place: start..end, kind: TokenKind::Word, plain: true });
    }
    Some(end)
}

fn word(text: &str, start: usize, tokens: &mut Vec<Token>) -> usize {
    let rest = &text[start..];
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let mut end = start + plain;
    for (n, c) in rest[plain..].char_indices().map(|(n, c)| (plain + n, c)) {
        let inside = (c.is_alphanumeric() && !is_unspaced(c)) || !c.is_ascii() && is_combining_mark(c);
        // "U.S." and "S.p.A." are one word each, their dots left out when folded.
        let dotted = c == '.' && is_dotted(rest, n);
        if !inside && !dotted {
            break;
        }
        end = start + n + c.len_utf8();
    }
    let length = end - start;
    let possessive = length == 1 && matches!(&text[start..end], "s" | "S") && text[..start].ends_with(['\'', '’']);
    if (2..=LONGEST).contains(&length) && !possessive {
        tokens.push(Token::new(start..end, TokenKind::Word));
    }
    end
}

/// The dot at `at` stands after a single letter and before another: an abbreviation goes on.
fn is_dotted(rest: &str, at: usize) -> bool {
    let bytes = rest.as_bytes();
    let single = at == 1 || at >= 2 && bytes[at - 2] == b'.';
    let goes_on = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
        && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric);
    single && goes_on
}

fn figure(text: &str, start: usize, tokens: &mut Vec<Token>) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len()
        && (bytes[end].is_ascii_digit()
            || matches!(bytes[end], b'.' | b',') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit))
    {
        end += 1;
    }
    let digits = &text[start..end];
    // A word behind the figure: a scale ("m", " million"), or it is part of a name ("777F", "3PL").
    let spaced = bytes.get(end) == Some(&b' ') || bytes.get(end) == Some(&b'-');
    let unit_at = end + usize::from(spaced);
    let unit_end =
        unit_at + bytes[unit_at.min(bytes.len())..].iter().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let unit = text.get(unit_at..unit_end).unwrap_or_default();
    let scales = || SCALES.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)).map(|(_, scale)| *scale);
    let scale = if unit.is_empty() { None } else { scales() };
    let more = text[unit_end.min(text.len())..].chars().next().is_some_and(char::is_alphanumeric);
    match scale {
        Some(scale) if !(more || spaced && unit.len() == 1) => {
            let begin = currency(text, start);
            push_figure(begin..unit_end, digits, scale, false, tokens);
            unit_end
        }
        _ if !spaced && (!unit.is_empty() || more) => {
            let mut last = unit_end.max(end);
            while let Some(c) = text[last..].chars().next().filter(|c| c.is_alphanumeric()) {
                last += c.len_utf8();
            }
            if last - start <= LONGEST {
                tokens.push(Token::new(start..last, TokenKind::Word));
            }
            last
        }
        _ => {
            let tail = &text[end..];
            let percent = ["%", " %", " percent", " per cent", " prozent", " Prozent", " procent", "pc"]
                .iter()
                .find(|p| tail.starts_with(**p));
            let last = end + percent.map_or(0, |p| p.len());
            push_figure(currency(text, start)..last, digits, 1.0, percent.is_some(), tokens);
            last
        }
    }
}

/// Where the currency before a figure begins, or where the figure itself does.
fn currency(text: &str, start: usize) -> usize {
    let before = &text[..start];
    let mut ends = before.bytes().rev();
    let last = ends.next();
    let sign = if last == Some(b' ') { ends.next() } else { last };
    // Nearly all figures stand behind another word.
    if sign.is_none_or(|byte| byte.is_ascii() && !matches!(byte, b'$' | b'D' | b'R')) {
        return start;
    }
    for sign in ["US$", "A$", "C$", "HK$", "S$", "$", "€", "£", "¥", "₹", "USD", "EUR", "USD ", "EUR ", "€ "] {
        if before.ends_with(sign) {
            return start - sign.len();
        }
    }
    start
}

fn push_figure(place: Range<usize>, digits: &str, scale: f64, percent: bool, tokens: &mut Vec<Token>) {
    if let Some(value) = value(digits) {
        tokens.push(Token::new(place, TokenKind::Figure(Figure { value: value * scale, percent })));
    }
}

/// What digits with separators stand for. A separator before exactly three digits parts thousands, any other decimals.
fn value(digits: &str) -> Option<f64> {
    if digits.len() > 24 {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.parse().ok();
    }
    let mut plain = String::with_capacity(digits.len());
    let mut parts = digits.split(['.', ',']).peekable();
    let whole = parts.next().unwrap_or("");
    plain.push_str(whole);
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && (part.len() != 3 || whole == "0") {
            plain.push('.');
        }
        plain.push_str(part);
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        lex(text, 100).into_iter().map(|t| text[t.place].to_owned()).collect()
    }

    fn figures(text: &str) -> Vec<(f64, bool)> {
        let figure = |t: Token| if let TokenKind::Figure(f) = t.kind { Some((f.value, f.percent)) } else { None };
        lex(text, 100).into_iter().filter_map(figure).collect()
    }

    #[test]
    fn words_and_where_they_stand() {
        assert_eq!(words("Zim’s U.S. box-ship, l'usine 777F Q1"), ["Zim", "U.S", "box", "ship", "usine", "777F", "Q1"]);
        assert_eq!(words("港口罢工"), ["港口", "口罢", "罢工"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn one_amount_however_it_is_written() {
        for text in [
            "$45.6m",
            "$45.6 million",
            "US$45.6M",
            "45.6m",
            "45,600,000",
            "45,6 Mio. Euro",
            "45,6 millones",
            "EUR 45.6mn",
        ] {
            assert_eq!(figures(text), [(45.6e6, false)], "{text}");
        }
        assert_eq!(
            figures("1,200 1.200 1200 1,2 0.125"),
            [(1200.0, false), (1200.0, false), (1200.0, false), (1.2, false), (0.125, false)]
        );
        assert_eq!(figures("81.5% 12 percent 3 m"), [(81.5, true), (12.0, true), (3.0, false)]);
        assert_eq!(
            words("a $4.5bn bid of 90 days at 3,300 teu"),
            ["$4.5bn", "bid", "of", "90", "days", "at", "3,300", "teu"]
        );
    }

    #[test]
    fn what_is_no_amount() {
        assert_eq!(figures("3PL 737Max B747 4x4"), []);
        for (text, telling) in
            [("2026", false), ("12", false), ("45", true), ("9.5", true), ("25%", true), ("3 million", true)]
        {
            let TokenKind::Figure(figure) = lex(text, 1)[0].kind else { panic!("{text}") };
            assert_eq!(figure.is_telling(), telling, "{text}");
        }
    }

    #[test]
    fn never_more_than_asked_for() {
        let text = "港".repeat(10_000);
        assert_eq!(lex(&text, 50).len(), 50);
        assert_eq!(lex(&"ship ".repeat(100_000), 80).len(), 80);
        assert_eq!(lex(&"x".repeat(1_000_000), 80).len(), 0);
        assert_eq!(lex(&"9".repeat(1_000_000), 80).len(), 0);
        assert_eq!(lex(&"1.".repeat(100_000), 80).len(), 0);
    }
}
