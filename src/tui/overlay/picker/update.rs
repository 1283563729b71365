//! What keys do in a picker.

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::event::Mouse;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};
use crate::tui::widget::input;

/// Takes a key.
pub fn on_key(state: &mut State, _shared: &mut Shared, key: Key) -> Step {
    match key.code() {
        KeyCode::Esc => return Step::go(Go::CloseOverlay),
        KeyCode::Enter => {
            let chosen = state.shown().get(state.selected).map(|i| i.choice.clone());
            return chosen.map_or_else(Step::none, |choice| Step::go(Go::Chosen(choice)));
        }
        KeyCode::Down => state.selected = (state.selected + 1).min(state.shown().len().saturating_sub(1)),
        KeyCode::Up => state.selected = state.selected.saturating_sub(1),
        _ => {
            input::edit(&mut state.filter, key);
            state.selected = 0;
        }
    }
    Step::none()
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.filter, text);
    state.selected = 0;
}

/// Takes a mouse event.
pub fn on_mouse(_state: &mut State, _shared: &mut Shared, _mouse: Mouse) -> Step {
    Step::none()
}
