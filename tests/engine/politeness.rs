//! When a server is not asked: Retry-After, 410, intervals, turns at one host.
//!
//! Holds R12.

use jiff::SignedDuration;
use tidings::engine::{PollOutcome, PollRequest};

use crate::library::{Library, Reply, TestServer, config_for, rss};

/// A server that says no once and then yes.
fn says_no_once(status: u16, retry_after: &'static str) -> TestServer {
    TestServer::start(move |seen| {
        if seen.number == 0 { Reply::status(status).header("Retry-After", retry_after) } else { Reply::ok(rss(1..=2)) }
    })
}

#[tokio::test]
async fn retry_after_in_seconds_holds_over_a_restart_and_against_poll_now() {
    for status in [429, 503] {
        let server = says_no_once(status, "7200");
        let mut library = Library::new(&[server.url("/feed")]).await;
        let (told, summary) = library.poll(PollRequest::Now).await;
        assert_eq!((told[0].outcome, told[0].status, summary.failed), (PollOutcome::Error, Some(status), 1));
        library.restart().await;
        library.later(SignedDuration::from_mins(119));
        for request in [PollRequest::Due, PollRequest::Now] {
            let (told, summary) = library.poll(request).await;
            assert_eq!((told[0].outcome, summary.failed), (PollOutcome::Waiting, 1), "{status}, {request:?}");
            assert!(told[0].error.is_some(), "the last attempt failed, so the line says so");
        }
        assert_eq!(server.seen().len(), 1, "asked before its Retry-After had passed");
        library.later(SignedDuration::from_mins(2));
        let (told, _) = library.poll(PollRequest::Now).await;
        assert_eq!((told[0].outcome, told[0].new), (PollOutcome::New, 2));
    }
}

#[tokio::test]
async fn retry_after_as_a_date_holds_and_force_overrides_it() {
    let server = TestServer::start(|seen| match seen.number {
        0 => Reply::status(429)
            .header("Retry-After", "Mon, 01 Jun 2026 10:00:00 GMT")
            .header("Date", "Mon, 01 Jun 2026 08:00:00 GMT"),
        _ => Reply::ok(rss(1..=2)),
    });
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    library.later(SignedDuration::from_mins(100));
    assert_eq!(library.poll(PollRequest::Now).await.0[0].outcome, PollOutcome::Waiting);
    assert_eq!(server.seen().len(), 1);
    assert_eq!(library.poll(PollRequest::Force).await.0[0].outcome, PollOutcome::New);
}

#[tokio::test]
async fn garbage_and_huge_retry_after_never_stop_a_feed_for_more_than_a_day() {
    for wish in ["soon", "-5", "99999999999999999999", "4000000000"] {
        let server = says_no_once(503, wish);
        let library = Library::new(&[server.url("/feed")]).await;
        library.poll(PollRequest::Now).await;
        library.later(SignedDuration::from_mins(24 * 60 + 1));
        let (told, _) = library.poll(PollRequest::Now).await;
        assert_eq!(told[0].outcome, PollOutcome::New, "Retry-After: {wish}");
    }
}

#[tokio::test]
async fn gone_is_not_asked_again_until_forced() {
    let server = TestServer::start(|seen| if seen.number == 0 { Reply::status(410) } else { Reply::ok(rss(1..=2)) });
    let mut library = Library::new(&[server.url("/feed")]).await;
    assert_eq!(library.poll(PollRequest::Now).await.0[0].outcome, PollOutcome::Gone);
    library.restart().await;
    library.later(SignedDuration::from_hours(24 * 30));
    let (told, summary) = library.poll(PollRequest::Now).await;
    assert_eq!((told[0].outcome, told[0].next_poll, summary.failed), (PollOutcome::Gone, None, 1));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(library.poll(PollRequest::Force).await.0[0].outcome, PollOutcome::New);
}

