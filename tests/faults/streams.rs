//! F5: standard output or error is full, closed, or nobody reads it.

use std::fs::File;
use std::process::{Command, Stdio};

use crate::newsroom::Newsroom;
use crate::place::{Place, Ran, start};

/// Commands that print, and that change something.
const COMMANDS: [&[&str]; 8] = [
    &["list", "--limit", "all"],
    &["list", "--json", "--text", "--limit", "all"],
    &["show", "1"],
    &["export", "--format", "md"],
    &["feed", "list"],
    &["keys"],
    &["mark", "save", "1"],
    &["poll", "--now"],
];

fn full() -> Stdio {
    Stdio::from(File::options().write(true).open("/dev/full").unwrap())
}

#[test]
#[cfg(target_os = "linux")]
fn f05_standard_output_that_is_full() {
    let news = Newsroom::open(40);
    let place = Place::polled(&news.feed());
    for arguments in COMMANDS {
        let ran = Ran::of(start(place.command(&[], arguments).stdout(full())));
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("could not be written") && !ran.err.contains("panicked"), "{arguments:?}: {ran:?}");
        let silent = Ran::of(start(place.command(&[], arguments).stdout(full()).stderr(full())));
        assert_eq!(silent.code, Some(1), "{arguments:?} with nowhere to say it");
    }
    // What they did besides is done.
    assert_eq!(place.list(&["is:saved"]).len(), 1);
    assert_eq!(place.integrity(), "ok");
}

#[test]
fn f05_a_reader_that_leaves_early() {
    let news = Newsroom::open(400);
    let place = Place::polled(&news.feed());
    for arguments in COMMANDS {
        let words: Vec<String> = arguments.iter().map(|word| format!("'{word}'")).collect();
        let script = format!("\"$0\" --dir \"$1\" {} | head -1; exit ${{PIPESTATUS[0]}}", words.join(" "));
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_tidings"), place.dir().to_str().unwrap()]);
        command.env("HOME", place.dir()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let Ok(child) = command.spawn() else {
            println!("skipped: no bash here");
            return;
        };
        let ran = Ran::of(child);
        assert_eq!((ran.code, ran.out.lines().count(), ran.err.as_str()), (Some(0), 1, ""), "{arguments:?}");
    }
}

#[test]
fn f05_streams_that_are_closed() {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    // Files that are opened must not take the place of a closed stream and have words written into them.
    for closed in ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"] {
        for arguments in COMMANDS {
            let words: Vec<String> = arguments.iter().map(|word| format!("'{word}'")).collect();
            let script = format!("exec \"$0\" --dir \"$1\" {} {closed}", words.join(" "));
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &script, env!("CARGO_BIN_EXE_tidings"), place.dir().to_str().unwrap()]);
            command.env("HOME", place.dir()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let ran = Ran::of(start(&mut command));
            assert!(matches!(ran.code, Some(0..=3)), "{arguments:?} {closed}: {ran:?}");
            assert!(!ran.err.contains("panicked"), "{arguments:?} {closed}: {ran:?}");
        }
    }
    assert_eq!(place.integrity(), "ok");
    assert_eq!((place.list(&[]).len(), place.list(&["is:saved"]).len()), (10, 1));
    assert!(place.config_text().starts_with("keep_days"), "{}", place.config_text());
    // Without a terminal there is no desk, and that ends at once.
    let mut desk = Command::new("/bin/sh");
    desk.args(["-c", "exec \"$0\" --dir \"$1\" <&- >&-", env!("CARGO_BIN_EXE_tidings"), place.dir().to_str().unwrap()]);
    desk.env("HOME", place.dir()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = Ran::of(start(&mut desk));
    assert!(ran.code == Some(2) && ran.err.contains("terminal"), "{ran:?}");
}
