//! Politeness to one host: so many requests at once, so much time between two starts, first come first served.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// Idle hosts are forgotten when more than this many are known.
const REMEMBERED: usize = 1024;

/// The turns of all hosts.
#[derive(Debug)]
pub(super) struct Turns {
    at_once: usize,
    spacing: Duration,
    hosts: Mutex<Hosts>,
}

#[derive(Debug)]
struct Hosts {
    known: HashMap<String, Arc<Host>>,
    forget_at: usize,
}

#[derive(Debug)]
struct Host {
    places: Arc<Semaphore>,
    next_start: Mutex<Instant>,
}

/// The right to talk to one host; given back when dropped.
#[derive(Debug)]
pub(super) struct Turn {
    // In this order: the place is free before the host may be forgotten.
    _place: Option<OwnedSemaphorePermit>,
    host: Arc<Host>,
}

impl Turns {
    /// At least one request at once.
    pub(super) fn new(at_once: usize, spacing: Duration) -> Self {
        let at_once = at_once.clamp(1, Semaphore::MAX_PERMITS);
        Self { at_once, spacing, hosts: Mutex::new(Hosts { known: HashMap::new(), forget_at: REMEMBERED }) }
    }

    /// Waits for a place at `host` and then for the time to start.
    pub(super) async fn start(&self, host: &str) -> Turn {
        let turn = self.enter(host).await;
        // Places are given in the order of asking, so that starts are too.
        let at = {
            let mut next = turn.host.next_start.lock().unwrap_or_else(PoisonError::into_inner);
            let at = (*next).max(Instant::now());
            *next = at + self.spacing;
            at
        };
        sleep_until(at).await;
        turn
    }

    /// Waits for a place at `host` only: for a redirect that leads there.
    pub(super) async fn enter(&self, host: &str) -> Turn {
        let host = self.host(host);
        // The semaphore is never closed; were it, going on without a place is better than not at all.
        let place = Arc::clone(&host.places).acquire_owned().await.ok();
        Turn { _place: place, host }
    }

    fn host(&self, name: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.known.get(name) {
            return Arc::clone(host);
        }
        let now = Instant::now();
        if hosts.known.len() >= hosts.forget_at {
            hosts.known.retain(|_, host| {
                let waiting = *host.next_start.lock().unwrap_or_else(PoisonError::into_inner) > now;
                waiting || Arc::strong_count(host) > 1
            });
            // Doubling keeps the sweep cheap when more hosts than that are really in use.
            hosts.forget_at = REMEMBERED.max(hosts.known.len().saturating_mul(2));
        }
        let host = Arc::new(Host { places: Arc::new(Semaphore::new(self.at_once)), next_start: Mutex::new(now) });
        hosts.known.insert(name.to_owned(), Arc::clone(&host));
        host
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    fn waiting() -> Context<'static> {
        Context::from_waker(Waker::noop())
    }

    #[tokio::test]
    async fn a_place_is_given_only_when_one_is_free() {
        let turns = Turns::new(2, Duration::ZERO);
        let first = turns.start("a").await;
        let _second = turns.start("a").await;
        let _other_host = turns.start("b").await;
        let mut third = Box::pin(turns.enter("a"));
        assert!(third.as_mut().poll(&mut waiting()).is_pending(), "two are talking to a already");
        drop(first);
        third.await;
    }

    #[tokio::test]
    async fn starts_are_spaced_and_idle_hosts_forgotten() {
        let spacing = Duration::from_millis(20);
        let turns = Turns::new(8, spacing);
        let before = Instant::now();
        for _ in 0..4 {
            turns.start("a").await;
        }
        assert!(before.elapsed() >= spacing * 3, "{:?}", before.elapsed());
        for number in 0..REMEMBERED * 2 {
            turns.enter(&number.to_string()).await;
        }
        assert!(turns.hosts.lock().unwrap().known.len() <= REMEMBERED, "idle hosts stay");
    }

    #[tokio::test]
    async fn a_host_in_use_is_not_forgotten() {
        let turns = Turns::new(1, Duration::ZERO);
        let _held = turns.start("held").await;
        for number in 0..REMEMBERED * 2 {
            turns.enter(&number.to_string()).await;
        }
        let mut again = Box::pin(turns.enter("held"));
        assert!(again.as_mut().poll(&mut waiting()).is_pending(), "its one place is taken");
    }
}
