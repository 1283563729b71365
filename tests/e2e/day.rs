//! A day at the desk by keyboard, from an empty directory to the undo of yesterday's last change.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::Terminal;

/// Quits by key and looks that the terminal is as it was.
fn quit(mut desk: Terminal) {
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

#[test]
fn a_whole_day_by_keyboard() {
    let news = Newsroom::open(20);
    let place = Place::empty();

    // First run: the desks to choose from, and nothing is fetched.
    let mut desk = place.desk(USUAL);
    desk.wait_for("Which desks do you read for?");
    desk.wait_for("Nothing is fetched until you press Enter");
    desk.press(" ");
    desk.wait_for("[x]");
    desk.press(" ");
    desk.wait_without("[x]");
    desk.press("\r");
    desk.wait_for("no desk is chosen yet");
    // One's own, by pasting the address of a site: its page names its feed.
    desk.paste(&news.server.url("/"));
    desk.wait_for("Add a feed or a site");
    desk.wait_for(&news.server.url("/"));
    assert_eq!(news.server.seen().len(), 0, "nothing is asked before Enter");
    desk.press("\r");
    desk.wait_for("Your own, 1 feed so far");
    desk.wait_without("Add a feed or a site");
    assert!(place.config_text().contains(&news.feed()), "it is in the config: {}", place.config_text());
    desk.press("\r");

    // The desk, with the news polled. The newest is selected.
    desk.wait_selected(&title(19));
    desk.wait_for(" 0 All 20 ");
    desk.wait_for("Harbour Ledger");

    // Space in the list: read and on to the next unread.
    desk.press(" ");
    desk.wait_for("marked read");
    desk.wait_selected(&title(18));
    desk.wait_for(" 0 All 19 ");
    desk.press("  ");
    desk.wait_selected(&title(16));
    desk.wait_for(" 0 All 17 ");

    // In the article Space scrolls, and at the end reads on in the next unread.
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 60: entry 16");
    desk.wait_for(" 0 All 16 ");
    desk.press(" ");
    desk.wait_without("Paragraph 1 of 60: entry 16");
    desk.press("G");
    desk.wait_for("More on entry 16");
    desk.press(" ");
    desk.wait_for("Paragraph 1 of 1: entry 15");
    desk.wait_for(" 0 All 15 ");
    desk.press("q");
    desk.wait_selected(&title(15));

    // Save.
    desk.press("s");
    desk.wait_for("saved: Walkout");
    desk.wait_until("the star", |desk| desk.row_with(&title(15)).contains('★'));

    // Search: hits as it is typed, Enter goes to them, n to the next.
    desk.press("/walkout");
    desk.wait("four hits", |screen| [15, 10, 5, 0].iter().all(|n| screen.contains(&title(*n))));
    desk.wait_without(&title(14));
    desk.press("\r");
    desk.wait_selected(&title(15));
    desk.press("n");
    desk.wait_selected(&title(10));
    desk.press("n");
    desk.wait_selected(&title(5));
    desk.press("N");
    desk.wait_selected(&title(10));
    desk.press("m");
    desk.wait_for("marked read: Walkout");
    desk.press("q");
    desk.wait_selected(&title(15));
    desk.wait_for(" 0 All 14 ");
    quit(desk);

    // The shell has the same.
    assert_eq!(place.list(&["is:saved"]).len(), 1);
    assert_eq!(place.list(&["is:unread"]).len(), 14);

    // The next day: everything is as it was left, and u takes back the last change.
    let mut desk = place.desk(USUAL);
    desk.wait_for(" 0 All 14 ");
    assert!(!desk.screen().contains("Which desks"), "the first run is over");
    assert!(desk.row_with(&title(15)).contains('★'));
    assert!(!desk.row_with(&title(10)).contains('●'));
    desk.press("u");
    desk.wait_for("undone: marked read: Walkout");
    desk.wait_until("the dot", |desk| desk.row_with(&title(10)).contains('●'));
    desk.press("u");
    desk.wait_for("undone: saved: Walkout");
    desk.wait_until("the star to go", |desk| !desk.row_with(&title(15)).contains('★'));
    desk.press("U");
    desk.wait_for("done again: saved: Walkout");
    quit(desk);
    assert_eq!(place.list(&["is:saved"]).len(), 1);
    assert_eq!(place.list(&["is:unread"]).len(), 15);
    assert_eq!(place.integrity(), "ok");
}

#[test]
fn subscriptions_come_from_an_opml_file_at_the_first_run() {
    let news = Newsroom::open(6);
    let place = Place::empty();
    let opml = format!(
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>Mine</title></head><body><outline text=\"Ports\">\
         <outline type=\"rss\" text=\"Harbour Ledger\" xmlUrl=\"{}\"/></outline></body></opml>",
        news.feed()
    );
    std::fs::write(place.dir().join("mine.opml"), opml).unwrap();
    let mut desk = place.desk(USUAL);
    desk.wait_for("Which desks");
    desk.press("o");
    desk.wait_for("Import subscriptions");
    desk.press("no-such.opml\r");
    desk.wait_for("no-such.opml");
    desk.wait_for("⚠");
    assert_eq!(news.server.seen().len(), 0, "nothing is asked before a file is read");
    desk.press("\x15");
    desk.paste("~/mine.opml");
    desk.press("\r");
    desk.wait_for("Your own, 1 feed so far");
    desk.wait_without("Import subscriptions");
    desk.press("\r");
    desk.wait_selected(&title(5));
    quit(desk);
}

#[test]
fn starting_without_feeds_asks_nobody() {
    let news = Newsroom::open(6);
    let place = Place::empty();
    let mut desk = place.desk(USUAL);
    desk.wait_for("Which desks");
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0, "one may leave again");
    desk.assert_restored();
    let mut desk = place.desk((80, 24));
    desk.wait_for("Which desks");
    desk.press("\x1b");
    desk.wait_for("No subscriptions yet.");
    desk.press("+");
    desk.wait_for("Add a feed or a site");
    desk.paste("http://127.0.0.1:9/no-server-here");
    desk.press("\r");
    desk.wait_for("⚠");
    desk.press("\x15");
    desk.paste(&news.feed());
    desk.press("\r");
    desk.wait_for("added: Harbour Ledger");
    desk.wait_for(".");
    desk.press("..");
    desk.wait_for(&title(5));
    desk.press("F");
    desk.wait_for(" Feeds · ");
    desk.wait_for("Harbour Ledger");
    desk.press("qq");
    assert_eq!(desk.wait_exit(), 0);
}

