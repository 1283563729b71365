//! F6: a folder or a file that cannot be written, by its rights or by its mount.

use std::process::{Command, Stdio};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};
use crate::terminal::Terminal;
use crate::users::{all, bound, mode};

/// A library of ten articles.
fn library() -> (Newsroom, Place) {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    (news, place)
}

/// What can be done and what cannot where nothing can be saved.
fn read_and_refuse(place: &Place, before: &[&str]) {
    let listed = Ran::of(start(&mut place.command(before, &["list"]))).well();
    assert_eq!(listed.out.lines().count(), 10, "{listed:?}");
    for arguments in [&["mark", "read", "1"][..], &["poll", "--now"]] {
        let ran = Ran::of(start(&mut place.command(before, arguments)));
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        let words = format!("tidings: read-only: nothing can be saved in {}", place.database().display());
        assert!(ran.err.contains(&words), "{arguments:?}: it says what and where: {ran:?}");
        assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    }
}

#[test]
fn f06_a_folder_that_cannot_be_written_can_be_read() {
    let (_news, place) = library();
    let Some(before) = bound(&place) else { return };
    for path in all(place.dir()) {
        mode(&path, if path.is_dir() { 0o500 } else { 0o400 });
    }
    read_and_refuse(&place, &before);
    let mut desk = Terminal::start(place.on_terminal(&before, &[], &[]), USUAL);
    desk.wait_selected(&title(9));
    desk.wait_for("read-only");
    desk.press("s");
    desk.wait_for("nothing can be saved: the directory of tidings cannot be written");
    assert!(!desk.screen().contains('★'), "what is not saved does not look saved: {}", desk.screen());
    desk.press("R");
    desk.wait_for("read-only: nothing can be saved in");
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 1");
    desk.press("qq");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
    mode(place.dir(), 0o700);
    assert_eq!(place.list(&["is:unread"]).len(), 10, "nothing changed");
}

#[test]
fn f06_a_file_that_cannot_be_written_can_be_read() {
    let (_news, place) = library();
    let Some(before) = bound(&place) else { return };
    mode(&place.database(), 0o400);
    read_and_refuse(&place, &before);
    // A config that cannot be written is no fault as long as nothing edits it: a rename goes around the file's own rights.
    mode(&place.config(), 0o400);
    let listed = Ran::of(start(&mut place.command(&before, &["list", "--json"]))).well();
    assert_eq!(listed.out.lines().count(), 10);
}

#[test]
fn f06_a_folder_that_cannot_be_made_or_entered_is_named() {
    let place = Place::empty();
    let Some(before) = bound(&place) else { return };
    mode(place.dir(), 0o500);
    // Neither a library nor a folder for one can be made here.
    for inside in ["", "/new/deep"] {
        let dir = format!("{}{inside}", place.dir().display());
        for arguments in [&["list", "--dir", &dir][..], &["poll", "--dir", &dir]] {
            let mut words: Vec<&str> = before.clone();
            words.push(env!("CARGO_BIN_EXE_tidings"));
            words.extend(arguments);
            let mut command = Command::new(words[0]);
            command.args(&words[1..]).env_clear().env("HOME", place.dir()).stdin(Stdio::null());
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
            let ran = Ran::of(start(&mut command));
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.err.contains(&dir) && !ran.err.contains("panicked"), "it names the place: {ran:?}");
        }
    }
    mode(place.dir(), 0o700);
    assert_eq!(std::fs::read_dir(place.dir()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn f06_a_read_only_mount_can_be_read() {
    const SCRIPT: &str = "home=$0; program=$1
        mount --bind \"$home\" \"$home\" && mount -o remount,bind,ro \"$home\" || exit 77
        \"$program\" --dir \"$home\" list | wc -l
        \"$program\" --dir \"$home\" mark read 1; echo \"mark ended with $?\"
        \"$program\" --dir \"$home\" feed rename 'Feed 0' Other; echo \"rename ended with $?\"";
    let (_news, place) = library();
    let mut command = Command::new("/usr/bin/unshare");
    command.args(["--mount", "/bin/sh", "-c", SCRIPT, place.dir().to_str().unwrap(), env!("CARGO_BIN_EXE_tidings")]);
    command.env_clear().env("PATH", "/usr/bin:/bin").env("HOME", place.dir());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = command.spawn().map(Ran::of);
    let Some(ran) = ran.ok().filter(|ran| ran.code == Some(0)) else {
        println!("skipped: nothing may be mounted here");
        return;
    };
    assert_eq!(ran.out, "10\nmark ended with 1\nrename ended with 1\n", "{ran:?}");
    assert!(ran.err.contains("read-only: nothing can be saved"), "{ran:?}");
    assert_eq!(place.list(&["is:unread"]).len(), 10);
    assert!(place.config_text().contains("Feed 0"));
}
