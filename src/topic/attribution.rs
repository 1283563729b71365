//! Whom an article is taken from: publishers named at the ends of titles and the beginnings of texts, and the link to the original.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::Subject;
use super::folded::{fold_words, head};
use super::tables::{Publisher, TABLES};

/// Bytes of a text in which its source is named, if it is.
const HEAD: usize = 300;
/// Letters that a publisher's name has at most.
const LONGEST: usize = 48;

/// What follows a publisher's name at the beginning of a text: `THE FINANCIAL TIMES reports:`.
const VERBS: [&str; 18] = [
    "reports",
    "report",
    "reported",
    "writes",
    "wrote",
    "says",
    "notes",
    "reporting",
    "berichtet",
    "meldet",
    "schreibt",
    "rapporte",
    "informa",
    "publica",
    "meldt",
    "schrijft",
    "riporta",
    "scrive",
];

/// What a link to the original says of itself, whole.
const LABELS: [&str; 30] = [
    "here",
    "full story",
    "full article",
    "full post",
    "full report",
    "read more",
    "read the full story",
    "read the full article",
    "read on",
    "original",
    "original article",
    "the original",
    "source",
    "continue reading",
    "hier",
    "weiterlesen",
    "mehr",
    "quelle",
    "ici",
    "lire la suite",
    "lire l'article",
    "aqui",
    "leer mas",
    "lees meer",
    "lees verder",
    "qui",
    "leggi tutto",
    "continua a leggere",
    "fuente",
    "fonte",
];

/// What a text says before such a link.
const PHRASES: [&str; 14] = [
    "full post",
    "full story",
    "full article",
    "full report",
    "read the full",
    "read full",
    "read the rest",
    "originally appeared",
    "originally published",
    "first published",
    "ganze artikel",
    "vollstandige",
    "article complet",
    "articulo completo",
];

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribution {
    /// The title without it, in bytes of the title.
    pub(super) title: Range<usize>,
    /// Whom it is taken from, and how that was told.
    pub(super) via: Option<(&'static str, String)>,
}

static PUBLISHERS: LazyLock<HashMap<&'static str, &'static Publisher>> = LazyLock::new(|| {
    TABLES
        .publishers
        .iter()
        .flat_map(|publisher| publisher.names.iter().map(move |name| (name.as_str(), publisher)))
        .collect()
});

/// Those whose names begin with `the`, by the rest of their names.
static THE_PUBLISHERS: LazyLock<HashMap<&'static str, &'static Publisher>> = LazyLock::new(|| {
    PUBLISHERS.iter().filter_map(|(name, publisher)| Some((name.strip_prefix("the ")?, *publisher))).collect()
});

/// The publisher that a feed's name names: as a whole, its part before a colon, bar or bracket, or without words like `RSS`.
pub(super) fn publication(feed_name: &str) -> Option<&'static Publisher> {
    let name = fold_words(head(feed_name, 80));
    let first = name.split_once(" , ").map(|(first, _)| first);
    let counts = |word: &&str| !matches!(*word, "rss" | "feed" | "news" | "latest" | "all" | "articles" | "the");
    std::iter::once(name.as_str()).chain(first).find_map(|name| {
        PUBLISHERS.get(name).copied().or_else(|| {
            if name.split(' ').all(|word| counts(&word)) {
                return THE_PUBLISHERS.get(name).copied();
            }
            let bare = name.split(' ').filter(counts).collect::<Vec<_>>().join(" ");
            PUBLISHERS.get(bare.as_str()).or_else(|| THE_PUBLISHERS.get(bare.as_str())).copied()
        })
    })
}

fn named(text: &str) -> Option<&'static Publisher> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    // An abbreviation is one in capitals alone: `FT:` but not `Et:`.
    let name = fold_words(text);
    let found = PUBLISHERS.get(name.as_str()).or_else(|| PUBLISHERS.get(name.strip_prefix("the ")?)).copied()?;
    (text.len() > 3 || text.chars().all(|c| !c.is_lowercase())).then_some(found)
}

