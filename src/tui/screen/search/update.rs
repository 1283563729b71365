//! What keys and answers do in the search.

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::effect::Effect;
use crate::tui::event::{Answer, Mouse};
use crate::tui::intent::ListIntent;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};
use crate::tui::widget::input;

/// The search is shown.
pub fn open(state: &mut State, _shared: &mut Shared) -> Vec<Effect> {
    state.typing = true;
    Vec::new()
}

/// Takes a key while something is typed; none: it is a command.
pub fn on_key(state: &mut State, _shared: &mut Shared, key: Key) -> Option<Step> {
    if !state.typing {
        return None;
    }
    match key.code() {
        KeyCode::Esc => return Some(Step::go(Go::Back)),
        KeyCode::Enter => state.typing = false,
        _ if !input::edit(&mut state.input, key) => return None,
        _ => {}
    }
    Some(Step::none())
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, _shared: &mut Shared, text: &str) -> Step {
    if state.typing {
        input::paste(&mut state.input, text);
    }
    Step::none()
}

/// Carries out what a key of the list means among the hits.
pub fn list_intent(state: &mut State, shared: &mut Shared, intent: ListIntent) -> Step {
    let browse = &mut state.browse;
    match intent {
        ListIntent::Move(motion) => browse.move_by(shared, motion).into(),
        ListIntent::Open => browse.open(shared).into(),
        ListIntent::ReadNext => browse.read_next(shared).into(),
        ListIntent::Unread(direction) => browse.go_hit(shared, direction, false).into(),
        ListIntent::MarkAllRead => browse.mark_all_read(shared).into(),
        ListIntent::ToggleShown => browse.toggle_shown(shared).into(),
        ListIntent::Order => browse.next_order(shared).into(),
        ListIntent::ShowNew => browse.show_new(shared).into(),
        ListIntent::Focus => {
            browse.toggle_focus(shared);
            Step::none()
        }
        ListIntent::Back => Step::go(Go::Back),
        ListIntent::All | ListIntent::Topic(_) | ListIntent::Topics | ListIntent::Feeds | ListIntent::Saved => {
            Step::none()
        }
    }
}

/// Completions came.
pub fn completed(_state: &mut State, _shared: &mut Shared, _answer: Answer) -> Vec<Effect> {
    Vec::new()
}

/// Takes a mouse event.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    state.browse.mouse(shared, mouse).into()
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    state.browse.settle(shared)
}
