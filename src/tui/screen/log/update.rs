//! What keys do on the log screen.

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::effect::Effect;
use crate::tui::event::Mouse;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};

/// Takes a key; none: it is a command.
pub fn on_key(state: &mut State, _shared: &mut Shared, key: Key) -> Option<Step> {
    match key.code() {
        KeyCode::Esc | KeyCode::Char('q') => Some(Step::go(Go::Back)),
        KeyCode::Down => {
            state.scroll = state.scroll.saturating_add(1);
            Some(Step::none())
        }
        KeyCode::Up => {
            state.scroll = state.scroll.saturating_sub(1);
            Some(Step::none())
        }
        _ => None,
    }
}

/// Takes a mouse event.
pub fn mouse(_state: &mut State, _shared: &mut Shared, _mouse: Mouse) -> Step {
    Step::none()
}

/// Asks for what is lacking: nothing, the messages are at hand.
pub fn settle(_state: &mut State, _shared: &mut Shared) -> Vec<Effect> {
    Vec::new()
}
