//! Writes for which nobody waits at the screen share a transaction: pages of an index that each of them changes are written
//! once. Each is answered when all are committed. Where one fails, nothing of the others is lost: each is done again alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction};
use tokio::sync::oneshot;

use super::{StoreError, quickly};

/// A part of a transaction.
pub(super) trait Part: Send {
    /// Does it, and remembers what came of it; false when that must be taken back.
    fn attempt(&mut self, tx: &Transaction<'_>) -> bool;
    /// Answers, once what it wrote is committed or taken back. `lost`: why it could not be committed.
    fn answer(self: Box<Self>, lost: Option<StoreError>);
}

/// Work with its asker.
pub(super) struct Asked<T, F> {
    pub(super) work: F,
    /// What came of it the last time; none until it was tried.
    pub(super) came: Option<Result<T, StoreError>>,
    pub(super) answer: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Part for Asked<T, F>
where
    T: Send,
    F: FnMut(&Transaction<'_>) -> Result<T, StoreError> + Send,
{
    fn attempt(&mut self, tx: &Transaction<'_>) -> bool {
        // After a panic the store is closed to its asker.
        let came = catch_unwind(AssertUnwindSafe(|| (self.work)(tx))).unwrap_or_else(|_| {
            tracing::error!("a task of the store panicked");
            Err(StoreError::Closed)
        });
        let is_well = came.is_ok();
        self.came = Some(came);
        is_well
    }

    fn answer(self: Box<Self>, lost: Option<StoreError>) {
        let came = match (self.came, lost) {
            (Some(Err(error)), _) | (_, Some(error)) => Err(error),
            (Some(Ok(came)), None) => Ok(came),
            (None, None) => Err(StoreError::Closed),
        };
        // Nobody waits any more: the asker was cancelled. What was written stays written.
        let _ = self.answer.send(came);
    }
}

/// Does a part and those that `next` gives in one transaction until it is `young` no more, and answers them. Where it fails,
/// gives them all back: each is to be done alone.
pub(super) fn carry_out(
    conn: &mut Connection,
    first: Box<dyn Part>,
    young: Duration,
    mut next: impl FnMut() -> Option<Box<dyn Part>>,
) -> Vec<Box<dyn Part>> {
    let began = Instant::now();
    let mut parts = vec![first];
    let done = quickly(conn, |tx| {
        let mut at = 0;
        while let Some(part) = parts.get_mut(at) {
            if !part.attempt(tx) {
                // Its own error is what it answers with.
                return Err(StoreError::Interrupted);
            }
            at += 1;
            if began.elapsed() < young {
                parts.extend(next());
            }
        }
        Ok(())
    });
    if done.is_err() && parts.len() > 1 {
        return parts;
    }
    for part in parts {
        part.answer(done.clone().err());
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use std::thread;

    use super::*;
    use crate::store::actor::{Actor, Doing, Housekeeping, Turn, is_awaited};

    /// A writer of a table of numbers, and a connection of somebody else.
    struct Library {
        actor: Actor,
        outside: Mutex<Connection>,
        _folder: tempfile::TempDir,
    }

    impl Library {
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let open = || Connection::open(folder.path().join("numbers.db")).expect("opened");
            let conn = open();
            conn.execute_batch("PRAGMA journal_mode = wal; CREATE TABLE number (n)").expect("made");
            let care = Housekeeping { idle: |_| false, end: |_| {}, young: Duration::MAX };
            let actor = Actor::start("test", conn, PathBuf::new(), care).expect("started");
            Self { actor, outside: Mutex::new(open()), _folder: folder }
        }

        /// What others see.
        fn seen(&self) -> Vec<i64> {
            let conn = self.outside.lock().expect("whole");
            let mut select = conn.prepare("SELECT n FROM number ORDER BY n").expect("prepared");
            select.query_map([], |row| row.get(0)).expect("read").map(|n| n.expect("a number")).collect()
        }

        /// Keeps the thread busy until there is word.
        async fn busy(&self, until: Receiver<()>) {
            let wait = move |_: &mut Connection| {
                until.recv().expect("word");
                Ok(())
            };
            self.actor.ask(Turn::InOrder, "waiting", wait).await.expect("waited");
        }

        async fn write(&self, n: i64, then: impl FnMut() -> Result<(), StoreError> + Send + 'static) -> Answer {
            let mut then = then;
            let write = move |tx: &Transaction<'_>| {
                tx.execute("INSERT INTO number VALUES (?1)", [n])?;
                then()
            };
            let doing: Doing = "saving a number".into();
            let answer = self.actor.ask_together(false, doing, write).await;
            Answer { answer, seen: self.seen() }
        }
    }

    /// An answer, and what others saw when it came.
    #[derive(Debug, PartialEq)]
    struct Answer {
        answer: Result<(), StoreError>,
        seen: Vec<i64>,
    }

    fn noting(log: &Arc<Mutex<Vec<i64>>>, n: i64) -> impl FnMut() -> Result<(), StoreError> + Send + 'static {
        let log = Arc::clone(log);
        move || {
            log.lock().expect("whole").push(n);
            Ok(())
        }
    }

