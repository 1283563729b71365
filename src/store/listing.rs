//! Which rows a list is made of: its scope and order as ranges of covering indexes, or as a scan where no index has the order.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::entities;
use super::hits;
use super::ranks::Ranks;
use crate::model::{ALL_TOPICS, TopicId};
use crate::query::{Rows, Scope};

/// How the rows of a range follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorted {
    /// By these columns: a date and an article's id.
    By {
        /// What a list shows as the row's date.
        date: &'static str,
        /// The article's id in the table that is sorted.
        id: &'static str,
    },
    /// By the row id of the text index, which is the order of articles.
    Document,
}

impl Sorted {
    /// Articles by date.
    pub(super) const ARTICLES: Self = Self::By { date: "a.date", id: "a.id" };
    /// Stories by the date of their row.
    const ROWS: Self = Self::By { date: "a.row_date", id: "a.id" };
    /// Articles by a table `t` that lists them.
    pub(super) const LISTED: Self = Self::By { date: "t.date", id: "t.article" };

    /// The column of the row's date.
    pub(super) fn date(self) -> &'static str {
        match self {
            Self::By { date, .. } => date,
            Self::Document => "a.date",
        }
    }
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
    /// True when other ranges of the list may hold some of its rows, too.
    pub(super) overlaps: bool,
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
        Self { from, params, sorted: Sorted::ARTICLES, overlaps: false }
    }

    /// Rows of stories by one of their lists.
    fn of_stories(index: &str, conditions: &str, params: Vec<Value>) -> Self {
        let from = format!("FROM article a INDEXED BY {index} WHERE a.row_date IS NOT NULL AND {conditions}");
        Self { from, params, sorted: Sorted::ROWS, overlaps: false }
    }

    /// One of several that may share rows.
    pub(super) fn overlapping(self) -> Self {
        Self { overlaps: true, ..self }
    }
}

/// One range for unread rows, and one for read ones unless only unread are wanted.
fn by_read(unread_only: bool, make: impl Fn(i64) -> Range) -> Vec<Range> {
    if unread_only { vec![make(0)] } else { vec![make(0), make(1)] }
}

/// The rows of a scope by rank. `rows` says what a row stands for in this scope ([`Scope::rows`]), `wanted` how many of
/// them are read.
pub(super) fn listing(
    conn: &Connection,
    scope: &Scope,
    rows: Rows,
    ranks: &Ranks,
    unread_only: bool,
    wanted: usize,
) -> rusqlite::Result<Listing> {
    let ranges = match (scope, ranks) {
        (Scope::All, Ranks::Source { feeds, .. }) => {
            return Ok(Listing::Ranges(feeds_by_rank(conn, feeds, rows, unread_only)?));
        }
        (Scope::All, Ranks::Topic) => return Ok(Listing::Ranges(topics_by_rank(rows, unread_only))),
        (Scope::All, Ranks::Date) => {
            by_read(unread_only, |read| in_list(rows, ["list_date", "row_list"], "a.read = ?", vec![read.into()]))
        }
        (Scope::Feed(feed), _) => of_feed(feed.0, Rows::Articles, unread_only),
        (Scope::Topic(topic), _) => of_topic(*topic, rows, unread_only),
        (Scope::Topics(topics), _) => {
            topics.iter().flat_map(|topic| of_topic(*topic, rows, unread_only)).map(Range::overlapping).collect()
        }
        (Scope::OffTopic, _) => of_best(WITHOUT_TOPIC, Rows::Articles, unread_only),
        (Scope::Entity(id), _) => of_entity(entities::of_id(conn, id)?, unread_only),
        (Scope::Saved, _) => {
            let unread = if unread_only { " AND a.read = 0" } else { "" };
            vec![Range::of_articles("list_saved", &format!("a.saved = 1{unread}"), Vec::new())]
        }
        (Scope::Search(query), _) => {
            // Where no index has the order, all hits are looked at.
            let wanted = if *ranks == Ranks::Date { wanted } else { usize::MAX };
            hits::ranges(conn, query, unread_only, wanted)?
        }
        // They are ranked, not listed: see `covered`.
        (Scope::Covered, _) => Vec::new(),
    };
    Ok(if *ranks == Ranks::Date { Listing::Ranges(vec![(0, ranges)]) } else { Listing::Scan(ranges) })
}

