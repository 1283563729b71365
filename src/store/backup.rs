//! Backups: copies made while the database is in use, their list, their rotation, and putting one back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::columns::count;
use super::open::{beside, has_no_room, look, private_file, private_folder, sync_folder};
use super::schema;
use super::update::UpdateStep;
use crate::clock::Clock;

/// Backups of the daily kind that are kept.
const KEPT: usize = 10;
/// Pages that are copied between two words of progress: some ten milliseconds.
const STEP: i32 = 4_096;
/// How names of backups begin that rotation may remove.
const DAILY: &str = "tidings-";
/// How names of databases begin in whose place a backup was put.
const REPLACED: &str = "replaced-";

/// A backup as it lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    /// Where it is.
    pub path: PathBuf,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was made, from its name; none when the name does not say.
    pub made: Option<Timestamp>,
    /// Articles in it; none when it cannot be read.
    pub articles: Option<u64>,
}

/// The name of a backup made now: `tidings-20261123T031400Z.db`.
#[must_use]
pub fn backup_name(now: Timestamp) -> String {
    name(DAILY, now)
}

/// The name of a file of this kind, made now.
pub(super) fn name(kind: &str, now: Timestamp) -> String {
    format!("{kind}{}.db", now.strftime("%Y%m%dT%H%M%SZ"))
}

/// The backups in a folder, the newest first. A folder that is not there has none.
///
/// # Errors
/// When the folder cannot be read.
pub fn list_backups(folder: &Path) -> Result<Vec<BackupFile>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::other(format!("reading {}", folder.display()), error)),
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            let bytes = entry.metadata().map_or(0, |about| about.len());
            found.push(BackupFile { bytes, made: made(&path), articles: articles(&path).ok(), path });
        }
    }
    found.sort_unstable_by(|a, b| (b.made, &b.path).cmp(&(a.made, &a.path)));
    Ok(found)
}

/// The copies in a folder that say when they were made, with their names; not databases that were moved aside.
pub(super) fn copies(folder: &Path) -> impl Iterator<Item = (Timestamp, String)> {
    fs::read_dir(folder).into_iter().flatten().flatten().filter_map(|entry| {
        let path = entry.path();
        let name = path.file_name()?.to_string_lossy().into_owned();
        let is_copy = path.extension().is_some_and(|extension| extension == "db") && !name.starts_with(REPLACED);
        made(&path).filter(|_| is_copy).map(|made| (made, name))
    })
}

/// The newest of these, and when it was made.
pub(super) fn newest_copy(folder: &Path) -> Option<(Timestamp, String)> {
    copies(folder).max()
}

/// The time in a backup's name.
fn made(path: &Path) -> Option<Timestamp> {
    let (_, stamp) = path.file_stem()?.to_str()?.rsplit_once('-')?;
    let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    civil.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

fn articles(path: &Path) -> Result<u64, StoreError> {
    let conn = read_alone(path)?;
    let articles: i64 = conn.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?;
    Ok(count(articles))
}

/// Opens a copy that nobody writes, leaving no files beside it.
pub(super) fn read_alone(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(super::open::uri(path, "immutable=1"), flags)?)
}

/// Copies a database into `to` (SQLite's online backup, one moment's state), checks the copy, and only then gives it its name.
pub(super) fn copy(from: &Connection, to: &Path, tell: &mut dyn FnMut(UpdateStep)) -> Result<(), StoreError> {
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        private_folder(folder)?;
    }
    // Two desks may make the daily copy in the same second.
    let partial = beside(to, &format!(".{}.partial", std::process::id()));
    let _ = fs::remove_file(&partial);
    let copied = copy_and_check(from, &partial, tell);
    let named =
        copied.and_then(|()| fs::rename(&partial, to).map_err(|error| StoreError::io("naming the backup", to, &error)));
    let Err(error) = named else {
        sync_folder(to);
        return Ok(());
    };
    // Before its own room is given back: SQLite has other words for a file that it cannot make for want of room.
    let full = to.parent().is_some_and(has_no_room);
    let _ = fs::remove_file(&partial);
    Err(if full { StoreError::DiskFull { what: "the backup".to_owned() } } else { error })
}

fn copy_and_check(from: &Connection, partial: &Path, tell: &mut dyn FnMut(UpdateStep)) -> Result<(), StoreError> {
    private_file(partial).map_err(|error| StoreError::io("creating the backup", partial, &error))?;
    let mut copy = Connection::open(partial)?;
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA temp_store = memory;")?;
    {
        // Held open over all steps, so that the copy is of one moment and does not begin anew whenever somebody writes; with
        // write-ahead logging the writer is not held up by that.
        let moment = from.unchecked_transaction()?;
        moment.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        let backup = Backup::new(&moment, &mut copy)?;
        loop {
            let step = backup.step(STEP)?;
            let progress = backup.progress();
            let done = i64::from(progress.pagecount - progress.remaining) * 100 / i64::from(progress.pagecount.max(1));
            tell(UpdateStep::BackingUp { percent: u8::try_from(done).unwrap_or(100).min(100) });
            match step {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(std::time::Duration::from_millis(20)),
            }
        }
    }
    tell(UpdateStep::Checking);
    // One file, to be carried to another machine: no log beside it.
    let _: String = copy.query_row("PRAGMA journal_mode = delete", [], |row| row.get(0))?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::other("the backup is not good and was not kept", verdict));
    }
    copy.close().map_err(|(_, error)| error)?;
    File::open(partial)
        .and_then(|file| file.sync_all())
        .map_err(|error| StoreError::io("writing the backup", partial, &error))
}

