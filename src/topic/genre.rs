//! What sort of piece an article is, by its title's marks, the first words of its text, its categories and enclosure.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Subject;
use super::folded::{fold_words, head};
use super::tables::{Mark, TABLES};
use crate::model::Genre;

/// Bytes of a text in which it says what it is.
const HEAD: usize = 160;
/// Categories looked at.
const MOST_CATEGORIES: usize = 24;

/// The genres with how each was told.
pub(super) fn genres(subject: &Subject<'_>) -> Vec<(Genre, String)> {
    let mut found: Vec<(Genre, String)> = Vec::new();
    let mut add = |genre: Genre, how: String| {
        if found.iter().all(|(known, _)| *known != genre) {
            found.push((genre, how));
        }
    };
    let labels = labels(head(subject.title, 400));
    let title = format!(" {} ", labels.join(" , "));
    let title_says = TITLE_PHRASES.as_ref().is_some_and(|phrases| phrases.is_match(&title));
    let text = fold_words(head(subject.text, HEAD));
    let begins = |phrase: &str| {
        text.as_bytes().first() == phrase.as_bytes().first()
            && text.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':']))
    };
    let categories: Vec<String> =
        subject.categories.iter().take(MOST_CATEGORIES).map(|category| fold_words(head(category, 60))).collect();
    // The first and the last part of a title are labels; what stands between is its matter.
    let ends: Vec<&String> = labels.iter().filter(|_| labels.len() > 1).collect();
    for (genre, mark, phrase) in &TABLES.genres {
        match mark {
            Mark::Label if ends.contains(&phrase) => {
                add(*genre, format!("the title is marked \"{phrase}\""));
            }
            Mark::Title if title_says && says(&title, phrase) => {
                add(*genre, format!("the title says \"{phrase}\""));
            }
            Mark::Text if begins(phrase) => add(*genre, format!("the text begins with \"{phrase}\"")),
            Mark::Category if categories.contains(phrase) => add(*genre, format!("category \"{phrase}\"")),
            _ => {}
        }
    }
    if subject.enclosure.starts_with("audio/") {
        add(Genre::Podcast, format!("an enclosure of type {}", subject.enclosure));
    } else if subject.enclosure.starts_with("video/") {
        add(Genre::Video, format!("an enclosure of type {}", subject.enclosure));
    }
    found
}

/// All phrases that titles are looked through for, at once; none never, as they are known to fit.
static TITLE_PHRASES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let phrases = TABLES.genres.iter().filter(|(_, mark, _)| *mark == Mark::Title).map(|(.., phrase)| phrase);
    AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).prefilter(false).build(phrases).ok()
});

/// The parts of a title between colons, bars, brackets and dashes, folded.
fn labels(title: &str) -> Vec<String> {
    let mut labels = Vec::new();
    let mut start = 0;
    for (at, c) in title.char_indices().filter(|(_, c)| !c.is_ascii_alphanumeric()) {
        let end = at + c.len_utf8();
        let parts = match c {
            '|' | '(' | ')' | '[' | ']' => true,
            ':' => title[end..].starts_with(' '),
            '-' | '–' | '—' => title[..at].ends_with(' ') && title[end..].starts_with(' '),
            _ => false,
        };
        if parts {
            labels.push(fold_words(&title[start..at]));
            start = end;
        }
    }
    labels.push(fold_words(&title[start..]));
    labels.retain(|label| !label.is_empty());
    labels
}

/// Whether the words stand in a folded text that has a space at both ends.
fn says(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| text[..at].ends_with(' ') && text[at + found.len()..].starts_with(' '))
}
