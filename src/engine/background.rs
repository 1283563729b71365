//! What runs while a desk is open: rounds when feeds are due, the text index, ageing out, a daily backup, and an eye on
//! what other processes write.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::computing::writing_stands_back;
use super::poller::Poller;
use super::shared::Shared;
use super::{Notice, PollRequest, config_watch, full_text, labelling, stories};
use crate::store;

/// How often other processes' writes are looked for ("within a second").
const FOREIGN_CHECK: Duration = Duration::from_millis(900);
/// Care of the library starts after the desk has settled, and then comes this often.
const CARE_AFTER: Duration = Duration::from_secs(20);
const CARE_EVERY: Duration = Duration::from_hours(6);
/// How long the text index waits for the end of a round of polls.
const ROUND_FIRST: Duration = Duration::from_secs(5);
/// How often a desk that was opened on a full disk looks whether there is room.
const ROOM_CHECK: Duration = Duration::from_secs(2);
/// Between two backups.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Starts everything. The tasks end at shutdown.
pub(super) fn start(shared: &Arc<Shared>, requests: mpsc::UnboundedReceiver<PollRequest>) {
    let (poller, behind) = (Poller::new(Arc::clone(shared), requests), Arc::clone(shared));
    shared.computing.stand_back();
    watched(shared, "polling", async move {
        writing_stands_back(&behind.store).await;
        poller.run().await;
    });
    watched(shared, "filling the text index", indexer(Arc::clone(shared)));
    watched(shared, "fetching full texts", full_text::worker(Arc::clone(shared)));
    watched(shared, "labelling articles", labelling::worker(Arc::clone(shared)));
    watched(shared, "putting articles into stories", stories::worker(Arc::clone(shared)));
    watched(shared, "looking for what others write", foreign_writes(Arc::clone(shared)));
    watched(shared, "the care of the library", care(Arc::clone(shared)));
    watched(shared, "waiting for room on the disk", room_again(Arc::clone(shared)));
    watched(shared, "watching config.toml", config_watch::watch(Arc::clone(shared)));
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

/// Fills the text index behind the arrivals.
async fn indexer(shared: Arc<Shared>) {
    loop {
        // A round stores its headlines first. A long one waits for slow servers, and there is time enough for the index.
        let mut round = shared.round.subscribe();
        drop(tokio::time::timeout(ROUND_FIRST, round.wait_for(|under_way| !under_way)).await);
        while let Ok(true) = shared.store.index().await {}
        shared.to_index.notified().await;
    }
}

/// Tells the faces when another process wrote: a poll from cron, a mark from a script.
async fn foreign_writes(shared: Arc<Shared>) {
    // Since the database was opened: what was written before this task began may be missing in the rows that are shown.
    let mut known = Some(shared.store.opened_version());
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

/// Where the disk was full when the desk was opened: as soon as there is room, everything is as on any other day.
async fn room_again(shared: Arc<Shared>) {
    while shared.store.waits_for_room() {
        sleep(ROOM_CHECK).await;
        match shared.store.try_to_write().await {
            Ok(false) => {}
            Ok(true) => {
                tracing::info!("there is room on the disk again");
                shared.tell(Notice::Writable);
                if let Err(error) = labelling::adopt_feeds(&shared, &shared.config().feeds).await {
                    shared.tell(Notice::Trouble(error.0));
                }
                for bell in [&shared.to_index, &shared.to_label, &shared.to_place, &shared.to_fetch] {
                    bell.notify_one();
                }
            }
            Err(error) => tracing::warn!(%error, "there is room, but the database cannot be opened to write"),
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
    let now = shared.clock.now();
    let Ok(before) = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))) else {
        return Ok(0);
    };
    if !shared.store.believes(now).await? {
        tracing::info!("the clock leapt since the last time: old articles stay for a day");
        return Ok(0);
    }
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
        store::rotate_backups(&paths.backups, shared.store.begun_beside())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_is_told() {
        let clock = crate::clock::Clock::system();
        let store = store::Store::in_memory(clock.clone()).expect("a store");
        let options = crate::engine::EngineOptions {
            paths: None,
            config: crate::config::Config::default(),
            store,
            clock,
            asks_servers: true,
        };
        let shared = Shared::new(options);
        let mut notices = shared.notices.subscribe();
        watched(&shared, "the test", async { assert!(shared_is_gone(), "on purpose") });
        let told = notices.recv().await.expect("a notice");
        assert!(matches!(&told, Notice::Trouble(words) if words.starts_with("the test stopped")), "{told:?}");
    }

    fn shared_is_gone() -> bool {
        false
    }
}
