//! Words as they are compared: folded, lightly stemmed, hashed.

use crate::text::fold;

/// A word or figure as it is compared: the hash of its stem.
pub(super) type TermId = u32;

/// Shortest stem that an ending is cut from.
const STEM: usize = 4;

/// The endings that a word with these last letters can have, the longest first. English in the first place; the plain ones
/// serve German, Dutch and the Romance languages as well.
fn endings(word: &[u8]) -> &'static [&'static str] {
    match word {
        [.., b'n', b's'] => &["isations", "izations", "ations", "ions", "s"],
        [.., b'r', b's'] => &["ators", "ers", "s"],
        [.., b'e', b's'] => &["ates", "ies", "es", "s"],
        [.., b't', b's'] => &["ements", "ments", "s"],
        [.., b'g', b's'] => &["ings", "s"],
        [.., b's'] => &["s"],
        [.., b'o', b'n'] => &["isation", "ization", "ation", "ion"],
        [.., b'r', b'n'] => &["ern"],
        [.., b'e', b'n'] => &["en"],
        [.., b'n', b'g'] => &["ating", "ing"],
        [.., b'e', b'd'] => &["ated", "ied", "ed"],
        [.., b'o', b'r'] => &["ator"],
        [.., b'e', b'r'] => &["er"],
        [.., b'n', b't'] => &["ement", "ment"],
        [.., b't', b'e'] => &["ate", "e"],
        [.., b'e'] => &["e"],
        [.., b'e', b'm'] => &["em"],
        [.., b'l', b'y'] => &["ly", "y"],
        [.., b'y'] => &["y"],
        [.., b'i'] => &["i"],
        _ => &[],
    }
}

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

/// The stem of a folded word: one ending off, a doubled last consonant and a weak last vowel too. All that is cut off is ASCII.
pub(super) fn stem(word: &[u8]) -> &[u8] {
    let mut stem = word;
    if word.len() > STEM {
        for ending in endings(word) {
            let Some(rest) = word.len().checked_sub(ending.len()).filter(|rest| *rest >= STEM) else { continue };
            // One byte tells most of them apart, much cheaper than a call that compares all.
            if word[rest] == ending.as_bytes()[0] && word.ends_with(ending.as_bytes()) {
                stem = &word[..rest];
                break;
            }
        }
    }
    if stem.len() == word.len() && word.len() == STEM && word.ends_with(b"s") && !word.ends_with(b"ss") {
        stem = &word[..STEM - 1];
    }
    if let [.., a, b] = stem
        && a == b
        && stem.len() > STEM
        && b.is_ascii_lowercase()
        && stem.len() < word.len()
    {
        stem = &stem[..stem.len() - 1];
    }
    match stem.last() {
        Some(b'e' | b'i' | b'y') if stem.len() > STEM => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// Words of a text: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begin = run(text, at, false);
        at = run(text, begin, true);
        (begin < at).then(|| &text[begin..at])
    })
}

/// How many ASCII letters and digits a text begins with.
pub(super) fn plain_letters(text: &[u8]) -> usize {
    text.iter().take_while(|byte| LETTER[usize::from(**byte)]).count()
}

/// Where the letters and digits end that begin at `at`.
pub(super) fn run_of_letters(text: &str, at: usize) -> usize {
    run(text, at, true)
}

/// Where the next letter or digit is, at or behind `at`.
pub(super) fn next_letter(text: &str, at: usize) -> usize {
    run(text, at, false)
}

/// Where a run of characters ends that are all letters and digits, or all not. Nearly all are ASCII, and need one look each.
fn run(text: &str, mut at: usize, inside: bool) -> usize {
    let bytes = text.as_bytes();
    let plain = if inside { &LETTER } else { &NO_LETTER };
    loop {
        at += bytes[at..].iter().take_while(|byte| plain[usize::from(**byte)]).count();
        match text[at..].chars().next() {
            Some(c) if !c.is_ascii() && c.is_alphanumeric() == inside => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// ASCII letters and digits, and the other ASCII characters.
static LETTER: [bool; 256] = table(true);
static NO_LETTER: [bool; 256] = table(false);

const fn table(letter: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() == letter;
        byte += 1;
    }
    table
}

/// FNV-1a, 32 bits: fast on short words, the same on every machine.
pub(super) fn hash(bytes: &[u8]) -> TermId {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// What a folded word is compared as, other forms not looked up.
pub(super) fn term(folded: &str) -> TermId {
    term_of_bytes(folded.as_bytes())
}

/// The same for a word that is a part of a text.
pub(super) fn term_of_bytes(folded: &[u8]) -> TermId {
    hash(stem(folded))
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
                assert_eq!(stem(form.as_bytes()), stem(forms[0].as_bytes()), "{form} of {forms:?}");
            }
        }
    }

    #[test]
    fn different_words_stay_different() {
        for pair in [["port", "ports of call"], ["rail", "rate"], ["strait", "strike"], ["ones", "once"]] {
            assert_ne!(stem(pair[0].as_bytes()), stem(pair[1].as_bytes()), "{pair:?}");
        }
        assert_eq!(stem(b"gas"), b"gas");
        assert_eq!(stem(b"loss"), b"loss");
    }
}
