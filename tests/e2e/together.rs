//! Several processes on one library: a desk that is open, another desk, marks and polls from the shell (DESIGN 4).

use std::time::{Duration, Instant};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL};

/// The requirement is about a second; a machine that does other things besides has more.
const SOON: Duration = Duration::from_secs(8);

#[test]
fn the_open_desk_shows_what_the_shell_marks() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    desk.wait_for(" 0 All 10 ");
    let began = Instant::now();
    place.run(&["mark", "save", &place.id_of(&title(6))]).well();
    desk.wait_until("the star of the one saved", |desk| desk.row_with(&title(6)).contains('★'));
    let saved = began.elapsed();
    place.run(&["mark", "read", "--query", "walkout"]).well();
    desk.wait_for(" 0 All 8 ");
    desk.wait_until("the dot to go", |desk| !desk.row_with(&title(5)).contains('●'));
    assert!(desk.row_with(&title(6)).contains('●'), "what was not marked stays unread");
    assert!(desk.resting().1.contains(&title(9)), "nothing moved");
    println!("a mark of another process was on the desk after {} ms", saved.as_millis());
    assert!(saved < SOON, "{saved:?}");
}

#[test]
fn the_open_desk_counts_what_cron_polls_and_moves_nothing() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    desk.press("jj");
    desk.wait_selected(&title(7));
    let before = desk.resting();
    news.bring_out(4);
    place.run(&["poll", "--now"]).well();
    let began = Instant::now();
    desk.wait_for("4 new (.)");
    println!("news of another process was counted on the desk after {} ms", began.elapsed().as_millis());
    assert!(began.elapsed() < SOON);
    assert_eq!(desk.resting(), before, "the selected row stays where it is");
    assert!(!desk.screen().contains(&title(13)), "nothing came in by itself");
    desk.press(".");
    desk.wait_for(&title(13));
    desk.wait_without("new (.)");
}

#[test]
fn a_feed_added_by_the_shell_is_polled_by_the_open_desk() {
    let (first, second) = (Newsroom::open(10), Newsroom::open(3));
    let place = Place::polled(&first.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    // Both publications bring out the same news: counted as articles they are new, as stories they are not.
    desk.press("=");
    desk.wait_for("every article");
    let added = place.run(&["feed", "add", &second.feed()]).well();
    desk.wait_for("3 new (.)");
    assert!(second.server.count("/feed") >= 1, "{added:?}");
    assert_eq!(place.list(&[]).len(), 13);
}

#[test]
fn two_desks_see_each_others_marks() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let mut one = place.desk(USUAL);
    let mut other = place.desk((100, 30));
    one.wait_selected(&title(9));
    other.wait_selected(&title(9));
    one.press("s");
    other.wait_until("the star", |desk| desk.row_with(&title(9)).contains('★'));
    other.press("jm");
    one.wait_for(" 0 All 9 ");
    one.wait_until("the dot to go", |desk| !desk.row_with(&title(8)).contains('●'));
    // Undo takes back the last change of the library, whoever made it.
    one.press("u");
    other.wait_until("the dot", |desk| desk.row_with(&title(8)).contains('●'));
    for desk in [&mut one, &mut other] {
        desk.press("q");
        assert_eq!(desk.wait_exit(), 0);
        desk.assert_restored();
    }
    assert_eq!(place.integrity(), "ok");
}

#[test]
fn the_second_poller_waits_for_the_round_of_the_first() {
    let news = Newsroom::open(10);
    let place = Place::with_feeds(&[news.feed()]);
    news.slow_down(Duration::from_secs(2));
    let first = place.start(&["poll", "--json"]);
    assert!(news.server.wait_until(|seen| !seen.is_empty()), "the first one asks");
    let mut second = place.start(&["poll", "--json"]);
    while news.server.seen()[0].ended.is_none() {
        assert!(second.try_wait().unwrap().is_none(), "the second ended in the middle of the first one's round");
        std::thread::sleep(Duration::from_millis(20));
    }
    let (first, second) = (Ran::of(first).well(), Ran::of(second).well());
    assert!(first.out.contains("\"new\":10"), "{first:?}");
    assert!(second.out.contains("\"outcome\":\"waiting\""), "it finds that nothing is due any more: {second:?}");
    assert_eq!(news.server.seen().len(), 1, "the feed was asked once");
}

#[test]
fn a_poll_beside_a_desk_that_polls_waits_its_turn() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    news.slow_down(Duration::from_secs(2));
    news.bring_out(1);
    desk.press("R");
    assert!(news.server.wait_until(|seen| seen.len() == 2), "the desk asks");
    // The desk does not wait for its own round.
    desk.press("j");
    desk.wait_selected(&title(8));
    let poll = place.run(&["poll", "--now", "--json"]).well();
    assert!(poll.out.contains("\"new\":0"), "the desk had stored it: {poll:?}");
    let seen = news.server.seen();
    assert_eq!(seen.len(), 3);
    assert!(seen[1].ended.is_some_and(|ended| ended <= seen[2].started), "one after the other");
    desk.wait_for("1 new (.)");
}
