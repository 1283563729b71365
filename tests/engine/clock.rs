//! Ageing out under a clock that is wrong (F22): what it makes look old stays.

use jiff::SignedDuration;
use tidings::engine::PollRequest;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, config_for, rss};

/// Moves the clock by so many days, and polls.
async fn poll_after(library: &Library, days: i64) {
    library.later(SignedDuration::from_hours(24 * days));
    library.poll(PollRequest::Now).await;
}

#[tokio::test]
async fn articles_that_left_while_the_clock_was_back_are_not_old_when_it_is_put_right() {
    let server = TestServer::start(|seen| match seen.number {
        0..=2 => Reply::ok(rss(1..=2)),
        _ => Reply::ok(rss(2..=3)),
    });
    let config = config_for(&[server.url("/feed")], "").replace("keep_days = 0", "keep_days = 30");
    let library = Library::with_config(&config).await;
    poll_after(&library, 0).await;
    library.engine.retain().await.unwrap();
    poll_after(&library, 2).await;
    assert_eq!(library.engine.retain().await.unwrap(), 0);
    // A year back; there article 1 leaves the feed.
    poll_after(&library, -365).await;
    poll_after(&library, 1).await;
    assert_eq!(library.engine.retain().await.unwrap(), 0);
    assert_eq!(server.count("/feed"), 4);
    // Put right.
    poll_after(&library, 364).await;
    assert_eq!(library.engine.retain().await.unwrap(), 0);
    assert_eq!(library.all(Scope::All).await.len(), 3);
    // Nothing stays for good because of it.
    for _ in 0..5 {
        poll_after(&library, 7).await;
        library.engine.retain().await.unwrap();
    }
    assert_eq!(library.all(Scope::All).await.len(), 2);
}
