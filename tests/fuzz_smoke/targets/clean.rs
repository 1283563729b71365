//! `clean_line` and `clean_block`: nothing that drives a terminal stays, marks are few, cleaning twice is cleaning once.

use tidings::text;
use unicode_normalization::char::is_combining_mark;

/// Any bytes.
pub fn run(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let line = text::clean_line(&raw);
    let block = text::clean_block(&raw);
    assert_clean_line(&line);
    assert_clean_block(&block);
    assert_eq!(text::clean_line(&line), line, "cleaning a line twice changes it");
    assert_eq!(text::clean_block(&block), block, "cleaning a block twice changes it");
    assert_eq!(text::clean_line(&block), line, "a cleaned block is another line than the raw text");
    assert!(block.len() <= raw.len(), "cleaning makes text longer");
    widths(&line);
}

/// Measuring, cutting, padding and wrapping agree about widths.
fn widths(line: &str) {
    let whole = text::width(line);
    let clusters: String = text::clusters(line).map(|(_, cluster, _)| cluster).collect();
    assert_eq!(clusters, line, "clusters are not the text");
    for columns in [0, 1, 2, 3, 7, 40, whole.saturating_sub(1), whole, whole + 1] {
        let cut = text::cut(line, columns, "…");
        assert!(text::width(&cut) <= columns, "cut at {columns}: {cut:?} is {} wide", text::width(&cut));
        assert!(columns < whole || cut == line, "cut where nothing had to go: {cut:?}");
        let padded = text::pad(line, columns, "…");
        assert_eq!(text::width(&padded), columns, "padded to {columns}: {padded:?}");
        let wrapped = text::wrap(line, columns);
        for row in &wrapped {
            assert!(text::width(row) <= columns.max(1), "wrapped at {columns}: {row:?}");
        }
        // A cluster that is wider than a line is told as `?`.
        if columns >= text::clusters(line).map(|(_, _, wide)| wide).max().unwrap_or(0) {
            let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(solid(&wrapped.concat()), solid(line), "wrapping at {columns} loses text");
        }
    }
}

/// One line that may go anywhere.
pub fn assert_clean_line(line: &str) {
    let bad = line.chars().find(|c| is_forbidden(*c));
    assert_eq!(bad, None, "{line:?}");
    assert!(line.trim() == line && !line.contains("  "), "{line:?} has spaces to spare");
    assert_marks(line);
}

/// Text that may go anywhere but has lines.
pub fn assert_clean_block(block: &str) {
    let bad = block.chars().find(|c| is_forbidden(*c) && !matches!(c, '\n' | '\t'));
    assert_eq!(bad, None, "{block:?}");
    assert_marks(block);
}

fn assert_marks(text: &str) {
    let (mut run, mut base) = (0, false);
    for c in text.chars() {
        if is_combining_mark(c) {
            assert!(base, "a mark without a base: {text:?}");
            run += 1;
            assert!(run <= 8, "{run} marks in a row: {text:?}");
        } else if !matches!(c, '\u{200c}' | '\u{200d}') {
            run = 0;
            base = !c.is_whitespace();
        }
    }
}

/// The rules R1 and R2 of what may never reach a terminal, written apart from the code that holds them.
pub fn is_forbidden(c: char) -> bool {
    let n = u32::from(c);
    n < 0x20
        || (0x7f..=0x9f).contains(&n)
        || matches!(n, 0x2028 | 0x2029 | 0x200b | 0x200e | 0x200f | 0x61c | 0x202a..=0x202e | 0x2066..=0x2069)
        || matches!(n, 0x115f | 0x1160 | 0x3164 | 0xffa0 | 0xad | 0xfeff | 0xe0000..=0xe0fff)
}
