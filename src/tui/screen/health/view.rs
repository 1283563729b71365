//! Drawing the health screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint;

/// Draws the health screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let page = layout::page(shared.area);
    for (n, feed) in state.feeds.iter().flatten().enumerate() {
        let style = shared.settings.theme.style(Role::Text);
        paint::text(buffer, layout::line(page.body, n), &format!(" {}  {}", feed.status.feed.name, feed.why), style);
    }
    None
}
