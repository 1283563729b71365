//! Why an article has its labels: every contribution with its weight, the text that matched, and the home of the rule.

use std::ops::Range;

use crate::model::{Entity, Labels, Score, TopicId};

/// Where something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the title, at these bytes of it.
    Title(Range<usize>),
    /// In the text, at these bytes of it.
    Text(Range<usize>),
    /// One of the feed's categories.
    Category,
    /// The feed itself.
    Feed,
    /// The article's address.
    Address,
}

/// Where a rule is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// A line of a built-in table, such as `assets/topics/cues/rates.tsv`.
    Table {
        /// Path from the repository's root.
        file: &'static str,
        /// From 1.
        line: u32,
    },
    /// A key of the user's config, such as `topics.rates.cues`.
    Config(String),
}

/// One reason for or against a topic. The contributions of a topic add up to its score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What it counts; negative for reasons against, 0 where a limit (two per tier) keeps it from counting.
    pub weight: Score,
    /// The cue, entity name, category or feed name, as the rule has it.
    pub rule: String,
    /// The entity it comes from, when it comes from one.
    pub entity: Option<Entity>,
    /// The text that matched, as it stands there.
    pub matched: String,
    /// Where.
    pub place: Place,
    /// The rule's home.
    pub home: Home,
    /// A word on the weight: `strong cue`, `in the text, a quarter`, `second topic of the entity, half`.
    pub note: &'static str,
}

/// A topic and its reasons; those with a score that fell short are told too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicReason {
    /// The topic.
    pub topic: TopicId,
    /// The sum of the contributions.
    pub score: Score,
    /// Whether the article has it.
    pub assigned: bool,
    /// Why not, or why although the score is low, where the score alone does not say it; empty otherwise.
    pub note: String,
    /// The reasons, heaviest first.
    pub contributions: Vec<Contribution>,
}

/// An entity and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityReason {
    /// The entity.
    pub entity: Entity,
    /// Whether the article has it; false for one that its context rule kept out.
    pub named: bool,
    /// The name as the rule has it, such as `=?ONE`.
    pub rule: String,
    /// The text that matched.
    pub matched: String,
    /// Where.
    pub place: Place,
    /// The rule's home.
    pub home: Home,
    /// The context rule in words: `counts only beside other freight words; found "vessel"`; empty when it needs none.
    pub note: String,
}

/// All that is to be said about an article's labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The labels.
    pub labels: Labels,
    /// Topics with a score, best first.
    pub topics: Vec<TopicReason>,
    /// What a topic needs at least.
    pub threshold: Score,
    /// Entities in the order of the text.
    pub entities: Vec<EntityReason>,
    /// Genre, attribution, original and language: one line each, such as `via Financial Times: the title begins with "FT:"`.
    pub remarks: Vec<String>,
}
