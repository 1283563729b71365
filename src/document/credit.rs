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
    places.into_iter().find(|at| is_place(text, *at) && is_credit(&caption[*at..]))
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
        for prose in ["They took a photo: it shows the quay", "A quay at dawn", "The source: nobody knows", ""] {
            assert_eq!(parted(prose), (prose.to_owned(), None));
        }
    }

    #[test]
    fn knows_a_paragraph_that_is_only_a_credit() {
        let is = |text: &str| is_whole(&[Span::styled(text, Style::default())]);
        assert!(is("Photo: J. Doe") && is("(Image credit: Quay Press)") && is("© J. Doe"));
        assert!(!is("The quay © J. Doe") && !is("Rates rose") && !is(&format!("Photo: {}", "x".repeat(200))));
    }
}
