//! A thread that owns a connection and does what it is sent, urgent work first.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rusqlite::{Connection, InterruptHandle, Transaction};
use tokio::sync::oneshot;

use super::StoreError;
use super::group::{self, Asked};
use super::queue::{Queue, Task, Work};
use crate::query::Scope;

/// How long a thread is idle before it begins its housekeeping.
const IDLE: Duration = Duration::from_secs(1);
/// How long it is idle before it goes on with it.
const STILL_IDLE: Duration = Duration::from_millis(100);

/// A connection's thread. Dropping it finishes what is queued and waits for the end.
#[derive(Debug)]
pub(super) struct Actor {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
    database: PathBuf,
}

/// What is being done, for errors, such as `saving the mark`.
pub(super) type Doing = Cow<'static, str>;

/// Where in the queue a task goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Ahead of all that waits in order: marks, undo, what the screen waits for.
    Urgent,
    /// In order: ingests, care.
    InOrder,
    /// As urgent work, but after it there is nothing to tidy: what is asked every second.
    Glance,
}

/// What a thread does besides its tasks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Housekeeping {
    /// A second after each busy spell, and again as long as it says that there is more to do.
    pub(super) idle: fn(&Connection) -> bool,
    /// Before the connection closes.
    pub(super) end: fn(&Connection),
    /// How old a transaction may be to which another part is added.
    pub(super) young: Duration,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    interrupt: Mutex<InterruptHandle>,
    /// True when the list that is being read now is no longer wanted.
    called_off: AtomicBool,
    /// Urgent tasks that wait.
    awaited: AtomicUsize,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

/// The announcement of a part that is going to be sent; to be kept until it is done, or will not come.
pub(super) struct Announced(Arc<Shared>);

impl Drop for Announced {
    fn drop(&mut self) {
        let mut queue = self.0.lock();
        queue.announced = queue.announced.saturating_sub(1);
        drop(queue);
        // Perhaps it was the one that is waited for.
        self.0.wake.notify_one();
    }
}

/// What a thread does next.
enum Next {
    Task(Task),
    /// Nothing has come for a while.
    Tidy,
    End,
}

thread_local! {
    /// The queue of the thread that this is, when it is an actor's.
    static OWN: OnceCell<Arc<Shared>> = const { OnceCell::new() };
}

