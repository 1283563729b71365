//! Choosing desks and going on, and what it looks like.

use super::{State, draw, mouse, on_key, on_paste};
use crate::config::FeedSpec;
use crate::tui::effect::{Effect, Write};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::fixture::{SIZES, feed, keys, lines, picture, plain, shared, text};
use crate::tui::model::{Pack, Shared};
use crate::tui::route::{Go, PromptKind, Step};

fn spec(name: &str, enabled: bool) -> FeedSpec {
    let url = format!("https://{}.example/feed", name.to_lowercase().replace(' ', "-"));
    FeedSpec { name: Some(name.to_owned()), url, enabled, ..FeedSpec::default() }
}

fn packs() -> Vec<Pack> {
    vec![
        Pack { name: "Ocean & ports".into(), feeds: vec![spec("Quayside", true), spec("Old Wire", false)] },
        Pack { name: "Air".into(), feeds: vec![spec("Airfreight Ledger", true)] },
        Pack { name: "Whole chain".into(), feeds: vec![spec("Old Wire", true), spec("Quayside", true)] },
    ]
}

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Option<Step> {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().flatten()
}

fn drawn(state: &State, shared: &Shared) -> Vec<String> {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    lines(&picture)
}

/// The names and whether they are polled, as they would be written.
fn written(step: Option<Step>) -> Vec<(String, bool)> {
    let Some(Step { effects, go: Some(Go::Back) }) = step else { panic!("{step:?}") };
    let [Effect::Write(_, Write::AddFeeds(feeds))] = effects.as_slice() else { panic!("{effects:?}") };
    feeds.iter().map(|f| (f.name.clone().unwrap_or_default(), f.enabled)).collect()
}

#[test]
fn space_chooses_and_enter_writes_each_feed_once() {
    let mut shared = shared(80, 24);
    let mut state = State::new(packs());
    let _ = press(&mut state, &mut shared, "Space j j Space");
    assert!(drawn(&state, &shared)[0].ends_with("2 desks, 2 feeds"), "{:#?}", drawn(&state, &shared));
    let feeds = written(press(&mut state, &mut shared, "Enter"));
    assert_eq!(feeds, [("Quayside".to_owned(), true), ("Old Wire".to_owned(), true)], "polled as one desk polls it");
    let _ = press(&mut state, &mut shared, "Space k k Space a");
    assert_eq!(written(press(&mut state, &mut shared, "Enter")).len(), 3, "a chooses all");
    let _ = press(&mut state, &mut shared, "a");
    assert!(state.packs.iter().all(|(_, chosen)| !chosen), "and none when all were chosen");
}

#[test]
fn nothing_happens_before_enter_and_nothing_without_a_choice() {
    let mut shared = shared(80, 24);
    let mut state = State::new(packs());
    for script in ["Space", "a", "j", "G", "g", "a"] {
        let step = press(&mut state, &mut shared, script).expect("it is taken");
        assert_eq!(step.effects, [], "{script}");
    }
    let step = press(&mut state, &mut shared, "Enter").expect("it is taken");
    assert!(step.effects.is_empty() && step.go.is_none(), "nothing is chosen");
    assert!(shared.status.toast(shared.now).is_some_and(|t| t.text.contains("Space chooses")));
    shared.feeds = vec![feed(1, "Harbour Gazette")];
    assert_eq!(press(&mut state, &mut shared, "Enter").and_then(|s| s.go), Some(Go::Back), "one's own will do");
    assert!(drawn(&state, &shared).join("\n").contains("Your own, 1 feed so far"));
}

#[test]
fn a_library_that_cannot_be_written_is_told() {
    let mut shared = shared(80, 24);
    shared.read_only = true;
    let mut state = State::new(packs());
    let step = press(&mut state, &mut shared, "Space Enter").expect("it is taken");
    assert!(step.effects.is_empty() && step.go.is_none(), "the choice stays on the screen");
    assert!(shared.status.toast(shared.now).is_some_and(|t| t.text.contains("cannot be written")));
}

#[test]
fn ones_own_feeds_come_by_prompt() {
    let mut shared = shared(80, 24);
    let mut state = State::new(packs());
    let go = |step: Option<Step>| step.and_then(|s| s.go);
    assert_eq!(go(press(&mut state, &mut shared, "o")), Some(Go::Prompt(PromptKind::ImportOpml)));
    assert_eq!(go(press(&mut state, &mut shared, "Esc")), Some(Go::Back));
    assert_eq!(go(press(&mut state, &mut shared, "q")), Some(Go::Quit));
    assert!(press(&mut state, &mut shared, "+").is_none(), "+ is a command, as everywhere");
    assert_eq!(on_paste(" https://site1.example/\n").go, Some(Go::Prompt(PromptKind::AddFeed)));
    assert_eq!(on_paste("a whole sentence. Or two").go, None);
}

#[test]
fn a_click_chooses() {
    let mut shared = shared(80, 24);
    let mut state = State::new(packs());
    let row = drawn(&state, &shared).iter().position(|l| l.contains("[ ] Air")).expect("it is drawn");
    let click = Mouse { kind: MouseKind::Click, column: 9, row: u16::try_from(row).expect("small") };
    let _ = mouse(&mut state, &mut shared, click);
    assert!(drawn(&state, &shared)[row].contains("[x] Air"));
}

#[test]
fn the_page_tells_what_is_fetched_and_where_things_are_kept() {
    let shared = shared(80, 24);
    let text = drawn(&State::new(packs()), &shared).join("\n");
    for expected in [
        "Which desks do you read for?",
        "[ ] Ocean & ports            1 feed    Quayside",
        "Nothing is fetched until you press Enter",
        "/home/ada/.config/tidings/config.toml",
        "/home/ada/.config/tidings/tidings.db    articles",
        "Space choose",
    ] {
        assert!(text.contains(expected), "{expected} is missing: {text}");
    }
}

#[test]
fn a_small_terminal_has_the_desks_and_the_promise() {
    let shared = shared(40, 12);
    let text = drawn(&State::new(packs()), &shared).join("\n");
    assert!(text.contains("[ ] Whole chain") && text.contains("Nothing is fetched"), "{text}");
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for mut shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let ascii = shared.settings.glyphs.ascii;
            let mut state = State::new(packs());
            let _ = press(&mut state, &mut shared, "a G");
            let drawn = picture(&shared, |buffer| {
                draw(&state, &shared, buffer);
            });
            assert!(!ascii || text(&drawn).is_ascii(), "{columns}x{rows}: {}", text(&drawn));
        }
    }
}
