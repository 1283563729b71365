//! Finding the words of a search in a text, to highlight them.

use crate::text::fold;

/// A word to be highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HitWord {
    /// Folded, as by `text::fold`.
    pub word: String,
    /// Words that begin with it count too.
    pub prefix: bool,
}

/// Parts of `text` in order, each with whether it is a hit.
#[must_use]
pub fn split<'a>(text: &'a str, words: &[HitWord]) -> Vec<(bool, &'a str)> {
    if words.is_empty() || text.is_empty() {
        return vec![(false, text)];
    }
    let mut parts = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if length == 0 {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if is_hit(&rest[..length], words) {
            if plain < at {
                parts.push((false, &text[plain..at]));
            }
            parts.push((true, &rest[..length]));
            plain = at + length;
        }
        at += length;
    }
    if plain < text.len() {
        parts.push((false, &text[plain..]));
    }
    parts
}

fn is_hit(word: &str, words: &[HitWord]) -> bool {
    let folded = fold(word);
    words.iter().any(|w| if w.prefix { folded.starts_with(&w.word) } else { folded == w.word })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_whatever_their_case_and_accents() {
        let words = [HitWord { word: "hapag".into(), prefix: true }, HitWord { word: "zurich".into(), prefix: false }];
        let shown = |text| {
            let parts = split(text, &words);
            parts.iter().map(|(hit, t)| if *hit { format!("«{t}»") } else { (*t).to_owned() }).collect::<String>()
        };
        assert_eq!(shown("Hapag-Lloyd and ZÜRICH"), "«Hapag»-Lloyd and «ZÜRICH»");
        assert_eq!(shown("Zuricher Hapags"), "Zuricher «Hapags»");
        assert_eq!(shown("集装箱 — ok"), "集装箱 — ok");
        assert_eq!(split("", &words), [(false, "")]);
    }
}
