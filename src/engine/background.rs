//! What runs while a desk is open: rounds when feeds are due, the text index, ageing out, a daily backup, and an eye on
//! what other processes write.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use super::round::{self, PollRequest, Round};
use super::shared::Shared;
use super::{Notice, labelling, live_config, stories};
use crate::model::{FeedId, FeedStatus};
use crate::{feed, store};

/// After sleep or a lost network, what is due is spread over this time (DESIGN 5).
const SPREAD: Duration = Duration::from_mins(1);
/// While offline, one feed is tried this often.
const OFFLINE_RETRY: Duration = Duration::from_mins(1);
/// The poller looks at the clock at least this often, so that a machine that slept is noticed.
const LONGEST_NAP: Duration = Duration::from_mins(1);
/// Wall-clock time beyond the nap that means that the machine slept.
const SLEPT: SignedDuration = SignedDuration::from_secs(90);
/// How often other processes' writes are looked for ("within a second").
const FOREIGN_CHECK: Duration = Duration::from_millis(900);
/// Care of the library starts after the desk has settled, and then comes this often.
const CARE_AFTER: Duration = Duration::from_secs(20);
const CARE_EVERY: Duration = Duration::from_hours(6);
/// Between two backups.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Starts everything. The tasks end at shutdown.
pub(super) fn start(shared: &Arc<Shared>, requests: mpsc::UnboundedReceiver<PollRequest>) {
    watched(shared, "polling", poller(Arc::clone(shared), requests));
    watched(shared, "filling the text index", indexer(Arc::clone(shared)));
    watched(shared, "labelling articles", labelling::worker(Arc::clone(shared)));
    watched(shared, "putting articles into stories", stories::worker(Arc::clone(shared)));
    watched(shared, "looking for what others write", foreign_writes(Arc::clone(shared)));
    watched(shared, "the care of the library", care(Arc::clone(shared)));
    watched(shared, "watching config.toml", live_config::watch(Arc::clone(shared)));
}

/// Runs `work` until shutdown; should it panic, the user learns what no longer happens.
fn watched(shared: &Arc<Shared>, what: &'static str, work: impl Future<Output = ()> + Send + 'static) {
    let task = tokio::spawn(until_shutdown(Arc::clone(shared), work));
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        if task.await.is_err_and(|error| error.is_panic()) {
            let words = format!("{what} stopped because of a fault in tidings; the log has more. Start the desk again");
            shared.tell(Notice::Trouble(words));
        }
    });
}

/// Drops `work` when the engine shuts down.
async fn until_shutdown(shared: Arc<Shared>, work: impl Future<Output = ()>) {
    let mut shutdown = shared.shutdown.subscribe();
    tokio::select! {
        () = work => {}
        _ = shutdown.wait_for(|down| *down) => {}
    }
}

/// Rounds when feeds are due or when somebody asks.
async fn poller(shared: Arc<Shared>, mut requests: mpsc::UnboundedReceiver<PollRequest>) {
    let mut offline: Option<Timestamp> = None;
    let mut spread = Duration::ZERO;
    let (mut probes, mut futile) = (0, 0);
    let mut back = false;
    let mut waiting = VecDeque::new();
    loop {
        // Whoever asked several times while a round ran gets one more round, not several.
        while let Ok(request) = requests.try_recv() {
            if !waiting.contains(&request) {
                waiting.push_back(request);
            }
        }
        let woken = match waiting.pop_front() {
            Some(request) => Woken::Asked(request),
            None => wait(&shared, &mut requests, offline.is_some(), Instant::now() + hold(futile)).await,
        };
        let probing = offline.is_some();
        let (request, spread_over) = match woken {
            Woken::Closed => return,
            Woken::Asked(request) => (Some(request), Duration::ZERO),
            Woken::Due { slept } => {
                if slept {
                    spread = SPREAD;
                }
                (if probing { probe(&shared, &mut probes).await } else { Some(PollRequest::Due) }, spread)
            }
        };
        let Some(request) = request else { continue };
        match round::run(&shared, Round { request, spread: spread_over, probing, online: back }, |_| ()).await {
            Ok(summary) if summary.offline => {
                let since = *offline.get_or_insert(shared.clock.now());
                shared.tell(Notice::Offline(Some(since)));
            }
            Ok(summary) => {
                if offline.is_some() && summary.asked == 0 {
                    // Nobody was asked, so nothing is known.
                } else if offline.take().is_some() {
                    probes = 0;
                    back = true;
                    // Back again: whatever fell due meanwhile is asked gently.
                    spread = SPREAD;
                    shared.tell(Notice::Offline(None));
                } else {
                    back = false;
                    spread = Duration::ZERO;
                }
            }
            Err(error) => {
                shared.tell(Notice::Trouble(error.to_string()));
            }
        }
        // A round that could not be run, or whose polls could not be noted down (a full disk), leaves feeds due.
        let now = shared.clock.now();
        let still_due = offline.is_none() && round::next_due(&shared).await.is_some_and(|at| at <= now);
        futile = if still_due { futile.saturating_add(1) } else { 0 };
    }
}

