//! Drawing the search.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::browse::view;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::input;

/// Draws the search; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let panes = state.browse.panes(shared);
    let typed = input::draw(buffer, panes.bar, &state.input, shared.settings.theme.style(Role::Text));
    let cursor = view::draw(&state.browse, shared, &panes, buffer);
    if state.typing { Some(typed) } else { cursor }
}
