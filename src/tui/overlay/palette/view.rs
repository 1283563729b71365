//! Drawing the palette.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, input, paint};

/// Draws the palette; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let theme = &shared.settings.theme;
    let area = layout::centred(shared.area, 70, 16);
    let inner = frame::framed(buffer, area, "commands", &shared.settings);
    let cursor = input::draw(buffer, layout::line(inner, 0), &state.filter, theme.style(Role::Text));
    let height = usize::from(inner.height).saturating_sub(1);
    let offset = (state.selected + 1).saturating_sub(height);
    for (n, command) in state.shown().iter().enumerate().skip(offset).take(height) {
        let place = layout::line(inner, n - offset + 1);
        let role = if n == state.selected { Role::Selected } else { Role::Text };
        paint::text(buffer, place, &format!(" {} ", command.help), theme.style(role));
        paint::right(buffer, place, &[(theme.style(Role::Key), format!(" {} ", shared.key(command.id)))]);
    }
    Some(cursor)
}
