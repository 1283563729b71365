//! Drawing the page of an entity.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::State;
use super::lines::lines;
use crate::command::CommandId;
use crate::text::{cut, width};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::theme::Role;
use crate::tui::widget::{outline, paint, status_line};

/// The keys that matter here, the most important first; help stays last.
const KEYS: [CommandId; 4] = [CommandId::PageOpen, CommandId::PageNext, CommandId::PageBack, CommandId::AppHelp];

/// Draws the page; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    status_line::draw(buffer, page.message, page.footer, shared, &[], &KEYS);
    let Some(shown) = &state.page else {
        paint::text(buffer, page.bar, " Who is it", theme.style(Role::Heading));
        nothing(state, shared, page.body, buffer);
        return None;
    };
    let dot = format!(" {} ", glyphs.dot);
    let entry = &shown.entry;
    let mut told = vec![entry.entity.kind.words().to_owned()];
    told.extend(entry.code.clone());
    told.push(entry.entity.id.clone());
    let told = format!("{} ", told.join(&dot));
    let told =
        if width(&told) * 2 < usize::from(page.bar.width) { told } else { format!("{} ", entry.entity.kind.words()) };
    let taken = paint::right(buffer, page.bar, &[(theme.style(Role::Dim), told)]);
    let room = usize::from(page.bar.width.saturating_sub(taken + 2));
    let name = cut(&format!("{}{}", glyphs.name, entry.entity.name), room, glyphs.ellipsis);
    paint::text(buffer, page.bar, &format!(" {name}"), theme.style(Role::Heading));
    outline::draw(buffer, shared, page.body, &lines(state, shared, page.body), state.selected)
}

fn nothing(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    if !state.missing && (shared.requests.is_open(Slot::EntityPage) || !state.asked) {
        return;
    }
    let heading = if state.missing { "Nobody of that name is known." } else { "The page could not be read." };
    let inner = Rect { x: area.x + area.width.min(6), width: area.width.saturating_sub(8), ..area };
    let style = |role| shared.settings.theme.style(role);
    paint::text(buffer, layout::line(inner, 1), heading, style(Role::Heading));
    let back = format!("{} goes back", shared.key(CommandId::PageBack));
    paint::text(buffer, layout::line(inner, 2), &back, style(Role::Text));
}
