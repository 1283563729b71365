//! Names for completion: authors and feeds.

use rusqlite::Connection;

use super::StoreError;
use crate::text::fold;

/// Distinct names of authors and shown feeds that begin with `prefix`, whatever the case; sorted, at most `limit`.
pub(super) fn complete(conn: &Connection, prefix: &str, limit: usize) -> Result<Vec<String>, StoreError> {
    let prefix = fold(prefix);
    let mut names: Vec<(String, String)> = conn
        .prepare_cached("SELECT folded, name FROM author WHERE folded >= ?1 AND folded < ?1 || char(1114111) ORDER BY folded LIMIT ?2")?
        .query_map((&prefix, i64::try_from(limit).unwrap_or(i64::MAX)), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let feeds: Vec<String> = conn
        .prepare_cached("SELECT name FROM feed WHERE shown = 1")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names.extend(feeds.into_iter().map(|name| (fold(&name), name)).filter(|(folded, _)| folded.starts_with(&prefix)));
    names.sort_unstable();
    names.dedup();
    names.truncate(limit);
    Ok(names.into_iter().map(|(_, name)| name).collect())
}

/// Names that articles are taken from and that begin with `prefix`, whatever the case; sorted, at most `limit`.
pub(super) fn complete_via(conn: &Connection, prefix: &str, limit: usize) -> Result<Vec<String>, StoreError> {
    Ok(conn
        .prepare_cached(
            "SELECT name FROM via WHERE folded >= ?1 AND folded < ?1 || char(1114111) ORDER BY folded LIMIT ?2",
        )?
        .query_map((fold(prefix), i64::try_from(limit).unwrap_or(i64::MAX)), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}
