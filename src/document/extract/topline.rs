//! The lines between heading and text that the reader is told elsewhere: who wrote it, and when.

use super::phrases::folded;

/// Whether a short line at the top tells who wrote the article.
pub(super) fn is_byline(line: &str, author: Option<&str>) -> bool {
    let text = folded(line);
    if author.is_some_and(|author| {
        let author = folded(author);
        !author.is_empty()
            && (text == author
                || text == format!("by {author}")
                || text == format!("von {author}")
                || text == format!("par {author}")
                || text == format!("por {author}")
                || text == format!("door {author}")
                || text == format!("di {author}"))
    }) {
        return true;
    }
    // "By Ann Example, Reuters": short, and no sentence.
    let marked = ["By ", "BY ", "by ", "Von ", "Par ", "Por ", "Door ", "Written by ", "Posted by ", "Published by "];
    marked.iter().any(|mark| line.starts_with(mark))
        && text.split(' ').count() <= 9
        && !line.ends_with(['.', '?', '!'])
        && line.split_whitespace().skip(1).filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count()
            >= 2
}

/// Whether a short line is a date and the author, and nothing else: "Tuesday, 3 March 2026, by Ann Example".
pub(super) fn is_signed_date(line: &str, author: Option<&str>) -> bool {
    let Some(author) = author.map(folded).filter(|author| !author.is_empty()) else { return false };
    let text = folded(line);
    let Some((before, after)) = text.split_once(&*author) else { return false };
    let rest = format!("{before} {after}");
    let rest: Vec<&str> =
        rest.split(' ').filter(|word| !matches!(*word, "" | "by" | "von" | "par" | "por" | "door" | "di")).collect();
    is_date_line(&rest.join(" "))
}

/// Words that stand around dates.
const AROUND: &[&str] = &[
    "published",
    "comments",
    "comment",
    "kommentare",
    "kommentar",
    "commentaires",
    "comentarios",
    "reacties",
    "commenti",
    "updated",
    "posted",
    "last",
    "modified",
    "on",
    "at",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "edt",
    "et",
    "bst",
    "cet",
    "cest",
    "ist",
    "pst",
    "pdt",
    "min",
    "mins",
    "minute",
    "minutes",
    "read",
    "time",
    "a",
    "p",
    "m",
    "the",
    "of",
    "uhr",
    "stand",
    "aktualisiert",
    "veröffentlicht",
    "am",
    "um",
    "publié",
    "le",
    "à",
    "mis",
    "jour",
    "h",
    "actualizado",
    "publicado",
    "el",
    "de",
    "las",
    "hrs",
    "gepubliceerd",
    "op",
    "om",
    "bijgewerkt",
    "pubblicato",
    "il",
    "alle",
    "ore",
    "aggiornato",
    "th",
    "st",
    "nd",
    "rd",
    "der",
    "den",
    "date",
    "ago",
    "hours",
    "hour",
    "days",
    "day",
];

/// Whether a short line is a date and hardly anything else.
pub(super) fn is_date_line(line: &str) -> bool {
    let text = folded(line);
    let mut months = 0;
    let mut numbers = 0;
    for word in text.split(' ') {
        if is_calendar_word(word) {
            months += 1;
        } else if word.chars().all(|c| c.is_ascii_digit()) {
            numbers += 1;
        } else if !is_around(word) {
            return false;
        }
    }
    let clock = months == 0 && numbers >= 2 && line.contains(':') && text.split(' ').any(is_clock_word);
    let dated = clock || numbers >= 1 && (months >= 1 || numbers >= 3);
    dated && text.split(' ').count() <= 16
}

/// Whether a word tells that numbers are a time of day.
fn is_clock_word(word: &str) -> bool {
    matches!(word, "am" | "pm" | "uhr" | "gmt" | "utc" | "hrs" | "et" | "est" | "edt" | "bst" | "cet" | "cest")
}

/// Whether a word may stand beside a date: one of those, or a number with letters, such as 10h15 and 4th.
fn is_around(word: &str) -> bool {
    AROUND.contains(&word) || (word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5)
}

fn is_calendar_word(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "mai",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "okt",
        "nov",
        "dec",
        "dez",
        "dic",
        "déc",
        "fév",
        "avr",
        "août",
        "ago",
        "gen",
        "mag",
        "giu",
        "lug",
        "set",
        "ott",
        "ene",
        "mrt",
        "mei",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "sonntag",
        "samstag",
        "dienstag",
        "donnerstag",
        "freitag",
        "mittwoch",
        "montag",
    ];
    word.chars().count() <= 10 && STEMS.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_told_from_sentences() {
        for line in ["By Ann Example", "By Ann Example, Harbour Post", "Von Ann Beispiel", "Ann Example"] {
            assert!(is_byline(line, Some("Ann Example")), "{line}");
        }
        for line in ["By Friday the gate will open.", "By the quay", "Ann Example spoke first", "Por qué"] {
            assert!(!is_byline(line, Some("Ann Example")), "{line}");
        }
    }

    #[test]
    fn a_date_may_be_signed() {
        let signed = |line: &str| is_signed_date(line, Some("Ann Example"));
        assert!(signed("Tuesday 3 March 2026 by Ann Example"));
        assert!(signed("By Ann Example, 4 March 2026, 10:15"));
        for line in ["Ann Example", "On 4 March 2026 Ann Example fell", "4 March 2026 by Bo Sample", ""] {
            assert!(!signed(line), "{line}");
        }
        assert!(!is_signed_date("4 March 2026", None));
    }

    #[test]
    fn dates_are_told_from_sentences() {
        for line in [
            "4 March 2026",
            "Published: March 4, 2026 at 10:15 GMT",
            "Stand: 04.03.2026, 10:15 Uhr",
            "Publié le 4 mars 2026 à 10h15",
            "2026-03-04",
            "Wed, 4 Mar 2026",
            "1:39 PM ET",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["On 4 March 2026 the crane fell", "Berth 3", "1:0 for us", "2026", "In March", "1 2", ""] {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
