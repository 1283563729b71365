//! One line of text that the user types: the same keys in search, palette, filters and prompts.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use crate::command::{Key, KeyCode};
use crate::text::{clean_line, width};

/// Longest text that is taken, in characters; what is pasted beyond it is dropped.
const LONGEST: usize = 2_000;

/// Edits the text by a key. False: the key means nothing to a text.
pub fn edit(input: &mut Input, key: Key) -> bool {
    let request = match (key.typed(), key.code()) {
        (Some(c), _) if input.value().chars().count() < LONGEST => InputRequest::InsertChar(c),
        (Some(_), _) => return true,
        (None, KeyCode::Backspace) => InputRequest::DeletePrevChar,
        (None, KeyCode::Delete) => InputRequest::DeleteNextChar,
        (None, KeyCode::Left) => InputRequest::GoToPrevChar,
        (None, KeyCode::Right) => InputRequest::GoToNextChar,
        (None, KeyCode::Home) => InputRequest::GoToStart,
        (None, KeyCode::End) => InputRequest::GoToEnd,
        (None, KeyCode::Char(c)) if key == Key::new(KeyCode::Char(c), true, false, false) => match c {
            'a' => InputRequest::GoToStart,
            'e' => InputRequest::GoToEnd,
            'b' => InputRequest::GoToPrevChar,
            'f' => InputRequest::GoToNextChar,
            'w' => InputRequest::DeletePrevWord,
            'u' => InputRequest::DeleteFromStart,
            'k' => InputRequest::DeleteTillEnd,
            'h' => InputRequest::DeletePrevChar,
            _ => return false,
        },
        (
            None,
            KeyCode::Char(_)
            | KeyCode::Enter
            | KeyCode::Esc
            | KeyCode::Tab
            | KeyCode::Insert
            | KeyCode::PageUp
            | KeyCode::PageDown
            | KeyCode::Up
            | KeyCode::Down
            | KeyCode::F(_),
        ) => return false,
    };
    input.handle(request);
    true
}

/// Inserts pasted text at the cursor as one clean line.
pub fn paste(input: &mut Input, text: &str) {
    let room = LONGEST.saturating_sub(input.value().chars().count());
    for c in clean_line(text).chars().take(room) {
        input.handle(InputRequest::InsertChar(c));
    }
}

/// Draws the text on the first line of `area`, scrolled so that the cursor is in sight; gives the cursor's place.
pub fn draw(buffer: &mut Buffer, area: Rect, input: &Input, style: Style) -> Position {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return Position { x: area.x, y: area.y };
    }
    let columns = usize::from(area.width);
    let cursor = input.visual_cursor();
    let hidden = (cursor + 1).saturating_sub(columns);
    let mut skipped = 0;
    let mut rest = input.value();
    while skipped < hidden {
        let Some(cluster) = rest.graphemes(true).next() else { break };
        skipped += width(cluster);
        rest = &rest[cluster.len()..];
    }
    buffer.set_stringn(area.x, area.y, rest, columns, style);
    let x = u16::try_from(cursor.saturating_sub(skipped)).unwrap_or(0).min(area.width - 1);
    Position { x: area.x + x, y: area.y }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn type_in(input: &mut Input, keys: &str) {
        for key in keys.split(' ') {
            edit(input, key.parse().unwrap());
        }
    }

    #[test]
    fn keys_edit_by_what_the_eye_sees_as_a_character() {
        let mut input = Input::default();
        paste(&mut input, "rotter\u{1b}[31mdam\n🤦🏼‍♂️");
        assert_eq!(input.value(), "rotter[31mdam 🤦🏼‍♂️");
        type_in(&mut input, "Backspace");
        assert_eq!(input.value(), "rotter[31mdam ");
        type_in(&mut input, "Ctrl-u h a p a g Ctrl-a x");
        assert_eq!(input.value(), "xhapag");
        assert!(!edit(&mut input, "Enter".parse().unwrap()), "Enter is for whoever holds the text");
    }

    #[test]
    fn the_cursor_is_in_sight_at_any_width() {
        let mut input = Input::default();
        paste(&mut input, "集装箱运价上涨 topic:rates");
        for columns in 0..12 {
            let area = Rect::new(3, 0, columns, 1);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
            let at = draw(&mut buffer, area, &input, Style::new());
            assert!(columns == 0 || area.contains(at), "{columns}: {at:?}");
        }
    }
}
