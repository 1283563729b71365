//! Rows of a damaged table: what comes before the damage, what comes after it, and what lies between several.

use rusqlite::types::Value;
use rusqlite::{Connection, Statement, ToSql};

use crate::store::StoreError;

/// Between two faults rows are looked for at so many places.
const PROBES: i64 = 2_000;
/// The largest id that is looked for where nothing says how large they are.
const LARGEST: i64 = 1 << 20;

/// Copies the rows of a table that can be read; those that fit nowhere, or are there already, are left out.
pub(super) fn copy(source: &Connection, target: &Connection, table: &str) -> Result<(), StoreError> {
    // A table that is not in the source, or whose description cannot be read, has no rows to give.
    let Ok(columns) = columns(source, table) else { return Ok(()) };
    let wanted = self::columns(target, table)?;
    // Each with what it is made of in the source.
    let columns: Vec<(String, &str)> = wanted
        .into_iter()
        .filter_map(|column| {
            let made_of = if columns.contains(&column) { "" } else { older(&column, &columns)? };
            Some((column, made_of))
        })
        .collect();
    if columns.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = columns.iter().map(|(column, _)| column.as_str()).collect();
    let (into, places) = (names.join(", "), vec!["?"; columns.len()].join(", "));
    let mut insert = target.prepare(&format!("INSERT OR IGNORE INTO {table} ({into}) VALUES ({places})"))?;
    let made_of = |(column, made_of): &(String, &'static str)| {
        if made_of.is_empty() { column.clone() } else { (*made_of).to_owned() }
    };
    let listed = columns.iter().map(made_of).collect::<Vec<_>>().join(", ");
    let has_rowid = source.prepare(&format!("SELECT rowid FROM {table}")).is_ok();
    if !has_rowid {
        // In the order of its key, which is its first two columns, and the other way round.
        for order in ["1, 2", "1 DESC, 2 DESC"] {
            if let Ok(mut select) = source.prepare(&format!("SELECT {listed} FROM {table} ORDER BY {order}")) {
                each(&mut select, &[], columns.len(), 0, &mut insert);
            }
        }
        return Ok(());
    }
    let mut forwards = format!("SELECT rowid, {listed} FROM {table} WHERE rowid >= ?1 ORDER BY rowid");
    let backwards = format!("SELECT rowid, {listed} FROM {table} ORDER BY rowid DESC");
    let Ok(mut select) = source.prepare(&forwards) else { return Ok(()) };
    let (last, whole) = each(&mut select, &[&i64::MIN], columns.len(), 1, &mut insert);
    if whole {
        return Ok(());
    }
    let Ok(mut reversed) = source.prepare(&backwards) else { return Ok(()) };
    let (first, _) = each(&mut reversed, &[], columns.len(), 1, &mut insert);
    // Ids count from 1. Where the end is damaged too, the largest there ever was is the bound.
    let from = last.unwrap_or(0).saturating_add(1);
    let until = first.unwrap_or_else(|| largest_id(source).saturating_add(1));
    let longest = (until.saturating_sub(from) / PROBES).max(1);
    forwards.insert_str(forwards.find(" ORDER").unwrap_or(forwards.len()), " AND rowid < ?2");
    let Ok(mut between) = source.prepare(&forwards) else { return Ok(()) };
    let (mut at, mut step) = (from, 1_i64);
    while at < until {
        let (last, whole) = each(&mut between, &[&at, &until], columns.len(), 1, &mut insert);
        if whole {
            break;
        }
        step = if last.is_some() { 1 } else { i64::min(step.saturating_mul(2), longest) };
        at = last.map_or(at, |last| last.max(at)).saturating_add(step);
    }
    Ok(())
}

/// What a column is made of where the source is of an older schema that had something else in its place.
fn older(column: &str, columns: &[String]) -> Option<&'static str> {
    let had = |name: &str| columns.iter().any(|column| column == name);
    (column == "texts" && had("plain") && had("content")).then_some("pack_texts(plain, summary, content)")
}

/// The largest id that SQLite gave in any table.
fn largest_id(source: &Connection) -> i64 {
    source.query_row("SELECT max(seq) FROM sqlite_sequence", [], |row| row.get(0)).unwrap_or(LARGEST)
}

/// Feeds by their addresses, which the table's index has too: those that the table itself did not give.
pub(super) fn copy_addresses(source: &Connection, target: &Connection) -> Result<(), StoreError> {
    let mut insert = target.prepare(
        "INSERT OR IGNORE INTO feed (id, url, name, topics, enabled, shown, position) VALUES (?1, ?2, ?2, x'', 1, 1, 0)",
    )?;
    if let Ok(mut select) = source.prepare("SELECT id, url FROM feed INDEXED BY sqlite_autoindex_feed_1 ORDER BY url") {
        each(&mut select, &[], 2, 0, &mut insert);
    }
    Ok(())
}

/// Inserts each row of a query until one cannot be read. Gives the number of the last one (its first column, when the row
/// begins after it), and whether all could be read.
fn each(
    select: &mut Statement<'_>,
    parameters: &[&dyn ToSql],
    columns: usize,
    skipped: usize,
    insert: &mut Statement<'_>,
) -> (Option<i64>, bool) {
    let mut last = None;
    let Ok(mut rows) = select.query(parameters) else { return (last, false) };
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                last = row.get(0).ok().or(last);
                let values: rusqlite::Result<Vec<Value>> =
                    (0..columns).map(|column| row.get(column + skipped)).collect();
                // What is no row of this table is refused by the table's own rules.
                if let Ok(values) = values {
                    insert.execute(rusqlite::params_from_iter(values)).ok();
                }
            }
            Ok(None) => return (last, true),
            Err(_) => return (last, false),
        }
    }
}

fn columns(conn: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let all = conn.prepare(&format!("SELECT * FROM {table}"))?;
    Ok(all.column_names().map(str::to_owned).collect())
}
