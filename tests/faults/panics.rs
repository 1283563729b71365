//! F21: a part of the program panics. The environment's TIDINGS_TEST_PANIC makes it, in builds with debug assertions.
//!
//! Holds R11.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};
use crate::terminal::Terminal;

/// Whether the program can be asked to panic: a release cannot.
fn heeded() -> bool {
    if !cfg!(debug_assertions) {
        println!("skipped: a release does not panic on demand");
    }
    cfg!(debug_assertions)
}

#[test]
fn f21_a_panic_of_the_desk_gives_the_terminal_back_before_it_speaks() {
    if !heeded() {
        return;
    }
    let place = Place::polled(&Newsroom::open(10).feed());
    let mut desk = place.desk_with(USUAL, &[("TIDINGS_TEST_PANIC", "ui")]);
    desk.wait_selected(&title(9));
    desk.press("j");
    assert_eq!(desk.wait_exit(), 101, "as a panic ends a process");
    desk.assert_restored();
    let written = String::from_utf8(desk.bytes()).unwrap();
    let (before, message) = written.rsplit_once("\x1b[?1049l").expect("it leaves the alternate screen");
    assert!(!before.contains("panic"), "it speaks on the alternate screen, which goes away");
    assert!(message.contains("TIDINGS_TEST_PANIC"), "it says what happened: {message}");
    let log = place.dir().join("tidings.log");
    assert!(message.replace("\r\n", "").contains(log.to_str().unwrap()), "it names the log: {message}");
    let raw_line = message.replace("\r\n", "").contains('\n');
    assert!(!raw_line, "the lines stand under each other, so the terminal is cooked already: {message:?}");
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("TIDINGS_TEST_PANIC"), "the log has it too: {log}");
    // Nothing is the worse for it.
    assert_eq!(place.integrity(), "ok");
    place.desk(USUAL).wait_selected(&title(9));
}

#[test]
fn f21_a_panic_at_the_end_and_one_within_another_leave_the_terminal_whole() {
    if !heeded() {
        return;
    }
    let place = Place::polled(&Newsroom::open(10).feed());
    for what in ["drop", "both"] {
        let mut desk = place.desk_with(USUAL, &[("TIDINGS_TEST_PANIC", what)]);
        desk.wait_selected(&title(9));
        desk.press("q");
        assert_ne!(desk.wait_exit(), 0, "{what}");
        desk.assert_restored();
        let written = String::from_utf8_lossy(&desk.bytes()).into_owned();
        let (before, message) = written.rsplit_once("\x1b[?1049l").unwrap();
        assert!(!before.contains("TIDINGS_TEST_PANIC"), "{what}: it speaks on the desk's own screen");
        let message = message.replace("\r\n", "");
        assert!(message.contains("TIDINGS_TEST_PANIC") && message.contains("tidings.log"), "{what}: {message}");
        assert_eq!(place.integrity(), "ok", "{what}");
    }
}

#[test]
fn f21_a_panic_while_a_feed_is_polled_is_that_feeds_error() {
    if !heeded() {
        return;
    }
    let (one, two) = (Newsroom::open(3), Newsroom::open(3));
    let place = Place::with_feeds(&[one.feed(), two.feed()]);
    let env = [("TIDINGS_TEST_PANIC", "poll:Feed 0")];
    let mut poll = place.command(&[], &["poll", "--json"]);
    let ran = Ran::of(start(poll.env(env[0].0, env[0].1)));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.out.contains("failed inside tidings") && ran.err.contains("Feed 0"), "{ran:?}");
    assert_eq!(place.list(&["feed:\"Feed 1\""]).len(), 3, "the other feed lost nothing");

    let mut desk = Terminal::start(place.on_terminal(&[], &[], &env), USUAL);
    desk.wait_for("Item 2");
    two.bring_out(2);
    desk.press("R");
    desk.wait_for("1 feed failed");
    desk.press("gF");
    desk.wait_for("failed inside tidings");
    assert!(!desk.screen().contains("panicked"), "nothing is printed over the desk: {}", desk.screen());
    desk.press("qq");
    assert_eq!(desk.wait_exit(), 0, "the desk went on");
    desk.assert_restored();
    let log = std::fs::read_to_string(place.dir().join("tidings.log")).unwrap();
    assert!(log.contains("panic in the background") && log.contains("TIDINGS_TEST_PANIC"), "{log}");
    place.run(&["poll", "--force"]).well();
    assert_eq!(place.list(&[]).len(), 8, "both feeds are whole");
}
