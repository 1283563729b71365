//! SQLite: the articles, their states, the poll facts and the undo journal.
//!
//! One writer thread and one read-only thread own a connection each ([`actor`]); everything here is asked of them by message.
//! Marks go ahead of waiting ingests and are synced to disk before they are answered; ingests are not, so that they are quick.
//! Ingests that wait share a transaction ([`group`]).
//! Everything below the handle is plain blocking functions on a transaction.

mod access;
mod actor;
mod arrival;
mod authors;
mod backup;
mod beginnings;
mod begun;
mod checkpoint;
mod columns;
mod counting;
mod counts;
mod covered;
mod entities;
mod error;
mod feeds;
mod full_text;
mod group;
mod hand;
mod headlines;
mod hits;
mod index;
mod ingest;
mod journal;
mod knowledge;
mod labels;
mod leaves;
mod listing;
mod lock;
mod marks;
mod newsboat;
mod open;
mod own_words;
mod places;
mod polls;
mod queue;
mod ranks;
mod reading;
mod receiving;
mod recount;
mod related;
mod retention;
mod rows;
mod salvage;
mod schema;
mod search;
mod setting;
mod sighting;
mod standing;
mod stories;
mod texts;
mod told;
mod update;

pub use backup::{BackupFile, backup_name, list_backups, restore, rotate_backups};
pub use counts::Counts;
pub use error::StoreError;
pub use feeds::Subscription;
pub use ingest::Ingested;
pub use lock::{PlaceLock, PollLock};
pub use newsboat::newsboat_read_urls;
pub use reading::WantedPage;
pub use receiving::{Expected, Ready};
pub use related::StoredCompany;
pub use salvage::{Salvaged, salvage};
pub use texts::teach_texts;
pub use told::{StoredStory, Told, Unlabelled};
pub use update::{Update, UpdateStep};

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::Semaphore;

use self::access::Access;
use self::actor::{Actor, Doing, Turn};
use self::checkpoint::Checkpointer;
use self::journal::Way;
use crate::clock::Clock;
use crate::model::{Article, ArticleId, Change, Feed, FeedId, FeedStatus, Headline, Mark, Step};
use crate::query::{ListRequest, Rows, Scope};

/// A handle to the database; cheap to clone. The threads end when the last handle is dropped, or with [`Store::close`].
#[derive(Debug, Clone)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    // Dropped in this order: the writer last, so that its checkpoint finds nobody reading; the folder after all.
    checkpointer: OnceLock<Checkpointer>,
    reader: Actor,
    writer: Actor,
    ingests: Arc<Semaphore>,
    path: PathBuf,
    clock: Clock,
    access: Access,
    begun_beside: Option<String>,
    opened_version: i64,
    _folder: Option<tempfile::TempDir>,
}

impl Store {
    /// Opens the database, creating or migrating it (a copy goes to `backups` first). Blocking: a few milliseconds.
    ///
    /// # Errors
    /// Newer, damaged or unreadable files. A file that cannot be written is opened for reading: see [`Store::is_read_only`].
    pub fn open(path: &Path, backups: &Path, clock: Clock) -> Result<Self, StoreError> {
        Self::open_watched(path, backups, clock, &mut |_| ())
    }

    /// A database in memory, for tests and the demo.
    ///
    /// # Errors
    /// When SQLite cannot be started.
    pub fn in_memory(clock: Clock) -> Result<Self, StoreError> {
        let folder = tempfile::Builder::new()
            .prefix("tidings-")
            .tempdir()
            .map_err(|error| StoreError::other("making a folder for the database", error))?;
        let path = folder.path().join("tidings.db");
        let opened = open::open(&path, &folder.path().join("backups"), &clock, &mut |_| ())?;
        Self::start(opened, &path, clock, Some(folder))
    }

    /// Finishes what is queued, checkpoints and ends the threads.
    pub async fn close(&self) {
        let inner = Arc::clone(&self.0);
        let ended = tokio::task::spawn_blocking(move || {
            if let Some(checkpointer) = inner.checkpointer.get() {
                checkpointer.close();
            }
            inner.reader.close();
            inner.writer.close();
        });
        if let Err(error) = ended.await {
            tracing::error!(%error, "closing the store");
        }
    }

    // ── feeds ──

    /// Makes the feeds match the config: adds, renames, hides those no longer there, shows again those that came back.
    /// Returns the shown feeds in the order of the config. Writes nothing when nothing differs.
    pub async fn set_subscriptions(&self, subscriptions: Vec<Subscription>) -> Result<Vec<Feed>, StoreError> {
        let wanted = subscriptions.clone();
        // Where nothing can be saved, the feeds are those of the last time.
        if !self.is_read_only() && self.read("reading the feeds", move |conn| Ok(feeds::differ(conn, &wanted)?)).await?
        {
            self.durably("saving the feeds", move |tx| feeds::set_subscriptions(tx, &subscriptions)).await?;
        }
        self.read("reading the feeds", |conn| Ok(feeds::shown(conn)?)).await
    }

