//! Gaps: noted where a document does not connect to the one before, filled where the feed can page.

use jiff::SignedDuration;
use tidings::engine::PollRequest;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, rss};

#[tokio::test]
async fn a_gap_is_filled_by_paging_until_it_connects() {
    let wordpress = |items: std::ops::RangeInclusive<u32>| {
        rss(items.rev()).replace("<channel>", "<channel><generator>https://wordpress.org/?v=6.8</generator>")
    };
    let server = TestServer::start(move |seen| match (seen.number, seen.target.as_str()) {
        (0, _) | (_, "/feed?paged=4") => Reply::ok(wordpress(1..=10)),
        (_, "/feed") => Reply::ok(wordpress(31..=40)),
        (_, "/feed?paged=2") => Reply::ok(wordpress(21..=30)),
        (_, "/feed?paged=3") => Reply::ok(wordpress(11..=20)),
        _ => Reply::status(404),
    });
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    library.later(SignedDuration::from_hours(48));
    let (told, _) = library.poll(PollRequest::Now).await;
    assert_eq!(told[0].new, 30);
    let gap = library.feed().await.facts.gap.expect("the gap is noted");
    assert_eq!((gap.filled, gap.closed), (20, true));
    assert_eq!(server.count("/feed"), 5, "two polls and three pages");
    assert_eq!(library.all(Scope::All).await.len(), 40);
}

#[tokio::test]
async fn a_gap_that_cannot_be_filled_is_noted_and_one_that_is_none_is_not() {
    let server = TestServer::start(|seen| match seen.number {
        0 => Reply::ok(rss(1..=10)),
        1 => Reply::ok(rss(10..=19)),
        _ => Reply::ok(rss(40..=49)),
    });
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    library.poll(PollRequest::Now).await;
    assert_eq!(library.feed().await.facts.gap, None, "these two days share an article");
    library.poll(PollRequest::Now).await;
    let gap = library.feed().await.facts.gap.expect("the gap is noted");
    assert_eq!((gap.filled, gap.closed), (0, false));
    assert_eq!(server.seen().len(), 3, "a feed that cannot page is not asked for pages");
}

#[tokio::test]
async fn a_server_that_sends_the_first_page_again_closes_no_gap() {
    let wordpress = |items: std::ops::RangeInclusive<u32>| {
        rss(items.rev()).replace("<channel>", "<channel><generator>https://wordpress.org/?v=6.8</generator>")
    };
    let server = TestServer::start(move |seen| match seen.number {
        0 => Reply::ok(wordpress(1..=10)),
        _ => Reply::ok(wordpress(31..=40)),
    });
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    library.later(SignedDuration::from_hours(48));
    library.poll(PollRequest::Now).await;
    let gap = library.feed().await.facts.gap.expect("the gap is noted");
    assert_eq!((gap.filled, gap.closed), (0, false));
    assert_eq!(server.seen().len(), 3, "after one such page no more are asked for");
}
