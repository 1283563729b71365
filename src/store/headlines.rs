//! Windows of a list: keyset paging in every scope and order.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::columns::{ID_MASK, document};
use super::listing::{self, Listing, Range, Sorted};
use super::ranks::Ranks;
use super::{StoreError, rows};
use crate::model::{ArticleId, Headline};
use crate::query::{Cursor, ListRequest, Order, Page, Scope};

/// A row's place in a list: rank ascending, then date and id descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    rank: i64,
    date: i64,
    id: i64,
}

impl Place {
    /// Smaller is further up.
    fn key(self) -> (i64, std::cmp::Reverse<(i64, i64)>) {
        (self.rank, std::cmp::Reverse((self.date, self.id)))
    }
}

/// From where and which way a window is read.
#[derive(Debug, Clone, Copy)]
struct Window {
    from: Option<Place>,
    down: bool,
    limit: usize,
    up_to: i64,
}

impl Window {
    /// True for rows on the wanted side of the start.
    fn admits(&self, place: Place) -> bool {
        self.from.is_none_or(|from| if self.down { place.key() > from.key() } else { place.key() < from.key() })
    }

    fn sort(&self, places: &mut [Place]) {
        if self.down {
            places.sort_unstable_by_key(|place| place.key());
        } else {
            places.sort_unstable_by_key(|place| std::cmp::Reverse(place.key()));
        }
    }
}

/// One window of a list, in list order.
pub(super) fn headlines(conn: &Connection, request: &ListRequest) -> Result<Vec<Headline>, StoreError> {
    // One read transaction, so that the ids and their rows are of one moment.
    let tx = conn.unchecked_transaction()?;
    let ids = ids(&tx, request)?;
    Ok(rows::headlines(&tx, &ids)?)
}

/// The ids of a window, in list order.
pub(super) fn ids(conn: &Connection, request: &ListRequest) -> Result<Vec<i64>, StoreError> {
    let order = match (&request.scope, request.order) {
        // One feed has one name.
        (Scope::Feed(_), Order::Source) => Order::Date,
        (_, order) => order,
    };
    let ranks = Ranks::of(conn, order)?;
    let (cursor, down) = match &request.page {
        Page::First => (None, true),
        Page::After(cursor) => (Some(cursor), true),
        Page::Before(cursor) => (Some(cursor), false),
        Page::Last => (None, false),
    };
    let place =
        |cursor: &Cursor| Place { rank: ranks.of_cursor(cursor), date: cursor.date.as_second(), id: cursor.id.0 };
    let window = Window {
        from: cursor.map(place),
        down,
        limit: request.limit,
        up_to: request.up_to.map_or(i64::MAX, |id| id.0),
    };
    let mut places = match listing::listing(conn, &request.scope, &ranks, request.unread_only)? {
        Listing::Ranges(ranges) => walk(conn, ranges, window)?,
        Listing::Scan(ranges) => scan(conn, &ranges, &ranks, window)?,
    };
    if !down {
        places.reverse();
    }
    Ok(places.into_iter().map(|place| place.id).collect())
}

/// Every id of a list, whatever its window.
pub(super) fn all_ids(conn: &Connection, request: &ListRequest) -> Result<Vec<i64>, StoreError> {
    ids(conn, &ListRequest { page: Page::First, limit: usize::MAX, ..request.clone() })
}

/// Reads rank after rank until the window is full.
fn walk(conn: &Connection, mut ranges: Vec<(i64, Vec<Range>)>, window: Window) -> Result<Vec<Place>, StoreError> {
    if !window.down {
        ranges.reverse();
    }
    let mut places = Vec::new();
    for (rank, ranges) in ranges {
        let bound = match window.from {
            Some(from) if from.rank == rank => Some((from.date, from.id)),
            Some(from) if (rank < from.rank) == window.down => continue,
            _ => None,
        };
        let wanted = window.limit.saturating_sub(places.len());
        let mut found = Vec::new();
        for range in &ranges {
            found.extend(read_range(conn, range, bound, window, wanted)?.into_iter().map(|(date, id)| Place {
                rank,
                date,
                id,
            }));
        }
        window.sort(&mut found);
        found.truncate(wanted);
        places.append(&mut found);
        if places.len() >= window.limit {
            break;
        }
    }
    Ok(places)
}

