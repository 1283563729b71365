//! Lines that lead away from the article: to other articles, to newsletters, and what links say to those who hear the page.

use super::phrases::{begins, folded};

/// How lines begin that point to other articles.
const POINTERS: &[&str] = &[
    "read more",
    "learn more",
    "read also",
    "also read",
    "read next",
    "related",
    "see also",
    "more on this",
    "more on",
    "more from",
    "recommended",
    "don t miss",
    "watch",
    "listen",
    "in pictures",
    "you may also like",
    "see more",
    "click here to",
    "read the full",
    "mehr zum thema",
    "lesen sie auch",
    "lesen sie mehr",
    "lesen sie hier",
    "lesen sie dazu",
    "mehr dazu",
    "mehr lesen",
    "siehe auch",
    "weiterlesen",
    "zum thema",
    "lire aussi",
    "à lire aussi",
    "a lire aussi",
    "lire également",
    "à lire également",
    "voir aussi",
    "sur le même sujet",
    "pour aller plus loin",
    "à lire",
    "lire la suite",
    "lea también",
    "lee también",
    "leer más",
    "le puede interesar",
    "te puede interesar",
    "más información",
    "ver también",
    "noticias relacionadas",
    "relacionado",
    "además",
    "leia também",
    "leia mais",
    "veja também",
    "saiba mais",
    "lees ook",
    "lees meer",
    "lees verder",
    "zie ook",
    "bekijk ook",
    "meer over",
    "leggi anche",
    "leggi di più",
    "leggi tutto",
    "vedi anche",
    "potrebbe interessarti",
    "guarda anche",
    "approfondisci",
    "correlati",
];

/// Words before a colon and a link to another article: `Read: ...`, `[Lire : ...]`.
const POINTING_WORDS: &[&str] = &[
    "read",
    "more",
    "see",
    "watch",
    "video",
    "opinion",
    "explainer",
    "lire",
    "voir",
    "vidéo",
    "lesen",
    "mehr",
    "lea",
    "lee",
    "leia",
    "veja",
    "lees",
    "bekijk",
    "leggi",
    "guarda",
];

/// What bracketed lines with a link ask for.
const OFFERS: &[&str] =
    &["inbox", "newsletter", "newsletters", "subscribe", "sign up", "app", "podcast", "whatsapp", "telegram"];

/// What links say to those who hear the page.
const SPOKEN: &[&str] = &[
    "opens a new window",
    "opens new window",
    "opens in a new window",
    "opens in new window",
    "opens a new tab",
    "opens in a new tab",
    "opens in new tab",
    "link opens in a new window",
    "external link",
    "öffnet in neuem fenster",
    "öffnet in einem neuen fenster",
    "nouvelle fenêtre",
    "ouvre une nouvelle fenêtre",
    "s ouvre dans une nouvelle fenêtre",
    "se abre en una ventana nueva",
    "abre em nova janela",
    "opent in een nieuw venster",
    "si apre in una nuova finestra",
];

/// Whether the text of an element within a line is said only to those who hear the page.
pub(super) fn is_spoken(text: &str) -> bool {
    SPOKEN.contains(&&*folded(text))
}

/// Whether a short line points to another article.
pub(super) fn points_elsewhere(line: &str) -> bool {
    let folded = folded(line);
    POINTERS.iter().any(|phrase| begins(&folded, phrase))
}

/// Whether a line that has a link is, as a whole, a word that points elsewhere and that link: `Read: Crane falls`.
pub(super) fn is_labelled_pointer(line: &str) -> bool {
    let line = line.trim_start_matches(['[', '(', '>', '»', '•', ' ']);
    let Some((word, rest)) = line.split_once(':') else { return false };
    !rest.trim().is_empty() && POINTING_WORDS.contains(&&*folded(word))
}

/// Whether a line with a link is a remark in brackets that asks to subscribe to something.
pub(super) fn is_bracketed_offer(line: &str) -> bool {
    let Some(inner) = line.trim().strip_prefix(['[', '(']).and_then(|line| line.strip_suffix([']', ')'])) else {
        return false;
    };
    let words = format!(" {} ", folded(inner));
    OFFERS.iter().any(|offer| words.contains(&format!(" {offer} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_lead_away_are_told_from_sentences() {
        for line in ["[Read: Barge sinks]", "Lire : Une péniche coule", "» Leia: Barcaça afunda"] {
            assert!(is_labelled_pointer(line), "{line}");
        }
        for line in ["Read the room: nobody wants it", "Read:", "The order: more cranes"] {
            assert!(!is_labelled_pointer(line), "{line}");
        }
        assert!(is_bracketed_offer("[Every morning: get the Quay Letter in your inbox.]"));
        assert!(!is_bracketed_offer("[The name was corrected.]") && !is_bracketed_offer("Get it in your inbox"));
        assert!(is_spoken("(opens in a new tab)") && !is_spoken("opens in May"));
        assert!(points_elsewhere("Learn more: cranes") && !points_elsewhere("Learning more"));
    }
}
