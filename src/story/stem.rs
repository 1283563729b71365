//! Words as they are compared: folded, lightly stemmed, hashed.

use crate::text::fold;

/// A word or figure as it is compared: the hash of its stem.
pub(super) type TermId = u32;

/// Shortest stem that an ending is cut from.
const STEM: usize = 4;

/// Endings, longest first among those that end alike. English in the first place; the plain ones serve German, Dutch and
/// the Romance languages as well.
const ENDINGS: [&str; 34] = [
    "isations", "izations", "isation", "ization", "ations", "ators", "ation", "ating", "ated", "ates", "ator",
    "ements", "ement", "ments", "ment", "ings", "ing", "ions", "ion", "ied", "ies", "ers", "ed", "er", "ate", "ern",
    "en", "em", "es", "ly", "s", "e", "y", "i",
];

/// Folds a word into `buffer`: lower case, no diacritics.
pub(super) fn fold_into(word: &str, buffer: &mut String) {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&fold(word));
    }
}

/// The stem of a folded word: one ending off, a doubled last consonant and a weak last vowel too.
pub(super) fn stem(word: &str) -> &str {
    let mut stem = word;
    let last = word.as_bytes().last();
    if word.len() > STEM {
        for ending in ENDINGS {
            // Most endings are ruled out by their last letter.
            if ending.as_bytes().last() == last
                && let Some(rest) = word.strip_suffix(ending)
                && rest.len() >= STEM
            {
                stem = rest;
                break;
            }
        }
    }
    if stem.len() == word.len() && word.len() == STEM && word.ends_with('s') && !word.ends_with("ss") {
        stem = &word[..STEM - 1];
    }
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && stem.len() > STEM
        && b.is_ascii_lowercase()
        && stem.len() < word.len()
    {
        stem = &stem[..stem.len() - 1];
    }
    match stem.as_bytes().last() {
        Some(b'e' | b'i' | b'y') if stem.len() > STEM => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// FNV-1a, 32 bits: fast on short words, the same on every machine.
pub(super) fn hash(bytes: &[u8]) -> TermId {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// What a folded word is compared as, other forms not looked up.
pub(super) fn term(folded: &str) -> TermId {
    hash(stem(folded).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["company", "companies"][..],
            &["port", "ports"],
            &["ship", "ships"],
            &["scrap", "scraps", "scrapped", "scrapping"],
            &["operator", "operation", "operated", "operates", "operate"],
            &["charge", "charges", "charged", "charging"],
            &["containers", "container"],
            &["hijack", "hijacks", "hijacked", "hijacking"],
            &["hafen", "hafens"],
            &["bunker", "bunkers"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form} of {forms:?}");
            }
        }
    }

    #[test]
    fn different_words_stay_different() {
        for pair in [["port", "ports of call"], ["rail", "rate"], ["strait", "strike"], ["ones", "once"]] {
            assert_ne!(stem(pair[0]), stem(pair[1]), "{pair:?}");
        }
        assert_eq!(stem("gas"), "gas");
        assert_eq!(stem("loss"), "loss");
    }
}
