//! Terminals that are none, that cannot do anything, that are tiny, and that change all the time (THREATS F15 to F18).
//!
//! Holds R11 and R18.

use std::process::Stdio;
use std::time::Instant;

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};
use crate::terminal::Terminal;

fn library() -> Place {
    Place::polled(&Newsroom::open(10).feed())
}

#[test]
fn f15_without_a_terminal_one_line_says_what_to_do() {
    let place = Place::empty();
    for arguments in [&[][..], &["demo"]] {
        for input in [Stdio::null(), Stdio::piped()] {
            let ran = Ran::of(start(place.command(&[], arguments).stdin(input)));
            assert_eq!(ran.code, Some(2), "{ran:?}");
            assert_eq!(ran.out, "", "words are no data");
            assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
            for word in ["terminal", "tidings poll", "tidings list"] {
                assert!(ran.err.contains(word), "{word} is missing: {ran:?}");
            }
        }
    }
    assert_eq!(std::fs::read_dir(place.dir()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn f15_half_a_terminal_is_none() {
    let place = Place::empty();
    // Each time something of its input and output is the terminal and something is not.
    let cases = [
        ("echo q | \"$@\"; echo \" ended $?\"", "standard input is none"),
        ("\"$@\" <&-; echo \" ended $?\"", "standard input is none"),
        ("\"$@\" > out; echo \" ended $?\"", "standard output is none"),
        ("\"$@\" >&-; echo \" ended $?\"", "standard output is none"),
        ("\"$@\" <&- >&- 2>&-; echo \" ended $?\"", ""),
    ];
    for (script, words) in cases {
        let mut shell = Terminal::start(place.on_terminal(&["/bin/sh", "-c", script, "sh"], &[], &[]), (200, 10));
        shell.wait_exit();
        let screen = shell.screen();
        assert!(screen.contains(words) && screen.contains(" ended 2"), "{script}: {screen}");
        assert!(words.is_empty() || screen.contains("tidings poll"), "{script}: {screen}");
        assert!(!shell.bytes().contains(&0x1b), "{script}: no escapes");
    }
}

#[test]
fn f16_a_terminal_that_cannot_draw_gets_words_and_no_escapes() {
    let place = library();
    for (term, words) in [("dumb", "TERM=dumb"), ("unknown", "TERM=unknown"), ("", "TERM is not set")] {
        let mut desk = place.desk_with((160, 24), &[("TERM", term)]);
        assert_eq!(desk.wait_exit(), 2, "{term:?}");
        let written = desk.bytes();
        assert!(!written.contains(&0x1b), "{term:?}: {}", String::from_utf8_lossy(&written).escape_debug());
        let screen = desk.screen();
        assert!(screen.contains(words) && screen.contains("tidings list"), "{term:?}: {screen}");
    }
    let mut command = place.on_terminal(&[], &[], &[]);
    command.env_remove("TERM");
    let mut desk = Terminal::start(command, (160, 24));
    assert_eq!(desk.wait_exit(), 2);
    assert!(!desk.bytes().contains(&0x1b) && desk.screen().contains("TERM is not set"), "{}", desk.screen());
}

#[test]
fn f16_a_terminal_that_nobody_heard_of_is_tried() {
    let place = library();
    let desk = place.desk_with(USUAL, &[("TERM", "acme-9000")]);
    desk.wait_selected(&title(9));
}

#[test]
fn f17_no_size_brings_the_desk_down() {
    let place = library();
    let mut desk = place.desk((1, 1));
    for (columns, rows) in [(1, 1), (0, 0), (2, 500), (500, 2), (0, 24), (80, 0), (39, 11), (40, 12), (1, 1), (300, 90)]
    {
        desk.resize(columns, rows);
        // What it draws now is drawn on this size, and keys do what they do.
        desk.press("jk");
        if columns >= 40 && rows >= 12 {
            desk.wait_for("Item");
            desk.wait_for("? help");
        } else if columns >= 30 && rows >= 1 {
            desk.wait_for("tidings needs 40x12");
        }
    }
    desk.resize(USUAL.0, USUAL.1);
    desk.wait_for("? help");
    desk.wait_selected(&title(9));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

#[test]
fn f18_a_storm_of_sizes_settles_on_the_last_one() {
    let place = library();
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    let mut seed: u32 = 20_260_601;
    let mut next = |below: u32| {
        // Any mix will do; the same one every time.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u16::try_from((seed >> 16) % below).unwrap()
    };
    for _ in 0..200 {
        desk.resize(1 + next(240), 1 + next(80));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    desk.resize(97, 31);
    let calm = Instant::now();
    desk.wait("a whole picture of the last size", |screen| {
        let lines: Vec<&str> = screen.lines().collect();
        lines.len() == 31
            && lines.first().is_some_and(|bar| bar.starts_with(" 0 All"))
            && lines.last().is_some_and(|keys| keys.ends_with("? help") && keys.chars().count() == 96)
            && screen.contains("Feed 0 ·")
    });
    println!("settled {} ms after the last of 201 sizes", calm.elapsed().as_millis());
    desk.wait_selected(&title(9));
    desk.press("j");
    desk.wait_selected(&title(8));
}

#[test]
fn f17_it_starts_in_a_tiny_terminal_and_grows() {
    let place = library();
    let desk = Terminal::start(place.on_terminal(&[], &[], &[]), (0, 0));
    desk.wait_until("the alternate screen", Terminal::on_alternate_screen);
    desk.resize(80, 24);
    desk.wait_for("? help");
    desk.wait_selected(&title(9));
}
