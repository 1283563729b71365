//! What keys do in a prompt, and what it does with the answer.

use super::State;
use crate::command::{Key, KeyCode};
use crate::engine::FeedEdit;
use crate::tui::effect::{Effect, Write};
use crate::tui::model::Shared;
use crate::tui::request::{RequestId, Slot};
use crate::tui::route::{Go, PromptKind, Step};
use crate::tui::widget::input;

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    match key.code() {
        KeyCode::Esc => Step::go(Go::CloseOverlay),
        KeyCode::Enter => submit(state, shared),
        _ => {
            input::edit(&mut state.input, key);
            Step::none()
        }
    }
}

fn submit(state: &mut State, shared: &mut Shared) -> Step {
    let text = state.input.value().trim().to_owned();
    if text.is_empty() || state.waiting.is_some() {
        return Step::none();
    }
    let write = match &state.kind {
        PromptKind::AddFeed => Write::AddFeed { address: text, name: None },
        PromptKind::RenameFeed(id, _) => Write::EditFeed(FeedEdit::Rename(*id, text)),
        PromptKind::ImportOpml => Write::ImportOpml(text.into()),
    };
    let id = shared.requests.open(Slot::Action);
    state.waiting = Some(id);
    state.error = None;
    Step::effect(Effect::Write(id, write))
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.input, text);
}

/// Whether it waits for this answer.
#[must_use]
pub fn is_waiting(state: &State, id: RequestId) -> bool {
    state.waiting == Some(id)
}

/// It did not work.
pub fn failed(state: &mut State, error: &str) {
    state.waiting = None;
    state.error = Some(error.to_owned());
}
