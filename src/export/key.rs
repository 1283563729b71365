//! The key of a reference: the same in CSL-JSON and in BibTeX, and at every export. Hashes as text.

use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::piece::Piece;
use super::slug::slug;

/// Longest name of a publisher in a key.
const LONGEST: usize = 24;

/// `harbour-gazette-20260512-1234`: publisher, day and number of the article. The day is that of UTC, so that the key does
/// not depend on where it is made.
pub(super) fn key(piece: &Piece) -> String {
    let source = slug(&piece.source, LONGEST);
    let source = if source.is_empty() { "tidings" } else { &source };
    format!("{source}-{}-{}", piece.date.to_zoned(TimeZone::UTC).strftime("%Y%m%d"), piece.id)
}

/// The first `count` bytes of a hash in small figures.
pub(super) fn hex(hash: &[u8], count: usize) -> String {
    hash.iter().take(count).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        write!(text, "{byte:02x}").ok();
        text
    })
}
