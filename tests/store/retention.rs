//! Ageing out: what goes, what stays, and that nothing returns as unread.

use jiff::SignedDuration;
use tidings::model::Mark;
use tidings::query::Scope;

use crate::fixture::{Library, article};

const DAY: i64 = 86_400;

async fn age_out(library: &Library, days: i64) -> u64 {
    let before = library.clock.now().checked_sub(SignedDuration::from_secs(days * DAY)).expect("in range");
    let mut gone = 0;
    loop {
        match library.store.retain(before).await.expect("aged out") {
            0 => return gone,
            some => gone += some,
        }
    }
}

#[tokio::test]
async fn articles_go_some_time_after_they_left_their_feed_and_return_as_they_were() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let one = |n: u64, title: &str| article(n, 0, title);
    let first = library.ingest(feed, vec![one(1, "read"), one(2, "saved"), one(3, "noted"), one(4, "stays")]).await;
    let [stays, noted, saved, read] = first.new[..] else { panic!("{first:?}") };
    library.store.mark(vec![read], Mark::Read(true)).await.expect("read");
    library.store.mark(vec![saved], Mark::Saved(true)).await.expect("saved");
    library.store.mark(vec![noted], Mark::Note(Some("ask".into()))).await.expect("noted");
    library.index_all().await;

    library.clock.advance(SignedDuration::from_secs(DAY));
    library.ingest(feed, vec![one(4, "stays"), one(5, "new")]).await;
    library.clock.advance(SignedDuration::from_secs(58 * DAY));
    assert_eq!(age_out(&library, 60).await, 0, "59 days after it was last in the feed");
    library.clock.advance(SignedDuration::from_secs(2 * DAY));
    assert_eq!(age_out(&library, 60).await, 1);
    assert_eq!(library.titles(Scope::All).await, ["new", "saved", "noted", "stays"]);
    library.assert_sound().await;

    library.ingest(feed, vec![one(1, "read"), one(4, "stays")]).await;
    let rows = library.store.headlines(crate::fixture::all(Scope::All)).await.expect("read");
    let back = rows.iter().find(|row| row.title == "read").expect("it returned");
    assert!(back.state.read && back.id > stays, "as read, under a key of its own");
    library.assert_sound().await;
}

#[tokio::test]
async fn articles_of_a_dropped_feed_age_out_from_its_last_good_poll() {
    let library = Library::new();
    let feeds = library.subscribe(&["Wire", "Gazette"]).await;
    for feed in &feeds {
        library.ingest(feed.id, (0..700).map(|n| article(n, 0, "t")).collect()).await;
    }
    library.subscribe(&["Gazette"]).await;
    library.clock.advance(SignedDuration::from_secs(61 * DAY));
    assert_eq!(
        age_out(&library, 60).await,
        700,
        "in more than one step; the feed that is subscribed keeps its document"
    );
    assert_eq!(library.titles(Scope::All).await.len(), 700);
    library.assert_sound().await;
}

#[tokio::test]
async fn a_dropped_feed_whose_articles_went_is_asked_for_its_whole_document_again() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let mut record = library.record();
    record.facts.validators.etag = Some(b"\"a\"".to_vec());
    library.store.ingest(feed, vec![article(1, 0, "t")], record, true).await.expect("ingested");
    library.subscribe(&[]).await;
    library.clock.advance(SignedDuration::from_secs(59 * DAY));
    assert_eq!(age_out(&library, 60).await, 0);
    let etag = async || library.store.feeds().await.expect("read")[0].facts.validators.etag.clone();
    library.subscribe(&["Wire"]).await;
    assert!(etag().await.is_some(), "nothing went: a 304 will do");
    library.subscribe(&[]).await;
    library.clock.advance(SignedDuration::from_secs(2 * DAY));
    assert_eq!(age_out(&library, 60).await, 1);
    library.subscribe(&["Wire"]).await;
    assert_eq!(etag().await, None, "a 304 would leave the feed empty");
}