/// True when urgent work waits for the thread that asks: long work in steps ends its step, so that a mark need not wait it out.
pub(super) fn is_awaited() -> bool {
    OWN.with(|own| own.get().is_some_and(|shared| shared.awaited.load(Ordering::Relaxed) > 0))
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Actor {
    /// Starts the thread with its connection.
    pub(super) fn start(
        name: &str,
        conn: Connection,
        database: PathBuf,
        housekeeping: Housekeeping,
    ) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            wake: Condvar::new(),
            interrupt: Mutex::new(conn.get_interrupt_handle()),
            called_off: AtomicBool::new(false),
            awaited: AtomicUsize::new(0),
        });
        let its = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                OWN.with(|own| own.set(Arc::clone(&its)).is_ok());
                work(&its, conn, housekeeping);
            })
            .map_err(|error| StoreError::other(format!("starting the thread {name}"), error))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)), database })
    }

    /// Sends `work` and waits for its answer. `doing` is for errors, such as `saving the mark`.
    pub(super) async fn ask<T, F>(&self, turn: Turn, doing: impl Into<Doing>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.send(turn, None, doing.into(), work).await
    }

    /// As [`Actor::ask`], for the rows of a list. A search calls off other searches that run or wait: their asker typed on.
    /// A plain list calls nothing off, because it may be the one behind a search that is refreshed.
    pub(super) async fn ask_list<T, F>(&self, scope: Scope, doing: impl Into<Doing>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        if matches!(scope, Scope::Search(_)) {
            self.call_off_other_searches(&scope);
        }
        let shared = Arc::clone(&self.shared);
        let work = move |conn: &mut Connection| interruptible(&shared, conn, work);
        self.send(Turn::Urgent, Some(scope), doing.into(), work).await
    }

    /// As [`Actor::ask`], for a count that belongs to a list: it may be called off with it, but calls nothing off.
    pub(super) async fn ask_count<T, F>(&self, scope: Scope, doing: impl Into<Doing>, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let shared = Arc::clone(&self.shared);
        let work = move |conn: &mut Connection| interruptible(&shared, conn, work);
        self.send(Turn::InOrder, Some(scope), doing.into(), work).await
    }

    async fn send<T, F>(&self, turn: Turn, list: Option<Scope>, doing: Doing, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let run = Box::new(move |conn: Option<&mut Connection>| {
            let result = conn.map_or(Err(StoreError::Interrupted), work);
            // Nobody waits any more: the asker was cancelled. What was written stays written.
            let _ = answer.send(result);
        });
        self.push(turn, Task { list, glance: turn == Turn::Glance, work: Work::Alone(run) })?;
        answered.await.unwrap_or(Err(StoreError::Closed)).map_err(|error| error.placed(&self.database, &doing))
    }

    /// Sends what is written in order, in one transaction with other such work, and waits until that is committed. `gather`: it
    /// may wait a little for others of its kind. It may be done more than once, of which but the last time is not taken back.
    pub(super) async fn ask_together<T, F>(
        &self,
        gather: bool,
        doing: impl Into<Doing>,
        work: F,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let part = Box::new(Asked { work, came: None, answer });
        let work = Work::Part { part, gather: gather.then(Instant::now), alone: false };
        self.push(Turn::InOrder, Task { list: None, glance: false, work })?;
        answered.await.unwrap_or(Err(StoreError::Closed)).map_err(|error| error.placed(&self.database, &doing.into()))
    }

    /// Announces that something is going to be sent by [`Actor::ask_together`] that may be gathered: others wait a little for it.
    pub(super) fn announce(&self) -> Announced {
        self.shared.lock().announced += 1;
        Announced(Arc::clone(&self.shared))
    }

    fn push(&self, turn: Turn, task: Task) -> Result<(), StoreError> {
        let mut queue = self.shared.lock();
        if queue.closed {
            return Err(StoreError::Closed);
        }
        match turn {
            Turn::Urgent | Turn::Glance => queue.urgent.push_back(task),
            Turn::InOrder => queue.in_order.push_back(task),
        }
        self.shared.awaited.store(queue.urgent.len(), Ordering::Relaxed);
        drop(queue);
        self.shared.wake.notify_one();
        Ok(())
    }

    /// Calls off searches whose scope is not `scope`: what waits is dropped, what runs is interrupted.
    fn call_off_other_searches(&self, scope: &Scope) {
        let is_other = |list: &Option<Scope>| matches!(list, Some(Scope::Search(_)) if list.as_ref() != Some(scope));
        let mut queue = self.shared.lock();
        if is_other(&queue.running) {
            // Under the lock, so that it cannot hit the task after.
            self.shared.called_off.store(true, Ordering::SeqCst);
            self.shared.interrupt.lock().unwrap_or_else(PoisonError::into_inner).interrupt();
        }
        let mut called_off = Vec::new();
        let Queue { urgent, in_order, .. } = &mut *queue;
        for tasks in [urgent, in_order] {
            let (gone, kept) = std::mem::take(tasks).into_iter().partition(|task| is_other(&task.list));
            *tasks = kept;
            called_off.push(gone);
        }
        self.shared.awaited.store(queue.urgent.len(), Ordering::Relaxed);
        drop(queue);
        for task in called_off.into_iter().flatten() {
            // Only lists are called off, and they are no parts of a transaction.
            if let Work::Alone(run) = task.work {
                run(None);
            }
        }
    }

    /// Puts another connection in the place of the thread's, ahead of what waits.
    pub(super) async fn replace(&self, fresh: Connection) -> Result<(), StoreError> {
        let shared = Arc::clone(&self.shared);
        let replace = move |conn: &mut Connection| {
            *shared.interrupt.lock().unwrap_or_else(PoisonError::into_inner) = fresh.get_interrupt_handle();
            *conn = fresh;
            Ok(())
        };
        self.ask(Turn::Urgent, "opening", replace).await
    }

    /// Finishes what is queued and ends the thread. Blocking; a second call does nothing.
    pub(super) fn close(&self) {
        self.shared.lock().closed = true;
        self.shared.wake.notify_one();
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != thread::current().id()) {
            // A panic in a task was caught and told to its asker; there is nothing to add here.
            let _ = thread.join();
        }
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        self.close();
    }
}

