//! Opening the database: looks before it touches, creates privately, falls back to reading.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::access::Mode;
use super::actor::Housekeeping;
use super::backup::newest_copy;
use super::update::Watcher;
use super::{StoreError, begun, index, own_words, schema, texts};
use crate::clock::Clock;

/// The oldest SQLite whose known faults do not touch us (THREATS R4): 3.51.3.
const SQLITE_FLOOR: i32 = 3_051_003;
/// How long a statement waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(10);
/// How old a transaction may be to which more is added: with its last part and the commit it ends within 50 ms.
const YOUNG: Duration = Duration::from_millis(25);
/// A write-ahead log of so many pages (128 MiB) is written back by the writer itself: the checkpoint thread is not keeping up.
const CHECKPOINT_PAGES: i64 = 32_768;

/// Bytes of a log that was written back that are kept for the next writes: cutting it off and growing it again takes time.
const LOG_KEPT: i64 = 64 << 20;

/// A database that was opened.
pub(super) struct Opened {
    /// The writer's connection, or a reading one when the file cannot be written.
    pub(super) conn: Connection,
    /// Whether it can be written.
    pub(super) mode: Mode,
    /// The copy that was there when this database was begun, and still is; see [`begun`].
    pub(super) begun_beside: Option<String>,
}

/// Housekeeping of the writer: the text index is tidied, page memory is given back, and the log is emptied at the end.
pub(super) const WRITER: Housekeeping = Housekeeping {
    idle: |conn| {
        if !is_reading(conn) && note(index::tidy(conn), "tidying the text index") == Some(true) {
            return true;
        }
        note(conn.release_memory(), "giving memory back");
        false
    },
    end: |conn| {
        if is_reading(conn) {
            return;
        }
        // Not waiting for whoever reads or writes beside us: the log is safe where it is, and the next one to close
        // writes it back.
        note(conn.busy_timeout(Duration::ZERO), "closing");
        note(conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"), "writing the log back");
    },
    young: YOUNG,
};

/// Housekeeping of the reader: page memory is given back after a spell of work.
pub(super) const READER: Housekeeping = Housekeeping {
    idle: |conn| {
        note(conn.release_memory(), "giving memory back");
        false
    },
    end: |_| {},
    young: YOUNG,
};

/// True of a connection that cannot write.
fn is_reading(conn: &Connection) -> bool {
    conn.is_readonly("main").unwrap_or(true)
}

fn note<T>(result: rusqlite::Result<T>, doing: &str) -> Option<T> {
    result.inspect_err(|error| tracing::warn!(%error, "{doing} failed; it is done later")).ok()
}

/// Opens or creates the database at `path` and brings its schema up to date.
pub(super) fn open(path: &Path, backups: &Path, clock: &Clock, watcher: Watcher<'_>) -> Result<Opened, StoreError> {
    if rusqlite::version_number() < SQLITE_FLOOR {
        return Err(StoreError::other("SQLite is too old", rusqlite::version()));
    }
    match look(path).map_err(|error| error.placed(path, "opening"))? {
        // A file without a byte is a database without a table to SQLite; to somebody who has backups it is a lost one.
        Some(0) if newest_copy(backups).is_some() && fs::metadata(path).is_ok_and(|about| about.len() == 0) => {
            return Err(StoreError::damaged(path, "it is empty").placed(path, "opening"));
        }
        Some(found) if found > schema::known_version() => {
            return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::known_version() });
        }
        Some(_) => {}
        None => create(path)?,
    }
    let opened = open_to_write(path).and_then(|mut conn| {
        // Also one that was begun a moment ago and got no further.
        let is_new = schema::version(&conn)? == 0;
        schema::migrate(&mut conn, path, backups, clock, watcher)?;
        forget_statistics(&conn)?;
        let begun_beside = begun::beside(&conn, backups, is_new)?;
        Ok(Opened { conn, mode: Mode::WRITING, begun_beside })
    });
    match opened {
        Ok(opened) => Ok(opened),
        Err(error @ (StoreError::Newer { .. } | StoreError::Damaged { .. })) => Err(error.placed(path, "opening")),
        Err(refused) => {
            // A full disk refuses as a read-only folder does, or as a broken disk: the log cannot be made.
            let full = path.parent().is_some_and(has_no_room);
            if !full && !is_refusal(&refused) {
                return Err(refused.placed(path, "opening"));
            }
            tracing::info!(%refused, "opening {} for reading", path.display());
            open_to_read(path)
                .map(|opened| Opened { mode: Mode { full, ..opened.mode }, ..opened })
                .map_err(|error| if full { StoreError::DiskFull { what: path.display().to_string() } } else { error })
        }
    }
}

