//! Picking by keys and mouse, and what it looks like.

use super::{State, draw, on_key, on_mouse, on_paste};
use crate::model::{FeedId, TopicId};
use crate::query::Rows;
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::fixture::{SIZES, feed, keys, lines, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::{Choice, Go, PickerKind, Step};

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Step {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().expect("a key")
}

fn links() -> PickerKind {
    PickerKind::Links(
        vec![
            ("original".into(), "https://www.site1.example/a".into()),
            ("集装箱运价".into(), "https://site2.example/b".into()),
            (String::new(), "https://site3.example/c".into()),
        ],
        Vec::new(),
    )
}

#[test]
fn letters_filter_and_enter_picks() {
    let mut shared = shared(80, 24);
    let mut state = State::new(&shared, Rows::Articles, PickerKind::Topics);
    assert_eq!(state.items.len(), 21, "everything, the 18 topics, what has none, what is covered most");
    let step = press(&mut state, &mut shared, "w a r e h Enter");
    let warehouse = TopicId::from_id("warehouse").expect("a topic");
    assert_eq!(step.go, Some(Go::Chosen(Choice::Topic(warehouse))));
    let step = press(&mut state, &mut shared, "z z z Enter");
    assert_eq!(step.go, None, "nothing matches, nothing is picked");
    assert_eq!(press(&mut state, &mut shared, "Esc").go, Some(Go::CloseOverlay));
}

#[test]
fn arrows_move_and_typing_goes_back_to_the_best() {
    let mut shared = shared(80, 24);
    shared.feeds = vec![feed(1, "Harbour Gazette"), feed(2, "Rail Letter"), feed(3, "Rate Watch")];
    let mut state = State::new(&shared, Rows::Articles, PickerKind::Feeds);
    assert_eq!(press(&mut state, &mut shared, "Down Down Enter").go, Some(Go::Chosen(Choice::Feed(FeedId(2)))));
    assert_eq!(press(&mut state, &mut shared, "r a t e Enter").go, Some(Go::Chosen(Choice::Feed(FeedId(3)))));
    assert_eq!(press(&mut state, &mut shared, "Ctrl-u Enter").go, Some(Go::Chosen(Choice::All)));
}

#[test]
fn a_link_is_opened_by_its_number_or_copied() {
    let mut shared = shared(80, 24);
    let mut state = State::new(&shared, Rows::Articles, links());
    let step = press(&mut state, &mut shared, "2 Enter");
    assert_eq!(step.go, Some(Go::Chosen(Choice::Link("https://site2.example/b".into()))));
    let step = press(&mut state, &mut shared, "Ctrl-y");
    assert_eq!(step.effects, [Effect::Copy("https://site2.example/b".into())]);
    assert_eq!(step.go, Some(Go::CloseOverlay));
    let found = PickerKind::FoundFeeds(vec![("News".into(), "https://site1.example/feed".into())]);
    let mut state = State::new(&shared, Rows::Articles, found);
    on_paste(&mut state, "site1\u{1b}");
    let step = press(&mut state, &mut shared, "Enter");
    assert_eq!(step.go, Some(Go::Chosen(Choice::AddFeed("https://site1.example/feed".into()))));
}

#[test]
fn the_mouse_picks_a_row_and_closes_beside_the_box() {
    let mut shared = shared(80, 24);
    let mut state = State::new(&shared, Rows::Articles, links());
    let drawn = picture(&shared, |buffer| {
        draw(&state, &shared, buffer);
    });
    let row = lines(&drawn).iter().position(|l| l.contains("集装箱")).expect("the second link is drawn");
    let at = |row: usize| Mouse { kind: MouseKind::Click, column: 20, row: u16::try_from(row).expect("small") };
    let step = on_mouse(&mut state, &mut shared, at(row));
    assert_eq!(step.go, Some(Go::Chosen(Choice::Link("https://site2.example/b".into()))));
    assert_eq!(on_mouse(&mut state, &mut shared, at(0)).go, Some(Go::CloseOverlay));
}

#[test]
fn counts_are_aligned_and_muted_feeds_are_marked() {
    let mut shared = shared(80, 24);
    let mut quiet = feed(2, "Rail Letter 铁路");
    quiet.feed.enabled = false;
    quiet.unread = 1_204;
    let mut failing = feed(3, "Old Wire");
    failing.facts.failures = 3;
    shared.feeds = vec![feed(1, "Harbour Gazette"), quiet, failing];
    let state = State::new(&shared, Rows::Articles, PickerKind::Feeds);
    let drawn = picture(&shared, |buffer| {
        draw(&state, &shared, buffer);
    });
    let rows: Vec<_> = lines(&drawn).into_iter().filter(|l| l.contains("  ")).collect();
    let find = |what: &str| rows.iter().find(|l| l.contains(what)).cloned().unwrap_or_default();
    assert!(find("Harbour").trim_end_matches(['│', ' ']).ends_with("   21"), "{rows:#?}");
    assert!(find("Rail").contains("铁路") && find("Rail").contains("muted  1,204"), "{rows:#?}");
    assert!(find("Old Wire").contains("⚠ failing"), "{rows:#?}");
    let right_edge: Vec<_> = rows.iter().filter(|l| l.ends_with('│')).map(|l| crate::text::width(l)).collect();
    assert!(right_edge.windows(2).all(|w| w[0] == w[1]), "the frame is straight: {rows:#?}");
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let ascii = shared.settings.glyphs.ascii;
            let state = State::new(&shared, Rows::Articles, if ascii { PickerKind::Topics } else { links() });
            let drawn = picture(&shared, |buffer| {
                draw(&state, &shared, buffer);
            });
            assert!(!ascii || text(&drawn).is_ascii(), "{columns}x{rows}: {}", text(&drawn));
        }
    }
}
