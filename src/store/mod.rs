//! SQLite: the articles, their states, the poll facts and the undo journal.
//!
//! One writer thread and one read-only thread own a connection each; everything here is asked of them by message.
//! Marks go ahead of waiting ingests. Rules of storage are in the crate documentation.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::clock::Clock;
use crate::model::{
    Article, ArticleId, Change, Feed, FeedId, FeedStatus, Headline, Mark, NewArticle, PollFacts, PollRecord, Step,
    TopicId,
};
use crate::query::{ListRequest, Scope};

/// A handle to the database; cheap to clone. The threads end when the last handle is dropped, or with [`Store::close`].
#[derive(Debug, Clone)]
pub struct Store {}

/// Why the store could not do what was asked. The words name the file and say what to do.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Written by a newer tidings; the file is left as it is.
    #[error("{} was written by a newer tidings (schema {found}, this one knows {known}); update tidings", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its `user_version`.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Not a database, or a damaged one; it is left as it is.
    #[error("{} is damaged ({reason}); `tidings backup list` shows what can be restored", .path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
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

/// A subscription as the store needs it, from the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Address as configured.
    pub url: String,
    /// Name from the config.
    pub name: Option<String>,
    /// Default topics.
    pub topics: Vec<TopicId>,
    /// False when muted.
    pub enabled: bool,
}

/// What an ingest did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Newly stored articles.
    pub new: Vec<ArticleId>,
    /// Articles whose title or text changed.
    pub updated: u64,
    /// True when the document shared no article with what this feed had before (and it had some).
    pub no_overlap: bool,
}

/// Counts shown all the time; kept incrementally.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles of shown feeds.
    pub articles: u64,
    /// Of them, unread.
    pub unread: u64,
    /// Saved articles.
    pub saved: u64,
    /// Unread by topic, in the order of the topic bar.
    pub unread_by_topic: Vec<u64>,
    /// Key of the newest arrival.
    pub newest: Option<ArticleId>,
}

/// The poll lock, held for a round. Dropping it frees it; it never outlives the process.
#[derive(Debug)]
pub struct PollLock {}

impl Store {
    /// Opens the database, creating or migrating it (a copy goes to `backups` first). Blocking: a few milliseconds.
    ///
    /// # Errors
    /// Newer, damaged or unreadable files. A file that cannot be written is opened for reading: see [`Store::is_read_only`].
    pub fn open(_path: &Path, _backups: &Path, _clock: Clock) -> Result<Self, StoreError> {
        todo!()
    }

    /// A database in memory, for tests and the demo.
    ///
    /// # Errors
    /// When SQLite cannot be started.
    pub fn in_memory(_clock: Clock) -> Result<Self, StoreError> {
        todo!()
    }

