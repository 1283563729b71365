//! What the keys do before and after the effects are known, and what it looks like at any size.

use super::{State, came, draw, failed, is_waiting, on_key};
use crate::engine::{Lesson, Preview};
use crate::model::TopicId;
use crate::tui::effect::{Effect, Write};
use crate::tui::fixture::{SIZES, key, picture, plain, shared, text};
use crate::tui::route::Go;

fn lesson() -> Lesson {
    Lesson::NeverByCue { topic: TopicId::from_id("deals").expect("a topic"), cue: "bid".into() }
}

fn preview(changed: u64) -> Preview {
    let examples =
        (0..changed.min(20)).map(|n| format!("A rival bid for the terminals of Norrvik, part {n}")).collect();
    Preview { rule: "[topics.deals] ignore = [\"bid\"]".into(), changed, of: 1_498, examples }
}

#[test]
fn nothing_is_written_before_its_effects_are_known_and_only_once() {
    let mut shared = shared(80, 24);
    let mut state = State::new(lesson());
    assert_eq!(on_key(&mut state, &mut shared, key("Enter")).effects, []);
    came(&mut state, preview(14));
    let step = on_key(&mut state, &mut shared, key("Enter"));
    let [Effect::Write(id, Write::Teach(taught))] = step.effects.as_slice() else { panic!("{step:?}") };
    assert!(*taught == lesson() && is_waiting(&state, *id));
    assert_eq!(on_key(&mut state, &mut shared, key("Enter")).effects, [], "it waits");
    failed(&mut state, "the disk is full");
    assert_eq!(on_key(&mut state, &mut shared, key("Enter")).effects.len(), 1, "it can be tried again");
    assert_eq!(on_key(&mut state, &mut shared, key("Esc")).go, Some(Go::CloseOverlay));
    shared.read_only = true;
    let mut state = State { preview: Some(preview(1)), ..State::new(lesson()) };
    assert_eq!(on_key(&mut state, &mut shared, key("Enter")).effects, []);
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for shared in [shared(columns, rows), plain(shared(columns, rows))] {
            for changed in [0, 1, 400] {
                let state = State { preview: Some(preview(changed)), ..State::new(lesson()) };
                let text = text(&picture(&shared, |buffer| {
                    draw(&state, &shared, buffer);
                }));
                assert!(!shared.settings.glyphs.ascii || text.is_ascii(), "{columns}x{rows}: {text}");
                if columns >= 80 && rows >= 24 {
                    assert!(text.contains("Enter writes it"), "{columns}x{rows}: {text}");
                }
            }
        }
    }
}
