//! The nouns of the trade: plain data, no I/O, no clock.
//!
//! The words mean one thing each, everywhere in the program:
//!
//! | word | meaning |
//! |---|---|
//! | *Entry* | an item as parsed from the wire; never leaves `feed` and the ingest |
//! | [`Article`] | what is stored and shown, one per identity; its text is immutable but for the publisher's edits |
//! | [`ArticleState`] | read, saved, note; a record of its own that outlives the article |
//! | [`Headline`] | one row of a list: an article without its text |
//! | [`Feed`] | a subscribed source with an address; known inside by [`FeedId`], not by its URL |
//! | [`PollFacts`] | what is remembered of a feed's polls; schedules are computed from it |
//! | [`Enclosure`] | a file attached to an article |
//! | [`TopicId`] | the class an article belongs to |
//! | [`Change`] | one thing the user did to marks, which can be undone |
//!
//! One *polls* a feed, *fetches* a URL, *ingests* a result.

mod article;
mod change;
mod feed;
mod ids;
mod topic;

pub use article::{Article, ArticleState, Enclosure, Headline, Identity, NewArticle};
pub use change::{Change, ChangeId, Mark, Step};
pub use feed::{Feed, FeedStatus, Gap, PollFacts, PollRecord, SkipTimes, Validators};
pub use ids::{ArticleId, FeedId};
pub use topic::{ALL_TOPICS, Topic, TopicId};
