//! What keys and answers do: Enter writes the rule, Esc leaves it.

use super::State;
use crate::command::{Key, KeyCode};
use crate::engine::Preview;
use crate::tui::effect::{Effect, Write};
use crate::tui::model::Shared;
use crate::tui::request::{RequestId, Slot};
use crate::tui::route::{Go, Step};
use crate::tui::words;

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    match key.code() {
        KeyCode::Esc | KeyCode::Char('q') => {
            shared.requests.forget(Slot::Preview);
            Step::go(Go::CloseOverlay)
        }
        // What would change is seen before it is written.
        KeyCode::Enter if state.preview.is_some() && state.waiting.is_none() => {
            if shared.read_only {
                state.error = Some(words::READ_ONLY.to_owned());
                return Step::none();
            }
            let id = shared.requests.open(Slot::Action);
            state.waiting = Some(id);
            state.error = None;
            Step::effect(Effect::Write(id, Write::Teach(state.lesson.clone())))
        }
        _ => Step::none(),
    }
}

/// What it would change has been counted.
pub fn came(state: &mut State, preview: Preview) {
    state.preview = Some(preview);
}

/// Whether it waits for this request.
#[must_use]
pub fn is_waiting(state: &State, id: RequestId) -> bool {
    state.waiting == Some(id)
}

/// It did not work.
pub fn failed(state: &mut State, error: &str) {
    state.waiting = None;
    state.error = Some(error.to_owned());
}
