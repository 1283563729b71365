//! Which rows a list is made of: its scope and order as ranges of covering indexes, or as a scan where no index has the order.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::search::{self, Search};
use crate::model::{ALL_TOPICS, TopicId};
use crate::query::{Cursor, Order, Scope};
use crate::text::fold;

/// How rows with the same rank follow each other in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sorted {
    /// By `date, id` of the columns named so.
    DateAndId,
    /// By the row id of the text index, which is the same order.
    Document,
}

/// Rows of one rank that an index gives newest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Range {
    /// `FROM ... WHERE ...`, with columns `date` and `id` of `a`.
    pub(super) from: String,
    /// For its question marks.
    pub(super) params: Vec<Value>,
    /// See [`Sorted`].
    pub(super) sorted: Sorted,
}

impl Range {
    /// The text and its parameters.
    pub(super) fn into_parts(self) -> (String, Vec<Value>) {
        (self.from, self.params)
    }
}

/// Rows in list order: by rank, then newest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Listing {
    /// Ranges by rank, ascending; ranges of one rank are merged.
    Ranges(Vec<(i64, Vec<Range>)>),
    /// No index has this order: all rows are looked at, each is ranked by its feed or best topic.
    Scan(Range, Ranks),
}

/// The rank of a row in an order; even numbers, so that a cursor whose name is gone fits between.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ranks {
    /// Every row has rank 0.
    Date,
    /// By the place of the feed's folded name among all names: feed and rank.
    Source { names: Vec<String>, feeds: std::collections::HashMap<i64, i64> },
    /// Twice the index of the best topic.
    Topic,
}

impl Ranks {
    /// The ranks of an order as the feeds are named now.
    pub(super) fn of(conn: &Connection, order: Order) -> rusqlite::Result<Self> {
        match order {
            Order::Date => Ok(Self::Date),
            Order::Topic => Ok(Self::Topic),
            Order::Source => {
                let feeds: Vec<(i64, String)> = conn
                    .prepare_cached("SELECT id, name FROM feed WHERE shown = 1")?
                    .query_map([], |row| Ok((row.get(0)?, fold(row.get_ref(1)?.as_str()?))))?
                    .collect::<rusqlite::Result<_>>()?;
                let mut names: Vec<String> = feeds.iter().map(|(_, name)| name.clone()).collect();
                names.sort_unstable();
                names.dedup();
                let feeds = feeds.into_iter().map(|(feed, name)| (feed, rank_of_name(&names, &name))).collect();
                Ok(Self::Source { names, feeds })
            }
        }
    }

    /// The rank of a row.
    pub(super) fn of_row(&self, feed: i64, best: i64) -> i64 {
        match self {
            Self::Date => 0,
            Self::Source { feeds, .. } => feeds.get(&feed).copied().unwrap_or(i64::MAX),
            Self::Topic => best.saturating_mul(2),
        }
    }

    /// The rank of a cursor; odd when its feed has another name by now.
    pub(super) fn of_cursor(&self, cursor: &Cursor) -> i64 {
        match self {
            Self::Date => 0,
            Self::Source { names, .. } => rank_of_name(names, &fold(&cursor.feed_name)),
            Self::Topic => i64::try_from(cursor.topic).unwrap_or(i64::MAX).saturating_mul(2),
        }
    }
}

fn rank_of_name(names: &[String], name: &str) -> i64 {
    let rank = |at: usize| i64::try_from(at).unwrap_or(i64::MAX).saturating_mul(2);
    match names.binary_search_by(|other| other.as_str().cmp(name)) {
        Ok(at) => rank(at),
        Err(at) => rank(at).saturating_sub(1),
    }
}

/// The columns that a [`Range`] of an index gives; `a` is the article or its topic row.
fn range(table: &str, index: &str, conditions: &str, params: Vec<Value>) -> Range {
    Range { from: format!("FROM {table} a {index} WHERE {conditions}"), params, sorted: Sorted::DateAndId }
}

