//! What the health screen remembers.

use ratatui::layout::Rect;

use crate::engine::FeedHealth;
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::widget::list_cursor::ListCursor;

/// The state of the health screen.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The feeds, in the order of the config; none until they have come.
    pub feeds: Option<Vec<FeedHealth>>,
    /// They were asked for since the screen was opened.
    pub asked: bool,
    /// The cursor.
    pub cursor: ListCursor,
}

impl State {
    /// The feeds that are known.
    #[must_use]
    pub fn feeds(&self) -> &[FeedHealth] {
        self.feeds.as_deref().unwrap_or_default()
    }

    /// The feed under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&FeedHealth> {
        self.feeds().get(self.cursor.selected)
    }
}

/// From this height of the body on, the details have room for everything.
const ROOMY: u16 = 16;
/// Lines of the details, there.
const DETAILS: u16 = 8;
/// From this height on they have room for the most important.
const CRAMPED: u16 = 8;

/// Where the parts of the body are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Regions {
    /// The titles of the columns; empty on low terminals.
    pub(super) titles: Rect,
    /// The feeds.
    pub(super) list: Rect,
    /// Between them and the details; empty on low terminals.
    pub(super) rule: Rect,
    /// The feed under the cursor.
    pub(super) details: Rect,
}

/// Parts the body of the page.
pub(super) fn regions(shared: &Shared) -> Regions {
    let body = layout::page(shared.area).body;
    let (titles, rule, details) = match body.height {
        ROOMY.. => (1, 1, DETAILS),
        CRAMPED..ROOMY => (0, 0, 3),
        ..CRAMPED => (0, 0, 0),
    };
    let list = body.height - titles - rule - details;
    let part = |y: u16, height: u16| Rect { y: body.y + y, height, ..body };
    Regions {
        titles: part(0, titles),
        list: part(titles, list),
        rule: part(titles + list, rule),
        details: part(titles + list + rule, details),
    }
}
