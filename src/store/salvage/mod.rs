//! Salvage: a new database of all that can still be read of a damaged one, which is only read. What was kept incrementally
//! (counters, lists, stories, labels, the text index) is not taken over but made anew.

mod header;
mod rows;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::backup::{name, read_alone};
use super::columns::{best_topic, count};
use super::open::{beside, has_no_room, private_folder, sync_folder};
use super::{StoreError, recount, schema, texts};
use crate::clock::Clock;

/// What was found, and where it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Salvaged {
    /// The new database, among the backups; it takes the place of the damaged one when it is restored.
    pub path: PathBuf,
    /// Feeds in it.
    pub feeds: u64,
    /// Articles in it.
    pub articles: u64,
    /// Those that were saved or have a note.
    pub kept: u64,
}

/// What is taken over, in this order: tables whose rows are the publisher's or the user's.
const TABLES: [&str; 11] = [
    "feed",
    "poll",
    "author",
    "via",
    "article",
    "article_text",
    "article_state",
    "read_elsewhere",
    "full_text",
    "reading_place",
    "hand_rule",
];

/// Makes what hangs together hang together again.
const REPAIR: &[&str] = &[
    "DELETE FROM article WHERE feed NOT IN (SELECT id FROM feed)",
    "DELETE FROM poll WHERE feed NOT IN (SELECT id FROM feed)",
    "UPDATE article SET author = NULL WHERE author NOT IN (SELECT id FROM author)",
    "UPDATE article SET via = NULL",
    "DELETE FROM via",
    "UPDATE article SET scores = x'', entities = x'', genres = 0, story = NULL, copy_of = NULL, topics = x''",
    // A mark stands with the article and by itself: one of both is enough.
    "INSERT OR IGNORE INTO article_state (feed, key, read, saved, note)
        SELECT feed, key, read, saved, NULL FROM article WHERE read = 1 OR saved = 1",
    "UPDATE article SET (read, saved, noted) = (SELECT coalesce(max(s.read), 0), coalesce(max(s.saved), 0),
        coalesce(max(s.note IS NOT NULL), 0) FROM article_state s WHERE s.feed = article.feed AND s.key = article.key)",
    "UPDATE article SET shown = (SELECT shown FROM feed WHERE id = article.feed)",
    "UPDATE article SET row_date = iif(shown = 1, date, NULL)",
    "INSERT OR IGNORE INTO article_text SELECT id, '[]', '[]', x'' FROM article",
    "UPDATE article_text SET texts = x'' WHERE NOT is_sound(texts)",
    "DELETE FROM article_text WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM full_text WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.id = full_text.article AND a.date = full_text.date)",
    "DELETE FROM reading_place WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM hand_rule WHERE article NOT IN (SELECT id FROM article) OR other NOT IN (SELECT id FROM article)",
    "INSERT INTO index_queue SELECT id FROM article",
    "INSERT INTO place_again SELECT date, id FROM article",
    "UPDATE setting SET value = (SELECT coalesce(max(id), 0) FROM article) WHERE name = 'label_below'",
    "INSERT INTO counter (kind, key, articles, unread, saved, leads, unread_leads)
        SELECT kind, key, count(*), sum(read = 0), sum(saved), count(*), sum(read = 0) FROM (
            SELECT 0 AS kind, 0 AS key, read, saved FROM article WHERE shown = 1
            UNION ALL SELECT 1, feed, read, saved FROM article WHERE shown = 1
            UNION ALL SELECT 3, 0, read, saved FROM article WHERE shown = 1) GROUP BY kind, key",
];

/// Reads what can be read of the database, with its log, and makes a new one of it among the backups. Blocking: about as
/// long as reading the file takes. The damaged file is not touched.
///
/// # Errors
/// When there is no file, nothing of it can be read, or the new one cannot be written.
pub fn salvage(database: &Path, backups: &Path, clock: &Clock) -> Result<Salvaged, StoreError> {
    if !database.is_file() {
        return Err(StoreError::other(database.display().to_string(), "there is no such file"));
    }
    private_folder(backups)?;
    salvage_into(database, backups, clock).map_err(|error| match error {
        // SQLite has other words for a file that it cannot make for want of room.
        _ if has_no_room(backups) => StoreError::DiskFull { what: "what was salvaged".to_owned() },
        error => error,
    })
}

