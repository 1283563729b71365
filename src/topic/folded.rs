//! Text as it is looked through for cues and names: folded, one space between words, with the way back to the original bytes.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded text. It begins with a space, words are separated by one, and `,` stands for whatever ends a phrase.
///
/// Case and diacritics are away; hyphens, dashes and slashes within words are spaces (`blank-sailing`), quotes too; full stops of
/// abbreviations are dropped (`U.S.` is `us`); `&` and `+` are words of their own; every currency sign is `$`.
#[derive(Debug, Default)]
pub(super) struct Folded {
    text: Vec<u8>,
    /// Bytes of `text` with the start of the character each comes from: those that do not come from right behind what the
    /// byte before them comes from.
    origins: Vec<(u32, u32)>,
}

/// ASCII letters and digits, the space, and all other bytes: 2, 1, 0. So a byte is plain when its class is above 0, and right
/// behind a space, where another one does not count, when it is above 1.
static CLASSES: [u8; 256] = classes();
const SPACE: u8 = 1;

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = if byte.is_ascii_alphanumeric() { 2 } else { 0 };
        byte += 1;
    }
    classes[b' ' as usize] = SPACE;
    classes
}

/// What is shortened before a vowel and written together with the next word.
const ELISIONS: [&str; 16] =
    ["l", "d", "n", "s", "c", "j", "qu", "un", "dell", "all", "nell", "dall", "sull", "lorsqu", "puisqu", "jusqu"];

impl Folded {
    /// Folds `part` of `original`.
    pub(super) fn new(original: &str, part: Range<usize>) -> Self {
        let text = Vec::with_capacity(part.len() + part.len() / 16 + 8);
        let mut folded = Self { text, origins: Vec::with_capacity(part.len() / 16 + 2) };
        folded.push(b' ', part.start);
        let body = original.get(part.clone()).unwrap_or("");
        let mut at = 0;
        loop {
            at += folded.take_plain(&body.as_bytes()[at..], part.start + at);
            let mut chars = body[at..].chars();
            let Some(c) = chars.next() else { return folded };
            match c {
                ' ' => folded.space(part.start + at),
                _ => folded.take(c, chars.next().unwrap_or(' '), part.start + at),
            }
            at += c.len_utf8();
        }
    }

    /// Takes the ASCII letters and digits that a text begins with, and the spaces between them that count, all at once; how
    /// many those are. That is most of nearly every text.
    fn take_plain(&mut self, text: &[u8], at: usize) -> usize {
        let mut spaced = self.last() == b' ';
        let plain = |byte: &&u8| {
            let class = CLASSES[usize::from(**byte)];
            let taken = class > u8::from(spaced);
            spaced = class == SPACE;
            taken
        };
        let run = text.iter().take_while(plain).count();
        if run > 0 {
            self.comes_from(at);
            self.text.extend(text[..run].iter().map(u8::to_ascii_lowercase));
        }
        run
    }

