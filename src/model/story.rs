//! A story: articles about one event, folded into one row.

use super::ArticleId;

/// Key of a story: that of the article it began with. Stays when articles come; of two that become one, the older stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StoryId(pub i64);

/// Where an article belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The article.
    pub article: ArticleId,
    /// Its story; of its own when nobody else tells it.
    pub story: StoryId,
    /// The article whose text it repeats, when it does: always the first one with that text.
    pub copy_of: Option<ArticleId>,
}

/// How a story is covered besides the article at hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Other articles of the story: the `+n` of a row.
    pub others: u32,
    /// Of them, unread.
    pub unread: u32,
    /// Distinct publishers of the story, this one included; copies do not count, but whom they are taken from does.
    pub sources: u32,
}

/// What the user said about two articles; holds against every later clustering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HandRule {
    /// One of them.
    pub article: ArticleId,
    /// The other.
    pub other: ArticleId,
    /// True: one story. False: never one story.
    pub together: bool,
}
