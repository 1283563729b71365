//! Windows of a list: keyset paging in every scope and order.

use std::collections::{HashMap, HashSet};

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::columns::{ID_MASK, date_time, document, topics_from_blob};
use super::listing::{self, Listing, Range, Sorted};
use super::ranks::Ranks;
use super::{StoreError, covered, rows};
use crate::model::Headline;
use crate::query::{Cursor, ListRequest, Order, Page, Rows, Scope};

/// A row's place in a list: rank ascending, then date and id descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    rank: i64,
    pub(super) date: i64,
    pub(super) id: i64,
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

    /// Sorts, and leaves out rows that came from several ranges.
    fn sort(&self, places: &mut Vec<Place>) {
        if self.down {
            places.sort_unstable_by_key(|place| place.key());
        } else {
            places.sort_unstable_by_key(|place| std::cmp::Reverse(place.key()));
        }
        places.dedup();
    }
}

/// One window of a list, in list order. The date of a story's row is the one it is sorted by.
pub(super) fn headlines(conn: &Connection, request: &ListRequest) -> Result<Vec<Headline>, StoreError> {
    // One read transaction, so that the ids and their rows are of one moment.
    let tx = conn.unchecked_transaction()?;
    if request.scope == Scope::Covered {
        return covered::headlines(&tx, request);
    }
    let places = places(&tx, request)?;
    let mut rows = rows::headlines(&tx, places.iter().map(|place| place.id))?;
    if request.scope.rows(request.rows) == Rows::Stories {
        let dates: HashMap<i64, i64> = places.iter().map(|place| (place.id, place.date)).collect();
        for row in &mut rows {
            row.date = dates.get(&row.id.0).map_or(row.date, |date| date_time(*date));
        }
    }
    Ok(rows)
}

/// The rows of a window, in list order.
fn places(conn: &Connection, request: &ListRequest) -> Result<Vec<Place>, StoreError> {
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
    let rows = request.scope.rows(request.rows);
    let lifted = match (rows, request.up_to) {
        (Rows::Stories, Some(up_to)) => Lifted::since(conn, up_to.0, &request.scope, request.unread_only, &ranks)?,
        _ => Lifted::default(),
    };
    let mut places = match listing::listing(conn, &request.scope, rows, &ranks, request.unread_only, request.limit)? {
        Listing::Ranges(ranges) => walk(conn, ranges, window, &lifted)?,
        Listing::Scan(ranges) => scan(conn, &ranges, &ranks, window, &lifted)?,
    };
    if !down {
        places.reverse();
    }
    Ok(places)
}

/// Every id of a list, whatever its window.
pub(super) fn all_ids(conn: &Connection, request: &ListRequest) -> Result<Vec<i64>, StoreError> {
    let all = ListRequest { page: Page::First, limit: usize::MAX, ..request.clone() };
    if request.scope == Scope::Covered {
        return Ok(covered::headlines(conn, &all)?.into_iter().map(|row| row.id.0).collect());
    }
    Ok(places(conn, &all)?.into_iter().map(|place| place.id).collect())
}

/// Rows of stories that were lifted by what came after the list was shown. They stay where they were: their places are
/// reckoned from what had arrived by then, in place of those in the index.
#[derive(Debug, Default)]
struct Lifted {
    ids: HashSet<i64>,
    places: Vec<Place>,
}

impl Lifted {
    fn since(conn: &Connection, up_to: i64, scope: &Scope, unread_only: bool, ranks: &Ranks) -> rusqlite::Result<Self> {
        let mut select = conn.prepare_cached(
            "SELECT l.id, l.feed, l.best, l.read, l.topics, (SELECT max(a.date) FROM article a
                WHERE a.story = s.id AND a.id <= ?1 AND a.shown = 1 AND (a.copy_of IS NULL OR a.id = s.lead))
             FROM story s INDEXED BY story_newest CROSS JOIN article l ON l.id = s.lead WHERE s.newest > ?1 AND s.lead <= ?1",
        )?;
        let mut rows = select.query([up_to])?;
        let mut lifted = Self::default();
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            lifted.ids.insert(id);
            let topics = topics_from_blob(row.get_ref(4)?.as_blob()?);
            let belongs = match scope {
                Scope::Topic(topic) => topics.contains(topic),
                Scope::Topics(any) => any.iter().any(|topic| topics.contains(topic)),
                _ => true,
            };
            if belongs && !(unread_only && row.get(3)?) {
                lifted.places.push(Place { rank: ranks.of_row(row.get(1)?, row.get(2)?), date: row.get(5)?, id });
            }
        }
        Ok(lifted)
    }

    /// Takes the rows from the index that are no longer where they were, and adds them where they were.
    fn set_back(&self, found: &mut Vec<Place>, window: &Window, is_here: impl Fn(&Place) -> bool) {
        if !self.ids.is_empty() {
            found.retain(|place| !self.ids.contains(&place.id));
            found.extend(self.places.iter().filter(|place| is_here(place) && window.admits(**place)));
        }
    }
}

