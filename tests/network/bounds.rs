//! Limits: size after decoding, time, and answers that end before they should.
//!
//! Holds R6.

use std::time::Duration;

use tidings::fetch::{FetchError, Policy};

use crate::support::server::{Reply, TestServer};
use crate::support::silent::SilentHost;
use crate::{fetcher, get, packed, policy, subscribed};

#[tokio::test]
async fn every_encoding_is_asked_for_and_decoded() {
    let server = TestServer::start(|seen| match seen.path() {
        "/gzip" => Reply::ok(packed::gzip(100)).header("Content-Encoding", "gzip"),
        "/deflate" => Reply::ok(packed::zlib(100)).header("Content-Encoding", "deflate"),
        "/br" => Reply::ok(packed::brotli(30_000)).header("Content-Encoding", "br"),
        "/zstd" => Reply::ok(packed::zstd(2)).header("Content-Encoding", "zstd").chunked(),
        _ => Reply::ok("plain").header("Content-Encoding", "unheard-of"),
    });
    for (path, length) in [("/gzip", 25_801), ("/deflate", 25_801), ("/br", 30_000), ("/zstd", 256 << 10)] {
        let answer = get(server.url(path)).await.unwrap();
        assert_eq!(answer.body.len(), length, "{path}");
        assert!(answer.body.iter().all(|byte| *byte == b'x') && !answer.truncated, "{path}");
    }
    assert_eq!(get(server.url("/other")).await.unwrap().body, "plain");
    for seen in server.seen() {
        let offered = seen.text("Accept-Encoding");
        assert!(["gzip", "br", "zstd", "deflate"].iter().all(|name| offered.contains(name)), "{offered}");
    }
}

#[tokio::test]
async fn the_size_limit_counts_what_comes_out_of_the_decoder() {
    let bombs = [
        ("gzip", packed::gzip(20_000)),
        ("deflate", packed::zlib(20_000)),
        ("br", packed::brotli(16 << 20)),
        ("zstd", packed::zstd(64)),
    ];
    for (name, bomb) in bombs {
        assert!(bomb.len() < 100_000, "{name} is small on the wire: {}", bomb.len());
        let server = TestServer::start(move |_| Reply::ok(bomb.clone()).header("Content-Encoding", name));
        assert_eq!(get(server.url("/")).await.unwrap_err(), FetchError::TooLarge { limit_mib: 1 }, "{name}");
    }
}

#[tokio::test]
async fn the_size_limit_holds_without_compression() {
    let server = TestServer::start(|seen| match seen.path() {
        "/announced" => Reply::ok("short").claims(u64::MAX / 2),
        "/fits" => Reply::ok(vec![b'x'; 1 << 20]),
        _ => Reply::ok(vec![b'x'; 4 << 20]).chunked().drip(64 << 10, Duration::ZERO),
    });
    for path in ["/announced", "/streamed"] {
        let error = get(server.url(path)).await.unwrap_err();
        assert_eq!(error, FetchError::TooLarge { limit_mib: 1 }, "{path}");
    }
    assert_eq!(get(server.url("/fits")).await.unwrap().body.len(), 1 << 20);
}

#[tokio::test]
async fn the_deadline_covers_every_way_of_being_slow() {
    let slow = Duration::from_millis(50);
    let server = TestServer::start(move |seen| match seen.path() {
        "/silent" => Reply::hang(),
        "/drip" => Reply::ok(vec![b'x'; 100_000]).drip(1, slow),
        "/stops" => Reply::ok("half").claims(100).then_hang(),
        "/headers" => Reply::raw("HTTP/1.1 200 OK\r\n".to_owned() + &"X-Slow: 1\r\n".repeat(10_000)).drip(11, slow),
        hop => Reply::redirect(302, format!("{hop}x")).after(Duration::from_millis(400)),
    });
    let fetcher = fetcher(Policy { timeout: Duration::from_secs(1), ..policy() });
    for path in ["/silent", "/drip", "/stops", "/headers", "/hop"] {
        let error = fetcher.get(subscribed(server.url(path))).await.unwrap_err();
        assert_eq!(error, FetchError::TimedOut { seconds: 1 }, "{path}");
    }
}

#[tokio::test]
async fn a_body_that_ends_early_is_marked_and_kept() {
    let server = TestServer::start(|seen| match seen.path() {
        "/length" => Reply::ok("half of it").claims(100),
        "/chunks" => Reply::ok("half of it").chunked_cut(),
        _ => Reply::raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\nhalf of it"),
    });
    for (path, cut) in [("/length", true), ("/chunks", true), ("/until-close", false)] {
        let answer = get(server.url(path)).await.unwrap();
        assert_eq!((&answer.body[..], answer.truncated), (&b"half of it"[..], cut), "{path}");
    }
}

