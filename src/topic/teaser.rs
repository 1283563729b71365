//! Whether a text is all there is, or the beginning of something that stands elsewhere.

use super::folded::fold_words;

/// Beyond this many characters a text that breaks off is an article all the same.
const LONG: usize = 2_500;

/// How texts end that are not the whole.
const ENDS: [&str; 24] = [
    "read more",
    "continue reading",
    "register to continue",
    "please register",
    "log in to continue",
    "subscribe to continue",
    "subscribe to read",
    "subscribers only",
    "the full post is here",
    "full story",
    "full article",
    "read the full",
    "appeared first on",
    "first appeared on",
    "weiterlesen",
    "mehr lesen",
    "nur fur abonnenten",
    "lire la suite",
    "reserve aux abonnes",
    "leer mas",
    "seguir leyendo",
    "lees verder",
    "lees meer",
    "continua a leggere",
];

/// Whether a text breaks off: it ends with dots, or says that the rest is elsewhere.
#[must_use]
pub fn is_teaser(text: &str) -> bool {
    let text = text.trim_end();
    if text.chars().take(LONG + 1).count() > LONG {
        return false;
    }
    let dots = text.trim_end_matches([']', ')', ' ']).ends_with(['…'])
        || text.trim_end_matches([']', ')', ' ']).ends_with("...");
    let start = text.char_indices().rev().nth(160).map_or(0, |(at, _)| at);
    let end = fold_words(&text[start..]);
    dots || ENDS.iter().any(|phrase| end.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_break_off_are_teasers() {
        for teaser in [
            "The box line said on Tuesday that it would…",
            "The box line said on Tuesday [...]",
            "Two cranes fell. Please Register to continue.",
            "A short excerpt. The full post is here.",
            "Zwei Kräne fielen. Weiterlesen",
        ] {
            assert!(is_teaser(teaser), "{teaser}");
        }
        assert!(!is_teaser("Two cranes fell at the quay on Tuesday; nobody was hurt."));
        assert!(
            !is_teaser(&format!("{} and so on…", "A body of many words. ".repeat(180))),
            "a long body is no teaser"
        );
    }
}