/// Reads rank after rank until the window is full.
fn walk(
    conn: &Connection,
    mut ranges: Vec<(i64, Vec<Range>)>,
    window: Window,
    lifted: &Lifted,
) -> Result<Vec<Place>, StoreError> {
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
            // Lifted rows may stand where others belong.
            let read = read_range(conn, range, bound, window, wanted.saturating_add(lifted.ids.len()))?;
            found.extend(read.into_iter().map(|(date, id)| Place { rank, date, id }));
        }
        lifted.set_back(&mut found, &window, |place| place.rank == rank);
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
    let mut sql = format!("SELECT {}, a.id {}", range.sorted.date(), range.from);
    if up_to != i64::MAX {
        sql.push_str(" AND a.id <= ?");
        params.push(up_to.into());
    }
    match range.sorted {
        Sorted::By { date, id } => {
            if let Some((date_bound, id_bound)) = bound {
                sql.extend([" AND (", date, ", ", id, ") ", sign, " (?, ?)"]);
                params.extend([date_bound.into(), id_bound.into()]);
            }
            sql.extend([" ORDER BY ", date, " ", direction, ", ", id, " ", direction, " LIMIT ?"]);
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
fn scan(
    conn: &Connection,
    ranges: &[Range],
    ranks: &Ranks,
    window: Window,
    lifted: &Lifted,
) -> Result<Vec<Place>, StoreError> {
    let mut places = Vec::new();
    lifted.set_back(&mut places, &window, |_| true);
    // What is kept is cut back now and then, so that memory does not grow with the list.
    let most = window.limit.saturating_mul(2).saturating_add(1_024);
    for range in ranges {
        let date = range.sorted.date();
        let mut select =
            conn.prepare_cached(&format!("SELECT {date}, a.id, a.feed, a.best {} AND a.id <= ?", range.from))?;
        let mut params = range.params.clone();
        params.push(Value::from(window.up_to));
        let mut rows = select.query(params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            let place = Place { rank: ranks.of_row(row.get(2)?, row.get(3)?), date: row.get(0)?, id: row.get(1)? };
            if window.admits(place) && !lifted.ids.contains(&place.id) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::model::{FeedId, TopicId};
    use crate::query::{Query, Text};
    use crate::store::Store;

    /// The plans of the queries that a window is read with.
    async fn plans(store: &Store, scope: Scope, rows: Rows, order: Order) -> Vec<String> {
        let explain = move |conn: &mut Connection| {
            let Listing::Ranges(ranks) = listing::listing(conn, &scope, rows, &Ranks::of(conn, order)?, false, 50)?
            else {
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
        let fill = |conn: &mut Connection| {
            conn.execute_batch(
                "INSERT INTO counter (kind, key, articles, unread, saved, leads, unread_leads) VALUES (1, 1, 1, 1, 0, 1, 1);
                 INSERT INTO feed (url, name, topics, enabled, shown, position) VALUES ('https://a.example/', 'A', x'', 1, 1, 0);
                 INSERT INTO entity (id, name, folded, kind) VALUES ('oc:known', 'Known', 'known', 'port');",
            )?;
            Ok(())
        };
        store.0.writer.ask(crate::store::actor::Turn::Urgent, "filling", fill).await.expect("filled");
        let topic = TopicId::from_index(3).expect("a topic");
        let text = Query::Text(Text { words: vec!["port".into()], prefix: true });
        let is_read = Query::Not(Box::new(Query::Unread));
        let read_text = Query::And(vec![text.clone(), is_read.clone()]);
        let (articles, stories) = (Rows::Articles, Rows::Stories);
        for (scope, rows, order, wanted, at_least) in [
            (Scope::All, articles, Order::Date, "COVERING INDEX list_date (read=?", 8),
            (Scope::All, articles, Order::Topic, "COVERING INDEX list_best (best=? AND read=?", 100),
            (Scope::All, stories, Order::Date, "COVERING INDEX row_list (read=?", 8),
            (Scope::All, stories, Order::Topic, "COVERING INDEX row_best (best=? AND read=?", 100),
            (Scope::All, stories, Order::Source, "COVERING INDEX row_feed (feed=? AND read=?", 8),
            (Scope::Feed(FeedId(1)), articles, Order::Date, "COVERING INDEX list_feed (feed=? AND read=?", 8),
            (Scope::OffTopic, articles, Order::Date, "COVERING INDEX list_best (best=? AND read=?", 8),
            (Scope::Search(Query::OffTopic), articles, Order::Date, "INDEX list_best (best=? AND read=?", 8),
            (Scope::Search(is_read.clone()), articles, Order::Date, "COVERING INDEX list_date (read=?", 4),
            // None is read: the article is looked up in the index of words, rather than the words' articles one by one.
            (Scope::Search(read_text), articles, Order::Date, "SCAN article_fts EXISTS", 4),
            (Scope::Topic(topic), articles, Order::Date, "article_topic USING PRIMARY KEY (topic=? AND read=?", 8),
            (Scope::Topic(topic), stories, Order::Date, "row_topic USING PRIMARY KEY (topic=? AND read=?", 8),
            (
                Scope::Topics(vec![topic, topic]),
                stories,
                Order::Date,
                "row_topic USING PRIMARY KEY (topic=? AND read=?",
                16,
            ),
            (Scope::Entity("oc:known".into()), articles, Order::Date, "t USING PRIMARY KEY (entity=?", 4),
            (Scope::Saved, articles, Order::Date, "INDEX list_saved", 4),
            (Scope::Search(text), articles, Order::Date, "SCAN article_fts VIRTUAL TABLE INDEX", 4),
        ] {
            let plans = plans(&store, scope.clone(), rows, order).await;
            assert!(plans.len() >= at_least, "{scope:?} {order:?}: {plans:?}");
            for plan in plans {
                assert!(plan.contains(wanted) && !plan.contains("TEMP B-TREE"), "{scope:?} {order:?}: {plan}");
            }
        }
    }
}