/// Takes away what `ANALYZE` and `PRAGMA optimize` noted of the tables: with it a query is planned by what the tables held when
/// somebody last looked (a queue is empty then, a library small), without it always in the one way that it is tested in. A
/// connection that read them already knows them to its end.
fn forget_statistics(conn: &Connection) -> rusqlite::Result<()> {
    if conn.table_exists(None, "sqlite_stat1")? {
        conn.execute_batch("DROP TABLE sqlite_stat1; DROP TABLE IF EXISTS sqlite_stat4;")?;
    }
    Ok(())
}

/// A second connection that can only read, for the reader thread, the first frame and backups.
pub(super) fn reader(path: &Path, immutable: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn = if immutable {
        Connection::open_with_flags(uri(path, "immutable=1"), flags)?
    } else {
        Connection::open_with_flags(path, flags & !OpenFlags::SQLITE_OPEN_URI)?
    };
    prepare(&conn)?;
    // One window, one article and what is related to it; more would only be copies of what the system keeps of the file.
    conn.execute_batch("PRAGMA query_only = 1; PRAGMA cache_size = -1000")?;
    Ok(conn)
}

/// A connection for the checkpoint thread, which reads and writes whole pages past the cache.
pub(super) fn checkpointer(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    Ok(conn)
}

/// What every connection is told. Pages are not mapped into memory: a file cut short by another program would then kill us.
fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(96);
    texts::teach_texts(conn)?;
    own_words::teach_beginnings(conn)?;
    // Plans do not depend on the values: else each new value would have its statement planned again.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA temp_store = memory; PRAGMA mmap_size = 0; PRAGMA cache_size = -4000; PRAGMA trusted_schema = 0;",
    )
}

/// A connection that can write; its schema is not looked after.
pub(super) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    prepare(&conn)?;
    if conn.is_readonly("main")? {
        return Err(StoreError::ReadOnly { path: path.to_owned() });
    }
    // The log may hold a newer schema than the file does: look again before anything is written.
    let found = schema::version(&conn)?;
    if found > schema::known_version() {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: schema::known_version() });
    }
    let mode: String = conn.query_row("PRAGMA journal_mode = wal", [], |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        tracing::warn!("{} cannot have a write-ahead log ({mode}); is it on a network folder?", path.display());
    }
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    conn.execute_batch(&format!(
        "PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}; PRAGMA journal_size_limit = {LOG_KEPT};"
    ))?;
    Ok(conn)
}

/// Whether the disk of a folder is full: whether a file as large as the log's first pages fails for that reason.
pub(super) fn has_no_room(folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let tried = tempfile::Builder::new()
        .prefix(".tidings-")
        .tempfile_in(folder)
        .and_then(|mut file| file.write_all(&vec![0; 65_536]));
    tried.is_err_and(|error| matches!(StoreError::io("", folder, &error), StoreError::DiskFull { .. }))
}

/// True for the errors that a read-only file, folder or mount gives.
fn is_refusal(error: &StoreError) -> bool {
    matches!(error, StoreError::ReadOnly { .. })
        || matches!(error, StoreError::Other { reason, .. } if reason.contains("unable to open database file"))
}

fn open_to_read(path: &Path) -> Result<Opened, StoreError> {
    for immutable in [false, true] {
        let tried = reader(path, immutable).and_then(|conn| {
            // The first read is what fails when the folder cannot hold the log's index.
            let found = schema::version(&conn)?;
            Ok((conn, found))
        });
        match tried {
            Ok((_, found)) if found != schema::known_version() => {
                return Err(StoreError::other(
                    format!("{} is read-only and has another schema", path.display()),
                    format!("{found}, this tidings reads {}; make it writable once", schema::known_version()),
                ));
            }
            Ok((conn, _)) => {
                let mode = Mode { read_only: true, full: false, immutable };
                return Ok(Opened { conn, mode, begun_beside: None });
            }
            Err(error) if immutable || !is_refusal(&error) => return Err(error.placed(path, "opening")),
            Err(_) => {}
        }
    }
    Err(StoreError::ReadOnly { path: path.to_owned() })
}

