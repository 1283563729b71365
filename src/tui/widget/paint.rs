//! Putting text on the buffer: runs of styled text, clipped to a line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width;

/// A run of text with its style.
pub type Run = (Style, String);

/// Puts runs on the first line of `area`; gives the column after the last one.
pub fn runs<'a>(buffer: &mut Buffer, area: Rect, runs: impl IntoIterator<Item = (Style, &'a str)>) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return area.x;
    }
    let mut x = area.x;
    for (style, text) in runs {
        let left = area.right().saturating_sub(x);
        if left == 0 {
            break;
        }
        x = put(buffer, (x, area.y), text, left, style);
    }
    x
}

/// Puts text on the buffer from a column on, over at most `room` columns; gives the column after it. As ratatui puts clean
/// text, but printable ASCII, which most of it is, without a look at the tables of Unicode for each letter.
fn put(buffer: &mut Buffer, (mut x, y): (u16, u16), text: &str, room: u16, style: Style) -> u16 {
    let end = x.saturating_add(room);
    let mut rest = text;
    while !rest.is_empty() && x < end {
        let (plain, others) = rest.split_at(even_ascii(rest));
        for (byte, column) in plain.bytes().zip(x..end) {
            if let Some(cell) = buffer.cell_mut((column, y)) {
                cell.set_char(char::from(byte)).set_style(style);
            }
            x = column + 1;
        }
        let (others, after) = others.split_at(others_before_ascii(others));
        let taken = buffer.set_stringn(x, y, others, usize::from(end - x), style).0;
        // Where a wide character does not fit, the text ends.
        if end - taken == 1 && width(others) > usize::from(taken - x) {
            return taken;
        }
        (x, rest) = (taken, after);
    }
    x
}

/// How many bytes of the beginning are printable ASCII, each a cluster by itself: what follows may join the last of them.
fn even_ascii(text: &str) -> usize {
    let plain = text.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    if plain == text.len() { plain } else { plain.saturating_sub(1) }
}

/// How many bytes come before the next printable ASCII that is not the first character.
fn others_before_ascii(text: &str) -> usize {
    text.char_indices().skip(1).find(|(_, c)| matches!(c, ' '..='~')).map_or(text.len(), |(at, _)| at)
}

/// Puts one text on the first line of `area`.
pub fn text(buffer: &mut Buffer, area: Rect, text: &str, style: Style) -> u16 {
    runs(buffer, area, [(style, text)])
}

/// Puts runs on the first line of `area`.
pub fn line(buffer: &mut Buffer, area: Rect, what: &[Run]) -> u16 {
    runs(buffer, area, what.iter().map(|(style, text)| (*style, text.as_str())))
}

/// Puts runs at the right end of the first line of `area`; gives the columns they take.
pub fn right(buffer: &mut Buffer, area: Rect, what: &[Run]) -> u16 {
    let wide: usize = what.iter().map(|(_, text)| width(text)).sum();
    let wide = u16::try_from(wide).unwrap_or(u16::MAX).min(area.width);
    line(buffer, Rect { x: area.right() - wide, width: wide, ..area }, what);
    wide
}

/// Fills the first line of `area` with a rule. The glyph is one column wide.
pub fn horizontal(buffer: &mut Buffer, area: Rect, glyph: &str, style: Style) {
    fill(buffer, Rect { height: area.height.min(1), ..area }, glyph, style);
}

/// Fills the first column of `area` with a rule. The glyph is one column wide.
pub fn vertical(buffer: &mut Buffer, area: Rect, glyph: &str, style: Style) {
    fill(buffer, Rect { width: area.width.min(1), ..area }, glyph, style);
}

fn fill(buffer: &mut Buffer, area: Rect, glyph: &str, style: Style) {
    for position in area.intersection(buffer.area).positions() {
        buffer[position].set_symbol(glyph).set_style(style);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_stands_as_ratatui_puts_it(
            text in "([ -~]{0,6}|[–’…éßŁ]|e\u{301}|[集运]|1\u{fe0f}\u{20e3}|👩\u{200d}🚀|\u{200b}){0,8}",
            room in 0_u16..24,
            x in 0_u16..8,
        ) {
            let style = Style::new().bold();
            let empty = Buffer::empty(Rect::new(0, 0, 24, 1));
            let (mut ours, mut theirs) = (empty.clone(), empty);
            let room = room.min(24 - x);
            let end = put(&mut ours, (x, 0), &text, room, style);
            let expected = theirs.set_stringn(x, 0, &text, usize::from(room), style).0;
            prop_assert_eq!(end, expected);
            prop_assert_eq!(ours, theirs);
        }
    }
}
