//! From an entry of the wire to an article for the store.

use crate::document;
use crate::feed::ParsedEntry;
use crate::model::{Labels, NewArticle, Score, TopicId};
use crate::topic;

/// Makes an article of an entry: its topics and its text for the index. `feed_topics` are the feed's own, from the config.
pub(super) fn article_from(entry: ParsedEntry, feed_topics: &[TopicId], language: Option<&str>) -> NewArticle {
    let topics = topic::topics_of(&entry.categories, feed_topics);
    let plain_text = searchable_text(&entry);
    NewArticle {
        identity: entry.identity,
        url: entry.url,
        original: entry.original,
        title: entry.title,
        author: entry.author,
        published: entry.published,
        updated: entry.updated,
        language: entry.language.or_else(|| language.map(str::to_owned)),
        summary_html: entry.summary_html,
        content_html: entry.content_html,
        plain_text,
        categories: entry.categories,
        enclosures: entry.enclosures,
        labels: Labels { topics: topics.into_iter().map(|topic| (topic, Score(300))).collect(), ..Labels::default() },
    }
}

/// Summary and content without markup; the summary only when the content does not begin with it.
fn searchable_text(entry: &ParsedEntry) -> String {
    let content = document::plain_text(&entry.content_html);
    let summary = document::plain_text(&entry.summary_html);
    let beginning: String = summary.chars().take(40).collect();
    if summary.is_empty() || (!content.is_empty() && content.contains(&beginning)) {
        content
    } else if content.is_empty() {
        summary
    } else {
        format!("{summary}\n{content}")
    }
}