/// Does work that may be called off at any moment.
///
/// SQLite forgets an interrupt when no statement is running, which is so between two statements of the work. So one that
/// reads nothing runs all the while; an interrupt from before it began is seen by its flag.
fn interruptible<T>(
    shared: &Shared,
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut running = conn.prepare_cached("VALUES (1), (2)")?;
    let mut rows = running.query([])?;
    rows.next()?;
    if shared.called_off.load(Ordering::SeqCst) {
        return Err(StoreError::Interrupted);
    }
    work(conn)
}

fn work(shared: &Shared, mut conn: Connection, housekeeping: Housekeeping) {
    // How long to wait for a task before tidying; None when there is nothing to tidy.
    let mut patience = None;
    loop {
        let task = match next(shared, patience) {
            Next::Task(task) => task,
            Next::Tidy => {
                patience = (housekeeping.idle)(&conn).then_some(STILL_IDLE);
                continue;
            }
            Next::End => break,
        };
        if !task.glance {
            patience = Some(IDLE);
        }
        match task.work {
            Work::Alone(run) => {
                // A panic drops the task's answer (its asker is told that the store is closed to it) and rolls its transaction
                // back.
                let result = catch_unwind(AssertUnwindSafe(|| run(Some(&mut conn))));
                if result.is_err() {
                    tracing::error!("a task of the store panicked");
                }
            }
            Work::Part { part, gather, alone } => {
                let others = || if alone { None } else { shared.lock().next_part() };
                let again = group::carry_out(&mut conn, part, housekeeping.young, others);
                let mut queue = shared.lock();
                if gather.is_some() {
                    queue.gathered = Some(Instant::now());
                }
                for part in again.into_iter().rev() {
                    let work = Work::Part { part, gather: None, alone: true };
                    queue.in_order.push_front(Task { list: None, glance: false, work });
                }
            }
        }
        // An interrupt can stop the rollback of what it interrupted, too.
        if !conn.is_autocommit()
            && let Err(error) = conn.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "rolling back");
        }
        shared.lock().running = None;
    }
    (housekeeping.end)(&conn);
}

/// Waits for what is to be done, with `patience` before tidying.
fn next(shared: &Shared, patience: Option<Duration>) -> Next {
    let mut queue = shared.lock();
    loop {
        let gathering = queue.gathering(Instant::now()).filter(|_| queue.urgent.is_empty());
        if let Some(until) = gathering {
            let left = until.saturating_duration_since(Instant::now());
            queue = shared.wake.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
            continue;
        }
        if let Some(task) = queue.urgent.pop_front().or_else(|| queue.in_order.pop_front()) {
            queue.running.clone_from(&task.list);
            shared.awaited.store(queue.urgent.len(), Ordering::Relaxed);
            shared.called_off.store(false, Ordering::SeqCst);
            return Next::Task(task);
        }
        if queue.closed {
            return Next::End;
        }
        let Some(patience) = patience else {
            queue = shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        let (back, waited) = shared.wake.wait_timeout(queue, patience).unwrap_or_else(PoisonError::into_inner);
        queue = back;
        if waited.timed_out() && queue.urgent.is_empty() && queue.in_order.is_empty() && !queue.closed {
            return Next::Tidy;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn long_work_learns_that_urgent_work_waits() {
        let conn = Connection::open_in_memory().expect("opened");
        let care = Housekeeping { idle: |_| false, end: |_| {}, young: Duration::MAX };
        let actor = Actor::start("test", conn, PathBuf::new(), care).expect("started");
        let (started, has_started) = oneshot::channel();
        let long = actor.ask(Turn::InOrder, "working", |_| {
            let _ = started.send(());
            // Some seconds are enough for anybody; without the news it would go on for ever.
            let learned = (0..10_000).any(|_| {
                thread::sleep(Duration::from_millis(1));
                is_awaited()
            });
            Ok(learned)
        });
        let urgent = async {
            has_started.await.expect("it runs");
            actor.ask(Turn::Urgent, "marking", |_| Ok(is_awaited())).await
        };
        let (long, urgent) = tokio::join!(long, urgent);
        assert_eq!((long, urgent), (Ok(true), Ok(false)));
        assert!(!is_awaited(), "on a thread that is no actor's");
    }
}
