//! Several handles on one file, as a desk and a poll from cron are: two processes in all but name.

use tidings::clock::Clock;
use tidings::model::Mark;
use tidings::query::Scope;
use tidings::store::Store;

use crate::fixture::{Library, all, article};

#[tokio::test]
async fn one_marks_while_another_ingests() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let first = library.ingest(feed, (0..50).map(|n| article(n, 60, "t")).collect()).await;
    let other = Store::open(&library.path(), &library.backups(), Clock::system()).expect("opened beside");
    let seen = library.store.foreign_version().await.expect("read");

    let record = library.record();
    let ingests = async {
        for batch in 1..20_u64 {
            let articles = (0..100).map(|n| article(batch * 1_000 + n, 60, "t")).collect();
            other.ingest(feed, articles, record.clone(), true).await.expect("ingested");
        }
    };
    let marks = async {
        for id in &first.new {
            library.store.mark(vec![*id], Mark::Read(true)).await.expect("marked");
        }
    };
    tokio::join!(ingests, marks);

    assert!(library.store.foreign_version().await.expect("read") != seen, "the desk learns of foreign writes");
    let counts = library.store.counts().await.expect("counted");
    assert_eq!((counts.articles, counts.unread), (1_950, 1_900));
    assert_eq!(other.check().await.expect("checked"), Vec::<String>::new());
    other.close().await;
    library.assert_sound().await;
}

#[tokio::test]
async fn own_writes_are_not_foreign() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let seen = library.store.foreign_version().await.expect("read");
    library.ingest(feed, vec![article(1, 0, "t")]).await;
    assert_eq!(library.store.foreign_version().await.expect("read"), seen);
}

#[tokio::test]
async fn the_poll_lock_is_held_by_one() {
    let library = Library::new();
    let other = Store::open(&library.path(), &library.backups(), Clock::system()).expect("opened beside");
    let held = library.store.try_poll_lock().expect("asked").expect("it is free");
    assert!(other.try_poll_lock().expect("asked").is_none());
    drop(held);
    assert!(other.try_poll_lock().expect("asked").is_some());
}

#[tokio::test]
async fn what_was_sent_before_the_end_is_stored_and_later_requests_are_refused() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let last = library.store.ingest(feed, vec![article(1, 0, "last")], library.record(), true);
    let (stored, ()) = tokio::join!(last, library.store.close());
    stored.expect("stored");
    assert!(library.store.counts().await.is_err());
    let library = library.reopen().await;
    assert_eq!(library.titles(Scope::All).await, ["last"]);
    assert_eq!(library.store.headlines_now(&all(Scope::All)).expect("read").len(), 1);
}

#[tokio::test]
async fn a_library_in_memory_leaves_nothing() {
    let store = Store::in_memory(Clock::system()).expect("made");
    let feed = store.set_subscriptions(vec![crate::fixture::subscription("Wire")]).await.expect("set")[0].id;
    store.ingest(feed, vec![article(1, 0, "t")], Library::new().record(), true).await.expect("stored");
    assert_eq!(store.headlines_now(&all(Scope::All)).expect("read").len(), 1);
}

#[tokio::test]
async fn a_reader_beside_us_does_not_hold_up_the_end() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let stored = library.ingest(feed, (0..5).map(|n| article(n, 60, "t")).collect()).await;
    let reader = rusqlite::Connection::open(library.path()).expect("opened");
    let mut open = reader.prepare("SELECT id FROM article").expect("prepared");
    let mut rows = open.query([]).expect("asked");
    assert!(rows.next().expect("read").is_some(), "it reads for as long as `rows` is there");
    library.store.mark(stored.new, Mark::Saved(true)).await.expect("marked");
    let closed = tokio::time::timeout(std::time::Duration::from_secs(4), library.store.close()).await;
    assert!(closed.is_ok(), "closing waited for a reader of another process");
    drop(rows);
}
