//! How many rows a list has, how many of them are unread, and how many came since.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::columns::count as unsigned;
use super::counts::{self, Count, Counted};
use super::listing::{self, Listing, Range, Sorted};
use super::ranks::Ranks;
use super::{StoreError, covered};
use crate::model::ArticleId;
use crate::query::{Rows, Scope};

/// All and unread rows of a scope, counted up to `most`; without a search they come from the counters.
pub(super) fn count(
    conn: &Connection,
    scope: &Scope,
    rows: Rows,
    up_to: Option<ArticleId>,
    most: u64,
) -> Result<(u64, u64), StoreError> {
    let rows = scope.rows(rows);
    let kept = match scope {
        Scope::All => counts::read(conn, Counted::All)?,
        Scope::Topic(topic) => counts::of_topic(conn, *topic)?,
        Scope::Feed(feed) => counts::of_feed(conn, *feed)?,
        Scope::OffTopic => counts::read(conn, Counted::OffTopic)?,
        Scope::Covered => return covered::count(conn, up_to),
        Scope::Saved | Scope::Search(_) | Scope::Topics(_) | Scope::Entity(_) => {
            let (all, unread) = count_rows(conn, scope, rows, 0, up_to, most)?;
            return Ok((unsigned(all), unsigned(unread)));
        }
    };
    let (all, unread) = match up_to {
        Some(up_to) => count_rows(conn, scope, rows, up_to.0, None, u64::MAX)?,
        None => (0, 0),
    };
    let Count { articles, unread: unread_articles, leads, unread_leads, .. } = kept;
    Ok(match rows {
        Rows::Articles => (unsigned(articles - all), unsigned(unread_articles - unread)),
        Rows::Stories => (unsigned(leads - all), unsigned(unread_leads - unread)),
    })
}

/// Rows of a scope that are new after `than`, up to `newest`: articles, or stories that came or were lifted by new coverage.
pub(super) fn newer(
    conn: &Connection,
    scope: &Scope,
    rows: Rows,
    than: ArticleId,
    newest: Option<ArticleId>,
) -> Result<u64, StoreError> {
    if *scope == Scope::Covered {
        return Ok(0);
    }
    if scope.rows(rows) == Rows::Articles {
        let (all, _) = count_rows(conn, scope, Rows::Articles, than.0, newest, u64::MAX)?;
        return Ok(unsigned(all));
    }
    let mut sql = "SELECT count(DISTINCT l.id) FROM article a NOT INDEXED LEFT JOIN story s ON s.id = a.story
        JOIN article l ON l.id = coalesce(s.lead, a.id)
        WHERE a.id > ? AND a.id <= ? AND a.shown = 1 AND (a.copy_of IS NULL OR a.id = l.id)"
        .to_owned();
    let mut params = vec![Value::from(than.0), Value::from(newest.map_or(i64::MAX, |id| id.0))];
    let topics = match scope {
        Scope::Topic(topic) => std::slice::from_ref(topic),
        Scope::Topics(topics) => topics.as_slice(),
        _ => &[],
    };
    if matches!(scope, Scope::Topic(_) | Scope::Topics(_)) {
        // Not plainly 0, as in `search`.
        let any = if topics.is_empty() { vec!["a.id < 0"] } else { vec!["instr(l.topics, ?) > 0"; topics.len()] };
        sql.extend([" AND (", &any.join(" OR "), ")"]);
        params.extend(topics.iter().map(|topic| Value::from(vec![u8::try_from(topic.index()).unwrap_or(u8::MAX)])));
    }
    let new: i64 = conn.prepare_cached(&sql)?.query_row(params_from_iter(params), |row| row.get(0))?;
    Ok(unsigned(new))
}

/// Rows of a scope, and unread ones among them, with ids after `after` and up to `up_to`, stopping at `most`.
fn count_rows(
    conn: &Connection,
    scope: &Scope,
    rows: Rows,
    after: i64,
    up_to: Option<ArticleId>,
    most: u64,
) -> rusqlite::Result<(i64, i64)> {
    let flag = if rows == Rows::Stories { "a.row_date IS NOT NULL" } else { "a.shown = 1" };
    let recent = |condition: &str, params| {
        let from = format!("FROM article a NOT INDEXED WHERE {flag}{condition}");
        vec![Range { from, params, sorted: Sorted::ARTICLES, overlaps: false }]
    };
    let ranges = match scope {
        // Few have arrived since: read them by id rather than by list.
        Scope::All if after > 0 => recent("", Vec::new()),
        Scope::Feed(feed) if after > 0 => recent(" AND a.feed = ?", vec![feed.0.into()]),
        Scope::OffTopic if after > 0 => recent(" AND a.topics = x''", Vec::new()),
        Scope::Topic(topic) if after > 0 => {
            let byte = u8::try_from(topic.index()).unwrap_or(u8::MAX);
            recent(" AND instr(a.topics, ?) > 0", vec![vec![byte].into()])
        }
        scope => match listing::listing(conn, scope, rows, &Ranks::Date, false, usize::MAX)? {
            Listing::Ranges(ranks) => ranks.into_iter().flat_map(|(_, ranges)| ranges).collect(),
            Listing::Scan(ranges) => ranges,
        },
    };
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let bounds = |params: &mut Vec<Value>| {
        params.extend([Value::from(after), Value::from(up_to.map_or(i64::MAX, |id| id.0))]);
    };
    let read = |rows: &str, params: Vec<Value>| -> rusqlite::Result<(i64, i64)> {
        let sql = format!("SELECT count(*), coalesce(sum(read = 0), 0) FROM ({rows} LIMIT ?)");
        conn.prepare_cached(&sql)?.query_row(params_from_iter(params), |row| Ok((row.get(0)?, row.get(1)?)))
    };
    let select = |range: &Range| format!("SELECT a.id AS id, a.read AS read {} AND a.id > ? AND a.id <= ?", range.from);
    if ranges.iter().any(|range| range.overlaps) {
        // UNION counts a row once that is in several of them.
        let mut params = Vec::new();
        for range in &ranges {
            params.extend(range.params.iter().cloned());
            bounds(&mut params);
        }
        params.push(most.into());
        return read(&ranges.iter().map(select).collect::<Vec<_>>().join(" UNION "), params);
    }
    let (mut all, mut unread) = (0, 0);
    for range in ranges {
        let sql = select(&range);
        let mut params = range.params;
        bounds(&mut params);
        params.push(most.saturating_sub(all).into());
        let counted = read(&sql, params)?;
        all += counted.0;
        unread += counted.1;
    }
    Ok((all, unread))
}
