//! A feed document made of bytes that came from anywhere: repair, parse, clean, identity, dates.
//!
//! Pure. [`parse`] takes what the server sent and gives a [`ParsedFeed`]; `discover` finds feeds in a page; `due`
//! says when a feed may be polled again, from stored facts alone.

mod date;
mod discover;
mod due;
mod entry;
mod identity;
mod json;
mod links;
mod plain;
mod references;
mod repair;

use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model::Feed;
use feed_rs::parser::Builder;
use jiff::Timestamp;
use url::Url;

pub use self::discover::{FoundFeed, common_places, feeds_in_page};
pub use self::due::{Due, blocked_until, due, is_quiet, retry_after_until};

use self::repair::{NoFeed, Repaired};
use crate::model::{Enclosure, Identity, SkipTimes};
use crate::text;

/// A document, parsed and cleaned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ParsedFeed {
    /// The feed's title, cleaned.
    pub title: Option<String>,
    /// The feed's web site.
    pub site: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// RSS `ttl`, or `sy:updatePeriod` over `sy:updateFrequency`, in minutes.
    pub ttl_minutes: Option<u64>,
    /// RSS `skipHours` and `skipDays`.
    pub skip: SkipTimes,
    /// Where older entries are (RFC 5005 `prev-archive` or `next` link; WordPress is asked by `?paged=`).
    pub older: Option<String>,
    /// True when WordPress made it (generator), so that `?paged=2` has older entries.
    pub wordpress: bool,
    /// The entries in document order, each with an identity that no other of this document has.
    pub entries: Vec<ParsedEntry>,
    /// True when the document was cut off before its end; the last entry is then left out.
    pub truncated: bool,
}

/// One item of a document. Titles, names and categories are cleaned single lines; HTML is cleaned of control characters only.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedEntry {
    /// How it is recognised again.
    pub identity: Identity,
    /// Absolute http(s) URL, or empty.
    pub url: String,
    /// `feedburner:origLink`, or the `source url` when the feed says it republishes.
    pub original: Option<String>,
    /// Never empty: without a title it is made of the text's beginning.
    pub title: String,
    /// Author or `dc:creator`.
    pub author: Option<String>,
    /// Publication date, by the date ladder.
    pub published: Option<Timestamp>,
    /// Last change.
    pub updated: Option<Timestamp>,
    /// Language of the entry, where it says one.
    pub language: Option<String>,
    /// Summary as HTML.
    pub summary_html: String,
    /// Content as HTML.
    pub content_html: String,
    /// Categories, deduplicated.
    pub categories: Vec<String>,
    /// Attached files.
    pub enclosures: Vec<Enclosure>,
    /// `slash:comments` or `thr:total`.
    pub comments: Option<u32>,
}

/// Why a document gives no feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Nothing but white space.
    #[error("the answer is empty")]
    Empty,
    /// A web page. Holds the feeds it names, absolute.
    #[error("the answer is a web page, not a feed{}", found(.0))]
    WebPage(Vec<String>),
    /// Anything else.
    #[error("the answer is not a feed: {0}")]
    NotAFeed(String),
}

/// Before the address of a feed that a web page names, in the words of [`FeedError::WebPage`].
const NAMES: &str = "the answer is a web page, not a feed; it names ";

fn found(feeds: &[String]) -> String {
    feeds.first().map(|first| format!("; it names {first}")).unwrap_or_default()
}

/// The feed that a page named, from the words of [`FeedError::WebPage`], which is how a failed poll is remembered.
#[must_use]
pub fn named_in(words: &str) -> Option<&str> {
    words.strip_prefix(NAMES).filter(|address| !address.is_empty())
}

/// Reads a feed document.
///
/// `url` is the document's own address, against which relative links are resolved; `content_type` is the HTTP header.
/// Never panics: a panic in a parser becomes [`FeedError::NotAFeed`].
///
/// # Errors
/// When no feed can be made of it.
pub fn parse(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<ParsedFeed, FeedError> {
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes, content_type, url)));
    read.unwrap_or_else(|_| Err(FeedError::NotAFeed("the parser failed on it".to_owned())))
}

fn read(bytes: &[u8], content_type: Option<&str>, url: &str) -> Result<ParsedFeed, FeedError> {
    let document = repair::decode(bytes, content_type);
    let document = document.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let url = links::complete(url);
    match document.chars().next() {
        None => Err(FeedError::Empty),
        Some('{' | '[') => json::parse(document, url.as_ref()),
        Some(_) => match repair::repair(document, url.as_ref()) {
            Ok(repaired) => from_repaired(repaired, url.as_ref()),
            Err(no_feed) => Err(refusal(no_feed, document, content_type, url.as_ref())),
        },
    }
}

fn refusal(no_feed: NoFeed, document: &str, content_type: Option<&str>, url: Option<&Url>) -> FeedError {
    let is_html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    match no_feed {
        NoFeed::Page => page(document, url),
        _ if is_html => page(document, url),
        NoFeed::Other(root) => {
            let root: String = text::clean_line(&root).chars().take(40).collect();
            FeedError::NotAFeed(format!("its root element is <{root}>"))
        }
        NoFeed::NoElements => FeedError::NotAFeed("it has no elements".to_owned()),
    }
}

fn page(document: &str, url: Option<&Url>) -> FeedError {
    FeedError::WebPage(discover::feeds_in_text(document, url).into_iter().map(|found| found.url).collect())
}

/// Lets feed-rs read the repaired document and puts its entries together with what was collected beside them.
fn from_repaired(repaired: Repaired, url: Option<&Url>) -> Result<ParsedFeed, FeedError> {
    let Repaired { xml, feed: hidden, items, truncated } = repaired;
    if truncated && items.is_empty() {
        return Err(FeedError::NotAFeed("it was cut off before its first entry was complete".to_owned()));
    }
    // Dates are read by our own ladder, and missing identifiers must stay missing: feed-rs would make random ones.
    let parser = Builder::new().timestamp_parser(|_| None).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(xml.as_bytes());
    drop(xml);
    let feed = feed.map_err(|error| FeedError::NotAFeed(text::clean_line(&error.to_string())))?;
    let site = site(&feed, url);
    let base = site.as_ref().or(url);
    let feed_author = hidden.author.get().and_then(|author| plain::person(author));
    let context = entry::Context { base, author: feed_author.as_deref() };
    // Each item was written so that feed-rs gives exactly one entry for it.
    let drafts = feed.entries.iter().zip(&items).map(|(entry, side)| entry::draft(entry, side, &context)).collect();
    let older = hidden.previous_archive.as_deref().or(hidden.next_page.as_deref());
    Ok(ParsedFeed {
        title: feed.title.map(|title| plain::one_line(&title.content)).filter(|title| !title.is_empty()),
        language: hidden.language.as_deref().and_then(entry::language),
        ttl_minutes: hidden.ttl_minutes(),
        skip: hidden.skip,
        older: older.and_then(|older| links::absolute(older, url)).map(String::from),
        wordpress: hidden.generator.to_ascii_lowercase().contains("wordpress"),
        entries: identity::assign(drafts),
        site: site.map(String::from),
        truncated,
    })
}

/// The feed's web site: its link that is not the feed itself.
fn site(feed: &Feed, url: Option<&Url>) -> Option<Url> {
    let alternates = feed.links.iter().filter(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let is_page = |link: &&feed_rs::model::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    alternates.filter(is_page).find_map(|link| links::absolute(&link.href, url))
}

#[cfg(test)]
mod tests;
