//! Drawing the page of reasons.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::State;
use super::lines::lines;
use crate::command::CommandId;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::theme::Role;
use crate::tui::widget::{outline, paint, status_line};
use crate::tui::words;

/// The keys that matter here, the most important first; help stays last.
const KEYS: [CommandId; 6] = [
    CommandId::WhyNever,
    CommandId::WhyWrong,
    CommandId::WhyAlways,
    CommandId::WhyNotEntity,
    CommandId::PageBack,
    CommandId::AppHelp,
];

/// Draws the page; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    paint::text(buffer, page.bar, " Why is this here", theme.style(Role::Heading));
    status_line::draw(buffer, page.message, page.footer, shared, &[], &KEYS);
    if state.why.is_none() {
        nothing(state, shared, page.body, buffer);
        return None;
    }
    outline::draw(buffer, shared, page.body, &lines(state, shared, page.body), state.selected)
}

fn nothing(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    if !state.gone && (shared.requests.is_open(Slot::Why) || !state.asked) {
        return;
    }
    let heading = if state.gone { words::ARTICLE_GONE } else { "The reasons could not be read." };
    let inner = Rect { x: area.x + area.width.min(6), width: area.width.saturating_sub(8), ..area };
    let style = |role| shared.settings.theme.style(role);
    paint::text(buffer, layout::line(inner, 1), heading, style(Role::Heading));
    let back = format!("{} goes back", shared.key(CommandId::PageBack));
    paint::text(buffer, layout::line(inner, 2), &back, style(Role::Text));
}
