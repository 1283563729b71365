//! Threads for computing that nobody waits for at the screen. While a desk is open they stand back for the threads that
//! answer keys.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use super::{Answer, EngineError, shared::Shared};
use crate::store::Store;

/// How much nicer they are than the desk, in the steps of `nice(2)`: a processor that both want goes to the desk three
/// times of four, and at once. Not more: other programs of the machine have the same advantage.
#[cfg(target_os = "linux")]
const NICER: i32 = 5;

/// One computes while another reads what comes next.
const FEWEST: usize = 2;

/// Where computing goes: threads of its own, as many as there are processors. Few, and always the same: each thread that
/// ever parsed a feed keeps memory for the next.
#[derive(Debug, Default)]
pub(super) struct Computing(OnceLock<Option<Threads>>);

/// A runtime of which nothing but its threads for blocking work is used; they come and go as there is work.
#[derive(Debug)]
struct Threads(Option<Runtime>);

impl Threads {
    /// None where the system does not give them. `begin` is what each thread does first.
    fn new(begin: fn()) -> Option<Self> {
        let processors = std::thread::available_parallelism().map_or(FEWEST, usize::from);
        let threads = Builder::new_current_thread()
            .thread_name("computing")
            .max_blocking_threads(processors.max(FEWEST))
            .on_thread_start(begin)
            .build();
        match threads {
            Ok(threads) => Some(Self(Some(threads))),
            Err(error) => {
                tracing::warn!(%error, "computing has no threads of its own");
                None
            }
        }
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        // It may be dropped by a task, which must not wait.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Computing {
    /// Computing is to stand back; to be called before anything is computed.
    pub(super) fn stand_back(&self) {
        drop(self.0.set(Threads::new(stand_back)));
    }

    /// Carries out pure computation for which the screen does not wait.
    async fn carry_out<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        let threads = self.0.get_or_init(|| Threads::new(|| {}));
        match threads.as_ref().and_then(|threads| threads.0.as_ref()) {
            Some(threads) => outcome(threads.spawn_blocking(work)).await,
            None => computed(work).await,
        }
    }
}

/// Pure computation, off the threads that serve everybody, for which somebody at the screen may wait.
pub(super) async fn computed<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    outcome(tokio::task::spawn_blocking(work)).await
}

async fn outcome<T>(work: JoinHandle<T>) -> Answer<T> {
    work.await.map_err(|_| EngineError("this failed because of a fault in tidings; tidings.log has more".into()))
}

impl Shared {
    /// Pure computation, off the threads that serve everybody; whoever looks at the screen does not wait for it.
    pub(super) async fn computed<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
        self.computing.carry_out(work).await
    }
}

/// What writes the store stands back, too. Should it be closed already, it does no more.
pub(super) async fn writing_stands_back(store: &Store) {
    store.on_the_writers_thread(stand_back).await.ok();
}

/// Makes the thread that calls it nicer. Linux does so with one thread alone, as no other system.
fn stand_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::getpriority_process(None)
        .and_then(|niceness| rustix::process::setpriority_process(None, niceness.saturating_add(NICER)))
    {
        tracing::debug!(%error, "a thread does not stand back");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::{Computing, NICER, writing_stands_back};
    use crate::clock::Clock;
    use crate::store::Store;

    fn niceness() -> i32 {
        rustix::process::getpriority_process(None).expect("known")
    }

    #[tokio::test]
    async fn once_a_desk_is_open_computing_stands_back_and_nothing_else_does() {
        let (store, computing) = (Store::in_memory(Clock::system()).expect("a store"), Computing::default());
        let own = niceness();
        assert_eq!(Computing::default().carry_out(niceness).await, Ok(own), "without a desk");
        computing.stand_back();
        writing_stands_back(&store).await;
        assert_eq!(computing.carry_out(niceness).await, Ok((own + NICER).min(19)));
        assert_eq!(tokio::task::spawn_blocking(niceness).await.expect("ran"), own, "what the screen waits for");
        let (told, hears) = std::sync::mpsc::channel();
        store.on_the_writers_thread(move || told.send(niceness()).expect("heard")).await.expect("open");
        assert_eq!(hears.recv().expect("told"), (own + NICER).min(19), "the writer");
    }
}
