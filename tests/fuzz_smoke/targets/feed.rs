//! Bytes to stored articles: what a feed document becomes is clean, each article is itself, and taking the same document
//! in again changes nothing.

use std::cell::RefCell;
use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use tidings::clock::Clock;
use tidings::document;
use tidings::feed::{self, FeedError, ParsedEntry, ParsedFeed};
use tidings::model::{FeedId, NewArticle, PollFacts, PollRecord};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};
use tidings::store::{Ingested, Store, Subscription};
use tidings::topic::{Classifier, Rules, Subject};
use tokio::runtime::Runtime;

use super::clean::{assert_clean_block, assert_clean_line};
use super::material::Material;

const TYPES: &[Option<&str>] = &[
    None,
    Some("application/rss+xml"),
    Some("text/xml; charset=iso-8859-1"),
    Some("application/atom+xml; charset=utf-16"),
    Some("application/feed+json"),
    Some("text/html; charset=shift_jis"),
    Some("text/plain; charset=\"windows-1251\""),
    Some(";=\u{0},charset=;"),
];

/// A document; its last byte chooses the content type that the server names.
pub fn run(data: &[u8]) {
    let content_type = TYPES[usize::from(Material::new(data).last()) % TYPES.len()];
    let read = |address: &str| feed::parse(data, content_type, address);
    let parsed = read("https://quay.example/news/feed");
    let failed = FeedError::NotAFeed("the parser failed on it".to_owned());
    assert_ne!(parsed.as_ref().err(), Some(&failed), "a panic within");
    assert_eq!(parsed, read("https://quay.example/news/feed"), "parsing twice differs");
    let feed = match parsed {
        Err(error) => return assert_clean_block(&error.to_string()),
        Ok(feed) => feed,
    };
    feed_is_sound(&feed);
    if let Ok(plain) = read("http://quay.example/news/feed") {
        let pairs = plain.entries.iter().zip(&feed.entries);
        // Odd links (`https:x`) lead elsewhere from another scheme, as the URL standard has it.
        let bare = |url: &str| url.split_once(':').map(|(_, rest)| rest.to_owned());
        for (plain, entry) in pairs.filter(|(plain, entry)| bare(&plain.url) == bare(&entry.url)) {
            let (plain, with_tls) = (plain.identity.key, entry.identity.key);
            assert_eq!(plain, with_tls, "an article is another when the feed is asked without TLS: {entry:?}");
        }
    }
    SHELF.with_borrow_mut(|shelf| {
        shelf.take_if(|shelf| shelf.used >= 200);
        shelf.get_or_insert_with(Shelf::new).try_out(&feed);
    });
}

fn feed_is_sound(feed: &ParsedFeed) {
    feed.title.iter().for_each(|title| assert_clean_line(title));
    let mut keys = HashSet::new();
    for entry in &feed.entries {
        assert!(keys.insert(entry.identity.key), "two articles of one identity: {entry:?}");
        assert!(!entry.title.is_empty(), "{entry:?}");
        assert_clean_line(&entry.title);
        entry.author.iter().chain(&entry.categories).for_each(|name| assert_clean_line(name));
        assert_clean_block(&entry.summary_html);
        assert_clean_block(&entry.content_html);
        let addresses = std::iter::once(&entry.url).chain(&entry.original).filter(|url| !url.is_empty());
        for address in addresses.chain(entry.enclosures.iter().map(|file| &file.url)) {
            assert!(address.starts_with("http://") || address.starts_with("https://"), "{address:?}");
            assert_clean_line(address);
        }
    }
    for address in feed.site.iter().chain(&feed.older) {
        assert!(address.starts_with("http://") || address.starts_with("https://"), "{address:?}");
    }
}

thread_local! {
    static SHELF: RefCell<Option<Shelf>> = const { RefCell::new(None) };
}

/// A document of one article. (One without any would leave all in the feed that were there.)
fn standing() -> ParsedFeed {
    let document =
        b"<rss version=\"2.0\"><channel><item><guid>standing</guid><title>Standing</title></item></channel></rss>";
    feed::parse(document, None, "https://quay.example/news/feed").expect("a feed")
}

