//! What keys do in a prompt, and what it does with the answer.

use super::State;
use crate::command::{Key, KeyCode};
use crate::engine::FeedEdit;
use crate::text::clean_line;
use crate::tui::effect::{Effect, Write};
use crate::tui::model::Shared;
use crate::tui::request::{RequestId, Slot};
use crate::tui::route::{Go, PromptKind, Step};
use crate::tui::widget::input;
use crate::tui::words;

/// Takes a key. Esc closes the prompt even while it waits: what is under way goes on, and a message tells how it ended.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    match key.code() {
        KeyCode::Esc => return Step::go(Go::CloseOverlay),
        _ if state.waiting.is_some() => {}
        KeyCode::Enter => return submit(state, shared),
        _ => {
            if input::edit(&mut state.input, key) {
                state.error = None;
            }
        }
    }
    Step::none()
}

fn submit(state: &mut State, shared: &mut Shared) -> Step {
    let text = clean_line(state.input.value());
    if text.is_empty() {
        state.error = Some(missing(&state.kind).to_owned());
        return Step::none();
    }
    if shared.read_only {
        state.error = Some(words::READ_ONLY.to_owned());
        return Step::none();
    }
    let write = match &state.kind {
        PromptKind::AddFeed => Write::AddFeed { address: text, name: None },
        PromptKind::RenameFeed(_, name) if *name == text => return Step::go(Go::CloseOverlay),
        PromptKind::RenameFeed(id, _) => Write::EditFeed(FeedEdit::Rename(*id, text)),
        PromptKind::MoveFeed(id, ..) => Write::EditFeed(FeedEdit::Move(*id, text)),
        PromptKind::ImportOpml => Write::ImportOpml(text.into()),
    };
    let id = shared.requests.open(Slot::Action);
    state.waiting = Some(id);
    state.error = None;
    Step::effect(Effect::Write(id, write))
}

fn missing(kind: &PromptKind) -> &'static str {
    match kind {
        PromptKind::AddFeed => "type an address first, such as example.com",
        PromptKind::RenameFeed(..) => "a feed needs a name",
        PromptKind::MoveFeed(..) => "a feed needs an address",
        PromptKind::ImportOpml => "type the path of the file first",
    }
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    if state.waiting.is_none() {
        state.error = None;
        input::paste(&mut state.input, text);
    }
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
