//! Subscriptions of other programs made ours, and ours made theirs: folders and tags stand for topics where they name one.

use crate::config::FeedSpec;
use crate::model::{ALL_TOPICS, FeedStatus, TopicId};
use crate::opml::Outline;
use crate::text::fold;

use super::subscription::without_userinfo;

/// Most topics that a feed is given.
const MOST_TOPICS: usize = 4;

/// A subscription as the config has it. Also gives the folders that name no topic.
#[must_use]
pub(super) fn to_spec(outline: Outline) -> (FeedSpec, Vec<String>) {
    let (mut topics, mut others) = (Vec::new(), Vec::new());
    for folder in outline.folders {
        match topic_called(&folder) {
            Some(topic) if topics.contains(&topic) => {}
            Some(topic) if topics.len() < MOST_TOPICS => topics.push(topic),
            _ => others.push(folder),
        }
    }
    let name = Some(outline.name).filter(|name| !name.is_empty());
    (FeedSpec { name, url: outline.url, topics, enabled: true, ..FeedSpec::default() }, others)
}

/// A feed as others read it: its topics are folders within each other, and no secret goes along.
#[must_use]
pub(super) fn from_feed(status: &FeedStatus) -> Outline {
    let feed = &status.feed;
    Outline {
        name: feed.name.clone(),
        url: without_userinfo(&feed.url),
        site: feed.site.clone(),
        folders: feed.topics.iter().map(|topic| topic.get().name.to_owned()).collect(),
    }
}

/// The topic that a folder or tag names: by its id, its name or its label.
fn topic_called(words: &str) -> Option<TopicId> {
    let words = fold(words.trim());
    let index = ALL_TOPICS
        .iter()
        .position(|topic| [topic.id, topic.name, topic.label].iter().any(|name| fold(name) == words))?;
    TopicId::from_index(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_name_topics_become_topics() {
        let folders = ["News", "ocean", "Ports & terminals", "OCEAN", "Parcl"].map(str::to_owned).to_vec();
        let (spec, others) = to_spec(Outline { folders, url: "http://a.example".into(), ..Outline::default() });
        let ids: Vec<&str> = spec.topics.iter().map(|topic| topic.get().id).collect();
        assert_eq!((ids, others), (vec!["ocean", "ports", "parcel"], vec!["News".to_owned()]));
        assert!(spec.enabled && spec.name.is_none());
    }
}
