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
//! | [`FullText`] | the text of an article's page, kept with it; a [`Barrier`] is why there is less |
//! | [`TopicId`] | the class an article belongs to |
//! | [`Entity`] | a company, place or body of the trade that articles name |
//! | [`Labels`] | what the rules make of an article: topics, entities, genre, whom it is taken from |
//! | [`StoryId`], [`Placement`] | articles about one event; *copy*: the same text elsewhere |
//! | [`HandRule`] | what the user said about two articles: one story, or never one |
//! | [`Change`] | one thing the user did to marks, which can be undone |
//!
//! One *polls* a feed, *fetches* a URL, *ingests* a result.

mod article;
mod change;
mod entity;
mod feed;
mod full_text;
mod genre;
mod ids;
mod labels;
mod story;
mod topic;

pub use article::{Article, ArticleState, Enclosure, Headline, Identity, NewArticle};
pub use change::{Change, ChangeId, Mark, Step};
pub use entity::{Entity, EntityKind};
pub use feed::{Feed, FeedStatus, Gap, PollFacts, PollRecord, SkipTimes, Validators};
pub use full_text::{Barrier, FullText, Picture};
pub use genre::{Genre, Genres};
pub use ids::{ArticleId, FeedId};
pub use labels::{Labels, Score};
pub use story::{Coverage, HandRule, Placement, StoryId};
pub use topic::{ALL_TOPICS, Topic, TopicId};
