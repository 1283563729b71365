//! A box for an overlay: cleared, framed, with a title.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::paint;
use crate::tui::layout;
use crate::tui::settings::Settings;
use crate::tui::theme::Role;

/// Draws a box over what is there and gives what is inside it.
pub fn framed(buffer: &mut Buffer, area: Rect, title: &str, settings: &Settings) -> Rect {
    let area = area.intersection(buffer.area);
    if area.width < 2 || area.height < 2 {
        return Rect { width: 0, height: 0, ..area };
    }
    Clear.render(area, buffer);
    let rule = settings.theme.style(Role::Rule);
    let corners = if settings.glyphs.ascii { ["+", "+", "+", "+"] } else { ["┌", "┐", "└", "┘"] };
    let across = settings.glyphs.horizontal.repeat(usize::from(area.width - 2));
    let (top, bottom) = (layout::line(area, 0), layout::line(area, usize::from(area.height - 1)));
    paint::runs(buffer, top, [(rule, corners[0]), (rule, across.as_str()), (rule, corners[1])]);
    paint::runs(buffer, bottom, [(rule, corners[2]), (rule, across.as_str()), (rule, corners[3])]);
    let sides = Rect { y: area.y + 1, height: area.height - 2, width: 1, ..area };
    paint::vertical(buffer, sides, settings.glyphs.vertical, rule);
    paint::vertical(buffer, Rect { x: area.right() - 1, ..sides }, settings.glyphs.vertical, rule);
    let place = Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..top };
    if !title.is_empty() {
        paint::text(buffer, place, &format!(" {title} "), settings.theme.style(Role::Heading));
    }
    layout::inside(area)
}
