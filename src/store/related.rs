//! What else was written about the same names: newest stories, earlier ones, and what may be related.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::columns::{ID_MASK, document, numbers_from_blob};
use super::search::phrase_of;
use super::told::{self, Told};
use super::{StoreError, entities, rows, stories};
use crate::model::{ArticleId, Headline, StoryId};
use crate::text::tokens;

/// Articles that are looked at of one entity.
const OF_ONE: i64 = 200;
/// A word of a title in more articles than this is not rare, and neither is an entity.
const RARE: i64 = 150;
/// Words of a title that are looked up, the longest first.
const WORDS: usize = 8;
/// Titles are looked through that are dated so many seconds before or after: half a year. A word that is in most articles
/// of a large library, though in few titles, would take the longer the more years there are.
const AROUND: i64 = 183 * 24 * 60 * 60;

/// What stands beside an article.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCompany {
    /// The rest of its story: articles of shown feeds, oldest first.
    pub story: Vec<Headline>,
    /// What is compared of itself.
    pub told: Told,
    /// What may be related to it.
    pub candidates: Vec<Told>,
}

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

/// See `Store::company`.
pub(super) fn company(
    conn: &Connection,
    article: ArticleId,
    limit: usize,
) -> Result<Option<StoredCompany>, StoreError> {
    let tx = conn.unchecked_transaction()?;
    let found: Option<(String, i64, Option<i64>, Vec<u8>)> = tx
        .prepare_cached("SELECT title, date, story, entities FROM article WHERE id = ?1")?
        .query_row([article.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((title, date, story, entities)) = found else { return Ok(None) };
    let Some(told) = told::of_ids(&tx, [article.0])?.pop() else { return Ok(None) };
    let mut members: Vec<(i64, i64)> = Vec::new();
    if let Some(story) = story {
        let others = stories::members(&tx, story)?.into_iter().map(|member| member.standing);
        members.extend(others.filter(|one| one.shown && one.article != article.0).map(|one| (one.date, one.article)));
        members.sort_unstable();
    }
    let story = story.unwrap_or(article.0);
    let candidates = candidates(&tx, &title, date, story, &entities, limit)?;
    Ok(Some(StoredCompany {
        story: rows::headlines(&tx, members.into_iter().map(|(_, id)| id))?,
        told,
        candidates: told::of_ids(&tx, candidates)?,
    }))
}

/// Articles of other stories that share an entity, or a rare word of the title with one of about that time: those that share most, the newest of them.
fn candidates(
    conn: &Connection,
    title: &str,
    date: i64,
    story: i64,
    entities: &[u8],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    // How much each shares, by its key in the text index, which tells its date.
    let mut shared: HashMap<i64, u32> = HashMap::new();
    let mut share = |documents: Vec<i64>| {
        if i64::try_from(documents.len()).is_ok_and(|found| found <= RARE) {
            for document in documents {
                *shared.entry(document).or_default() += 1;
            }
        }
    };
    for entity in numbers_from_blob(entities) {
        let naming: Vec<i64> = conn
            .prepare_cached("SELECT date, article FROM article_entity WHERE entity = ?1 LIMIT ?2")?
            .query_map((entity, RARE + 1), |row| Ok(document(row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        share(naming);
    }
    let (from, to) = (document(date.saturating_sub(AROUND), 0), document(date.saturating_add(AROUND), ID_MASK));
    let mut words: Vec<String> = tokens(title).filter(|word| word.chars().count() > 3).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    for word in words.iter().take(WORDS).filter_map(|word| phrase_of(word)) {
        let titled: Vec<i64> = conn
            .prepare_cached(
                "SELECT rowid FROM article_fts WHERE article_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4",
            )?
            .query_map((format!("title : {word}"), from, to, RARE + 1), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        share(titled);
    }
    let mut best: Vec<(u32, i64)> = shared.into_iter().map(|(document, times)| (times, document)).collect();
    best.sort_unstable_by_key(|place| std::cmp::Reverse(*place));
    let mut select =
        conn.prepare_cached("SELECT 1 FROM article WHERE id = ?1 AND shown = 1 AND coalesce(story, id) <> ?2")?;
    let mut candidates = Vec::new();
    for id in best.into_iter().map(|(_, document)| document & ID_MASK) {
        if candidates.len() >= limit {
            break;
        }
        if select.exists((id, story))? {
            candidates.push(id);
        }
    }
    Ok(candidates)
}
