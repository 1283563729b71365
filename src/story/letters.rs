//! The letters of an article: the words of title and text, folded, a space behind each. Taken once for all that compares
//! letter by letter: the keys of the title and the sketch of the whole.

use super::stem::{fold_into, run_of_letters};

/// Bytes of title and text together that are looked at.
pub(super) const LONGEST: usize = 480;

/// Characters of one word that are looked at: words of machines go on forever, and a bite of them is enough.
const BITE: usize = 40;

/// ASCII letters and digits, the space, and all other bytes: 2, 1, 0. So a byte can be taken when its class is above 0, and
/// right behind a space when it is above 1.
static CLASSES: [u8; 256] = classes();
const SPACE: u8 = 1;

const fn classes() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = if byte.is_ascii_alphanumeric() { 2 } else { 0 };
        byte += 1;
    }
    table[b' ' as usize] = SPACE;
    table
}

/// The letters of title and text.
#[derive(Debug, Default)]
pub(super) struct Letters {
    bytes: Vec<u8>,
    /// Where those of the title end.
    title: usize,
    /// Characters of the word that is being read.
    run: usize,
}

impl Letters {
    /// Of a title and a text.
    #[cfg(test)]
    pub(super) fn of(title: &str, text: &str) -> Self {
        let mut letters = Self::default();
        letters.read(title, text);
        letters
    }

    /// Reads a title, all of it, and as much of the text as is looked at; what was read before is gone.
    pub(super) fn read(&mut self, title: &str, text: &str) {
        self.bytes.clear();
        self.take(title, usize::MAX);
        self.title = self.bytes.len();
        self.take(text, LONGEST);
    }

    /// Those of the title.
    pub(super) fn title(&self) -> &[u8] {
        &self.bytes[..self.title]
    }

    /// The first of title and text.
    pub(super) fn all(&self) -> &[u8] {
        &self.bytes[..self.bytes.len().min(LONGEST)]
    }

    /// Takes in a text, until there are at least `most` letters.
    fn take(&mut self, text: &str, most: usize) {
        let mut at = 0;
        while at < text.len() && self.bytes.len() < most {
            at += self.take_plain(&text.as_bytes()[at..]);
            match text[at..].chars().next() {
                Some(c) if c.is_ascii_alphanumeric() => {
                    // More of a word than a bite is left out.
                    if self.run >= BITE {
                        self.run += 1;
                        at += 1;
                    }
                }
                Some(c) if c.is_alphanumeric() => at = self.take_word(text, at),
                Some(c) => {
                    self.end_word();
                    at += c.len_utf8();
                }
                None => break,
            }
        }
        self.end_word();
    }

    /// Takes the ASCII letters and digits at the beginning with single spaces between them, a block of them at most and of a
    /// word no more than a bite; how many those were.
    fn take_plain(&mut self, text: &[u8]) -> usize {
        let mut parted = self.bytes.last().is_none_or(|last| *last == b' ');
        let mut run = self.run;
        let plain = |byte: &&u8| {
            let class = CLASSES[usize::from(**byte)];
            let taken = class > u8::from(parted) && (run < BITE || class == SPACE);
            if taken {
                parted = class == SPACE;
                run = if parted { 0 } else { run + 1 };
            }
            taken
        };
        let taken = text.iter().take(BLOCK).take_while(plain).count();
        self.bytes.extend(text[..taken].iter().map(u8::to_ascii_lowercase));
        self.run = run;
        taken
    }

    /// Takes the word that has a letter beyond ASCII at `at`; where it ends.
    fn take_word(&mut self, text: &str, at: usize) -> usize {
        // What was taken of it already is ASCII, a byte each.
        let start = at - self.run;
        self.bytes.truncate(self.bytes.len() - self.run.min(BITE));
        let end = run_of_letters(text, at);
        let word = &text[start..end];
        let bite = word.char_indices().nth(BITE).map_or(word, |(end, _)| &word[..end]);
        let mut folded = String::new();
        fold_into(bite, &mut folded);
        self.bytes.extend_from_slice(folded.as_bytes());
        self.bytes.push(b' ');
        self.run = 0;
        end
    }

    fn end_word(&mut self) {
        if self.bytes.last().is_some_and(|last| *last != b' ') {
            self.bytes.push(b' ');
        }
        self.run = 0;
    }
}

/// Bytes taken in one go.
const BLOCK: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::stem::words;

    /// Word by word, as it would be written if it did not have to be fast.
    fn plainly(text: &str) -> String {
        let mut letters = String::new();
        for word in words(text) {
            letters.push_str(&crate::text::fold(&word.chars().take(BITE).collect::<String>()));
            letters.push(' ');
        }
        letters
    }

    #[test]
    fn words_folded_with_a_space_behind_each() {
        for text in [
            "",
            " - ",
            "Quay cranes stop: 3 ships wait",
            "  “Häfen” in Zürich – Ölpreise, l’été; MÆRSK",
            "Ä",
            "x",
            "aé bÉc é",
            "port\u{301}s of 港口 and ports",
            &"long ".repeat(40),
            &"x".repeat(300),
            &"xä".repeat(300),
            &format!("{}ä {}", "x".repeat(130), "y".repeat(41)),
        ] {
            let letters = Letters::of(text, "");
            assert_eq!(std::str::from_utf8(letters.title()), Ok(plainly(text).as_str()), "{text}");
            let (both, whole) = (Letters::of("Two ships", text), plainly(&format!("Two ships {text}")));
            assert_eq!(both.title(), b"two ships ");
            assert_eq!(both.all(), &whole.as_bytes()[..whole.len().min(LONGEST)], "{text}");
        }
    }
}
