//! Invented articles, and a store in a folder of its own.

use std::path::PathBuf;

use jiff::Timestamp;
use tempfile::TempDir;
use tidings::clock::Clock;
use tidings::model::{
    ArticleId, Entity, EntityKind, Feed, FeedId, Headline, Identity, NewArticle, Placement, PollFacts, PollRecord,
    StoryId, TopicId,
};
use tidings::query::{ListRequest, Order, Page, Scope};
use tidings::store::{Store, Subscription};

/// The time at which the clock of a fixture stands: 2026-11-23 00:00 UTC.
pub(crate) const START: i64 = 1_795_392_000;

/// A store on a file in a folder that goes with it.
pub(crate) struct Library {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) folder: TempDir,
}

impl Library {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::fixed(moment(START));
        let store = Store::open(&folder.path().join("tidings.db"), &folder.path().join("backups"), clock.clone());
        Self { store: store.expect("a new database"), clock, folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("tidings.db")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    /// Closes the store and opens the file anew, as after a restart.
    pub(crate) async fn reopen(self) -> Self {
        let Self { store, clock, folder } = self;
        store.close().await;
        drop(store);
        let store = Store::open(&folder.path().join("tidings.db"), &folder.path().join("backups"), clock.clone());
        Self { store: store.expect("the same database"), clock, folder }
    }

    /// Subscribes to feeds of these names.
    pub(crate) async fn subscribe(&self, names: &[&str]) -> Vec<Feed> {
        let subscriptions = names.iter().map(|name| subscription(name)).collect();
        self.store.set_subscriptions(subscriptions).await.expect("subscribed")
    }

    pub(crate) async fn ingest(&self, feed: FeedId, articles: Vec<NewArticle>) -> tidings::store::Ingested {
        let record = self.record();
        self.store.ingest(feed, articles, record, true).await.expect("ingested")
    }

    pub(crate) fn record(&self) -> PollRecord {
        let now = Some(self.clock.now());
        PollRecord {
            facts: PollFacts { last_attempt: now, last_success: now, polls: 1, ..PollFacts::default() },
            title: None,
            site: None,
        }
    }

    /// The titles of a list, newest first.
    pub(crate) async fn titles(&self, scope: Scope) -> Vec<String> {
        let rows = self.store.headlines(all(scope)).await.expect("read");
        rows.into_iter().map(|row| row.title).collect()
    }

    /// Indexes all that waits.
    pub(crate) async fn index_all(&self) {
        while self.store.index().await.expect("indexed") {}
    }

    /// Gives all that waits a story of its own.
    pub(crate) async fn place_all(&self) {
        loop {
            let waiting = self.store.unplaced(1_000).await.expect("read");
            if waiting.is_empty() {
                return;
            }
            let alone = |article: ArticleId| Placement { article, story: StoryId(article.0), copy_of: None };
            self.store.place(waiting.into_iter().map(alone).collect()).await.expect("placed");
        }
    }

    /// Places articles in the story of this one; those of `copies` are copies of it.
    pub(crate) async fn place(&self, story: ArticleId, articles: &[ArticleId], copies: &[ArticleId]) -> u64 {
        let place = |article: ArticleId| Placement {
            article,
            story: StoryId(story.0),
            copy_of: copies.contains(&article).then_some(story),
        };
        let placements = articles.iter().chain(copies).map(|article| place(*article)).collect();
        self.store.place(placements).await.expect("placed")
    }

    pub(crate) async fn assert_sound(&self) {
        assert_eq!(self.store.check().await.expect("checked"), Vec::<String>::new());
    }
}

pub(crate) fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).expect("in range")
}

pub(crate) fn subscription(name: &str) -> Subscription {
    let url = format!("https://{}.example/feed", name.to_lowercase().replace(' ', "-"));
    Subscription { url, name: Some(name.to_owned()), topics: Vec::new(), enabled: true }
}

pub(crate) fn topic(id: &str) -> TopicId {
    TopicId::from_id(id).expect("a topic")
}

/// A request for a whole list, newest first.
pub(crate) fn all(scope: Scope) -> ListRequest {
    ListRequest {
        scope,
        unread_only: false,
        rows: tidings::query::Rows::Articles,
        order: Order::Date,
        up_to: None,
        page: Page::First,
        limit: 100_000,
    }
}

/// A key made of a number, as `feed` makes one of a guid.
pub(crate) fn key(number: u64) -> [u8; 16] {
    let mut key = [7; 16];
    key[..8].copy_from_slice(&number.to_be_bytes());
    key
}

/// An article; `number` is its identity, `age` the seconds between its date and [`START`].
pub(crate) fn article(number: u64, age: i64, title: &str) -> NewArticle {
    NewArticle {
        identity: Identity { key: key(number), alias: None },
        url: format!("https://news.example/{number}"),
        original: None,
        title: title.to_owned(),
        author: None,
        published: Some(moment(START - age)),
        updated: None,
        language: Some("en".to_owned()),
        summary_html: format!("<p>{title}, in short.</p>"),
        content_html: String::new(),
        plain_text: format!("{title} {title}, in short."),
        categories: Vec::new(),
        enclosures: Vec::new(),
        labels: tidings::model::Labels::default(),
    }
}

pub(crate) fn ids(rows: &[Headline]) -> Vec<ArticleId> {
    rows.iter().map(|row| row.id).collect()
}

/// An entity of this kind; its id is made of its name.
pub(crate) fn entity(name: &str, kind: EntityKind) -> Entity {
    Entity { id: format!("x:{}", name.to_lowercase().replace(' ', "-")), name: name.to_owned(), kind }
}
