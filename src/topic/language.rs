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

/// The little words with the languages that have them.
#[derive(Debug)]
struct LittleWords([Vec<(&'static [u8], u8)>; PLACES]);

/// Places for little words: nearly each has its own.
const PLACES: usize = 1024;

/// Where a word is: by its length and its first letters.
fn place(word: &[u8]) -> usize {
    let letter = |at: usize| usize::from(word.get(at).copied().unwrap_or(0));
    (letter(0) * 37 + letter(1) * 5 + word.len() * 171 + letter(2)) % PLACES
}

static WORDS: LazyLock<LittleWords> = LazyLock::new(|| {
    let mut words = LittleWords(std::array::from_fn(|_| Vec::new()));
    for (code, list) in TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')) {
        let bit = Languages::parse(code).map_or(0, |set| set.0);
        for word in list.split_whitespace().map(str::as_bytes) {
            let here = &mut words.0[place(word)];
            match here.iter_mut().find(|(known, _)| *known == word) {
                Some((_, bits)) => *bits |= bit,
                None => here.push((word, bit)),
            }
        }
    }
    words
});

/// The languages that have a little word.
fn speakers(word: &[u8]) -> Option<u8> {
    WORDS.0[place(word)].iter().find(|(known, _)| *known == word).map(|(_, bits)| *bits)
}

impl Languages {
    /// All of them: for names, and for articles whose language cannot be told.
    pub(super) const ALL: Self = Self((1 << CODES.len()) - 1);

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

/// The language of an article. Feeds often carry a wrong tag (a content system's default), so clear words win over the tag.
pub(super) fn spoken(tag: Option<&str>, parts: &[&Folded]) -> Spoken {
    let mut votes = [0_u32; CODES.len()];
    let words = parts.iter().flat_map(|part| part.bytes().split(|byte| !is_word(*byte) && *byte != b'\''));
    for word in words.filter(|word| !word.is_empty()).take(MOST_WORDS) {
        if word.ends_with(b"'s") {
            // The possessive is English; French and Italian have the apostrophe further left.
            votes[0] += 6;
        } else if let Some(bits) = speakers(word) {
            // A word of one language says more than one of three.
            let share = 6 / bits.count_ones().max(1);
            (0..CODES.len()).filter(|n| bits & 1 << n != 0).for_each(|n| votes[n] += share);
        }
    }
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
