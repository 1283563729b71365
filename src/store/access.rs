//! How a database is open: to write, or to read alone, for good or until there is room on the disk again.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::checkpoint::Checkpointer;
use super::{Store, StoreError, open};

/// What can be done with a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mode {
    /// True when nothing can be saved.
    pub(super) read_only: bool,
    /// True when that is for want of room on the disk.
    pub(super) full: bool,
    /// True when the file is read without looking for a write-ahead log, because its folder cannot hold one.
    pub(super) immutable: bool,
}

impl Mode {
    /// All of it.
    pub(super) const WRITING: Self = Self { read_only: false, full: false, immutable: false };
}

/// The mode of an open database, which may become writable while it is open.
#[derive(Debug)]
pub(super) struct Access {
    mode: Mutex<Mode>,
    /// One attempt at a time.
    trying: tokio::sync::Mutex<()>,
}

impl Access {
    pub(super) fn new(mode: Mode) -> Self {
        Self { mode: Mutex::new(mode), trying: tokio::sync::Mutex::new(()) }
    }

    pub(super) fn mode(&self) -> Mode {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// True when nothing can be saved.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.0.access.mode().read_only
    }

    /// True when nothing can be saved because the disk was full: [`Store::try_to_write`] may change that.
    #[must_use]
    pub fn waits_for_room(&self) -> bool {
        self.0.access.mode().full
    }

    /// Fails where nothing can be saved, before work is done in vain. `doing` is for the words, such as `saving the page`.
    ///
    /// # Errors
    /// See [`Store::is_read_only`].
    pub fn must_write(&self, doing: &str) -> Result<(), StoreError> {
        let mode = self.0.access.mode();
        if !mode.read_only {
            return Ok(());
        }
        let path = self.0.path.clone();
        let why = if mode.full { StoreError::DiskFull { what: String::new() } } else { StoreError::ReadOnly { path } };
        Err(why.placed(&self.0.path, doing))
    }

    /// Where the disk was full when the database was opened: opens it to write if there is room by now. True: it can be
    /// written. Cheap enough for every few seconds.
    ///
    /// # Errors
    /// When there is room and the database cannot be opened all the same.
    pub async fn try_to_write(&self) -> Result<bool, StoreError> {
        let _alone = self.0.access.trying.lock().await;
        let mode = self.0.access.mode();
        if !mode.full {
            return Ok(!mode.read_only);
        }
        let inner = Arc::clone(&self.0);
        let opened = tokio::task::spawn_blocking(move || {
            let path = &inner.path;
            if path.parent().is_some_and(|folder: &Path| open::has_no_room(folder)) {
                return Ok(None);
            }
            let writer = open::open_to_write(path)?;
            Ok::<_, StoreError>(Some((writer, open::checkpointer(path)?, open::reader(path, false)?)))
        });
        let opened = opened.await.map_err(|error| StoreError::other("opening the database", error))?;
        let Some((writer, checkpointer, reader)) = opened.map_err(|error| error.placed(&self.0.path, "opening"))?
        else {
            return Ok(false);
        };
        self.0.writer.replace(writer).await?;
        self.0.reader.replace(reader).await?;
        if self.0.checkpointer.get().is_none() {
            let checkpointer = Checkpointer::start(checkpointer)?;
            // Only whoever holds `trying` sets it.
            let _ = self.0.checkpointer.set(checkpointer);
        }
        *self.0.access.mode.lock().unwrap_or_else(PoisonError::into_inner) = Mode::WRITING;
        Ok(true)
    }
}
