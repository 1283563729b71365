//! A number for a text, equal for equal texts within one run of the program: to tell whether two are the same.

use super::termmap::seed;

/// Takes in texts and numbers; made anew from a number that differs from run to run, so that nobody can write two texts that
/// are taken for one.
#[derive(Debug)]
pub(super) struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(seed())
    }
}

impl Digest {
    /// Takes in a text; where one ends and the next begins counts.
    pub(super) fn add(&mut self, text: &[u8]) {
        self.add_number(text.len() as u64);
        let (words, rest) = text.as_chunks::<8>();
        for word in words {
            self.add_number(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.add_number(u64::from_le_bytes(last));
    }

    /// Takes in a number.
    pub(super) fn add_number(&mut self, number: u64) {
        // Both halves of a product of 128 bits: every bit of it comes to depend on every bit that went in.
        let product = u128::from(self.0 ^ number ^ 0x9e37_79b9_7f4a_7c15) * u128::from(seed().rotate_left(32) | 1);
        let [low, high] =
            [product, product >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or_default());
        self.0 = low.rotate_left(29) ^ high;
    }

    /// What was made of it, never 0.
    pub(super) fn get(&self) -> u64 {
        self.0.max(1)
    }
}

/// The number of one text, never 0.
pub(super) fn digest(text: &[u8]) -> u64 {
    let mut digest = Digest::default();
    digest.add(text);
    digest.get()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn texts_are_told_apart_and_known_again() {
        let texts: Vec<String> = (0..20_000).map(|n| format!("quay {n} of Brackwater{}", "x".repeat(n % 19))).collect();
        let digests: HashSet<u64> = texts.iter().map(|text| digest(text.as_bytes())).collect();
        assert_eq!(digests.len(), texts.len());
        assert_eq!(digest(b"Brackwater"), digest("Brackwater".to_owned().as_bytes()));
    }

    #[test]
    fn it_counts_where_a_text_ends() {
        let of = |texts: &[&str]| {
            let mut digest = Digest::default();
            for text in texts {
                digest.add(text.as_bytes());
            }
            digest.get()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
        assert_ne!(of(&["a\0"]), of(&["a"]));
    }
}
