//! The schema and its numbered migrations, counted in `PRAGMA user_version`. A released migration is never edited.

use std::path::Path;

use rusqlite::fallible_iterator::FallibleIterator as _;
use rusqlite::{Batch, Connection, Transaction, TransactionBehavior};

use super::StoreError;
use super::backup;
use super::update::{Update, UpdateStep, Watcher};
use crate::clock::Clock;

/// Every migration; the n-th brings schema n-1 to schema n.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_desk.sql"),
    include_str!("migrations/0002_beat.sql"),
    include_str!("migrations/0003_reading.sql"),
    include_str!("migrations/0004_texts.sql"),
];

/// Articles that one run of a statement with a span of ids changes.
const SPAN: i64 = 500;

/// `PRAGMA application_id`: "tidi" in ASCII, for `file` and the like.
const APPLICATION_ID: i32 = 0x7469_6469;

/// The schema this program writes.
pub(super) fn known_version() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The schema a database has; 0 for an empty file.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings the database to [`known_version`], with a copy in `backups` before each step that changes stored data.
///
/// A step is one transaction: when it fails, the database is as it was. Two processes may start at once:
/// the version is read again under the write lock.
pub(super) fn migrate(
    conn: &mut Connection,
    path: &Path,
    backups: &Path,
    clock: &Clock,
    watcher: Watcher<'_>,
) -> Result<(), StoreError> {
    let created = version(conn)? == 0;
    loop {
        let found = version(conn)?;
        if found > known_version() {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: known_version() });
        }
        let Some(step) = usize::try_from(found).ok().and_then(|at| MIGRATIONS.get(at)) else {
            return Ok(conn.execute_batch("PRAGMA temp_store = memory")?);
        };
        // Between the steps of a new database there is nothing to keep.
        if found > 0 && !created {
            let mut tell = |step| watcher(Update { to: found + 1, step });
            backup::before_migration(conn, backups, found, clock, &mut tell)?;
            tell(UpdateStep::Changing);
            // What SQLite keeps to take back a single statement, of a large library hundreds of megabytes, goes to a file.
            conn.execute_batch("PRAGMA temp_store = file")?;
        }
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&tx)? == found {
            take(&tx, step)?;
            tx.pragma_update(None, "user_version", found + 1)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.commit()?;
        }
    }
}

/// Takes a step. A statement with two parameters is run for one span of articles' ids after another: what SQLite keeps to
/// take it back alone is then small.
fn take(tx: &Transaction<'_>, step: &str) -> rusqlite::Result<()> {
    if !step.contains("?1") {
        return tx.execute_batch(step);
    }
    let mut statements = Batch::new(tx, step);
    while let Some(mut statement) = statements.next()? {
        if statement.parameter_count() == 0 {
            statement.execute([])?;
            continue;
        }
        let last: i64 = tx.query_row("SELECT coalesce(max(id), 0) FROM article", [], |row| row.get(0))?;
        let mut from = 0;
        while from <= last {
            statement.execute((from, from + SPAN - 1))?;
            from += SPAN;
        }
    }
    Ok(())
}