/// Reads the attribution of an article whose feed is of this publication.
pub(super) fn attribution(subject: &Subject<'_>, own: Option<&'static Publisher>) -> Attribution {
    let title = subject.title;
    let mut found = Attribution { title: 0..title.len(), via: None };
    let foreign =
        |publisher: &Publisher| own.is_none_or(|own| own.name != publisher.name) && publisher.name != subject.feed_name;
    // Looking for one character is much cheaper than for two.
    let colon = title.match_indices(':').map(|(at, _)| at).find(|at| title[at + 1..].starts_with(' '));
    if let Some((before, after)) = colon.map(|at| (&title[..at], &title[at + 2..]))
        && let Some(publisher) =
            named(before.strip_suffix(" reports").or_else(|| before.strip_suffix(" says")).unwrap_or(before))
        && !after.trim().is_empty()
    {
        found.title.start = title.len() - after.len();
        if foreign(publisher) {
            found.via = Some((publisher.name, format!("the title begins with \"{before}:\"")));
        }
    }
    if let Some((at, rest)) = last_mark(title).filter(|(at, _)| *at > found.title.start) {
        let end = &title[rest..];
        let is_feed = !end.trim().is_empty() && fold_words(end) == fold_words(subject.feed_name);
        if let Some(publisher) = named(end) {
            found.title.end = at;
            if foreign(publisher) && found.via.is_none() {
                found.via = Some((publisher.name, format!("the title ends with \"{}\"", end.trim())));
            }
        } else if is_feed {
            found.title.end = at;
        }
    }
    if found.via.is_none() {
        found.via = in_text(subject.text)
            .filter(|(publisher, _)| foreign(publisher))
            .map(|(publisher, how)| (publisher.name, how));
    }
    found
}

/// Where the last dash or bar between spaces begins, and what stands behind it.
fn last_mark(title: &str) -> Option<(usize, usize)> {
    title.rmatch_indices(' ').find_map(|(space, _)| {
        let before = title[..space].strip_suffix(['-', '–', '—', '|'])?.strip_suffix(' ')?;
        Some((before.len(), space + 1))
    })
}

/// `THE FINANCIAL TIMES reports:` and `LONDON (Reuters) -` at the beginning of a text.
fn in_text(text: &str) -> Option<(&'static Publisher, String)> {
    let head = head(text, HEAD);
    if let Some((before, after)) = head.split_once('(').filter(|(before, _)| before.len() < 80)
        && let Some((inside, rest)) = after.split_once(')')
        && rest.trim_start().starts_with(['-', '–', '—', ':'])
        && let Some(publisher) = named(inside)
        && before.chars().all(|c| !matches!(c, '.' | '!' | '?'))
    {
        return Some((publisher, format!("the text begins with \"({})\"", inside.trim())));
    }
    for (at, word) in head.split_whitespace().take(9).enumerate().skip(1) {
        let bare = word.trim_end_matches([':', ',', '.']);
        if !VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(bare)) {
            continue;
        }
        let words: Vec<&str> = head.split_whitespace().take(at + 1).collect();
        let name =
            words[..at].strip_suffix(&["has"]).or_else(|| words[..at].strip_suffix(&["is"])).unwrap_or(&words[..at]);
        if let Some(publisher) = named(&name.join(" ")) {
            return Some((publisher, format!("the text begins with \"{}\"", words[..=at].join(" "))));
        }
    }
    None
}

/// The address of the original: behind `The full post is here`, or behind `read more` where the article is taken from somebody.
pub(super) fn original(subject: &Subject<'_>, via: Option<&str>) -> Option<String> {
    let read = subject.links.read();
    if read.is_empty() {
        return None;
    }
    let tail_start = subject.text.len().saturating_sub(400);
    let tail = (tail_start..=subject.text.len()).find_map(|at| subject.text.get(at..)).unwrap_or("");
    let tail = fold_words(tail);
    let said = via.is_some() || PHRASES.iter().any(|phrase| tail.contains(phrase));
    let foreign = |address: &str| host(address).is_some_and(|there| Some(there) != host(subject.url));
    let links = || read.iter().rev().take(60).filter(|(_, address)| foreign(address));
    let label = |on: &str| fold_words(head(on, 80));
    let phrase = |on: &str| PHRASES.iter().any(|phrase| label(on).contains(phrase));
    let plain =
        |on: &str| LABELS.contains(&label(on).as_str()) || via.is_some_and(|via| label(on).contains(&fold_words(via)));
    links()
        .find(|(on, _)| phrase(on))
        .or_else(|| links().find(|(on, _)| said && plain(on)))
        .map(|(_, address)| address.clone())
}

/// The host of an address, without `www.`.
fn host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Some(host.strip_prefix("www.").unwrap_or(host))
}
