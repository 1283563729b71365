//! Which topics an article belongs to.
//!
//! For now from the feed's own categories and the feed's desk; pure.

use crate::model::TopicId;

/// Topics of an article, best first, at most four: those its categories name, then the feed's defaults.
#[must_use]
pub fn topics_of(_categories: &[String], _feed_topics: &[TopicId]) -> Vec<TopicId> {
    todo!()
}
