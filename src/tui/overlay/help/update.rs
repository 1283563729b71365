//! What keys do in the help: letters filter, arrows and pages scroll, Esc clears the filter, then closes.

use tui_input::Input;

use super::State;
use super::view::{furthest, height};
use crate::command::{CommandId, Key, KeyCode};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};
use crate::tui::widget::input;
use crate::tui::widget::list_cursor::motion;

/// Lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Takes a key. The key that opened the help closes it too, as long as nothing is typed.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    let nothing_typed = state.filter.value().is_empty();
    let again = shared.settings.keymap.keys_of(CommandId::AppHelp).contains(&key);
    if nothing_typed && (again || key.code() == KeyCode::Esc) {
        return Step::go(Go::CloseOverlay);
    }
    let page = height(shared).saturating_sub(1).max(1);
    match (key.code(), motion(key)) {
        (KeyCode::Esc, _) => {
            state.filter = Input::default();
            state.scroll = 0;
        }
        (_, Some(Motion::Down)) => scroll(state, shared, true, 1),
        (_, Some(Motion::Up)) => scroll(state, shared, false, 1),
        (_, Some(Motion::PageDown)) => scroll(state, shared, true, page),
        (_, Some(Motion::PageUp)) => scroll(state, shared, false, page),
        (_, Some(Motion::HalfDown | Motion::HalfUp | Motion::Top | Motion::Bottom) | None) => {
            if input::edit(&mut state.filter, key) {
                state.scroll = 0;
            }
        }
    }
    Step::none()
}

fn scroll(state: &mut State, shared: &Shared, down: bool, by: usize) {
    let to = if down { state.scroll.saturating_add(by) } else { state.scroll.saturating_sub(by) };
    state.scroll = to.min(furthest(state, shared));
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.filter, text);
    state.scroll = 0;
}

/// Takes a mouse event.
pub fn on_mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    match mouse.kind {
        MouseKind::WheelDown => scroll(state, shared, true, NOTCH),
        MouseKind::WheelUp => scroll(state, shared, false, NOTCH),
        MouseKind::Click => {}
    }
    Step::none()
}
