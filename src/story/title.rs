//! Titles and teasers without what is not the news: who is quoted, who publishes, "appeared first on".

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::stem::{fold_into, words};
use super::wordlist::WordList;

/// Publications that titles name in front, folded. Anything else before a colon is part of the title.
const QUOTED: [&str; 34] = [
    "reuters",
    "ft",
    "financial times",
    "bloomberg",
    "cnbc",
    "cnn",
    "bbc",
    "wsj",
    "wall street journal",
    "marketwatch",
    "ap",
    "afp",
    "nyt",
    "new york times",
    "axios",
    "politico",
    "nikkei",
    "nikkei asia",
    "tradewinds",
    "lloyd's list",
    "lloyd’s list",
    "joc",
    "the guardian",
    "guardian",
    "barron's",
    "seeking alpha",
    "yahoo finance",
    "dvz",
    "dvz radar",
    "sky news",
    "forbes",
    "fortune",
    "caixin",
    "scmp",
];

/// Calls for attention in front of a title, folded.
const CALLS: [&str; 14] = [
    "exclusive",
    "update",
    "updated",
    "updated 2",
    "breaking",
    "breaking news",
    "video",
    "watch",
    "podcast",
    "just in",
    "news",
    "alert",
    "eilmeldung",
    "live",
];

/// Parts of a title that a publisher's name at its end can have.
const SUFFIX_WORDS: usize = 5;

/// The title without attribution in front and publisher behind.
pub(super) fn bare_title(title: &str) -> &str {
    let mut title = title.trim();
    while let Some((front, rest)) = title.split_once(':') {
        let front = front.trim().trim_matches(['(', ')', '[', ']']);
        let known = front.len() <= 24 && QUOTED.iter().chain(&CALLS).any(|name| name.eq_ignore_ascii_case(front));
        if !known || rest.trim().is_empty() {
            break;
        }
        title = rest.trim_start();
    }
    for (dash, sign) in [(" - ", '-'), (" | ", '|'), (" – ", '–'), (" — ", '—')] {
        // Looking for one character is much cheaper, and most titles have none of them.
        if !title.contains(sign) {
            continue;
        }
        if let Some((rest, end)) = title.rsplit_once(dash) {
            let words = end.split_whitespace().count();
            let named = end
                .split_whitespace()
                .all(|w| w.chars().next().is_some_and(|c| !c.is_lowercase() || w.contains('.')) || w.len() <= 3);
            // A dash parts clauses as well: only what looks like a name is a publisher.
            let publisher = dash != " – " && dash != " — " || end.contains(".com");
            if publisher && named && (1..=SUFFIX_WORDS).contains(&words) && rest.split_whitespace().count() >= 3 {
                title = rest.trim_end();
            }
        }
    }
    title
}

/// What titles of pieces that gather the news of a day or a week have in them, folded.
const ROUNDUPS: [&str; 22] = [
    "podcast",
    "news in brief",
    "wrap:",
    "weekly update",
    "weekly market",
    "market update",
    "weekly report",
    "roundup",
    "round-up",
    "week in review",
    "newsletter",
    "daily briefing",
    "morning briefing",
    "top stories",
    "this week in",
    "the week in",
    "news digest",
    "nachrichten der woche",
    "wochenruckblick",
    "revue de presse",
    "resumen semanal",
    "weekoverzicht",
];

/// All of them at once; none never, as they are known to fit.
static ROUNDUP_MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // Phrases that begin with common letters: a look at every letter costs less than looking for those letters first.
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(ROUNDUPS).ok()
});

/// True for the title of a piece that gathers news: no story of its own.
pub(super) fn is_roundup(title: &str) -> bool {
    let mut folded = String::new();
    fold_into(title, &mut folded);
    ROUNDUP_MARKS.as_ref().is_some_and(|marks| marks.is_match(&folded))
}

