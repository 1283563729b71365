//! The files on their way, each address once, and each can be given up; and where those are that came.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::engine::Notice;
use crate::engine::shared::Shared;

/// The files on their way and those that came, by address.
#[derive(Debug, Default)]
pub(in crate::engine) struct Downloads {
    coming: Mutex<HashMap<String, Arc<Notify>>>,
    /// Where the files are that came since the program began.
    here: Mutex<HashMap<String, PathBuf>>,
}

impl Downloads {
    /// One more is on its way until what this gives is dropped; none: it is already.
    pub(super) fn enter<'a>(&self, shared: &'a Shared, url: &str) -> Option<Entered<'a>> {
        let mut known = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains_key(url) {
            return None;
        }
        let cancel = Arc::new(Notify::new());
        known.insert(url.to_owned(), Arc::clone(&cancel));
        Some(Entered { shared, url: url.to_owned(), cancel, kept: None })
    }

    /// Gives one up, if there is such a one.
    pub(in crate::engine) fn cancel(&self, url: &str) {
        if let Some(cancel) = self.coming.lock().unwrap_or_else(PoisonError::into_inner).get(url) {
            cancel.notify_one();
        }
    }

    /// Where the file at this address is, if it came before and is still there.
    pub(in crate::engine) fn here(&self, url: &str) -> Option<PathBuf> {
        let path = self.here.lock().unwrap_or_else(PoisonError::into_inner).get(url).cloned();
        path.filter(|path| path.is_file())
    }

    fn leave(&self, url: &str) {
        self.coming.lock().unwrap_or_else(PoisonError::into_inner).remove(url);
    }
}

/// One file on its way.
pub(super) struct Entered<'a> {
    shared: &'a Shared,
    url: String,
    cancel: Arc<Notify>,
    /// What the file is called, once it is here.
    kept: Option<String>,
}

impl Entered<'_> {
    /// It came, and is here.
    pub(super) fn arrived(&mut self, path: PathBuf) {
        self.kept = path.file_name().map(|name| name.to_string_lossy().into_owned());
        self.shared.downloads.here.lock().unwrap_or_else(PoisonError::into_inner).insert(self.url.clone(), path);
    }

    /// Waits until it is given up.
    pub(super) async fn cancelled(&self) {
        self.cancel.notified().await;
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.shared.downloads.leave(&self.url);
        let (url, kept) = (std::mem::take(&mut self.url), self.kept.take());
        self.shared.tell(Notice::DownloadEnded { url, kept });
    }
}
