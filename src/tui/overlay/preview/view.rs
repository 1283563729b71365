//! Drawing the preview of a lesson.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use crate::engine::Preview;
use crate::text::{cut, humanize, wrap};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, paint};
use crate::tui::words;

/// Columns of the box where the terminal has them.
const WIDTH: u16 = 84;

/// Titles that are told at most.
const EXAMPLES: usize = 10;

/// Draws the preview; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let glyphs = &shared.settings.glyphs;
    let room = usize::from(WIDTH.min(shared.area.width).saturating_sub(4)).max(1);
    let mut lines: Vec<(Role, String)> = Vec::new();
    let mut say = |role: Role, text: &str| lines.extend(wrap(text, room).into_iter().map(|line| (role, line)));
    match &state.preview {
        Some(preview) => {
            say(Role::Code, &preview.rule);
            say(Role::Text, "");
            say(Role::Text, &effect(preview));
            for title in preview.examples.iter().take(EXAMPLES) {
                say(Role::Dim, &cut(&format!("{} {title}", glyphs.dot), room, glyphs.ellipsis));
            }
            let more = preview.changed.saturating_sub(preview.examples.len().min(EXAMPLES) as u64);
            if more > 0 {
                say(Role::Dim, &format!("{} {} more", glyphs.ellipsis, humanize::count(more)));
            }
        }
        None if state.error.is_none() => say(Role::Dim, "Looking through the library for what it would change"),
        None => {}
    }
    if let Some(error) = &state.error {
        say(Role::Error, &format!("{} {error}", glyphs.warning));
    }
    let foot = match (&state.preview, state.waiting) {
        (Some(_), None) => "Enter writes it to config.toml, where it can be edited; Esc leaves it",
        (Some(_), Some(_)) => "Writing it",
        (None, _) => "Esc leaves it",
    };
    let foot = wrap(foot, room);
    let rows = lines.len() + foot.len() + 3;
    let height = u16::try_from(rows).unwrap_or(u16::MAX);
    let area = layout::centred(shared.area, WIDTH, height);
    let inner = frame::framed(buffer, area, "Teach", &shared.settings);
    // What to do stays in sight however little room there is.
    let for_lines = usize::from(inner.height).saturating_sub(foot.len() + 1);
    let inside =
        ratatui::layout::Rect { x: inner.x + inner.width.min(1), width: inner.width.saturating_sub(2), ..inner };
    let style = |role| shared.settings.theme.style(role);
    for (n, (role, line)) in lines.iter().take(for_lines).enumerate() {
        paint::text(buffer, layout::line(inside, n), line, style(*role));
    }
    let at = usize::from(inner.height).saturating_sub(foot.len());
    for (n, line) in foot.iter().enumerate() {
        paint::text(buffer, layout::line(inside, at + n), line, style(Role::Key));
    }
    Some(Position { x: inside.x, y: inside.y })
}

fn effect(preview: &Preview) -> String {
    if preview.changed == 0 {
        return format!("would change none of {}", words::articles(preview.of));
    }
    format!("would change {} of {}:", humanize::count(preview.changed), words::articles(preview.of))
}
