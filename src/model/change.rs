//! What the user did to marks, as it can be undone and redone.

use super::{ArticleId, HandRule};

/// Key of a change in the undo journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub i64);

/// A mark to set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Mark read (true) or unread (false).
    Read(bool),
    /// Save (true) or drop from the saved ones (false).
    Saved(bool),
    /// Set the note; none removes it.
    Note(Option<String>),
}

/// A change that is safely stored: what the toast says and what undo takes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Key in the journal; none when nothing was different and so nothing was journaled.
    pub id: Option<ChangeId>,
    /// What was set (or, after an undo, what was taken back).
    pub mark: Mark,
    /// The articles whose state is now different.
    pub articles: Vec<ArticleId>,
    /// Title of the only article, when there is one; of the one whose copies the others are.
    pub title: Option<String>,
}

/// A step of the undo journal that was taken back or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Marks, which the store has set already.
    Marks(Change),
    /// An edit of the config file, which the engine carries out: the file is expected to read `from` and shall read `to`.
    Config {
        /// Text of the file as it should be now.
        from: String,
        /// Text to write.
        to: String,
        /// The edit in words, such as `removed Harbour Gazette`.
        words: String,
    },
    /// Rules about stories, which the store has set already: those that hold from now on, and those that do not any more.
    Hand {
        /// Rules that hold.
        set: Vec<HandRule>,
        /// Rules that do not hold any more.
        lifted: Vec<HandRule>,
        /// What it was, in words, such as `split off: Box rates slip`.
        words: String,
    },
}
