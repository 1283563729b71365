//! Filtering and scrolling the help, and what it looks like.

use super::{State, draw, on_key, on_mouse};
use crate::command::LIST_CHAIN;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::fixture::{SIZES, keys, lines, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Step {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().expect("a key")
}

fn drawn(state: &State, shared: &Shared) -> Vec<String> {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    lines(&picture)
}

#[test]
fn typing_filters_and_esc_clears_before_it_closes() {
    let mut shared = shared(80, 24);
    let mut state = State::new(LIST_CHAIN);
    assert_eq!(press(&mut state, &mut shared, "u n d o").go, None);
    let body = drawn(&state, &shared);
    assert!(body[2].starts_with(" In the list   [keys.list]"), "{body:#?}");
    assert!(body.iter().any(|l| l.starts_with(" u ") && l.ends_with(" undo")), "{body:#?}");
    assert!(!body.iter().any(|l| l.contains("next theme")), "{body:#?}");
    assert_eq!(press(&mut state, &mut shared, "?").go, None, "a question mark is text once something is typed");
    assert_eq!(press(&mut state, &mut shared, "Esc").go, None);
    assert_eq!(state.filter.value(), "");
    assert_eq!(press(&mut state, &mut shared, "?").go, Some(Go::CloseOverlay), "the key that opens it closes it");
    assert_eq!(press(&mut state, &mut shared, "Esc").go, Some(Go::CloseOverlay));
}

#[test]
fn it_scrolls_to_its_last_line_and_not_beyond() {
    let mut shared = shared(80, 24);
    let mut state = State::new(LIST_CHAIN);
    for _ in 0..20 {
        let _ = press(&mut state, &mut shared, "PgDn");
    }
    let end = drawn(&state, &shared);
    assert!(end[end.len() - 3].contains("q Esc h Left"), "the last row of the last scope: {end:#?}");
    let furthest = state.scroll;
    let wheel = Mouse { kind: MouseKind::WheelDown, column: 0, row: 9 };
    let _ = on_mouse(&mut state, &mut shared, wheel);
    assert_eq!(state.scroll, furthest);
    let _ = press(&mut state, &mut shared, "Up");
    assert_eq!(state.scroll, furthest - 1);
}

#[test]
fn a_wide_terminal_shows_two_columns_and_where_keys_are_set() {
    let shared = shared(120, 36);
    let body = drawn(&State::new(LIST_CHAIN), &shared);
    let first = &body[2];
    assert!(first.contains("In the list") && first.matches("[keys.").count() == 2, "{body:#?}");
    assert!(body.last().is_some_and(|l| l.contains("set in /home/ada/.config/tidings/config.toml")), "{body:#?}");
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let ascii = shared.settings.glyphs.ascii;
            let picture = picture(&shared, |buffer| {
                draw(&State::new(LIST_CHAIN), &shared, buffer);
            });
            assert!(!ascii || text(&picture).is_ascii(), "{columns}x{rows}: {}", text(&picture));
        }
    }
}