#[tokio::test]
async fn broken_answers_are_named() {
    let gzip = packed::gzip(1000);
    let server = TestServer::start(move |seen| match seen.path() {
        "/nothing-came" => Reply::ok("").claims(100),
        "/lie" => Reply::ok("<rss>not packed at all</rss>").header("Content-Encoding", "gzip"),
        "/damaged" => {
            let mut gzip = gzip.clone();
            let end = gzip.len() - 8;
            gzip[end] ^= 0xff;
            Reply::ok(gzip).header("Content-Encoding", "gzip")
        }
        "/closed" => Reply::raw(""),
        "/ssh" => Reply::raw("SSH-2.0-OpenSSH_9.9\r\n"),
        "/big-header" => Reply::ok("x").header("X-Big", vec![b'a'; 1 << 20]),
        "/many-headers" => (0..5000).fold(Reply::ok("x"), |reply, _| reply.header("X-N", "y")),
        _ => Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\nbody\r\n0\r\n\r\n"),
    });
    for (path, words) in [
        ("/nothing-came", "ended before it began"),
        ("/lie", "damaged"),
        ("/damaged", "damaged"),
        ("/closed", "without an answer"),
        ("/ssh", "does not answer in HTTP"),
        ("/big-header", "headers"),
        ("/many-headers", "headers"),
        ("/bad-chunk", "127.0.0.1"),
    ] {
        match get(server.url(path)).await {
            Err(FetchError::Failed(said)) => assert!(said.contains(words), "{path}: {said}"),
            other => panic!("{path}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_empty_answer_is_an_answer() {
    let server = TestServer::start(|_| Reply::ok(""));
    let answer = get(server.url("/")).await.unwrap();
    assert!(answer.status == 200 && answer.body.is_empty() && !answer.truncated);
}

#[tokio::test]
async fn a_cut_gzip_stream_gives_what_came() {
    let gzip = packed::gzip(1000);
    let server = TestServer::start(move |_| Reply::ok(&gzip[..gzip.len() / 2]).header("Content-Encoding", "gzip"));
    let answer = get(server.url("/")).await.unwrap();
    assert!(answer.truncated && !answer.body.is_empty() && answer.body.len() < 258_001, "{}", answer.body.len());
}

#[tokio::test]
async fn who_is_not_there_cannot_be_reached() {
    let closed = TestServer::start(|_| Reply::ok("")).url("/");
    for url in [closed.as_str(), "http://no-such-host.invalid/"] {
        match get(url).await {
            Err(FetchError::Unreachable { host, reason }) => assert!(url.contains(&host), "{host}: {reason}"),
            other => panic!("{url}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn no_connection_in_time_is_a_host_that_cannot_be_reached_however_short_the_deadline() {
    let silent = SilentHost::start().await;
    for timeout in [Duration::from_millis(400), Duration::from_secs(1)] {
        let error = fetcher(Policy { timeout, ..policy() }).get(subscribed(silent.url("/"))).await.unwrap_err();
        assert!(matches!(&error, FetchError::Unreachable { host, .. } if host == "127.0.0.1"), "{error:?}");
        assert!(error.to_string().ends_with("no connection came about in time"), "{error}");
    }
    // A host that is there and does not answer has itself to blame.
    let server = TestServer::start(|_| Reply::hang());
    let policy = Policy { timeout: Duration::from_millis(400), ..policy() };
    let error = fetcher(policy).get(subscribed(server.url("/"))).await.unwrap_err();
    assert!(matches!(error, FetchError::TimedOut { .. }), "{error:?}");
}

#[tokio::test]
async fn few_large_bodies_are_held_at_once_and_small_ones_do_not_wait_for_them() {
    let server = TestServer::start(|seen| match seen.path() {
        "/small" => Reply::ok("short"),
        _ => Reply::ok(vec![b'x'; 3 << 20]),
    });
    let client = fetcher(Policy { max_bytes: 4 << 20, per_host: 64, ..policy() });
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(client.get(subscribed(server.url("/large"))).await.unwrap());
    }
    let (asking, url) = (client.clone(), server.url("/large"));
    let fifth = tokio::spawn(async move { asking.get(subscribed(url)).await });
    for _ in 0..50 {
        assert_eq!(client.get(subscribed(server.url("/small"))).await.unwrap().body, "short");
    }
    assert!(!fifth.is_finished(), "a fifth large body is held");
    // A copy of the body is the body.
    let copy = held[0].body.slice(..1);
    drop(held.remove(0));
    assert_eq!(client.get(subscribed(server.url("/small"))).await.unwrap().body, "short");
    assert!(!fifth.is_finished(), "the copy is still there");
    drop(copy);
    assert_eq!(fifth.await.unwrap().unwrap().body.len(), 3 << 20);
}
