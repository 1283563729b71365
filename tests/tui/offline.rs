//! Without a network: what is told, what waits, and what happens when it is back.

use insta::assert_snapshot;
use jiff::SignedDuration;
use tidings::engine::Notice;

use crate::fixture;
use crate::harness::{Harness, Setup};

fn goes_offline(desk: &mut Harness) {
    let since = fixture::now().checked_sub(SignedDuration::from_mins(42)).expect("a time");
    desk.notice(Notice::Offline(Some(since)));
}

#[test]
fn it_is_told_once_as_drawn() {
    let mut desk = Setup::many(1_498).open();
    goes_offline(&mut desk);
    let told = "Offline since 09:12. Showing 1,498 saved articles; o is queued until back.";
    assert!(desk.text().contains(told), "{}", desk.text());
    assert_snapshot!("offline_80x24", desk.screen());
    desk.later(60);
    goes_offline(&mut desk);
    assert!(!desk.text().contains(told), "every try that fails tells it again: {}", desk.text());
    assert!(desk.text().contains("offline since 09:12"), "{}", desk.text());
}

#[test]
fn o_waits_for_the_network_and_opens_when_it_is_back() {
    let mut desk = Setup::news().open();
    goes_offline(&mut desk);
    desk.keys("jo");
    assert!(
        desk.text().contains("queued until back online (quitting drops it); again opens it now"),
        "{}",
        desk.text()
    );
    // A link of an article waits likewise.
    desk.keys("<Enter>2");
    assert!(desk.text().contains("(2 wait, quitting drops them)"), "{}", desk.text());
    assert_snapshot!("offline_queue_80x24", desk.screen());
    assert!(desk.opened.is_empty(), "{:?}", desk.opened);
    goes_offline(&mut desk);
    assert!(desk.opened.is_empty(), "{:?}", desk.opened);
    desk.notice(Notice::Offline(None));
    assert_eq!(desk.opened, ["https://feed1.example/1", "https://harbour.example/background"]);
    assert!(desk.text().contains("online again: opening the 2 pages that waited"), "{}", desk.text());
    desk.notice(Notice::Offline(None));
    assert_eq!(desk.opened.len(), 2, "what was opened does not open again");
    desk.keys("o");
    assert_eq!(desk.opened.len(), 3, "and o opens at once");
}

#[test]
fn pressed_again_it_opens_without_a_network() {
    let mut desk = Setup::news().open();
    goes_offline(&mut desk);
    desk.keys("joo");
    assert_eq!(desk.opened, ["https://feed1.example/1"]);
    desk.notice(Notice::Offline(None));
    assert_eq!(desk.opened.len(), 1, "it waits no longer: {:?}", desk.opened);
}

#[test]
fn ten_pages_wait_and_no_more() {
    let mut desk = Setup::many(30).open();
    goes_offline(&mut desk);
    desk.keys(&"oj".repeat(11));
    assert!(desk.text().contains("not queued: 10 pages wait already; y copies the link"), "{}", desk.text());
    desk.notice(Notice::Offline(None));
    assert_eq!(desk.opened.len(), 10);
}