/// One range for unread rows, and one for read ones unless only unread are wanted.
fn by_read(unread_only: bool, make: impl Fn(i64) -> Range) -> Vec<Range> {
    if unread_only { vec![make(0)] } else { vec![make(0), make(1)] }
}

/// Rows of a scope in an order.
pub(super) fn listing(conn: &Connection, scope: &Scope, order: Order, unread_only: bool) -> rusqlite::Result<Listing> {
    let unread = if unread_only { " AND a.read = 0" } else { "" };
    let date_ranges = |ranges| Ok(Listing::Ranges(vec![(0, ranges)]));
    match (scope, order) {
        (Scope::All, Order::Date) => date_ranges(by_read(unread_only, |read| {
            range("article", "INDEXED BY list_date", "a.shown = 1 AND a.read = ?", vec![read.into()])
        })),
        (Scope::All, Order::Source) => Ok(Listing::Ranges(feed_ranges(conn, unread_only)?)),
        (Scope::All, Order::Topic) => Ok(Listing::Ranges(topic_ranges(unread_only))),
        (Scope::Feed(feed), Order::Date | Order::Source) => date_ranges(feed_range(feed.0, unread_only)),
        (Scope::Feed(feed), Order::Topic) => {
            let all = format!("a.shown = 1 AND a.feed = ? AND a.read IN (0, 1){unread}");
            let rows = range("article", "INDEXED BY list_feed", &all, vec![feed.0.into()]);
            Ok(Listing::Scan(rows, Ranks::Topic))
        }
        (Scope::Topic(topic), order) => {
            let topic = topic_value(*topic);
            if order == Order::Date {
                return date_ranges(by_read(unread_only, |read| Range {
                    from: format!("FROM {TOPIC_ROWS} a WHERE a.topic = ? AND a.read = ?"),
                    params: vec![topic.clone(), read.into()],
                    sorted: Sorted::DateAndId,
                }));
            }
            let rows = range(TOPIC_ROWS, "", &format!("a.topic = ?{unread}"), vec![topic]);
            Ok(Listing::Scan(rows, Ranks::of(conn, order)?))
        }
        (Scope::Saved, order) => {
            let conditions = format!("a.shown = 1 AND a.saved = 1{unread}");
            let rows = range("article", "INDEXED BY list_saved", &conditions, Vec::new());
            if order == Order::Date {
                date_ranges(vec![rows])
            } else {
                Ok(Listing::Scan(rows, Ranks::of(conn, order)?))
            }
        }
        (Scope::Search(query), order) => {
            let ranges = search_ranges(search::plan(conn, query)?, unread_only);
            if order == Order::Date {
                return date_ranges(ranges);
            }
            // Every hit is ranked; which way they are found does not matter.
            Ok(Listing::Scan(one_of(ranges), Ranks::of(conn, order)?))
        }
    }
}

/// The topic table with its article called as in the article table.
const TOPIC_ROWS: &str = "(SELECT topic, read, date, article AS id, feed, best FROM article_topic)";

fn topic_value(topic: TopicId) -> Value {
    i64::try_from(topic.index()).unwrap_or(i64::MAX).into()
}

fn feed_range(feed: i64, unread_only: bool) -> Vec<Range> {
    by_read(unread_only, |read| {
        let conditions = "a.shown = 1 AND a.feed = ? AND a.read = ?";
        range("article", "INDEXED BY list_feed", conditions, vec![feed.into(), read.into()])
    })
}

/// A rank for each feed name; feeds that have nothing to show are left out by their counters.
fn feed_ranges(conn: &Connection, unread_only: bool) -> rusqlite::Result<Vec<(i64, Vec<Range>)>> {
    let Ranks::Source { feeds, .. } = Ranks::of(conn, Order::Source)? else { return Ok(Vec::new()) };
    let column = if unread_only { "unread" } else { "articles" };
    let mut select = conn.prepare_cached(&format!("SELECT key FROM counter WHERE kind = 1 AND {column} > 0"))?;
    let mut by_rank = std::collections::BTreeMap::<i64, Vec<Range>>::new();
    for feed in select.query_map([], |row| row.get::<_, i64>(0))? {
        let feed = feed?;
        if let Some(&rank) = feeds.get(&feed) {
            by_rank.entry(rank).or_default().extend(feed_range(feed, unread_only));
        }
    }
    Ok(by_rank.into_iter().collect())
}

