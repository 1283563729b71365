//! Lines of which some belong to rows that can be selected: the pages of stories, entities and reasons. The selected row is
//! kept in the middle where the lines do not fit, so that what belongs to it is in sight.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::paint::{self, Run};
use crate::tui::intent::Motion;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;

/// A line.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What it says.
    pub runs: Vec<Run>,
    /// What stands at its right edge.
    pub right: Vec<Run>,
    /// The row that it belongs to, from 0; none: it is only to be read.
    pub row: Option<usize>,
}

impl Line {
    /// A line that is only to be read.
    #[must_use]
    pub fn plain(runs: Vec<Run>) -> Self {
        Self { runs, ..Self::default() }
    }

    /// A line of a row.
    #[must_use]
    pub fn of(row: usize, runs: Vec<Run>) -> Self {
        Self { runs, row: Some(row), ..Self::default() }
    }
}

/// The first line in sight.
fn offset(lines: &[Line], selected: usize, height: usize) -> usize {
    let of_row = |line: &Line| line.row == Some(selected);
    let Some(first) = lines.iter().position(of_row) else { return 0 };
    let last = lines.iter().rposition(of_row).unwrap_or(first);
    let middle = usize::midpoint(first, last).saturating_sub(height / 2);
    middle.min(lines.len().saturating_sub(height)).min(first)
}

/// Draws the lines; gives the place of the cursor.
pub fn draw(buffer: &mut Buffer, shared: &Shared, area: Rect, lines: &[Line], selected: usize) -> Option<Position> {
    let height = usize::from(area.height);
    let from = offset(lines, selected, height);
    let mut cursor = None;
    for (n, line) in lines.iter().skip(from).take(height).enumerate() {
        let place = layout::line(area, n);
        paint::line(buffer, place, &line.runs);
        paint::right(buffer, place, &line.right);
        if line.row == Some(selected) {
            let style = shared.settings.theme.style(Role::Selected).remove_modifier(Modifier::DIM);
            buffer.set_style(place, style);
            cursor.get_or_insert(Position { x: place.x, y: place.y });
        }
    }
    cursor
}

/// The row at a place of the screen.
#[must_use]
pub fn row_at(area: Rect, lines: &[Line], selected: usize, at: Position) -> Option<usize> {
    if !area.contains(at) {
        return None;
    }
    let from = offset(lines, selected, usize::from(area.height));
    lines.get(from + usize::from(at.y - area.y))?.row
}

/// The row that a movement leads to, of `rows`.
#[must_use]
pub fn moved(selected: usize, motion: Motion, rows: usize, height: usize) -> usize {
    let some = (height / 4).max(1);
    let to = match motion {
        Motion::Down => selected.saturating_add(1),
        Motion::Up => selected.saturating_sub(1),
        Motion::HalfDown | Motion::PageDown => selected.saturating_add(some),
        Motion::HalfUp | Motion::PageUp => selected.saturating_sub(some),
        Motion::Top => 0,
        Motion::Bottom => usize::MAX,
    };
    to.min(rows.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_in_sight_whatever_the_height() {
        let lines: Vec<Line> =
            (0..40).map(|n| Line { row: (n % 3 != 0).then_some(n / 3), ..Line::default() }).collect();
        for height in 1..50 {
            for selected in 0..13 {
                let from = offset(&lines, selected, height);
                let first = lines.iter().position(|l| l.row == Some(selected)).expect("a row");
                assert!((from..from + height).contains(&first), "row {selected} at height {height}: from {from}");
            }
        }
        assert_eq!(offset(&lines, 12, 10), 30, "no room is wasted at the end");
        assert_eq!(moved(0, Motion::Bottom, 0, 10), 0);
    }
}
