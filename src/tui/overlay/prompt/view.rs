//! Drawing a prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::route::PromptKind;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, input, paint};

/// Draws a prompt; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let theme = &shared.settings.theme;
    let title = match &state.kind {
        PromptKind::AddFeed => "address of a feed or a site",
        PromptKind::RenameFeed(..) => "new name",
        PromptKind::ImportOpml => "path of an OPML file",
    };
    let inner = frame::framed(buffer, layout::centred(shared.area, 70, 4), title, &shared.settings);
    let cursor = input::draw(buffer, layout::line(inner, 0), &state.input, theme.style(Role::Text));
    match (&state.error, state.waiting) {
        (Some(error), _) => paint::text(buffer, layout::line(inner, 1), error, theme.style(Role::Error)),
        (None, Some(_)) => paint::text(buffer, layout::line(inner, 1), "asking …", theme.style(Role::Dim)),
        (None, None) => 0,
    };
    Some(cursor)
}
