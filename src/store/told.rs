//! What is told of stored articles to those who label and place them.

use jiff::Timestamp;

use crate::model::{ArticleId, FeedId, Headline, StoryId};

/// What is compared of an article when it is placed: what a `story::Telling` needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The article.
    pub article: ArticleId,
    /// Its feed.
    pub feed: FeedId,
    /// The date lists sort it by.
    pub date: Timestamp,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The first 1,000 characters of its text, the title not repeated.
    pub text: String,
    /// Ids of its entities, in the order of their first mention.
    pub entities: Vec<String>,
    /// Its language, when known.
    pub language: Option<String>,
}

/// What is labelled of an article: what a `topic::Subject` needs besides the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlabelled {
    /// The article.
    pub article: ArticleId,
    /// Its feed.
    pub feed: FeedId,
    /// Its title.
    pub title: String,
    /// Its whole text without markup, the title not repeated.
    pub text: String,
    /// The publisher's summary as HTML; may be empty.
    pub summary_html: String,
    /// The publisher's content as HTML; may be empty.
    pub content_html: String,
    /// The feed's own categories.
    pub categories: Vec<String>,
    /// Its address.
    pub url: String,
    /// Its language as stored.
    pub language: Option<String>,
    /// Media type of the first enclosure; empty without.
    pub enclosure: String,
}

/// A story as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStory {
    /// Its key.
    pub id: StoryId,
    /// The article that stands for it in lists; the first of `members` but when an older article arrived later.
    pub lead: ArticleId,
    /// Distinct publishers, as in `Coverage`.
    pub sources: u32,
    /// Its articles of shown feeds, oldest first, each with what is compared of it.
    pub members: Vec<(Headline, Told)>,
}
