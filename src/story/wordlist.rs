//! Short lists of words that are looked for in every title: nearly all words are told to be none of them by their first letter
//! and their length.

use super::stem::{fold_into, hash};
use super::termmap::TermMap;

/// Folded ASCII words, each with what it stands for.
#[derive(Debug)]
pub(super) struct WordList {
    /// For each letter the lengths of the words that begin so, a bit each.
    lengths: [u32; 128],
    words: TermMap<(&'static str, u32)>,
}

impl WordList {
    /// Of these words; the first of equal ones counts.
    pub(super) fn new(words: impl IntoIterator<Item = (&'static str, u32)>) -> Self {
        let mut list = Self { lengths: [0; 128], words: TermMap::default() };
        for (word, meaning) in words {
            if let Some(lengths) = word.bytes().next().and_then(|first| list.lengths.get_mut(usize::from(first))) {
                *lengths |= 1 << word.len().min(31);
            }
            list.words.entry(hash(word.as_bytes())).or_insert((word, meaning));
        }
        list
    }

    /// What a word stands for, whatever its case; none for a word that is not in the list.
    pub(super) fn get(&self, word: &str) -> Option<u32> {
        let lengths = self.lengths.get(usize::from(word.bytes().next()?.to_ascii_lowercase()))?;
        if lengths >> word.len().min(31) & 1 == 0 {
            return None;
        }
        let (known, meaning) = self.words.get(&hash(word.to_ascii_lowercase().as_bytes()))?;
        known.eq_ignore_ascii_case(word).then_some(*meaning)
    }

    /// The same whatever its case and diacritics.
    pub(super) fn get_folded(&self, word: &str) -> Option<u32> {
        if word.is_ascii() {
            return self.get(word);
        }
        let mut folded = String::new();
        fold_into(word, &mut folded);
        self.get(&folded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case() {
        let list = WordList::new([("talks", 1), ("apres", 2), ("talks", 3)]);
        assert_eq!(list.get("Talks"), Some(1));
        assert_eq!(list.get_folded("Après"), Some(2));
        for word in ["talk", "talkt", "", "après", "Ölpreis", &"talks".repeat(9)] {
            assert_eq!(list.get(word), None, "{word}");
        }
    }
}
