//! What keys and mouse do in a picker: letters filter, Enter picks, Space takes several topics, Ctrl-y copies an address.

use ratatui::layout::Position;

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::Shared;
use crate::tui::route::{Choice, Go, Step};
use crate::tui::status::Level;
use crate::tui::widget::chooser::{self, Regions};
use crate::tui::widget::input;
use crate::tui::widget::list_cursor::{ListCursor, motion};

/// Where its parts are.
pub(super) fn regions(state: &State, shared: &Shared) -> Regions {
    chooser::regions(shared.area, state.items.len(), state.has_foot())
}

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    let height = usize::from(regions(state, shared).rows.height);
    if key == Key::new(KeyCode::Char('y'), true, false, false) {
        return copy(state, shared);
    }
    if state.several && key == Key::new(KeyCode::Char(' '), false, false, false) {
        state.take();
        return Step::none();
    }
    match (key.code(), motion(key)) {
        (KeyCode::Esc, _) => Step::go(Go::CloseOverlay),
        (KeyCode::Enter, _) => pick(state),
        (_, Some(motion)) => {
            state.cursor.step(motion, state.shown().len(), height);
            Step::none()
        }
        (_, None) => {
            if input::edit(&mut state.filter, key) {
                state.cursor = ListCursor::default();
            }
            Step::none()
        }
    }
}

fn pick(state: &State) -> Step {
    if !state.taken.is_empty() {
        return Step::go(Go::Chosen(Choice::Several(state.taken.clone())));
    }
    state.selected().map_or_else(Step::none, |item| Step::go(Go::Chosen(item.choice.clone())))
}

fn copy(state: &State, shared: &mut Shared) -> Step {
    let Some(address) = state.selected().and_then(|item| item.address.clone()) else {
        return Step::none();
    };
    shared.say(Level::Good, &format!("copied: {address}"));
    Step { effects: vec![Effect::Copy(address)], go: Some(Go::CloseOverlay) }
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.filter, text);
    state.cursor = ListCursor::default();
}

/// Takes a mouse event: a click on a row picks it, one beside the box closes it.
pub fn on_mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let regions = regions(state, shared);
    let rows = state.shown().len();
    let height = usize::from(regions.rows.height);
    let at = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        MouseKind::Click if !regions.frame.contains(at) => return Step::go(Go::CloseOverlay),
        MouseKind::Click => {
            if let Some(row) = chooser::row_at(&regions, state.cursor, rows, at) {
                state.cursor.selected = row;
                return pick(state);
            }
        }
        MouseKind::WheelDown => state.cursor.step(Motion::Down, rows, height),
        MouseKind::WheelUp => state.cursor.step(Motion::Up, rows, height),
    }
    Step::none()
}