/// Words of titles about what may come: announced, expected, talked of, not done.
const OUTLOOK: [&str; 72] = [
    "expected",
    "expects",
    "expect",
    "plan",
    "plans",
    "planned",
    "planning",
    "proposes",
    "proposed",
    "proposal",
    "considers",
    "considering",
    "mulls",
    "weighs",
    "eyes",
    "seeks",
    "could",
    "may",
    "might",
    "likely",
    "negotiating",
    "negotiates",
    "talks",
    "ready",
    "readies",
    "prepares",
    "preparing",
    "poised",
    "set",
    "intends",
    "aims",
    "moves",
    "reportedly",
    "report",
    "nears",
    "looms",
    "threatens",
    "threat",
    "urges",
    "urge",
    "urged",
    "calls",
    "await",
    "awaits",
    "plant",
    "erwagt",
    "soll",
    "konnte",
    "will",
    "droht",
    "bericht",
    "envisage",
    "prevoit",
    "pourrait",
    "devrait",
    "projet",
    "menace",
    "planea",
    "podria",
    "preve",
    "estudia",
    "amenaza",
    "wil",
    "overweegt",
    "dreigt",
    "kan",
    "zou",
    "potrebbe",
    "valuta",
    "prevede",
    "verso",
    "minaccia",
];

/// The same, quickly asked.
static OUTLOOK_WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::new(OUTLOOK.map(|word| (word, 0))));

/// True for a title about what may come.
pub(super) fn is_outlook(title: &str) -> bool {
    words(title).any(|word| OUTLOOK_WORDS.get_folded(word).is_some())
}

/// Notes of feeds: what was cut off, and where it stood first.
const NOTES: [&str; 4] = [" appeared first on ", " first appeared on ", "[…] The post ", "[&#8230;] The post "];

fn without_notes(mut text: &str) -> &str {
    let [appeared, first, cut, cut_in_code] = NOTES;
    for note in [appeared, first] {
        if let Some(at) = text.find(note) {
            let begin = text[..at].rfind("The post ").unwrap_or(at);
            text = &text[..begin];
        }
    }
    let end = text.find(cut).or_else(|| text.find(cut_in_code));
    end.map_or(text, |end| &text[..end])
}

/// The text without the notes that feeds put behind it and without a repetition of the title in front, at most `most` bytes.
pub(super) fn bare_text<'a>(text: &'a str, title: &str, most: usize) -> &'a str {
    let text = text.trim_start();
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = &text[..end];
    // What all of the notes have in them: most texts have neither.
    if text.contains("appeared") || text.contains("] The post") {
        text = without_notes(text);
    }
    if !title.is_empty()
        && let Some(rest) = text.strip_prefix(title)
    {
        // An aggregator's teaser: the title again, and who published it.
        let rest = rest.trim_start();
        return if rest.split_whitespace().count() <= SUFFIX_WORDS { "" } else { rest };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attribution_and_publisher_are_no_title() {
        for (title, bare) in [
            ("FT: Quay cranes stop at Northwick", "Quay cranes stop at Northwick"),
            ("EXCLUSIVE: Reuters: Quay cranes stop", "Quay cranes stop"),
            ("Middle East: lines wait for orders", "Middle East: lines wait for orders"),
            ("Quay cranes stop at Northwick - The Harbour Post", "Quay cranes stop at Northwick"),
            ("Quay cranes stop at Northwick | tidewire.com", "Quay cranes stop at Northwick"),
            ("Cranes stop - what now for lines calling there", "Cranes stop - what now for lines calling there"),
            ("Two dead - Northwick", "Two dead - Northwick"),
            ("", ""),
            (":", ":"),
        ] {
            assert_eq!(bare_title(title), bare, "{title}");
        }
    }

    #[test]
    fn notes_of_feeds_are_no_text() {
        for (text, bare) in [
            (
                "Cranes stood still on Monday. The post Quay cranes stop appeared first on Harbour Post.",
                "Cranes stood still on Monday. ",
            ),
            ("Quay cranes stop Harbour Post", ""),
            (
                "Quay cranes stop at three terminals of the port of Northwick.",
                "at three terminals of the port of Northwick.",
            ),
            ("The postman rings.", "The postman rings."),
        ] {
            assert_eq!(bare_text(text, "Quay cranes stop", 400), bare, "{text}");
        }
        assert_eq!(bare_text("äääää", "", 5), "ää");
    }
}
