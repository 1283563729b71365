//! What the search remembers; its query stays for the next time.

use tui_input::Input;

use super::completion::{Awaited, Menu};
use super::suggestion::Suggestion;
use crate::query::{Order, QueryError, Rows, Scope};
use crate::tui::browse::{Browse, Owner};
use crate::tui::model::Shared;

/// The state of the search.
#[derive(Debug, Clone)]
pub struct State {
    /// What is typed.
    pub input: Input,
    /// The keys go to what is typed.
    pub typing: bool,
    /// Why it cannot be understood; what is shown answers what could be understood last.
    pub error: Option<QueryError>,
    /// The completions being gone through.
    pub menu: Option<Menu>,
    /// The completions asked of the library.
    pub awaited: Option<Awaited>,
    /// Whom the words may mean.
    pub suggestion: Option<Suggestion>,
    /// Hits and article.
    pub browse: Browse,
}

impl State {
    /// An empty search.
    #[must_use]
    pub fn new(_shared: &Shared) -> Self {
        let browse = Browse::new(Owner::Search, Scope::All, Rows::Articles, Order::Date, false);
        Self { input: Input::default(), typing: true, error: None, menu: None, awaited: None, suggestion: None, browse }
    }

    /// Whether anything is searched for. Otherwise the fields of the language are shown.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        matches!(self.browse.list.scope, Scope::Search(_))
    }
}
