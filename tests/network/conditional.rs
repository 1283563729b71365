//! Conditional requests and what answers say about asking again.

use tidings::fetch::{FetchError, Request};
use tidings::model::Validators;

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, get, policy, subscribed};

fn conditional(url: String, validators: Validators) -> Request {
    Request { validators, ..subscribed(url) }
}

#[tokio::test]
async fn validators_go_back_byte_for_byte() {
    let odd: [(&[u8], &[u8]); 5] = [
        (b"\"plain\"", b"Mon, 23 Nov 2026 10:00:00 GMT"),
        (b"W/\"weak\"", b"Mon Nov 23 10:00:00 2026"),
        (b"no quotes at all", b"Sun, 99 Foo 2026"),
        (b"\"caf\xe9 \xff\x80\"", b"yesterday, \xc3\xa4h"),
        (b"\"open, \"two\"", b"0"),
    ];
    for (etag, last_modified) in odd {
        let server = TestServer::start(move |seen| {
            let known =
                seen.header("If-None-Match") == Some(etag) && seen.header("If-Modified-Since") == Some(last_modified);
            if known { Reply::status(304) } else { Reply::ok("new") }
                .header("ETag", etag)
                .header("Last-Modified", last_modified)
        });
        let first = get(server.url("/feed")).await.unwrap();
        assert_eq!((first.status, &first.body[..]), (200, &b"new"[..]));
        let second = fetcher(policy()).get(conditional(server.url("/feed"), first.validators.clone())).await.unwrap();
        assert_eq!(second.status, 304, "{}", String::from_utf8_lossy(etag));
        assert!(second.body.is_empty());
        assert_eq!(second.validators, first.validators);
        let seen = server.seen();
        assert!(seen[0].header("If-None-Match").is_none() && seen[0].header("If-Modified-Since").is_none());
    }
}

#[tokio::test]
async fn a_304_keeps_what_it_does_not_renew() {
    let server =
        TestServer::start(|_| Reply::status(304).header("ETag", "\"2\"").header("Cache-Control", "max-age=90"));
    let old = Validators { etag: Some(b"\"1\"".to_vec()), last_modified: Some(b"then".to_vec()) };
    let answer = fetcher(policy()).get(conditional(server.url("/"), old)).await.unwrap();
    assert_eq!(answer.validators.etag.as_deref(), Some(&b"\"2\""[..]));
    assert_eq!(answer.validators.last_modified.as_deref(), Some(&b"then"[..]));
    assert_eq!(answer.max_age_s, Some(90));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_an_error() {
    let server = TestServer::start(|_| Reply::status(304));
    assert!(matches!(get(server.url("/")).await, Err(FetchError::Failed(words)) if words.contains("304")));
}

#[tokio::test]
async fn validators_do_not_go_to_another_host() {
    let other = TestServer::start_on("127.0.1.1:0", |_| Reply::ok("there"));
    let there = other.url("/feed");
    let server = TestServer::start(move |seen| match seen.path() {
        "/here" => Reply::redirect(302, "/near"),
        _ => Reply::redirect(302, there.clone()),
    });
    let known = Validators { etag: Some(b"\"mine\"".to_vec()), last_modified: None };
    let policy = tidings::fetch::Policy { allow_private: vec!["127.0.1.1".to_owned()], ..policy() };
    let fetcher = fetcher(policy);
    let answer = fetcher.get(conditional(server.url("/here"), known.clone())).await.unwrap();
    assert_eq!(answer.body, "there");
    assert!(server.seen().iter().all(|seen| seen.header("If-None-Match") == Some(b"\"mine\"")));
    assert_eq!(other.seen()[0].header("If-None-Match"), None);

    let moved = Request { moved_to: Some(other.url("/feed")), ..conditional(server.url("/here"), known) };
    fetcher.get(moved).await.unwrap();
    assert_eq!(server.seen().len(), 2, "the remembered address is asked directly");
    assert_eq!(other.seen()[1].header("If-None-Match"), Some(&b"\"mine\""[..]), "it gave them");
}

#[tokio::test]
async fn refusals_carry_their_retry_after() {
    let server = TestServer::start(|seen| {
        let status = seen.path().trim_start_matches('/').parse().unwrap();
        let wait = seen.target.split_once('?').map(|(_, wait)| wait.replace('_', " ")).unwrap_or_default();
        let reply = Reply::status(status);
        if wait.is_empty() { reply } else { reply.header("Retry-After", wait) }
    });
    for (target, retry_after_s) in [
        ("/429?3600", Some(3600)),
        ("/503?Mon,_23_Nov_2026_13:00:00_GMT", Some(3600)),
        ("/429?soon", None),
        ("/503?99999999999999999999999", Some(u64::MAX)),
        ("/401", None),
        ("/404", None),
        ("/206", None),
        ("/410", None),
        ("/500", None),
        ("/302", None),
        ("/300", None),
    ] {
        let status = target[1..4].parse().unwrap();
        let error = get(server.url(target)).await.unwrap_err();
        assert_eq!(error, FetchError::Status { status, retry_after_s }, "{target}");
        assert!(error.to_string().contains(&status.to_string()));
    }
}

#[tokio::test]
async fn a_malformed_header_does_not_hide_the_rest() {
    let server = TestServer::start(|_| {
        Reply::raw(
            "HTTP/1.1 429 Slow down\r\nWWW-Authenticate: \x1b]0;BOO\x07\r\nbad name: 1\r\nX-Space : 1\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n",
        )
    });
    let error = get(server.url("/")).await.unwrap_err();
    assert_eq!(error, FetchError::Status { status: 429, retry_after_s: Some(60) });
}

#[tokio::test]
async fn the_reason_phrase_is_never_shown() {
    let server = TestServer::start(|_| Reply::raw("HTTP/1.1 404 \x1b[31mBOO\r\nContent-Length: 0\r\n\r\n"));
    let words = get(server.url("/")).await.unwrap_err().to_string();
    assert!(!words.contains("BOO") && !words.contains('\x1b'), "{words:?}");
}
