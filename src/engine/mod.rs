//! The program without a face: polls, ingests, marks, looks after the library, and tells what changed.
//!
//! Faces hold an [`EngineHandle`] and listen to its [`Notice`]s.

mod notice;

pub use notice::{FeedPolled, Notice, PollOutcome};

use tokio::sync::broadcast;

use crate::clock::Clock;
use crate::config::{Config, FeedSpec, Paths};
use crate::model::{Article, ArticleId, Change, FeedId, FeedStatus, Headline, Mark};
use crate::query::{ListRequest, Scope};
use crate::store::StoreError;

pub use crate::store::Counts;

/// What faces ask of the engine; cheap to clone.
#[derive(Debug, Clone)]
pub struct EngineHandle {}

/// Which feeds to poll, and how insistently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollRequest {
    /// Those that are due.
    Due,
    /// All, whatever their interval; a Retry-After and a 410 still hold.
    Now,
    /// One feed, whatever its interval; likewise.
    Feed(FeedId),
    /// One feed, even against a Retry-After or a 410.
    ForceFeed(FeedId),
    /// All, even against a Retry-After or a 410.
    Force,
}

/// What became of a request to add a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddOutcome {
    /// It is in the config now.
    Added(FeedSpec),
    /// The address was a site with several feeds: title (may be empty) and address of each; ask again with one of them.
    Choose(Vec<(String, String)>),
    /// It is subscribed already.
    AlreadyThere(String),
}

/// An edit of the subscriptions. Each can be undone with the engine's undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedEdit {
    /// Give it another name.
    Rename(FeedId, String),
    /// Mute (false) or unmute (true).
    Enable(FeedId, bool),
    /// Take it out of the config; its articles are hidden and age out.
    Remove(FeedId),
}

/// What undo or redo did, in words for the toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// Marks were set back.
    Marks(Change),
    /// An edit of the subscriptions was set back, told in words.
    Config(String),
    /// There was nothing.
    Nothing,
}

/// Why the engine could not do it: one line in words, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EngineError(pub String);

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

/// The result of an engine request.
pub type Answer<T> = Result<T, EngineError>;

#[expect(clippy::unused_async, reason = "stub")]
impl EngineHandle {
    /// Listens to what changes from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        todo!()
    }
    /// The config as it is now.
    #[must_use]
    pub fn config(&self) -> std::sync::Arc<Config> {
        todo!()
    }
    /// Where things are kept; none in the demo's memory.
    #[must_use]
    pub fn paths(&self) -> Option<Paths> {
        todo!()
    }
    /// The clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        todo!()
    }
    /// True when nothing can be saved (read-only directory).
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        todo!()
    }
    /// One window of a list.
    pub async fn headlines(&self, _request: ListRequest) -> Answer<Vec<Headline>> {
        todo!()
    }
    /// All and unread of a scope; search hits are counted up to `most`.
    pub async fn count(&self, _scope: Scope, _up_to: Option<ArticleId>, _most: u64) -> Answer<(u64, u64)> {
        todo!()
    }
    /// Arrivals after `than` within a scope.
    pub async fn newer(&self, _scope: Scope, _than: ArticleId) -> Answer<u64> {
        todo!()
    }
    /// One article with its text.
    pub async fn article(&self, _id: ArticleId) -> Answer<Option<Article>> {
        todo!()
    }
    /// The counts.
    pub async fn counts(&self) -> Answer<Counts> {
        todo!()
    }
    /// The feeds with facts and counts.
    pub async fn feeds(&self) -> Answer<Vec<FeedStatus>> {
        todo!()
    }
    /// Health in words: for each feed when it is due next and why then.
    pub async fn health(&self) -> Answer<Vec<FeedHealth>> {
        todo!()
    }
    /// Authors beginning with `prefix`.
    pub async fn complete_author(&self, _prefix: String) -> Answer<Vec<String>> {
        todo!()
    }
    /// Sets a mark, durably.
    pub async fn mark(&self, _articles: Vec<ArticleId>, _mark: Mark) -> Answer<Change> {
        todo!()
    }
    /// Sets a mark on all that a list shows.
    pub async fn mark_all(&self, _request: ListRequest, _mark: Mark) -> Answer<Change> {
        todo!()
    }
    /// Takes back the newest change of marks or subscriptions.
    pub async fn undo(&self) -> Answer<Undone> {
        todo!()
    }
    /// Does again what was undone last.
    pub async fn redo(&self) -> Answer<Undone> {
        todo!()
    }
    /// Marks what another reader had read; gives how many articles were found.
    pub async fn mark_urls_read(&self, _urls: Vec<String>) -> Answer<u64> {
        todo!()
    }
    /// Asks for a round of polls; notices tell how it goes. Does not wait.
    pub fn poll(&self, _request: PollRequest) {
        todo!()
    }
    /// Runs a round to its end, calling `each` for every feed as it is done. Waits for a round of another process first.
    pub async fn poll_and_wait(
        &self,
        _request: PollRequest,
        _each: impl FnMut(FeedPolled) + Send,
    ) -> Answer<RoundSummary> {
        todo!()
    }
    /// Adds a feed: the address of a feed, or of a site whose feed is looked for. Makes requests.
    pub async fn add_feed(&self, _spec: FeedSpec) -> Answer<AddOutcome> {
        todo!()
    }
    /// Adds known feeds without asking the network (starter packs, OPML, newsboat); gives how many were new.
    pub async fn add_feeds(&self, _feeds: Vec<FeedSpec>) -> Answer<usize> {
        todo!()
    }
    /// Adds the feeds of an OPML file; gives how many were new.
    pub async fn import_opml(&self, _path: std::path::PathBuf) -> Answer<usize> {
        todo!()
    }
    /// Edits the subscriptions in the config file, keeping its comments.
    pub async fn edit_feed(&self, _edit: FeedEdit) -> Answer<()> {
        todo!()
    }
    /// Looks for feeds at an address: title and URL of each.
    pub async fn discover(&self, _address: String) -> Answer<Vec<(String, String)>> {
        todo!()
    }
    /// Reads the config file again, as after an edit in `$EDITOR`.
    pub async fn reload_config(&self) -> Answer<()> {
        todo!()
    }
    /// Backs the database up now; gives the path of the copy.
    pub async fn backup(&self) -> Answer<std::path::PathBuf> {
        todo!()
    }
    /// Faults of the database in words; empty when all is well.
    pub async fn check(&self) -> Answer<Vec<String>> {
        todo!()
    }
    /// Ends the engine: polls are dropped, what is queued is stored.
    pub async fn shutdown(&self) {
        todo!()
    }
}

/// A feed's health in words.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedHealth {
    /// The feed, its facts and counts.
    pub status: FeedStatus,
    /// Its address without userinfo.
    pub address: String,
    /// When it is due next; none when it is not polled.
    pub next_poll: Option<jiff::Timestamp>,
    /// Why then, such as `every 30 min`, `the feed asks for 60 min (ttl)`, `backing off after 3 failures`.
    pub why: String,
}

/// What a round came to: the last line of `tidings poll --json`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoundSummary {
    /// Feeds of the round.
    pub feeds: usize,
    /// New articles.
    pub new: u64,
    /// Feeds whose last attempt failed.
    pub failed: usize,
    /// Milliseconds until every headline was stored.
    pub stored_ms: u64,
    /// Milliseconds until the text index was filled.
    pub indexed_ms: u64,
}
