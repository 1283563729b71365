//! F4: the disk is full, or fails, at every single call that writes: it is told, nothing that was there is lost, nothing is
//! there in half, and all is well again when there is room.

use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::disk::{self, EIO, ENOSPC, Event, Failing};
use crate::newsroom::{self, Newsroom};
use crate::paper::Paper;
use crate::place::{Place, Ran, USUAL, start};
use crate::replay::Dice;
use crate::terminal::Terminal;
use crate::times;

/// Calls of each command that fail in a run of all tests; `TIDINGS_TEST_CALLS` sets another number (0: every call).
const CALLS: usize = 3;

/// A command and what is there when it has done its work.
struct Work {
    words: Vec<String>,
    done: Box<dyn Fn(&Place) -> bool>,
}

fn work(words: &[&str], done: impl Fn(&Place) -> bool + 'static) -> Work {
    Work { words: words.iter().map(|word| (*word).to_owned()).collect(), done: Box::new(done) }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Articles, those saved, and the name of the feed.
fn standing(place: &Place) -> (usize, Vec<String>, String) {
    let articles = place.list(&[]);
    let saved = articles.iter().filter(|a| a["saved"] == true).map(|a| a["title"].as_str().unwrap().to_owned());
    (articles.len(), saved.collect(), articles[0]["feed_title"].as_str().unwrap().to_owned())
}

fn works(template: &Place, paper: &Paper) -> Vec<Work> {
    let id = |n: u32| template.id_of(&Paper::title(n));
    let text = |place: &Place, name: &str| std::fs::read_to_string(place.dir().join(name)).unwrap_or_default();
    let saved = |n: u32| move |place: &Place| standing(place).1.contains(&Paper::title(n));
    let copies = |place: &Place| {
        std::fs::read_dir(place.dir().join("backups"))
            .map_or(0, |all| all.flatten().filter(|copy| copy.path().extension().is_some_and(|e| e == "db")).count())
    };
    vec![
        work(&["mark", "save", &id(2)], saved(2)),
        work(&["poll", "--now"], |place| standing(place).0 == 12),
        work(&["feed", "rename", "Feed 0", "Canal News"], |place| standing(place).2 == "Canal News"),
        work(&["feed", "add", &paper.server.url("/other")], |place| place.config_text().contains("/other")),
        work(&["clip", &id(1)], move |place| text(place, "tidings-clips.md").contains(&Paper::title(1))),
        work(&["export", "is:saved", "--format", "md", "--output", "out.md"], move |place| {
            text(place, "out.md").contains(&Paper::title(0))
        }),
        work(&["backup", "create"], move |place| copies(place) == 1),
        work(&["show", "--fetch", &id(3)], {
            let id = id(3);
            move |place| place.run(&["show", &id]).out.contains("Paragraph 8")
        }),
    ]
}

/// A trial of a command on a copy of the library, with one call failing. False when the command made fewer calls.
fn try_once(template: &Place, work: &Work, failing: Failing) -> bool {
    let dir = tempfile::tempdir().unwrap();
    copy(template.dir(), dir.path());
    let place = Place::of(dir);
    let log = tempfile::tempdir().unwrap();
    let log = log.path().join("calls");
    let words: Vec<&str> = work.words.iter().map(String::as_str).collect();
    let ran = disk::run(&place, &log, Some(failing), &words);
    if !disk::events(&log).iter().any(|event| matches!(event, Event::Failed { .. })) {
        return false;
    }
    let what = format!("{words:?}, {failing:?}: {ran:?}");
    assert!(ran.code.is_some(), "no signal ended it: {what}");
    assert!(!ran.err.contains("panicked"), "{what}");
    // Nothing that was there is lost, nothing is there in half.
    assert_eq!(place.integrity(), "ok", "{what}");
    let (articles, saved, name) = standing(&place);
    assert!([8, 12].contains(&articles), "a feed's articles are all or none: {articles}, {what}");
    assert!(saved.contains(&Paper::title(0)), "{what}");
    assert!(["Feed 0", "Canal News"].contains(&name.as_str()), "{name}: {what}");
    for copy in std::fs::read_dir(place.dir().join("backups")).into_iter().flatten().flatten() {
        let whole = copy.path().extension().is_none_or(|extension| extension != "db") || {
            let copy = rusqlite::Connection::open(copy.path()).unwrap();
            copy.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).is_ok_and(|told| told == "ok")
        };
        assert!(whole, "a copy is whole or not there: {what}");
    }
    if ran.code == Some(0) {
        assert!((work.done)(&place), "it said that all was well: {what}");
    } else if failing.errno == ENOSPC {
        let told = ran.out + &ran.err;
        assert!(told.contains("disk is full") || told.contains("No space left"), "it says why: {what}");
    }
    // And with room again it is as if nothing had been.
    if !(work.done)(&place) {
        place.run(&words).well();
        assert!((work.done)(&place), "{what}");
    }
    true
}

