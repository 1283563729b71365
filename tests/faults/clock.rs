//! F22: a clock that is wrong, goes back or jumps. The program's clock is shifted by a library loaded into it (`clock.c`).

use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use serde_json::Value;
use tempfile::TempDir;

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};
use crate::terminal::Terminal;

const YEAR: i64 = 365 * 24 * 3600;
const DAY: i64 = 24 * 3600;

/// A clock of its own for the programs started with it.
struct Clock {
    folder: TempDir,
    library: PathBuf,
}

impl Clock {
    /// One that is right; none, with a word, where there is no C compiler.
    fn new() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let library = folder.path().join("clock.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/clock.c");
        let made = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("skipped: no C compiler here");
            return None;
        }
        let clock = Self { folder, library };
        clock.shift(0);
        Some(clock)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("shift")
    }

    /// Sets the clock of all that run with it to so many seconds after the true time.
    fn shift(&self, seconds: i64) {
        use std::io::Write;
        // In place: running programs have it mapped.
        let mut file = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(self.file()).unwrap();
        file.write_all(&seconds.to_ne_bytes()).unwrap();
    }

    fn env(&self) -> [(&'static str, String); 2] {
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        [("LD_PRELOAD", text(&self.library)), ("CLOCK_SHIFT", text(&self.file()))]
    }

    fn run(&self, place: &Place, arguments: &[&str]) -> Ran {
        Ran::of(start(place.command(&[], arguments).envs(self.env())))
    }

    fn desk(&self, place: &Place) -> Terminal {
        let [one, two] = self.env();
        Terminal::start(place.on_terminal(&[], &[], &[(one.0, &one.1), (two.0, &two.1)]), USUAL)
    }
}

fn titles(articles: &[Value]) -> Vec<String> {
    articles.iter().map(|article| article["title"].as_str().unwrap().to_owned()).collect()
}

/// Of a library of ten articles, 9 is read and 7 saved.
fn library() -> (Newsroom, Place) {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    place.run(&["mark", "read", &place.id_of(&title(9))]).well();
    place.run(&["mark", "save", &place.id_of(&title(7))]).well();
    (news, place)
}

fn assert_kept(place: &Place, all: usize, when: &str) {
    assert_eq!(place.list(&[]).len(), all, "{when}: articles");
    assert_eq!(titles(&place.list(&["is:read"])), [title(9)], "{when}: what was read is read and nothing else");
    assert_eq!(titles(&place.list(&["is:saved"])), [title(7)], "{when}: saved");
    assert_eq!(place.integrity(), "ok", "{when}");
}

/// When a feed is asked next, in seconds after now by this clock.
fn next_poll(clock: &Clock, place: &Place, shift: i64) -> i64 {
    let listed = clock.run(place, &["feed", "list", "--json"]).well();
    let feed: Value = serde_json::from_str(listed.out.lines().next().unwrap()).unwrap();
    let next: Timestamp = feed["next_poll"].as_str().unwrap_or_else(|| panic!("{feed}")).parse().unwrap();
    next.as_second() - (tidings::clock::Clock::system().now().as_second() + shift)
}

#[test]
fn f22_with_a_clock_that_is_wrong_the_desk_polls_and_keeps_everything() {
    let Some(clock) = Clock::new() else { return };
    for (shift, what) in [(-YEAR, "a year back"), (10 * YEAR, "ten years ahead")] {
        let (news, place) = library();
        clock.shift(shift);
        let mut desk = clock.desk(&place);
        desk.wait_for(&title(8));
        news.bring_out(2);
        desk.press("R");
        desk.wait_for("2 new");
        desk.press("q");
        assert_eq!(desk.wait_exit(), 0, "{what}");
        desk.assert_restored();
        assert_kept(&place, 12, what);
        let next = next_poll(&clock, &place, shift);
        assert!(next <= DAY, "{what}: asked again in {next} s by that clock");
        // The clock is put right.
        clock.shift(0);
        let next = next_poll(&clock, &place, 0);
        assert!(next <= DAY, "{what}: asked again in {next} s after it was put right");
        news.bring_out(1);
        place.run(&["poll", "--now"]).well();
        assert_kept(&place, 13, &format!("{what}, then put right"));
    }
}

#[test]
fn f22_a_clock_that_jumps_while_the_desk_runs_stops_nothing() {
    let Some(clock) = Clock::new() else { return };
    let (news, place) = library();
    let mut desk = clock.desk(&place);
    desk.wait_for(&title(8));
    let mut out = 10;
    for shift in [3600, -3600, -YEAR, 10 * YEAR, 0] {
        clock.shift(shift);
        news.bring_out(1);
        out += 1;
        desk.press("R");
        assert!(
            crate::terminal::eventually(|| place.list(&[]).len() == out),
            "{shift} s: nothing came; the desk shows:\n{}",
            desk.screen()
        );
        desk.wait("the end of the round", |screen| !screen.contains(" of 1 feeds"));
        desk.press("jk");
    }
    assert_kept(&place, out, "after all jumps");
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

#[test]
fn f22_a_retry_after_never_holds_for_longer_than_a_day_by_any_clock() {
    let Some(clock) = Clock::new() else { return };
    for retry_after in ["99999999", "Fri, 31 Dec 2128 23:59:59 GMT"] {
        let server = TestServer::start(move |_| Reply::status(429).header("Retry-After", retry_after));
        let place = Place::with_feeds(&[server.url("/feed")]);
        assert_eq!(place.run(&["poll"]).code, Some(3));
        clock.shift(0);
        let next = next_poll(&clock, &place, 0);
        assert!((DAY / 2..=DAY).contains(&next), "{retry_after}: asked again in {next} s");
        for shift in [-YEAR, -DAY, DAY + 60, 10 * YEAR] {
            clock.shift(shift);
            let next = next_poll(&clock, &place, shift);
            assert!(next <= DAY, "{retry_after}, clock off by {shift} s: asked again in {next} s");
        }
        // Asked while the clock is ahead: what is noted then holds for no longer when it is right again.
        clock.shift(10 * YEAR);
        clock.run(&place, &["poll", "--force"]);
        clock.shift(0);
        let next = next_poll(&clock, &place, 0);
        assert!(next <= DAY, "{retry_after}, noted ten years ahead: asked again in {next} s");
    }
}

#[test]
fn f22_a_clock_far_ahead_clears_nothing_away_and_two_months_away_do_a_day_later() {
    let Some(clock) = Clock::new() else { return };
    let server = TestServer::start(|seen| Reply::ok(rss(if seen.number == 0 { 1..=3 } else { 3..=4 })));
    let place = Place::with_feeds(&[server.url("/feed")]);
    std::fs::write(place.config(), place.config_text().replace("keep_days = 0", "keep_days = 30")).unwrap();
    // Known for two days; articles 1 and 2 have left the feed.
    for (day, kept) in [
        (0, 3),
        (2, 4),
        // The clock leaps by ten years and back, again and again.
        (3650, 4),
        (2, 4),
        (3652, 4),
        (3, 4),
        // Nobody was here for two months.
        (63, 4),
        (64, 2),
    ] {
        clock.shift(day * DAY);
        clock.run(&place, &["poll", "--now"]).well();
        assert_eq!(place.list(&[]).len(), kept, "after the poll on day {day}");
    }
}
