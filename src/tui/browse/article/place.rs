//! The place in an article: by its text, so that it is found again at any width.

use crate::tui::reading::{Reading, letters};

/// Letters after the place that it is recognised by.
const RECOGNISED_BY: usize = 40;

/// What is at the top of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A row above the text, from 0.
    Above(usize),
    /// A line of the text: bytes of letters before it, bytes of letters of the whole text, the letters that follow.
    Text { before: usize, of: usize, letters: String },
    /// A row below the text, from 0.
    Below(usize),
}

/// How far an article was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) anchor: Anchor,
    /// Thousandths of the text above the pane: what is stored.
    pub thousandths: u16,
}

impl Place {
    /// The beginning.
    pub(in crate::tui) const START: Self = Self { anchor: Anchor::Above(0), thousandths: 0 };

    /// The place that was stored.
    pub(super) fn stored(reading: &Reading) -> Self {
        let thousandths = reading.article.place.min(1000);
        let of = reading.letters.last().copied().unwrap_or(0);
        let before = of.saturating_mul(usize::from(thousandths)) / 1000;
        let anchor =
            if thousandths == 0 { Anchor::Above(0) } else { Anchor::Text { before, of, letters: String::new() } };
        Self { anchor, thousandths }
    }

    /// The place with this at the top.
    pub(super) fn at(anchor: Anchor) -> Self {
        let thousandths = match &anchor {
            // Rounded up: what is found again is this line, not the one before.
            Anchor::Text { before, of, .. } => before.saturating_mul(1000).div_ceil((*of).max(1)).min(1000),
            Anchor::Above(_) | Anchor::Below(_) => 0,
        };
        Self { anchor, thousandths: u16::try_from(thousandths).unwrap_or(1000) }
    }
}

impl Anchor {
    /// This line of the text.
    pub(super) fn at_line(reading: &Reading, line: usize) -> Self {
        let before = reading.letters.get(line).copied().unwrap_or(0);
        let of = reading.letters.last().copied().unwrap_or(0);
        let follow = reading.lines.iter().skip(line).flat_map(letters).take(RECOGNISED_BY).collect();
        Self::Text { before, of, letters: follow }
    }

    /// The line of a text where this stands: where its letters stand nearest to its share of the text, else the line that
    /// the share leads to.
    pub(super) fn line(before: usize, of: usize, wanted: &str, reading: &Reading) -> usize {
        let total = reading.letters.last().copied().unwrap_or(0);
        let share = if of == total {
            before
        } else {
            usize::try_from(before as u128 * total as u128 / of.max(1) as u128).unwrap_or(total)
        };
        let at =
            if wanted.is_empty() || of == total { share } else { nearest(reading, wanted, share).unwrap_or(share) };
        // Lines without letters begin where the next one does; the line meant is the one with the letters.
        reading
            .letters
            .partition_point(|start| *start <= at)
            .saturating_sub(1)
            .min(reading.lines.len().saturating_sub(1))
    }
}

fn nearest(reading: &Reading, wanted: &str, share: usize) -> Option<usize> {
    let text: String = reading.lines.iter().flat_map(letters).collect();
    text.match_indices(wanted).map(|(at, _)| at).min_by_key(|at| at.abs_diff(share))
}
