//! The cursor of a list that is wholly in memory: feed health, pickers, the palette, the log.

use crate::command::{Key, KeyCode};
use crate::tui::intent::Motion;

/// Rows that stay in sight above and below the cursor.
const CONTEXT: usize = 3;

/// Where the cursor is, and what has been scrolled away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ListCursor {
    /// The selected row, from 0.
    pub selected: usize,
    /// The first row in sight.
    pub offset: usize,
}

impl ListCursor {
    /// Moves the cursor in a list of `rows` rows of which `height` are in sight.
    pub fn step(&mut self, motion: Motion, rows: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        let (down, by) = match motion {
            Motion::Down => (true, 1),
            Motion::Up => (false, 1),
            Motion::HalfDown => (true, half),
            Motion::HalfUp => (false, half),
            Motion::PageDown => (true, page),
            Motion::PageUp => (false, page),
            Motion::Top => (false, usize::MAX),
            Motion::Bottom => (true, usize::MAX),
        };
        let before = self.selected;
        self.selected = if down { before.saturating_add(by) } else { before.saturating_sub(by) };
        self.selected = self.selected.min(rows.saturating_sub(1));
        if by > 1 {
            let moved = self.selected.abs_diff(before);
            self.offset = if down { self.offset.saturating_add(moved) } else { self.offset.saturating_sub(moved) };
        }
        self.settle(rows, height);
    }

    /// Brings the cursor into sight with its rows of context, moving as little as can be.
    pub fn settle(&mut self, rows: usize, height: usize) {
        let last = rows.saturating_sub(1);
        self.selected = self.selected.min(last);
        let context = CONTEXT.min(height.saturating_sub(1) / 2);
        self.offset = self.offset.min(self.selected.saturating_sub(context));
        let lowest = (self.selected + context).min(last);
        self.offset = self.offset.max((lowest + 1).saturating_sub(height.max(1)));
        self.offset = self.offset.min(rows.saturating_sub(height));
    }

    /// The same cursor, in sight.
    #[must_use]
    pub fn settled(mut self, rows: usize, height: usize) -> Self {
        self.settle(rows, height);
        self
    }
}

/// The movement that a key means where letters are typed.
#[must_use]
pub fn motion(key: Key) -> Option<Motion> {
    let ctrl = |c| key == Key::new(KeyCode::Char(c), true, false, false);
    match key.code() {
        KeyCode::Down => Some(Motion::Down),
        KeyCode::Up => Some(Motion::Up),
        KeyCode::PageDown => Some(Motion::PageDown),
        KeyCode::PageUp => Some(Motion::PageUp),
        _ if ctrl('n') => Some(Motion::Down),
        _ if ctrl('p') => Some(Motion::Up),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight_with_its_context() {
        let mut cursor = ListCursor::default();
        for _ in 0..8 {
            cursor.step(Motion::Down, 30, 10);
        }
        assert_eq!(cursor, ListCursor { selected: 8, offset: 2 });
        cursor.step(Motion::Bottom, 30, 10);
        assert_eq!(cursor, ListCursor { selected: 29, offset: 20 });
        cursor.step(Motion::HalfUp, 30, 10);
        assert_eq!(cursor, ListCursor { selected: 24, offset: 18 }, "with three rows of context");
        cursor.step(Motion::HalfUp, 30, 10);
        assert_eq!(cursor, ListCursor { selected: 19, offset: 13 }, "half a page keeps the eye's place");
        cursor.settle(3, 10);
        assert_eq!(cursor, ListCursor { selected: 2, offset: 0 }, "a shorter list takes the cursor along");
    }

    #[test]
    fn any_height_and_length_is_bearable() {
        for rows in 0..6 {
            for height in 0..5 {
                for motion in [Motion::Down, Motion::PageDown, Motion::Bottom, Motion::HalfUp, Motion::Top] {
                    let mut cursor = ListCursor { selected: 4, offset: 9 };
                    cursor.step(motion, rows, height);
                    assert!(cursor.selected < rows.max(1), "{rows} rows, height {height}: {cursor:?}");
                    let seen = cursor.offset..cursor.offset + height.max(1);
                    assert!(seen.contains(&cursor.selected), "{rows} rows, height {height}: {cursor:?}");
                }
            }
        }
    }
}
