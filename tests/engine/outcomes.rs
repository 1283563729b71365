//! One bad feed costs only itself, and nothing known is forgotten.
//!
//! Holds R5 and R7.

use jiff::SignedDuration;
use tidings::engine::{PollOutcome, PollRequest};
use tidings::model::Mark;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, config_for, rss};

#[tokio::test]
async fn bad_feeds_between_good_ones_cost_only_themselves() {
    let server = TestServer::start(|seen| match seen.path() {
        "/good-1" => Reply::ok(rss(1..=3)),
        "/good-2" => Reply::ok(rss(11..=13)),
        "/page" => {
            Reply::ok("<!doctype html><html><body>Please log in</body></html>").header("Content-Type", "text/html")
        }
        "/empty" => Reply::ok(""),
        "/garbage" => Reply::ok("\u{0}\u{1}\u{2}"),
        "/hangs" => Reply::hang(),
        "/closes" => Reply::raw(""),
        _ => Reply::status(500),
    });
    let paths = ["/good-1", "/page", "/empty", "/garbage", "/hangs", "/closes", "/broken", "/good-2"];
    let feeds: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
    let library = Library::with_config(&config_for(&feeds, "timeout_seconds = 2\nper_host = 8")).await;
    let (told, summary) = library.poll(PollRequest::Now).await;
    assert_eq!((told.len(), summary.failed, summary.new), (8, 6, 6));
    for polled in told.iter().filter(|polled| polled.outcome == PollOutcome::Error) {
        assert!(polled.error.as_ref().is_some_and(|words| words.len() > 10), "{polled:?}");
        assert!(polled.next_poll.is_some(), "a failed feed is tried again");
    }
}

#[tokio::test]
async fn a_feed_that_breaks_keeps_its_articles_and_marks() {
    let server = TestServer::start(|seen| match seen.number {
        1 => Reply::ok("<html>maintenance</html>"),
        2 => Reply::ok(rss([])),
        3 => Reply::ok("<rss version=\"2.0\"><channel><title>Harbour Ledger</title><item><title>Half an art"),
        _ => Reply::ok(rss(1..=3)),
    });
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    let rows = library.all(Scope::All).await;
    library.engine.mark(vec![rows[0].id], Mark::Read(true)).await.unwrap();
    for _ in 0..4 {
        library.later(SignedDuration::from_hours(30));
        library.poll(PollRequest::Now).await;
    }
    let after = library.all(Scope::All).await;
    let titles = |rows: &[tidings::model::Headline]| rows.iter().map(|row| row.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&after), titles(&rows), "nothing went, nothing came twice, no half article was stored");
    assert_eq!(after.iter().filter(|row| row.state.read).count(), 1);
}

#[tokio::test]
async fn when_nothing_can_be_reached_no_feed_is_blamed() {
    // Two ports that nobody listens on any more.
    let dead: Vec<String> = (0..2)
        .map(|_| std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
        .map(|address| format!("http://{address}/feed"))
        .collect();
    let library = Library::new(&dead).await;
    let (told, summary) = library.poll(PollRequest::Now).await;
    assert!(summary.offline);
    assert_eq!((told.len(), summary.failed), (2, 2));
    for status in library.engine.feeds().await.unwrap() {
        assert_eq!((status.facts.failures, status.facts.last_error), (0, None), "the network is away, not the feed");
    }
}

#[tokio::test]
async fn one_dead_host_among_living_ones_is_that_feeds_failure() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let library = Library::new(&[format!("http://{dead}/feed"), server.url("/feed")]).await;
    let (_, summary) = library.poll(PollRequest::Now).await;
    assert!(!summary.offline);
    let feeds = library.engine.feeds().await.unwrap();
    assert_eq!(feeds[0].facts.failures, 1);
    assert!(feeds[0].facts.last_error.is_some());
    assert_eq!(feeds[1].facts.failures, 0);
}

#[tokio::test]
async fn a_dead_feed_asked_alone_is_that_feeds_failure() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let library = Library::new(&[format!("http://{dead}/feed"), server.url("/feed")]).await;
    let id = library.engine.feeds().await.unwrap()[0].feed.id;
    let (_, summary) = library.poll(PollRequest::Feed(id)).await;
    assert!(!summary.offline, "one host says nothing about the network");
    assert_eq!(library.engine.feeds().await.unwrap()[0].facts.failures, 1);
}

#[tokio::test]
async fn feeds_that_were_dead_before_do_not_make_the_network_dead() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let dead = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let urls = [format!("http://{}/feed", dead()), format!("http://{}/feed", dead()), server.url("/feed")];
    let library = Library::new(&urls).await;
    assert!(!library.poll(PollRequest::Now).await.1.offline);
    // Both back off alike and fall due between two polls of the living one.
    library.later(SignedDuration::from_mins(29));
    let living = library.engine.feeds().await.unwrap()[2].feed.id;
    library.poll(PollRequest::Feed(living)).await;
    library.later(SignedDuration::from_mins(10));
    assert!(!library.poll(PollRequest::Due).await.1.offline);
    let failures: Vec<_> = library.engine.feeds().await.unwrap().iter().map(|feed| feed.facts.failures).collect();
    assert_eq!(failures, [2, 2, 0]);
    assert_eq!(server.seen().len(), 2, "the living one was not due");
}
