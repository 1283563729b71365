//! What runs while a desk is open: rounds when feeds are due, the text index, ageing out, a daily backup, and an eye on
//! what other processes write.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};

use super::round::{self, PollRequest, Round};
use super::shared::Shared;
use super::{Notice, live_config};
use crate::{feed, store};

/// After sleep or a lost network, what is due is spread over this time (DESIGN 5).
const SPREAD: Duration = Duration::from_mins(1);
/// While offline, one feed is tried this often.
const OFFLINE_RETRY: Duration = Duration::from_mins(1);
/// Rounds that nobody asked for begin at least this far apart, also when what they did could not be stored (a full disk,
/// a read-only directory) and so is still due.
const BETWEEN_ROUNDS: Duration = Duration::from_secs(30);
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
    tokio::spawn(until_shutdown(Arc::clone(shared), poller(Arc::clone(shared), requests)));
    tokio::spawn(until_shutdown(Arc::clone(shared), indexer(Arc::clone(shared))));
    tokio::spawn(until_shutdown(Arc::clone(shared), foreign_writes(Arc::clone(shared))));
    tokio::spawn(until_shutdown(Arc::clone(shared), care(Arc::clone(shared))));
    tokio::spawn(until_shutdown(Arc::clone(shared), live_config::watch(Arc::clone(shared))));
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
    let mut quiet_until = Instant::now();
    loop {
        let (request, slept) = wait(&shared, &mut requests, offline.is_some(), quiet_until).await;
        let Some(request) = request else { return };
        if slept {
            spread = SPREAD;
        }
        let asked_by_user = request != PollRequest::Due;
        let probing = offline.is_some() && !asked_by_user;
        let request = if probing { probe(&shared).await } else { Some(request) };
        let Some(request) = request else { continue };
        let spread_over = if asked_by_user { Duration::ZERO } else { spread };
        let done = round::run(&shared, Round { request, spread: spread_over, probing }, |_| ()).await;
        quiet_until = Instant::now() + BETWEEN_ROUNDS;
        match done {
            Ok(summary) if summary.offline => {
                let since = *offline.get_or_insert(shared.clock.now());
                shared.tell(Notice::Offline(Some(since)));
            }
            Ok(summary) => {
                if offline.take().is_some() && summary.feeds > 0 {
                    // Back again: whatever fell due meanwhile is asked gently.
                    spread = SPREAD;
                    shared.tell(Notice::Offline(None));
                } else {
                    spread = Duration::ZERO;
                }
            }
            Err(error) => shared.tell(Notice::Trouble(error.to_string())),
        }
    }
}

/// Waits until a feed is due (but not before `quiet_until`) or somebody asks; none when nobody can ask any more.
/// Says whether the machine slept.
async fn wait(
    shared: &Shared,
    requests: &mut mpsc::UnboundedReceiver<PollRequest>,
    offline: bool,
    quiet_until: Instant,
) -> (Option<PollRequest>, bool) {
    let mut slept = false;
    loop {
        let (began, now) = (Instant::now(), shared.clock.now());
        let until_due = match round::next_due(shared).await {
            _ if offline => Some(OFFLINE_RETRY),
            due => due.map(|at| Duration::try_from(at.duration_since(now)).unwrap_or_default()),
        };
        let until_due = until_due.map(|wait| wait.max(quiet_until.saturating_duration_since(began)));
        let nap = until_due.unwrap_or(LONGEST_NAP).min(LONGEST_NAP);
        tokio::select! {
            request = requests.recv() => return (request, slept),
            () = sleep_until(began + nap) => {}
        }
        let passed = shared.clock.now().duration_since(now);
        let expected = SignedDuration::try_from(nap).unwrap_or_default();
        slept |= passed - expected > SLEPT;
        if until_due == Some(nap) {
            return (Some(PollRequest::Due), slept);
        }
    }
}

/// While offline: the one feed to try, the one that was asked longest ago.
async fn probe(shared: &Shared) -> Option<PollRequest> {
    let feeds = shared.store.feeds().await.ok()?;
    let now = shared.clock.now();
    feeds
        .iter()
        .filter(|status| status.feed.enabled && !status.facts.gone && feed::blocked_until(&status.facts, now).is_none())
        .min_by_key(|status| status.facts.last_success)
        .map(|status| PollRequest::Feed(status.feed.id))
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
    if newest.is_none_or(|made| now.duration_since(made) >= DAY) {
        shared.store.backup(paths.backups.join(store::backup_name(now))).await?;
        store::rotate_backups(&paths.backups)?;
    }
    Ok(())
}