/// The column `best` of articles without a topic.
#[expect(clippy::cast_possible_wrap, reason = "there are eighteen")]
const WITHOUT_TOPIC: i64 = ALL_TOPICS.len() as i64;

/// One of two lists: of articles, and of stories.
fn in_list(rows: Rows, lists: [&str; 2], conditions: &str, params: Vec<Value>) -> Range {
    match rows {
        Rows::Articles => Range::of_articles(lists[0], conditions, params),
        Rows::Stories => Range::of_stories(lists[1], conditions, params),
    }
}

/// The articles of a feed, or the stories that one of them leads.
pub(super) fn of_feed(feed: i64, rows: Rows, unread_only: bool) -> Vec<Range> {
    by_read(unread_only, |read| {
        in_list(rows, ["list_feed", "row_feed"], "a.feed = ? AND a.read = ?", vec![feed.into(), read.into()])
    })
}

/// The unread or the read articles without a topic.
pub(super) fn off_topic(read: i64) -> Range {
    Range::of_articles("list_best", "a.best = ? AND a.read = ?", vec![WITHOUT_TOPIC.into(), read.into()])
}

fn of_best(best: i64, rows: Rows, unread_only: bool) -> Vec<Range> {
    by_read(unread_only, |read| {
        in_list(rows, ["list_best", "row_best"], "a.best = ? AND a.read = ?", vec![best.into(), read.into()])
    })
}

fn of_topic(topic: TopicId, rows: Rows, unread_only: bool) -> Vec<Range> {
    let table = if rows == Rows::Stories { "row_topic" } else { "article_topic" };
    let topic = Value::from(i64::try_from(topic.index()).unwrap_or(i64::MAX));
    by_read(unread_only, |read| Range {
        // The topic table with its article called as in the article table.
        from: format!(
            "FROM (SELECT topic, read, date, article AS id, feed, best FROM {table}) a WHERE a.topic = ? AND a.read = ?"
        ),
        params: vec![topic.clone(), read.into()],
        sorted: Sorted::ARTICLES,
        overlaps: false,
    })
}

/// The articles that name an entity; none for one that no article ever named.
pub(super) fn of_entity(number: Option<i64>, unread_only: bool) -> Vec<Range> {
    let unread = if unread_only { " AND a.read = 0" } else { "" };
    let range = |number: i64| Range {
        from: format!(
            "FROM article_entity t CROSS JOIN article a ON a.id = t.article WHERE t.entity = ? AND a.shown = 1{unread}"
        ),
        params: vec![number.into()],
        sorted: Sorted::LISTED,
        overlaps: false,
    };
    number.map(range).into_iter().collect()
}

/// Feeds of one name share a rank; feeds that have nothing to show are left out by their counters.
fn feeds_by_rank(
    conn: &Connection,
    ranks: &std::collections::HashMap<i64, i64>,
    rows: Rows,
    unread_only: bool,
) -> rusqlite::Result<Vec<(i64, Vec<Range>)>> {
    let column = match (rows, unread_only) {
        (Rows::Articles, false) => "articles",
        (Rows::Articles, true) => "unread",
        (Rows::Stories, false) => "leads",
        (Rows::Stories, true) => "unread_leads",
    };
    let mut select = conn.prepare_cached(&format!("SELECT key FROM counter WHERE kind = 1 AND {column} > 0"))?;
    let mut by_rank = BTreeMap::<i64, Vec<Range>>::new();
    for feed in select.query_map([], |row| row.get::<_, i64>(0))? {
        let feed = feed?;
        if let Some(&rank) = ranks.get(&feed) {
            by_rank.entry(rank).or_default().extend(of_feed(feed, rows, unread_only));
        }
    }
    Ok(by_rank.into_iter().collect())
}

/// A rank for each best topic, and one for none.
fn topics_by_rank(rows: Rows, unread_only: bool) -> Vec<(i64, Vec<Range>)> {
    (0..=WITHOUT_TOPIC).map(|best| (best * 2, of_best(best, rows, unread_only))).collect()
}
