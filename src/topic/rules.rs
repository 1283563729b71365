//! The user's own rules, as the config has them.

use sha2::{Digest, Sha256};

use super::tables;
use crate::model::{EntityKind, TopicId};

/// Goes up whenever the code weighs the same tables otherwise, so that stored labels are made anew.
const CODE_VERSION: u32 = 2;

/// `[topics.*]` and `[[entities]]` of the config.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Rules {
    /// One per topic that the config speaks of.
    pub topics: Vec<TopicRules>,
    /// In the order of the file.
    pub entities: Vec<OwnEntity>,
}

impl Rules {
    /// Differs whenever the built-in tables or these rules differ: what is stored under another one is labelled anew. Much
    /// sooner known than a [`Classifier`](super::Classifier) is made.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Sha256::new();
        for table in tables::CUES.iter().chain(tables::LEXICON).chain(tables::OTHERS) {
            hash.update(table.1);
        }
        hash.update(format!("{CODE_VERSION} {self:?}"));
        let digest = hash.finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

/// `[topics.<id>]`
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TopicRules {
    /// The topic.
    pub topic: TopicId,
    /// Further strong cues, in the grammar of the tables (`fuel levy`, `surcharge*`, `=GRI`).
    pub cues: Vec<String>,
    /// Text that speaks against the topic.
    pub never: Vec<String>,
    /// Built-in cues that shall not count for this topic (what "never by this cue" writes).
    pub ignore: Vec<String>,
    /// Feeds (name or address) whose every article has the topic (what "always for this feed" writes).
    pub always_for: Vec<String>,
    /// Addresses of articles that shall not have it (what "wrong topic" writes).
    pub not_for: Vec<String>,
}

/// `[[entities]]`: an entity of the user's own, or a change to a built-in one of the same name or id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnEntity {
    /// Name, or name or id of a built-in one.
    pub name: String,
    /// Needed for a new one.
    pub kind: Option<EntityKind>,
    /// Further names, in the grammar of the tables.
    pub aliases: Vec<String>,
    /// Names by which it shall never be recognised (what "not this entity" writes).
    pub ignore: Vec<String>,
    /// Topics it speaks for; the first with full weight.
    pub topics: Vec<TopicId>,
    /// UN/LOCODE, IATA code or SCAC.
    pub code: Option<String>,
}

/// A rule that means nothing, in words; the config tells it at the rule's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFault {
    /// Where: `topics.rates.ignore`, `entities`.
    pub key: String,
    /// The text at fault.
    pub text: String,
    /// Why, and what would be right.
    pub words: String,
}
