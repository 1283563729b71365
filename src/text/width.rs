//! Widths in terminal columns: measuring, cutting, padding by grapheme cluster.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns that `text` takes when it is drawn cluster by cluster, as terminals and ratatui do.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { clusters(text).map(|(_, _, wide)| wide).sum() }
}

/// The grapheme clusters of `text`: where each begins, what it is, and the columns it takes.
pub fn clusters(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = *bytes.get(start)?;
        // ASCII before ASCII is a cluster by itself (but for CR LF, which clean text has not): no table is asked.
        if first.is_ascii() && first != b'\r' && bytes.get(start + 1).is_none_or(u8::is_ascii) {
            at += 1;
            return Some((start, &text[start..at], 1));
        }
        let cluster = text[start..].graphemes(true).next()?;
        at += cluster.len();
        Some((start, cluster, UnicodeWidthStr::width(cluster)))
    })
}

/// Cuts `text` to at most `columns`, at a word where one ends in the last third, with `ellipsis` in its place. An ellipsis
/// that does not fit is left out.
#[must_use]
pub fn cut(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let ellipsis = if width(ellipsis) <= columns { ellipsis } else { "" };
    let room = columns - width(ellipsis);
    let (mut taken, mut end) = (0, 0);
    let (mut word_end, mut word_columns) = (0, 0);
    for (at, cluster, wide) in clusters(text) {
        if cluster == " " {
            (word_end, word_columns) = (at, taken);
        }
        if taken + wide > room {
            break;
        }
        taken += wide;
        end = at + cluster.len();
    }
    let at = if word_columns * 3 >= room * 2 { word_end } else { end };
    format!("{}{ellipsis}", text[..at].trim_end())
}

/// Fills `text` with spaces to exactly `columns`; cuts it when it is longer. Where a wide character does not fit at the
/// edge, a space stands.
#[must_use]
pub fn pad(text: &str, columns: usize, ellipsis: &str) -> String {
    let mut cut = cut(text, columns, ellipsis);
    cut.extend(std::iter::repeat_n(' ', columns.saturating_sub(width(&cut))));
    cut
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cuts_at_a_word_and_counts_columns() {
        assert_eq!(cut("blank sailings rise again", 20, "…"), "blank sailings rise…");
        assert_eq!(cut("Containerschifffahrt", 8, "…"), "Contain…");
        assert_eq!(width(&cut("集装箱运价上涨", 9, "…")), 9);
        assert_eq!(pad("ab", 4, "…"), "ab  ");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(cut("abcd", 2, "..."), "ab");
        assert_eq!(pad("集装箱", 4, "…"), "集… ");
        assert_eq!(pad("集装箱", 3, ""), "集 ");
    }

    #[test]
    fn keeps_clusters_whole() {
        assert_eq!(width("👩‍🚀"), 2);
        assert_eq!(width("e\u{301}te\u{301}"), 3);
        assert_eq!(cut("👩‍🚀👩‍🚀👩‍🚀", 5, "…"), "👩‍🚀👩‍🚀…");
        assert_eq!(cut("ae\u{301}\u{302}b", 2, ""), "ae\u{301}\u{302}");
        assert_eq!(width("🇩🇪🇩🇰"), 4);
    }

    proptest! {
        #[test]
        fn pads_to_the_column(text in "\\PC{0,40}", columns in 0_usize..60) {
            prop_assert_eq!(width(&pad(&text, columns, "…")), columns);
            prop_assert!(width(&text) >= UnicodeWidthStr::width(&*text));
        }
    }
}
