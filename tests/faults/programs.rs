//! F25: browser, player and editor that fail, hang, or leave the terminal in disorder; F12: an edit that breaks the config.

use rustix::process::{Pid, Signal, kill_process};

use crate::newsroom::title;
use crate::place::{Place, USUAL};
use crate::polled::{desk, edit_config, library, text};
use crate::support::server::{Reply, TestServer};
use crate::terminal::eventually;

#[test]
fn f25_an_editor_that_fails_leaves_the_desk_and_words() {
    let place = library();
    let before = place.config_text();
    let killed = place.script("killed", "kill -9 $$");
    for (editor, words) in [
        ("/no/such/editor", "did not start"),
        ("false", "ended with exit status 1"),
        (killed.to_str().unwrap(), "was ended by signal 9"),
    ] {
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
fn f12_an_edit_that_is_wrong_is_told_and_the_old_config_stays() {
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
fn f25_a_browser_that_fails_or_hangs_leaves_words_and_the_desk_alive() {
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

#[test]
fn f25_an_editor_that_leaves_the_terminal_in_disorder_is_cleaned_up_after() {
    let place = library();
    // Colours, line drawing, margins, origin mode, insert mode, no wrapping, no cursor, another screen, a raw terminal.
    let mess =
        "printf '\\033[31;7m\\033(0\\033[5;9r\\033[?6h\\033[4h\\033[?7l\\033[?25l\\033[?1049h\\033]2;title\\007'";
    let editor = place.script("editor", &format!("{mess}; stty raw -echo; kill -9 $$"));
    let mut desk = desk(&place, &[("EDITOR", editor.to_str().unwrap())]);
    let before = desk.screen();
    desk.press("j");
    desk.wait_selected(&title(8));
    edit_config(&mut desk);
    desk.wait_for("was ended by signal 9");
    desk.press("k");
    desk.wait_selected(&title(9));
    let first_rows = |screen: &str| screen.lines().take(8).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(first_rows(&desk.screen()), first_rows(&before), "every row is where it was");
    let written = String::from_utf8_lossy(&desk.bytes()).into_owned();
    let (_, after) = written.rsplit_once("\x1b]2;title").unwrap();
    for mode in ["\x1b[r", "\x1b[?6l", "\x1b[?7h", "\x1b[4l", "\x1b(B", "\x1b[m"] {
        assert!(after.contains(mode), "{mode:?} is missing");
    }
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

/// A library of one talk, and what plays it.
fn talk(player: &str) -> Place {
    let server = TestServer::start(|_| {
        Reply::ok(
            "<rss version=\"2.0\"><channel><title>Talks</title><item><title>A talk of cranes</title><guid>talk</guid>\
             <enclosure url=\"https://talks.example/one.mp3\" type=\"audio/mpeg\" length=\"1000\"/></item></channel></rss>",
        )
    });
    let place = Place::polled(&server.url("/feed"));
    std::fs::write(place.config(), format!("{}\n[programs]\nplayer = [{player:?}]\n", place.config_text())).unwrap();
    place
}

#[test]
fn f25_a_player_that_fails_is_told_and_one_that_hangs_holds_nothing_up() {
    let scripts = Place::empty();
    let failing = scripts.script("failing", "printf '\\033[2J\\033]0;no\\007'; exit 7");
    let killed = scripts.script("killed", "kill -9 $$");
    let cases = [
        ("/no/such/player", "did not start"),
        (failing.to_str().unwrap(), "ended with exit status 7"),
        (killed.to_str().unwrap(), "was ended by signal 9"),
    ];
    for (player, words) in cases {
        let place = talk(player);
        let mut desk = place.desk((200, 36));
        desk.wait_for("A talk of cranes");
        desk.press("P");
        desk.wait_for("▸ one.mp3");
        desk.press("\r");
        let row = desk.row_with(&format!("the player `{player}`"));
        assert!(row.contains(words), "{row}");
        assert!(!desk.bytes().windows(6).any(|six| six == b"\x1b]0;no"), "nothing of its output reaches the terminal");
        desk.press("\x1b\x1b");
        desk.wait_for("? help");
    }
    let hanging = scripts.script("hanging", &format!("echo $$ > {}/sleeper; exec sleep 600", scripts.dir().display()));
    let place = talk(hanging.to_str().unwrap());
    let mut desk = place.desk(USUAL);
    desk.wait_for("A talk of cranes");
    desk.press("P");
    desk.wait_for("▸ one.mp3");
    desk.press("\r");
    let sleeper = scripts.dir().join("sleeper");
    assert!(eventually(|| text(&sleeper).ends_with('\n')), "the player was started");
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0, "the desk does not wait for it");
    desk.assert_restored();
    kill_process(Pid::from_raw(text(&sleeper).trim().parse().unwrap()).unwrap(), Signal::KILL).ok();
}
