//! Knows the beat: topics, entities, genre and attribution of an article, by plain rules, each decision with its reason.
//!
//! The rules are tables in `assets/` (their grammar stands at the head of each) and the user's own from the config. All
//! cues and names are looked for word by word in one pass ([`Classifier`]); what was found is weighed per topic
//! ([`Contribution`]s, whose sum is the score), and [`Classifier::explain`] gives the same sum with its parts.

mod attribution;
mod beginnings;
mod catalogue;
mod category;
mod choose;
mod explain;
mod feed;
mod finder;
mod folded;
mod genre;
mod grammar;
mod language;
mod names;
mod nearest;
mod neighbours;
mod reading;
mod rules;
mod tables;
mod teaser;
mod trie;
mod user;
mod weigh;
mod why;

pub use rules::{OwnEntity, RuleFault, Rules, TopicRules};
pub use teaser::is_teaser;
pub use why::{Contribution, EntityReason, Explanation, Home, Place, TopicReason};

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use crate::model::{Entity, TopicId};
use catalogue::Catalogue;
use finder::Finder;
use tables::{Known, Rule};

/// What the rules look at: one article, cleaned, and what its feed says about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// Its title, one line.
    pub title: &'a str,
    /// Its text without markup: summary, or content. Only the beginning counts.
    pub text: &'a str,
    /// The feed's own categories.
    pub categories: &'a [String],
    /// The feed's default topics, from the config.
    pub feed_topics: &'a [TopicId],
    /// The feed's name: ` - Name` at the end of a title is not part of it, and rules may be about a feed.
    pub feed_name: &'a str,
    /// The feed's address, for rules about a feed.
    pub feed_url: &'a str,
    /// The article's address, for rules about one article.
    pub url: &'a str,
    /// BCP 47 tag from the feed.
    pub language: Option<&'a str>,
    /// Media type of the first enclosure; empty without: tells podcasts and videos.
    pub enclosure: &'a str,
    /// Links of the text.
    pub links: Links<'a>,
}

/// The links of a text, in its order: what each is on, and its address. Read from the markup only where an original may be
/// pointed at, since that costs as much as all labels.
#[derive(Clone, Copy, Default)]
pub struct Links<'a>(Option<&'a dyn Fn() -> Vec<(String, String)>>);

impl<'a> Links<'a> {
    /// Links that `read` reads.
    pub fn of(read: &'a dyn Fn() -> Vec<(String, String)>) -> Self {
        Self(Some(read))
    }

    fn read(self) -> Vec<(String, String)> {
        self.0.map(|read| read()).unwrap_or_default()
    }
}

impl std::fmt::Debug for Links<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Links")
    }
}

/// The rules, ready to be used; cheap to share, made once per config.
#[derive(Debug)]
pub struct Classifier {
    rules: Cow<'static, [Rule]>,
    entities: Cow<'static, [Known]>,
    finder: Finder,
    /// Made when it is first asked for: what labels articles alone does without.
    catalogue: OnceLock<Catalogue>,
    ignored: HashSet<(TopicId, u32)>,
    user: Rules,
}

/// An entity of the lexicon with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct EntityEntry {
    /// Id, name, kind.
    pub entity: Entity,
    /// Its other names, as the tables write them.
    pub aliases: Vec<String>,
    /// UN/LOCODE, IATA code or SCAC.
    pub code: Option<String>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
}

impl Classifier {
    /// Compiles the built-in tables and the user's rules. Rules that mean nothing are left out and told.
    #[must_use]
    pub fn new(rules: &Rules) -> (Self, Vec<RuleFault>) {
        let laid = user::lay(rules);
        let classifier = Self {
            finder: Finder::new(&laid.rules),
            catalogue: OnceLock::new(),
            rules: laid.rules,
            entities: laid.entities,
            ignored: laid.ignored,
            user: rules.clone(),
        };
        (classifier, laid.faults)
    }

    /// The entity with this id, or with this name or alias (folded), or with this code; none when there is none or several.
    #[must_use]
    pub fn entity(&self, name: &str) -> Option<&EntityEntry> {
        self.catalogue().find(&self.entities, name).map(|known| &known.entry)
    }

    /// Entities whose name or alias begins with, or contains, this (folded); the best known first; at most `limit`.
    #[must_use]
    pub fn entities_like(&self, part: &str, limit: usize) -> Vec<&EntityEntry> {
        self.catalogue().like(&self.entities, part, limit)
    }

    fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(|| Catalogue::new(&self.entities))
    }

    /// Whether the user wants a rule not to count for a topic.
    fn ignores(&self, topic: TopicId, rule: u32) -> bool {
        !self.ignored.is_empty() && self.ignored.contains(&(topic, rule))
    }

    /// Whether the user wants a category not to count for a topic.
    fn ignores_words(&self, topic: TopicId, category: &str) -> bool {
        let rules = self.user.topics.iter().filter(|rules| rules.topic == topic);
        rules.flat_map(|rules| &rules.ignore).any(|ignored| folded::fold_words(ignored) == folded::fold_words(category))
    }

    /// The topics that the user's rules give every article of the subject's feed.
    fn always(&self, subject: &Subject<'_>) -> impl Iterator<Item = TopicId> {
        let meant = |feed: &String| {
            feed == subject.feed_url || folded::fold_words(feed) == folded::fold_words(subject.feed_name)
        };
        self.user.topics.iter().filter(move |rules| rules.always_for.iter().any(meant)).map(|rules| rules.topic)
    }

    /// Whether the user's rules say that an article has a topic not.
    fn not_for(&self, topic: TopicId, url: &str) -> bool {
        self.user.topics.iter().any(|rules| rules.topic == topic && rules.not_for.iter().any(|not| not == url))
    }
}

#[cfg(test)]
mod lexicon_tests;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod title_tests;
