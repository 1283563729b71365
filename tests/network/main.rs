//! The fetcher against loopback servers that remember every byte they were asked with.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]

#[path = "../support/mod.rs"]
mod support;

mod asking;
mod bounds;
mod conditional;
mod hostile;
mod hosts;
mod local_files;
mod passwords;
mod proxies;
mod redirects;
// Elsewhere the environment cannot name an authority: it is the system's keychain that counts.
#[cfg(all(unix, not(target_vendor = "apple")))]
#[path = "../support/secure.rs"]
mod secure;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod secure_proxies;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod tls;

use std::time::Duration;

use support::packed;
use tidings::clock::Clock;
use tidings::fetch::{FetchError, Fetcher, Policy, Request, Response};

/// Quick, without the environment's proxy; nothing private but what is subscribed.
fn policy() -> Policy {
    Policy {
        timeout: Duration::from_secs(20),
        per_host: 4,
        host_spacing: Duration::ZERO,
        allow_private: Vec::new(),
        proxy: Some("none".to_owned()),
        max_bytes: 1 << 20,
        asks_servers: true,
    }
}

fn fetcher(policy: Policy) -> Fetcher {
    let now = "2026-11-23T12:00:00Z".parse().expect("a time");
    Fetcher::new(policy, Clock::fixed(now))
}

fn subscribed(url: impl Into<String>) -> Request {
    Request { url: url.into(), subscribed: true, ..Request::default() }
}

async fn get(url: impl Into<String>) -> Result<Response, FetchError> {
    fetcher(policy()).get(subscribed(url)).await
}

/// The words of a refusal.
fn refusal(answer: Result<Response, FetchError>) -> String {
    match answer {
        Err(FetchError::Refused(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}
