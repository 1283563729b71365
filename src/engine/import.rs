//! Subscriptions of other programs made ours: folders and tags stand for topics where they name one.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::shared::Shared;
use super::{Answer, EngineError, subscriptions};
use crate::config::FeedSpec;
use crate::model::TopicId;
use crate::opml::{self, Outline};
use crate::text::fold;

/// Largest list read, in bytes.
const LARGEST: u64 = 16 << 20;

/// Topics of a feed at most.
const MOST_TOPICS: usize = 4;

/// Adds the feeds of an OPML file; gives how many were new.
pub(super) async fn opml(shared: &Shared, path: &Path) -> Answer<usize> {
    let failed = |reason: String| EngineError(format!("{}: {reason}", path.display()));
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| failed(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed(format!("larger than {} MiB", LARGEST >> 20)));
    }
    let imported = opml::read(&bytes).map_err(|error| failed(error.to_string()))?;
    let feeds = imported.outlines.into_iter().map(|outline| spec_of(outline).0).collect();
    subscriptions::add_known(shared, feeds).await
}

/// A subscription of another program as ours, and its folders that name no topic.
#[must_use]
pub fn spec_of(outline: Outline) -> (FeedSpec, Vec<String>) {
    let (mut topics, mut others) = (Vec::new(), Vec::new());
    for folder in outline.folders {
        match topic_called(&folder) {
            Some(topic) if topics.contains(&topic) => {}
            Some(topic) if topics.len() < MOST_TOPICS => topics.push(topic),
            _ => others.push(folder),
        }
    }
    let name = Some(outline.name).filter(|name| !name.is_empty());
    (FeedSpec { name, url: outline.url, topics, ..FeedSpec::default() }, others)
}

/// The topic with this id, name or label.
fn topic_called(words: &str) -> Option<TopicId> {
    let words = fold(words.trim());
    TopicId::all().find(|topic| {
        let topic = topic.get();
        [topic.id, topic.name, topic.label].iter().any(|name| fold(name) == words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_name_topics_become_topics() {
        let folders = ["News", "ocean", "Ports & terminals", "OCEAN", "Parcl"].map(str::to_owned).to_vec();
        let (spec, others) = spec_of(Outline { folders, url: "http://a.example".into(), ..Outline::default() });
        let ids: Vec<&str> = spec.topics.iter().map(|topic| topic.get().id).collect();
        assert_eq!((ids, others), (vec!["ocean", "ports", "parcel"], vec!["News".to_owned()]));
        assert!(spec.enabled && spec.name.is_none());
    }
}