    /// The shown feeds with facts and counts, in the order of the config.
    pub async fn feeds(&self) -> Result<Vec<FeedStatus>, StoreError> {
        self.read("reading the feeds", feeds::with_status).await
    }

    /// Changes a feed's address, keeping its articles.
    pub async fn set_feed_url(&self, feed: FeedId, url: String) -> Result<(), StoreError> {
        self.durably("saving the address", move |tx| feeds::set_url(tx, feed, &url)).await
    }

    /// Fills the text index for at most about 50 ms of work; true while articles wait for it.
    pub async fn index(&self) -> Result<bool, StoreError> {
        self.write(Turn::InOrder, "saving the text index", index::fill).await
    }

    // ── reading ──

    /// One window of a list. Text matches are found in what is indexed so far.
    pub async fn headlines(&self, request: ListRequest) -> Result<Vec<Headline>, StoreError> {
        let scope = request.scope.clone();
        self.0.reader.ask_list(scope, "reading headlines", move |conn| headlines::headlines(conn, &request)).await
    }

    /// The same, on the calling thread with a connection of its own: for the first frame.
    pub fn headlines_now(&self, request: &ListRequest) -> Result<Vec<Headline>, StoreError> {
        let read = || headlines::headlines(&open::reader(&self.0.path, self.0.access.mode().immutable)?, request);
        read().map_err(|error| error.placed(&self.0.path, "reading headlines"))
    }

    /// How many rows a scope has, all and unread; stops counting search hits at `most`.
    pub async fn count(
        &self,
        scope: Scope,
        rows: Rows,
        up_to: Option<ArticleId>,
        most: u64,
    ) -> Result<(u64, u64), StoreError> {
        let of = scope.clone();
        self.0.reader.ask_count(of, "counting", move |conn| counting::count(conn, &scope, rows, up_to, most)).await
    }

    /// One article with its text.
    pub async fn article(&self, id: ArticleId) -> Result<Option<Article>, StoreError> {
        self.read("reading the article", move |conn| Ok(rows::article(conn, id)?)).await
    }

    /// The counts, as they are.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let now = self.0.clock.now();
        self.read("reading the counts", move |conn| counts::counts(conn, now)).await
    }

    /// Rows that are new after `than` within a scope, the "n new" pill: articles, or stories that came or got new coverage.
    pub async fn newer(&self, scope: Scope, rows: Rows, than: ArticleId) -> Result<u64, StoreError> {
        let of = scope.clone();
        let now = self.0.clock.now();
        let count = move |conn: &Connection| counting::newer(conn, &scope, rows, than, counts::newest(conn, now)?);
        self.0.reader.ask_count(of, "counting", count).await
    }

    /// Distinct authors and feed names beginning with `prefix` (folded), for completion; at most `limit`.
    pub async fn complete_author(&self, prefix: String, limit: usize) -> Result<Vec<String>, StoreError> {
        self.read("reading names", move |conn| authors::complete(conn, &prefix, limit)).await
    }

    // ── marks ──

    /// Sets a mark durably (`synchronous=FULL`), ahead of any waiting ingest, and journals it for undo.
    /// Articles that have the mark already are left out; a new change ends what could be redone.
    pub async fn mark(&self, articles: Vec<ArticleId>, mark: Mark) -> Result<Change, StoreError> {
        let ids: Vec<i64> = articles.iter().map(|id| id.0).collect();
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the mark", move |tx| marks::set(tx, &ids, mark, at)).await
    }

    /// Sets a mark on all that a list shows (its window is ignored), as one change.
    pub async fn mark_all(&self, request: ListRequest, mark: Mark) -> Result<Change, StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the marks", move |tx| marks::set(tx, &headlines::all_ids(tx, &request)?, mark, at)).await
    }

    /// Journals an edit of the config file (its whole text before and after), so that it can be undone like a mark.
    pub async fn journal_config(&self, before: String, after: String, words: String) -> Result<(), StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the change", move |tx| {
            let entry = journal::Entry::Config { before: &before, after: &after, words: &words };
            journal::record(tx, at, &entry).map(drop)
        })
        .await
    }

    /// Takes the newest change back, also one of an earlier run. None: nothing to undo.
    pub async fn undo(&self) -> Result<Option<Step>, StoreError> {
        self.durably("saving the undo", |tx| journal::step(tx, Way::Undo)).await
    }

    /// Does again what was undone last. None: nothing to redo.
    pub async fn redo(&self) -> Result<Option<Step>, StoreError> {
        self.durably("saving the redo", |tx| journal::step(tx, Way::Redo)).await
    }

    /// Marks read by address, for imports from other readers; gives how many were found. One change.
    pub async fn mark_urls_read(&self, urls: Vec<String>) -> Result<Change, StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the read marks", move |tx| marks::read_by_address(tx, &urls, at)).await
    }

    // ── care ──

    /// Lets articles age out that were last in their feed before `before`; never saved or noted ones. About 50 ms a call;
    /// gives the number removed; call again until 0.
    pub async fn retain(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.write(Turn::InOrder, "saving", move |conn| quickly(conn, |tx| retention::retain(tx, before))).await
    }

    /// What [`Store::foreign_version`] was when the database was opened: before anything was read from it.
    #[must_use]
    pub fn opened_version(&self) -> i64 {
        self.0.opened_version
    }

    /// Grows whenever another process wrote (`PRAGMA data_version`).
    pub async fn foreign_version(&self) -> Result<i64, StoreError> {
        let version = |conn: &mut Connection| Ok(conn.pragma_query_value(None, "data_version", |row| row.get(0))?);
        // The writer's own commits do not count on its own connection.
        self.0.writer.ask(Turn::Glance, "reading the version", version).await
    }

    /// Does something to the thread that writes, such as changing its priority, ahead of what waits for it.
    pub async fn on_the_writers_thread(&self, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
        let work = |_: &mut Connection| {
            work();
            Ok(())
        };
        self.0.writer.ask(Turn::Glance, "setting up", work).await
    }

    /// Copies the database into `to` while it is in use (SQLite's online backup), and checks the copy.
    pub async fn backup(&self, to: PathBuf) -> Result<(), StoreError> {
        self.apart("saving the backup", move |conn| backup::copy(conn, &to, &mut |_| ())).await
    }

    /// `PRAGMA quick_check` and the incremental counters recounted: every fault in words; empty when all is well.
    pub async fn check(&self) -> Result<Vec<String>, StoreError> {
        self.apart("checking", |conn| {
            let mut faults: Vec<String> = conn
                .prepare("PRAGMA quick_check(20)")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            faults.retain(|fault| fault != "ok");
            faults.extend(recount::faults(conn)?);
            Ok(faults)
        })
        .await
    }
}

