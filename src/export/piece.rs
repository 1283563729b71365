//! What is told of an article in any format: its facts, cleaned once more, with an address that can be opened.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::{Position, Url};

use crate::document::{clean_url, is_web_url};
use crate::model::{Article, Barrier, Enclosure, Genre, Headline};
use crate::text::{clean_block, clean_line};

/// The facts of an article.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Key in the library.
    pub(super) id: i64,
    /// Clean, one line.
    pub(super) title: String,
    /// Who publishes it.
    pub(super) source: String,
    /// Whom it is taken from.
    pub(super) via: Option<String>,
    /// As the publisher names them.
    pub(super) author: Option<String>,
    /// When it was published, else when it was found.
    pub(super) date: Timestamp,
    /// The publisher gave that date.
    pub(super) is_dated: bool,
    /// When its text was fetched.
    pub(super) retrieved: Timestamp,
    /// Absolute http(s) address without tracking.
    pub(super) url: Option<String>,
    /// Where the text was first published.
    pub(super) original: Option<String>,
    /// BCP 47 tag.
    pub(super) language: Option<String>,
    /// Names of its topics in configs and queries.
    pub(super) topics: Vec<&'static str>,
    /// What sort of piece it is, in words; nothing for plain news.
    pub(super) genres: Vec<Genre>,
    /// The user's note.
    pub(super) note: Option<String>,
    /// Attached files.
    pub(super) files: Vec<Enclosure>,
    /// Why the text may be only its beginning.
    pub(super) barrier: Option<Barrier>,
}

impl Piece {
    /// The facts of a stored article.
    pub(super) fn of(article: &Article) -> Self {
        let full = article.full_text.as_ref();
        let page_author = full.and_then(|full| full.author.as_deref());
        let retrieved = full.map_or(article.headline.fetched, |full| full.fetched);
        let page = full.and_then(|full| web_address(&full.url));
        let piece = Self::of_headline(&article.headline);
        Self {
            author: piece.author.clone().or_else(|| line(page_author)),
            url: piece.url.clone().or(page),
            retrieved,
            note: article.note.as_deref().map(clean_block).filter(|note| !note.trim().is_empty()),
            files: article.enclosures.clone(),
            barrier: full.and_then(|full| full.barrier),
            ..piece
        }
    }

    /// What a row of a list tells.
    pub(super) fn of_headline(headline: &Headline) -> Self {
        let title = clean_line(&headline.title);
        Self {
            id: headline.id.0,
            title: if title.is_empty() { "(no title)".to_owned() } else { title },
            source: clean_line(&headline.feed_name),
            via: line(headline.via.as_deref()),
            author: line(headline.author.as_deref()),
            date: date(headline),
            is_dated: headline.published.is_some(),
            retrieved: headline.fetched,
            url: web_address(&headline.url),
            original: headline.original.as_deref().and_then(web_address),
            language: headline.language.as_deref().and_then(language_tag),
            topics: headline.topics.iter().map(|topic| topic.get().id).collect(),
            genres: headline.genres.iter().collect(),
            note: None,
            files: Vec::new(),
            barrier: None,
        }
    }

    /// Who publishes it, and whom it is taken from: `Harbour Gazette, via Financial Times`.
    pub(super) fn source_and_via(&self) -> String {
        match &self.via {
            Some(via) => format!("{}, via {via}", self.source),
            None => self.source.clone(),
        }
    }

    /// The genres in words: `sponsored, podcast`; none for plain news.
    pub(super) fn genre(&self) -> Option<String> {
        let words: Vec<&str> = self.genres.iter().map(|genre| Genre::ALL[*genre as usize].2).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// The date of an article itself: its publisher's, but never later than it was found.
pub(super) fn date(headline: &Headline) -> Timestamp {
    headline.published.map_or(headline.fetched, |published| published.min(headline.fetched))
}

/// `2026-04-28`
pub(super) fn day(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string()
}

/// `2026-04-28 09:14`
pub(super) fn minute(time: Timestamp, zone: &TimeZone) -> String {
    time.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The address without tracking, as RFC 3986 writes it: what browsers let stand and strict readers refuse is escaped.
pub(super) fn web_address(address: &str) -> Option<String> {
    if !is_web_url(address) {
        return None;
    }
    let url = Url::parse(&clean_url(address)).ok()?;
    // Square brackets are right in the host only: http://[::1]/.
    let (host, path) = (&url[..Position::BeforePath], &url[Position::BeforePath..]);
    let mut strict = host.to_owned();
    let mut in_fragment = false;
    for (at, byte) in path.bytes().enumerate() {
        let is_escape = || path.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        let stands = match byte {
            b'%' => is_escape(),
            b'#' => !std::mem::replace(&mut in_fragment, true),
            _ => byte.is_ascii_graphic() && !b"\"<>\\^`{|}[]".contains(&byte),
        };
        if stands {
            strict.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            write!(strict, "%{byte:02X}").ok();
        }
    }
    Some(strict)
}

/// The tag if it has the form of one (RFC 5646: parts of at most eight letters and figures, letters first).
fn language_tag(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let is_tag = (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    // One character begins an extension, which needs something behind it: not worth telling from the rest.
    let is_plain = tag.split('-').all(|part| part.len() > 1);
    (is_tag && is_plain && tag.len() <= 35).then_some(tag)
}

fn line(text: Option<&str>) -> Option<String> {
    text.map(clean_line).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_strict_and_of_the_web() {
        for (from, to) in [
            ("https://a.example/x?utm_source=rss&id=7", Some("https://a.example/x?id=7")),
            ("http://[::1]/a[1]|b?q={x}^`", Some("http://[::1]/a%5B1%5D%7Cb?q=%7Bx%7D%5E%60")),
            ("https://a.example/?q=5%&r=%4#a#b%zz", Some("https://a.example/?q=5%25&r=%254#a%23b%25zz")),
            ("https://a.example/é", Some("https://a.example/%C3%A9")),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(web_address(from).as_deref(), to, "{from}");
        }
    }

    #[test]
    fn languages_are_tags_or_nothing() {
        for (from, to) in [("en", Some("en")), ("pt_BR", Some("pt-BR")), ("zh-Hant-TW", Some("zh-Hant-TW"))] {
            assert_eq!(language_tag(from).as_deref(), to);
        }
        for wrong in ["", "english language", "e", "en-", "en\"><x", "en-x", "12"] {
            assert_eq!(language_tag(wrong), None, "{wrong}");
        }
    }
}
