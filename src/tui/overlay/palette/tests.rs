//! Finding and running commands, and what it looks like.

use super::{State, draw, on_key};
use crate::command::{COMMANDS, CommandId, FEEDS_CHAIN, Keymap, LIST_CHAIN, Preset, Scope};
use crate::tui::fixture::{SIZES, key, keys, lines, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Step {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().expect("a key")
}

#[test]
fn enter_runs_what_is_meant() {
    let mut shared = shared(80, 24);
    for (script, expected) in [
        ("u n d o Enter", CommandId::AppUndo),
        ("o p m l Enter", CommandId::AppImport),
        ("m e s s a g e s Enter", CommandId::AppLog),
        ("a p p . t h e m e Enter", CommandId::AppTheme),
    ] {
        let mut state = State::new(LIST_CHAIN);
        assert_eq!(press(&mut state, &mut shared, script).go, Some(Go::Run(expected)), "{script}");
    }
    let mut state = State::new(LIST_CHAIN);
    assert_eq!(press(&mut state, &mut shared, "z z z z Enter").go, None);
    assert_eq!(press(&mut state, &mut shared, "Esc").go, Some(Go::CloseOverlay));
}

#[test]
fn only_what_can_be_done_here_is_offered() {
    for (chain, there, not_there) in [
        (LIST_CHAIN, CommandId::ListOrder, CommandId::FeedsMute),
        (FEEDS_CHAIN, CommandId::FeedsMute, CommandId::ListOrder),
    ] {
        let state = State::new(chain);
        let has = |id| state.commands.iter().any(|c| c.id == id);
        assert!(has(there) && !has(not_there) && has(CommandId::AppQuit), "{chain:?}");
        assert!(!has(CommandId::AppPalette), "the palette does not offer itself");
    }
    let everywhere = COMMANDS.iter().filter(|c| c.scope == Scope::Everywhere).count();
    assert_eq!(State::new(&[Scope::Everywhere]).commands.len(), everywhere - 1);
}

#[test]
fn rows_show_help_name_and_the_keys_in_force() {
    let mut shared = shared(80, 24);
    shared.settings.keymap = Keymap::build(Preset::Tidings, &[(CommandId::ListOrder, vec![key("F7")])]).0.into();
    let mut state = State::new(LIST_CHAIN);
    let _ = press(&mut state, &mut shared, "o r d e r");
    let drawn = picture(&shared, |buffer| {
        draw(&state, &shared, buffer);
    });
    let row = lines(&drawn).into_iter().find(|l| l.contains("▸")).expect("a selected row");
    assert!(row.contains("order by date, source or topic  list.order") && row.contains("F7 │"), "{row}");
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let drawn = picture(&shared, |buffer| {
                draw(&State::new(LIST_CHAIN), &shared, buffer);
            });
            assert!(!shared.settings.glyphs.ascii || text(&drawn).is_ascii(), "{columns}x{rows}: {}", text(&drawn));
        }
    }
}
