//! Drawing the help: groups one below the other, in two columns where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::State;
use super::content::{Row, groups};
use crate::text::{cut, pad, width};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{input, paint};

/// From this many columns on there are two columns of rows.
const TWO_COLUMNS: u16 = 110;

/// The widest column of keys.
const KEYS: usize = 20;

/// One line of the help.
#[derive(Debug, Clone)]
enum Line {
    Blank,
    Heading(&'static str, &'static str),
    Row(Row),
}

/// Lines of the body that are in sight.
pub(super) fn height(shared: &Shared) -> usize {
    usize::from(layout::page(shared.area).body.height)
}

/// How far the help can be scrolled.
pub(super) fn furthest(state: &State, shared: &Shared) -> usize {
    let lines = columns(state, shared).iter().map(Vec::len).max().unwrap_or(0);
    lines.saturating_sub(height(shared))
}

/// The lines of each column.
fn columns(state: &State, shared: &Shared) -> Vec<Vec<Line>> {
    let groups = groups(&shared.settings.keymap, state.chain, state.filter.value());
    let wide = shared.area.width >= TWO_COLUMNS;
    // The first column ends with the group that reaches the middle.
    let lines: usize = groups.iter().map(|g| g.rows.len() + 2).sum();
    let mut columns = vec![Vec::new()];
    let mut so_far = 0;
    for group in groups {
        let (title, table, rows) = (group.title, group.table, group.rows);
        if wide && columns.len() == 1 && so_far > 0 && 2 * so_far + rows.len() + 2 >= lines {
            columns.push(Vec::new());
        }
        so_far += rows.len() + 2;
        if let Some(column) = columns.last_mut() {
            if !column.is_empty() {
                column.push(Line::Blank);
            }
            column.push(Line::Heading(title, table));
            column.extend(rows.into_iter().map(Line::Row));
        }
    }
    columns
}

/// Draws the help over the whole screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    Clear.render(shared.area.intersection(buffer.area), buffer);
    let page = layout::page(shared.area);
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    let cursor = bar(state, shared, page.bar, buffer);
    let columns = columns(state, shared);
    let scroll = state.scroll.min(furthest(state, shared));
    let count = u16::try_from(columns.len().max(1)).unwrap_or(1);
    let each = page.body.width / count;
    for (n, lines) in (0_u16..).zip(&columns) {
        let place = Rect { x: page.body.x + n * each, width: each, ..page.body };
        column(lines, scroll, shared, place, buffer);
    }
    if columns.iter().all(Vec::is_empty) {
        let text = " No key and no command is called that; Esc shows them all.";
        paint::text(buffer, layout::line(page.body, 0), text, theme.style(Role::Dim));
    }
    let lines = columns.iter().map(Vec::len).max().unwrap_or(0);
    footer(shared, page.footer, scroll, lines, buffer);
    Some(cursor)
}

fn bar(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Position {
    let theme = &shared.settings.theme;
    let label = " Keys ";
    let dot = format!("{} type to filter: ", shared.settings.glyphs.dot);
    let x = paint::runs(buffer, area, [(theme.style(Role::Heading), label), (theme.style(Role::Dim), &dot)]);
    let field = Rect { x, width: area.right().saturating_sub(x), ..area };
    input::draw(buffer, field, &state.filter, theme.style(Role::Text))
}

fn column(lines: &[Line], scroll: usize, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let ellipsis = shared.settings.glyphs.ellipsis;
    let keys = |line: &Line| match line {
        Line::Row(row) => width(&row.keys),
        Line::Blank | Line::Heading(..) => 0,
    };
    let widest = lines.iter().map(keys).max().unwrap_or(0).clamp(4, KEYS).min(usize::from(area.width) / 2);
    for (n, line) in lines.iter().skip(scroll).take(usize::from(area.height)).enumerate() {
        let runs: Vec<Run> = match line {
            Line::Blank => Vec::new(),
            Line::Heading(title, table) => {
                vec![(theme.style(Role::Heading), format!(" {title}")), (theme.style(Role::Dim), format!("   {table}"))]
            }
            Line::Row(row) => {
                let room = usize::from(area.width).saturating_sub(widest + 4);
                let role = if row.bound { Role::Key } else { Role::Dim };
                vec![
                    (theme.style(role), format!(" {}  ", pad(&row.keys, widest, ellipsis))),
                    (theme.style(Role::Text), cut(&row.help, room, ellipsis)),
                ]
            }
        };
        let place = layout::line(area, n);
        paint::line(buffer, Rect { width: place.width.saturating_sub(1), ..place }, &runs);
    }
}

fn footer(shared: &Shared, area: Rect, scroll: usize, lines: usize, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let height = height(shared);
    let seen = if lines > height {
        format!("{}-{} of {lines}, PgDn and PgUp scroll   ", scroll + 1, (scroll + height).min(lines))
    } else {
        String::new()
    };
    let right = vec![(theme.style(Role::Key), "Esc".to_owned()), (theme.style(Role::Dim), " close ".to_owned())];
    let taken = paint::right(buffer, area, &right);
    let file = shared.paths.as_ref().map_or_else(|| "config.toml".to_owned(), |p| p.config.display().to_string());
    let text = format!(" {seen}set in {file}");
    let room = area.width.saturating_sub(taken + 1);
    let text = cut(&text, usize::from(room), shared.settings.glyphs.ellipsis);
    paint::text(buffer, Rect { width: room, ..area }, &text, theme.style(Role::Dim));
}