/// How long no round begins by itself after so many in a row that left feeds due: the publishers must not pay for a disk
/// of ours that is full by being asked over and over.
fn hold(futile: u32) -> Duration {
    match futile {
        0 => Duration::ZERO,
        _ => LONGEST_NAP * 2_u32.pow((futile - 1).min(5)),
    }
}

/// What ends a wait.
enum Woken {
    /// Somebody asked, or the subscriptions changed.
    Asked(PollRequest),
    /// A feed is due.
    Due {
        /// The machine slept meanwhile.
        slept: bool,
    },
    /// Nobody can ask any more.
    Closed,
}

/// Waits until a feed is due or somebody asks.
async fn wait(
    shared: &Shared,
    requests: &mut mpsc::UnboundedReceiver<PollRequest>,
    offline: bool,
    not_before: Instant,
) -> Woken {
    let mut slept = false;
    loop {
        let (began, now) = (Instant::now(), shared.clock.now());
        let until_due = match round::next_due(shared).await {
            // Where nothing can be saved, nothing is polled by itself.
            _ if shared.store.is_read_only() => None,
            _ if offline => Some(OFFLINE_RETRY),
            due => due.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default()),
        };
        let until_due = until_due.map(|wait| wait.max(not_before.saturating_duration_since(began)));
        let nap = until_due.unwrap_or(LONGEST_NAP).min(LONGEST_NAP);
        tokio::select! {
            request = requests.recv() => return request.map_or(Woken::Closed, Woken::Asked),
            () = sleep_until(began + nap) => {}
        }
        let passed = shared.clock.now().duration_since(now);
        let expected = SignedDuration::try_from(nap).unwrap_or_default();
        slept |= passed - expected > SLEPT;
        if (until_due == Some(nap) || slept) && !shared.store.is_read_only() {
            return Woken::Due { slept };
        }
    }
}

