//! Ingests that wait for the writer are stored several in one transaction: feeds touch the same pages of the lists, and
//! these are written once for all of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};
use tokio::sync::oneshot;

use super::actor::{self, Turn};
use super::arrival::Arrival;
use super::ingest::{self, Ingested};
use super::{Store, StoreError, quickly};
use crate::model::{FeedId, NewArticle, PollRecord};

/// How long one transaction takes in documents; with its commit it ends within 50 ms.
const SLICE: Duration = Duration::from_millis(25);

/// A document that waits to be stored.
struct Document {
    feed: FeedId,
    arrivals: Vec<Arrival>,
    record: PollRecord,
    complete: bool,
    now: Timestamp,
}

type Answer = oneshot::Sender<Result<Ingested, StoreError>>;

/// Documents that wait, in the order in which they came.
#[derive(Default)]
pub(super) struct Gathering(Mutex<VecDeque<(Document, Answer)>>);

impl std::fmt::Debug for Gathering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gathering").finish_non_exhaustive()
    }
}

impl Gathering {
    /// Lets a document wait; what comes of it is answered once somebody calls [`Gathering::store`].
    fn add(&self, document: Document) -> oneshot::Receiver<Result<Ingested, StoreError>> {
        let (answer, answered) = oneshot::channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back((document, answer));
        answered
    }

    fn take(&self) -> Option<(Document, Answer)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Stores what waits, for some milliseconds, and answers it once it is stored. Each document is stored whole or not at all:
    /// when one fails, all of them are stored anew, each in a transaction of its own.
    fn store(&self, conn: &mut Connection) {
        let mut taken: Vec<(Document, Answer)> = Vec::new();
        let Some(first) = self.take() else { return };
        let mut next = Some(first);
        let stored = quickly(conn, |tx| {
            let began = Instant::now();
            let mut stored = Vec::new();
            while let Some(document) = next.take() {
                // Kept first: it is answered whatever comes of it.
                taken.push(document);
                if let Some((document, _)) = taken.last() {
                    stored.push(document.write(tx)?);
                }
                if began.elapsed() < SLICE && !actor::is_awaited() {
                    next = self.take();
                }
            }
            Ok(stored)
        });
        match stored {
            Ok(stored) => taken.into_iter().zip(stored).for_each(|((_, asker), done)| answer(asker, Ok(done))),
            Err(error) if taken.len() <= 1 => {
                // It failed before the first was taken up, or over the only one.
                taken.into_iter().chain(next).for_each(|(_, asker)| answer(asker, Err(error.clone())));
            }
            Err(_) => {
                for (document, asker) in taken {
                    let alone = roll_back(conn).and_then(|()| quickly(conn, |tx| document.write(tx)));
                    answer(asker, alone);
                }
            }
        }
    }
}

impl Store {
    /// Stores one feed's articles and poll record: all or none. Feeds that wait at the same time share a transaction.
    /// `complete` is false for older pages (back-fill): they do not count as what the feed has now.
    /// The text index is filled later, by [`Store::index`].
    pub async fn ingest(
        &self,
        feed: FeedId,
        articles: Vec<NewArticle>,
        record: PollRecord,
        complete: bool,
    ) -> Result<Ingested, StoreError> {
        if self.0.read_only {
            return Err(StoreError::ReadOnly { path: self.0.path.clone() });
        }
        let permit = self.0.ingests.acquire().await.map_err(|_| StoreError::Closed)?;
        let now = self.0.clock.now();
        let doing = format!("saving {} articles", articles.len());
        let arrivals: Vec<Arrival> = articles.into_iter().map(Arrival::new).collect();
        let gathering = Arc::clone(&self.0.gathering);
        let stored = gathering.add(Document { feed, arrivals, record, complete, now });
        // The turn of one that came before may store it already; after this one it is stored in any case.
        let turn = move |conn: &mut Connection| {
            gathering.store(conn);
            Ok(())
        };
        self.write(Turn::InOrder, doing.clone(), turn).await?;
        let stored = stored.await.unwrap_or(Err(StoreError::Closed));
        drop(permit);
        stored.map_err(|error| error.placed(&self.0.path, &doing))
    }
}

impl Document {
    fn write(&self, tx: &Transaction<'_>) -> Result<Ingested, StoreError> {
        ingest::ingest(tx, self.feed, &self.arrivals, &self.record, self.complete, self.now)
    }
}

/// Whoever asked may have been cancelled; what was written stays written.
fn answer(asker: Answer, done: Result<Ingested, StoreError>) {
    let _ = asker.send(done);
}

/// A failed transaction rolls itself back, but for one whose rollback was interrupted.
fn roll_back(conn: &Connection) -> Result<(), StoreError> {
    if conn.is_autocommit() { Ok(()) } else { Ok(conn.execute_batch("ROLLBACK")?) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::model::{Identity, Labels, PollFacts};
    use crate::store::Subscription;

    fn document(feed: FeedId, number: u8) -> Document {
        let article = NewArticle {
            identity: Identity { key: [number; 16], alias: None },
            url: String::new(),
            original: None,
            title: format!("Invented {number}"),
            author: None,
            published: None,
            updated: None,
            language: None,
            summary_html: String::new(),
            content_html: String::new(),
            plain_text: String::new(),
            categories: Vec::new(),
            enclosures: Vec::new(),
            labels: Labels::default(),
        };
        let record = PollRecord { facts: PollFacts::default(), title: None, site: None };
        Document { feed, arrivals: vec![Arrival::new(article)], record, complete: true, now: Timestamp::UNIX_EPOCH }
    }

    #[tokio::test]
    async fn of_documents_stored_at_once_one_that_fails_takes_no_other_with_it() {
        let store = Store::in_memory(Clock::system()).expect("made");
        let subscription =
            Subscription { url: "https://a.example/".into(), name: None, topics: Vec::new(), enabled: true };
        let feed = store.set_subscriptions(vec![subscription]).await.expect("subscribed")[0].id;
        let gathering = Arc::new(Gathering::default());
        let nowhere = FeedId(feed.0 + 1);
        let asked: Vec<_> =
            [(feed, 1), (feed, 2), (nowhere, 3), (feed, 4)].map(|(feed, n)| gathering.add(document(feed, n))).into();
        let its = Arc::clone(&gathering);
        let store_all = move |conn: &mut Connection| {
            // As many turns as documents: the one after the failed one has not been looked at.
            (0..4).for_each(|_| its.store(conn));
            Ok(())
        };
        store.0.writer.ask(Turn::InOrder, "storing", store_all).await.expect("done");
        let mut stored = Vec::new();
        for answer in asked {
            stored.push(answer.await.expect("answered").map(|done| done.new.len()));
        }
        assert_eq!((&stored[0], &stored[1], &stored[3]), (&Ok(1), &Ok(1), &Ok(1)), "{stored:?}");
        assert!(stored[2].is_err(), "there is no such feed: {stored:?}");
        assert!(gathering.take().is_none(), "nothing is left");
        assert_eq!(store.counts().await.expect("counted").articles, 3);
        assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    }
}
