//! Which topics an article belongs to: those its feed's own categories name, then the feed's desk.

mod category;

use crate::model::TopicId;

/// Topics of an article at most.
const MOST: usize = 4;

/// Topics of an article, best first, at most four: those its categories name, then the feed's defaults.
#[must_use]
pub fn topics_of(categories: &[String], feed_topics: &[TopicId]) -> Vec<TopicId> {
    let mut topics: Vec<TopicId> = Vec::new();
    let named = categories.iter().flat_map(|category| category::topics_named(category));
    for topic in named.chain(feed_topics.iter().copied()) {
        if topics.len() < MOST && !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(categories: &[&str], feed: &[&str]) -> Vec<&'static str> {
        let categories: Vec<String> = categories.iter().map(|text| (*text).to_owned()).collect();
        let feed: Vec<TopicId> = feed.iter().filter_map(|id| TopicId::from_id(id)).collect();
        topics_of(&categories, &feed).into_iter().map(|topic| topic.get().id).collect()
    }

    #[test]
    fn categories_come_before_the_feeds_desk() {
        assert_eq!(ids(&["Air Cargo", "Opinion"], &["ocean", "air"]), ["air", "ocean"]);
        assert_eq!(ids(&[], &["ports"]), ["ports"]);
        assert_eq!(ids(&["Opinion"], &[]), Vec::<&str>::new());
    }

    #[test]
    fn an_article_has_four_topics_at_most() {
        assert_eq!(ids(&["Ocean", "Air", "Rail", "Road", "Ports"], &["deals"]), ["ocean", "air", "rail", "road"]);
    }
}
