//! Programs of the user's: the editor on the config, the browser. What happens when they fail is in `tests/faults`.

use crate::newsroom::title;
use crate::polled::{desk, edit_config, library, text};

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
