//! Drawing the log screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint;
use crate::tui::{layout, times};

/// Draws the log screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let page = layout::page(shared.area);
    let shown = shared.status.log().iter().rev().skip(state.scroll).take(usize::from(page.body.height));
    for (n, message) in shown.enumerate() {
        let text = format!(" {}  {}", times::clock_time(message.at, &shared.zone), message.text);
        paint::text(buffer, layout::line(page.body, n), &text, shared.settings.theme.style(Role::Text));
    }
    None
}
