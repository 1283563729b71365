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
        x = buffer.set_stringn(x, area.y, text, usize::from(left), style).0;
    }
    x
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

/// Fills the first line of `area` with a rule.
pub fn horizontal(buffer: &mut Buffer, area: Rect, glyph: &str, style: Style) {
    if !area.is_empty() {
        text(buffer, area, &glyph.repeat(usize::from(area.width)), style);
    }
}

/// Fills the first column of `area` with a rule.
pub fn vertical(buffer: &mut Buffer, area: Rect, glyph: &str, style: Style) {
    for y in area.top()..area.bottom() {
        text(buffer, Rect { y, height: 1, width: area.width.min(1), ..area }, glyph, style);
    }
}
