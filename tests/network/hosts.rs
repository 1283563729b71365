//! Politeness to one host, and many hosts at once.

use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use tidings::fetch::{Fetcher, Policy};
use tokio::task::JoinSet;

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, policy, subscribed};

async fn all(fetcher: &Fetcher, urls: Vec<String>) -> usize {
    let mut tasks = JoinSet::new();
    for url in urls {
        let fetcher = fetcher.clone();
        tasks.spawn(async move { fetcher.get(subscribed(url)).await });
    }
    tasks.join_all().await.into_iter().filter(|answer| answer.as_ref().is_ok_and(|it| it.status == 200)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_is_asked_so_many_things_at_once_and_no_more() {
    // Nobody is answered before two are asking, so fewer than two at once would never end.
    let pair = Barrier::new(2);
    let server = TestServer::start(move |seen| {
        if seen.path() != "/landing" {
            pair.wait();
            return Reply::redirect(302, "/landing");
        }
        Reply::ok("x")
    });
    let fetcher = fetcher(Policy { per_host: 2, ..policy() });
    let urls = (0..12).map(|number| server.url(&format!("/{number}"))).collect();
    assert_eq!(all(&fetcher, urls).await, 12);
    assert_eq!(server.most_at_once(), 2);
    assert_eq!(server.seen().len(), 24);
}

#[tokio::test]
async fn starts_are_spaced_but_not_redirects() {
    let spacing = Duration::from_millis(100);
    let server = TestServer::start(|seen| match seen.path() {
        "/landing" => Reply::ok("x"),
        _ => Reply::redirect(302, "/landing"),
    });
    let fetcher = fetcher(Policy { host_spacing: spacing, per_host: 8, ..policy() });
    let before = Instant::now();
    let urls = (0..6).map(|number| server.url(&format!("/{number}"))).collect();
    assert_eq!(all(&fetcher, urls).await, 6);
    assert!(before.elapsed() >= spacing * 5, "{:?}", before.elapsed());
    let order: Vec<String> = server.seen().into_iter().map(|seen| seen.target).filter(|it| it != "/landing").collect();
    assert_eq!(order, ["/0", "/1", "/2", "/3", "/4", "/5"], "first come, first served");
}

#[tokio::test]
async fn waiting_for_the_turn_does_not_use_up_the_deadline() {
    let server = TestServer::start(|_| Reply::ok("x"));
    let (timeout, host_spacing) = (Duration::from_secs(2), Duration::from_millis(2200));
    let fetcher = fetcher(Policy { timeout, host_spacing, ..policy() });
    assert_eq!(all(&fetcher, vec![server.url("/1"), server.url("/2")]).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_host_does_not_wait_for_a_slow_one() {
    let free = Arc::new(Barrier::new(2));
    let release = Arc::clone(&free);
    let slow = TestServer::start(move |_| {
        free.wait();
        Reply::ok("slow")
    });
    let quick = TestServer::start_on("127.0.1.1:0", |_| Reply::ok("quick"));
    let fetcher = fetcher(Policy { per_host: 1, ..policy() });
    let waiting = tokio::spawn({
        let (fetcher, urls) = (fetcher.clone(), vec![slow.url("/")]);
        async move { all(&fetcher, urls).await }
    });
    assert!(slow.wait_until(|seen| seen.len() == 1));
    assert_eq!(all(&fetcher, (0..3).map(|number| quick.url(&format!("/{number}"))).collect()).await, 3);
    assert!(!waiting.is_finished());
    tokio::task::spawn_blocking(move || release.wait()).await.unwrap();
    assert_eq!(waiting.await.unwrap(), 1);
}

/// All of 127.0.0.0/8 is the loopback on Linux only.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_hosts_are_asked_in_one_go() {
    let server = TestServer::start_on("0.0.0.0:0", |_| Reply::ok("x"));
    let port = server.address().port();
    let fetcher = fetcher(Policy { host_spacing: Duration::from_millis(200), ..policy() });
    let urls: Vec<String> = (0..1000).map(|n| format!("http://127.1.{}.{}:{port}/", n / 250, n % 250 + 1)).collect();
    let before = Instant::now();
    let mut answered = 0;
    for round in urls.chunks(128) {
        answered += all(&fetcher, round.to_vec()).await;
    }
    println!("1,000 feeds on 1,000 hosts, 128 at once: {:?}", before.elapsed());
    assert_eq!(answered, 1000);
}
