//! What a request says of itself, and what it never says.
//!
//! Holds R12 and R10.

use tidings::fetch::{Accept, FetchError, Request};

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, get, policy, subscribed};

#[tokio::test]
async fn requests_are_honest_and_carry_no_trace() {
    let server = TestServer::start(|seen| match seen.path() {
        "/first" => Reply::redirect(302, "/second").header("Set-Cookie", "id=1; Path=/"),
        _ => Reply::ok("x").header("Set-Cookie", "id=2; Path=/"),
    });
    let fetcher = fetcher(policy());
    for _ in 0..2 {
        fetcher.get(subscribed(server.url("/first?key=1#part"))).await.unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    for request in &seen {
        let agent = request.text("User-Agent");
        assert!(agent.starts_with(concat!("tidings/", env!("CARGO_PKG_VERSION"), " (")), "{agent}");
        assert!(agent.contains("every 30 minutes"), "{agent}");
        for absent in ["Cookie", "Referer", "Authorization", "Origin", "A-IM", "If-None-Match"] {
            assert_eq!(request.header(absent), None, "{absent} of {}", request.target);
        }
    }
    assert_eq!(seen[0].target, "/first?key=1", "the fragment stays here");
}

#[tokio::test]
async fn what_is_wanted_is_said() {
    let server = TestServer::start(|_| Reply::ok("x"));
    get(server.url("/")).await.unwrap();
    let page = Request { accept: Accept::Page, ..subscribed(server.url("/")) };
    fetcher(policy()).get(page).await.unwrap();
    let wanted: Vec<String> = server.seen().iter().map(|seen| seen.text("Accept")).collect();
    assert!(wanted[0].starts_with("application/atom+xml") && !wanted[0].contains("text/html"), "{}", wanted[0]);
    assert!(wanted[1].starts_with("text/html"), "{}", wanted[1]);
}

#[tokio::test]
async fn userinfo_becomes_basic_authentication() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let url = server.url("/feed").replace("://", "://me:s%3Acret@");
    let answer = get(url).await.unwrap();
    // "me:s:cret"
    assert_eq!(server.seen()[0].text("Authorization"), "Basic bWU6czpjcmV0");
    assert_eq!(answer.url, server.url("/feed"), "no userinfo comes back");
}

#[tokio::test]
async fn own_headers_are_sent() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let headers = [("X-Key", "k1"), ("User-Agent", "mine/1")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec();
    fetcher(policy()).get(Request { headers, ..subscribed(server.url("/")) }).await.unwrap();
    let seen = &server.seen()[0];
    assert_eq!((seen.text("X-Key"), seen.text("User-Agent")), ("k1".to_owned(), "mine/1".to_owned()));
}

#[tokio::test]
async fn errors_and_debug_output_hide_secrets() {
    let url = "http://me:hunter2@127.0.0.1:1/feed?token=hunter2";
    let request = Request { headers: vec![("X-Key".into(), "hunter2".into())], ..subscribed(url) };
    let mut policy = policy();
    assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
    let error = fetcher(policy.clone()).get(request.clone()).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    policy.proxy = Some("http://me:hunter2@127.0.0.1:1".to_owned());
    let fetcher = fetcher(policy);
    let error = fetcher.get(request).await.unwrap_err();
    assert!(!format!("{error} {error:?} {fetcher:?}").contains("hunter2"), "{error:?} {fetcher:?}");
}

#[tokio::test]
async fn other_schemes_are_refused() {
    for url in ["ftp://example.com/feed", "gopher://example.com/", "exec:ls", "example.com/feed", "", "http://"] {
        assert!(matches!(get(url).await, Err(FetchError::Refused(_))), "{url}");
    }
}