/// A rank for each best topic, and one for none.
fn topic_ranges(unread_only: bool) -> Vec<(i64, Vec<Range>)> {
    let bests = 0..=i64::try_from(ALL_TOPICS.len()).unwrap_or(i64::MAX);
    let ranges = |best: i64| {
        by_read(unread_only, |read| {
            let conditions = "a.shown = 1 AND a.best = ? AND a.read = ?";
            range("article", "INDEXED BY list_best", conditions, vec![best.into(), read.into()])
        })
    };
    bests.map(|best| (best * 2, ranges(best))).collect()
}

/// Where the hits of a search are found: in the text index when there is text, else along the narrowest list.
fn search_ranges(search: Search, unread_only: bool) -> Vec<Range> {
    let unread = unread_only || search.unread;
    let mut conditions = vec!["a.shown = 1".to_owned()];
    let mut params = Vec::new();
    if let Some(text) = search.text {
        conditions.push("article_fts MATCH ?".to_owned());
        params.push(text.into());
        // Bounds on the row id let the index skip to the days that are asked for.
        for (bound, sign) in [(search.since, ">="), (search.before, "<")] {
            if bound != i64::MIN && bound != i64::MAX {
                conditions.push(format!("article_fts.rowid {sign} ?"));
                params.push(super::columns::document(bound, 0).into());
            }
        }
        for (wanted, flag) in [(unread, "a.read = 0"), (search.saved, "a.saved = 1"), (search.noted, "a.noted = 1")] {
            if wanted {
                conditions.push(flag.to_owned());
            }
        }
        conditions.push(search.rest.sql);
        params.extend(search.rest.params);
        let from = format!(
            "FROM article_fts CROSS JOIN article a ON a.id = (article_fts.rowid & {}) WHERE {}",
            super::columns::ID_MASK,
            conditions.join(" AND ")
        );
        return vec![Range { from, params, sorted: Sorted::Document }];
    }
    for (bound, sign) in [(search.since, ">="), (search.before, "<")] {
        if bound != i64::MIN && bound != i64::MAX {
            conditions.push(format!("a.date {sign} ?"));
            params.push(bound.into());
        }
    }
    conditions.push(search.rest.sql);
    params.extend(search.rest.params);
    let (index, flag) = match (search.saved, search.noted) {
        (true, _) => ("INDEXED BY list_saved", "a.saved = 1"),
        (_, true) => ("INDEXED BY list_noted", "a.noted = 1"),
        _ => {
            let conditions = conditions.join(" AND ");
            return by_read(unread, |read| {
                let mut params = params.clone();
                params.push(read.into());
                range("article", "INDEXED BY list_date", &format!("{conditions} AND a.read = ?"), params)
            });
        }
    };
    conditions.push(flag.to_owned());
    for (wanted, flag) in [(unread, "a.read = 0"), (search.noted, "a.noted = 1")] {
        if wanted {
            conditions.push(flag.to_owned());
        }
    }
    vec![range("article", index, &conditions.join(" AND "), params)]
}

/// Several ranges as one, for a scan.
pub(super) fn one_of(mut ranges: Vec<Range>) -> Range {
    if ranges.len() == 1 {
        return ranges.swap_remove(0);
    }
    let columns = "a.id AS id, a.date AS date, a.feed AS feed, a.best AS best, a.read AS read";
    let selects: Vec<String> = ranges.iter().map(|range| format!("SELECT {columns} {}", range.from)).collect();
    let params = ranges.into_iter().flat_map(|range| range.params).collect();
    Range { from: format!("FROM ({}) a WHERE 1", selects.join(" UNION ALL ")), params, sorted: Sorted::DateAndId }
}
