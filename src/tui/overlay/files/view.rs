//! Drawing the chooser of files.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::State;
use crate::text::{cut, width, wrap};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, paint};
use crate::tui::words;

/// Columns of the box where the terminal has them.
const WIDTH: u16 = 84;

/// What the keys do.
const KEYS: &str = "Enter plays  d downloads  x cancels or stops  y copies the link  Esc closes";

/// Where its parts are.
pub(super) struct Regions {
    pub(super) frame: Rect,
    pub(super) rows: Rect,
    foot: Rect,
}

/// The regions of the box on this screen.
pub(super) fn regions(state: &State, shared: &Shared) -> Regions {
    let room = WIDTH.min(shared.area.width).saturating_sub(4);
    let foot = u16::try_from(wrap(KEYS, usize::from(room).max(1)).len()).unwrap_or(1);
    let rows = u16::try_from(state.len().max(1)).unwrap_or(u16::MAX);
    let height = rows.saturating_add(foot).saturating_add(4);
    let frame = layout::centred(shared.area, WIDTH, height.min(shared.area.height.saturating_sub(2)));
    let inner = layout::inside(frame);
    let inner = Rect { x: inner.x + inner.width.min(1), width: inner.width.saturating_sub(2), ..inner };
    // An address, an empty line and the keys below the rows, as far as there is room.
    let below = (foot + 2).min(inner.height.saturating_sub(1));
    let rows = Rect { height: inner.height.saturating_sub(below), ..inner };
    let foot = Rect { y: rows.bottom(), height: below, ..inner };
    Regions { frame, rows, foot }
}

/// Draws it; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let Regions { frame, rows, foot } = regions(state, shared);
    frame::framed(buffer, frame, "Files", &shared.settings);
    if rows.is_empty() {
        return None;
    }
    let Some(files) = &state.files else {
        let words = format!("looking for its files {}", glyphs.ellipsis);
        paint::text(buffer, layout::line(rows, 0), &words, theme.style(Role::Dim));
        return Some(Position { x: rows.x, y: rows.y });
    };
    let height = usize::from(rows.height);
    let cursor = state.cursor.settled(files.len(), height);
    for (n, file) in files.iter().enumerate().skip(cursor.offset).take(height) {
        let place = layout::line(rows, n - cursor.offset);
        let selected = n == cursor.selected;
        let mut known = words::file_facts(file);
        known.extend(shared.downloaded.contains_key(&file.url).then(|| "downloaded".to_owned()));
        let facts = match (shared.downloads.get(&file.url), shared.parts.get(&file.url)) {
            (Some(coming), _) => words::progress(coming),
            (None, Some(part)) => format!("{} is here", words::progress(part)),
            (None, None) => known.join(&format!(" {} ", glyphs.dot)),
        };
        let role = if shared.downloads.contains_key(&file.url) { Role::Accent } else { Role::Dim };
        let room = usize::from(place.width);
        // The name goes first: what is known of it gives way.
        let facts = if width(&facts) + 2 > room / 2 + 8 { String::new() } else { facts };
        let label = cut(&words::file_label(file), room.saturating_sub(width(&facts) + 4), glyphs.ellipsis);
        let pointer = if selected { glyphs.pointer } else { " " };
        paint::text(buffer, place, &format!("{pointer} {label}"), theme.style(Role::Text));
        paint::right(buffer, place, &[(theme.style(role), facts)]);
        if selected {
            buffer.set_style(place, theme.style(Role::Selected).remove_modifier(Modifier::DIM));
        }
    }
    if let Some(file) = files.get(cursor.selected)
        && foot.height > 1
    {
        let address = cut(&file.url, usize::from(foot.width), glyphs.ellipsis);
        paint::text(buffer, layout::line(foot, 0), &address, theme.style(Role::Dim));
    }
    let keys = wrap(KEYS, usize::from(foot.width).max(1));
    let first = usize::from(foot.height).saturating_sub(keys.len()).max(usize::from(foot.height > 1));
    for (n, line) in keys.iter().enumerate() {
        paint::text(buffer, layout::line(foot, first + n), line, theme.style(Role::Key));
    }
    let row = u16::try_from(cursor.selected.saturating_sub(cursor.offset)).unwrap_or(0);
    Some(Position { x: rows.x, y: rows.y.saturating_add(row).min(rows.bottom().saturating_sub(1)) })
}
