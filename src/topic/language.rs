//! Which language an article is in: by its most frequent little words, as far as cues need to know.

use std::sync::LazyLock;

use super::folded::{Folded, is_word};

/// Little words per language.
const TABLE: &str = include_str!("../../assets/topics/stopwords.tsv");

/// The languages that cues are written in.
const CODES: [&str; 6] = ["en", "de", "fr", "es", "nl", "it"];

/// Words looked at, at most.
const MOST_WORDS: usize = 50;

/// A set of languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Languages(u8);

/// A word as one number, its first letter in the lowest byte; none of its letters is 0. Words of more letters than that are no
/// little words: 0.
fn packed(word: &[u8], text: &[u8]) -> u128 {
    // Nearly always there is text behind the word: all is taken in one go and what is too much thrown away.
    let letters = text.first_chunk::<LONGEST>().map_or_else(
        || {
            let mut letters = [0; LONGEST];
            letters.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
            u128::from_le_bytes(letters)
        },
        |letters| u128::from_le_bytes(*letters),
    );
    match word.len() {
        0 => 0,
        length @ 1..=LONGEST => letters & u128::MAX >> (8 * (LONGEST - length)),
        _ => 0,
    }
}

/// Letters that a little word has at most: those of a number.
const LONGEST: usize = 16;

/// The little words with the languages that have them, a bit each; in the place that its letters give a word, or in the next
/// one that was free.
#[derive(Debug)]
struct LittleWords(Box<[(u128, u8)]>);

/// Places for little words, a power of two: about three times as many as there are words.
const PLACES: usize = 1024;

impl LittleWords {
    fn new() -> Self {
        let mut words = Self(vec![(0, 0); PLACES].into());
        for (code, list) in TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
        {
            let bit = Languages::parse(code).map_or(0, |set| set.0);
            for word in list.split_whitespace().map(|word| packed(word.as_bytes(), b"")).filter(|word| *word != 0) {
                let place = words.place(word);
                words.0[place] = (word, words.0[place].1 | bit);
            }
        }
        words
    }

    /// Where a word is, or would be.
    fn place(&self, word: u128) -> usize {
        let [low, high] = [word, word >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or_default());
        let mixed = (low ^ high.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut place = (mixed >> 54) as usize % PLACES;
        while self.0[place].0 != word && self.0[place].1 != 0 {
            place = (place + 1) % PLACES;
        }
        place
    }

    /// The languages that have a word; 0 for one that is no little word.
    fn speakers(&self, word: u128) -> u8 {
        self.0[self.place(word)].1
    }
}

static WORDS: LazyLock<LittleWords> = LazyLock::new(LittleWords::new);

/// What the words of an article say of its language.
struct Votes {
    of: [u32; CODES.len()],
    /// Words that are still to be looked at.
    left: usize,
    words: &'static LittleWords,
}

impl Votes {
    /// Counts a word, with which `text` begins.
    fn count(&mut self, word: &[u8], text: &[u8]) {
        self.left -= 1;
        if word.ends_with(b"'s") {
            // The possessive is English; French and Italian have the apostrophe further left.
            self.of[0] += 6;
            return;
        }
        let mut speakers = self.words.speakers(packed(word, text));
        // A word of one language says more than one of three.
        let share = 6 / speakers.count_ones().max(1);
        while let Some(votes) = self.of.get_mut(speakers.trailing_zeros() as usize) {
            *votes += share;
            speakers &= speakers - 1;
        }
    }
}

impl Languages {
    /// All of them: for names, and for articles whose language cannot be told.
    pub(super) const ALL: Self = Self((1 << CODES.len()) - 1);

    /// None of them.
    pub(super) const NONE: Self = Self(0);

