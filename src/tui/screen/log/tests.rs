//! Reading past messages again, and what it looks like.

use super::{State, draw, on_key};
use crate::command::{CommandId, Keymap, Preset};
use crate::tui::fixture::{SIZES, key, lines, minutes_ago, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::Go;
use crate::tui::status::Level;

fn with_messages(mut shared: Shared, count: i64) -> Shared {
    for n in (1..=count).rev() {
        shared.status.say(minutes_ago(n), Level::Note, &format!("message {n}"));
    }
    shared
}

fn drawn(state: &State, shared: &Shared) -> Vec<String> {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    lines(&picture)
}

#[test]
fn the_newest_comes_first_and_long_ones_are_told_in_full() {
    let mut shared = with_messages(shared(80, 24), 2);
    shared.status.say(minutes_ago(60 * 40), Level::Error, &"the library cannot be written ".repeat(5));
    shared.status.say(minutes_ago(0), Level::Good, "marked read: 集装箱");
    let rows = drawn(&State::default(), &shared);
    assert_eq!(rows[2], "      09:54  ✓ marked read: 集装箱");
    assert!(rows[3].starts_with(" 2026-04-26  ⚠ the library"), "{rows:#?}");
    assert!(rows[4].starts_with("               ") && rows[4].contains("library"), "{rows:#?}");
    let first = rows.iter().position(|l| l.ends_with("message 1"));
    assert!(first < rows.iter().position(|l| l.ends_with("message 2")), "{rows:#?}");
}

#[test]
fn the_keys_of_the_list_scroll_and_go_back_rebound_ones_too() {
    let mut shared = with_messages(shared(80, 24), 100);
    let own = [(CommandId::ListDown, vec![key("F5")]), (CommandId::ListBack, vec![key("F6")])];
    shared.settings.keymap = Keymap::build(Preset::Tidings, &own).0.into();
    let mut state = State::default();
    let mut press = |name: &str| on_key(&mut state, &mut shared, key(name));
    assert!(press("F5").is_some() && press("j").is_none() && press("?").is_none());
    assert!(press("G").is_some());
    assert_eq!(press("F6").and_then(|s| s.go), Some(Go::Back));
    let _ = on_key(&mut state, &mut shared, key("G"));
    assert!(drawn(&state, &shared).iter().any(|l| l.ends_with("message 100")), "{:#?}", drawn(&state, &shared));
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for shared in [shared(columns, rows), plain(with_messages(shared(columns, rows), 30))] {
            let drawn = picture(&shared, |buffer| {
                draw(&State::default(), &shared, buffer);
            });
            assert!(!shared.settings.glyphs.ascii || text(&drawn).is_ascii(), "{columns}x{rows}: {}", text(&drawn));
        }
    }
}
