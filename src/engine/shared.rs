//! What all parts of the engine hold in common.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, broadcast, mpsc, watch};

use super::computing::Computing;
use super::download::Downloads;
use super::full_text::UnderWay;
use super::labelling::Labelling;
use super::notice::Standing;
use super::stories::Rooms;
use super::{Notice, PollRequest};
use crate::clock::Clock;
use crate::config::{Config, FeedSpec, Network, Paths};
use crate::fetch::{Fetcher, Policy};
use crate::store::{Store, Subscription};

/// Notices a slow listener may fall behind by before it is told that it missed some.
const NOTICE_BACKLOG: usize = 4096;

/// Largest document after decoding, in bytes (THREATS R6).
const MAX_BYTES: u64 = 16 << 20;

/// What an engine is made of.
#[derive(Debug)]
pub struct EngineOptions {
    /// The directory's files; none when nothing is kept on disk.
    pub paths: Option<Paths>,
    /// The config as read.
    pub config: Config,
    /// The open store.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// False: no server is asked for anything, as in the demo.
    pub asks_servers: bool,
}

/// The engine's insides; shared by its tasks and every handle.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) paths: Option<Paths>,
    pub(super) store: Store,
    pub(super) clock: Clock,
    config: RwLock<Arc<Config>>,
    fetcher: RwLock<Fetcher>,
    pub(super) asks_servers: bool,
    pub(super) notices: broadcast::Sender<Notice>,
    standing: Mutex<Standing>,
    pub(super) requests: mpsc::UnboundedSender<PollRequest>,
    pub(super) waiting_requests: Mutex<Option<mpsc::UnboundedReceiver<PollRequest>>>,
    /// Turns at reading documents: parsing is pure computation, more at once than cores only costs memory.
    pub(super) parsing: Semaphore,
    /// Rung when articles wait for the text index.
    pub(super) to_index: Notify,
    /// Rung when pages may wait to be fetched.
    pub(super) to_fetch: Notify,
    /// The articles whose pages are being fetched.
    pub(super) pages_under_way: UnderWay,
    /// True while a round of polls is under way.
    pub(super) round: watch::Sender<bool>,
    /// Rung when the rules changed.
    pub(super) to_label: Notify,
    /// Rung when articles may wait for their place in a story.
    pub(super) to_place: Notify,
    labelling: RwLock<Arc<Labelling>>,
    /// What is known of the latest stories; whoever places holds it.
    pub(super) rooms: tokio::sync::Mutex<Rooms>,
    /// One edit of the config file at a time, ours or a reload.
    pub(super) config_file: tokio::sync::Mutex<()>,
    #[cfg(feature = "images")]
    pub(super) pictures: super::pictures::Pictures,
    pub(super) shutdown: watch::Sender<bool>,
    /// The files on their way.
    pub(super) downloads: Downloads,
    /// The threads of [`Shared::computed`].
    pub(super) computing: Computing,
}

impl Shared {
    pub(super) fn new(options: EngineOptions) -> Arc<Self> {
        let (requests, waiting) = mpsc::unbounded_channel();
        let fetcher = Fetcher::new(policy(&options.config.network, options.asks_servers), options.clock.clone());
        let labelling = Labelling::new(options.config.rules.clone());
        Arc::new(Self {
            paths: options.paths,
            asks_servers: options.asks_servers,
            store: options.store,
            clock: options.clock,
            config: RwLock::new(Arc::new(options.config)),
            fetcher: RwLock::new(fetcher),
            notices: broadcast::channel(NOTICE_BACKLOG).0,
            standing: Mutex::default(),
            requests,
            waiting_requests: Mutex::new(Some(waiting)),
            parsing: Semaphore::new(std::thread::available_parallelism().map_or(2, usize::from)),
            to_index: Notify::new(),
            round: watch::channel(false).0,
            to_fetch: Notify::new(),
            pages_under_way: UnderWay::default(),
            to_label: Notify::new(),
            to_place: Notify::new(),
            labelling: RwLock::new(labelling),
            rooms: tokio::sync::Mutex::default(),
            config_file: tokio::sync::Mutex::new(()),
            #[cfg(feature = "images")]
            pictures: super::pictures::Pictures::new(),
            shutdown: watch::channel(false).0,
            downloads: Downloads::default(),
            computing: Computing::default(),
        })
    }

