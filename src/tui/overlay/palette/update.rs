//! What keys and mouse do in the palette: letters filter, Enter runs the command as its key would.

use ratatui::layout::Position;

use super::State;
use crate::command::{Key, KeyCode};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};
use crate::tui::widget::chooser::{self, Regions};
use crate::tui::widget::input;
use crate::tui::widget::list_cursor::{ListCursor, motion};

/// Rows that the palette shows at most.
const ROWS: usize = 16;

/// Where its parts are.
pub(super) fn regions(shared: &Shared) -> Regions {
    chooser::regions(shared.area, ROWS, false)
}

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    let height = usize::from(regions(shared).rows.height);
    match (key.code(), motion(key)) {
        (KeyCode::Esc, _) => Step::go(Go::CloseOverlay),
        (KeyCode::Enter, _) => run(state),
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

fn run(state: &State) -> Step {
    state.selected().map_or_else(Step::none, |command| Step::go(Go::Run(command)))
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, text: &str) {
    input::paste(&mut state.filter, text);
    state.cursor = ListCursor::default();
}

/// Takes a mouse event: a click on a row runs it, one beside the box closes it.
pub fn on_mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let regions = regions(shared);
    let rows = state.shown().len();
    let height = usize::from(regions.rows.height);
    let at = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        MouseKind::Click if !regions.frame.contains(at) => return Step::go(Go::CloseOverlay),
        MouseKind::Click => {
            if let Some(row) = chooser::row_at(&regions, state.cursor, rows, at) {
                state.cursor.selected = row;
                return run(state);
            }
        }
        MouseKind::WheelDown => state.cursor.step(Motion::Down, rows, height),
        MouseKind::WheelUp => state.cursor.step(Motion::Up, rows, height),
    }
    Step::none()
}