fn salvage_into(database: &Path, backups: &Path, clock: &Clock) -> Result<Salvaged, StoreError> {
    // The copies that are worked on go away with this folder.
    let work = tempfile::Builder::new()
        .prefix(".salvage-")
        .tempdir_in(backups)
        .map_err(|error| StoreError::io("making a folder in", backups, &error))?;
    let doing = |error: StoreError| error.placed(database, "salvaging");
    let mut best: Option<(Salvaged, PathBuf)> = None;
    let damaged = work.path().join("damaged.db");
    copy_with_log(database, &damaged)?;
    for attempt in [header::Attempt::AsItIs, header::Attempt::NewHeader, header::Attempt::NewSchema] {
        let made = work.path().join(format!("{attempt:?}.db"));
        let fresh = fresh(&made, backups, clock).map_err(doing)?;
        header::prepare(&damaged, attempt, &made)?;
        // A file that cannot be read this way may be readable in the next.
        let source = read_alone(&damaged).map_err(doing)?;
        texts::teach_texts(&source)?;
        let found = take_over(&source, fresh).map_err(doing)?;
        if best.as_ref().is_none_or(|(known, _)| (found.feeds, found.articles) > (known.feeds, known.articles)) {
            best = Some((found, made));
        }
    }
    let Some((found, made)) = best.filter(|(found, _)| found.feeds > 0) else {
        return Err(StoreError::other(
            format!("nothing can be read of {}", database.display()),
            "`tidings backup list` shows what can be restored",
        ));
    };
    let path = backups.join(name("salvaged-", clock.now()));
    fs::File::open(&made)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&made, &path))
        .map_err(|error| StoreError::io("naming", &path, &error))?;
    sync_folder(&path);
    Ok(Salvaged { path, ..found })
}

/// Copies the database, and writes what its log has into the copy as far as the log is sound.
fn copy_with_log(database: &Path, copy: &Path) -> Result<(), StoreError> {
    let copied =
        |from: &Path, to: &Path| fs::copy(from, to).map(drop).map_err(|error| StoreError::io("copying", from, &error));
    copied(database, copy)?;
    let (log, its) = (beside(database, "-wal"), beside(copy, "-wal"));
    if log.is_file() {
        copied(&log, &its)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let written = Connection::open_with_flags(copy, flags)
            .and_then(|conn| conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())));
        if let Err(error) = written {
            tracing::warn!(%error, "the log cannot be read; what only the log has is lost");
            copied(database, copy)?;
        }
        for suffix in ["-wal", "-shm"] {
            let _ = fs::remove_file(beside(copy, suffix));
        }
    }
    Ok(())
}

/// An empty database of today's schema, in one file.
fn fresh(path: &Path, backups: &Path, clock: &Clock) -> Result<Connection, StoreError> {
    let mut conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA journal_mode = delete; PRAGMA synchronous = off; PRAGMA temp_store = memory;")?;
    texts::teach_texts(&conn)?;
    schema::migrate(&mut conn, path, backups, clock, &mut |_| ())?;
    Ok(conn)
}

/// Takes over every row that can be read, and repairs what hangs together.
fn take_over(source: &Connection, mut fresh: Connection) -> Result<Salvaged, StoreError> {
    let tx = fresh.transaction()?;
    for table in TABLES {
        rows::copy(source, &tx, table)?;
    }
    rows::copy_addresses(source, &tx)?;
    for sql in REPAIR {
        tx.execute(sql, [])?;
    }
    tx.execute("UPDATE article SET best = ?1", [best_topic(&[])])?;
    let number = |sql: &str| tx.query_row(sql, [], |row| row.get(0)).map(count);
    let found = Salvaged {
        path: PathBuf::new(),
        feeds: number("SELECT count(*) FROM feed")?,
        articles: number("SELECT count(*) FROM article")?,
        kept: number("SELECT count(*) FROM article WHERE saved = 1 OR noted = 1")?,
    };
    let faults = recount::faults(&tx)?;
    if !faults.is_empty() {
        return Err(StoreError::other("what was salvaged does not hang together", faults.join("; ")));
    }
    tx.commit()?;
    fresh.close().map_err(|(_, error)| error)?;
    Ok(found)
}
