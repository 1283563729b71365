//! Widths in terminal columns: measuring, cutting, padding by grapheme cluster.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::ascii::ascii_run;

/// Columns that `text` takes when it is drawn cluster by cluster, as terminals and ratatui do.
#[must_use]
pub fn width(text: &str) -> usize {
    let run = own_columns(text);
    if run == text.len() { run } else { run + clusters(&text[run..]).map(|(_, _, wide)| wide).sum::<usize>() }
}

/// How many bytes at the beginning of a text have a column each: ASCII that nothing beyond ASCII follows, which might join the
/// last of them.
fn own_columns(text: &str) -> usize {
    let run = ascii_run(text);
    if run == text.len() { run } else { run.saturating_sub(1) }
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
    // No text has more columns than bytes.
    if text.len() <= columns || width(text) <= columns {
        return text.to_owned();
    }
    let ellipsis = if width(ellipsis) <= columns { ellipsis } else { "" };
    let room = columns - width(ellipsis);
    let (end, (word_end, word_columns)) = ends(text, room);
    let at = if word_columns * 3 >= room * 2 { word_end } else { end };
    [text[..at].trim_end(), ellipsis].concat()
}

/// Where so many columns of a longer text end, and where the last word within them ends: in bytes, the latter in columns, too.
fn ends(text: &str, room: usize) -> (usize, (usize, usize)) {
    if room < own_columns(text) {
        let word_end = text.as_bytes()[..=room].iter().rposition(|byte| *byte == b' ').unwrap_or_default();
        return (room, (word_end, word_end));
    }
    let (mut taken, mut end, mut word) = (0, 0, (0, 0));
    for (at, cluster, wide) in clusters(text) {
        if cluster == " " {
            word = (at, taken);
        }
        if taken + wide > room {
            break;
        }
        taken += wide;
        end = at + cluster.len();
    }
    (end, word)
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

        #[test]
        fn many_bytes_at_once_are_what_they_are_one_by_one(text in "[a-z ]{0,24}(\\PC|\u{301}){0,3}[a-z ]{0,9}", room in 0_usize..30) {
            let clusters: Vec<_> = clusters(&text).collect();
            prop_assert_eq!(width(&text), clusters.iter().map(|(_, _, wide)| wide).sum::<usize>());
            prop_assume!(room < width(&text));
            let (end, (word_end, word_columns)) = ends(&text, room);
            prop_assert!(text.is_char_boundary(end) && text.is_char_boundary(word_end));
            prop_assert!(width(&text[..end]) <= room && width(&text[..word_end]) == word_columns);
            let next = clusters.iter().find(|(at, _, _)| *at == end).map_or(0, |(_, _, wide)| *wide);
            prop_assert!(width(&text[..end]) + next > room);
            let spaces = clusters.iter().filter(|(at, cluster, _)| *cluster == " " && width(&text[..*at]) <= room);
            prop_assert_eq!(word_end, spaces.map(|(at, _, _)| *at).max().unwrap_or_default());
        }
    }
}