#[test]
fn news_that_arrives_moves_nothing_until_it_is_asked_for() {
    let news = Newsroom::open(12);
    let place = Place::polled(&news.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(11));
    desk.press("jjj");
    desk.wait_selected(&title(8));
    let before = desk.resting();
    news.bring_out(3);
    desk.press("R");
    desk.wait_for("polled: 3 new");
    desk.wait_for("3 new (.)");
    assert_eq!(desk.resting(), before, "the selected row did not move");
    assert!(!desk.screen().contains(&title(14)), "nothing came in by itself: {}", desk.screen());
    desk.press("R");
    desk.wait_for("polled: nothing new");
    desk.press(".");
    desk.wait_for(&title(14));
    desk.wait_without("new (.)");
    desk.wait_for(" 0 All 15 ");
    quit(desk);
}

#[test]
fn a_config_that_is_edited_counts_at_once() {
    let news = Newsroom::open(12);
    let place = Place::polled(&news.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(11));
    desk.wait_for("Feed 0");
    let good = place.config_text();
    std::fs::write(place.config(), good.replace("Feed 0", "The Quay Paper")).unwrap();
    desk.wait_for("The Quay Paper");
    std::fs::write(place.config(), format!("[ui]\nmouse = \"sometimes\"\n{good}")).unwrap();
    desk.wait_for("config.toml:2:");
    assert!(desk.screen().contains("The Quay Paper"), "the last good one stays: {}", desk.screen());
    std::fs::write(place.config(), format!("{good}\n[keys.list]\n\"list.down\" = [\"x\"]\n")).unwrap();
    desk.wait_for("Feed 0");
    desk.press("x");
    desk.wait_selected(&title(10));
    quit(desk);
}

#[test]
fn lists_are_cut_and_ordered_by_key() {
    let news = Newsroom::open(12);
    let place = Place::polled(&news.feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(11));
    // Read two, hide what is read, show it again.
    desk.press("  ");
    desk.wait_selected(&title(9));
    desk.wait_for(" 0 All 10 ");
    desk.press("H");
    desk.wait_without(&title(10));
    desk.wait_for(&title(8));
    desk.press("H");
    desk.wait_for(&title(10));
    // Orders go round.
    desk.wait_for("newest first");
    desk.press("v");
    desk.wait_for("by source");
    desk.press("v");
    desk.wait_for("by topic");
    desk.press("v");
    desk.wait_for("newest first");
    // A topic of the bar, all topics, and the picker.
    desk.press("3");
    desk.wait_without(&title(11));
    desk.wait_for(&title(10));
    desk.press("0");
    desk.wait_for(&title(11));
    desk.press("t");
    desk.wait_for("Topics, unread");
    desk.press("air\r");
    desk.wait_without(&title(10));
    desk.wait_for(&title(11));
    // Back is out of the topic first.
    desk.press("q");
    desk.wait_for(&title(10));
    desk.press("p");
    desk.wait_for("Feeds, unread");
    desk.press("feed\r");
    desk.wait_without("Feeds, unread");
    desk.wait("the feed to be named where the user is", |screen| {
        screen.lines().last().is_some_and(|status| status.contains("Feed 0"))
    });
    desk.press("A");
    desk.wait_for("marked read: 10 articles");
    desk.press("u");
    desk.wait_for("undone: marked read: 10 articles");
    desk.press("q");
    desk.wait_for(" 0 All 10 ");
    quit(desk);
}
