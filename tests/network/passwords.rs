//! `password_command`, as the server and the deadline see it.
//!
//! Holds R10.

use std::time::{Duration, Instant};

use tidings::fetch::{FetchError, Policy, Request};

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, policy, subscribed};

fn with_command(url: String, script: &str) -> Request {
    let command = ["sh", "-c", script].map(str::to_owned).to_vec();
    Request { username: Some("me".to_owned()), password_command: Some(command), ..subscribed(url) }
}

#[tokio::test]
async fn the_password_is_asked_for_and_sent() {
    let server = TestServer::start(|_| Reply::ok("x"));
    fetcher(policy()).get(with_command(server.url("/"), "echo pw; echo more")).await.unwrap();
    assert_eq!(server.seen()[0].text("Authorization"), "Basic bWU6cHc=");
}

#[tokio::test]
async fn without_a_password_nothing_is_asked() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let error = fetcher(policy()).get(with_command(server.url("/"), "echo no key >&2; exit 1")).await.unwrap_err();
    assert!(matches!(&error, FetchError::Failed(words) if words.contains("no key")), "{error}");
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn a_command_that_waits_ends_with_the_deadline() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let fetcher = fetcher(Policy { timeout: Duration::from_millis(300), ..policy() });
    let before = Instant::now();
    let error = fetcher.get(with_command(server.url("/"), "sleep 600")).await.unwrap_err();
    assert_eq!(error, FetchError::TimedOut { seconds: 1 });
    assert!(before.elapsed() < Duration::from_mins(5), "it was not waited for");
}

#[tokio::test]
async fn a_feed_that_moved_elsewhere_does_not_need_its_password() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let moved = Request { moved_to: Some(server.url("/")), ..with_command("http://127.0.0.1:1/".into(), "exit 1") };
    let policy = Policy { allow_private: vec!["127.0.0.1".to_owned()], ..policy() };
    fetcher(policy).get(moved).await.unwrap();
    assert_eq!(server.seen()[0].header("Authorization"), None);
}
