//! What the page of an entity remembers.

use crate::engine::EntityPage;

/// The state of the page of an entity.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The id of what is shown, or under way.
    pub wanted: Option<String>,
    /// The page, when it has come.
    pub page: Option<EntityPage>,
    /// The lexicon does not have it.
    pub missing: bool,
    /// It was asked for.
    pub asked: bool,
    /// The selected row: all its articles, who it appears with, its stories.
    pub selected: usize,
    /// The ids that the user came through with the rows selected there, the last one last.
    pub trail: Vec<(String, usize)>,
}

/// What a row of the page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// All articles that name it.
    Articles,
    /// Entity n of those it appears with.
    With(usize),
    /// Story n of the newest.
    Story(usize),
}

/// Those that it appears with are told up to here.
const WITH: usize = 10;

impl State {
    /// The rows of the page.
    pub(super) fn rows(&self) -> Vec<Row> {
        let Some(page) = &self.page else { return Vec::new() };
        let with = (0..page.with.len().min(WITH)).map(Row::With);
        std::iter::once(Row::Articles).chain(with).chain((0..page.stories.len()).map(Row::Story)).collect()
    }
}
