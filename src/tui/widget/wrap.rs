//! Wrapping a line of plain text at words, by display columns.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width;

/// Lines of at most `columns` (0 counts as 1); words that are longer are cut. An empty text is one empty line.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let wide = width(word);
        if taken > 0 && taken + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            taken += 1 + wide;
            continue;
        }
        if taken > 0 {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        for cluster in word.graphemes(true) {
            let wide = width(cluster);
            if taken > 0 && taken + wide > columns {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push_str(cluster);
            taken += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_words_and_cuts_what_is_longer_than_a_line() {
        assert_eq!(wrap("box lines blank more sailings", 12), ["box lines", "blank more", "sailings"]);
        assert_eq!(wrap("Containerschifffahrt", 8), ["Containe", "rschifff", "ahrt"]);
        assert_eq!(wrap("集装箱运价", 4), ["集装", "箱运", "价"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("集", 0), ["集"]);
    }
}
