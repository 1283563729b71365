//! After sleep, what is due is spread over a minute, and the user does not wait for its end.

use std::sync::Arc;

use jiff::SignedDuration;
use tidings::engine::{Notice, PollRequest};
use tidings::model::FeedId;
use tokio::sync::broadcast::Receiver;

use crate::background::hear;
use crate::library::{Library, Reply, TestServer, rss};

/// A desk with three feeds, all polled once, whose machine then slept for eight hours: the first of them has been asked
/// again, the second is planned 20 seconds later, the third 40.
struct Woken {
    library: Library,
    server: Arc<TestServer>,
    notices: Receiver<Notice>,
    /// The feeds' paths in the order in which they are asked.
    paths: [&'static str; 3],
}

impl Woken {
    async fn up() -> Self {
        let paths = ["/first", "/second", "/third"];
        let server = Arc::new(TestServer::start(|_| Reply::ok(rss(1..=3))));
        let library = Library::new(&paths.map(|path| server.url(path))).await;
        let mut notices = library.engine.notices();
        library.engine.start();
        finished(&mut notices).await;
        assert_eq!(server.seen().len(), 3, "at the start nothing is spread");
        library.later(SignedDuration::from_hours(8));
        // So that the poller looks at the clock now and not at the end of its nap.
        library.engine.poll(PollRequest::Due);
        let woken = Self { library, server, notices, paths };
        woken.wait_for("the first feed", |counts| counts[0] == 2).await;
        woken
    }

    fn counts(&self) -> [usize; 3] {
        self.paths.map(|path| self.server.count(path))
    }

    /// Waits until the server was asked so often for each path.
    async fn wait_for(&self, what: &str, condition: impl Fn([usize; 3]) -> bool + Send + 'static) {
        let (server, paths) = (Arc::clone(&self.server), self.paths);
        let holds = tokio::task::spawn_blocking(move || {
            server.wait_until(|seen| {
                condition(paths.map(|path| seen.iter().filter(|request| request.path() == path).count()))
            })
        });
        assert!(holds.await.unwrap(), "waited in vain for {what}: {:?}", self.counts());
    }

    async fn feed(&self, path: &str) -> FeedId {
        let feeds = self.library.engine.feeds().await.unwrap();
        feeds.iter().find(|status| status.feed.url.ends_with(path)).map(|status| status.feed.id).unwrap()
    }
}

async fn finished(notices: &mut Receiver<Notice>) {
    hear(notices, "the end of a round", |notice| matches!(notice, Notice::PollFinished { .. })).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_sleep_not_all_are_asked_at_once_and_one_that_the_user_asks_for_goes_first() {
    let woken = Woken::up().await;
    let third = woken.feed(woken.paths[2]).await;
    woken.library.engine.poll(PollRequest::Feed(third));
    woken.wait_for("the feed that was asked for", |counts| counts[2] == 2).await;
    // What was dropped is still due, and asked by the next round.
    woken.wait_for("what the user's wish had put aside", |counts| counts[1] == 2).await;
    let order: Vec<String> = woken.server.seen()[3..].iter().map(|seen| seen.path().to_owned()).collect();
    assert_eq!(order, ["/first", "/third", "/second"], "planned was the second before the third");
    woken.library.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_of_all_during_the_spread_asks_all_at_once_and_none_twice() {
    let mut woken = Woken::up().await;
    assert_eq!(woken.counts(), [2, 1, 1], "the others come later");
    woken.library.engine.poll(PollRequest::Now);
    // Told of the round that was asked for, not of the one that was cut short for it.
    finished(&mut woken.notices).await;
    assert_eq!(woken.counts(), [3, 2, 2], "what the spread had not begun was dropped for the user's round");
    woken.library.engine.shutdown().await;
}
