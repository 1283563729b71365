//! What can go wrong in the store, in words that name the file and say what to do.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rusqlite::ffi;

use super::backup::newest_copy;

/// Why the store could not do what was asked. The words name the file and say what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Written by a newer tidings; the file is left as it is.
    #[error("{} was written by a newer tidings (schema {found} > {known}); update tidings", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Not a database, or a damaged one; it is left as it is.
    #[error("{} is damaged ({reason}); it is left as it is; {}", .path.display(), ways_out(copy.as_deref()))]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
        /// Name of the newest copy that can be restored; none when there is none, or it was not looked for.
        copy: Option<String>,
    },
    /// No room.
    #[error("the disk is full: {what} not saved")]
    DiskFull {
        /// What was not saved.
        what: String,
    },
    /// Opened for reading only.
    #[error("read-only: nothing can be saved in {}", .path.display())]
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// A newer search took the place of this one; its asker has typed on.
    #[error("a newer search took the place of this one")]
    Interrupted,
    /// The store's thread is gone (shutdown).
    #[error("the store is closed")]
    Closed,
    /// Anything else SQLite or the file system says.
    #[error("{what}: {reason}")]
    Other {
        /// What was being done.
        what: String,
        /// Why it failed.
        reason: String,
    },
}

/// What can be done about a damaged database.
fn ways_out(copy: Option<&str>) -> String {
    const SALVAGE: &str = "`tidings backup salvage` makes a copy of what can still be read";
    copy.map_or_else(
        || format!("`tidings backup list` shows what can be restored, {SALVAGE}"),
        |copy| format!("`tidings backup restore {copy}` puts that copy in its place (`tidings backup list` shows all), {SALVAGE}"),
    )
}

impl StoreError {
    /// A damaged file; where it is is said later.
    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), reason: reason.into(), copy: None }
    }

    /// An error of the file system, or of any kind without a name of its own.
    pub(super) fn other(what: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self::Other { what: what.into(), reason: format!("{reason}") }
    }

    /// A file system error that met `path`: a full disk and missing rights have names of their own.
    pub(super) fn io(what: &str, path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
                Self::DiskFull { what: path.display().to_string() }
            }
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly { path: path.to_owned() },
            _ => Self::other(format!("{what} {}", path.display()), error),
        }
    }

    /// Fills in which database it was, and what was being done to it (`saving the mark`).
    pub(super) fn placed(self, database: &Path, doing: &str) -> Self {
        let thing = || doing.strip_prefix("saving ").unwrap_or(doing).to_owned();
        match self {
            Self::Damaged { path, reason, copy } if path.as_os_str().is_empty() || path == database => {
                let copy = copy.or_else(|| newest_copy(&database.with_file_name("backups")).map(|(_, name)| name));
                Self::Damaged { path: database.to_owned(), reason, copy }
            }
            Self::ReadOnly { path } if path.as_os_str().is_empty() => Self::ReadOnly { path: database.to_owned() },
            Self::DiskFull { what } if what.is_empty() => Self::DiskFull { what: thing() },
            Self::Other { what, reason } if what.is_empty() => {
                Self::Other { what: format!("{doing} ({})", database.display()), reason }
            }
            other => other,
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    /// The kind of error; [`StoreError::placed`] says where.
    fn from(error: rusqlite::Error) -> Self {
        let nowhere = PathBuf::new;
        let reason = error.to_string();
        let rusqlite::Error::SqliteFailure(failure, _) = &error else {
            return Self::Other { what: String::new(), reason };
        };
        // A write that fails for want of room comes as "full" or, past a quota or file size limit, as a failed write.
        let no_room = [ffi::SQLITE_IOERR_WRITE, ffi::SQLITE_IOERR_SHMSIZE].contains(&failure.extended_code);
        match failure.code {
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::damaged(&nowhere(), reason),
            ErrorCode::DiskFull => Self::DiskFull { what: String::new() },
            ErrorCode::SystemIoFailure if no_room => Self::DiskFull { what: String::new() },
            ErrorCode::ReadOnly => Self::ReadOnly { path: nowhere() },
            ErrorCode::OperationInterrupted => Self::Interrupted,
            ErrorCode::DatabaseBusy => {
                Self::Other { what: String::new(), reason: "another program holds the database; try again".to_owned() }
            }
            _ => Self::Other { what: String::new(), reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_file_and_what_was_lost() {
        let full = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_FULL), None);
        let error = StoreError::from(full).placed(Path::new("/x/tidings.db"), "saving 12 articles");
        assert_eq!(error.to_string(), "the disk is full: 12 articles not saved");
        let quota = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_IOERR_WRITE), None);
        assert!(matches!(StoreError::from(quota), StoreError::DiskFull { .. }));
        let junk = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_NOTADB), None);
        let error = StoreError::from(junk).placed(Path::new("/x/tidings.db"), "reading").to_string();
        assert!(error.starts_with("/x/tidings.db is damaged"), "{error}");
    }
}
