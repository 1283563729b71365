//! What sort of piece an article is, by its title's marks, the first words of its text, its categories and enclosure.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::Subject;
use super::folded::{Folded, fold_words, head};
use super::tables::{Mark, TABLES};
use crate::model::Genre;

/// Bytes of a text in which it says what it is.
const HEAD: usize = 160;
/// Categories looked at.
const MOST_CATEGORIES: usize = 24;

/// The genres with how each was told; `text` is the beginning of the subject's, or all of it.
pub(super) fn genres(subject: &Subject<'_>, text: &Folded) -> Vec<(Genre, String)> {
    // Places in the table: what stands there first is told first.
    let mut marks = Vec::new();
    let phrase = |place: &usize| TABLES.genres[*place].2.as_str();
    let labels = labels(head(subject.title, 400));
    let mut title = String::with_capacity(subject.title.len() + 16);
    for label in &labels {
        title.push_str(if title.is_empty() { " " } else { " , " });
        title.push_str(label);
    }
    title.push(' ');
    if TITLE_PHRASES.as_ref().is_some_and(|phrases| phrases.is_match(&title)) {
        marks.extend(MARKS.title.iter().copied().filter(|place| says(&title, phrase(place))));
    }
    // The first and the last part of a title are labels; what stands between is its matter.
    for label in labels.iter().filter(|_| labels.len() > 1) {
        marks.extend(whole(&MARKS.label, label));
    }
    if let Some(start) = text.bytes().iter().position(|byte| !matches!(byte, b' ' | b',')) {
        let begins = |place: &usize| {
            let (words, phrase) = (&text.bytes()[start..], phrase(place));
            let whole =
                words.strip_prefix(phrase.as_bytes()).is_some_and(|rest| matches!(rest, [] | [b' ' | b':', ..]));
            whole && text.origin(subject.text, start, start + phrase.len()).end <= HEAD
        };
        let here = MARKS.text.get(usize::from(text.bytes()[start])).into_iter().flatten();
        marks.extend(here.copied().filter(begins));
    }
    for category in subject.categories.iter().take(MOST_CATEGORIES) {
        marks.extend(whole(&MARKS.category, &fold_words(head(category, 60))));
    }
    marks.sort_unstable();
    let mut found: Vec<(Genre, String)> = Vec::new();
    for (genre, mark, phrase) in marks.into_iter().map(|place| &TABLES.genres[place]) {
        if found.iter().any(|(known, _)| known == genre) {
            continue;
        }
        let how = match mark {
            Mark::Label => format!("the title is marked \"{phrase}\""),
            Mark::Title => format!("the title says \"{phrase}\""),
            Mark::Text => format!("the text begins with \"{phrase}\""),
            Mark::Category => format!("category \"{phrase}\""),
        };
        found.push((*genre, how));
    }
    let mut add = |genre: Genre, how: String| {
        if found.iter().all(|(known, _)| *known != genre) {
            found.push((genre, how));
        }
    };
    if subject.enclosure.starts_with("audio/") {
        add(Genre::Podcast, format!("an enclosure of type {}", subject.enclosure));
    } else if subject.enclosure.starts_with("video/") {
        add(Genre::Video, format!("an enclosure of type {}", subject.enclosure));
    }
    found
}

/// Where in the table of genres the marks of each sort are.
struct Marks {
    /// In the order of their phrases.
    label: Vec<usize>,
    title: Vec<usize>,
    /// By the first byte of the phrase.
    text: Vec<Vec<usize>>,
    /// In the order of their phrases.
    category: Vec<usize>,
}

/// Those of some marks in the order of their phrases that are these words.
fn whole<'a>(marks: &'a [usize], words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let phrase = |place: &usize| TABLES.genres[*place].2.as_str();
    let first = marks.partition_point(|place| phrase(place) < words);
    marks[first..].iter().copied().take_while(move |place| phrase(place) == words)
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let of = |sort: Mark| {
        let places = TABLES.genres.iter().enumerate().filter(move |(_, (_, mark, _))| *mark == sort);
        places.map(|(place, _)| place)
    };
    let mut text = vec![Vec::new(); 256];
    for place in of(Mark::Text) {
        if let Some(first) = TABLES.genres[place].2.bytes().next() {
            text[usize::from(first)].push(place);
        }
    }
    let by_phrase = |sort: Mark| {
        let mut places: Vec<usize> = of(sort).collect();
        places.sort_by_key(|place| &TABLES.genres[*place].2);
        places
    };
    Marks { label: by_phrase(Mark::Label), title: of(Mark::Title).collect(), text, category: by_phrase(Mark::Category) }
});

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
