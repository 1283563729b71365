//! How long the lines of an article are: the measure of the config, or what the user made of it since.

use ratatui::layout::Rect;

use crate::tui::browse::Browse;
use crate::tui::model::Shared;
use crate::tui::status::Level;

/// Columns by which a key makes lines longer or shorter.
const STEP: u16 = 4;

/// The shortest lines.
const SHORTEST: u16 = 20;

/// The width of the text in a pane: one column stays free on the left, and lines are no longer than the measure.
#[must_use]
pub(in crate::tui::browse) fn text_width(pane: Rect, measure: u16) -> u16 {
    pane.width.saturating_sub(2).min(measure.max(SHORTEST)).max(1)
}

impl Browse {
    /// Makes the lines of articles longer or shorter, until the desk is closed.
    pub(super) fn set_measure(&mut self, shared: &mut Shared, wider: bool) {
        let width = |shared: &Shared| text_width(self.panes(shared).article, shared.measure());
        let before = width(shared);
        let changed = if wider { before.saturating_add(STEP) } else { before.saturating_sub(STEP) };
        let old = shared.own_measure.replace(changed.max(SHORTEST));
        let now = width(shared);
        if now == before {
            shared.own_measure = old;
            let words = if wider { "the pane is no wider" } else { "lines are no shorter" };
            shared.say(Level::Note, &format!("{words}: {before} columns"));
        } else {
            shared.say(Level::Good, &format!("lines of {now} columns"));
        }
    }
}
