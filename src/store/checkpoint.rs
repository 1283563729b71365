//! Moves what was written from the log into the database file, on a thread of its own: it waits for the disk, so that
//! neither a mark nor an ingest has to.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rusqlite::Connection;

use super::StoreError;

/// How long writes are gathered before they are moved.
const PAUSE: Duration = Duration::from_secs(2);

/// The thread. Dropping it ends it.
#[derive(Debug)]
pub(super) struct Checkpointer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Debug, Default)]
struct State {
    written: bool,
    ended: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Checkpointer {
    /// Starts the thread with a connection of its own.
    pub(super) fn start(conn: Connection) -> Result<Self, StoreError> {
        let shared = Arc::<Shared>::default();
        let its = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("store-checkpoint".to_owned())
            .spawn(move || work(&its, &conn))
            .map_err(|error| StoreError::other("starting the thread store-checkpoint", error))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Something was written.
    pub(super) fn written(&self) {
        let mut state = self.shared.lock();
        if !state.written {
            state.written = true;
            self.shared.wake.notify_one();
        }
    }

    /// Ends the thread; what is in the log stays there for the writer's end. Blocking.
    pub(super) fn close(&self) {
        self.shared.lock().ended = true;
        self.shared.wake.notify_one();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // It has nothing to tell but what it logged.
            let _ = thread.join();
        }
    }
}

impl Drop for Checkpointer {
    fn drop(&mut self) {
        self.close();
    }
}

fn work(shared: &Shared, conn: &Connection) {
    loop {
        let state = shared.lock();
        let state = shared.wake.wait_while(state, |state| !state.written && !state.ended);
        let state = state.unwrap_or_else(PoisonError::into_inner);
        let paused = shared.wake.wait_timeout_while(state, PAUSE, |state| !state.ended);
        let (mut state, _) = paused.unwrap_or_else(PoisonError::into_inner);
        if state.ended {
            return;
        }
        state.written = false;
        drop(state);
        // PASSIVE waits for nobody and holds nobody up.
        if let Err(error) = conn.execute_batch("PRAGMA wal_checkpoint(PASSIVE)") {
            tracing::warn!(%error, "writing the log back failed; it is tried again after the next write");
        }
    }
}
