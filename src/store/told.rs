//! What is told of stored articles to those who label and place them.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::arrival::{categories_from_json, enclosures_from_json};
use super::columns::date_time;
use super::entities::Names;
use super::texts::{Texts, of_plain, unpack_or_none};
use super::{StoreError, actor, rows, stories};
use crate::model::{ArticleId, FeedId, Headline, Placement, StoryId};

/// Characters of the text that are compared.
const TEXT: usize = 1_000;
/// A batch of articles to be labelled ends after so many bytes of text and HTML.
const BATCH_BYTES: usize = 4 << 20;

/// What is compared of an article when it is placed: what a `story::Telling` needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The article.
    pub article: ArticleId,
    /// Its feed.
    pub feed: FeedId,
    /// The date lists sort it by.
    pub date: Timestamp,
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The first 1,000 characters of its text, the title not repeated.
    pub text: String,
    /// Ids of its entities, in the order of their first mention.
    pub entities: Vec<String>,
    /// Its language, when known.
    pub language: Option<String>,
}

/// What is labelled of an article: what a `topic::Subject` needs besides the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlabelled {
    /// The article.
    pub article: ArticleId,
    /// Its feed.
    pub feed: FeedId,
    /// Its title.
    pub title: String,
    /// Its whole text without markup, the title not repeated.
    pub text: String,
    /// The publisher's summary as HTML; may be empty.
    pub summary_html: String,
    /// The publisher's content as HTML; may be empty.
    pub content_html: String,
    /// The feed's own categories.
    pub categories: Vec<String>,
    /// Its address.
    pub url: String,
    /// Its language as stored.
    pub language: Option<String>,
    /// Media type of the first enclosure; empty without.
    pub enclosure: String,
}

/// A story as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStory {
    /// Its key.
    pub id: StoryId,
    /// The article that stands for it in lists; the first of `members` but when an older article arrived later.
    pub lead: ArticleId,
    /// Distinct publishers, as in `Coverage`.
    pub sources: u32,
    /// Its articles of shown feeds, oldest first, each with what is compared of it.
    pub members: Vec<(Headline, Told)>,
}

const TOLD: &str = "SELECT a.id, a.feed, a.date, a.url, a.title, t.texts, a.entities, a.language,
    coalesce(a.story, a.id), a.copy_of FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1";

/// What is compared of a text.
fn beginning(text: &str) -> String {
    let end = text.char_indices().nth(TEXT).map_or(text.len(), |(end, _)| end);
    text[..end].to_owned()
}

fn told_row(conn: &Connection, row: &Row<'_>, names: &mut Names) -> rusqlite::Result<(Told, Placement)> {
    let article = ArticleId(row.get(0)?);
    let told = Told {
        article,
        feed: FeedId(row.get(1)?),
        date: date_time(row.get(2)?),
        url: row.get(3)?,
        title: row.get(4)?,
        text: of_plain(row.get_ref(5)?.as_blob()?, beginning),
        entities: names.of_column(conn, row.get_ref(6)?.as_blob()?)?.into_iter().map(|entity| entity.id).collect(),
        language: row.get(7)?,
    };
    let copy_of = row.get::<_, Option<i64>>(9)?.map(ArticleId);
    Ok((told, Placement { article, story: StoryId(row.get(8)?), copy_of }))
}

/// Articles with their places, in the order of these ids; those that are gone are left out.
pub(super) fn with_places(
    conn: &Connection,
    ids: impl IntoIterator<Item = i64>,
) -> rusqlite::Result<Vec<(Told, Placement)>> {
    let mut select = conn.prepare_cached(TOLD)?;
    let mut names = Names::default();
    let rows = ids.into_iter().map(|id| select.query_row([id], |row| told_row(conn, row, &mut names)).optional());
    rows.filter_map(Result::transpose).collect()
}

/// The same without their places.
pub(super) fn of_ids(conn: &Connection, ids: impl IntoIterator<Item = i64>) -> Result<Vec<Told>, StoreError> {
    Ok(with_places(conn, ids)?.into_iter().map(|(told, _)| told).collect())
}