/// The copy before a migration from schema `found`; it is never rotated away.
pub(super) fn before_migration(
    conn: &Connection,
    folder: &Path,
    found: i64,
    clock: &Clock,
    tell: &mut dyn FnMut(UpdateStep),
) -> Result<(), StoreError> {
    copy(conn, &folder.join(name(&format!("before-schema-{}-", found + 1), clock.now())), tell)
}

/// Removes daily backups beyond the newest ten; other files in the folder, and the one called `spared`, are left alone.
///
/// # Errors
/// When the folder cannot be read.
pub fn rotate_backups(folder: &Path, spared: Option<&str>) -> Result<(), StoreError> {
    let is_daily = |file: &BackupFile| {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy();
        file.made.is_some() && name.starts_with(DAILY) && Some(&*name) != spared
    };
    for old in list_backups(folder)?.into_iter().filter(is_daily).skip(KEPT) {
        fs::remove_file(&old.path).map_err(|error| StoreError::io("removing the old backup", &old.path, &error))?;
    }
    remove_abandoned(folder);
    Ok(())
}

/// Removes unfinished copies of a day ago and more: whoever made them was killed over it.
fn remove_abandoned(folder: &Path) {
    const ABANDONED: std::time::Duration = std::time::Duration::from_hours(24);
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let age = entry.metadata().and_then(|about| about.modified()).ok().and_then(|changed| changed.elapsed().ok());
        let partial = entry.path().extension().is_some_and(|extension| extension == "partial");
        if partial && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Puts a backup in the place of the database; gives the path to which the current one was moved, if there was one.
///
/// The current file, with its log, is moved into `backups` first; nothing is deleted. Blocking. No store may be open on the
/// database in this process; another process that has it open is an error.
///
/// # Errors
/// When the backup is not good or newer than this tidings, when the database is in use, and when files cannot be moved.
pub fn restore(database: &Path, backups: &Path, from: &Path, clock: &Clock) -> Result<Option<PathBuf>, StoreError> {
    let found = look(from)?.ok_or_else(|| StoreError::other(from.display().to_string(), "there is no such file"))?;
    if found > schema::known_version() {
        return Err(StoreError::Newer { path: from.to_owned(), found, known: schema::known_version() });
    }
    let source = read_alone(from)?;
    let verdict = source.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    match verdict {
        Ok(verdict) if verdict == "ok" && found > 0 => {}
        Ok(verdict) => return Err(StoreError::damaged(from, verdict)),
        Err(error) => return Err(StoreError::from(error).placed(from, "checking")),
    }
    if is_in_use(database) {
        return Err(StoreError::other(
            format!("{} is in use", database.display()),
            "close every tidings that has it open, then restore again",
        ));
    }
    // The copy is made whole beside the database before the database is touched.
    let ready = beside(database, ".restored");
    let _ = fs::remove_file(&ready);
    copy(&source, &ready, &mut |_| ()).map_err(|error| error.placed(&ready, "copying the backup"))?;
    drop(source);
    let aside = set_aside(database, backups, clock)?;
    fs::rename(&ready, database).map_err(|error| StoreError::io("naming", database, &error))?;
    sync_folder(database);
    Ok(aside)
}

/// Moves the database and its log into the folder of backups under one name.
fn set_aside(database: &Path, backups: &Path, clock: &Clock) -> Result<Option<PathBuf>, StoreError> {
    if !database.exists() {
        return Ok(None);
    }
    private_folder(backups)?;
    let mut aside = backups.join(name(REPLACED, clock.now()));
    for again in 2.. {
        if !aside.exists() {
            break;
        }
        aside = backups.join(name(&format!("{REPLACED}{again}-"), clock.now()));
    }
    // The log first: a database without its log loses what only the log has, a log without its database is nothing.
    for suffix in ["-wal", "-shm", ""] {
        let (from, to) = (beside(database, suffix), beside(&aside, suffix));
        match fs::rename(&from, &to) {
            Err(error) if suffix.is_empty() || error.kind() != std::io::ErrorKind::NotFound => {
                return Err(StoreError::io("moving aside", &from, &error));
            }
            _ => {}
        }
    }
    Ok(Some(aside))
}

/// True when another connection has the database open. One that cannot be opened (damaged) is in nobody's use.
fn is_in_use(database: &Path) -> bool {
    if !database.exists() {
        return false;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(conn) = Connection::open_with_flags(database, flags) else { return false };
    // With write-ahead logging every open connection holds a shared lock, so an exclusive one tells.
    let alone =
        conn.execute_batch("PRAGMA busy_timeout = 200; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK;");
    matches!(alone, Err(rusqlite::Error::SqliteFailure(failure, _))
        if matches!(failure.code, rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}