    /// True when nothing can be saved.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        todo!()
    }

    /// Finishes what is queued, checkpoints and ends the threads.
    pub async fn close(&self) {
        todo!()
    }

    // ── feeds ──

    /// Makes the feeds match the config: adds, renames, hides those no longer there, shows again those that came back.
    /// Returns the shown feeds in the order of the config. Writes nothing when nothing differs.
    pub async fn set_subscriptions(&self, _subscriptions: Vec<Subscription>) -> Result<Vec<Feed>, StoreError> {
        todo!()
    }

    /// The shown feeds with facts and counts, in the order of the config.
    pub async fn feeds(&self) -> Result<Vec<FeedStatus>, StoreError> {
        todo!()
    }

    /// Changes a feed's address, keeping its articles.
    pub async fn set_feed_url(&self, _feed: FeedId, _url: String) -> Result<(), StoreError> {
        todo!()
    }

    // ── arrivals ──

    /// Stores one feed's articles and poll record in one transaction: all or none.
    /// `complete` is false for older pages (back-fill): they do not count as what the feed has now.
    /// The text index is filled later, by [`Store::index`].
    pub async fn ingest(
        &self,
        _feed: FeedId,
        _articles: Vec<NewArticle>,
        _record: PollRecord,
        _complete: bool,
    ) -> Result<Ingested, StoreError> {
        todo!()
    }

    /// Stores a poll that brought no document (304, error, waiting).
    pub async fn record_poll(&self, _feed: FeedId, _facts: PollFacts) -> Result<(), StoreError> {
        todo!()
    }

    /// Fills the text index for at most about 50 ms of work; gives the number of articles still to do.
    pub async fn index(&self) -> Result<u64, StoreError> {
        todo!()
    }

    // ── reading ──

    /// One window of a list. Text matches are found in what is indexed so far.
    pub async fn headlines(&self, _request: ListRequest) -> Result<Vec<Headline>, StoreError> {
        todo!()
    }

    /// The same, on the calling thread with a connection of its own: for the first frame.
    pub fn headlines_now(&self, _request: &ListRequest) -> Result<Vec<Headline>, StoreError> {
        todo!()
    }

    /// How many articles a scope has, all and unread; stops counting search hits at `most`.
    pub async fn count(&self, _scope: Scope, _up_to: Option<ArticleId>, _most: u64) -> Result<(u64, u64), StoreError> {
        todo!()
    }

    /// One article with its text.
    pub async fn article(&self, _id: ArticleId) -> Result<Option<Article>, StoreError> {
        todo!()
    }

    /// The counts, as they are.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        todo!()
    }

    /// Arrivals after `than` within a scope: the "n new" pill.
    pub async fn newer(&self, _scope: Scope, _than: ArticleId) -> Result<u64, StoreError> {
        todo!()
    }

    /// Distinct authors and feed names beginning with `prefix` (folded), for completion; at most `limit`.
    pub async fn complete_author(&self, _prefix: String, _limit: usize) -> Result<Vec<String>, StoreError> {
        todo!()
    }

    // ── marks ──

    /// Sets a mark durably (`synchronous=FULL`), ahead of any waiting ingest, and journals it for undo.
    /// Articles that have the mark already are left out; a new change ends what could be redone.
    pub async fn mark(&self, _articles: Vec<ArticleId>, _mark: Mark) -> Result<Change, StoreError> {
        todo!()
    }

    /// Sets a mark on all that a list shows (its window is ignored), as one change.
    pub async fn mark_all(&self, _request: ListRequest, _mark: Mark) -> Result<Change, StoreError> {
        todo!()
    }

    /// Journals an edit of the config file (its whole text before and after), so that it can be undone like a mark.
    pub async fn journal_config(&self, _before: String, _after: String, _words: String) -> Result<(), StoreError> {
        todo!()
    }

    /// Takes the newest change back, also one of an earlier run. None: nothing to undo.
    pub async fn undo(&self) -> Result<Option<Step>, StoreError> {
        todo!()
    }

    /// Does again what was undone last. None: nothing to redo.
    pub async fn redo(&self) -> Result<Option<Step>, StoreError> {
        todo!()
    }

    /// Marks read by address, for imports from other readers; gives how many were found. One change.
    pub async fn mark_urls_read(&self, _urls: Vec<String>) -> Result<Change, StoreError> {
        todo!()
    }

    // ── care ──

    /// Lets articles age out that were last in their feed before `before`; never saved or noted ones. About 50 ms a call;
    /// gives the number removed; call again until 0.
    pub async fn retain(&self, _before: Timestamp) -> Result<u64, StoreError> {
        todo!()
    }

    /// Grows whenever another process wrote (`PRAGMA data_version`).
    pub async fn foreign_version(&self) -> Result<i64, StoreError> {
        todo!()
    }

    /// Copies the database into `to` while it is in use (SQLite's online backup), and checks the copy.
    pub async fn backup(&self, _to: PathBuf) -> Result<(), StoreError> {
        todo!()
    }

    /// `PRAGMA quick_check` and the incremental counters recounted: every fault in words; empty when all is well.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        todo!()
    }

    /// Takes the poll lock if nobody holds it. The lock is a file beside the database.
    pub fn try_poll_lock(&self) -> Result<Option<PollLock>, StoreError> {
        todo!()
    }
}
