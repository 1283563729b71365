//! Typing, keeping, dropping a note, and what it looks like.

use super::{State, came, draw, kept, on_key, on_paste};
use crate::model::{ArticleId, Mark};
use crate::tui::effect::{Effect, Write};
use crate::tui::fixture::{SIZES, keys, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::{Go, Noted, Step};

fn note(shared: &Shared, note: Option<&str>) -> State {
    let noted = Noted { article: ArticleId(7), title: "Quay reopens".into(), note: note.map(str::to_owned) };
    State::new(shared, noted, None)
}

fn press(state: &mut State, shared: &mut Shared, script: &str) -> Step {
    keys(script).into_iter().map(|key| on_key(state, shared, key)).last().expect("a key")
}

fn written(step: &Step) -> Vec<Option<String>> {
    match step.effects.as_slice() {
        [Effect::Write(_, Write::Mark(ids, Mark::Note(note)))] if *ids == [ArticleId(7)] => vec![note.clone()],
        [] => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_typed_is_kept_by_esc_and_by_ctrl_s() {
    for key in ["Esc", "Ctrl-s", "Ctrl-Enter"] {
        let mut shared = shared(80, 24);
        let mut state = note(&shared, Some(""));
        let _ = press(&mut state, &mut shared, "a s k Enter L G G");
        let step = press(&mut state, &mut shared, key);
        assert_eq!((written(&step), step.go), (vec![Some("ask\nLGG".into())], Some(Go::CloseOverlay)), "{key}");
    }
}

#[test]
fn what_did_not_change_is_not_written() {
    let mut shared = shared(80, 24);
    let mut state = note(&shared, Some("Ask compliance."));
    let step = press(&mut state, &mut shared, "x Backspace Esc");
    assert_eq!((written(&step), step.go), (vec![], Some(Go::CloseOverlay)));
}

#[test]
fn an_emptied_note_and_ctrl_c_remove_it_and_the_text_comes_back() {
    let mut shared = shared(80, 24);
    let mut state = note(&shared, Some("b"));
    assert_eq!(written(&press(&mut state, &mut shared, "Backspace Esc")), [None]);
    let mut state = note(&shared, Some("b"));
    let step = press(&mut state, &mut shared, "! Ctrl-c");
    assert_eq!((written(&step), step.go), (vec![None], Some(Go::CloseOverlay)));
    assert!(format!("{:?}", shared.notes).contains("b!"), "what was typed is still there");
}

#[test]
fn what_is_pasted_is_cleaned_and_bounded() {
    let mut shared = shared(80, 24);
    let mut state = note(&shared, Some(""));
    on_paste(&mut state, &mut shared, "one\r\ntwo\u{1b}[31m\u{202e}\n");
    assert_eq!(state.cleaned(), "one\ntwo[31m");
    on_paste(&mut state, &mut shared, &"ä".repeat(70_000));
    assert!(state.cleaned().len() <= 64 << 10 && state.cleaned().len() > 65_000, "{}", state.cleaned().len());
    let _ = press(&mut state, &mut shared, "ä");
    assert!(state.cleaned().len() <= 64 << 10);
    assert!(shared.status.toast(shared.now).is_some_and(|toast| toast.text.contains("64 KiB")));
}

#[test]
fn keys_typed_before_the_note_came_go_into_it() {
    let mut shared = shared(80, 24);
    let mut state = note(&shared, None);
    assert!(press(&mut state, &mut shared, "A s k Esc").go.is_none(), "it waits");
    assert_eq!(kept(&state, &mut shared), None, "nothing is known, so nothing is overwritten");
    let step = came(&mut state, &mut shared, "Before. ".into());
    assert_eq!((written(&step), step.go), (vec![Some("Before. Ask".into())], Some(Go::CloseOverlay)));
}

#[test]
fn it_lies_at_the_lower_edge_at_any_size() {
    for (columns, rows) in SIZES {
        let shared = shared(columns, rows);
        for shared in [plain(shared.clone()), shared] {
            let mut state = note(&shared, Some("Ask compliance whether LGG routing is affected. 集装箱"));
            on_paste(&mut state, &mut shared.clone(), &"long\n".repeat(40));
            let drawn = picture(&shared, |buffer| {
                let at = draw(&state, &shared, buffer);
                assert!(at.is_none_or(|at| buffer.area.contains(at)), "{columns}x{rows}");
            });
            if (columns, rows) == (80, 24) {
                assert!(
                    text(&drawn).contains("Quay reopens") && text(&drawn).contains("Ctrl-c removes"),
                    "{}",
                    text(&drawn)
                );
            }
        }
    }
}