#[test]
fn f04_no_room_or_a_fault_at_any_call() {
    if disk::library().is_none() {
        return;
    }
    let paper = Paper::open(8);
    let template = Place::polled(&paper.feed());
    template.run(&["mark", "save", &template.id_of(&Paper::title(0))]).well();
    let works = works(&template, &paper);
    paper.bring_out(4);
    let (wanted, mut dice, mut tried) = (times("TIDINGS_TEST_CALLS", CALLS), Dice(5), 0);
    for work in &works {
        for (errno, how) in [(ENOSPC, 'g'), (EIO, 'o')] {
            // How many calls there are depends on the moment: those that are not reached any more are passed over.
            let mut call = if wanted == 0 { 1 } else { 1 + u32::try_from(dice.below(6)).unwrap() };
            let mut trials = 0;
            while (wanted == 0 || trials < wanted) && try_once(&template, work, Failing { call, errno, how }) {
                trials += 1;
                call += if wanted == 0 { 1 } else { 1 + u32::try_from(dice.below(24)).unwrap() };
            }
            tried += trials;
        }
    }
    assert!(tried > works.len(), "only {tried} calls failed");
    println!("{tried} calls that failed: nothing lost, nothing in half, no silence");
}

/// A desk on a disk that is full as long as there is a file `full`.
fn desk_on_a_disk_full_while(full: &Path, place: &Place, beside: &Path) -> Terminal {
    let environment = disk::full_while(place, &beside.join("calls"), full);
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Terminal::start(place.on_terminal(&[], &[], &environment), USUAL)
}

#[test]
fn f04_a_disk_that_fills_up_under_an_open_desk() {
    if disk::library().is_none() {
        return;
    }
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let beside = tempfile::tempdir().unwrap();
    let full = beside.path().join("full");
    let mut desk = desk_on_a_disk_full_while(&full, &place, beside.path());
    desk.wait_selected(&newsroom::title(9));
    std::fs::write(&full, "").unwrap();
    desk.press("s");
    desk.wait_for("the disk is full: the mark not saved");
    desk.wait_without("★");
    desk.press("c");
    desk.wait_for("─ Note ·");
    desk.paste("Ask the port captain.");
    desk.wait_for("Ask the port captain.");
    desk.press("\x13");
    desk.wait_for("the disk is full");
    news.bring_out(600);
    desk.press("R");
    desk.wait_for("the disk is full: 610 articles not saved");
    // Reading goes on.
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 1");
    desk.press("q");
    desk.wait_selected(&newsroom::title(9));
    // There is room again: what was not kept can be, and what comes is.
    std::fs::remove_file(&full).unwrap();
    desk.press("s");
    desk.wait_for("✓ saved: ");
    desk.press("c");
    desk.wait_for("Ask the port captain.");
    desk.press("\x13");
    desk.wait_for("✓ noted: ");
    desk.press("R");
    desk.wait_for("600 new");
    desk.signal(Signal::TERM);
    assert_eq!(desk.wait_exit(), 143);
    desk.assert_restored();
    assert_eq!(place.integrity(), "ok");
    assert_eq!((place.list(&[]).len(), place.list(&["is:saved"]).len()), (610, 1));
    assert_eq!(place.list(&["has:note"]).len(), 1);
}

