//! What keys do in the help: they type the filter, scroll, or close it.

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};
use crate::tui::widget::input;

/// Takes a key.
pub fn on_key(state: &mut State, _shared: &mut Shared, key: Key) -> Step {
    if key.code() == KeyCode::Esc {
        return Step::go(Go::CloseOverlay);
    }
    if key.code() == KeyCode::Down {
        state.scroll = state.scroll.saturating_add(1);
    } else if key.code() == KeyCode::Up {
        state.scroll = state.scroll.saturating_sub(1);
    } else {
        input::edit(&mut state.filter, key);
    }
    Step::none()
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.filter, text);
}

/// Takes a mouse event.
pub fn on_mouse(state: &mut State, _shared: &mut Shared, mouse: Mouse) -> Step {
    match mouse.kind {
        MouseKind::WheelDown => state.scroll = state.scroll.saturating_add(1),
        MouseKind::WheelUp => state.scroll = state.scroll.saturating_sub(1),
        MouseKind::Click => {}
    }
    Step::none()
}
