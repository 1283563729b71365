//! The search language, and what a list shows.
//!
//! Words and `"phrases"` (all must match), `-not`, `OR`, parentheses, and fields: `topic: source: author: title:`
//! `is:unread is:read is:saved has:note since: before: on:`. Pure: text in, a tree or an error with its place out.

mod list;

pub use list::{Cursor, ListRequest, Order, Page, Scope};

use jiff::civil::Date;

use crate::model::TopicId;

/// A parsed query.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// Every article.
    All,
    /// All of them match.
    And(Vec<Query>),
    /// One of them matches.
    Or(Vec<Query>),
    /// It does not match.
    Not(Box<Query>),
    /// A word or phrase anywhere in title, text, author or feed name; words match by prefix only when `prefix`.
    Text(Text),
    /// A word or phrase in the title.
    Title(Text),
    /// The author contains this (case-insensitive).
    Author(String),
    /// The feed's name or URL contains this (case-insensitive).
    Source(String),
    /// Has this topic.
    Topic(TopicId),
    /// Is unread.
    Unread,
    /// Is saved.
    Saved,
    /// Has a note.
    Noted,
    /// Dated on or after the start of this day (local time).
    Since(Date),
    /// Dated before the start of this day (local time).
    Before(Date),
}

/// Search text: one word, or a phrase of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The words in order, never empty.
    pub words: Vec<String>,
    /// The last word matches what begins with it (`hapag*`, and the word being typed).
    pub prefix: bool,
}
