//! What keys do at the first run.

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::effect::{Effect, Write};
use crate::tui::event::Mouse;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step};

/// Takes a key; none: it is a command.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Option<Step> {
    match key.code() {
        KeyCode::Char(' ') => {
            if let Some(pack) = state.packs.get_mut(state.selected) {
                pack.1 = !pack.1;
            }
        }
        KeyCode::Down => state.selected = (state.selected + 1).min(state.packs.len().saturating_sub(1)),
        KeyCode::Up => state.selected = state.selected.saturating_sub(1),
        KeyCode::Enter => {
            let chosen = state.packs.iter().filter(|p| p.1).flat_map(|p| p.0.feeds.clone()).collect();
            let id = shared.requests.open(Slot::Action);
            return Some(Step { effects: vec![Effect::Write(id, Write::AddFeeds(chosen))], go: Some(Go::Back) });
        }
        _ => return None,
    }
    Some(Step::none())
}

/// Takes a mouse event.
pub fn mouse(_state: &mut State, _shared: &mut Shared, _mouse: Mouse) -> Step {
    Step::none()
}

/// Asks for what is lacking: nothing, the packs are at hand.
pub fn settle(_state: &mut State, _shared: &mut Shared) -> Vec<Effect> {
    Vec::new()
}