impl Store {
    fn start(
        opened: open::Opened,
        path: &Path,
        clock: Clock,
        folder: Option<tempfile::TempDir>,
    ) -> Result<Self, StoreError> {
        let open::Opened { conn, mode, begun_beside } = opened;
        let opened_version = conn.pragma_query_value(None, "data_version", |row| row.get(0))?;
        let reader = open::reader(path, mode.immutable).map_err(|error| error.placed(path, "opening"))?;
        let checkpointer = OnceLock::new();
        if !mode.read_only {
            let _ = checkpointer.set(Checkpointer::start(open::checkpointer(path)?)?);
        }
        Ok(Self(Arc::new(Inner {
            checkpointer,
            reader: Actor::start("store-reader", reader, path.to_owned(), open::READER)?,
            writer: Actor::start("store-writer", conn, path.to_owned(), open::WRITER)?,
            ingests: Arc::new(Semaphore::new(receiving::WAITING)),
            path: path.to_owned(),
            clock,
            access: Access::new(mode),
            begun_beside,
            opened_version,
            _folder: folder,
        })))
    }

    async fn read<T: Send + 'static>(
        &self,
        doing: impl Into<Doing>,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.0.reader.ask(Turn::Urgent, doing, |conn| work(conn)).await
    }

    /// Long work on a connection and a thread of its own, so that no list waits for it.
    async fn apart<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            let done = open::reader(&inner.path, inner.access.mode().immutable).and_then(|conn| work(&conn));
            done.map_err(|error| error.placed(&inner.path, doing))
        });
        done.await.unwrap_or_else(|error| Err(StoreError::other(doing, error)))
    }

    async fn write<T: Send + 'static>(
        &self,
        turn: Turn,
        doing: impl Into<Doing>,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let doing = doing.into();
        self.must_write(&doing)?;
        let done = self.0.writer.ask(turn, doing, work).await;
        if let Some(checkpointer) = self.0.checkpointer.get() {
            checkpointer.written();
        }
        done
    }

    /// Writes what nobody waits for at the screen, in order, in one transaction with others; see [`group`]. `gather`: it may wait
    /// a little for others of its kind.
    async fn together<T: Send + 'static>(
        &self,
        gather: bool,
        doing: impl Into<Doing>,
        work: impl FnMut(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let doing = doing.into();
        self.must_write(&doing)?;
        let done = self.0.writer.ask_together(gather, doing, work).await;
        if let Some(checkpointer) = self.0.checkpointer.get() {
            checkpointer.written();
        }
        done
    }

    /// Writes what the user did: ahead of what waits, and on the disk when it is answered.
    async fn durably<T: Send + 'static>(
        &self,
        doing: impl Into<Doing>,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.write(Turn::Urgent, doing, |conn| transaction(conn, "FULL", work)).await
    }
}

/// A transaction that a power cut may take back, but never half of it.
fn quickly<T>(
    conn: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    transaction(conn, "NORMAL", work)
}

fn transaction<T>(
    conn: &mut Connection,
    synchronous: &str,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    conn.pragma_update(None, "synchronous", synchronous)?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = work(&tx)?;
    tx.commit()?;
    Ok(done)
}
