//! Drawing the first run.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint;

/// Draws the first run; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let page = layout::page(shared.area);
    for (n, (pack, chosen)) in state.packs.iter().enumerate() {
        let text = format!(" [{}] {}", if *chosen { "x" } else { " " }, pack.name);
        let role = if n == state.selected { Role::Selected } else { Role::Text };
        paint::text(buffer, layout::line(page.body, n), &text, shared.settings.theme.style(role));
    }
    None
}
