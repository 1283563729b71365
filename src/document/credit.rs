//! Whose a picture is: told from what a caption says of the picture.
//!
//! Rights holders ask for their credit verbatim ("© J. Doe | Agency"), so it is cut out of captions, never rewritten.

use super::blocks::Span;

/// Longest credit in bytes: longer ones are prose.
const MAX_CREDIT: usize = 160;

/// How credits begin. Those of one sign may stand anywhere; words only where a sentence or a part of one begins.
const CUES: [&str; 44] = [
    "©",
    "(c) ",
    "copyright ",
    "photo:",
    "photo :",
    "photo by",
    "photo credit",
    "photo courtesy",
    "photo via",
    "photos:",
    "photos by",
    "photograph:",
    "photograph by",
    "photographer:",
    "photography:",
    "photography by",
    "picture:",
    "picture by",
    "picture credit",
    "pictures:",
    "image:",
    "image by",
    "image credit",
    "image courtesy",
    "image source",
    "images:",
    "illustration:",
    "illustration by",
    "graphic:",
    "credit:",
    "credits:",
    "courtesy:",
    "courtesy of",
    "source:",
    "ap photo/",
    "foto:",
    "foto von",
    "foto di",
    "bild:",
    "bildquelle",
    "quelle:",
    "crédit",
    "crédito",
    "credito",
];

/// Where in a caption its credit begins, in bytes.
fn begins_at(caption: &str) -> Option<usize> {
    let lower = caption.to_lowercase();
    // Folding may move bytes in rare scripts; then only the signs that need no folding are looked for.
    let text = if lower.len() == caption.len() { &*lower } else { caption };
    let mut places: Vec<usize> = CUES.iter().flat_map(|cue| text.match_indices(cue).map(|(at, _)| at)).collect();
    places.sort_unstable();
    let cued = places.into_iter().find(|at| is_place(text, *at) && is_credit(&caption[*at..]));
    cued.or_else(|| agency_begins_at(caption))
}

/// Picture agencies, whose name alone at the end of a caption is a credit.
const AGENCIES: [&str; 24] = [
    "getty images",
    "getty",
    "reuters",
    "afp",
    "ap",
    "ap photo",
    "associated press",
    "shutterstock",
    "istock",
    "alamy",
    "bloomberg",
    "dpa",
    "epa",
    "adobe stock",
    "unsplash",
    "pixabay",
    "pexels",
    "imago",
    "xinhua",
    "ansa",
    "efe",
    "keystone",
    "wikimedia commons",
    "stock.adobe.com",
];
/// Most words of a credit without a cue.
const MAX_AGENCY_WORDS: usize = 8;

