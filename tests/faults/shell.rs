//! F19 and F23: what becomes of the desk when the shell it was started from is killed, and when its output alone is gone.
//!
//! Holds R11.

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::{Terminal, eventually};

/// Starts the desk from a shell that stays; gives the desk's own process.
fn from_shell(place: &Place, script: &str) -> (Terminal, Pid) {
    let desk = Terminal::start(place.on_terminal(&["/bin/sh", "-c", script, "sh"], &[], &[]), USUAL);
    desk.wait_selected(&title(9));
    let pid = std::fs::read_to_string(place.dir().join("pid")).unwrap();
    (desk, Pid::from_raw(pid.trim().parse().unwrap()).unwrap())
}

#[test]
fn f19_a_shell_that_is_killed_takes_the_desk_along() {
    let place = Place::polled(&Newsroom::open(10).feed());
    let (mut shell, desk) = from_shell(&place, "sh -c 'echo $$ > pid; exec \"$@\"' sh \"$@\"; true");
    shell.press("s");
    shell.wait_until("the star", |desk| desk.selected().is_some_and(|(_, row)| row.contains('★')));
    shell.signal(Signal::KILL);
    shell.wait_end();
    // The terminal's session is over: the desk is told to hang up.
    assert!(eventually(|| test_kill_process(desk).is_err()), "the desk goes on without its shell");
    shell.wait_until("the terminal to come back", |shell| shell.not_restored().is_empty());
    assert_eq!(place.list(&["is:saved"]).len(), 1, "what was on the screen is stored");
    assert_eq!(place.integrity(), "ok");
}

#[test]
fn f23_an_output_that_goes_away_ends_the_desk() {
    let place = Place::polled(&Newsroom::open(10).feed());
    // Keys come from one terminal, and another one shows the desk.
    let other =
        Terminal::start(place.on_terminal(&["/bin/sh", "-c", "tty > tty; exec sleep 600", "sh"], &[], &[]), USUAL);
    let tty = place.dir().join("tty");
    assert!(eventually(|| std::fs::read_to_string(&tty).is_ok_and(|name| name.ends_with('\n'))));
    let script = "echo $$ > pid; stty sane; \"$@\" > $(cat tty); echo \" ended $?\"";
    let mut keys = Terminal::start(place.on_terminal(&["/bin/sh", "-c", script, "sh"], &[], &[]), USUAL);
    other.wait_selected(&title(9));
    let mut other = other;
    other.close();
    keys.press("j");
    keys.wait_for(" ended 129");
    assert!(keys.is_cooked());
    kill_process(other.pid(), Signal::KILL).ok();
}
