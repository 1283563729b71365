//! Notes through the user's editor, browsers in the terminal, links where nothing opens, clips: with real programs.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::{Terminal, eventually};

fn library() -> Place {
    Place::polled(&Newsroom::open(10).feed())
}

fn desk(place: &Place, env: &[(&str, &str)]) -> Terminal {
    let desk = place.desk_with(USUAL, env);
    desk.wait_selected(&title(9));
    desk
}

#[test]
fn a_note_goes_through_the_editor_and_is_there_the_next_day() {
    let place = library();
    let editor = place.script(
        "editor",
        "for file; do :; done\nls -l \"$file\" | cut -c1-10 > mode\ncp \"$file\" given\necho \"$file\" > path\n\
         echo editing\nread -r line && echo \"$line\" >> \"$file\"",
    );
    let config =
        format!("{}\n[programs]\neditor = [\"{}\", \"--wait\", \"%s\"]\n", place.config_text(), editor.display());
    std::fs::write(place.config(), config).unwrap();
    let mut desk = desk(&place, &[("EDITOR", "false")]);
    desk.press("c");
    desk.wait_for("─ Note ·");
    desk.paste("Ask compliance.\nq j A");
    desk.wait_for("q j A");
    desk.press("\x05");
    desk.wait_for("editing");
    assert!(!desk.on_alternate_screen(), "the editor has the user's own screen");
    desk.press("From the editor\r");
    desk.wait_until("the desk", |desk| desk.on_alternate_screen() && !desk.is_cooked());
    desk.wait_for("From the editor");
    desk.press("\x1b");
    desk.wait_for("noted: ");
    let read = |name: &str| std::fs::read_to_string(place.dir().join(name)).unwrap_or_default();
    assert_eq!((read("mode").trim(), read("given").as_str()), ("-rw-------", "Ask compliance.\nq j A"));
    assert!(!std::path::Path::new(read("path").trim()).exists(), "the draft is gone");
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    let mut again = self::desk(&place, &[]);
    again.press("\rG");
    again.wait_for("From the editor");
    again.press("c more\x13");
    again.wait_for("noted: ");
    again.press("u");
    again.wait_for("undone: noted");
    again.wait_without("From the editor more");
}

#[test]
fn a_browser_for_the_terminal_has_the_terminal() {
    let place = library();
    let lynx = place.script("lynx", "echo \"$@\" > opened; echo reading; read -r line; echo \"$line\" > typed; exit 4");
    let mut desk = desk(&place, &[("BROWSER", lynx.to_str().unwrap())]);
    desk.press("o");
    desk.wait_for("reading");
    assert!(!desk.on_alternate_screen() && desk.is_cooked(), "it has the user's own screen");
    desk.press("jq\r");
    desk.wait_until("the desk", |desk| desk.on_alternate_screen() && !desk.is_cooked());
    desk.wait_for("ended with exit status 4");
    let read = |name: &str| std::fs::read_to_string(place.dir().join(name)).unwrap();
    assert_eq!((read("opened").as_str(), read("typed").as_str()), ("https://ledger.example/9\n", "jq\n"));
    desk.press("j");
    desk.wait_selected(&title(8));
}

#[test]
fn where_nothing_opens_the_link_is_copied() {
    let place = library();
    // The link, in Base64.
    let osc52 = b"\x1b]52;c;aHR0cHM6Ly9sZWRnZXIuZXhhbXBsZS85";
    for env in [&[][..], &[("SSH_CONNECTION", "192.0.2.1 5 192.0.2.2 22"), ("DISPLAY", ":0")]] {
        let mut desk = desk(&place, env);
        desk.press("o");
        desk.wait_for("link copied, https://ledger.example/9");
        let bytes = desk.bytes();
        assert!(bytes.windows(osc52.len()).any(|part| part == osc52), "the terminal was given it");
    }
}

#[test]
fn the_browser_of_the_config_goes_before_that_of_the_environment() {
    let place = library();
    let browser = place.script("browser", "echo \"$@\" > opened");
    let config = format!("{}\n[programs]\nbrowser = [\"{}\", \"--url=%s\"]\n", place.config_text(), browser.display());
    std::fs::write(place.config(), config).unwrap();
    let mut desk = desk(&place, &[("BROWSER", "false")]);
    desk.press("o");
    desk.wait_for("opened in the browser: ledger.example");
    assert_eq!(std::fs::read_to_string(place.dir().join("opened")).unwrap(), "--url=https://ledger.example/9\n");
}

#[test]
fn a_clip_is_in_the_users_file() {
    let place = library();
    let mut desk = desk(&place, &[]);
    desk.press("e");
    desk.wait_for("clipped to ~/tidings-clips.md");
    let clips = place.dir().join("tidings-clips.md");
    let has = |text: &str| std::fs::read_to_string(&clips).unwrap_or_default().contains(text);
    assert!(eventually(|| has(&title(9))), "HOME is the place");
    desk.press("e");
    desk.wait_for("updated in ~/tidings-clips.md");
}
