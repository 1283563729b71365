//! Stored rows read as what they stand for.

use rusqlite::{Connection, OptionalExtension, Row};

use super::arrival::{categories_from_json, enclosures_from_json};
use super::columns::{date_time, time, topics_from_blob};
use crate::model::{Article, ArticleId, ArticleState, Coverage, FeedId, Genres, Headline, StoryId};

const HEADLINE: &str =
    "SELECT a.id, a.feed, f.name, a.url, a.original, a.title, u.name, a.published, a.updated, a.fetched,
        a.date, a.language, a.topics, a.read, a.saved, a.noted
    FROM article a JOIN feed f ON f.id = a.feed LEFT JOIN author u ON u.id = a.author WHERE a.id = ?1";

fn headline(row: &Row<'_>) -> rusqlite::Result<Headline> {
    Ok(Headline {
        id: ArticleId(row.get(0)?),
        feed: FeedId(row.get(1)?),
        feed_name: row.get(2)?,
        url: row.get(3)?,
        original: row.get(4)?,
        title: row.get(5)?,
        author: row.get(6)?,
        published: row.get::<_, Option<i64>>(7)?.map(time),
        updated: row.get::<_, Option<i64>>(8)?.map(time),
        fetched: time(row.get(9)?),
        date: date_time(row.get(10)?),
        language: row.get(11)?,
        topics: topics_from_blob(row.get_ref(12)?.as_blob()?),
        scores: Vec::new(),
        entities: Vec::new(),
        genres: Genres::default(),
        via: None,
        story: StoryId(row.get(0)?),
        copy_of: None,
        coverage: Coverage::default(),
        state: ArticleState { read: row.get(13)?, saved: row.get(14)?, noted: row.get(15)? },
    })
}

/// The rows of these articles, in their order; those that are gone are left out.
pub(super) fn headlines(conn: &Connection, ids: &[i64]) -> rusqlite::Result<Vec<Headline>> {
    let mut select = conn.prepare_cached(HEADLINE)?;
    let rows = ids.iter().map(|id| select.query_row([id], headline).optional());
    rows.filter_map(Result::transpose).collect()
}

/// One article with its text and note.
pub(super) fn article(conn: &Connection, id: ArticleId) -> rusqlite::Result<Option<Article>> {
    let Some(headline) = headlines(conn, &[id.0])?.pop() else { return Ok(None) };
    conn.prepare_cached(
        "SELECT t.summary, t.content, t.categories, t.enclosures, s.note
         FROM article a JOIN article_text t ON t.article = a.id
         LEFT JOIN article_state s ON s.feed = a.feed AND s.key = a.key WHERE a.id = ?1",
    )?
    .query_row([id.0], |row| {
        Ok(Article {
            headline,
            summary_html: row.get(0)?,
            content_html: row.get(1)?,
            categories: categories_from_json(row.get_ref(2)?.as_str()?),
            enclosures: enclosures_from_json(row.get_ref(3)?.as_str()?),
            note: row.get(4)?,
        })
    })
    .optional()
}
