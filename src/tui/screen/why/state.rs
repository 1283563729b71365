//! What the page of reasons remembers.

use crate::engine::Why;
use crate::model::ArticleId;

/// The state of the page of reasons.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// The article.
    pub wanted: Option<ArticleId>,
    /// Its reasons, when they have come.
    pub why: Option<Why>,
    /// The article is not there any more.
    pub gone: bool,
    /// They were asked for.
    pub asked: bool,
    /// The selected row.
    pub selected: usize,
}

/// What a row of the page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Topic n.
    Topic(usize),
    /// Contribution m of topic n.
    Contribution(usize, usize),
    /// Entity n.
    Entity(usize),
}

impl State {
    /// The rows of the page.
    pub(super) fn rows(&self) -> Vec<Row> {
        let Some(why) = &self.why else { return Vec::new() };
        let topics = why.explanation.topics.iter().enumerate().flat_map(|(n, topic)| {
            let parts = (0..topic.contributions.len()).map(move |m| Row::Contribution(n, m));
            std::iter::once(Row::Topic(n)).chain(parts)
        });
        topics.chain((0..why.explanation.entities.len()).map(Row::Entity)).collect()
    }

    /// What the selected row is about.
    pub(super) fn row(&self) -> Option<Row> {
        self.rows().get(self.selected).copied()
    }
}
