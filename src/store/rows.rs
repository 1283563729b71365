//! Stored rows read as what they stand for.

use rusqlite::{Connection, OptionalExtension, Row};

use super::arrival::{categories_from_json, enclosures_from_json};
use super::columns::{count, date_time, scores_from_blob, time, topics_from_blob};
use super::entities::Names;
use super::full_text;
use super::texts::{Texts, unpack};
use crate::model::{Article, ArticleId, ArticleState, Coverage, FeedId, Genres, Headline, StoryId};

const HEADLINE: &str =
    "SELECT a.id, a.feed, f.name, a.url, a.original, a.title, u.name, a.published, a.updated, a.fetched,
        a.date, a.language, a.topics, a.read, a.saved, a.noted, a.scores, a.entities, a.genres, v.name, coalesce(a.story, a.id),
        a.copy_of, coalesce(s.members, 1) - 1, coalesce(s.unread, a.read = 0) - (a.read = 0), coalesce(s.sources, 1)
    FROM article a JOIN feed f ON f.id = a.feed LEFT JOIN author u ON u.id = a.author LEFT JOIN via v ON v.id = a.via
        LEFT JOIN story s ON s.id = a.story WHERE a.id = ?1";

fn headline(conn: &Connection, row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Headline> {
    let topics = topics_from_blob(row.get_ref(12)?.as_blob()?);
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
        state: ArticleState { read: row.get(13)?, saved: row.get(14)?, noted: row.get(15)? },
        scores: scores_from_blob(row.get_ref(16)?.as_blob()?, topics.len()),
        topics,
        entities: names.of_column(conn, row.get_ref(17)?.as_blob()?)?,
        genres: Genres::from_bits(count(row.get(18)?)),
        via: row.get(19)?,
        story: StoryId(row.get(20)?),
        copy_of: row.get::<_, Option<i64>>(21)?.map(ArticleId),
        coverage: Coverage { others: count(row.get(22)?), unread: count(row.get(23)?), sources: count(row.get(24)?) },
    })
}

/// The rows of these articles, in their order; those that are gone are left out.
pub(super) fn headlines(conn: &Connection, ids: impl IntoIterator<Item = i64>) -> rusqlite::Result<Vec<Headline>> {
    let mut select = conn.prepare_cached(HEADLINE)?;
    let mut names = Names::default();
    let rows = ids.into_iter().map(|id| select.query_row([id], |row| headline(conn, row, &mut names)).optional());
    rows.filter_map(Result::transpose).collect()
}

/// One article with its text and note.
pub(super) fn article(conn: &Connection, id: ArticleId) -> rusqlite::Result<Option<Article>> {
    let Some(headline) = headlines(conn, [id.0])?.pop() else { return Ok(None) };
    let full_text = full_text::of_article(conn, id.0)?;
    conn.prepare_cached(
        "SELECT t.texts, t.categories, t.enclosures, s.note, coalesce(p.place, 0)
         FROM article a JOIN article_text t ON t.article = a.id LEFT JOIN reading_place p ON p.article = a.id
         LEFT JOIN article_state s ON s.feed = a.feed AND s.key = a.key WHERE a.id = ?1",
    )?
    .query_row([id.0], |row| {
        let Texts { summary, content, .. } = unpack(row.get_ref(0)?.as_blob()?)?;
        Ok(Article {
            headline,
            summary_html: summary,
            content_html: content,
            categories: categories_from_json(row.get_ref(1)?.as_str()?),
            enclosures: enclosures_from_json(row.get_ref(2)?.as_str()?),
            note: row.get(3)?,
            full_text,
            place: count(row.get(4)?),
        })
    })
    .optional()
}
