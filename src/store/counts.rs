//! The counters: kept in the transaction that changes what they count, and recounted by the check.

use std::collections::BTreeMap;

use rusqlite::{Connection, Transaction};

use super::StoreError;
use super::columns::count;
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
    /// shows what had arrived by then does not change when they get it.
    pub newest: Option<ArticleId>,
}

/// What a counter is about; its two columns in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Counted {
    All,
    Feed(i64),
    Topic(u8),
}

impl Counted {
    fn columns(self) -> (i64, i64) {
        match self {
            Self::All => (0, 0),
            Self::Feed(feed) => (1, feed),
            Self::Topic(topic) => (2, i64::from(topic)),
        }
    }

    fn words(kind: i64, key: i64) -> String {
        match kind {
            0 => "all".to_owned(),
            1 => format!("feed {key}"),
            _ => format!("topic {key}"),
        }
    }
}

/// One row of the table, or a change to one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) articles: i64,
    pub(super) unread: i64,
    pub(super) saved: i64,
}

/// What a counter needs to know of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountedArticle<'a> {
    pub(super) feed: i64,
    pub(super) topics: &'a [u8],
    pub(super) read: bool,
    pub(super) saved: bool,
}

/// Changes to counters, gathered over a transaction and written once at its end.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<Counted, Count>);

impl Tally {
    /// Counts an article of a shown feed in.
    pub(super) fn add(&mut self, article: CountedArticle<'_>) {
        self.change(article, 1);
    }

    /// Counts an article of a shown feed out.
    pub(super) fn remove(&mut self, article: CountedArticle<'_>) {
        self.change(article, -1);
    }

    fn change(&mut self, article: CountedArticle<'_>, by: i64) {
        let topics = article.topics.iter().map(|&topic| Counted::Topic(topic));
        for counted in [Counted::All, Counted::Feed(article.feed)].into_iter().chain(topics) {
            let count = self.0.entry(counted).or_default();
            count.articles += by;
            count.unread += if article.read { 0 } else { by };
            count.saved += if article.saved { by } else { 0 };
        }
    }

    /// Writes the changes.
    pub(super) fn write(self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        let mut add = tx.prepare_cached(
            "INSERT INTO counter (kind, key, articles, unread, saved) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (kind, key) DO UPDATE SET articles = articles + excluded.articles,
                unread = unread + excluded.unread, saved = saved + excluded.saved",
        )?;
        for (counted, count) in self.0 {
            if count != Count::default() {
                let (kind, key) = counted.columns();
                add.execute((kind, key, count.articles, count.unread, count.saved))?;
            }
        }
        Ok(())
    }
}

/// One counter as it stands.
pub(super) fn read(conn: &Connection, counted: Counted) -> rusqlite::Result<Count> {
    let mut select = conn.prepare_cached("SELECT articles, unread, saved FROM counter WHERE kind = ?1 AND key = ?2")?;
    let mut rows = select.query(counted.columns())?;
    rows.next()?.map_or(Ok(Count::default()), |row| {
        Ok(Count { articles: row.get(0)?, unread: row.get(1)?, saved: row.get(2)? })
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

/// All that is shown all the time.
pub(super) fn counts(conn: &Connection) -> Result<Counts, StoreError> {
    let all = read(conn, Counted::All)?;
    let unread_by_topic = TopicId::all()
        .map(|topic| of_topic(conn, topic).map(|counter| count(counter.unread)))
        .collect::<rusqlite::Result<_>>()?;
    let newest: Option<i64> = conn.prepare_cached("SELECT max(id) FROM article")?.query_row([], |row| row.get(0))?;
    Ok(Counts {
        articles: count(all.articles),
        unread: count(all.unread),
        saved: count(all.saved),
        unread_by_topic,
        stories: 0,
        unread_stories: 0,
        unread_stories_by_topic: Vec::new(),
        off_topic: 0,
        unread_off_topic: 0,
        newest: newest.map(ArticleId),
    })
}

/// Counts everything anew and tells, in words, where a counter is wrong.
pub(super) fn faults(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let recount = "
        WITH topical AS (SELECT t.topic, a.read, a.saved FROM article_topic t JOIN article a ON a.id = t.article),
        truth AS (
            SELECT 0 AS kind, 0 AS key, count(*) AS articles, coalesce(sum(read = 0), 0) AS unread, coalesce(sum(saved), 0) AS saved
                FROM article WHERE shown = 1
            UNION ALL SELECT 1, feed, count(*), sum(read = 0), sum(saved) FROM article WHERE shown = 1 GROUP BY feed
            UNION ALL SELECT 2, topic, count(*), sum(read = 0), sum(saved) FROM topical GROUP BY topic)
        SELECT coalesce(c.kind, t.kind), coalesce(c.key, t.key), coalesce(c.articles, 0), coalesce(t.articles, 0),
            coalesce(c.unread, 0), coalesce(t.unread, 0), coalesce(c.saved, 0), coalesce(t.saved, 0)
        FROM counter c FULL JOIN truth t ON t.kind = c.kind AND t.key = c.key
        WHERE coalesce(c.articles, 0) <> coalesce(t.articles, 0) OR coalesce(c.unread, 0) <> coalesce(t.unread, 0)
            OR coalesce(c.saved, 0) <> coalesce(t.saved, 0)";
    let mut select = conn.prepare(recount)?;
    let rows = select.query_map([], |row| {
        let pair = |at: usize| -> rusqlite::Result<String> {
            let (kept, truth): (i64, i64) = (row.get(at)?, row.get(at + 1)?);
            Ok(format!("{kept}, counted {truth}"))
        };
        let what = Counted::words(row.get(0)?, row.get(1)?);
        Ok(format!("counter {what}: articles {}; unread {}; saved {}", pair(2)?, pair(4)?, pair(6)?))
    })?;
    let mut faults: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    // The copies of a state and of the topics must be those of the article.
    let copies = [
        ("articles whose state differs from its record", "SELECT count(*) FROM article a LEFT JOIN article_state s
            ON s.feed = a.feed AND s.key = a.key WHERE a.read <> coalesce(s.read, 0) OR a.saved <> coalesce(s.saved, 0)
            OR a.noted <> (s.note IS NOT NULL)"),
        ("topic rows that differ from their article", "SELECT count(*) FROM article_topic t LEFT JOIN article a ON a.id = t.article
            WHERE a.id IS NULL OR a.shown = 0 OR a.read <> t.read OR a.date <> t.date OR a.feed <> t.feed OR a.best <> t.best
            OR instr(a.topics, unhex(printf('%02x', t.topic))) = 0"),
        ("articles without text", "SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM article_text)"),
        ("articles neither indexed nor waiting for it", "SELECT count(*) FROM article a WHERE NOT EXISTS
            (SELECT 1 FROM indexed i WHERE i.article = a.id) AND NOT EXISTS (SELECT 1 FROM index_queue q WHERE q.article = a.id)"),
        ("articles shown although their feed is hidden, or hidden although it is shown",
            "SELECT count(*) FROM article a JOIN feed f ON f.id = a.feed WHERE a.shown <> f.shown"),
    ];
    for (what, sql) in copies {
        let wrong: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        if wrong > 0 {
            faults.push(format!("{wrong} {what}"));
        }
    }
    let listed: i64 = conn.query_row(
        "SELECT coalesce(sum(length(topics)), 0) - (SELECT count(*) FROM article_topic) FROM article WHERE shown = 1",
        [],
        |row| row.get(0),
    )?;
    if listed != 0 {
        faults.push(format!("{listed} topics of articles have no topic row"));
    }
    Ok(faults)
}