    /// Those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// `*`, or codes by commas.
    pub(super) fn parse(codes: &str) -> Option<Self> {
        if codes == "*" {
            return Some(Self::ALL);
        }
        let bits: Option<Vec<u8>> =
            codes.split(',').map(|code| CODES.iter().position(|known| *known == code).map(|n| 1 << n)).collect();
        bits.map(|bits| Self(bits.into_iter().fold(0, |set, bit| set | bit)))
    }

    /// Whether both have a language in common.
    pub(super) fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The codes in it.
    pub(super) fn codes(self) -> impl Iterator<Item = &'static str> {
        CODES.into_iter().enumerate().filter(move |(n, _)| self.0 & 1 << n != 0).map(|(_, code)| code)
    }
}

/// What an article is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Cues of these count.
    pub(super) cues: Languages,
    /// Its language, when the words tell it.
    pub(super) seen: Option<&'static str>,
}

/// Whether a byte is of a word as languages have them, with its apostrophes.
static IN_WORD: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut bytes = [false; 256];
    (0..=u8::MAX).zip(&mut bytes).for_each(|(byte, inside)| *inside = is_word(byte) || byte == b'\'');
    bytes
});

/// The language of an article. Feeds often carry a wrong tag (a content system's default), so clear words win over the tag.
pub(super) fn spoken(tag: Option<&str>, parts: &[&Folded]) -> Spoken {
    let in_word: &[bool; 256] = &IN_WORD;
    let mut votes = Votes { of: [0; CODES.len()], left: MOST_WORDS, words: &WORDS };
    for part in parts {
        let mut text = part.bytes();
        while votes.left > 0
            && let Some(start) = text.iter().position(|byte| in_word[usize::from(*byte)])
        {
            text = &text[start..];
            let end = text.iter().position(|byte| !in_word[usize::from(*byte)]).unwrap_or(text.len());
            votes.count(&text[..end], text);
            text = &text[end..];
        }
    }
    let votes = votes.of;
    let tagged = tag
        .and_then(|tag| CODES.iter().position(|code| tag.get(..2).is_some_and(|two| two.eq_ignore_ascii_case(code))));
    let best = (0..CODES.len()).max_by_key(|n| (votes[*n], Some(*n) == tagged, CODES.len() - n)).unwrap_or(0);
    let second = (0..CODES.len()).filter(|n| *n != best).map(|n| votes[n]).max().unwrap_or(0);
    let clear = votes[best] >= second + 5;
    let one = |n: usize| Languages(1 << n);
    match tagged {
        _ if clear => Spoken { cues: one(best), seen: Some(CODES[best]) },
        Some(tagged) => Spoken { cues: one(tagged), seen: Some(CODES[tagged]) },
        None if tag.is_some() => Spoken { cues: one(0), seen: None },
        None => Spoken { cues: Languages::ALL, seen: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(tag: Option<&str>, text: &str) -> Option<&'static str> {
        spoken(tag, &[&Folded::new(text, 0..text.len())]).seen
    }

    #[test]
    fn little_words_tell_the_language() {
        for (text, code) in [
            ("The port is closed for the week as cranes are inspected", "en"),
            ("Der Hafen bleibt für eine Woche geschlossen", "de"),
            ("Le port est fermé pour la semaine dans le nord", "fr"),
            ("El puerto cierra durante una semana por la tormenta", "es"),
            ("De haven gaat een week dicht door het slechte weer", "nl"),
            ("Il porto resta chiuso per una settimana nella zona", "it"),
        ] {
            assert_eq!(seen(None, text), Some(code), "{text}");
            assert_eq!(
                seen(Some("en-US"), text),
                Some(code),
                "a content system's default tag does not win over clear words: {text}"
            );
        }
        assert_eq!(seen(Some("de-DE"), "Maersk Rotterdam 2024"), Some("de"));
        assert_eq!(seen(None, "Maersk Rotterdam 2024"), None);
        assert!(
            !spoken(Some("pl"), &[]).cues.meet(Languages(2)),
            "a language without cues gets the English ones alone"
        );
    }
}
