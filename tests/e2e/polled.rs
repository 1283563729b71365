//! A library of ten articles that was polled, the desk on it, and its config in the user's editor.

use std::path::Path;

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::Terminal;

/// The desk, with the newest article selected.
pub(crate) fn desk(place: &Place, env: &[(&str, &str)]) -> Terminal {
    let desk = place.desk_with(USUAL, env);
    desk.wait_selected(&title(9));
    desk
}

/// The library.
pub(crate) fn library() -> Place {
    Place::polled(&Newsroom::open(10).feed())
}

/// Opens the config in the editor, from the palette.
pub(crate) fn edit_config(desk: &mut Terminal) {
    desk.press(":");
    desk.wait_for("─ Commands ─");
    desk.press("config.toml");
    desk.wait("one command", |screen| screen.contains("edit config.toml in $EDITOR"));
    desk.press("\r");
}

/// What a file holds; nothing where there is none.
pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
