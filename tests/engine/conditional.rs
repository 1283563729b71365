//! Conditional requests and what a 304 saves.
//!
//! Holds R12.

use jiff::SignedDuration;
use tidings::engine::{PollOutcome, PollRequest};
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, rss};

const ETAG: &[u8] = b"W/\"q\xe9 1;,\"";
const MODIFIED: &[u8] = b"Mon, 01 Jun 2026 7:5:09 GMT";

fn server() -> TestServer {
    TestServer::start(|seen| {
        let same = seen.header("If-None-Match") == Some(ETAG) && seen.header("If-Modified-Since") == Some(MODIFIED);
        if same {
            Reply::status(304)
        } else {
            Reply::ok(rss(1..=3)).header("ETag", ETAG).header("Last-Modified", MODIFIED)
        }
    })
}

#[tokio::test]
async fn validators_go_back_byte_for_byte_also_after_a_restart() {
    let server = server();
    let mut library = Library::new(&[server.url("/feed")]).await;
    let (first, _) = library.poll(PollRequest::Now).await;
    assert_eq!((first[0].outcome, first[0].new), (PollOutcome::New, 3));
    library.restart().await;
    library.later(SignedDuration::from_hours(1));
    let (second, summary) = library.poll(PollRequest::Due).await;
    assert_eq!((second[0].outcome, second[0].status, second[0].new), (PollOutcome::Unchanged, Some(304), 0));
    assert_eq!(summary.failed, 0);
    let facts = library.feed().await.facts;
    assert_eq!((facts.polls, facts.not_modified, facts.saved_bytes), (2, 1, rss(1..=3).len() as u64));
    assert_eq!(library.all(Scope::All).await.len(), 3);
}

#[tokio::test]
async fn requests_are_honest_and_carry_no_traces() {
    let server =
        TestServer::start(|_| Reply::ok(rss(1..=1)).header("Set-Cookie", "visit=1; Path=/").header("ETag", "\"1\""));
    let library = Library::new(&[server.url("/feed?desk=ocean")]).await;
    library.poll(PollRequest::Now).await;
    library.poll(PollRequest::Now).await;
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for request in &seen {
        assert!(
            request.text("User-Agent").starts_with(&format!("tidings/{}", env!("CARGO_PKG_VERSION"))),
            "{request:?}"
        );
        for never in ["Cookie", "Referer", "Authorization", "From", "DNT"] {
            assert_eq!(request.header(never), None, "{never} was sent");
        }
        let encodings = request.text("Accept-Encoding");
        assert!(["gzip", "br", "zstd", "deflate"].iter().all(|coding| encodings.contains(coding)), "{encodings}");
    }
}
