//! What a list asks the store for: a scope, an order and a window.

use jiff::Timestamp;

use super::Query;
use crate::model::{ALL_TOPICS, ArticleId, FeedId, Headline, TopicId};

/// Which articles a list is about.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Scope {
    /// All of the shown feeds.
    #[default]
    All,
    /// Those of one topic.
    Topic(TopicId),
    /// Those of any of several topics.
    Topics(Vec<TopicId>),
    /// Those that name an entity, by its id.
    Entity(String),
    /// The most covered stories of the last 48 hours, by number of sources; always stories, never paged.
    Covered,
    /// Those without a topic.
    OffTopic,
    /// Those of one feed.
    Feed(FeedId),
    /// The saved ones.
    Saved,
    /// Those that match a query.
    Search(Query),
}

/// In what order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Newest first.
    #[default]
    Date,
    /// By feed name, then newest first.
    Source,
    /// By best topic in the order of the topic bar, then newest first; those without a topic last.
    Topic,
}

/// What a row of a list stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Rows {
    /// A story, by its lead article: the first that arrived. All and topics alone have such rows; in every other scope a
    /// row is an article.
    #[default]
    Stories,
    /// An article.
    Articles,
}

impl Scope {
    /// What rows of this scope stand for when these are wanted.
    #[must_use]
    pub fn rows(&self, wanted: Rows) -> Rows {
        match self {
            Self::Covered => Rows::Stories,
            Self::All | Self::Topic(_) | Self::Topics(_) => wanted,
            Self::Entity(_) | Self::OffTopic | Self::Feed(_) | Self::Saved | Self::Search(_) => Rows::Articles,
        }
    }
}

/// A request for one window of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRequest {
    /// Which articles.
    pub scope: Scope,
    /// Leave out what is read.
    pub unread_only: bool,
    /// What its rows stand for.
    pub rows: Rows,
    /// In what order.
    pub order: Order,
    /// Only articles that had arrived by then: keeps a list still while news comes in. None: all. A story's row is there when
    /// its lead had arrived, at the date that its articles of then give it; only its coverage is that of now.
    pub up_to: Option<ArticleId>,
    /// Which part.
    pub page: Page,
    /// At most so many rows.
    pub limit: usize,
}

/// Which part of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Page {
    /// From the top.
    #[default]
    First,
    /// What follows this row.
    After(Cursor),
    /// What precedes this row, in list order; the rows nearest to it.
    Before(Cursor),
    /// The last ones, in list order.
    Last,
}

/// The place of a row in any order (keyset paging): the fields that rows are sorted by.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// Feed name, for [`Order::Source`].
    pub feed_name: String,
    /// Index of the best topic, or the number of topics when it has none, for [`Order::Topic`].
    pub topic: usize,
    /// Its date.
    pub date: Timestamp,
    /// Its key.
    pub id: ArticleId,
}

impl Cursor {
    /// The place of a row.
    #[must_use]
    pub fn of(row: &Headline) -> Self {
        Self {
            feed_name: row.feed_name.clone(),
            topic: row.topics.first().map_or(ALL_TOPICS.len(), |topic| topic.index()),
            date: row.date,
            id: row.id,
        }
    }
}
