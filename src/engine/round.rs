//! One round of polls: which feeds, in what order, how many at once, and what it came to.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::poll_feed::{self, Doubt, Polled};
use super::shared::Shared;
use super::spread::Spread;
use super::{Answer, EngineError, FeedPolled, Notice, PollOutcome, labelling, stories};
use crate::config::{Config, FeedSpec};
use crate::feed;
use crate::model::{FeedId, FeedStatus, PollFacts};
use crate::store::PollLock;

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

/// What a round came to: the last line of `tidings poll --json`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RoundSummary {
    /// Feeds of the round, those included that were not asked.
    pub feeds: usize,
    /// Feeds that were asked over the network.
    pub asked: usize,
    /// New articles.
    pub new: u64,
    /// Feeds whose last attempt failed.
    pub failed: usize,
    /// Milliseconds until every headline was stored.
    pub stored_ms: u64,
    /// Milliseconds until the text index was filled; 0 when the round did not wait for it.
    pub indexed_ms: u64,
    /// True when feeds were asked and not one host could be reached, or none but the network itself answered.
    pub offline: bool,
    /// True when offline and a web page came in the place of every feed: the network wants a login.
    pub login: bool,
}

/// What falls due this soon is asked now: one round for what belongs together, and a cron job that runs as often as the
/// interval does not miss its feeds by the jitter. A Retry-After and the feed's quiet times are always waited out in full.
const EARLY: SignedDuration = SignedDuration::from_mins(4);

/// How often the poll lock is tried while another process holds it.
const LOCK_RETRY: Duration = Duration::from_millis(100);
/// How long it is waited for: no round takes so long, but a desk that was stopped with Ctrl-Z in the middle of one does.
const LOCK_PATIENCE: Duration = Duration::from_mins(15);

/// A round ends when its articles have their places; what an update of the library left to place does not hold it up
/// for longer than this.
const PLACING: Duration = Duration::from_secs(30);

/// How a round is run.
#[derive(Debug, Clone)]
pub(super) struct Round {
    /// Which feeds.
    pub(super) request: PollRequest,
    /// When its polls start: not all at once after sleep or a lost network.
    pub(super) spread: Spread,
    /// The network was away, and this round shows whether it is back.
    pub(super) probing: bool,
    /// The network was seen to be there a moment ago: whoever cannot be reached now is dead himself.
    pub(super) online: bool,
}

impl Round {
    /// A round at once.
    pub(super) fn now(request: PollRequest) -> Self {
        Self { request, spread: Spread::none(), probing: false, online: false }
    }
}

/// Runs one round. `each` hears of every feed as it is done, as do the listeners to notices.
pub(super) async fn run(
    shared: &Arc<Shared>,
    round: Round,
    mut each: impl FnMut(FeedPolled) + Send,
) -> Answer<RoundSummary> {
    let _lock = lock(shared).await?;
    let _under_way = UnderWay::begin(&shared.round);
    let began = Instant::now();
    let config = shared.config();
    let mut summary = RoundSummary::default();
    let mut tell = |shared: &Shared, polled: FeedPolled, summary: &mut RoundSummary| {
        summary.new += polled.new;
        summary.failed += usize::from(polled.error.is_some());
        shared.tell(Notice::FeedPolled(polled.clone()));
        each(polled);
    };
    // Read after the lock is ours: the round of another process may just have polled what we wanted to.
    let plan = plan(shared, &config, round.request).await?;
    summary.feeds = plan.ask.len() + plan.leave.len();
    shared.tell(Notice::PollStarted { feeds: plan.ask.len() });
    if plan.ask.iter().any(|(status, _)| status.facts.last_success.is_none()) {
        // A document will come, not a 304: what reads it is made ready while the server thinks.
        labelling::preparing(shared);
    }
    for polled in plan.leave {
        tell(shared, polled, &mut summary);
    }
    let (mut asked, mut unsaved) = (0, 0_u64);
    let mut running = start(shared, &config, plan.ask, &round.spread);
    let mut doubted: Vec<Doubted> = Vec::new();
    while let Some(done) = running.join_next().await {
        // A task that was torn down with the runtime has nothing to tell; a panic is caught within.
        let Ok(Some((status, polled))) = done else { continue };
        // A file says nothing about the network.
        asked += usize::from(!is_file(&status.feed.url));
        unsaved = unsaved.saturating_add(polled.unsaved);
        if let Some(error) = &polled.told.error {
            tracing::warn!(feed = status.feed.name, error, "poll failed");
        }
        if let (Some(doubt), Some(error)) = (polled.doubt, &polled.told.error) {
            doubted.push(Doubted { status, doubt, error: error.clone() });
        }
        tell(shared, polled.told, &mut summary);
    }
    summary.asked = asked;
    // One dead host is that feed's failure; all of them at once is the network's, and no feed is blamed for it.
    let none_reached = asked > 0 && doubted.len() == asked && may_be_network(&doubted, round.probing);
    // Who asks for one feed alone learns about that feed; of the network it says nothing.
    let one_wanted = matches!(round.request, PollRequest::Feed(_) | PollRequest::ForceFeed(_));
    // Nor do feeds that failed before, or a network that was there a moment ago.
    let any_sound = doubted.iter().any(|one| one.status.facts.failures == 0);
    let tells = round.probing || (!round.online && !one_wanted && any_sound && (asked > 1 || summary.feeds == 1));
    summary.offline = none_reached && tells;
    summary.login = summary.offline && doubted.iter().any(|one| one.page().is_some());
    if !summary.offline {
        for Doubted { status, doubt, error } in doubted {
            poll_feed::record_doubted(shared, &status, doubt, &error).await;
        }
    }
    // What came in is in the lists once it has its place.
    if let Err(error) = stories::settle(shared, Some(Instant::now() + PLACING)).await {
        shared.tell(Notice::Trouble(format!("new articles could not be put into their stories: {error}")));
    }
    shared.to_fetch.notify_one();
    summary.stored_ms = elapsed_ms(began);
    let next_poll = next_due(shared).await;
    // After a cut the round that was asked for begins at once; who asked waits for the end of that one.
    if !round.spread.is_cut() {
        shared.tell(Notice::PollFinished { new: summary.new, failed: summary.failed, next_poll });
    }
    if unsaved > 0 {
        // It may not even have been possible to note that with the feeds.
        let words =
            format!("the disk is full: {unsaved} articles not saved; make room, and they come with the next poll");
        shared.tell(Notice::Trouble(words));
    }
    Ok(summary)
}

