//! The text of an article's page: fetched when asked for, told from what is around it, kept.

use std::sync::Arc;

use super::Answer;
use super::shared::Shared;
use crate::model::{ArticleId, Barrier, FullText};

/// What became of the wish for the text of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageOutcome {
    /// It is kept with the article; so many words.
    Kept {
        /// Words of text.
        words: usize,
        /// Why it may be only the beginning.
        barrier: Option<Barrier>,
    },
    /// The page gave no more than the feed did; nothing was kept.
    NothingMore(Option<Barrier>),
}

/// Fetches the page of an article and keeps its text with it.
pub(super) async fn fetch(shared: &Arc<Shared>, id: ArticleId) -> Answer<PageOutcome> {
    let _ = (shared, id);
    todo!()
}

/// Reads a page, or a file of this machine.
pub(super) async fn read(shared: &Arc<Shared>, address: &str) -> Answer<FullText> {
    let _ = (shared, address);
    todo!()
}
