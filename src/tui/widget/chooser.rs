//! A box with a line to type in and rows to choose from: what palette and pickers look like.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use tui_input::Input;

use super::list_cursor::ListCursor;
use super::paint::{self, Run};
use super::{frame, input};
use crate::text::{cut, width};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;

/// Columns of the box where the terminal has them.
const WIDTH: u16 = 84;

/// Where the parts of the box are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Regions {
    /// The box, its frame included.
    pub frame: Rect,
    /// The line to type in.
    pub field: Rect,
    /// The rows.
    pub rows: Rect,
    /// One line about the selected row; empty where there is no room or nothing to say.
    pub foot: Rect,
}

/// The regions of a box for `rows` rows; `foot` asks for a line below them.
#[must_use]
pub fn regions(area: Rect, rows: usize, foot: bool) -> Regions {
    // Something of the screen below stays in sight, so that it is plain what this lies on.
    let around = if area.height > 14 { 4 } else { 0 };
    let wanted = u16::try_from(rows.max(1)).unwrap_or(u16::MAX).saturating_add(3 + u16::from(foot));
    let frame = layout::centred(area, WIDTH, wanted.min(area.height.saturating_sub(around)));
    let inner = layout::inside(frame);
    let foot_height = u16::from(foot && inner.height > 4);
    let rows = Rect { y: inner.y.saturating_add(1), height: inner.height.saturating_sub(1 + foot_height), ..inner };
    let foot = Rect { y: rows.y.saturating_add(rows.height), height: foot_height, ..inner };
    Regions { frame, field: layout::line(inner, 0), rows, foot }
}

/// The row at a place of the screen, of `rows` rows.
#[must_use]
pub fn row_at(regions: &Regions, cursor: ListCursor, rows: usize, at: Position) -> Option<usize> {
    if !regions.rows.contains(at) {
        return None;
    }
    let cursor = cursor.settled(rows, usize::from(regions.rows.height));
    Some(cursor.offset + usize::from(at.y - regions.rows.y)).filter(|row| *row < rows)
}

/// One row of the box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Left column, such as a key or a number; all rows of a box have the same width here.
    pub left: String,
    /// What it is, in runs; cut where the room ends.
    pub label: Vec<Run>,
    /// What else is known of it, at the right edge.
    pub right: Vec<Run>,
}

/// What the box shows.
#[derive(Debug, Clone)]
pub struct Chooser<'a> {
    /// Its title.
    pub title: &'a str,
    /// What is typed.
    pub typed: &'a Input,
    /// The rows that match.
    pub rows: &'a [Row],
    /// Rows there are when nothing is typed.
    pub all: usize,
    /// The cursor.
    pub cursor: ListCursor,
    /// What stands in place of rows when there are none.
    pub empty: &'a str,
    /// One line about the selected row.
    pub foot: Option<&'a str>,
}

/// Draws the box; gives the place of the cursor.
pub fn draw(buffer: &mut Buffer, shared: &Shared, regions: &Regions, chooser: &Chooser<'_>) -> Position {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    frame::framed(buffer, regions.frame, chooser.title, &shared.settings);
    let tally = (theme.style(Role::Dim), format!(" {}/{} ", chooser.rows.len(), chooser.all));
    let taken = paint::right(buffer, regions.field, &[tally]);
    let prompt = paint::text(buffer, regions.field, " / ", theme.style(Role::Key));
    let right = regions.field.right().saturating_sub(taken);
    let field = Rect { x: prompt, width: right.saturating_sub(prompt), ..regions.field };
    let at = input::draw(buffer, field, chooser.typed, theme.style(Role::Text));
    if chooser.rows.is_empty() {
        let text = format!("   {}", chooser.empty);
        paint::text(buffer, layout::line(regions.rows, 0), &text, theme.style(Role::Dim));
    }
    let height = usize::from(regions.rows.height);
    let cursor = chooser.cursor.settled(chooser.rows.len(), height);
    for (n, row) in chooser.rows.iter().enumerate().skip(cursor.offset).take(height) {
        let place = layout::line(regions.rows, n - cursor.offset);
        let selected = n == cursor.selected;
        draw_row(buffer, shared, place, row, selected);
        if selected {
            buffer.set_style(place, theme.style(Role::Selected).remove_modifier(Modifier::DIM));
        }
    }
    if let Some(foot) = chooser.foot {
        let room = usize::from(regions.foot.width).saturating_sub(3);
        let text = format!("   {}", cut(foot, room, glyphs.ellipsis));
        paint::text(buffer, regions.foot, &text, theme.style(Role::Dim));
    }
    at
}

fn draw_row(buffer: &mut Buffer, shared: &Shared, place: Rect, row: &Row, selected: bool) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let pointer = if selected { glyphs.pointer } else { " " };
    let left = format!(" {pointer} {}", row.left);
    let begin = paint::text(buffer, place, &left, theme.style(Role::Key));
    let right_width: usize = row.right.iter().map(|(_, text)| width(text)).sum();
    // The label comes first: what is at the right edge gives way when the label would have less than half.
    let room = usize::from(place.right().saturating_sub(begin));
    let shows_right = right_width > 0 && right_width + 2 <= room / 2 + 4;
    let room = if shows_right { room.saturating_sub(right_width + 2) } else { room.saturating_sub(1) };
    let mut x = begin;
    let mut left_over = room;
    for (style, text) in &row.label {
        let whole = width(text) <= left_over;
        let text = cut(text, left_over, glyphs.ellipsis);
        left_over = left_over.saturating_sub(width(&text));
        let rest = Rect { x, width: place.right().saturating_sub(x), ..place };
        x = paint::text(buffer, rest, &text, *style);
        if !whole {
            break;
        }
    }
    if shows_right {
        let mut right = row.right.clone();
        right.push((theme.style(Role::Text), " ".to_owned()));
        paint::right(buffer, place, &right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_regions_stay_within_the_terminal() {
        for (width, height) in crate::tui::fixture::SIZES {
            for rows in [0, 1, 5, 200] {
                for foot in [false, true] {
                    let area = Rect::new(0, 0, width, height);
                    let r = regions(area, rows, foot);
                    for part in [r.frame, r.field, r.rows, r.foot] {
                        assert!(part.is_empty() || area.intersection(part) == part, "{part:?} leaves {area:?}");
                    }
                    assert_eq!(r.field.intersection(r.rows).area() + r.rows.intersection(r.foot).area(), 0);
                }
            }
        }
    }
}
