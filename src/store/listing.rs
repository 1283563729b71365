//! Which rows a list is made of: its scope and order as ranges of covering indexes, or as a scan where no index has the order.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::hits;
use super::ranks::Ranks;
use crate::model::{ALL_TOPICS, TopicId};
use crate::query::Scope;

/// How the rows of a range follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorted {
    /// By the columns `date` and `id` of this table.
    By(&'static str),
    /// By the row id of the text index, which is the same order.
    Document,
}

/// Rows of one rank that an index gives newest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    /// `FROM ... WHERE ...`; `a` has the columns of the article that a list needs.
    pub(super) from: String,
    /// For its question marks.
    pub(super) params: Vec<Value>,
    /// See [`Sorted`].
    pub(super) sorted: Sorted,
}

/// Rows in list order: by rank, then newest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Listing {
    /// Ranges by rank, ascending; ranges of one rank are merged.
    Ranges(Vec<(i64, Vec<Range>)>),
    /// No index has this order: all rows are looked at, and each is ranked.
    Scan(Vec<Range>),
}

impl Range {
    /// Rows of the article table by one of its lists.
    pub(super) fn of_articles(index: &str, conditions: &str, params: Vec<Value>) -> Self {
        let from = format!("FROM article a INDEXED BY {index} WHERE a.shown = 1 AND {conditions}");
        Self { from, params, sorted: Sorted::By("a") }
    }
}

/// One range for unread rows, and one for read ones unless only unread are wanted.
pub(super) fn by_read(unread_only: bool, make: impl Fn(i64) -> Range) -> Vec<Range> {
    if unread_only { vec![make(0)] } else { vec![make(0), make(1)] }
}

/// The rows of a scope by rank.
pub(super) fn listing(conn: &Connection, scope: &Scope, ranks: &Ranks, unread_only: bool) -> rusqlite::Result<Listing> {
    let ranges = match (scope, ranks) {
        (Scope::All, Ranks::Source { feeds, .. }) => {
            return Ok(Listing::Ranges(feeds_by_rank(conn, feeds, unread_only)?));
        }
        (Scope::All, Ranks::Topic) => return Ok(Listing::Ranges(topics_by_rank(unread_only))),
        (Scope::All, Ranks::Date) => {
            by_read(unread_only, |read| Range::of_articles("list_date", "a.read = ?", vec![read.into()]))
        }
        (Scope::Feed(feed), _) => of_feed(feed.0, unread_only),
        (Scope::Topic(topic), _) => of_topic(*topic, unread_only),
        (Scope::Saved, _) => {
            let unread = if unread_only { " AND a.read = 0" } else { "" };
            vec![Range::of_articles("list_saved", &format!("a.saved = 1{unread}"), Vec::new())]
        }
        (Scope::Topics(_) | Scope::Entity(_) | Scope::Covered | Scope::OffTopic, _) => todo!(),
        (Scope::Search(query), _) => hits::ranges(conn, query, unread_only)?,
    };
    Ok(if *ranks == Ranks::Date { Listing::Ranges(vec![(0, ranges)]) } else { Listing::Scan(ranges) })
}

/// The articles of a feed.
pub(super) fn of_feed(feed: i64, unread_only: bool) -> Vec<Range> {
    by_read(unread_only, |read| {
        Range::of_articles("list_feed", "a.feed = ? AND a.read = ?", vec![feed.into(), read.into()])
    })
}

fn of_topic(topic: TopicId, unread_only: bool) -> Vec<Range> {
    // The topic table with its article called as in the article table.
    const ROWS: &str = "(SELECT topic, read, date, article AS id, feed, best FROM article_topic)";
    let topic = Value::from(i64::try_from(topic.index()).unwrap_or(i64::MAX));
    by_read(unread_only, |read| Range {
        from: format!("FROM {ROWS} a WHERE a.topic = ? AND a.read = ?"),
        params: vec![topic.clone(), read.into()],
        sorted: Sorted::By("a"),
    })
}

/// Feeds of one name share a rank; feeds that have nothing to show are left out by their counters.
fn feeds_by_rank(
    conn: &Connection,
    ranks: &std::collections::HashMap<i64, i64>,
    unread_only: bool,
) -> rusqlite::Result<Vec<(i64, Vec<Range>)>> {
    let column = if unread_only { "unread" } else { "articles" };
    let mut select = conn.prepare_cached(&format!("SELECT key FROM counter WHERE kind = 1 AND {column} > 0"))?;
    let mut by_rank = BTreeMap::<i64, Vec<Range>>::new();
    for feed in select.query_map([], |row| row.get::<_, i64>(0))? {
        let feed = feed?;
        if let Some(&rank) = ranks.get(&feed) {
            by_rank.entry(rank).or_default().extend(of_feed(feed, unread_only));
        }
    }
    Ok(by_rank.into_iter().collect())
}

/// A rank for each best topic, and one for none.
fn topics_by_rank(unread_only: bool) -> Vec<(i64, Vec<Range>)> {
    let bests = 0..=i64::try_from(ALL_TOPICS.len()).unwrap_or(i64::MAX);
    let ranges = |best: i64| {
        by_read(unread_only, |read| {
            Range::of_articles("list_best", "a.best = ? AND a.read = ?", vec![best.into(), read.into()])
        })
    };
    bests.map(|best| (best * 2, ranges(best))).collect()
}