/// Where the last part of a caption begins, when it only names people and ends with an agency: `J. Doe/Reuters`.
fn agency_begins_at(caption: &str) -> Option<usize> {
    let trimmed = caption.trim_end_matches([' ', '.', ')', ']', '\n']);
    let lower = trimmed.to_lowercase();
    if lower.len() != trimmed.len() || !AGENCIES.iter().any(|agency| ends_with_word(&lower, agency)) {
        return None;
    }
    let mut at = part_begins_at(trimmed).or_else(|| slashed_name_begins_at(trimmed))?;
    // "J. Doe / AFP - Getty Images": one agency sells for the other.
    let before = trimmed[..at].trim_end_matches([' ', '-', '–', '—', '|']);
    if AGENCIES.iter().any(|agency| ends_with_word(&lower[..before.len()], agency)) {
        at = part_begins_at(before).or_else(|| slashed_name_begins_at(before)).unwrap_or(at);
    }
    let is_name = |word: &str| {
        let linking =
            matches!(word, "via" | "and" | "for" | "de" | "der" | "van" | "von" | "la" | "/" | "&" | "-" | "|");
        linking
            || word.starts_with(|c: char| c.is_uppercase() || matches!(c, '/' | '@'))
            || word.contains('/')
            || AGENCIES.iter().any(|agency| agency.split(' ').any(|part| part == word))
    };
    let words = trimmed[at..].split_whitespace();
    (words.clone().count() <= MAX_AGENCY_WORDS && words.clone().all(is_name)).then_some(at)
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// Where the last sentence, bracket or part of a line begins; the beginning is one too.
fn part_begins_at(text: &str) -> Option<usize> {
    const ENDS: [&str; 14] = [". ", "! ", "? ", "” ", "\" ", ") ", " (", " [", " | ", " – ", " — ", " - ", "\n", "; "];
    // The point of a name's initial ends no sentence.
    let is_end = |at: usize, end: &str| {
        end != ". " || text[..at].rsplit([' ', '/', '\n']).next().is_some_and(|word| word.chars().count() > 2)
    };
    let last = ENDS.iter().filter_map(|end| {
        text.match_indices(end).filter(|(at, _)| is_end(*at, end)).map(|(at, _)| at + end.len()).last()
    });
    // Captions and credits in elements of their own run into each other: "on Thursday.J. Doe/AFP".
    let glued = text.match_indices('.').filter(|(at, _)| {
        let word = text[..*at].rsplit([' ', '/', '\n']).next().unwrap_or_default();
        word.chars().count() > 3
            && word.ends_with(char::is_lowercase)
            && !word.contains('.')
            && text[at + 1..].starts_with(char::is_uppercase)
    });
    let glued = glued.map(|(at, _)| at + 1).next_back();
    match last.max().max(glued) {
        Some(at) => Some(at),
        None if text.split_whitespace().count() <= 5 => Some(0),
        None => None,
    }
}

/// Where two words with capitals begin before a slash and an agency: `... in port Ann Example/Reuters`.
fn slashed_name_begins_at(text: &str) -> Option<usize> {
    let slash = text.rfind('/')?;
    let mut at = slash;
    for _ in 0..2 {
        at = text[..at].trim_end().rfind(' ')? + 1;
        if !text[at..].starts_with(char::is_uppercase) {
            return None;
        }
    }
    Some(at)
}

fn is_place(text: &str, at: usize) -> bool {
    if text[at..].starts_with(['©', '(']) {
        return true;
    }
    let before = &text[..at];
    match before.trim_end_matches(' ').chars().next_back() {
        None => true,
        Some(last) => matches!(
            last,
            '.' | '!' | '?' | ')' | '(' | '[' | '|' | '/' | '\n' | '–' | '—' | '-' | '•' | '·' | '”' | '"' | ';' | ','
        ),
    }
}

/// Whether the rest of a caption is one short statement.
fn is_credit(rest: &str) -> bool {
    let is_word = |word: &str| word.chars().count() > 3 && word.chars().all(char::is_alphabetic);
    let ends_sentence = |(at, _): (usize, &str)| {
        rest[..at].rsplit([' ', '/', '\n']).next().is_some_and(is_word) && !rest[at + 1..].trim().is_empty()
    };
    rest.len() <= MAX_CREDIT && !rest.match_indices(". ").any(ends_sentence)
}

/// Cuts the credit out of a caption, if it has one; the brackets around it go.
pub(super) fn cut(caption: &mut Vec<Span>) -> Option<String> {
    let text: String = caption.iter().map(|span| &*span.text).collect();
    let at = begins_at(&text)?;
    let credit = tidy(&text[at..]);
    let mut left =
        text[..at].trim_end_matches([' ', '\u{a0}', '\n', '|', '(', '[', '–', '—', '•', '·', ';', ',']).len();
    caption.retain_mut(|span| {
        let take = left.min(span.text.len());
        left -= take;
        span.text.truncate(take);
        !span.text.is_empty()
    });
    while caption.last().is_some_and(Span::is_line_break) {
        caption.pop();
    }
    (!credit.is_empty()).then_some(credit)
}

/// Whether a whole short paragraph is a credit: under a picture it belongs to it.
pub(super) fn is_whole(spans: &[Span]) -> bool {
    let length: usize = spans.iter().map(|span| span.text.len()).sum();
    if length > MAX_CREDIT || spans.iter().any(Span::is_line_break) {
        return false;
    }
    let text: String = spans.iter().map(|span| &*span.text).collect();
    begins_at(&text).is_some_and(|at| text[..at].trim_matches(['(', '[', ' ']).is_empty())
}

/// One clean line, without a bracket that only closes.
pub(super) fn tidy(credit: &str) -> String {
    let mut text = crate::text::clean_line(credit);
    // Labels for readers and for screen readers run into each other.
    while let Some(rest) = text.strip_prefix("Credit").filter(|rest| rest.starts_with(char::is_uppercase)) {
        text = if rest.starts_with("Credit") { rest.to_owned() } else { format!("Credit: {rest}") };
    }
    for (open, close) in [('(', ')'), ('[', ']')] {
        if text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
            text.pop();
        } else if text.starts_with(open) && text.ends_with(close) && text.matches(open).count() == 1 {
            text = text[1..text.len() - 1].trim().to_owned();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::blocks::Style;

    fn parted(text: &str) -> (String, Option<String>) {
        let mut spans: Vec<Span> = text.split_inclusive(' ').map(|word| Span::styled(word, Style::default())).collect();
        let credit = cut(&mut spans);
        (spans.iter().map(|span| &*span.text).collect(), credit)
    }

    #[test]
    fn cuts_the_credit_out_of_a_caption() {
        for (text, caption, credit) in [
            ("A quay at dawn. Photo: J. Doe", "A quay at dawn.", "Photo: J. Doe"),
            ("A quay at dawn (Photo by J. Doe/Quay Press)", "A quay at dawn", "Photo by J. Doe/Quay Press"),
            ("A quay © J. Doe | Agency", "A quay", "© J. Doe | Agency"),
            ("© Minipig | Agency", "", "© Minipig | Agency"),
            ("Rates by lane. Source: Quay Index", "Rates by lane.", "Source: Quay Index"),
            ("Kran im Hafen. Foto: Agentur Süd", "Kran im Hafen.", "Foto: Agentur Süd"),
            ("Photo by night of the long quay. © J. Doe", "Photo by night of the long quay.", "© J. Doe"),
        ] {
            assert_eq!(parted(text), (caption.to_owned(), Some(credit.to_owned())), "{text}");
        }
        for (text, caption, credit) in [
            ("A quay at dawn. Getty Images", "A quay at dawn.", "Getty Images"),
            ("A quay at dawn. J. Doe/Reuters", "A quay at dawn.", "J. Doe/Reuters"),
            ("A quay at dawn (Jo Doe via Getty Images)", "A quay at dawn", "Jo Doe via Getty Images"),
            ("A quay at dawn | Shutterstock", "A quay at dawn", "Shutterstock"),
            ("A quay near the long pier Jo Doe/Reuters", "A quay near the long pier", "Jo Doe/Reuters"),
            ("Jo Doe/AFP", "", "Jo Doe/AFP"),
            ("A quay at dawn – AP", "A quay at dawn", "AP"),
            ("A quay at dawn.Jo Doe / AFP - Getty Images", "A quay at dawn.", "Jo Doe / AFP - Getty Images"),
        ] {
            assert_eq!(parted(text), (caption.to_owned(), Some(credit.to_owned())), "{text}");
        }
        for prose in [
            "The quay, as it was seen by Reuters",
            "The fall of Getty",
            "A long sentence about the office of Bloomberg",
        ] {
            assert_eq!(parted(prose), (prose.to_owned(), None));
        }
        for prose in ["They took a photo: it shows the quay", "A quay at dawn", "The source: nobody knows", ""] {
            assert_eq!(parted(prose), (prose.to_owned(), None));
        }
    }

    #[test]
    fn knows_a_paragraph_that_is_only_a_credit() {
        let is = |text: &str| is_whole(&[Span::styled(text, Style::default())]);
        assert_eq!(tidy("CreditCreditJ. Doe/Quay Press"), "Credit: J. Doe/Quay Press");
        assert!(is("Photo: J. Doe") && is("(Image credit: Quay Press)") && is("© J. Doe"));
        assert!(!is("The quay © J. Doe") && !is("Rates rose") && !is(&format!("Photo: {}", "x".repeat(200))));
    }
}
