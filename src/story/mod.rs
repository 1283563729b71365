//! Stories: articles about one event become one row, copies of one text are told apart, each decision with its reason.
//!
//! Pure: what is known of the articles of some days goes in ([`Telling`]), placements come out. Nobody but the engine's
//! one worker holds a [`Newsroom`]; the store keeps what it decides.

use jiff::Timestamp;

use crate::model::{ArticleId, FeedId, HandRule, Placement, StoryId};

/// What is compared of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The article.
    pub article: ArticleId,
    /// Its feed: the same publisher does not copy itself, and two publishers make a story more certain.
    pub feed: FeedId,
    /// Its date.
    pub date: Timestamp,
    /// Its address.
    pub url: String,
    /// Its title, attribution and publisher suffix still in it.
    pub title: String,
    /// The beginning of its text.
    pub text: String,
    /// Ids of its entities.
    pub entities: Vec<String>,
    /// Its language, when known.
    pub language: Option<String>,
}

/// Articles further apart than this many days are never one story.
pub const WINDOW_DAYS: i64 = 7;

/// The articles of the last days with all that is needed to place the next one.
#[derive(Debug, Default)]
pub struct Newsroom {}

/// Why articles are one story (or why not): for the story screen and `tidings why`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinship {
    /// How alike the article is to the rest of its story, 0 to 1; 1 for the same item.
    pub score: f64,
    /// What it takes to join.
    pub threshold: f64,
    /// Words of the titles they share, the rarest first.
    pub words: Vec<String>,
    /// Entities they share (ids), the rarest first; those that are everywhere these days are left out.
    pub entities: Vec<String>,
    /// Shared entities that did not count because they are everywhere.
    pub saturated: Vec<String>,
    /// Share of the text that is the same, 0 to 1.
    pub same_text: f64,
    /// Set by hand: true together, false apart.
    pub by_hand: Option<bool>,
}

impl Newsroom {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        todo!()
    }

    /// Takes in an article whose place was decided before; `placement` is what the store has.
    pub fn remember(&mut self, telling: &Telling, placement: Placement) {
        todo!()
    }

    /// Takes in a rule of the user's. Rules about articles that are not here wait for them.
    pub fn obey(&mut self, rule: HandRule) {
        todo!()
    }

    /// Takes back a rule of the user's.
    pub fn forget_rule(&mut self, rule: HandRule) {
        todo!()
    }

    /// Places arrivals. What comes out are the placements that are new or different, those of earlier articles included.
    /// The order of the arrivals hardly matters. Every article is in exactly one story.
    pub fn arrive(&mut self, arrivals: &[Telling]) -> Vec<Placement> {
        todo!()
    }

    /// Places again all that a changed rule touches.
    pub fn rearrange(&mut self, articles: &[ArticleId]) -> Vec<Placement> {
        todo!()
    }

    /// Lets go of what is dated so long before that it can not matter any more.
    pub fn forget_before(&mut self, date: Timestamp) {
        todo!()
    }

    /// Why an article is in its story: compared with the rest of it. None for one that is alone or not here.
    #[must_use]
    pub fn kinship(&self, article: ArticleId) -> Option<Kinship> {
        todo!()
    }

    /// Articles that are here.
    #[must_use]
    pub fn len(&self) -> usize {
        todo!()
    }
}

/// The candidates that are most related to an article without being its story: best first, at most `limit`, none that has
/// nothing rare in common with it.
#[must_use]
pub fn related(article: &Telling, candidates: &[Telling], limit: usize) -> Vec<ArticleId> {
    todo!()
}

/// Words and figures of each telling that none of the earlier ones has: what is new in it. In the order given, oldest first.
#[must_use]
pub fn novelties(tellings: &[Telling], limit: usize) -> Vec<Vec<String>> {
    todo!()
}
