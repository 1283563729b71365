//! F17: every screen and overlay in terminals too small for anything; each comes back when there is room again.
//!
//! Holds R11.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};

/// The keys that lead from the list to a screen, and what it shows.
const SCREENS: [(&str, &str, &str); 15] = [
    ("list", "", "? help"),
    ("article", "\r", "Space read on"),
    ("article alone", "\rz", "Paragraph 1 of 1"),
    ("story", "S", " source"),
    ("why", "i", "Why"),
    ("help", "?", "Keys ·"),
    ("palette", ":", "─ Commands ─"),
    ("topics", "t", "opics"),
    ("feeds to pick", "p", "eeds"),
    ("search", "/walk", "svafening5"),
    ("feed health", "F", " Feeds · "),
    ("rename", "Fe", "Feed 0"),
    ("add a feed", "+", "dd"),
    ("names", "E", ""),
    ("link hints", "\r;", "Paragraph 1 of 1"),
];

const SIZES: [(u16, u16); 12] =
    [(1, 1), (0, 0), (2, 500), (500, 2), (1, 24), (80, 1), (39, 12), (40, 11), (40, 12), (500, 500), (0, 24), (3, 3)];

#[test]
fn f17_every_screen_comes_back_from_every_size() {
    let place = Place::polled(&Newsroom::open(10).feed());
    for (name, keys, shows) in SCREENS {
        let mut desk = place.desk(USUAL);
        desk.wait_selected(&title(9));
        for key in keys.chars() {
            desk.press(&key.to_string());
            // An Esc sequence is never made of two keys, and a screen that opens takes the next.
            std::thread::sleep(std::time::Duration::from_millis(40));
        }
        desk.wait(&format!("{name}, which shows {shows:?}"), |screen| screen.contains(shows));
        for (columns, rows) in SIZES {
            let drawn = desk.bytes().len();
            desk.resize(columns, rows);
            desk.wait_until(&format!("{name} to be drawn at {columns}x{rows}"), |desk| desk.bytes().len() > drawn);
            if (40..100).contains(&columns) && rows == 11 {
                desk.wait_for("tidings needs 40x12");
            }
        }
        desk.resize(USUAL.0, USUAL.1);
        desk.wait(&format!("{name} again"), |screen| screen.contains(shows) && !screen.contains("needs 40x12"));
        desk.press("\x03");
        assert_eq!(desk.wait_exit(), 0, "{name}");
        desk.assert_restored();
    }
}

#[test]
fn f17_a_note_is_written_through_every_size() {
    let place = Place::polled(&Newsroom::open(10).feed());
    let mut desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    desk.press("c");
    desk.wait_for("─ Note ·");
    desk.press("ask the terminal");
    for (columns, rows) in SIZES {
        let drawn = desk.bytes().len();
        desk.resize(columns, rows);
        desk.wait_until(&format!("the note at {columns}x{rows}"), |desk| desk.bytes().len() > drawn);
    }
    desk.resize(USUAL.0, USUAL.1);
    desk.wait_for("ask the terminal");
    desk.press("\x1b");
    desk.wait_for("noted: ");
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0);
}
