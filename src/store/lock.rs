//! The locks between processes: one polls at a time, others wait for the round and then ask what is still due; and one
//! places articles in stories at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::open::{beside, private_file};
use super::{Store, StoreError};

/// The poll lock, held for a round. Dropping it frees it; it never outlives the process.
#[derive(Debug)]
pub struct PollLock {
    _file: File,
}

/// The lock of whoever places articles in stories, held for as long as that takes.
#[derive(Debug)]
pub struct PlaceLock {
    _file: File,
}

impl Store {
    /// Takes the poll lock if nobody holds it. The lock is a file beside the database.
    pub fn try_poll_lock(&self) -> Result<Option<PollLock>, StoreError> {
        self.must_write("saving the news")?;
        PollLock::try_take(&self.0.path)
    }

    /// Takes the lock of whoever places articles in stories if nobody holds it, likewise.
    pub fn try_place_lock(&self) -> Result<Option<PlaceLock>, StoreError> {
        self.must_write("saving the stories")?;
        PlaceLock::try_take(&self.0.path)
    }
}

impl PollLock {
    /// Takes the lock on `poll.lock` beside the database; None when another process has it.
    pub(super) fn try_take(database: &Path) -> Result<Option<Self>, StoreError> {
        Ok(try_take(database, "poll.lock")?.map(|file| Self { _file: file }))
    }
}

impl PlaceLock {
    /// Likewise on `place.lock`.
    pub(super) fn try_take(database: &Path) -> Result<Option<Self>, StoreError> {
        Ok(try_take(database, "place.lock")?.map(|file| Self { _file: file }))
    }
}

/// The file stays when the lock is freed: removing it would let two processes hold locks on two files of one name.
fn try_take(database: &Path, name: &str) -> Result<Option<File>, StoreError> {
    let folder = database.parent();
    let path = folder.map_or_else(|| beside(database, &format!(".{name}")), |folder| folder.join(name));
    let file = match private_file(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            OpenOptions::new().read(true).write(true).open(&path)
        }
        opened => opened,
    };
    let file = file.map_err(|error| StoreError::io("opening", &path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(StoreError::io("locking", &path, &error)),
    }
}