/// A library with one feed.
pub(super) struct Shelf {
    pub(super) store: Store,
    pub(super) runtime: Runtime,
    feed: FeedId,
    classifier: Classifier,
    clock: Clock,
    used: usize,
    _folder: TempDir,
}

impl Shelf {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let clock = Clock::fixed(Timestamp::from_second(1_795_392_000).expect("in range"));
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("tidings.db"), &folder.path().join("backups"), clock.clone());
        let store = store.expect("a new database");
        let url = "https://quay.example/news/feed".to_owned();
        let subscription =
            Subscription { url, name: Some("Quayside Wire".to_owned()), topics: Vec::new(), enabled: true };
        let feeds = runtime.block_on(store.set_subscriptions(vec![subscription])).expect("subscribed");
        let classifier = Classifier::new(&Rules::default()).0;
        let shelf = Self { store, runtime, feed: feeds[0].id, classifier, clock, used: 0, _folder: folder };
        shelf.take_in(&standing());
        shelf
    }

    /// Takes a document in, twice, looks at it, and lets it age out again, so that only the standing article is there.
    fn try_out(&mut self, feed: &ParsedFeed) {
        self.used += 1;
        let first = self.take_in(feed);
        assert!(first.new.len() <= feed.entries.len());
        let again = self.take_in(feed);
        assert_eq!(again.new, [], "the same document brings articles twice");
        assert_eq!(again.updated, 0, "the same document changes articles");
        assert!(feed.entries.is_empty() || !again.no_overlap, "the same document shares nothing with itself");
        let request = ListRequest {
            scope: Scope::Feed(self.feed),
            unread_only: false,
            rows: Rows::Articles,
            order: Order::Date,
            up_to: None,
            page: Page::First,
            limit: 100_000,
        };
        let now = self.clock.now();
        let rows = self.runtime.block_on(self.store.headlines(request)).expect("read");
        assert_eq!(rows.len(), first.new.len() + 1, "other articles than those that arrived");
        for row in &rows {
            assert_clean_line(&row.title);
            assert!(row.date <= now, "{} is dated in the future: {}", row.title, row.date);
        }
        if self.used.is_multiple_of(32) {
            self.index();
            let faults = self.runtime.block_on(self.store.check()).expect("checked");
            assert_eq!(faults, Vec::<String>::new());
        }
        self.take_in(&standing());
        self.clock.advance(SignedDuration::from_mins(1));
        while self.runtime.block_on(self.store.retain(self.clock.now())).expect("aged out") > 0 {}
    }

    pub(super) fn take_in(&self, feed: &ParsedFeed) -> Ingested {
        let articles = feed.entries.iter().map(|entry| self.article(entry)).collect();
        let now = Some(self.clock.now());
        let facts = PollFacts { last_attempt: now, last_success: now, polls: 1, ..PollFacts::default() };
        let record = PollRecord { facts, title: feed.title.clone(), site: feed.site.clone() };
        self.runtime.block_on(self.store.ingest(self.feed, articles, record, true)).expect("ingested")
    }

    /// Fills the index of words.
    pub(super) fn index(&self) {
        while self.runtime.block_on(self.store.index()).expect("indexed") {}
    }

    /// An article of an entry, as the engine makes it.
    fn article(&self, entry: &ParsedEntry) -> NewArticle {
        let entry = entry.clone();
        let text =
            format!("{}\n{}", document::plain_text(&entry.summary_html), document::plain_text(&entry.content_html));
        let labels = self.classifier.label(&Subject {
            title: &entry.title,
            text: &text,
            categories: &entry.categories,
            feed_name: "Quayside Wire",
            feed_url: "https://quay.example/news/feed",
            url: &entry.url,
            language: entry.language.as_deref(),
            ..Subject::default()
        });
        NewArticle {
            identity: entry.identity,
            url: entry.url,
            original: entry.original,
            title: entry.title,
            author: entry.author,
            published: entry.published,
            updated: entry.updated,
            language: labels.language.clone(),
            summary_html: entry.summary_html,
            content_html: entry.content_html,
            plain_text: text,
            categories: entry.categories,
            enclosures: entry.enclosures,
            labels,
        }
    }
}