/// Ids of shown articles dated in `from..until` that have their place, by date.
pub(super) fn between(conn: &Connection, from: Timestamp, until: Timestamp) -> Result<Vec<i64>, StoreError> {
    let mut select = conn.prepare_cached(
        "SELECT date, id FROM article INDEXED BY list_date WHERE shown = 1 AND read = ?1 AND date >= ?2 AND date < ?3
            AND id NOT IN (SELECT article FROM arrived)
            AND NOT EXISTS (SELECT 1 FROM place_again p WHERE p.date = article.date AND p.article = article.id)",
    )?;
    let mut ids: Vec<(i64, i64)> = Vec::new();
    for read in [0, 1] {
        let rows =
            select.query_map((read, from.as_second(), until.as_second()), |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            ids.push(row?);
        }
    }
    ids.sort_unstable();
    Ok(ids.into_iter().map(|(_, id)| id).collect())
}

/// What is labelled of these articles, in their order; it ends early after some megabytes, and when a list waits to be read.
pub(super) fn subjects(conn: &Connection, ids: &[i64]) -> Result<Vec<Unlabelled>, StoreError> {
    let mut select = conn.prepare_cached(
        "SELECT a.id, a.feed, a.title, t.texts, t.categories, t.enclosures, a.url, a.language
         FROM article a JOIN article_text t ON t.article = a.id WHERE a.id = ?1",
    )?;
    let (mut subjects, mut bytes) = (Vec::new(), 0_usize);
    for id in ids {
        let subject = |row: &Row<'_>| {
            let Texts { plain, summary, content } = unpack_or_none(row.get_ref(3)?.as_blob()?);
            let enclosures = enclosures_from_json(row.get_ref(5)?.as_str()?);
            Ok(Unlabelled {
                article: ArticleId(row.get(0)?),
                feed: FeedId(row.get(1)?),
                title: row.get(2)?,
                text: plain,
                summary_html: summary,
                content_html: content,
                categories: categories_from_json(row.get_ref(4)?.as_str()?),
                url: row.get(6)?,
                language: row.get(7)?,
                enclosure: enclosures.into_iter().next().map(|file| file.mime).unwrap_or_default(),
            })
        };
        if let Some(subject) = select.query_row([id], subject).optional()? {
            bytes = bytes.saturating_add(subject.text.len() + subject.summary_html.len() + subject.content_html.len());
            subjects.push(subject);
        }
        if bytes >= BATCH_BYTES || actor::is_awaited() {
            break;
        }
    }
    Ok(subjects)
}

/// Ids below this one, the highest first.
pub(super) fn ids_below(conn: &Connection, below: Option<ArticleId>, limit: usize) -> Result<Vec<i64>, StoreError> {
    let bounds = (below.map_or(i64::MAX, |id| id.0), i64::try_from(limit).unwrap_or(i64::MAX));
    let mut select =
        conn.prepare_cached("SELECT id FROM article NOT INDEXED WHERE id < ?1 ORDER BY id DESC LIMIT ?2")?;
    Ok(select.query_map(bounds, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// See `Store::story`.
pub(super) fn story(conn: &Connection, id: StoryId) -> Result<Option<StoredStory>, StoreError> {
    let tx = conn.unchecked_transaction()?;
    let stored: Option<(Option<i64>, u32)> = tx
        .prepare_cached("SELECT lead, sources FROM story WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (lead, sources, mut members) = match stored {
        Some((None, _)) => return Ok(None),
        Some((Some(lead), sources)) => {
            let members = stories::members(&tx, id.0)?.into_iter().map(|member| member.standing);
            (lead, sources, members.filter(|m| m.shown).map(|m| (m.date, m.article)).collect::<Vec<_>>())
        }
        None => {
            let alone: Option<i64> = tx
                .prepare_cached("SELECT date FROM article WHERE id = ?1 AND story IS NULL AND shown = 1")?
                .query_row([id.0], |row| row.get(0))
                .optional()?;
            let Some(date) = alone else { return Ok(None) };
            (id.0, 1, vec![(date, id.0)])
        }
    };
    members.sort_unstable();
    let ids = || members.iter().map(|(_, id)| *id);
    let told: HashMap<ArticleId, Told> = of_ids(&tx, ids())?.into_iter().map(|told| (told.article, told)).collect();
    let headlines = rows::headlines(&tx, ids())?.into_iter();
    let members = headlines.filter_map(|headline| told.get(&headline.id).cloned().map(|told| (headline, told)));
    Ok(Some(StoredStory { id, lead: ArticleId(lead), sources, members: members.collect() }))
}
