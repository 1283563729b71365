//! What polls bring, on its way to the writer: read, made ready, and stored together with what others bring.

use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use super::actor::Announced;
use super::arrival::Arrival;
use super::queue::GATHERED;
use super::{Ingested, Store, StoreError, ingest, polls};
use crate::model::{FeedId, NewArticle, PollFacts, PollRecord};

/// Ingests that may wait for the writer; more wait at their sender, so that documents do not pile up in memory.
pub(super) const WAITING: usize = GATHERED;

/// A document that is being read, and will be stored; see [`Store::expect`].
pub struct Expected(Announced);

/// Articles that are ready to be stored, with their place among those that wait for the writer.
pub struct Ready {
    arrivals: Vec<Arrival>,
    _permit: OwnedSemaphorePermit,
    _announced: Announced,
}

impl Store {
    /// Stores one feed's articles and poll record in one transaction: all or none.
    /// `complete` is false for older pages (back-fill): they do not count as what the feed has now.
    /// The text index is filled later, by [`Store::index`].
    pub async fn ingest(
        &self,
        feed: FeedId,
        articles: Vec<NewArticle>,
        record: PollRecord,
        complete: bool,
    ) -> Result<Ingested, StoreError> {
        let ready = self.ready(self.expect(), articles).await;
        self.ingest_ready(feed, ready, record, complete).await
    }

    /// Announces what [`Store::ready`] will be given: other articles wait a little for it, to be written together.
    #[must_use]
    pub fn expect(&self) -> Expected {
        Expected(self.0.writer.announce())
    }

    /// Makes articles ready for [`Store::ingest_ready`], as soon as few others wait for the writer: what is ready is small.
    pub async fn ready(&self, expected: Expected, articles: Vec<NewArticle>) -> Result<Ready, StoreError> {
        let permit = Arc::clone(&self.0.ingests).acquire_owned().await.map_err(|_| StoreError::Closed)?;
        Ok(Ready { arrivals: Arrival::all(articles)?, _permit: permit, _announced: expected.0 })
    }

    /// As [`Store::ingest`], when the articles are ready.
    pub async fn ingest_ready(
        &self,
        feed: FeedId,
        ready: Result<Ready, StoreError>,
        record: PollRecord,
        complete: bool,
    ) -> Result<Ingested, StoreError> {
        let (ready, now) = (ready?, self.0.clock.now());
        let doing = format!("saving {} articles", ready.arrivals.len());
        self.together(true, doing, move |tx| ingest::ingest(tx, feed, &ready.arrivals, &record, complete, now)).await
    }

    /// Stores a poll that brought no document (304, error, waiting).
    pub async fn record_poll(&self, feed: FeedId, facts: PollFacts) -> Result<(), StoreError> {
        self.together(false, "saving the poll", move |tx| Ok(polls::write(tx, feed, &facts)?)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::model::{Identity, Labels};
    use crate::store::Subscription;
    use crate::store::actor::Turn;

    fn article(number: u8) -> NewArticle {
        NewArticle {
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
        }
    }

    #[tokio::test]
    async fn a_feed_that_cannot_be_stored_leaves_those_that_came_with_it() {
        let store = Store::in_memory(Clock::system()).expect("made");
        let feed = |name: &str| Subscription {
            url: format!("https://{name}.example/"),
            name: None,
            topics: Vec::new(),
            enabled: true,
        };
        let feeds = store.set_subscriptions(vec![feed("a"), feed("b")]).await.expect("subscribed");
        let record = PollRecord { facts: PollFacts::default(), title: None, site: None };
        let (word, until) = std::sync::mpsc::channel::<()>();
        // All three wait when the writer has time for them.
        let busy = store.0.writer.ask(Turn::InOrder, "waiting", move |_| until.recv().map_err(|_| StoreError::Closed));
        let ingest = |feed, number| store.ingest(feed, vec![article(number)], record.clone(), true);
        let (_, a, nobody, b, ()) =
            tokio::join!(busy, ingest(feeds[0].id, 1), ingest(FeedId(4_711), 2), ingest(feeds[1].id, 3), async {
                word.send(()).expect("heard");
            });
        assert!(nobody.expect_err("there is no such feed").to_string().contains("there is no feed"));
        assert_eq!((a.expect("stored").new.len(), b.expect("stored").new.len()), (1, 1));
        assert_eq!(store.counts().await.expect("counted").articles, 2);
        assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    }
}
