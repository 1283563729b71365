//! Drawing the log screen: what was said, the newest first, long messages in full.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::command::CommandId;
use crate::text::{width, wrap};
use crate::tui::model::Shared;
use crate::tui::status::Level;
use crate::tui::theme::Role;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{paint, status_line};
use crate::tui::{layout, times};

/// The keys that matter here.
const KEYS: [CommandId; 3] = [CommandId::ListDown, CommandId::ListBack, CommandId::AppHelp];

/// Columns of the time: an ISO date, or the time of today.
const TIME: usize = 10;

/// Lines in sight.
pub(super) fn height(shared: &Shared) -> usize {
    usize::from(layout::page(shared.area).body.height)
}

/// All lines of the log, the newest first.
pub(super) fn rows(shared: &Shared) -> Vec<Vec<Run>> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let signs = [glyphs.good, glyphs.dot, glyphs.warning];
    let widest = signs.iter().map(|s| width(s)).max().unwrap_or(1);
    let room = usize::from(shared.area.width).saturating_sub(TIME + widest + 5).max(8);
    let mut rows = Vec::new();
    for message in shared.status.log().iter().rev() {
        let (role, sign) = match message.level {
            Level::Good => (Role::Good, glyphs.good),
            Level::Note => (Role::Dim, glyphs.dot),
            Level::Error => (Role::Error, glyphs.warning),
        };
        let time = times::short_date(message.at, shared.now, &shared.zone);
        for (n, line) in wrap(&message.text, room).into_iter().enumerate() {
            let (time, sign) = if n == 0 { (time.as_str(), sign) } else { ("", "") };
            let gap = " ".repeat(widest.saturating_sub(width(sign)));
            rows.push(vec![
                (theme.style(Role::Dim), format!(" {time:>TIME$}  ")),
                (theme.style(role), format!("{sign}{gap} ")),
                (theme.style(Role::Text), line),
            ]);
        }
    }
    rows
}

/// Draws the log screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    let about = format!(" {} newest first", glyphs.dot);
    paint::runs(buffer, page.bar, [(theme.style(Role::Heading), " Messages"), (theme.style(Role::Dim), &about)]);
    let rows = rows(shared);
    if rows.is_empty() {
        let text = "   Nothing was said yet.";
        paint::text(buffer, layout::line(page.body, 0), text, theme.style(Role::Dim));
    }
    let scroll = state.scroll.min(rows.len().saturating_sub(height(shared)));
    for (n, row) in rows.iter().skip(scroll).take(height(shared)).enumerate() {
        paint::line(buffer, layout::line(page.body, n), row);
    }
    status_line::draw(buffer, page.message, page.footer, shared, &[], &KEYS);
    (!page.body.is_empty()).then_some(Position { x: page.body.x, y: page.body.y })
}
