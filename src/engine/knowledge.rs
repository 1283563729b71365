//! What the engine knows about stories, entities and reasons, as the faces get it.

use jiff::Timestamp;

use crate::model::{ArticleId, Entity, FeedId, Headline, StoryId, TopicId};
use crate::story::Kinship;
use crate::topic::{EntityEntry, Explanation};

/// A story with all its articles: the story screen.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryPage {
    /// Its key.
    pub id: StoryId,
    /// Its articles, oldest first; the first is its lead.
    pub lines: Vec<StoryLine>,
    /// Distinct publishers, copies not counted.
    pub sources: u32,
    /// Entities with the number of articles that name them, most first.
    pub entities: Vec<(Entity, u32)>,
    /// Topics with the number of articles that have them, most first.
    pub topics: Vec<(TopicId, u32)>,
    /// Articles in each 6 hours since the first one.
    pub activity: Vec<u32>,
    /// Earlier stories about the same rare names, latest first: the lead of each and its number of sources.
    pub earlier: Vec<(Headline, u32)>,
}

/// An article of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    /// The article.
    pub headline: Headline,
    /// The beginning of its text.
    pub teaser: String,
    /// Words and figures that no earlier article of the story has.
    pub news: Vec<String>,
    /// Why it is in the story; none for a story of one.
    pub kinship: Option<Kinship>,
}

/// All about an entity: its page.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityPage {
    /// The entity.
    pub entry: EntityEntry,
    /// Articles that name it, all and unread: the same as a search for it finds.
    pub articles: (u64, u64),
    /// Articles a day over the last 90 days, oldest first.
    pub days: Vec<u32>,
    /// The day of the last of them.
    pub until: Timestamp,
    /// Who it appears with, most often first, with the number of articles.
    pub with: Vec<(Entity, u32)>,
    /// The newest stories that name it, at most 50.
    pub stories: Vec<Headline>,
}

/// Why an article has its labels and its story.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// The article.
    pub headline: Headline,
    /// Its labels and every reason.
    pub explanation: Explanation,
    /// Why it is in its story; none when it is alone.
    pub kinship: Option<Kinship>,
}

/// What stands under an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Company {
    /// The other articles of its story, oldest first.
    pub story: Vec<Headline>,
    /// Articles of other stories that are related, best first.
    pub related: Vec<Headline>,
}

/// Something to be learned: one readable rule in the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lesson {
    /// This cue shall not count for this topic.
    NeverByCue {
        /// The topic.
        topic: TopicId,
        /// The cue as the rule has it.
        cue: String,
    },
    /// Every article of this feed has this topic.
    AlwaysForFeed {
        /// The topic.
        topic: TopicId,
        /// The feed.
        feed: FeedId,
    },
    /// This article does not have this topic.
    WrongTopic {
        /// The topic.
        topic: TopicId,
        /// The article.
        article: ArticleId,
    },
    /// This name does not mean this entity.
    NotEntity {
        /// The entity.
        entity: Entity,
        /// The name as the rule has it.
        name: String,
    },
}

/// What a lesson would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The rule as it would stand in the config, such as `[topics.deals] ignore = ["bid"]`.
    pub rule: String,
    /// Stored articles whose labels would change.
    pub changed: u64,
    /// Stored articles looked at.
    pub of: u64,
    /// Titles of some of them.
    pub examples: Vec<String>,
}
