//! When a round runs: feeds fall due, somebody asks, the machine slept, the network was away.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::round::{self, PollRequest, Round, RoundSummary};
use super::shared::Shared;
use super::spread::{Cutter, Spread};
use super::{Answer, Notice};
use crate::feed;
use crate::model::{FeedId, FeedStatus};

/// After sleep or a lost network, what is due is spread over this time (DESIGN 5).
const SPREAD: Duration = Duration::from_mins(1);
/// While offline, one feed is tried this often.
const OFFLINE_RETRY: Duration = Duration::from_mins(1);
/// The poller looks at the clock at least this often, so that a machine that slept is noticed.
const LONGEST_NAP: Duration = Duration::from_mins(1);
/// Told once, when a web page comes in the place of every feed.
const LOGIN_WANTED: &str =
    "offline: a web page answers in the place of every feed; log in to this network in a browser";
/// Wall-clock time beyond the time that the program ran that means that the machine slept.
const SLEPT: SignedDuration = SignedDuration::from_secs(90);

/// Runs rounds when feeds are due or when somebody asks, one after the other.
pub(super) struct Poller {
    shared: Arc<Shared>,
    requests: mpsc::UnboundedReceiver<PollRequest>,
    /// What was asked while a round ran.
    waiting: VecDeque<PollRequest>,
    clocks: Clocks,
    /// Over how long the next round of what is due is spread.
    spread: Duration,
    /// Since when no host can be reached.
    offline: Option<Timestamp>,
    /// Feeds tried since then.
    probes: usize,
    /// The network came back a moment ago.
    back: bool,
    /// Rounds in a row that left feeds due.
    futile: u32,
}

/// What ends a wait.
enum Woken {
    /// Somebody asked, or the subscriptions changed.
    Asked(PollRequest),
    /// A feed is due.
    Due,
    /// Nobody can ask any more.
    Closed,
}

impl Poller {
    /// A poller that heard of nothing yet.
    pub(super) fn new(shared: Arc<Shared>, requests: mpsc::UnboundedReceiver<PollRequest>) -> Self {
        let clocks = Clocks { ran: Instant::now(), wall: shared.clock.now() };
        Self {
            shared,
            requests,
            waiting: VecDeque::new(),
            clocks,
            spread: Duration::ZERO,
            offline: None,
            probes: 0,
            back: false,
            futile: 0,
        }
    }

    /// Runs until nobody can ask any more.
    pub(super) async fn run(mut self) {
        loop {
            let request = match self.next().await {
                Woken::Closed => return,
                Woken::Asked(request) => Some(request),
                Woken::Due if self.offline.is_some() => self.probe().await,
                Woken::Due => Some(PollRequest::Due),
            };
            if let Some(request) = request {
                self.round(request).await;
            }
        }
    }

    /// What is to be done next.
    async fn next(&mut self) -> Woken {
        while let Ok(request) = self.requests.try_recv() {
            self.remember(request);
        }
        self.notice_sleep();
        // What the user wants goes before what the config's change made due.
        let first = self.waiting.iter().position(|request| by_user(*request)).unwrap_or(0);
        match self.waiting.remove(first) {
            Some(request) => Woken::Asked(request),
            None => self.wait().await,
        }
    }

    /// Whoever asked several times while a round ran gets one more round, not several.
    fn remember(&mut self, request: PollRequest) {
        if !self.waiting.contains(&request) {
            self.waiting.push_back(request);
        }
    }