#[tokio::test]
async fn the_interval_and_the_feeds_ttl_are_kept() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=2).replace("<channel>", "<channel><ttl>120</ttl>")));
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Due).await;
    library.later(SignedDuration::from_mins(115));
    assert_eq!(library.poll(PollRequest::Due).await.0[0].outcome, PollOutcome::Waiting);
    assert_eq!(server.seen().len(), 1);
    let health = library.engine.health().await.unwrap();
    assert!(health[0].why.contains("ttl"), "the reason names the feed's wish: {}", health[0].why);
    library.later(SignedDuration::from_mins(60));
    assert_eq!(library.poll(PollRequest::Due).await.0[0].outcome, PollOutcome::Unchanged);
}

#[tokio::test]
async fn quiet_hours_are_kept_to_the_last_minute() {
    let quiet = "<channel><skipHours><hour>9</hour><hour>10</hour></skipHours>";
    let server = TestServer::start(move |_| Reply::ok(rss(1..=2).replace("<channel>", quiet)));
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Due).await;
    // From 08:00: in the middle of the quiet hours, and a minute before they end.
    for minutes in [90, 89] {
        library.later(SignedDuration::from_mins(minutes));
        let (told, _) = library.poll(PollRequest::Due).await;
        assert_eq!(told[0].outcome, PollOutcome::Waiting, "asked at {}", library.clock.now());
        assert_eq!(told[0].next_poll, Some("2026-06-01T11:00:00Z".parse().unwrap()));
    }
    assert_eq!(server.seen().len(), 1);
    library.later(SignedDuration::from_mins(1));
    assert_eq!(library.poll(PollRequest::Due).await.0[0].outcome, PollOutcome::Unchanged, "11:00");
}

#[tokio::test]
async fn a_retry_after_is_waited_out_to_the_last_second_by_rounds_that_come_early() {
    let server = says_no_once(503, "7200");
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Due).await;
    library.later(SignedDuration::from_secs(7199));
    assert_eq!(library.poll(PollRequest::Due).await.0[0].outcome, PollOutcome::Waiting);
    assert_eq!(server.seen().len(), 1, "asked before its Retry-After had passed");
    library.later(SignedDuration::from_secs(1));
    assert_eq!(library.poll(PollRequest::Due).await.0[0].outcome, PollOutcome::New);
}

#[tokio::test]
async fn one_host_never_has_more_requests_at_once_than_allowed() {
    let server = TestServer::start(|seen| {
        let n: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
        Reply::ok(rss(n * 10..n * 10 + 2)).after(std::time::Duration::from_millis(15))
    });
    let feeds: Vec<String> = (0..24).map(|n| server.url(&format!("/feed-{n}"))).collect();
    let library = Library::with_config(&config_for(&feeds, "per_host = 2\nconcurrency = 64")).await;
    let (told, summary) = library.poll(PollRequest::Now).await;
    assert_eq!((told.len(), summary.new, summary.failed), (24, 48, 0));
    assert!(server.most_at_once() <= 2, "{} at once", server.most_at_once());
}

#[tokio::test]
async fn a_permanent_move_is_believed_after_two_good_polls() {
    let server = TestServer::start(|seen| match seen.path() {
        "/old" => Reply::redirect(301, "/new"),
        _ => Reply::ok(rss(1..=2)),
    });
    let library = Library::new(&[server.url("/old")]).await;
    for _ in 0..4 {
        library.poll(PollRequest::Now).await;
    }
    assert_eq!((server.count("/old"), server.count("/new")), (2, 4), "two polls by the old address, then the new one");
    assert!(library.feed().await.facts.moved_to.unwrap().ends_with("/new"), "feed health can tell it");
}

#[tokio::test]
async fn the_last_feed_of_a_host_gives_its_connection_back_and_the_others_keep_it() {
    for feeds in [vec!["/a"], vec!["/a", "/b", "/c"]] {
        let server = TestServer::start(|_| Reply::ok(rss(1..=2)));
        let urls: Vec<String> = feeds.iter().map(|path| server.url(path)).collect();
        let library = Library::new(&urls).await;
        let (_, summary) = library.poll(PollRequest::Now).await;
        assert_eq!((summary.asked, summary.failed), (feeds.len(), 0));
        let seen = server.seen();
        let said: Vec<_> = seen.iter().filter_map(|request| request.header("Connection")).collect();
        assert_eq!(said, [b"close"], "{feeds:?}");
    }
}
