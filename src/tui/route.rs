//! Where the user is, and how a screen says that the user goes elsewhere. Screens never import screens.

use super::effect::Effect;
use crate::command::CommandId;
use crate::engine::Lesson;
use crate::model::{ArticleId, Enclosure, Entity, FeedId, StoryId, TopicId};
use crate::query::Scope;

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// Topic bar, list and article.
    Desk,
    /// Search.
    Search,
    /// The page of a story.
    Story,
    /// The page of an entity.
    Entity,
    /// Why an article is here.
    Why,
    /// Feed health.
    Health,
    /// Past messages.
    Log,
    /// The choice of desks before anything is fetched.
    FirstRun,
}

/// What one step of a screen or overlay leads to.
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct Step {
    /// What shall be done.
    pub effects: Vec<Effect>,
    /// Where the user goes.
    pub go: Option<Go>,
}

/// Where the user goes; carried out by the root.
#[derive(Debug, Clone, PartialEq)]
pub enum Go {
    /// To a screen, on top of this one.
    To(Route),
    /// Back to the screen before; out of the program when there is none.
    Back,
    /// To the desk, showing this.
    Desk(Scope),
    /// To the page of a story.
    Story(StoryAim),
    /// To the page of an entity, by its id.
    Entity(String),
    /// To the reasons of an article.
    Why(ArticleId),
    /// To what a lesson would change, and whether it shall be written.
    Teach(Lesson),
    /// Out of the program.
    Quit,
    /// The overlay is done with.
    CloseOverlay,
    /// A command was chosen in the palette.
    Run(CommandId),
    /// Something was chosen in a picker.
    Chosen(Choice),
    /// Ask the user for a line of text.
    Prompt(PromptKind),
    /// Let the user pick.
    Pick(PickerKind),
    /// To the note on an article.
    Note(Noted),
    /// To the files of an article; none: they are still to be read.
    Files(ArticleId, Option<Vec<Enclosure>>),
}

/// An article whose note is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// Its note, empty where it has none; none: it is still to be read.
    pub note: Option<String>,
}

/// Which part of a story's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoryAim {
    /// The story.
    pub story: StoryId,
    /// The article to be selected; none: the first.
    pub article: Option<ArticleId>,
    /// It is opened at once, and going back leads here again.
    pub open: bool,
}

/// An article under another one, as a picker lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// Its title.
    pub title: String,
    /// Its feed's name.
    pub source: String,
}

/// What a picker is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickerKind {
    /// One of the topics.
    Topics,
    /// One of the feeds.
    Feeds,
    /// One of these links (text and address) or of the articles that stand under an article.
    Links(Vec<(String, String)>, Vec<Companion>),
    /// One of these names.
    Names(Vec<Entity>),
    /// One of the feeds a site has: title and address.
    FoundFeeds(Vec<(String, String)>),
}

/// What was chosen in a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Everything.
    All,
    /// A topic.
    Topic(TopicId),
    /// Several topics.
    Several(Vec<TopicId>),
    /// What has no topic.
    OffTopic,
    /// What is covered most.
    Covered,
    /// An entity, by its id.
    Entity(String),
    /// An article of a story.
    Story(StoryAim),
    /// A feed.
    Feed(FeedId),
    /// The address of a link.
    Link(String),
    /// The address of a feed to add.
    AddFeed(String),
}

/// What a prompt asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptKind {
    /// The address of a feed or a site.
    AddFeed,
    /// A new name for a feed; its present name.
    RenameFeed(FeedId, String),
    /// A new address for a feed; its name, and the address that is offered: another one, or its present one.
    MoveFeed(FeedId, String, String),
    /// The path of an OPML file.
    ImportOpml,
}

impl Step {
    /// Nothing follows.
    pub fn none() -> Self {
        Self::default()
    }

    /// One thing shall be done.
    pub fn effect(effect: Effect) -> Self {
        Self { effects: vec![effect], go: None }
    }

    /// The user goes elsewhere.
    pub fn go(go: Go) -> Self {
        Self { effects: Vec::new(), go: Some(go) }
    }
}

impl From<Vec<Effect>> for Step {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, go: None }
    }
}