    /// The folded bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.text
    }

    /// The bytes of the original that folded bytes `start..end` come from. `start` may be the space before the first word.
    pub(super) fn origin(&self, original: &str, start: usize, end: usize) -> Range<usize> {
        let start = if self.text.get(start) == Some(&b' ') { start + 1 } else { start };
        let first = if start < self.text.len() { self.origin_of(start) } else { original.len() };
        let last = end.checked_sub(1).filter(|last| *last < self.text.len()).map_or(first, |last| self.origin_of(last));
        let width = original.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        first..(last + width).max(first)
    }

    /// The start of the character that a byte of `text` comes from.
    fn origin_of(&self, at: usize) -> usize {
        let known = self.origins.partition_point(|(known, _)| *known as usize <= at);
        let before = known.checked_sub(1).and_then(|known| self.origins.get(known));
        before.map_or(0, |(known, origin)| *origin as usize + (at - *known as usize))
    }

    /// Notes where the next byte of `text` comes from.
    fn comes_from(&mut self, at: usize) {
        let next = self.text.len();
        let expected =
            self.origins.last().is_some_and(|(known, origin)| at == *origin as usize + (next - *known as usize));
        if !expected {
            let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            self.origins.push((short(next), short(at)));
        }
    }

    fn push(&mut self, byte: u8, at: usize) {
        self.comes_from(at);
        self.text.push(byte);
    }

    fn last(&self) -> u8 {
        self.text.last().copied().unwrap_or(b' ')
    }

    fn space(&mut self, at: usize) {
        if self.last() != b' ' {
            self.push(b' ', at);
        }
    }

    fn phrase_end(&mut self, at: usize) {
        if self.text.len() > 1 && !self.text.ends_with(b", ") {
            self.space(at);
            self.push(b',', at);
            self.push(b' ', at);
        }
    }

    fn take(&mut self, c: char, next: char, at: usize) {
        let in_word = |folded: &Self| is_word(folded.last()) && next.is_alphanumeric();
        match c {
            'a'..='z' | '0'..='9' | '%' => self.push(c as u8, at),
            'A'..='Z' => self.push(c.to_ascii_lowercase() as u8, at),
            ' ' | '"' | '“' | '”' | '„' | '«' | '»' | '/' | '_' | '‐' | '‑' => self.space(at),
            '-' | '–' | '—' => {
                // A dash between spaces parts phrases; within a word it is a hyphen.
                if self.last() == b' ' && next == ' ' || c == '—' { self.phrase_end(at) } else { self.space(at) }
            }
            '&' | '+' => {
                self.space(at);
                self.push(c as u8, at);
                self.push(b' ', at);
            }
            '\'' | '’' | '‘' | 'ʼ' | '`' => {
                if in_word(self) && !self.ends_with_elision() {
                    self.push(b'\'', at);
                } else {
                    self.space(at);
                }
            }
            '.' if self.ends_with_initial() => {}
            '.' if in_word(self) => self.push(b'.', at),
            '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '|' | '…' | '\n' => self.phrase_end(at),
            '$' | '€' | '£' | '¥' => self.push(b'$', at),
            _ if c.is_alphabetic() => self.letter(c, at),
            _ if c.is_numeric() => self.encode(c, at),
            _ if is_combining_mark(c) => {}
            _ => self.space(at),
        }
    }

    /// A letter beyond ASCII.
    fn letter(&mut self, c: char, at: usize) {
        let plain = match c {
            'ø' | 'Ø' => "o",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'ß' | 'ẞ' => "ss",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'þ' | 'Þ' => "th",
            'ı' | 'İ' => "i",
            _ => {
                for base in std::iter::once(c).nfd().filter(|base| !is_combining_mark(*base)) {
                    base.to_lowercase().for_each(|lower| self.encode(lower, at));
                }
                return;
            }
        };
        plain.bytes().for_each(|byte| self.push(byte, at));
    }

    /// Whether the last word is one that French and Italian shorten before a vowel: `d'Anvers` names Anvers. English has
    /// none of them, so that `O'Hare` and `Macy's` stay whole.
    fn ends_with_elision(&self) -> bool {
        let start = self.text.iter().rposition(|byte| !is_word(*byte)).map_or(0, |at| at + 1);
        ELISIONS.iter().any(|elision| self.text.get(start..) == Some(elision.as_bytes()))
    }

    fn encode(&mut self, c: char, at: usize) {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| self.push(byte, at));
    }

    /// Whether the text ends with a letter that stands alone, as in `U` of `U.S.`, or with several such run together.
    fn ends_with_initial(&self) -> bool {
        let [.., before, last] = self.text[..] else { return false };
        if !last.is_ascii_lowercase() {
            return false;
        }
        // After a dropped full stop the letters are neighbours here but not in the original.
        let end = self.text.len();
        let apart = self.origin_of(end - 1) > self.origin_of(end - 2) + 1;
        !is_word(before) || apart
    }
}

/// Whether a byte of folded text is part of a word.
pub(super) fn is_word(byte: u8) -> bool {
    byte >= 0x80 || CLASSES[usize::from(byte)] > SPACE
}

/// The first bytes of a text, at most so many, up to a whole character.
pub(super) fn head(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

/// The folded words of a short text, without the space before and the phrase end after them.
pub(super) fn fold_words(text: &str) -> String {
    let mut folded = Folded::new(text, 0..text.len()).text;
    let ends = |byte: &u8| !matches!(byte, b' ' | b',');
    folded.truncate(folded.iter().rposition(ends).map_or(0, |last| last + 1));
    folded.drain(..folded.iter().position(ends).unwrap_or(0));
    // Whole characters were taken and written.
    String::from_utf8(folded).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_alike_whatever_their_dress() {
        for (text, folded) in [
            ("Blank–sailing  Mærsk", "blank sailing maersk"),
            ("U.S. ports: C.H. Robinson’s ‘view’", "us ports , ch robinson's view"),
            ("Kuehne + Nagel, Kühne+Nagel", "kuehne + nagel , kuhne + nagel"),
            ("JD.com and ver.di.", "jd.com and ver.di"),
            ("raises €24m — again", "raises $24m , again"),
            ("Łódź, Gdańsk; Straße", "lodz , gdansk , strasse"),
            ("e\u{301}te\u{301}\u{a0}x", "ete x"),
            ("au port d’Anvers, all'arrivo; O'Hare", "au port d anvers , all arrivo , o'hare"),
            ("Port d’Anvers, dell'Adriatico, O'Hare, Macy's", "port d anvers , dell adriatico , o'hare , macy's"),
            ("…", ""),
        ] {
            assert_eq!(fold_words(text), folded, "{text}");
        }
    }

    #[test]
    fn the_way_back_leads_to_the_original_bytes() {
        let text = "«Größe» der U.S. Häfen";
        let folded = Folded::new(text, 0..text.len());
        let find = |needle: &str| {
            let at = String::from_utf8_lossy(folded.bytes()).find(needle).expect("it is there");
            &text[folded.origin(text, at, at + needle.len())]
        };
        assert_eq!(find(" grosse"), "Größe");
        assert_eq!(find(" hafen"), "Häfen");
        assert_eq!(find(" us"), "U.S");
    }
}
