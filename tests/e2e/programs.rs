//! Programs of the user's: the editor on the config, the browser, and what happens when they fail (THREATS F25).

use std::path::Path;

use rustix::process::{Pid, Signal, kill_process};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::{Terminal, eventually};

fn desk(place: &Place, env: &[(&str, &str)]) -> Terminal {
    let desk = place.desk_with(USUAL, env);
    desk.wait_selected(&title(9));
    desk
}

fn library() -> Place {
    Place::polled(&Newsroom::open(10).feed())
}

/// Opens the config in the editor, from the palette.
fn edit_config(desk: &mut Terminal) {
    desk.press(":");
    desk.wait_for("─ Commands ─");
    desk.press("config.toml");
    desk.wait("one command", |screen| screen.contains("edit config.toml in $EDITOR"));
    desk.press("\r");
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn the_editor_has_the_terminal_and_its_work_counts_at_once() {
    let place = library();
    // It notes its arguments and the state of the terminal, reads a line that is typed, and changes the config.
    let editor = place.script(
        "editor",
        "for word; do echo \"$word\"; done > arguments\n\
         stty -a > modes\n\
         echo editing\n\
         read -r line && echo \"$line\" > typed\n\
         for file; do :; done\n\
         sed 's/Feed 0/The Quay Paper/' \"$file\" > new && cat new > \"$file\"",
    );
    let command = format!("{} --wait ;touch $(HOME)", editor.display());
    let mut desk = desk(&place, &[("EDITOR", &command)]);
    desk.wait_for("Feed 0");
    edit_config(&mut desk);
    desk.wait_for("editing");
    assert!(!desk.on_alternate_screen(), "the editor has the user's own screen");
    desk.press("jjq words for the editor\r");
    desk.wait_until("the desk", |desk| desk.on_alternate_screen() && !desk.is_cooked());
    desk.wait_for("The Quay Paper");
    assert_eq!(text(&place.dir().join("typed")), "jjq words for the editor\n", "every key was the editor's");
    let config = place.config().display().to_string();
    let words = ["--wait", ";touch", "$(HOME)", config.as_str()];
    assert_eq!(text(&place.dir().join("arguments")).lines().collect::<Vec<_>>(), words, "no shell saw it");
    let modes = text(&place.dir().join("modes"));
    assert!(modes.contains(" icanon") && modes.contains(" echo "), "the terminal was cooked: {modes}");
    // The keys are the desk's again.
    desk.press("j");
    desk.wait_selected(&title(8));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

#[test]
fn an_editor_that_fails_leaves_the_desk_and_words() {
    let place = library();
    let before = place.config_text();
    for (editor, words) in [("/no/such/editor", "did not start"), ("false", "ended with exit status 1")] {
        let mut desk = desk(&place, &[("VISUAL", ""), ("EDITOR", editor)]);
        edit_config(&mut desk);
        desk.wait_for(words);
        desk.wait_until("the desk", |desk| desk.on_alternate_screen() && !desk.is_cooked());
        desk.press("j");
        desk.wait_selected(&title(8));
    }
    let mut bare = desk(&place, &[]);
    edit_config(&mut bare);
    bare.wait_for("$VISUAL or $EDITOR");
    assert_eq!(place.config_text(), before);
}

#[test]
fn a_signal_ends_the_desk_while_the_editor_runs() {
    let place = library();
    let editor = place.script("editor", "echo $$ > editor.pid; echo editing; exec sleep 600");
    let mut desk = desk(&place, &[("EDITOR", editor.to_str().unwrap())]);
    edit_config(&mut desk);
    desk.wait_for("editing");
    desk.signal(Signal::TERM);
    assert_eq!(desk.wait_end(), 143);
    desk.wait_until("the terminal to come back", |desk| desk.not_restored().is_empty());
    let editor = text(&place.dir().join("editor.pid")).trim().parse().unwrap();
    kill_process(Pid::from_raw(editor).unwrap(), Signal::KILL).ok();
}

#[test]
fn an_edit_that_is_wrong_is_told_and_the_old_config_stays() {
    let place = library();
    let editor = place.script("editor", "echo 'keep_days = \"soon\"' > \"$1\"");
    let mut desk = desk(&place, &[("EDITOR", editor.to_str().unwrap())]);
    edit_config(&mut desk);
    desk.wait_for("config.toml:1:");
    desk.press("j");
    desk.wait_selected(&title(8));
    assert!(desk.screen().contains("Feed 0"), "the feeds are those of the good config: {}", desk.screen());
}

#[test]
fn the_browser_gets_the_link_as_one_argument() {
    let place = library();
    let browser = place.script("browser", "for word; do echo \"$word\"; done > opened\necho noise; echo noise >&2");
    let command = format!("{} --new-window", browser.display());
    let mut desk = desk(&place, &[("BROWSER", &command)]);
    desk.press("o");
    desk.wait_for("opened in the browser: ledger.example");
    assert_eq!(text(&place.dir().join("opened")), "--new-window\nhttps://ledger.example/9\n");
    assert!(!desk.screen().contains("noise"), "its output is not on the desk: {}", desk.screen());
}

#[test]
fn a_browser_that_fails_or_hangs_leaves_words_and_the_desk_alive() {
    let place = library();
    let failing = place.script("failing", "exit 3");
    let hanging = place.script("hanging", "echo > hangs; sleep 600 & echo $! > sleeper; wait");
    let cases = [("/no/such/browser", "/no/such/browser"), (failing.to_str().unwrap(), "ended with exit status 3")];
    for (browser, words) in cases {
        let mut desk = desk(&place, &[("BROWSER", browser)]);
        desk.press("o");
        desk.wait_for("the browser did not open");
        desk.press("jF");
        desk.wait_for(" Feeds · ");
        desk.press("q");
        desk.wait_selected(&title(8));
        // What does not fit on the line can be read again.
        desk.press(":");
        desk.wait_for("─ Commands ─");
        desk.press("past messages\r");
        desk.wait_for(words);
        desk.press("qq");
        assert_eq!(desk.wait_exit(), 0);
    }
    let mut desk = desk(&place, &[("BROWSER", hanging.to_str().unwrap())]);
    desk.press("o");
    assert!(eventually(|| place.dir().join("sleeper").exists()), "the browser was started");
    desk.press("j");
    desk.wait_selected(&title(8));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0, "the desk does not wait for it");
    desk.assert_restored();
    let sleeper = text(&place.dir().join("sleeper")).trim().parse().unwrap();
    kill_process(Pid::from_raw(sleeper).unwrap(), Signal::KILL).ok();
}