#[test]
fn f04_a_desk_that_is_opened_on_a_full_disk_saves_as_soon_as_there_is_room() {
    if disk::library().is_none() {
        return;
    }
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let beside = tempfile::tempdir().unwrap();
    let full = beside.path().join("full");
    std::fs::write(&full, "").unwrap();
    let mut desk = desk_on_a_disk_full_while(&full, &place, beside.path());
    desk.wait_selected(&newsroom::title(9));
    desk.wait_for("the disk is full: this is for reading only");
    desk.press("s");
    desk.wait_for("nothing can be saved");
    std::fs::remove_file(&full).unwrap();
    desk.wait_for("there is room on the disk again");
    desk.wait_without("read-only");
    desk.press("s");
    desk.wait_for("✓ saved: ");
    news.bring_out(2);
    desk.press("R");
    desk.wait_for("2 new");
    // What others write is seen, what is searched is found: no part of it reads the old file still.
    place.run(&["mark", "save", &place.id_of(&newsroom::title(3))]).well();
    desk.press("/");
    desk.press("is:saved");
    desk.wait("both", |screen| screen.contains(&newsroom::title(9)) && screen.contains(&newsroom::title(3)));
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0);
    assert_eq!(place.integrity(), "ok");
    assert_eq!((place.list(&[]).len(), place.list(&["is:saved"]).len()), (12, 2));
}

/// A process that meets this limit gets an error from the system instead of a signal, as on a full disk.
const LIMITED: &str = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";

#[test]
fn f04_a_limit_on_the_size_of_files() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let room = std::fs::metadata(place.database()).unwrap().len();
    let blocks = room.div_ceil(512).to_string();
    let before = ["/bin/sh", "-c", LIMITED, &blocks];
    // More than fits: its pages alone are larger than the log may grow.
    news.bring_out(600);
    let ran = Ran::of(start(&mut place.command(&before, &["poll", "--now"])));
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(format!("{}{}", ran.out, ran.err).contains("the disk is full: 610 articles not saved"), "{ran:?}");
    assert_eq!(place.integrity(), "ok");
    assert_eq!(place.list(&[]).len(), 10, "a feed's articles are stored all or none");
    // With room again everything comes.
    place.run(&["poll", "--now"]).well();
    assert_eq!(place.list(&[]).len(), 610);
}

#[test]
fn f04_a_small_file_system() {
    // In a mount namespace of its own, so that it goes away with its process, whatever happens.
    const SCRIPT: &str = "home=$1; program=$2; tidings() { \"$program\" --dir \"$home\" \"$@\"; }
        mount -t tmpfs -o size=700k,mode=700 tidings \"$home\" || exit 77
        cp -a \"$0\"/. \"$home\"
        tidings poll --now; echo \"poll ended with $?\"
        tidings list --limit all --json | wc -l
        tidings doctor
        mount -o remount,size=40m \"$home\" || exit 77
        tidings poll --now && tidings list --limit all --json | wc -l";
    let news = Newsroom::open(4);
    let place = Place::polled(&news.feed());
    let home = tempfile::tempdir().unwrap();
    news.bring_out(600);
    let (from, to) = (place.dir().to_str().unwrap(), home.path().to_str().unwrap());
    let mut command = Command::new("/usr/bin/unshare");
    command.args(["--mount", "/bin/sh", "-c", SCRIPT, from, to, env!("CARGO_BIN_EXE_tidings")]);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", to).env("TZ", "UTC");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(child) = command.spawn() else {
        println!("skipped: no unshare here");
        return;
    };
    let ran = Ran::of(child);
    if ran.code == Some(77) || ran.err.contains("unshare") {
        println!("skipped: nothing may be mounted here");
        return;
    }
    let told = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(told.contains("the disk is full: 604 articles not saved"), "{told}");
    assert!(ran.out.contains("poll ended with 3\n4\n"), "all or none: {told}");
    assert!(ran.out.contains("the database is sound"), "{told}");
    assert!(ran.out.ends_with("604\n"), "with room again everything comes: {told}");
}
