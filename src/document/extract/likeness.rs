//! How much of one text is in another, by their words.

use std::collections::HashMap;

/// A text by its words, to compare others with.
pub(super) struct Likeness {
    counts: HashMap<String, usize>,
    words: usize,
}

impl Likeness {
    /// Of this text.
    pub(super) fn new(text: &str) -> Self {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let mut words = 0;
        for word in words_of(text) {
            words += 1;
            *counts.entry(word).or_default() += 1;
        }
        Self { counts, words }
    }

    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// How many of its words are in another text.
    pub(super) fn shared(&self, other: &str) -> usize {
        let other = Self::new(other);
        self.counts.iter().map(|(word, count)| (*count).min(other.counts.get(word).copied().unwrap_or(0))).sum()
    }

    /// What part of it is in another text, from 0 to 1.
    pub(super) fn shared_part(&self, other: &str) -> f64 {
        if self.words == 0 { 1.0 } else { self.shared(other) as f64 / self.words as f64 }
    }

    /// How alike the two are, from 0 to 1: the harmonic mean of what each has of the other.
    pub(super) fn of(&self, other: &str) -> f64 {
        let other = Self::new(other);
        let shared: usize =
            self.counts.iter().map(|(word, count)| (*count).min(other.counts.get(word).copied().unwrap_or(0))).sum();
        let all = self.words + other.words;
        if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
    }
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_between_nothing_and_all() {
        let text = Likeness::new("Rates rise, rates fall.");
        assert_eq!(text.words(), 4);
        assert_eq!(text.shared("rates and RATES"), 2);
        assert!((text.of("rates rise rates fall") - 1.0).abs() < 1e-9);
        assert!(text.of("nothing here") < 1e-9);
        assert!(Likeness::new("").of("") < 1e-9);
    }
}