    /// Waits until a feed is due or somebody asks.
    async fn wait(&mut self) -> Woken {
        let not_before = Instant::now() + hold(self.futile);
        loop {
            let (began, now) = (Instant::now(), self.shared.clock.now());
            let until_due = match round::next_due(&self.shared).await {
                // Where nothing can be saved, nothing is polled by itself.
                _ if self.shared.store.is_read_only() => None,
                _ if self.offline.is_some() => Some(OFFLINE_RETRY),
                due => due.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default()),
            };
            let until_due = until_due.map(|wait| wait.max(not_before.saturating_duration_since(began)));
            let nap = until_due.unwrap_or(LONGEST_NAP).min(LONGEST_NAP);
            let asked = tokio::select! {
                request = self.requests.recv() => Some(request.map_or(Woken::Closed, Woken::Asked)),
                () = sleep_until(began + nap) => None,
            };
            self.notice_sleep();
            match asked {
                Some(woken) => return woken,
                // What fell due while the machine slept is seen at the next turn.
                None if until_due == Some(nap) && !self.shared.store.is_read_only() => return Woken::Due,
                None => {}
            }
        }
    }

    /// After sleep, whatever fell due meanwhile is asked gently; that it is due says nothing about the rounds before.
    fn notice_sleep(&mut self) {
        if self.clocks.slept(Instant::now(), self.shared.clock.now()) {
            self.spread = SPREAD;
            self.futile = 0;
        }
    }

    /// Runs a round and draws the conclusions.
    async fn round(&mut self, request: PollRequest) {
        // Only what falls due by itself is spread: who asks gets an answer at once.
        let over = if by_user(request) { Duration::ZERO } else { self.spread };
        let (cutter, spread) = Spread::over(over);
        let round = Round { request, spread, probing: self.offline.is_some(), online: self.back };
        let (done, cut) = self.attend(round, &cutter).await;
        let cut = cut && !over.is_zero();
        // One feed says nothing about the others.
        let whole = !cut && !matches!(request, PollRequest::Feed(_) | PollRequest::ForceFeed(_));
        match done {
            Ok(summary) => self.conclude(summary, whole),
            Err(error) => self.shared.tell(Notice::Trouble(error.to_string())),
        }
        if whole {
            // A round that could not be run, or whose polls could not be noted down (a full disk), leaves feeds due.
            let now = self.shared.clock.now();
            let still_due = self.offline.is_none() && round::next_due(&self.shared).await.is_some_and(|at| at <= now);
            self.futile = if still_due { self.futile.saturating_add(1) } else { 0 };
        }
    }

    /// Runs a round to its end, with an ear for the user: his wish drops what a spread round has not begun, which stays
    /// due, and comes next. True: somebody wished so.
    async fn attend(&mut self, round: Round, cutter: &Cutter) -> (Answer<RoundSummary>, bool) {
        let shared = Arc::clone(&self.shared);
        let mut running = std::pin::pin!(round::run(&shared, round, |_| ()));
        let (mut cut, mut open) = (false, true);
        loop {
            tokio::select! {
                done = &mut running => return (done, cut),
                request = self.requests.recv(), if open => match request {
                    Some(request) => {
                        if by_user(request) {
                            cutter.cut();
                            cut = true;
                        }
                        self.remember(request);
                    }
                    None => open = false,
                }
            }
        }
    }

    /// What a round says about the network. `whole`: it asked all that were due.
    fn conclude(&mut self, summary: RoundSummary, whole: bool) {
        if summary.offline {
            let news = self.offline.is_none();
            let since = *self.offline.get_or_insert(self.shared.clock.now());
            self.shared.tell(Notice::Offline(Some(since)));
            if news && summary.login {
                self.shared.tell(Notice::Trouble(LOGIN_WANTED.to_owned()));
            }
        } else if self.offline.is_some() && summary.asked == 0 {
            // Nobody was asked, so nothing is known.
        } else if self.offline.take().is_some() {
            self.probes = 0;
            self.back = true;
            // Back again: whatever fell due meanwhile is asked gently.
            self.spread = SPREAD;
            self.shared.tell(Notice::Offline(None));
        } else if whole {
            self.back = false;
            self.spread = Duration::ZERO;
        }
    }

    /// While offline: the one feed to try.
    async fn probe(&mut self) -> Option<PollRequest> {
        let feeds = self.shared.store.feeds().await.ok()?;
        let feed = probed(&feeds, self.probes, self.shared.clock.now())?;
        self.probes = self.probes.wrapping_add(1);
        Some(PollRequest::Feed(feed))
    }
}

/// Whether it is somebody's wish, and not only that something may have become due.
fn by_user(request: PollRequest) -> bool {
    request != PollRequest::Due
}

/// How long no round begins by itself after so many in a row that left feeds due: the publishers must not pay for a disk
/// of ours that is full by being asked over and over.
fn hold(futile: u32) -> Duration {
    match futile {
        0 => Duration::ZERO,
        _ => LONGEST_NAP * 2_u32.pow((futile - 1).min(5)),
    }
}

/// The feed to ask in the probe of this number: the one that answered last, then the others in turn. Always the same one
/// would keep the desk offline for ever when it is that feed's host that is dead.
fn probed(feeds: &[FeedStatus], probe: usize, now: Timestamp) -> Option<FeedId> {
    let mut candidates: Vec<&FeedStatus> = feeds
        .iter()
        .filter(|status| {
            status.feed.enabled
                && !status.facts.gone
                && !round::is_file(&status.feed.url)
                && feed::blocked_until(&status.facts, now).is_none()
        })
        .collect();
    candidates.sort_by_key(|status| std::cmp::Reverse(status.facts.last_success));
    let turn = probe.checked_rem(candidates.len())?;
    candidates.get(turn).map(|status| status.feed.id)
}

/// Two clocks, as they were at the last look: the one of the program stands still while the machine sleeps, the one on the
/// wall does not.
#[derive(Debug)]
struct Clocks {
    ran: Instant,
    wall: Timestamp,
}

impl Clocks {
    /// Whether the machine slept since the last look.
    fn slept(&mut self, ran: Instant, wall: Timestamp) -> bool {
        let awake = SignedDuration::try_from(ran.saturating_duration_since(self.ran)).unwrap_or(SignedDuration::MAX);
        let slept = wall.duration_since(self.wall).saturating_sub(awake) > SLEPT;
        *self = Self { ran, wall };
        slept
    }
}

#[cfg(test)]
mod tests;
