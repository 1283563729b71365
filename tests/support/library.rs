//! A tidings library in a temporary directory: config, store and engine, with a clock that tests move.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tidings::clock::Clock;
use tidings::config::{self, Paths};
use tidings::engine::{EngineHandle, EngineOptions, FeedPolled, PollRequest, RoundSummary};
use tidings::model::{FeedStatus, Headline};
use tidings::query::{Cursor, ListRequest, Order, Page, Scope};
use tidings::store::Store;

/// A library with an engine on it.
pub struct Library {
    /// Removed at the end.
    pub dir: TempDir,
    /// Stands still until moved.
    pub clock: Clock,
    /// The engine, without background work.
    pub engine: EngineHandle,
}

/// When the tests' clocks start.
pub fn start_of_test() -> Timestamp {
    "2026-06-01T08:00:00Z".parse().unwrap()
}

impl Library {
    /// A new library that subscribes to `feeds`; requests to one host are not spaced.
    pub async fn new(feeds: &[String]) -> Self {
        Self::with_config(&config_for(feeds, "")).await
    }

    /// A new library with this config.
    pub async fn with_config(text: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config.toml"), text).unwrap();
        let clock = Clock::fixed(start_of_test());
        let engine = open(dir.path(), &clock).await;
        Self { dir, clock, engine }
    }

    /// Ends the engine and opens the library again, as a restart does.
    pub async fn restart(&mut self) {
        self.engine.shutdown().await;
        self.engine = open(self.dir.path(), &self.clock).await;
    }

    /// Another engine on the same library, as another process has it.
    pub async fn second_engine(&self) -> EngineHandle {
        open(self.dir.path(), &self.clock).await
    }

    /// Moves the clock on.
    pub fn later(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Runs a round and gives what it told of each feed.
    pub async fn poll(&self, request: PollRequest) -> (Vec<FeedPolled>, RoundSummary) {
        let mut told = Vec::new();
        let summary = self.engine.poll_and_wait(request, |polled| told.push(polled)).await.unwrap();
        (told, summary)
    }

    /// The only feed.
    pub async fn feed(&self) -> FeedStatus {
        let feeds = self.engine.feeds().await.unwrap();
        assert_eq!(feeds.len(), 1, "one feed was expected");
        feeds.into_iter().next().unwrap()
    }

    /// Everything in a scope, newest first, read page by page as a list is.
    pub async fn all(&self, scope: Scope) -> Vec<Headline> {
        let mut rows: Vec<Headline> = Vec::new();
        let mut page = Page::First;
        loop {
            let request = ListRequest {
                scope: scope.clone(),
                unread_only: false,
                rows: tidings::query::Rows::Articles,
                order: Order::Date,
                up_to: None,
                page,
                limit: 100,
            };
            let next = self.engine.headlines(request).await.unwrap();
            let Some(last) = next.last() else { return rows };
            page = Page::After(Cursor::of(last));
            rows.extend(next);
        }
    }
}

/// A config for feeds, with `network` lines added to `[network]`.
pub fn config_for(feeds: &[String], network: &str) -> String {
    use std::fmt::Write as _;
    let mut text = format!("keep_days = 0\n[network]\nhost_spacing_ms = 0\n{network}\n");
    for (n, url) in feeds.iter().enumerate() {
        writeln!(text, "[[feeds]]\nname = \"Feed {n}\"\nurl = \"{url}\"").unwrap();
    }
    text
}

async fn open(dir: &Path, clock: &Clock) -> EngineHandle {
    let paths = Paths::in_dir(dir.to_owned());
    let loaded = config::load(&paths.config);
    assert_eq!(loaded.diagnostics, [], "the test's config is wrong");
    let store = Store::open(&paths.database, &paths.backups, clock.clone()).unwrap();
    let options =
        EngineOptions { paths: Some(paths), config: loaded.config, store, clock: clock.clone(), asks_servers: true };
    let engine = EngineHandle::new(options);
    engine.adopt_config().await.unwrap();
    engine
}

/// An RSS document of invented news: an item for each number.
pub fn rss(items: impl IntoIterator<Item = u32>) -> String {
    let items: String = items.into_iter().map(item).collect();
    format!(
        "<rss version=\"2.0\"><channel><title>Harbour Ledger</title><link>https://ledger.example/</link>{items}\
         </channel></rss>"
    )
}

/// One item of invented news.
pub fn item(n: u32) -> String {
    let (day, hour) = (1 + n / 24 % 28, n % 24);
    format!(
        "<item><title>Quay {n} reopens after crane repairs</title><link>https://ledger.example/{n}</link>\
         <guid isPermaLink=\"false\">ledger-{n}</guid><pubDate>{day:02} May 2026 {hour:02}:00:00 GMT</pubDate>\
         <category>Ports</category><description>Berth {n} took its first ship.</description></item>"
    )
}
