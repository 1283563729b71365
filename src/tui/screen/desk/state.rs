//! What the desk remembers.

use crate::model::Headline;
use crate::query::{Rows, Scope};
use crate::tui::browse::{Browse, Owner};
use crate::tui::model::Shared;

/// The state of the desk.
#[derive(Debug, Clone)]
pub struct State {
    /// List and article.
    pub browse: Browse,
    /// The subscriptions were edited: the list is asked for anew when the user comes back to it.
    pub stale: bool,
}

impl State {
    /// The desk as it opens, on rows that are at hand.
    #[must_use]
    pub fn new(shared: &Shared, rows: Vec<Headline>) -> Self {
        let ui = &shared.settings.ui;
        let browse = Browse::new(Owner::Desk, Scope::All, Rows::default(), ui.order, !ui.show_all);
        let mut browse = browse.with_rows(rows, shared.counts.newest);
        browse.list.total = Some(if ui.show_all { shared.counts.stories } else { shared.counts.unread_stories });
        Self { browse, stale: false }
    }
}
