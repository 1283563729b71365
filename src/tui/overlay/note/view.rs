//! Drawing a note: a few lines at the lower edge, the article above it in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

use super::State;
use crate::text::{cut, width};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, paint};

/// Lines to write in, where the terminal has them.
const LINES: u16 = 5;

/// The keys, the most important first.
const KEYS: [(&str, &str); 4] =
    [("Ctrl-s", "keeps"), ("Esc", "keeps"), ("Ctrl-e", "opens the editor"), ("Ctrl-c", "removes")];

/// Draws it; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let body = layout::page(shared.area).body;
    let written = u16::try_from(state.text.lines().len()).unwrap_or(u16::MAX);
    let lines = LINES.max(written.saturating_add(1)).min(body.height / 2).max(2);
    let height = lines.saturating_add(3).min(body.height);
    let area = Rect { y: body.bottom().saturating_sub(height), height, ..body };
    let room = usize::from(area.width).saturating_sub(12);
    let title = format!("Note {} {}", glyphs.dot, cut(&state.title, room, glyphs.ellipsis));
    let inner = frame::framed(buffer, area, &title, &shared.settings);
    if inner.height < 2 || inner.width < 4 {
        return None;
    }
    let inner = Rect { x: inner.x + 1, width: inner.width - 2, ..inner };
    keys(shared, layout::line(inner, usize::from(inner.height - 1)), buffer);
    let text = Rect { height: inner.height - 1, ..inner };
    if state.before.is_none() {
        let words = format!("reading the note {}", glyphs.ellipsis);
        paint::text(buffer, layout::line(text, 0), &words, theme.style(Role::Dim));
        return Some(Position { x: text.x, y: text.y });
    }
    (&state.text).render(text, buffer);
    let (top, left) = state.text.scroll_offset();
    let cursor = state.text.screen_cursor();
    let place = |at: usize, scrolled: u16, room: u16| {
        u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(scrolled).min(room.saturating_sub(1))
    };
    Some(Position { x: text.x + place(cursor.col, left, text.width), y: text.y + place(cursor.row, top, text.height) })
}

/// The keys that there is room for; what removes and what keeps before what is seldom needed.
fn keys(shared: &Shared, line: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let mut shown: Vec<&(&str, &str)> = KEYS.iter().collect();
    let wide = |shown: &[&(&str, &str)]| shown.iter().map(|(key, does)| width(key) + width(does) + 3).sum::<usize>();
    for dropped in ["Ctrl-e", "Esc", "Ctrl-c"] {
        if wide(&shown) > usize::from(line.width) + 2 {
            shown.retain(|(key, _)| *key != dropped);
        }
    }
    let mut runs = Vec::new();
    for (n, (key, does)) in shown.iter().enumerate() {
        let gap = if n == 0 { "" } else { "  " };
        runs.push((theme.style(Role::Key), format!("{gap}{key}")));
        runs.push((theme.style(Role::Dim), format!(" {does}")));
    }
    paint::line(buffer, line, &runs);
}