/// While offline: the one feed to try.
async fn probe(shared: &Shared, probes: &mut usize) -> Option<PollRequest> {
    let feeds = shared.store.feeds().await.ok()?;
    let feed = probed(&feeds, *probes, shared.clock.now())?;
    *probes = probes.wrapping_add(1);
    Some(PollRequest::Feed(feed))
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

/// Fills the text index behind the arrivals.
async fn indexer(shared: Arc<Shared>) {
    loop {
        while let Ok(left) = shared.store.index().await {
            if left == 0 {
                break;
            }
        }
        shared.to_index.notified().await;
    }
}

/// Tells the faces when another process wrote: a poll from cron, a mark from a script.
async fn foreign_writes(shared: Arc<Shared>) {
    let mut known = shared.store.foreign_version().await.ok();
    loop {
        sleep(FOREIGN_CHECK).await;
        let version = shared.store.foreign_version().await.ok();
        if version != known {
            known = version;
            // The other process may have ended before it indexed what it brought.
            shared.to_index.notify_one();
            shared.to_place.notify_one();
            shared.tell(Notice::FeedsChanged);
            shared.tell(Notice::ArticlesChanged);
            shared.tell(Notice::MarksChanged);
        }
    }
}

/// Ageing out and the daily backup.
async fn care(shared: Arc<Shared>) {
    sleep(CARE_AFTER).await;
    loop {
        if let Err(error) = retain(&shared).await {
            shared.tell(Notice::Trouble(format!("old articles could not be cleared away: {error}")));
        }
        if let Err(error) = daily_backup(&shared).await {
            shared.tell(Notice::Trouble(format!("the daily backup failed: {error}")));
        }
        sleep(CARE_EVERY).await;
    }
}

/// Lets old articles age out, in small steps so that no mark waits.
pub(super) async fn retain(shared: &Shared) -> Result<u64, super::StoreError> {
    let days = shared.config().keep_days;
    if days == 0 || shared.store.is_read_only() {
        return Ok(0);
    }
    let Ok(before) = shared.clock.now().checked_sub(SignedDuration::from_hours(24 * i64::from(days))) else {
        return Ok(0);
    };
    let mut removed = 0;
    loop {
        let step = shared.store.retain(before).await?;
        if step == 0 {
            break;
        }
        removed += step;
    }
    if removed > 0 {
        shared.tell(Notice::ArticlesChanged);
    }
    Ok(removed)
}

/// A copy of the database once a day (THREATS R4).
async fn daily_backup(shared: &Shared) -> Result<(), super::StoreError> {
    let Some(paths) = &shared.paths else { return Ok(()) };
    if shared.store.is_read_only() {
        return Ok(());
    }
    let now = shared.clock.now();
    let newest = store::list_backups(&paths.backups)?.into_iter().filter_map(|backup| backup.made).max();
    // One from a future that a wrong clock made up does not count as today's.
    if newest.is_none_or(|made| now.duration_since(made).abs() >= DAY) {
        shared.store.backup(paths.backups.join(store::backup_name(now))).await?;
        store::rotate_backups(&paths.backups)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Feed, PollFacts};

    fn status(id: i64, last_success: Option<i64>) -> FeedStatus {
        let feed = Feed {
            id: FeedId(id),
            url: format!("https://{id}.example/feed"),
            name: String::new(),
            site: None,
            topics: Vec::new(),
            enabled: true,
        };
        let last_success = last_success.map(|second| Timestamp::from_second(second).expect("in range"));
        FeedStatus { feed, facts: PollFacts { last_success, ..PollFacts::default() }, articles: 0, unread: 0 }
    }

    #[test]
    fn probes_go_round_so_that_one_dead_host_does_not_keep_the_desk_offline() {
        let now = Timestamp::from_second(1_000).expect("in range");
        let mut muted = status(4, Some(999));
        muted.feed.enabled = false;
        let feeds = [status(1, None), status(2, Some(500)), status(3, Some(900)), muted];
        let asked: Vec<_> = (0..4).filter_map(|probe| probed(&feeds, probe, now)).map(|id| id.0).collect();
        assert_eq!(asked, [3, 2, 1, 3]);
        assert_eq!(probed(&[], 0, now), None);
    }

    #[tokio::test]
    async fn a_task_that_panics_is_told() {
        let clock = crate::clock::Clock::system();
        let store = store::Store::in_memory(clock.clone()).expect("a store");
        let options =
            crate::engine::EngineOptions { paths: None, config: crate::config::Config::default(), store, clock };
        let shared = Shared::new(options);
        let mut notices = shared.notices.subscribe();
        watched(&shared, "the test", async { assert!(shared_is_gone(), "on purpose") });
        let told = notices.recv().await.expect("a notice");
        assert!(matches!(&told, Notice::Trouble(words) if words.starts_with("the test stopped")), "{told:?}");
    }

    fn shared_is_gone() -> bool {
        false
    }

    #[test]
    fn rounds_that_change_nothing_come_ever_more_rarely() {
        let minutes: Vec<u64> = (0..9).map(|futile| hold(futile).as_secs() / 60).collect();
        assert_eq!(minutes, [0, 1, 2, 4, 8, 16, 32, 32, 32]);
    }
}
