//! What the poller decides, without a network.

use super::*;
use crate::model::{Feed, PollFacts};

fn status(id: i64, last_success: Option<i64>) -> FeedStatus {
    let feed = Feed {
        id: FeedId(id),
        url: format!("https://{id}.example/feed"),
        name: String::new(),
        site: None,
        topics: Vec::new(),
        enabled: true,
    };
    let last_success = last_success.map(|second| Timestamp::from_second(second).expect("in range"));
    FeedStatus { feed, facts: PollFacts { last_success, ..PollFacts::default() }, articles: 0, unread: 0 }
}

#[test]
fn probes_go_round_so_that_one_dead_host_does_not_keep_the_desk_offline() {
    let now = Timestamp::from_second(1_000).expect("in range");
    let mut muted = status(4, Some(999));
    muted.feed.enabled = false;
    let feeds = [status(1, None), status(2, Some(500)), status(3, Some(900)), muted];
    let asked: Vec<_> = (0..4).filter_map(|probe| probed(&feeds, probe, now)).map(|id| id.0).collect();
    assert_eq!(asked, [3, 2, 1, 3]);
    assert_eq!(probed(&[], 0, now), None);
}

#[test]
fn rounds_that_change_nothing_come_ever_more_rarely() {
    let minutes: Vec<u64> = (0..9).map(|futile| hold(futile).as_secs() / 60).collect();
    assert_eq!(minutes, [0, 1, 2, 4, 8, 16, 32, 32, 32]);
}

#[test]
fn a_machine_slept_when_the_wall_clock_went_on_without_it() {
    let (ran, wall) = (Instant::now(), Timestamp::from_second(1_000_000).expect("in range"));
    let look = |ran_s: u64, wall_s: i64| {
        let mut clocks = Clocks { ran, wall };
        let slept = clocks.slept(ran + Duration::from_secs(ran_s), wall + SignedDuration::from_secs(wall_s));
        let again = clocks.slept(ran + Duration::from_secs(ran_s), wall + SignedDuration::from_secs(wall_s));
        (slept, again)
    };
    assert_eq!(look(60, 60), (false, false), "a nap");
    assert_eq!(look(600, 660), (false, false), "a long round, and a clock that was set right");
    assert_eq!(look(60, 60 + 91), (true, false), "told once");
    assert_eq!(look(0, 8 * 3600), (true, false), "a night");
    assert_eq!(look(60, -3600), (false, false), "a clock that was set back");
}

fn poller() -> Poller {
    let clock = crate::clock::Clock::fixed(Timestamp::from_second(1_000_000).expect("in range"));
    let store = crate::store::Store::in_memory(clock.clone()).expect("a store");
    let options = crate::engine::EngineOptions {
        paths: None,
        config: crate::config::Config::default(),
        store,
        clock,
        asks_servers: true,
    };
    let shared = Shared::new(options);
    let requests = shared.waiting_requests.lock().expect("no panic before").take().expect("not started");
    Poller::new(shared, requests)
}

#[tokio::test]
async fn after_sleep_one_whole_round_is_spread_and_only_what_falls_due_by_itself() {
    let mut poller = poller();
    poller.notice_sleep();
    assert_eq!(poller.spread, Duration::ZERO);
    poller.shared.clock.advance(SignedDuration::from_hours(8));
    // The round before ended after the machine woke: what fell due in the night is not that round's fault.
    poller.futile = 1;
    poller.notice_sleep();
    assert_eq!((poller.spread, poller.futile), (SPREAD, 0));
    poller.notice_sleep();
    poller.conclude(RoundSummary::default(), false);
    assert_eq!(poller.spread, SPREAD, "a round of one feed, or one that was cut short, leaves the rest to be spread");
    poller.conclude(RoundSummary::default(), true);
    assert_eq!(poller.spread, Duration::ZERO);
    poller.offline = Some(poller.shared.clock.now());
    poller.conclude(RoundSummary { asked: 1, feeds: 1, ..RoundSummary::default() }, false);
    assert_eq!((poller.spread, poller.back), (SPREAD, true), "back online");
}

#[tokio::test]
async fn the_users_wish_goes_before_what_became_due() {
    let mut poller = poller();
    for request in [PollRequest::Due, PollRequest::Now, PollRequest::Due, PollRequest::Now] {
        poller.shared.requests.send(request).expect("open");
    }
    let mut order = Vec::new();
    for _ in 0..2 {
        if let Woken::Asked(request) = poller.next().await {
            order.push(request);
        }
    }
    assert_eq!(order, [PollRequest::Now, PollRequest::Due], "each once, the user's first");
    assert!(poller.waiting.is_empty());
}
