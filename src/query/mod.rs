//! The search language, and what a list shows.
//!
//! Words and `"phrases"` (all must match), `-not`, `OR` (binds tighter than standing side by side), parentheses, and fields:
//! `topic: entity: carrier: port: lane: choke: genre: source: via: author: title: is:unread is:read is:saved has:note
//! has:fulltext since: before: on:`.
//! Pure: text in, a tree or an error with its place out.

mod complete;
mod day;
mod error;
mod field;
mod lex;
mod list;
mod nearest;
mod parse;
mod print;

#[cfg(test)]
mod tests;

pub use complete::{Completion, LibraryValue, complete};
pub use error::QueryError;
pub use field::{FIELDS, Field, FieldSpec};
pub use list::{Cursor, ListRequest, Order, Page, Rows, Scope};
pub use nearest::nearest;
pub use parse::{parse, parse_unfinished};
pub use print::quote_value;

use jiff::civil::Date;

use crate::model::{EntityKind, Genre, TopicId};

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
    /// The feed's name or URL, or that of whom it is taken from, contains this (case-insensitive).
    Source(String),
    /// Has this topic.
    Topic(TopicId),
    /// Names this entity, by its id (`entity:`, `carrier:`, `port:`, `lane:`, `choke:` once resolved by name).
    Entity(EntityWanted),
    /// Is of this genre.
    Genre(Genre),
    /// Is taken from somebody whose name contains this (case-insensitive).
    Via(String),
    /// Has no topic.
    OffTopic,
    /// Is unread.
    Unread,
    /// Is saved.
    Saved,
    /// Has a note.
    Noted,
    /// Has the full text of its page.
    FullText,
    /// Dated on or after the start of this day (local time).
    Since(Date),
    /// Dated before the start of this day (local time).
    Before(Date),
}

/// An entity that a query asks for, as it was typed: names are resolved by whoever has the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityWanted {
    /// What kinds count: those of the field.
    pub kinds: EntityField,
    /// Id, name, alias or code, as typed. An entity counts when one of them equals it, or its name contains it (folded).
    pub name: String,
    /// Ids that the name means by the lexicon (its aliases and codes); filled by the engine.
    pub ids: Vec<String>,
}

/// The fields that ask for entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityField {
    /// `entity:` any kind.
    Any,
    /// `carrier:`
    Carrier,
    /// `port:` ports, terminals and airports.
    Port,
    /// `lane:`
    Lane,
    /// `choke:`
    Chokepoint,
}

impl EntityField {
    /// Whether entities of this kind count.
    #[must_use]
    pub fn admits(self, kind: EntityKind) -> bool {
        match self {
            Self::Any => true,
            Self::Carrier => kind.is_carrier(),
            Self::Port => matches!(kind, EntityKind::Port | EntityKind::Terminal | EntityKind::Airport),
            Self::Lane => kind == EntityKind::Lane,
            Self::Chokepoint => kind == EntityKind::Chokepoint,
        }
    }

    /// What is typed before the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "entity",
            Self::Carrier => "carrier",
            Self::Port => "port",
            Self::Lane => "lane",
            Self::Chokepoint => "choke",
        }
    }
}

/// Search text: one word, or a phrase of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The words in order, never empty; each is a run of letters and digits, in the case as typed.
    pub words: Vec<String>,
    /// The last word matches what begins with it (`hapag*`, and the word being typed).
    pub prefix: bool,
}

impl Query {
    /// The words and phrases that matching articles contain, for highlighting: all that are not under a `-`.
    #[must_use]
    pub fn terms(&self) -> Vec<&Text> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::terms).collect(),
            Self::Text(text) | Self::Title(text) => vec![text],
            _ => Vec::new(),
        }
    }
}
