//! A feed, and what is remembered of polling it.

use jiff::Timestamp;

use super::{FeedId, TopicId};

/// A subscribed source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Key in the store.
    pub id: FeedId,
    /// Address as configured, userinfo included; mask it before showing.
    pub url: String,
    /// The user's name for it; the feed's own title, or its host, where the config has none.
    pub name: String,
    /// Web site, from the feed.
    pub site: Option<String>,
    /// Default topics from the config.
    pub topics: Vec<TopicId>,
    /// False when muted: it is shown but not polled.
    pub enabled: bool,
}

/// A feed with its poll facts and counts, as the health screen and the pickers show it.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedStatus {
    /// The feed.
    pub feed: Feed,
    /// What is remembered of its polls.
    pub facts: PollFacts,
    /// Articles stored.
    pub articles: u64,
    /// Of them, unread.
    pub unread: u64,
}

/// `ETag` and `Last-Modified` of the last full answer, byte for byte, for the conditional request (RFC 9110, 13.1).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag` header.
    pub etag: Option<Vec<u8>>,
    /// `Last-Modified` header.
    pub last_modified: Option<Vec<u8>>,
}

/// When a feed asks not to be polled (RSS 2.0 `skipHours`, `skipDays`; both in UTC).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SkipTimes {
    /// Bit n: hour n, 0 to 23.
    pub hours: u32,
    /// Bit n: day n, 0 for Monday to 6 for Sunday.
    pub days: u8,
}

/// What is remembered of a feed's polls. Schedules are never stored: `feed::due` computes them from this.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PollFacts {
    /// When it was last asked.
    pub last_attempt: Option<Timestamp>,
    /// When it last answered well (200 with a feed, or 304).
    pub last_success: Option<Timestamp>,
    /// When it last brought something new.
    pub last_new: Option<Timestamp>,
    /// Failures in a row; 0 after a success.
    pub failures: u32,
    /// Words for the last failure; none after a success.
    pub last_error: Option<String>,
    /// HTTP status of the last answer.
    pub last_status: Option<u16>,
    /// For the next conditional request.
    pub validators: Validators,
    /// Not to be asked before this time: Retry-After of a 429 or 503 (RFC 9110, 10.2.3), capped at 24 hours.
    pub retry_after: Option<Timestamp>,
    /// The server said 410: it is asked again only when forced.
    pub gone: bool,
    /// `Cache-Control: max-age` of the last answer, in seconds.
    pub max_age_s: Option<u64>,
    /// The feed's own wish: RSS `ttl`, or `sy:updatePeriod` divided by `sy:updateFrequency`, in minutes.
    pub ttl_minutes: Option<u64>,
    /// When it asks to be left alone.
    pub skip: SkipTimes,
    /// Where permanent redirects (301, 308) lead, and for how many good polls in a row they have led there.
    pub moved_to: Option<String>,
    /// See `moved_to`; from 2 on the new address is asked directly.
    pub moved_polls: u32,
    /// Polls so far.
    pub polls: u64,
    /// Of them, answered 304.
    pub not_modified: u64,
    /// Size of the last full document after decoding, in bytes: what a 304 saves.
    pub last_bytes: u64,
    /// Bytes that 304 answers saved so far.
    pub saved_bytes: u64,
    /// The last gap: articles that passed between two polls.
    pub gap: Option<Gap>,
}

/// A new document shared no article with what was last seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The poll before.
    pub from: Timestamp,
    /// The poll that found it.
    pub to: Timestamp,
    /// Articles found by paging back.
    pub filled: u32,
    /// True when paging reached an article that was already stored.
    pub closed: bool,
}

/// What one poll of one feed leaves behind, written in the same transaction as its articles.
#[derive(Debug, Clone, PartialEq)]
pub struct PollRecord {
    /// The facts as they are after the poll.
    pub facts: PollFacts,
    /// The feed's own title, for feeds without a name in the config.
    pub title: Option<String>,
    /// The feed's web site.
    pub site: Option<String>,
}
