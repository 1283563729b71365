//! What the search remembers.

use tui_input::Input;

use crate::query::{Order, Scope};
use crate::tui::browse::{Browse, Owner};
use crate::tui::model::Shared;

/// The state of the search.
#[derive(Debug, Clone)]
pub struct State {
    /// What is typed.
    pub input: Input,
    /// The keys go to what is typed.
    pub typing: bool,
    /// Hits and article.
    pub browse: Browse,
}

impl State {
    /// An empty search.
    #[must_use]
    pub fn new(_shared: &Shared) -> Self {
        let browse = Browse::new(Owner::Search, Scope::All, Order::Date, false);
        Self { input: Input::default(), typing: true, browse }
    }
}
