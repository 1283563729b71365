//! Whether what a feed gives of an article is only a taste of it.

use crate::document::Line;
use crate::tui::reading::{Reading, is_marker};

/// Texts shorter than that are taken for teasers, in characters.
const SHORT: usize = 500;

/// Texts that say that they go on elsewhere are, up to this length: longer ones may end with such words for other reasons.
const CUT: usize = 3_000;

/// How texts end that go on elsewhere.
const ENDINGS: [&str; 12] = [
    "…",
    "...",
    "[…]",
    "[...]",
    "read more",
    "continue reading",
    "read the full article",
    "read the full story",
    "weiterlesen",
    "lire la suite",
    "leer más",
    "lees verder",
];

/// Whether the text is only the beginning of the article, or a word about it.
pub(super) fn is_teaser(reading: &Reading) -> bool {
    if reading.characters < SHORT {
        return true;
    }
    if reading.characters > CUT {
        return false;
    }
    let mut lines = reading.lines.iter().rev().map(line_text);
    let last = lines.find(|line| !line.trim().is_empty()).unwrap_or_default().trim().to_lowercase();
    // What leads on is often dressed up: `Read more »`.
    let bare = last.trim_end_matches([' ', '.', '»', '→', '>', ']']);
    ENDINGS.iter().any(|ending| last.ends_with(ending) || bare.ends_with(ending))
}

fn line_text(line: &Line) -> String {
    let spans = line.spans.iter().filter(|span| !is_marker(span));
    spans.map(|span| span.text.as_str()).collect()
}
