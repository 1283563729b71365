//! Widths in terminal columns: measuring, cutting, padding by grapheme cluster.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes.
#[must_use]
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Cuts `text` to at most `columns`, at a word where one ends in the last third, with `ellipsis` in its place.
#[must_use]
pub fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let (mut taken, mut end, mut word_end) = (0, 0, 0);
    for (at, cluster) in text.grapheme_indices(true) {
        let wide = width(cluster);
        if taken + wide > room {
            break;
        }
        if cluster == " " {
            word_end = at;
        }
        taken += wide;
        end = at + cluster.len();
    }
    if text[end..].starts_with(' ') {
        word_end = end;
    }
    let at = if width(&text[..word_end]) * 3 >= room * 2 { word_end } else { end };
    let kept = text[..at].trim_end();
    if columns < width(ellipsis) { kept.to_owned() } else { format!("{kept}{ellipsis}") }
}

/// Fills `text` with spaces to exactly `columns`; cuts it when it is longer.
#[must_use]
pub fn pad(text: &str, columns: usize, ellipsis: &str) -> String {
    let mut cut = cut(text, columns, ellipsis);
    cut.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&cut))));
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_a_word_and_counts_columns() {
        assert_eq!(cut("blank sailings rise again", 20, "…"), "blank sailings rise…");
        assert_eq!(cut("Containerschifffahrt", 8, "…"), "Contain…");
        assert_eq!(width(&cut("集装箱运价上涨", 9, "…")), 9);
        assert_eq!(pad("ab", 4, "…"), "ab  ");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(pad("集装箱", 4, "…"), "集… ");
    }
}
