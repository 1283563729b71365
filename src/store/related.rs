//! What else was written about the same names: newest stories, earlier ones, and what may be related.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::numbers_from_blob;
use super::search::phrase_of;
use super::told::{self, Told};
use super::{StoreError, entities, rows};
use crate::model::{ArticleId, Headline, StoryId};
use crate::text::tokens;

/// Articles that are looked at of one entity.
const OF_ONE: i64 = 200;
/// A word of a title in more articles than this is not rare, and neither is an entity.
const RARE: i64 = 150;
/// Words of a title that are looked up, the longest first.
const WORDS: usize = 8;

/// An article with its story: the lead that stands for it, and its sources.
struct Found {
    story: i64,
    lead: i64,
    sources: u32,
    date: i64,
}

/// The newest articles that name an entity, dated before `before`, with their stories.
fn naming(conn: &Connection, entity: i64, before: i64, limit: i64) -> rusqlite::Result<Vec<Found>> {
    conn.prepare_cached(
        "SELECT coalesce(a.story, a.id), coalesce(s.lead, a.id), coalesce(s.sources, 1), t.date
         FROM article_entity t CROSS JOIN article a ON a.id = t.article LEFT JOIN story s ON s.id = a.story
         WHERE t.entity = ?1 AND t.date < ?2 AND a.shown = 1 ORDER BY t.date DESC, t.article DESC LIMIT ?3",
    )?
    .query_map((entity, before, limit), |row| {
        Ok(Found { story: row.get(0)?, lead: row.get(1)?, sources: row.get(2)?, date: row.get(3)? })
    })?
    .collect()
}

/// See `Store::entity_stories`.
pub(super) fn entity_stories(conn: &Connection, id: &str, limit: usize) -> Result<Vec<Headline>, StoreError> {
    let Some(number) = entities::of_id(conn, id)? else { return Ok(Vec::new()) };
    let mut leads = Vec::new();
    let mut seen = HashSet::new();
    // Most stories are told by few articles.
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_mul(8);
    for found in naming(conn, number, i64::MAX, most)? {
        if leads.len() < limit && seen.insert(found.story) {
            leads.push(found.lead);
        }
    }
    Ok(rows::headlines(conn, leads)?)
}

/// See `Store::earlier_stories`.
pub(super) fn earlier_stories(
    conn: &Connection,
    ids: &[String],
    before: Timestamp,
    except: StoryId,
    limit: usize,
) -> Result<Vec<(Headline, u32)>, StoreError> {
    let mut stories: HashMap<i64, Found> = HashMap::new();
    for id in ids {
        let Some(number) = entities::of_id(conn, id)? else { continue };
        for found in naming(conn, number, before.as_second(), OF_ONE)? {
            if found.story != except.0 {
                let latest = stories.get(&found.story).map_or(i64::MIN, |known| known.date);
                if found.date > latest {
                    stories.insert(found.story, found);
                }
            }
        }
    }
    let mut stories: Vec<Found> = stories.into_values().collect();
    stories.sort_by_key(|found| std::cmp::Reverse((found.date, found.story)));
    stories.truncate(limit);
    let leads = rows::headlines(conn, stories.iter().map(|found| found.lead))?;
    Ok(leads.into_iter().zip(stories.iter().map(|found| found.sources)).collect())
}

/// See `Store::related_candidates`.
pub(super) fn candidates(conn: &Connection, article: ArticleId, limit: usize) -> Result<Vec<Told>, StoreError> {
    let found: Option<(String, i64, Vec<u8>)> = conn
        .prepare_cached("SELECT title, coalesce(story, id), entities FROM article WHERE id = ?1")?
        .query_row([article.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((title, story, column)) = found else { return Ok(Vec::new()) };
    let mut ids: HashSet<i64> = HashSet::new();
    for entity in numbers_from_blob(&column) {
        if is_rare(conn, "SELECT count(*) FROM (SELECT 1 FROM article_entity WHERE entity = ?1 LIMIT ?2)", &entity)? {
            let mut select = conn.prepare_cached("SELECT article FROM article_entity WHERE entity = ?1")?;
            for id in select.query_map([entity], |row| row.get(0))? {
                ids.insert(id?);
            }
        }
    }
    let mut words: Vec<String> = tokens(&title).filter(|word| word.chars().count() > 3).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    for word in words.iter().take(WORDS).filter_map(|word| phrase_of(word)) {
        let in_title = format!("title : {word}");
        if is_rare(
            conn,
            "SELECT count(*) FROM (SELECT 1 FROM article_fts WHERE article_fts MATCH ?1 LIMIT ?2)",
            &in_title,
        )? {
            let mut select = conn
                .prepare_cached("SELECT rowid & ?2 FROM article_fts WHERE article_fts MATCH ?1 ORDER BY rowid DESC")?;
            for id in select.query_map((in_title, super::columns::ID_MASK), |row| row.get(0))? {
                ids.insert(id?);
            }
        }
    }
    let mut newest: Vec<(i64, i64)> = Vec::new();
    let mut select =
        conn.prepare_cached("SELECT date, id FROM article WHERE id = ?1 AND shown = 1 AND coalesce(story, id) <> ?2")?;
    for id in ids {
        newest.extend(select.query_row((id, story), |row| Ok((row.get(0)?, row.get(1)?))).optional()?);
    }
    newest.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    newest.truncate(limit);
    told::of_ids(conn, newest.into_iter().map(|(_, id)| id))
}

/// True when at most [`RARE`] rows match.
fn is_rare(conn: &Connection, sql: &str, what: &impl rusqlite::ToSql) -> rusqlite::Result<bool> {
    let count: i64 = conn.prepare_cached(sql)?.query_row((what, RARE + 1), |row| row.get(0))?;
    Ok(count <= RARE)
}
