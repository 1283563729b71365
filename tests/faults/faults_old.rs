//! A directory that cannot be written, a disk that is full, a database that is damaged or too new (THREATS F4, F6 to F8, F28).

use std::fs::{Permissions, read, set_permissions, write};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::PathBuf;

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};
use crate::terminal::Terminal;

/// Somebody who is not root: rights do not bind that one.
const NOBODY: u32 = 65_534;

/// A process that meets this limit gets an error from the system instead of a signal, as on a full disk.
const LIMITED: &str = "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"";

/// A library of ten articles.
fn library() -> (Newsroom, Place) {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    (news, place)
}

/// Makes the library belong to a user whom rights bind, who may not write it. Gives the words that run a program as
/// that user; none where that cannot be done.
fn read_only(place: &Place) -> Option<Vec<&'static str>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(place.dir()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.push(place.dir().to_owned());
    let root = rustix::process::geteuid().is_root();
    let before = if root {
        vec!["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    } else {
        Vec::new()
    };
    if root {
        let able = place.command(&before, &["--version"]).output();
        if !able.is_ok_and(|ran| ran.status.success()) {
            return None;
        }
    }
    for path in paths {
        if root {
            chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let mode = if path.is_dir() { 0o500 } else { 0o400 };
        set_permissions(&path, Permissions::from_mode(mode)).unwrap();
    }
    Some(before)
}

fn writable(place: &Place) {
    set_permissions(place.dir(), Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn a_library_that_cannot_be_written_can_be_read() {
    let (_news, place) = library();
    let Some(before) = read_only(&place) else {
        println!("skipped: nobody here whom rights bind");
        return;
    };
    let listed = Ran::of(start(&mut place.command(&before, &["list"]))).well();
    assert_eq!(listed.out.lines().count(), 10, "{listed:?}");
    for arguments in [&["mark", "read", "1"][..], &["poll", "--now"]] {
        let ran = Ran::of(start(&mut place.command(&before, arguments)));
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(place.dir().to_str().unwrap()), "it says where: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{ran:?}");
    }
    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), USUAL);
    desk.wait_selected(&title(9));
    desk.wait_for("read-only");
    desk.press("s");
    desk.wait_for("nothing can be saved");
    assert!(!desk.screen().contains('★'), "what is not saved does not look saved: {}", desk.screen());
    desk.press("R");
    desk.wait("words that polling is not possible", |screen| {
        screen
            .lines()
            .last()
            .is_some_and(|_| screen.contains("poll.lock") || screen.contains("nothing can be saved in"))
    });
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 1");
    desk.press("qq");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
    writable(&place);
    assert_eq!(place.list(&["is:unread"]).len(), 10, "nothing changed");
}

/// Words that run the program where no file may grow beyond so many bytes (to the next 512).
fn no_more_than(bytes: u64) -> [String; 4] {
    ["/bin/sh".into(), "-c".into(), LIMITED.into(), bytes.div_ceil(512).to_string()]
}

#[test]
fn a_full_disk_is_told_and_costs_nothing_that_was_there() {
    let (news, place) = library();
    let room = std::fs::metadata(place.database()).unwrap().len();
    let wrapper = no_more_than(room);
    let before: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    // More than fits: its pages alone are larger than the log may grow.
    news.bring_out(600);
    let ran = Ran::of(start(&mut place.command(&before, &["poll", "--now"])));
    assert_ne!(ran.code, Some(0), "{ran:?}");
    assert!(ran.code.is_some(), "no signal ended it: {ran:?}");
    assert!(format!("{}{}", ran.out, ran.err).contains("the disk is full"), "{ran:?}");
    assert_eq!(place.integrity(), "ok");
    assert_eq!(place.list(&[]).len(), 10, "a feed's articles are stored all or none");

    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), USUAL);
    desk.wait_selected(&title(9));
    desk.press("R");
    desk.wait_for("1 feed failed");
    desk.press("F");
    desk.wait_for("the disk is full");
    desk.press("q");
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 1");
    desk.press("qj");
    desk.wait_selected(&title(8));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
    assert_eq!(place.integrity(), "ok");
    // With room again everything comes.
    place.run(&["poll", "--now"]).well();
    assert_eq!(place.list(&[]).len(), 610);
}

#[test]
fn a_disk_without_any_room_is_told_and_leaves_no_half_library() {
    let place = Place::empty();
    let wrapper = no_more_than(0);
    let before: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    let ran = Ran::of(start(&mut place.command(&before, &["list"])));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("disk is full"), "{ran:?}");
    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), USUAL);
    assert_eq!(desk.wait_exit(), 1);
    desk.assert_restored();
    assert!(desk.screen().contains("disk is full"), "{}", desk.screen());
    // With room again it starts as if nothing had been.
    assert_eq!(place.list(&[]).len(), 0);
    place.desk(USUAL).wait_for("Which desks");
}

#[test]
fn a_damaged_database_is_named_and_left_as_it_is() {
    let (_news, place) = library();
    place.run(&["backup", "create"]).well();
    let good = read(place.database()).unwrap();
    let mut garbage = good.clone();
    garbage[..512].fill(b'x');
    let cut = good[..good.len() / 2].to_vec();
    for (what, bytes) in [("header", garbage), ("cut", cut)] {
        write(place.database(), &bytes).unwrap();
        for suffix in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(place.dir().join(format!("tidings.db{suffix}")));
        }
        for arguments in [&["list"][..], &["poll"], &["mark", "read", "1"]] {
            let ran = Ran::of(start(&mut place.command(&[], arguments)));
            assert_eq!(ran.code, Some(1), "{what} {arguments:?}: {ran:?}");
            for words in [place.database().to_str().unwrap(), "damaged", "tidings backup"] {
                assert!(ran.err.contains(words), "{what} {arguments:?}: {words} is missing: {ran:?}");
            }
        }
        let mut desk = place.desk((200, 24));
        assert_eq!(desk.wait_exit(), 1, "{what}");
        desk.assert_restored();
        assert!(desk.screen().contains("tidings backup"), "{what}: {}", desk.screen());
        assert!(read(place.database()).unwrap() == bytes, "{what}: the file was changed");
    }
    // And the words are true.
    let backups = place.run(&["backup", "list", "--json"]).well();
    let newest: serde_json::Value = serde_json::from_str(backups.out.lines().next().unwrap()).unwrap();
    place.run(&["backup", "restore", newest["name"].as_str().unwrap()]).well();
    assert_eq!(place.list(&[]).len(), 10);
}

#[test]
fn a_database_of_a_newer_tidings_is_refused_and_left_as_it_is() {
    let (_news, place) = library();
    place.connection().execute_batch("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let before = read(place.database()).unwrap();
    for arguments in [&["list"][..], &["poll"], &["mark", "read", "1"], &["backup", "create"]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("newer tidings") && ran.err.contains("999"), "{arguments:?}: {ran:?}");
    }
    let mut desk = place.desk((200, 24));
    assert_eq!(desk.wait_exit(), 1);
    desk.assert_restored();
    assert!(desk.screen().contains("newer tidings"), "{}", desk.screen());
    assert!(read(place.database()).unwrap() == before, "the file was changed");
}
