//! Drawing the help.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::widgets::{Clear, Widget};

use super::State;
use crate::command::COMMANDS;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{input, paint};

/// Draws the help over the whole screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    Clear.render(shared.area, buffer);
    let page = layout::page(shared.area);
    let theme = &shared.settings.theme;
    let label = " Keys · type to filter: ";
    let x = paint::text(buffer, page.bar, label, theme.style(Role::Heading));
    let field = ratatui::layout::Rect { x, width: page.bar.right().saturating_sub(x), ..page.bar };
    let cursor = input::draw(buffer, field, &state.filter, theme.style(Role::Text));
    let wanted = state.filter.value().to_lowercase();
    let shown = COMMANDS.iter().filter(|c| c.help.to_lowercase().contains(&wanted) || c.name.contains(&wanted));
    for (n, command) in shown.skip(state.scroll).take(usize::from(page.body.height)).enumerate() {
        let keys: Vec<_> = shared.settings.keymap.keys_of(command.id).iter().map(ToString::to_string).collect();
        let runs = [
            (theme.style(Role::Key), format!(" {:<18}", keys.join(" "))),
            (theme.style(Role::Text), command.help.to_owned()),
        ];
        paint::line(buffer, layout::line(page.body, n), &runs);
    }
    Some(cursor)
}
