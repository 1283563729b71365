//! What an open desk's engine does by itself: polls, notices, an eye on other processes.

use std::time::Duration;

use jiff::SignedDuration;
use tidings::engine::{Notice, PollRequest};
use tidings::model::Mark;
use tidings::query::Scope;
use tokio::sync::broadcast::Receiver;

use crate::library::{Library, Reply, SilentHost, TestServer, config_for, rss};

/// Waits for a notice that is as wanted; slow machines have time.
pub(crate) async fn hear(notices: &mut Receiver<Notice>, what: &str, wanted: impl Fn(&Notice) -> bool) -> Notice {
    let heard = tokio::time::timeout(Duration::from_secs(30), async {
        loop {
            let notice = notices.recv().await.expect("the engine is there");
            if wanted(&notice) {
                return notice;
            }
        }
    });
    heard.await.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_due_is_polled_by_itself_and_indexed() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let library = Library::new(&[server.url("/feed")]).await;
    let mut notices = library.engine.notices();
    library.engine.start();
    let finished = hear(&mut notices, "the round", |notice| matches!(notice, Notice::PollFinished { .. })).await;
    let Notice::PollFinished { new, failed, next_poll } = finished else { unreachable!() };
    assert_eq!((new, failed), (3, 0));
    assert!(next_poll.is_some_and(|at| at > library.clock.now()), "it is due again later");
    let found = Scope::Search(tidings::query::parse("berth", jiff::civil::date(2026, 6, 1)).unwrap());
    for _ in 0..300 {
        if library.all(found.clone()).await.len() == 3 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(library.all(found).await.len(), 3, "the text index is filled behind the arrivals");
    library.engine.poll(PollRequest::Now);
    hear(&mut notices, "the round that was asked for", |notice| matches!(notice, Notice::PollFinished { new: 0, .. }))
        .await;
    assert_eq!(server.seen().len(), 2);
    library.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_network_is_told_once_and_blames_nobody() {
    let dead: Vec<String> = (0..2)
        .map(|_| std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
        .map(|address| format!("http://{address}/feed"))
        .collect();
    let library = Library::new(&dead).await;
    let mut notices = library.engine.notices();
    library.engine.start();
    let told = hear(&mut notices, "being offline", |notice| matches!(notice, Notice::Offline(_))).await;
    assert_eq!(told, Notice::Offline(Some(library.clock.now())));
    assert!(library.engine.feeds().await.unwrap().iter().all(|feed| feed.facts.failures == 0));
    library.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_network_that_swallows_every_connection_is_a_lost_one() {
    let silent = [SilentHost::start().await, SilentHost::start().await];
    let feeds = silent.each_ref().map(|host| host.url("/feed"));
    let library = Library::with_config(&config_for(&feeds, "timeout_seconds = 1")).await;
    let mut notices = library.engine.notices();
    library.engine.start();
    let told = hear(&mut notices, "being offline", |notice| {
        matches!(notice, Notice::Offline(_) | Notice::PollFinished { .. })
    });
    let finished = told.await;
    assert!(matches!(finished, Notice::PollFinished { failed: 2, .. }), "{finished:?}");
    hear(&mut notices, "being offline", |notice| matches!(notice, Notice::Offline(Some(_)))).await;
    assert!(library.engine.feeds().await.unwrap().iter().all(|feed| feed.facts.failures == 0), "no feed is blamed");
    library.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_of_another_process_are_noticed() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    library.later(SignedDuration::from_mins(1));
    let mut notices = library.engine.notices();
    library.engine.start();
    let other = library.second_engine().await;
    let id = library.all(Scope::All).await[0].id;
    other.mark(vec![id], Mark::Saved(true)).await.unwrap();
    hear(&mut notices, "the other's mark", |notice| *notice == Notice::MarksChanged).await;
    assert_eq!(library.all(Scope::Saved).await.len(), 1);
    other.shutdown().await;
    library.engine.shutdown().await;
}
