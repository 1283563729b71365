//! The words of a citation: the one that `Y` copies, and that clips and references agree with.

use jiff::tz::TimeZone;

use super::piece::{Piece, day};
use crate::model::Headline;

/// An article as it is cited, on one line: `Jane Doe, “Quay 7 reopens”, Harbour Gazette, via Port Wire, 2026-05-12,
/// https://gazette.example/7`.
#[must_use]
pub fn citation(headline: &Headline, zone: &TimeZone) -> String {
    let piece = Piece::of_headline(headline);
    let mut parts: Vec<String> = piece.author.clone().into_iter().collect();
    parts.push(format!("“{}”", piece.title));
    parts.push(piece.source_and_via());
    parts.push(day(piece.date, zone));
    parts.extend(piece.url);
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::article;

    #[test]
    fn a_citation_says_what_by_whom_where_and_when() {
        let mut headline = article(7).headline;
        assert_eq!(
            citation(&headline, &TimeZone::UTC),
            "Jane Doe, “Quay 7 reopens after crane repairs”, Harbour Gazette, via Port Wire, 2026-05-12, \
             https://gazette.example/7"
        );
        headline.author = None;
        headline.via = None;
        headline.url = "javascript:alert(1)".into();
        headline.title = "Two\nlines \u{1b}[31mred".into();
        assert_eq!(citation(&headline, &TimeZone::UTC), "“Two lines [31mred”, Harbour Gazette, 2026-05-12");
    }
}
