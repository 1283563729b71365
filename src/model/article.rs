//! An article, its state, and the row that stands for it in a list.

use jiff::Timestamp;

use super::{ArticleId, Coverage, Entity, FeedId, FullText, Genres, Labels, Score, StoryId, TopicId};

/// A stored article with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The row that stands for it in lists.
    pub headline: Headline,
    /// The publisher's summary as HTML; may be empty.
    pub summary_html: String,
    /// The publisher's content as HTML; empty when the feed has only summaries.
    pub content_html: String,
    /// The feed's own categories, cleaned.
    pub categories: Vec<String>,
    /// Attached files.
    pub enclosures: Vec<Enclosure>,
    /// The user's note.
    pub note: Option<String>,
    /// The text of its page, when it was fetched.
    pub full_text: Option<FullText>,
    /// How far it was read: thousandths of its text that were above the pane when it was left.
    pub place: u16,
}

impl Article {
    /// What the article pane shows: the text of the page, else what the feed has.
    #[must_use]
    pub fn html(&self) -> &str {
        self.full_text.as_ref().map_or_else(|| self.feed_html(), |full| &full.html)
    }

    /// What its feed has of it: the content, else the summary.
    #[must_use]
    pub fn feed_html(&self) -> &str {
        if self.content_html.is_empty() { &self.summary_html } else { &self.content_html }
    }

    /// The address that relative links of [`Article::html`] start from.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.full_text.as_ref().map_or(&self.headline.url, |full| &full.url)
    }
}

/// One row of a list: an article without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// Key.
    pub id: ArticleId,
    /// The feed it came with.
    pub feed: FeedId,
    /// That feed's name as shown.
    pub feed_name: String,
    /// Address as the feed gave it, resolved; empty when it has none.
    pub url: String,
    /// Where the text was first published, when that is elsewhere.
    pub original: Option<String>,
    /// Cleaned, one line, never empty.
    pub title: String,
    /// Cleaned, one line.
    pub author: Option<String>,
    /// The publisher's date, when it gave a usable one.
    pub published: Option<Timestamp>,
    /// When the publisher last changed it.
    pub updated: Option<Timestamp>,
    /// When tidings first saw it.
    pub fetched: Timestamp,
    /// The date it is sorted by: `published`, but never later than `fetched`.
    pub date: Timestamp,
    /// BCP 47 language tag from the feed.
    pub language: Option<String>,
    /// Topics, best first, at most four; none: off-topic.
    pub topics: Vec<TopicId>,
    /// Their scores, in the same order.
    pub scores: Vec<Score>,
    /// Entities, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// What sort of piece it is.
    pub genres: Genres,
    /// Whom the text is taken from.
    pub via: Option<String>,
    /// Its story.
    pub story: StoryId,
    /// The article whose text it repeats.
    pub copy_of: Option<ArticleId>,
    /// The rest of its story.
    pub coverage: Coverage,
    /// Marks.
    pub state: ArticleState,
}

/// What the user did to an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArticleState {
    /// Marked read.
    pub read: bool,
    /// Saved: never ages out.
    pub saved: bool,
    /// Has a note: never ages out.
    pub noted: bool,
}

/// A file attached to an article (RSS `enclosure`, Media RSS `content`, JSON Feed `attachments`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Absolute http or https URL.
    pub url: String,
    /// Media type as the feed gave it; may be empty.
    pub mime: String,
    /// Size in bytes, when the feed gave one.
    pub bytes: Option<u64>,
    /// Title, description or credit.
    pub title: Option<String>,
    /// How long it plays, in whole seconds, when the feed tells.
    pub seconds: Option<u32>,
}

/// How an article is recognised when its feed is polled again. Stable, and valid within one feed only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Hash of the guid, else of the link, else of title and text. Two entries of one document never share it.
    pub key: [u8; 16],
    /// Hash of link and title: finds the article again when its publisher changes guids. None without both.
    pub alias: Option<[u8; 16]>,
}

/// An article as it arrives: everything the store needs, nothing it decides itself.
#[derive(Debug, Clone, PartialEq)]
pub struct NewArticle {
    /// See [`Identity`].
    pub identity: Identity,
    /// As in [`Headline`].
    pub url: String,
    /// As in [`Headline`].
    pub original: Option<String>,
    /// As in [`Headline`].
    pub title: String,
    /// As in [`Headline`].
    pub author: Option<String>,
    /// As in [`Headline`].
    pub published: Option<Timestamp>,
    /// As in [`Headline`].
    pub updated: Option<Timestamp>,
    /// As in [`Headline`].
    pub language: Option<String>,
    /// As in [`Article`].
    pub summary_html: String,
    /// As in [`Article`].
    pub content_html: String,
    /// The text of title, summary and content without markup, for the search index.
    pub plain_text: String,
    /// As in [`Article`].
    pub categories: Vec<String>,
    /// As in [`Article`].
    pub enclosures: Vec<Enclosure>,
    /// What the rules make of it. Its `language` and `original` are those above.
    pub labels: Labels,
}
