//! What the chooser of an article's files remembers.

use crate::command::Key;
use crate::model::{ArticleId, Enclosure};
use crate::tui::widget::list_cursor::ListCursor;

/// The state of the chooser.
#[derive(Debug, Clone)]
pub struct State {
    /// The article.
    pub article: ArticleId,
    /// Its files; none while they are read.
    pub files: Option<Vec<Enclosure>>,
    /// The cursor.
    pub cursor: ListCursor,
    /// The key that was pressed before its files came: it does its thing to the first of them.
    pub early: Option<Key>,
}

impl State {
    /// A chooser of these files.
    #[must_use]
    pub fn new(article: ArticleId, files: Option<Vec<Enclosure>>) -> Self {
        Self { article, files, cursor: ListCursor::default(), early: None }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.as_ref().map_or(0, Vec::len)
    }

    /// Whether there are none, or none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Enclosure> {
        self.files.as_ref()?.get(self.cursor.selected)
    }
}
