//! What happened: everything that can change the model, as facts in the past tense.

use jiff::Timestamp;

use super::pictures::Canvas;
use super::reading::Reading;
use super::request::RequestId;
use super::settings::Settings;
use crate::command::Key;
use crate::engine::{
    AddOutcome, Company, Counts, Downloading, EntityPage, FeedEdit, FeedHealth, Notice, PageOutcome, Preview,
    StoryPage, Undone, Why,
};
use crate::model::{Article, ArticleId, Change, Entity, FeedStatus, Headline};

/// Something happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted. Foreign: it is cleaned where it is used.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal has another size.
    Resized {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// It is later now.
    Tick(Timestamp),
    /// The engine told something.
    Notice(Box<Notice>),
    /// A request was answered.
    Loaded(RequestId, Box<Answer>),
    /// A request failed; why and what to do, in words.
    Failed(RequestId, String),
    /// A picture came, so many pixels wide and high; or why it did not, in words.
    Picture {
        /// Its address.
        url: String,
        /// What became of it.
        outcome: Result<(u32, u32), String>,
    },
    /// How the terminal shows pictures became known; none: this build of tidings has no pictures.
    Canvas(Option<Canvas>),
    /// The settings are other ones (the config was edited).
    Reconfigured(Box<Settings>),
    /// The note was in the user's editor: what it is now, or why that is not known.
    NoteEdited(Result<String, String>),
    /// Something about the terminal or a program of the user's that the user should know; not an answer.
    Trouble(String),
}

/// A mouse event, in cells from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
}

/// What the mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button was pressed.
    Click,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away from the user.
    WheelUp,
}

/// The answer to a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A window of a list.
    Headlines(Vec<Headline>),
    /// All and unread of a scope.
    Count {
        /// All.
        all: u64,
        /// Of them, unread.
        unread: u64,
    },
    /// How many arrived since.
    Newer(u64),
    /// The counts.
    Counts(Counts),
    /// The feeds.
    Feeds(Vec<FeedStatus>),
    /// The health of the feeds.
    Health(Vec<FeedHealth>),
    /// An article laid out; none when it is gone.
    Article(Option<Box<Reading>>),
    /// Completions.
    Completions(Vec<String>),
    /// The entity that was meant, and how many articles name it; none when there is no such one.
    Suggestion(Option<(Entity, u64)>),
    /// A story; none when it is gone.
    Story(Option<Box<StoryPage>>),
    /// All about an entity; none when the lexicon does not have it.
    Entity(Option<Box<EntityPage>>),
    /// Why an article is here; none when it is gone.
    Why(Option<Box<Why>>),
    /// An article as it is; none when it is gone.
    Whole(Option<Box<Article>>),
    /// Files of an article that are here in part.
    Parts(Vec<Downloading>),
    /// What stands under an article.
    Company(Box<Company>),
    /// What a lesson would change.
    Preview(Preview),
    /// Marks were set, durably.
    Marked(Change),
    /// A rule was written, durably: the rule in words.
    Taught(String),
    /// Stories were split or joined, durably: what was done, in words.
    Regrouped(String),
    /// A change was taken back.
    Undone(Undone),
    /// A change was done again.
    Redone(Undone),
    /// What became of a feed to add.
    FeedAdded(AddOutcome),
    /// So many feeds were new.
    FeedsAdded(usize),
    /// The subscriptions were edited.
    FeedEdited(FeedEdit),
    /// What became of the wish for the text of an article's page.
    FullText(ArticleId, PageOutcome),
    /// It is done; one line for the status line, empty when there is nothing to say.
    Done(String),
}