/// A round that is under way, until it ends in whatever way.
struct UnderWay<'s>(&'s watch::Sender<bool>);

impl<'s> UnderWay<'s> {
    fn begin(round: &'s watch::Sender<bool>) -> Self {
        round.send_replace(true);
        Self(round)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}

/// A failure that may be the network's fault.
struct Doubted {
    status: FeedStatus,
    doubt: Doubt,
    error: String,
}

impl Doubted {
    /// How the page began that came in the place of the feed.
    fn page(&self) -> Option<&[u8]> {
        match &self.doubt {
            Doubt::Unreachable => None,
            Doubt::Page { begins, .. } => Some(begins),
        }
    }
}

/// Whether what all feeds of a round answered can be the network's doing: nothing at all, or one and the same page for
/// several feeds that were sound before. While the network is known to be away, one page is enough.
fn may_be_network(doubted: &[Doubted], probing: bool) -> bool {
    let mut pages = doubted.iter().filter_map(|one| one.page().map(|page| (page, &one.status.facts)));
    let Some((first, facts)) = pages.next() else { return true };
    let sound = |facts: &PollFacts| facts.failures == 0 && facts.last_success.is_some();
    let (mut sound_ones, mut same) = (usize::from(sound(facts)), true);
    for (page, facts) in pages {
        sound_ones += usize::from(sound(facts));
        same &= page == first;
    }
    same && (probing || sound_ones > 1)
}

/// Whether this is the address of a file.
pub(super) fn is_file(url: &str) -> bool {
    url.trim_start().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"))
}

/// Waits for the poll lock: another process may be in the middle of a round.
async fn lock(shared: &Shared) -> Answer<PollLock> {
    let began = Instant::now();
    while began.elapsed() < LOCK_PATIENCE {
        if let Some(lock) = shared.store.try_poll_lock()? {
            return Ok(lock);
        }
        tokio::time::sleep(LOCK_RETRY).await;
    }
    let minutes = LOCK_PATIENCE.as_secs() / 60;
    Err(EngineError(format!(
        "not polled: another tidings has been polling for {minutes} minutes; is one stopped (Ctrl-Z)? Continue or end it"
    )))
}

/// The feeds of a round: those to ask, and what is told of those that are left alone.
struct Plan {
    ask: Vec<(FeedStatus, FeedSpec)>,
    leave: Vec<FeedPolled>,
}

async fn plan(shared: &Shared, config: &Config, request: PollRequest) -> Answer<Plan> {
    let now = shared.clock.now();
    let specs: HashMap<&str, &FeedSpec> = config.feeds.iter().map(|feed| (feed.url.as_str(), feed)).collect();
    let mut plan = Plan { ask: Vec::new(), leave: Vec::new() };
    for status in shared.store.feeds().await? {
        let wanted = match request {
            PollRequest::Feed(id) | PollRequest::ForceFeed(id) => status.feed.id == id,
            PollRequest::Due | PollRequest::Now | PollRequest::Force => status.feed.enabled,
        };
        // A feed that left the config while we waited is nobody's any more.
        let Some(spec) = specs.get(status.feed.url.as_str()).filter(|_| wanted) else { continue };
        let spec = FeedSpec::clone(spec);
        match reason_to_wait(&status.facts, &status, &spec, config, request, now) {
            None => plan.ask.push((status, spec)),
            Some(outcome) => plan.leave.push(poll_feed::tell(shared, &status.feed, &spec, &status.facts, outcome)),
        }
    }
    interleave_hosts(&mut plan.ask);
    Ok(plan)
}

/// Why a feed is not asked now; none: it is asked.
fn reason_to_wait(
    facts: &PollFacts,
    status: &FeedStatus,
    spec: &FeedSpec,
    config: &Config,
    request: PollRequest,
    now: Timestamp,
) -> Option<PollOutcome> {
    let due = feed::due(facts, poll_feed::interval(spec, config.network.poll_minutes), status.feed.id, now);
    match request {
        PollRequest::Force | PollRequest::ForceFeed(_) => None,
        _ if facts.gone => Some(PollOutcome::Gone),
        _ if feed::blocked_until(facts, now).is_some() => Some(PollOutcome::Waiting),
        PollRequest::Now | PollRequest::Feed(_) => None,
        PollRequest::Due if feed::is_quiet(facts, now) => Some(PollOutcome::Waiting),
        PollRequest::Due => (!due.is_due(now.saturating_add(EARLY).unwrap_or(now))).then_some(PollOutcome::Waiting),
    }
}

/// Puts the first feed of every host before the second of any: hosts are spaced, so many feeds of one host must not
/// hold the places of others.
fn interleave_hosts(feeds: &mut [(FeedStatus, FeedSpec)]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut turns: HashMap<FeedId, usize> = HashMap::new();
    for (status, spec) in feeds.iter() {
        let turn = seen.entry(host_of(spec)).or_default();
        turns.insert(status.feed.id, *turn);
        *turn += 1;
    }
    feeds.sort_by_key(|(status, _)| turns.get(&status.feed.id).copied());
}

/// The host of a feed's address; empty where it has none.
fn host_of(spec: &FeedSpec) -> String {
    url::Url::parse(&spec.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// Starts all of a round's polls; `concurrency` of them run at once. None: not asked, because the round was cut short.
fn start(
    shared: &Arc<Shared>,
    config: &Config,
    feeds: Vec<(FeedStatus, FeedSpec)>,
    spread: &Spread,
) -> JoinSet<Option<(FeedStatus, Polled)>> {
    let places = Arc::new(Semaphore::new(config.network.concurrency.max(1)));
    let of = feeds.len();
    let mut of_host: HashMap<String, Arc<AtomicUsize>> = HashMap::new();
    for (_, spec) in &feeds {
        of_host.entry(host_of(spec)).or_default().fetch_add(1, Ordering::Relaxed);
    }
    let mut running = JoinSet::new();
    for (turn, (status, spec)) in (0_u32..).zip(feeds) {
        let (shared, places, mut spread) = (Arc::clone(shared), Arc::clone(&places), spread.clone());
        let to_ask = of_host.get(&host_of(&spec)).map(Arc::clone).unwrap_or_default();
        running.spawn(async move {
            if !spread.wait(turn, of).await {
                return None;
            }
            let _place = places.acquire_owned().await;
            if spread.is_cut() {
                return None;
            }
            // What it needs is only made now: a thousand feeds may wait for their places.
            let poll = AssertUnwindSafe(Box::pin(async {
                panic_if_asked(&status.feed.name);
                let is_last = to_ask.fetch_sub(1, Ordering::Relaxed) <= 1;
                poll_feed::poll_feed(&shared, status.clone(), &spec, is_last).await
            }));
            let polled = match poll.catch_unwind().await {
                Ok(polled) => polled,
                Err(_) => poll_feed::panicked(&shared, &status, &spec).await,
            };
            Some((status, polled))
        });
    }
    running
}

/// The environment's `TIDINGS_TEST_PANIC=poll:NAME` makes the poll of a feed panic: the tests of the real binary see what
/// becomes of it. Not in releases.
fn panic_if_asked(feed: &str) {
    if cfg!(debug_assertions) {
        let asked = std::env::var("TIDINGS_TEST_PANIC").is_ok_and(|what| what.strip_prefix("poll:") == Some(feed));
        assert!(!asked, "asked to panic by TIDINGS_TEST_PANIC");
    }
}

/// When the next feed falls due; none when none ever does.
pub(super) async fn next_due(shared: &Shared) -> Option<Timestamp> {
    let (config, now) = (shared.config(), shared.clock.now());
    let specs: HashMap<&str, &FeedSpec> = config.feeds.iter().map(|feed| (feed.url.as_str(), feed)).collect();
    let feeds = shared.store.feeds().await.ok()?;
    feeds
        .iter()
        .filter(|status| status.feed.enabled)
        .filter_map(|status| {
            let spec = specs.get(status.feed.url.as_str())?;
            feed::due(&status.facts, poll_feed::interval(spec, config.network.poll_minutes), status.feed.id, now).at
        })
        .min()
}

/// Milliseconds since `began`.
pub(super) fn elapsed_ms(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}
