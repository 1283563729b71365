//! From an entry of the wire to an article for the store, labelled; and the same labels from what is stored.

use memchr::memmem;

use crate::document;
use crate::feed::ParsedEntry;
use crate::model::{Enclosure, Feed, Labels, NewArticle, TopicId};
use crate::store::Unlabelled;
use crate::topic::{Classifier, Explanation, Links, Subject};

/// Of longer texts no links are read: an excerpt that ends with "the full post is here" is short.
const LINKS_WITHIN: usize = 16 * 1024;
/// Links of a text that the rules get to see.
const MOST_LINKS: usize = 64;

/// What the rules know of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) url: String,
    pub(super) topics: Vec<TopicId>,
}

impl Source {
    pub(super) fn of(feed: Feed) -> Self {
        Self { name: feed.name, url: feed.url, topics: feed.topics }
    }
}

/// Makes an article of an entry: its labels and its text for the index. `language` is the feed's.
pub(super) fn article_from(
    entry: ParsedEntry,
    source: &Source,
    language: Option<&str>,
    classifier: &Classifier,
) -> NewArticle {
    let plain_text = searchable_text(&entry);
    let language = entry.language.as_deref().or(language);
    let links = || links(&entry.summary_html, &entry.content_html, &entry.url);
    let labels = classifier.label(&Subject {
        title: &entry.title,
        text: &plain_text,
        categories: &entry.categories,
        feed_topics: &source.topics,
        feed_name: &source.name,
        feed_url: &source.url,
        url: &entry.url,
        language,
        enclosure: first_type(&entry.enclosures),
        links: Links::of(&links),
    });
    NewArticle {
        identity: entry.identity,
        url: entry.url,
        original: entry.original.or_else(|| labels.original.clone()),
        title: entry.title,
        author: entry.author,
        published: entry.published,
        updated: entry.updated,
        language: labels.language.clone(),
        summary_html: entry.summary_html,
        content_html: entry.content_html,
        plain_text,
        categories: entry.categories,
        enclosures: entry.enclosures,
        labels,
    }
}

/// The labels of a stored article.
pub(super) fn labels_of(stored: &Unlabelled, source: &Source, classifier: &Classifier) -> Labels {
    with_subject(stored, source, |subject| classifier.label(subject))
}

/// The reasons for the labels of a stored article: of what was looked at when it was labelled.
pub(super) fn explained(stored: &Unlabelled, source: &Source, classifier: &Classifier) -> Explanation {
    with_subject(stored, source, |subject| classifier.explain(subject))
}

fn with_subject<T>(stored: &Unlabelled, source: &Source, look: impl FnOnce(&Subject<'_>) -> T) -> T {
    let links = || links(&stored.summary_html, &stored.content_html, &stored.url);
    look(&Subject {
        title: &stored.title,
        text: &stored.text,
        categories: &stored.categories,
        feed_topics: &source.topics,
        feed_name: &source.name,
        feed_url: &source.url,
        url: &stored.url,
        language: stored.language.as_deref(),
        enclosure: &stored.enclosure,
        links: Links::of(&links),
    })
}

fn first_type(enclosures: &[Enclosure]) -> &str {
    enclosures.first().map_or("", |enclosure| enclosure.mime.as_str())
}

/// The links of the text that is shown, in its order: what they are on, and their address.
fn links(summary: &str, content: &str, url: &str) -> Vec<(String, String)> {
    let html = if content.is_empty() { summary } else { content };
    if html.len() > LINKS_WITHIN || !document::may_lead_elsewhere(html, url) {
        // An original is on another site.
        return Vec::new();
    }
    let document = document::read_html(html, Some(url));
    document.links.into_iter().take(MOST_LINKS).map(|link| (link.text, link.url)).collect()
}

/// Summary and content without markup; the summary only when the content does not begin with it.
fn searchable_text(entry: &ParsedEntry) -> String {
    let content = document::plain_text(&entry.content_html);
    let summary = document::plain_text(&entry.summary_html);
    let beginning: String = summary.chars().take(40).collect();
    if summary.is_empty() || (!content.is_empty() && memmem::find(content.as_bytes(), beginning.as_bytes()).is_some()) {
        content
    } else if content.is_empty() {
        summary
    } else {
        format!("{summary}\n{content}")
    }
}