/// The nearest rows of one range beyond `bound`.
fn read_range(
    conn: &Connection,
    range: &Range,
    bound: Option<(i64, i64)>,
    window: Window,
    limit: usize,
) -> rusqlite::Result<Vec<(i64, i64)>> {
    let (sql, mut params) = range_query(range, bound, window.down, window.up_to);
    params.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
    conn.prepare_cached(&sql)?.query_map(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The query for the rows of a range, and its parameters but for the last, the limit.
fn range_query(range: &Range, bound: Option<(i64, i64)>, down: bool, up_to: i64) -> (String, Vec<Value>) {
    let (sign, direction) = if down { ("<", "DESC") } else { (">", "ASC") };
    let mut params = range.params.clone();
    let table = match range.sorted {
        Sorted::By(table) => table,
        Sorted::Document => "a",
    };
    let mut sql = format!("SELECT {table}.date, a.id {}", range.from);
    if up_to != i64::MAX {
        sql.push_str(" AND a.id <= ?");
        params.push(up_to.into());
    }
    match range.sorted {
        Sorted::By(table) => {
            let id = if table == "a" { "a.id" } else { "t.article" };
            if let Some((date, id_bound)) = bound {
                sql.extend([" AND (", table, ".date, ", id, ") ", sign, " (?, ?)"]);
                params.extend([date.into(), id_bound.into()]);
            }
            sql.extend([" ORDER BY ", table, ".date ", direction, ", ", id, " ", direction, " LIMIT ?"]);
        }
        Sorted::Document => {
            if let Some((date, id)) = bound {
                sql.extend([" AND article_fts.rowid ", sign, " ?"]);
                params.push(document(date, id & ID_MASK).into());
            }
            sql.extend([" ORDER BY article_fts.rowid ", direction, " LIMIT ?"]);
        }
    }
    (sql, params)
}

/// Looks at every row and keeps the nearest.
fn scan(conn: &Connection, ranges: &[Range], ranks: &Ranks, window: Window) -> Result<Vec<Place>, StoreError> {
    let mut places = Vec::new();
    // What is kept is cut back now and then, so that memory does not grow with the list.
    let most = window.limit.saturating_mul(2).saturating_add(1_024);
    for range in ranges {
        let mut select =
            conn.prepare_cached(&format!("SELECT a.date, a.id, a.feed, a.best {} AND a.id <= ?", range.from))?;
        let mut params = range.params.clone();
        params.push(Value::from(window.up_to));
        let mut rows = select.query(params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            let place = Place { rank: ranks.of_row(row.get(2)?, row.get(3)?), date: row.get(0)?, id: row.get(1)? };
            if window.admits(place) {
                places.push(place);
                if places.len() >= most {
                    window.sort(&mut places);
                    places.truncate(window.limit);
                }
            }
        }
    }
    window.sort(&mut places);
    places.truncate(window.limit);
    Ok(places)
}

/// All and unread of a scope, counted up to `most`; without a search they come from the counters.
pub(super) fn count(
    conn: &Connection,
    scope: &Scope,
    up_to: Option<ArticleId>,
    most: u64,
) -> Result<(u64, u64), StoreError> {
    use super::columns::count as unsigned;
    use super::counts::{self, Count, Counted};
    let kept = match scope {
        Scope::All => counts::read(conn, Counted::All)?,
        Scope::Topic(topic) => counts::of_topic(conn, *topic)?,
        Scope::Feed(feed) => counts::of_feed(conn, *feed)?,
        Scope::Saved | Scope::Search(_) | Scope::Topics(_) | Scope::Entity(_) | Scope::Covered | Scope::OffTopic => {
            let (all, unread) = count_rows(conn, scope, 0, up_to, most)?;
            return Ok((unsigned(all), unsigned(unread)));
        }
    };
    let (all, unread) = match up_to {
        Some(up_to) => count_rows(conn, scope, up_to.0, None, u64::MAX)?,
        None => (0, 0),
    };
    let Count { articles, unread: kept_unread, .. } = kept;
    Ok((unsigned(articles - all), unsigned(kept_unread - unread)))
}

/// Arrivals of a scope after an article.
pub(super) fn newer(conn: &Connection, scope: &Scope, than: ArticleId) -> Result<u64, StoreError> {
    let (all, _) = count_rows(conn, scope, than.0, None, u64::MAX)?;
    Ok(super::columns::count(all))
}

/// Rows of a scope, and unread ones among them, with ids after `after` and up to `up_to`, stopping at `most`.
fn count_rows(
    conn: &Connection,
    scope: &Scope,
    after: i64,
    up_to: Option<ArticleId>,
    most: u64,
) -> rusqlite::Result<(i64, i64)> {
    let recent = |condition: &str, params| {
        vec![Range { from: format!("FROM article a NOT INDEXED WHERE {condition}"), params, sorted: Sorted::By("a") }]
    };
    let ranges = match scope {
        // Few have arrived since: read them by id rather than by list.
        Scope::All if after > 0 => recent("a.shown = 1", Vec::new()),
        Scope::Feed(feed) if after > 0 => recent("a.shown = 1 AND a.feed = ?", vec![feed.0.into()]),
        Scope::Topic(topic) if after > 0 => {
            let byte = u8::try_from(topic.index()).unwrap_or(u8::MAX);
            recent("a.shown = 1 AND instr(a.topics, ?) > 0", vec![vec![byte].into()])
        }
        scope => match listing::listing(conn, scope, &Ranks::Date, false)? {
            Listing::Ranges(ranks) => ranks.into_iter().flat_map(|(_, ranges)| ranges).collect(),
            Listing::Scan(ranges) => ranges,
        },
    };
    let (mut all, mut unread) = (0, 0);
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    for Range { from, mut params, .. } in ranges {
        params.extend([
            Value::from(after),
            Value::from(up_to.map_or(i64::MAX, |id| id.0)),
            Value::from(most.saturating_sub(all)),
        ]);
        let sql = format!(
            "SELECT count(*), coalesce(sum(read = 0), 0) FROM (SELECT a.read AS read {from} AND a.id > ? AND a.id <= ? LIMIT ?)"
        );
        let counted: (i64, i64) =
            conn.prepare_cached(&sql)?.query_row(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))?;
        all += counted.0;
        unread += counted.1;
    }
    Ok((all, unread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::model::{FeedId, TopicId};
    use crate::query::{Query, Text};
    use crate::store::Store;

    /// The plans of the queries that a window is read with.
    async fn plans(store: &Store, scope: Scope, order: Order) -> Vec<String> {
        let explain = move |conn: &mut Connection| {
            let Listing::Ranges(ranks) = listing::listing(conn, &scope, &Ranks::of(conn, order)?, false)? else {
                return Ok(Vec::new());
            };
            let mut plans = Vec::new();
            for range in ranks.iter().flat_map(|(_, ranges)| ranges) {
                for (bound, down) in [(None, true), (None, false), (Some((5, 5)), true), (Some((5, 5)), false)] {
                    let (sql, mut params) = range_query(range, bound, down, 9);
                    params.push(Value::from(50));
                    let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let lines = explain.query_map(params_from_iter(params), |row| row.get::<_, String>(3))?;
                    plans.push(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("; "));
                }
            }
            Ok(plans)
        };
        store.0.reader.ask(crate::store::actor::Turn::Urgent, "planning", explain).await.expect("planned")
    }

    #[tokio::test]
    async fn windows_come_from_covering_indexes_without_sorting() {
        let store = Store::in_memory(Clock::system()).expect("made");
        let topic = TopicId::from_index(3).expect("a topic");
        let text = Query::Text(Text { words: vec!["port".into()], prefix: true });
        for (scope, order, wanted, at_least) in [
            (Scope::All, Order::Date, "COVERING INDEX list_date (read=?", 8),
            (Scope::All, Order::Topic, "COVERING INDEX list_best (best=? AND read=?", 100),
            (Scope::Feed(FeedId(1)), Order::Date, "COVERING INDEX list_feed (feed=? AND read=?", 8),
            (Scope::Topic(topic), Order::Date, "PRIMARY KEY (topic=? AND read=?", 8),
            (Scope::Saved, Order::Date, "INDEX list_saved", 4),
            (Scope::Search(text), Order::Date, "SCAN article_fts VIRTUAL TABLE INDEX", 4),
        ] {
            let plans = plans(&store, scope.clone(), order).await;
            assert!(plans.len() >= at_least, "{scope:?} {order:?}");
            for plan in plans {
                assert!(plan.contains(wanted) && !plan.contains("TEMP B-TREE"), "{scope:?} {order:?}: {plan}");
            }
        }
    }
}