/// An SQLite URI for a path, percent-encoded.
pub(super) fn uri(path: &Path, option: &str) -> String {
    let mut uri = String::from("file:");
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => uri.push(char::from(byte)),
            b'\\' => uri.push('/'),
            other => {
                let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default();
                uri.extend(['%', digit(other >> 4), digit(other & 0xf)]);
            }
        }
    }
    format!("{uri}?{option}")
}

/// Reads the header without SQLite, which could already write to the file: its schema version, None when there is no file.
///
/// The header is <https://www.sqlite.org/fileformat.html#the_database_header>.
pub(super) fn look(path: &Path) -> Result<Option<i64>, StoreError> {
    let damaged = |reason: &str| StoreError::damaged(path, reason);
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::other(format!("cannot read {}", path.display()), error)),
    };
    let about = file.metadata().map_err(|error| StoreError::io("reading", path, &error))?;
    if !about.is_file() {
        return Err(StoreError::other(
            path.display().to_string(),
            "this is not a file; move it away, and restore a backup",
        ));
    }
    if about.len() == 0 {
        return Ok(Some(0));
    }
    let mut header = [0; 100];
    if file.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(damaged("it does not begin as an SQLite database does"));
    }
    let number = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let page = match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => 65_536,
        size => size,
    };
    // The page count is valid when the change counter is the one it was written with. A log may hold the missing pages.
    let has_log = fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    if !has_log && number(24) == number(92) && about.len() < page.saturating_mul(u64::from(number(28))) {
        return Err(damaged("it was cut short, or its log, tidings.db-wal, is missing"));
    }
    Ok(Some(i64::from(number(60))))
}

/// The path with something added to its name, such as `-wal`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Creates an empty file that only its owner can read; SQLite gives its log the same rights.
fn create(path: &Path) -> Result<(), StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder)?;
    }
    match private_file(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(StoreError::io("cannot create", path, &error)),
        _ => Ok(()),
    }
}

/// Creates a folder, and those above it, that only its owner can enter. One that is there already stays as it is.
pub(super) fn private_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let is_new = !folder.exists();
    builder.create(folder).map_err(|error| StoreError::io("cannot create the folder", folder, &error))?;
    if is_new {
        sync_folder(folder);
    }
    Ok(())
}

/// Makes a new name in a folder durable, where the system can do that.
pub(super) fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Creates a new file that only its owner can read and write.
pub(super) fn private_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_statistics_are_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, backups) = (folder.path().join("tidings.db"), folder.path().join("backups"));
        let clock = Clock::system();
        let opened = || open(&path, &backups, &clock, &mut |_| ()).expect("opened").conn;
        let keeps = |conn: &Connection| conn.table_exists(None, "sqlite_stat1").expect("looked");
        let conn = opened();
        conn.execute_batch("INSERT INTO author (name, folded) VALUES ('A', 'a'); ANALYZE;").expect("analyzed");
        assert!(keeps(&conn), "somebody looked at the tables by hand");
        (WRITER.end)(&conn);
        drop(conn);
        let conn = opened();
        assert!(!keeps(&conn));
        (WRITER.end)(&conn);
        assert!(!keeps(&conn));
    }

    #[test]
    fn a_file_that_refuses_writing_is_opened_for_reading() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a b%\u{e9}?.db");
        let clock = Clock::system();
        drop(open(&path, &folder.path().join("backups"), &clock, &mut |_| ()).expect("created"));
        let opened = open_to_read(&path).expect("opened");
        assert_eq!(opened.mode, Mode { read_only: true, full: false, immutable: false });
        let refused = opened.conn.execute("DELETE FROM feed", []).map_err(StoreError::from);
        assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
        let immutable = reader(&path, true).expect("opened without a log");
        assert_eq!(schema::version(&immutable).expect("read"), schema::known_version());
        assert!(is_refusal(&reader(&folder.path().join("missing.db"), false).map(drop).expect_err("missing")));
    }
}