    pub(super) fn config(&self) -> Arc<Config> {
        self.config.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn fetcher(&self) -> Fetcher {
        self.fetcher.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The rules of the config, as they are applied.
    pub(super) fn labelling(&self) -> Arc<Labelling> {
        self.labelling.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes a new config into use; requests that are under way keep the old manners.
    pub(super) fn set_config(&self, config: Config) {
        if config.network != self.config().network {
            let fetcher = Fetcher::new(policy(&config.network, self.asks_servers), self.clock.clone());
            *self.fetcher.write().unwrap_or_else(PoisonError::into_inner) = fetcher;
        }
        let rules_differ = config.rules != self.config().rules;
        if rules_differ {
            *self.labelling.write().unwrap_or_else(PoisonError::into_inner) = Labelling::new(config.rules.clone());
        }
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
        if rules_differ {
            self.to_label.notify_one();
        }
    }

    /// Tells every face. Nobody listening is fine: a command that only stores something has no ears.
    pub(super) fn tell(&self, notice: Notice) {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).note(&notice);
        self.notices.send(notice).ok();
    }

    /// What a listener takes in place of notices that it missed.
    pub(super) fn in_place_of_missed(&self) -> Vec<Notice> {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = [Notice::ArticlesChanged, Notice::MarksChanged, Notice::FeedsChanged];
        standing.notices().chain(changes).collect()
    }
}

/// The subscriptions of a config, as the store wants them.
pub(super) fn subscriptions(feeds: &[FeedSpec]) -> Vec<Subscription> {
    feeds
        .iter()
        .map(|feed| Subscription {
            url: feed.url.clone(),
            name: feed.name.clone(),
            topics: feed.topics.clone(),
            enabled: feed.enabled,
        })
        .collect()
}

fn policy(network: &Network, asks_servers: bool) -> Policy {
    Policy {
        timeout: Duration::from_secs(network.timeout_seconds),
        per_host: network.per_host,
        host_spacing: Duration::from_millis(network.host_spacing_ms),
        allow_private: network.allow_private.clone(),
        proxy: network.proxy.clone(),
        max_bytes: MAX_BYTES,
        asks_servers,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::broadcast::error::RecvError;

    #[tokio::test]
    async fn a_listener_that_fell_behind_learns_what_stands() {
        let clock = Clock::system();
        let store = Store::in_memory(clock.clone()).expect("a store");
        let shared =
            Shared::new(EngineOptions { paths: None, config: Config::default(), store, clock, asks_servers: true });
        let changes = [Notice::ArticlesChanged, Notice::MarksChanged, Notice::FeedsChanged];
        assert_eq!(shared.in_place_of_missed(), changes, "nothing was told yet");
        let mut slow = shared.notices.subscribe();
        let finished = Notice::PollFinished { new: 3, failed: 1, next_poll: None };
        let told = [
            Notice::Offline(Some(shared.clock.now())),
            Notice::PollStarted { feeds: 7 },
            Notice::Offline(None),
            finished.clone(),
        ];
        for notice in told.into_iter().chain(std::iter::repeat_n(Notice::MarksChanged, NOTICE_BACKLOG)) {
            shared.tell(notice);
        }
        assert!(matches!(slow.recv().await, Err(RecvError::Lagged(_))), "it missed them");
        let expected: Vec<Notice> = [finished, Notice::Offline(None)].into_iter().chain(changes).collect();
        assert_eq!(shared.in_place_of_missed(), expected);
    }
}
