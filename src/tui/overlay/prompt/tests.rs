//! Typing, submitting, waiting and failing, and what it looks like.

use super::{State, draw, failed, is_waiting, on_key, on_paste};
use crate::engine::FeedEdit;
use crate::model::FeedId;
use crate::tui::effect::{Effect, Write};
use crate::tui::fixture::{SIZES, keys, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::{Go, PromptKind, Step};

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Step {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().expect("a key")
}

fn drawn(state: &State, shared: &Shared) -> String {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    text(&picture)
}

#[test]
fn a_pasted_address_is_cleaned_and_asked_for_once() {
    let mut shared = shared(80, 24);
    let mut state = State::new(PromptKind::AddFeed);
    let _ = press(&mut state, &mut shared, "Enter");
    assert!(drawn(&state, &shared).contains("type an address first"), "{}", drawn(&state, &shared));
    on_paste(&mut state, "  https://site1.example/\u{1b}[2J\n ");
    assert_eq!(state.error, None, "typing takes the error away");
    let step = press(&mut state, &mut shared, "Enter");
    let [Effect::Write(id, Write::AddFeed { address, name: None })] = step.effects.as_slice() else {
        panic!("{step:?}");
    };
    assert!(address.starts_with("https://site1.example/") && !address.contains(['\u{1b}', '\n']), "{address:?}");
    assert!(is_waiting(&state, *id));
    assert!(drawn(&state, &shared).contains("Looking for feeds at https://site1.example/"));
    assert_eq!(press(&mut state, &mut shared, "x Enter").effects, [], "it waits");
    failed(&mut state, "no feed was found at site1.example");
    assert!(drawn(&state, &shared).contains("⚠ no feed was found at site1.example"));
    assert_eq!(press(&mut state, &mut shared, "x Enter").effects.len(), 1, "it can be tried again");
    assert_eq!(press(&mut state, &mut shared, "Esc").go, Some(Go::CloseOverlay), "also while it waits");
}

#[test]
fn a_name_begins_with_what_it_was() {
    let mut shared = shared(80, 24);
    let kind = PromptKind::RenameFeed(FeedId(7), "Gazette".into());
    let mut state = State::new(kind.clone());
    assert_eq!(press(&mut state, &mut shared, "Enter").go, Some(Go::CloseOverlay), "nothing to do");
    let step = press(&mut state, &mut shared, "Space I I Space Enter");
    let expected = Write::EditFeed(FeedEdit::Rename(FeedId(7), "Gazette II".into()));
    assert!(matches!(&step.effects[..], [Effect::Write(_, write)] if *write == expected), "{step:?}");
    let mut state = State::new(kind);
    shared.read_only = true;
    assert_eq!(press(&mut state, &mut shared, "x Enter").effects, []);
    assert!(drawn(&state, &shared).contains("nothing can be saved"));
}

#[test]
fn a_feed_moves_to_the_address_that_is_offered_or_typed() {
    let mut shared = shared(80, 24);
    let kind = PromptKind::MoveFeed(FeedId(7), "Gazette".into(), "https://a.example/rs".into());
    let mut state = State::new(kind);
    assert!(drawn(&state, &shared).contains("Another address for Gazette"));
    let step = press(&mut state, &mut shared, "s Enter");
    let expected = Write::EditFeed(FeedEdit::Move(FeedId(7), "https://a.example/rss".into()));
    assert!(matches!(&step.effects[..], [Effect::Write(_, write)] if *write == expected), "{step:?}");
    assert!(drawn(&state, &shared).contains("Moving"));
    let mut empty = State::new(PromptKind::MoveFeed(FeedId(7), "Gazette".into(), String::new()));
    assert_eq!(press(&mut empty, &mut shared, "Enter").effects, []);
    assert!(drawn(&empty, &shared).contains("a feed needs an address"));
}

#[test]
fn a_path_is_imported() {
    let mut shared = shared(80, 24);
    let mut state = State::new(PromptKind::ImportOpml);
    on_paste(&mut state, "~/my feeds.opml");
    let step = press(&mut state, &mut shared, "Enter");
    let expected = Write::ImportOpml("~/my feeds.opml".into());
    assert!(matches!(&step.effects[..], [Effect::Write(_, write)] if *write == expected), "{step:?}");
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for mut shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let mut state = State::new(PromptKind::AddFeed);
            let _ = press(&mut state, &mut shared, "a Enter");
            assert!(!shared.settings.glyphs.ascii || drawn(&state, &shared).is_ascii(), "{columns}x{rows}");
            failed(&mut state, &"long reasons ".repeat(40));
            drawn(&state, &shared);
        }
    }
}
