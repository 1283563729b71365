//! F10: two at once, one of them killed; what it held does not block the other, and both may write.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::process::Signal;

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};

#[test]
fn f10_locks_of_the_dead_block_nobody() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    // A desk in the middle of a round holds the lock of polls.
    let mut first = place.desk(USUAL);
    first.wait_selected(&title(9));
    news.slow_down(Duration::from_mins(1));
    news.bring_out(1);
    let before = news.server.seen().len();
    first.press("R");
    assert!(news.server.wait_until(|seen| seen.len() > before), "the first one polls");
    first.signal(Signal::KILL);
    first.wait_exit();
    news.slow_down(Duration::ZERO);
    assert!(place.dir().join("poll.lock").exists(), "its lock lies there");
    let polled = place.run(&["poll", "--now"]).well();
    assert!(polled.out.contains("1 new"), "{polled:?}");
    let mut second = place.desk(USUAL);
    second.wait_selected(&title(10));
    second.press("s");
    second.wait_for("✓ saved: ");
    assert_eq!(place.integrity(), "ok");
}

#[test]
fn f10_one_is_killed_while_the_other_writes() {
    let news = Newsroom::open(30);
    let place = Place::polled(&news.feed());
    let ids: Vec<String> = place.list(&[]).iter().map(|article| article["id"].to_string()).collect();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // One after the other dies, wherever it is.
            while !ended.load(Ordering::SeqCst) {
                news.bring_out(2);
                let mut poll = place.start(&["poll", "--now"]);
                std::thread::sleep(Duration::from_millis(120));
                poll.kill().unwrap();
                poll.wait().unwrap();
            }
        });
        for id in &ids[..12] {
            place.run(&["mark", "save", id]).well();
        }
        ended.store(true, Ordering::SeqCst);
    });
    assert_eq!(place.integrity(), "ok");
    assert_eq!(place.list(&["is:saved"]).len(), 12, "every mark that was said to be kept is there");
    place.run(&["poll", "--now"]).well();
    let titles: std::collections::BTreeSet<String> =
        place.list(&[]).iter().map(|article| article["title"].as_str().unwrap().to_owned()).collect();
    assert_eq!(titles.len(), place.list(&[]).len(), "nothing is there twice");
}

#[test]
fn f10_two_desks_write_and_one_is_killed() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let (mut one, mut other) = (place.desk(USUAL), place.desk(USUAL));
    one.wait_selected(&title(9));
    other.wait_selected(&title(9));
    one.press("s");
    one.wait_for("✓ saved: ");
    other.press("jm");
    other.wait_for("✓ marked read: ");
    one.signal(Signal::KILL);
    one.wait_exit();
    other.press("js");
    other.wait_for("✓ saved: ");
    other.press("q");
    assert_eq!(other.wait_exit(), 0);
    other.assert_restored();
    assert_eq!((place.list(&["is:saved"]).len(), place.list(&["is:unread"]).len()), (2, 9));
    assert_eq!(place.integrity(), "ok");
}
