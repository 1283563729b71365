//! The files on their way: each address once, and each can be given up.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::engine::Notice;
use crate::engine::shared::Shared;

/// The files on their way, by address.
#[derive(Debug, Default)]
pub(in crate::engine) struct Downloads(Mutex<HashMap<String, Arc<Notify>>>);

impl Downloads {
    /// One more is on its way until what this gives is dropped; none: it is already.
    pub(super) fn enter<'a>(&self, shared: &'a Shared, url: &str) -> Option<Entered<'a>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.contains_key(url) {
            return None;
        }
        let cancel = Arc::new(Notify::new());
        known.insert(url.to_owned(), Arc::clone(&cancel));
        Some(Entered { shared, url: url.to_owned(), cancel })
    }

    /// Gives one up, if there is such a one.
    pub(in crate::engine) fn cancel(&self, url: &str) {
        if let Some(cancel) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(url) {
            cancel.notify_one();
        }
    }

    fn leave(&self, url: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(url);
    }
}

/// One file on its way.
pub(super) struct Entered<'a> {
    shared: &'a Shared,
    url: String,
    cancel: Arc<Notify>,
}

impl Entered<'_> {
    /// Waits until it is given up.
    pub(super) async fn cancelled(&self) {
        self.cancel.notified().await;
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.shared.downloads.leave(&self.url);
        self.shared.tell(Notice::DownloadEnded(std::mem::take(&mut self.url)));
    }
}