    async fn say(word: Sender<()>) {
        tokio::task::yield_now().await;
        word.send(()).expect("heard");
    }

    #[tokio::test]
    async fn what_waits_is_written_in_one_transaction_and_answered_after_it() {
        let library = Library::new();
        let log = Arc::default();
        let (word, until) = channel();
        let ((), one, two, three, ()) = tokio::join!(
            library.busy(until),
            library.write(1, noting(&log, 1)),
            library.write(2, noting(&log, 2)),
            library.write(3, noting(&log, 3)),
            say(word)
        );
        // The first answer came when all were there, not one after the other.
        let all = || Answer { answer: Ok(()), seen: vec![1, 2, 3] };
        assert_eq!([one, two, three], [all(), all(), all()]);
        assert_eq!(*log.lock().expect("whole"), [1, 2, 3], "each once, in order");
    }

    #[tokio::test]
    async fn what_fails_is_taken_back_and_leaves_the_others() {
        let library = Library::new();
        let (word, until) = channel();
        let failure = StoreError::other("this", "on purpose");
        let fails = failure.clone();
        let ((), one, two, three, four, ()) = tokio::join!(
            library.busy(until),
            library.write(1, || Ok(())),
            library.write(2, move || Err(fails.clone())),
            library.write(3, || panic!("on purpose")),
            library.write(4, || Ok(())),
            say(word)
        );
        assert_eq!(
            [one.answer, two.answer, three.answer, four.answer],
            [Ok(()), Err(failure), Err(StoreError::Closed), Ok(())]
        );
        assert_eq!(library.seen(), [1, 4], "nothing of those that failed, each of the others once");
    }

    #[tokio::test]
    async fn urgent_work_comes_between() {
        let library = Library::new();
        let log = Arc::default();
        let (word, until) = channel();
        let (started, has_started) = oneshot::channel();
        let mut started = Some(started);
        let first = move || {
            if let Some(started) = started.take() {
                let _ = started.send(());
            }
            // Some seconds are enough for anybody.
            let came = (0..10_000).any(|_| {
                thread::sleep(Duration::from_millis(1));
                is_awaited()
            });
            assert!(came, "the mark waits");
            Ok(())
        };
        let urgent = async {
            has_started.await.expect("it runs");
            let mut noted = noting(&log, 10);
            let mark = library.actor.ask(Turn::Urgent, "marking", move |_| noted());
            mark.await.expect("marked");
            library.seen()
        };
        let ((), one, two, seen, ()) = tokio::join!(
            library.busy(until),
            library.write(1, first),
            library.write(2, noting(&log, 2)),
            urgent,
            say(word)
        );
        assert_eq!((one.answer, two.answer), (Ok(()), Ok(())));
        assert_eq!(*log.lock().expect("whole"), [10, 2], "the mark did not wait for what was behind it");
        assert!(seen.contains(&1), "what was begun is committed before it");
    }
}
