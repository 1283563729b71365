//! What the rules make of an article's text: topics, entities, genre, where it is from.

use std::fmt;

use super::{Entity, Genres, TopicId};

/// Weight of evidence in hundredths, so that sums are exact: 270 is 2.7.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score(pub i32);

impl Score {
    /// As people and JSON read it.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.value())
    }
}

impl std::iter::Sum for Score {
    fn sum<I: Iterator<Item = Self>>(scores: I) -> Self {
        Self(scores.fold(0, |sum, score| sum.saturating_add(score.0)))
    }
}

/// The labels of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// Topics with their scores, best first, at most four; none: off-topic.
    pub topics: Vec<(TopicId, Score)>,
    /// Entities in the order of their first mention (title first), each once; at most 16.
    pub entities: Vec<Entity>,
    /// What sort of piece it is.
    pub genres: Genres,
    /// Whom the text is taken from ("FT: ..."), as a name such as `Financial Times`.
    pub via: Option<String>,
    /// Where the text was first published: the link behind "The full post is here".
    pub original: Option<String>,
    /// BCP 47 tag: what the feed says, else what the text looks like; none when that cannot be told.
    pub language: Option<String>,
}
