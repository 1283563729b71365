//! The JSON of an article (DESIGN 7), in lists and alone.

use std::collections::HashMap;

use serde::Serialize;

use crate::engine::EngineHandle;
use crate::model::{Article, FeedId, Headline};

use super::exit::CliError;
use super::subscription::without_userinfo;

/// Version of every JSON record.
pub(super) const VERSION: u8 = 1;

/// The addresses of the shown feeds, fit to be printed.
pub(super) struct Addresses(HashMap<FeedId, String>);

impl Addresses {
    /// Asks the engine for them.
    pub(super) async fn of(engine: &EngineHandle) -> Result<Self, CliError> {
        let feeds = engine.feeds().await?;
        Ok(Self(feeds.into_iter().map(|status| (status.feed.id, without_userinfo(&status.feed.url))).collect()))
    }

    /// A feed's address; none for one that is no longer shown.
    pub(super) fn get(&self, feed: FeedId) -> Option<&str> {
        self.0.get(&feed).map(String::as_str)
    }
}

/// An article as JSON. Fields that tidings cannot fill yet are there and say so: `entities` is empty, `story`,
/// `copy_of` and `genre` are null.
#[derive(Debug, Serialize)]
pub(super) struct ArticleRecord<'a> {
    v: u8,
    id: i64,
    feed: Option<&'a str>,
    feed_title: &'a str,
    title: &'a str,
    url: &'a str,
    original: Option<&'a str>,
    author: Option<&'a str>,
    published: Option<String>,
    fetched: String,
    language: Option<&'a str>,
    topics: Vec<TopicRecord>,
    entities: [(); 0],
    story: Option<i64>,
    copy_of: Option<i64>,
    genre: Option<&'a str>,
    read: bool,
    saved: bool,
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A topic and how sure it is: what the feed itself says is sure.
#[derive(Debug, Serialize)]
struct TopicRecord {
    id: &'static str,
    score: f64,
}

impl<'a> ArticleRecord<'a> {
    /// The record of a row of a list.
    #[must_use]
    pub(super) fn of_headline(headline: &'a Headline, addresses: &'a Addresses) -> Self {
        Self {
            v: VERSION,
            id: headline.id.0,
            feed: addresses.get(headline.feed),
            feed_title: &headline.feed_name,
            title: &headline.title,
            url: &headline.url,
            original: headline.original.as_deref(),
            author: headline.author.as_deref(),
            published: headline.published.map(|time| time.to_string()),
            fetched: headline.fetched.to_string(),
            language: headline.language.as_deref(),
            topics: headline.topics.iter().map(|topic| TopicRecord { id: topic.get().id, score: 1.0 }).collect(),
            entities: [],
            story: None,
            copy_of: None,
            genre: None,
            read: headline.state.read,
            saved: headline.state.saved,
            note: None,
            text: None,
        }
    }

    /// The record of a whole article, with its text.
    #[must_use]
    pub(super) fn of_article(article: &'a Article, addresses: &'a Addresses) -> Self {
        Self {
            note: article.note.as_deref(),
            text: Some(crate::document::plain_text(article.html())),
            ..Self::of_headline(&article.headline, addresses)
        }
    }

    /// The record without the text, as in lists.
    #[must_use]
    pub(super) fn without_text(self) -> Self {
        Self { text: None, ..self }
    }
}
