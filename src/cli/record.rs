//! The JSON of an article (DESIGN 7), in lists and alone.

use std::collections::HashMap;

use serde::Serialize;

use crate::engine::EngineHandle;
use crate::model::{Article, Coverage, Entity, FeedId, Genre, Genres, Headline};

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

/// An article as JSON.
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
    entities: Vec<EntityRecord<'a>>,
    story: i64,
    copy_of: Option<i64>,
    genre: Option<String>,
    via: Option<&'a str>,
    read: bool,
    saved: bool,
    note: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    coverage: Option<CoverageRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// Whether `text` is that of the article's page, not the feed's.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_text: Option<bool>,
}

/// A topic and the weight of its reasons.
#[derive(Debug, Serialize)]
struct TopicRecord {
    id: &'static str,
    score: f64,
}

/// An entity.
#[derive(Debug, Serialize)]
pub(super) struct EntityRecord<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
}

/// How a story is covered, in lists of stories.
#[derive(Debug, Serialize)]
struct CoverageRecord {
    others: u32,
    unread_others: u32,
    sources: u32,
}

impl<'a> From<&'a Entity> for EntityRecord<'a> {
    fn from(entity: &'a Entity) -> Self {
        Self { id: &entity.id, name: &entity.name, kind: entity.kind.id() }
    }
}

/// The genres in one word, such as `sponsored+podcast`; none for plain news.
fn genre(genres: Genres) -> Option<String> {
    let ids: Vec<&str> = genres.iter().map(Genre::id).collect();
    (!ids.is_empty()).then(|| ids.join("+"))
}

impl<'a> ArticleRecord<'a> {
    /// The record of a row of a list.
    #[must_use]
    pub(super) fn of_headline(headline: &'a Headline, addresses: &'a Addresses) -> Self {
        let topics = headline.topics.iter().zip(&headline.scores);
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
            topics: topics.map(|(topic, score)| TopicRecord { id: topic.get().id, score: score.value() }).collect(),
            entities: headline.entities.iter().map(EntityRecord::from).collect(),
            story: headline.story.0,
            copy_of: headline.copy_of.map(|article| article.0),
            genre: genre(headline.genres),
            via: headline.via.as_deref(),
            read: headline.state.read,
            saved: headline.state.saved,
            note: None,
            coverage: None,
            text: None,
            full_text: None,
        }
    }

    /// The record of a whole article, with its text.
    #[must_use]
    pub(super) fn of_article(article: &'a Article, addresses: &'a Addresses) -> Self {
        Self {
            note: article.note.as_deref(),
            text: Some(crate::document::plain_text(article.html())),
            full_text: Some(article.full_text.is_some()),
            ..Self::of_headline(&article.headline, addresses)
        }
    }

    /// The record with how its story is covered.
    #[must_use]
    pub(super) fn with_coverage(self, coverage: Coverage) -> Self {
        let Coverage { others, unread, sources } = coverage;
        Self { coverage: Some(CoverageRecord { others, unread_others: unread, sources }), ..self }
    }

    /// The record without the text, as in lists.
    #[must_use]
    pub(super) fn without_text(self) -> Self {
        Self { text: None, full_text: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_are_one_word_and_plain_news_has_none() {
        assert_eq!(genre(Genres::default()), None);
        let both: Genres = [Genre::Podcast, Genre::Sponsored].into_iter().collect();
        assert_eq!(genre(both).as_deref(), Some("sponsored+podcast"));
    }
}
