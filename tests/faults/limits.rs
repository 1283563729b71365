//! F24: little memory, few files, few threads.

use crate::place::{Place, Ran, USUAL, start};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};
use crate::terminal::Terminal;
use crate::users;

const FEEDS: u32 = 40;
const EACH: u32 = 5;

/// Many feeds, and whoever subscribes to them.
fn library() -> (TestServer, Place) {
    let server = TestServer::start(|seen| {
        let feed: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
        Reply::ok(rss(feed * 100..feed * 100 + EACH))
    });
    let feeds: Vec<String> = (0..FEEDS).map(|n| server.url(&format!("/feed-{n}"))).collect();
    let place = Place::with_feeds(&feeds);
    (server, place)
}

/// Polls under a limit, by command and in the desk, which is used meanwhile. Nothing may end by itself.
fn poll_within(limit: &str) -> Place {
    let script = format!("{limit}; exec \"$@\"");
    let before = ["/bin/sh", "-c", &script, "sh"];
    let (_server, place) = library();
    let ran = Ran::of(start(&mut place.command(&before, &["poll"])));
    assert!(matches!(ran.code, Some(0 | 3)), "{limit}: it was no good end: {ran:?}");
    for failed in ran.out.lines().filter(|line| line.contains("failed: ")) {
        assert!(failed.starts_with("Feed "), "a failure is a feed's: {failed}");
    }
    assert!(!ran.err.contains("panicked") && !ran.err.contains("memory allocation"), "{limit}: {ran:?}");

    let (_server, fresh) = library();
    let mut desk = Terminal::start(fresh.on_terminal(&before, &[], &[]), USUAL);
    desk.wait_for("? help");
    desk.press("R");
    desk.wait_for("Quay ");
    desk.press("\r");
    desk.wait_for("Space");
    desk.press("q");
    desk.wait("the end of the round", |screen| !screen.contains(" of 40 feeds"));
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0, "{limit}: {}", desk.screen());
    desk.assert_restored();
    assert_eq!(fresh.integrity(), "ok", "{limit}");
    place
}

#[test]
fn f24_within_512_mb_of_address_space_everything_comes() {
    let place = poll_within("ulimit -v 524288");
    assert_eq!(place.list(&[]).len(), (FEEDS * EACH) as usize);
}

#[test]
fn f24_with_32_files_what_cannot_be_fetched_is_that_feeds_error() {
    let place = poll_within("ulimit -n 32");
    assert_eq!(place.integrity(), "ok");
    let (_server, place) = library();
    let before = ["/bin/sh", "-c", "ulimit -n 32; exec \"$@\"", "sh"];
    let ran = Ran::of(start(&mut place.command(&before, &["poll", "--json"])));
    let failed = ran.out.lines().filter(|line| line.contains("\"outcome\":\"error\"")).count();
    assert_eq!(place.list(&[]).len(), (FEEDS as usize - failed) * EACH as usize, "the others are whole: {ran:?}");
    // Without the limit the rest comes.
    place.run(&["poll", "--force"]).well();
    assert_eq!(place.list(&[]).len(), (FEEDS * EACH) as usize);
}

#[test]
fn f24_too_few_files_to_begin_with_are_told() {
    let (_server, place) = library();
    for files in [8, 12, 16] {
        let script = format!("ulimit -n {files}; exec \"$@\"");
        let ran = Ran::of(start(&mut place.command(&["/bin/sh", "-c", &script, "sh"], &["poll"])));
        assert!(ran.code.is_some_and(|code| code != 101), "{files}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{files}: {ran:?}");
    }
    place.run(&["poll", "--force"]).well();
}

#[test]
fn f24_too_few_threads_are_told_instead_of_waited_for() {
    let (_server, place) = library();
    let Some(user) = users::bound(&place) else { return };
    let limit = ["/usr/bin/prlimit", "--nproc=2"];
    if !std::path::Path::new(limit[0]).exists() {
        println!("skipped: no prlimit here");
        return;
    }
    let before: Vec<&str> = limit.into_iter().chain(user).collect();
    for arguments in [&["poll"][..], &["list"]] {
        let ran = Ran::of(start(&mut place.command(&before, arguments)));
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("threads") && ran.err.contains("ulimit -u"), "{arguments:?}: {ran:?}");
    }
    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), (160, 24));
    assert_eq!(desk.wait_exit(), 1);
    desk.assert_restored();
    assert!(desk.screen().contains("ulimit -u"), "{}", desk.screen());
}
