//! The poll lock: one process polls at a time; others wait for the round and then ask what is still due.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::StoreError;
use super::open::{beside, private_file};

/// The poll lock, held for a round. Dropping it frees it; it never outlives the process.
#[derive(Debug)]
pub struct PollLock {
    _file: File,
}

impl PollLock {
    /// Takes the lock on `poll.lock` beside the database; None when another process has it.
    ///
    /// The file stays when the lock is freed: removing it would let two processes hold locks on two files of one name.
    pub(super) fn try_take(database: &Path) -> Result<Option<Self>, StoreError> {
        let path = database.parent().map_or_else(|| beside(database, ".poll.lock"), |folder| folder.join("poll.lock"));
        let file = match private_file(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                OpenOptions::new().read(true).write(true).open(&path)
            }
            opened => opened,
        };
        let file = file.map_err(|error| StoreError::io("opening", &path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(StoreError::io("locking", &path, &error)),
        }
    }
}
