//! What of an article leads somewhere and is in sight, and where: for labels, and for the links of the terminal.

use ratatui::layout::Rect;

use super::rows::{Parts, Target};
use crate::document::clean_url;
use crate::text::width;
use crate::tui::browse::Browse;
use crate::tui::model::Shared;

/// Cells that lead somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The cells: one row.
    pub(super) area: Rect,
    /// Where they lead.
    pub(super) target: Target,
    /// They are the number of it, which can give way to a label.
    pub(super) marker: bool,
}

/// Cells that the terminal itself can open as a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    /// The cells: one row.
    pub area: Rect,
    /// The address; foreign, as the article has it.
    pub url: String,
    /// The same for all cells of one link.
    pub id: usize,
}

/// What of the article in this pane leads somewhere, from top to bottom.
pub(super) fn spots(browse: &Browse, pane: Rect) -> Vec<Spot> {
    let mut spots = Vec::new();
    if pane.is_empty() {
        return spots;
    }
    let parts = Parts::of(&browse.article);
    for y in 0..pane.height.min(u16::try_from(browse.article.height).unwrap_or(u16::MAX)) {
        let Some(row) = parts.row(browse.article.scroll + usize::from(y)) else { break };
        let mut x = pane.x.saturating_add(1);
        for piece in row {
            let left = pane.right().saturating_sub(x);
            let wide = u16::try_from(width(&piece.text)).unwrap_or(u16::MAX).min(left);
            if let Some(target) = piece.target
                && wide > 0
            {
                let area = Rect { x, y: pane.y + y, width: wide, height: 1 };
                spots.push(Spot { area, target, marker: piece.marker });
            }
            x = x.saturating_add(wide);
        }
    }
    spots
}

/// The links in sight.
#[must_use]
pub fn hyperlinks(browse: &Browse, shared: &Shared) -> Vec<Hyperlink> {
    let spots = spots(browse, browse.panes(shared).article);
    let links = browse.article.reading().map_or(&[][..], |reading| &reading.links);
    let place = |spot: &Spot| match spot.target {
        Target::Link(n) => links.get(n).map(|link| (n, link.url.clone())),
        Target::Page => browse.list.current().map(|row| (links.len(), clean_url(&row.url))),
        Target::Original => {
            let original = browse.list.current().and_then(|row| row.original.as_deref());
            original.map(|url| (links.len() + 1, clean_url(url)))
        }
        Target::Companion(_) => None,
    };
    spots.iter().filter_map(|spot| place(spot).map(|(id, url)| Hyperlink { area: spot.area, url, id })).collect()
}
