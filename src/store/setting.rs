//! Numbers that the store remembers by name.

use rusqlite::{Connection, OptionalExtension};

/// What is remembered under a name; none when nothing is.
pub(super) fn get(conn: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT value FROM setting WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()
}

/// Remembers a number under a name.
pub(super) fn set(conn: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    let mut set = conn.prepare_cached("INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)")?;
    set.execute((name, value)).map(drop)
}
