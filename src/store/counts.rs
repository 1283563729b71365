//! The counters: kept in the transaction that changes what they count, and recounted by the check.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, Transaction};

use super::StoreError;
use super::columns::{count, millis};
use super::standing::Standing;
use crate::model::{ArticleId, FeedId, TopicId};

/// Counts shown all the time; kept incrementally.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles of shown feeds.
    pub articles: u64,
    /// Of them, unread.
    pub unread: u64,
    /// Of them, saved.
    pub saved: u64,
    /// Unread by topic, in the order of the topic bar.
    pub unread_by_topic: Vec<u64>,
    /// Rows of a list of stories.
    pub stories: u64,
    /// Of them, unread: their lead is.
    pub unread_stories: u64,
    /// Unread ones by topic of their lead, in the order of the topic bar.
    pub unread_stories_by_topic: Vec<u64>,
    /// Articles without a topic.
    pub off_topic: u64,
    /// Of them, unread.
    pub unread_off_topic: u64,
    /// Key of the newest arrival. Arrivals of the last minute that wait for their place in a story do not count: a list that
    /// shows what had arrived by then does not change when they get it. Where nothing has its place yet they do count: that
    /// is the first fetch of all, and somebody looks at an empty list.
    pub newest: Option<ArticleId>,
}

/// What a counter is about; its two columns in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    All,
    Feed(i64),
    Topic(u8),
    OffTopic,
}

impl Counted {
    fn columns(self) -> (i64, i64) {
        match self {
            Self::All => (0, 0),
            Self::Feed(feed) => (1, feed),
            Self::Topic(topic) => (2, i64::from(topic)),
            Self::OffTopic => (3, 0),
        }
    }

    /// What the counter with these columns is about, in words.
    pub(super) fn words(kind: i64, key: i64) -> String {
        match kind {
            0 => "all".to_owned(),
            1 => format!("feed {key}"),
            2 => format!("topic {key}"),
            _ => "without a topic".to_owned(),
        }
    }
}

/// One row of the table, or a change to one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) articles: i64,
    pub(super) unread: i64,
    pub(super) saved: i64,
    /// Leads of stories.
    pub(super) leads: i64,
    pub(super) unread_leads: i64,
}

/// Changes to counters, gathered over a transaction and written once at its end.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<Counted, Count>);

impl Tally {
    /// Counts an article of a shown feed in.
    pub(super) fn add(&mut self, article: &Standing) {
        self.change(article, 1);
    }

    /// Counts an article of a shown feed out.
    pub(super) fn remove(&mut self, article: &Standing) {
        self.change(article, -1);
    }

    fn change(&mut self, article: &Standing, by: i64) {
        let topics = article.topics.iter().map(|&topic| Counted::Topic(topic));
        let off_topic = article.topics.is_empty().then_some(Counted::OffTopic);
        for counted in [Counted::All, Counted::Feed(article.feed)].into_iter().chain(topics).chain(off_topic) {
            let count = self.0.entry(counted).or_default();
            let (unread, lead) = (i64::from(!article.read), i64::from(article.row.is_some()));
            count.articles += by;
            count.unread += by * unread;
            count.saved += by * i64::from(article.saved);
            count.leads += by * lead;
            count.unread_leads += by * unread * lead;
        }
    }

    /// Writes the changes.
    pub(super) fn write(self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        let mut add = tx.prepare_cached(
            "INSERT INTO counter (kind, key, articles, unread, saved, leads, unread_leads) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (kind, key) DO UPDATE SET articles = articles + excluded.articles,
                unread = unread + excluded.unread, saved = saved + excluded.saved, leads = leads + excluded.leads,
                unread_leads = unread_leads + excluded.unread_leads",
        )?;
        for (counted, count) in self.0 {
            if count != Count::default() {
                let (kind, key) = counted.columns();
                let Count { articles, unread, saved, leads, unread_leads } = count;
                add.execute((kind, key, articles, unread, saved, leads, unread_leads))?;
            }
        }
        Ok(())
    }
}

/// One counter as it stands.
pub(super) fn read(conn: &Connection, counted: Counted) -> rusqlite::Result<Count> {
    let mut select = conn.prepare_cached(
        "SELECT articles, unread, saved, leads, unread_leads FROM counter WHERE kind = ?1 AND key = ?2",
    )?;
    let mut rows = select.query(counted.columns())?;
    rows.next()?.map_or(Ok(Count::default()), |row| {
        Ok(Count {
            articles: row.get(0)?,
            unread: row.get(1)?,
            saved: row.get(2)?,
            leads: row.get(3)?,
            unread_leads: row.get(4)?,
        })
    })
}

/// The counter of a feed.
pub(super) fn of_feed(conn: &Connection, feed: FeedId) -> rusqlite::Result<Count> {
    read(conn, Counted::Feed(feed.0))
}

/// The counter of a topic.
pub(super) fn of_topic(conn: &Connection, topic: TopicId) -> rusqlite::Result<Count> {
    read(conn, Counted::Topic(u8::try_from(topic.index()).unwrap_or(u8::MAX)))
}

/// Arrivals that wait longer than this for their place are shown without it.
const PLACED_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// The newest article that a list shows; see [`Counts::newest`].
pub(super) fn newest(conn: &Connection, now: Timestamp) -> rusqlite::Result<Option<ArticleId>> {
    let since = millis(now.checked_sub(PLACED_WITHIN).unwrap_or(now));
    let waiting: Option<i64> = conn
        .prepare_cached(
            "SELECT min(q.article) FROM arrived q CROSS JOIN article a ON a.id = q.article WHERE a.fetched > ?1",
        )?
        .query_row([since], |row| row.get(0))?;
    let newest_below = |end: i64| -> rusqlite::Result<Option<i64>> {
        conn.prepare_cached("SELECT max(id) FROM article WHERE id < ?1")?.query_row([end], |row| row.get(0))
    };
    let mut newest = newest_below(waiting.unwrap_or(i64::MAX))?;
    if newest.is_none() && waiting.is_some() {
        newest = newest_below(i64::MAX)?;
    }
    Ok(newest.map(ArticleId))
}

/// All that is shown all the time.
pub(super) fn counts(conn: &Connection, now: Timestamp) -> Result<Counts, StoreError> {
    let (all, off) = (read(conn, Counted::All)?, read(conn, Counted::OffTopic)?);
    let topics = TopicId::all().map(|topic| of_topic(conn, topic)).collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(Counts {
        articles: count(all.articles),
        unread: count(all.unread),
        saved: count(all.saved),
        unread_by_topic: topics.iter().map(|topic| count(topic.unread)).collect(),
        stories: count(all.leads),
        unread_stories: count(all.unread_leads),
        unread_stories_by_topic: topics.iter().map(|topic| count(topic.unread_leads)).collect(),
        off_topic: count(off.articles),
        unread_off_topic: count(off.unread),
        newest: newest(conn, now)?,
    })
}
