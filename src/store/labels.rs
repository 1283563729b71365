//! Labels: their columns, and what waits to be labelled anew.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::columns::{best_topic, count, scores_to_blob, topics_to_blob};
use super::counts::Tally;
use super::entities::{self, Numbers};
use super::standing::Standing;
use super::stories::{self, Touched};
use super::{StoreError, actor, setting};
use crate::model::{ArticleId, Labels};
use crate::text::fold;

/// Topics an article keeps at most.
const TOPICS: usize = 4;
/// How long one transaction writes labels; it ends within 50 ms.
const SLICE: Duration = Duration::from_millis(20);

/// What can be made of labels without the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LabelColumns {
    /// Topics as bytes, each once, best first.
    pub(super) topics: Vec<u8>,
    /// See the column `best`.
    pub(super) best: i64,
    pub(super) scores: Vec<u8>,
    pub(super) genres: i64,
}

impl LabelColumns {
    pub(super) fn new(labels: &Labels) -> Self {
        let mut kept: Vec<_> = Vec::new();
        for labelled in &labels.topics {
            if kept.len() < TOPICS && !kept.iter().any(|(topic, _)| *topic == labelled.0) {
                kept.push(*labelled);
            }
        }
        let topics = topics_to_blob(&kept.iter().map(|(topic, _)| *topic).collect::<Vec<_>>());
        let scores = scores_to_blob(kept.into_iter().map(|(_, score)| score));
        Self { best: best_topic(&topics), topics, scores, genres: i64::from(labels.genres.bits()) }
    }
}

/// The key of a name that articles are taken from, kept once.
pub(super) fn via_id(tx: &Transaction<'_>, name: Option<&str>) -> rusqlite::Result<Option<i64>> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else { return Ok(None) };
    let known =
        tx.prepare_cached("SELECT id FROM via WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
    if known.is_some() {
        return Ok(known);
    }
    tx.prepare_cached("INSERT INTO via (name, folded) VALUES (?1, ?2)")?.insert((name, fold(name))).map(Some)
}

/// Gives an article its labels; true when they are others than before. Language and original are the caller's.
pub(super) fn write(
    tx: &Transaction<'_>,
    id: i64,
    columns: &LabelColumns,
    labels: &Labels,
    numbers: &mut Numbers,
    touched: &mut Touched,
    tally: &mut Tally,
) -> rusqlite::Result<bool> {
    let Some(before) = Standing::load(tx, id)? else { return Ok(false) };
    let via = via_id(tx, labels.via.as_deref())?;
    let entities = numbers.column(tx, &labels.entities)?;
    let (old_scores, old_genres, old_via, old_entities, story): (Vec<u8>, i64, Option<i64>, Vec<u8>, Option<i64>) = tx
        .prepare_cached("SELECT scores, genres, via, entities, story FROM article WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?;
    let LabelColumns { topics, best, scores, genres } = columns.clone();
    if before.topics == topics && (&old_scores, old_genres, old_via, &old_entities) == (&scores, genres, via, &entities)
    {
        return Ok(false);
    }
    tx.prepare_cached(
        "UPDATE article SET topics = ?2, best = ?3, scores = ?4, genres = ?5, via = ?6, entities = ?7 WHERE id = ?1",
    )?
    .execute(params![id, topics, best, scores, genres, via, entities])?;
    if old_entities != entities {
        entities::unlist(tx, &old_entities, before.date, id)?;
        entities::list(tx, &entities, before.date, id)?;
    }
    if old_via != via {
        touched.extend(story);
    }
    before.change(&Standing { topics, best, ..before.clone() }, tx, tally)?;
    Ok(true)
}

// ── what waits ──

fn as_column(fingerprint: u64) -> i64 {
    i64::from_le_bytes(fingerprint.to_le_bytes())
}

/// True when the labels are made by these rules.
pub(super) fn is_current(conn: &Connection, fingerprint: u64) -> rusqlite::Result<bool> {
    Ok(setting::get(conn, "fingerprint")? == Some(as_column(fingerprint)))
}

/// From now on these rules make the labels: everything waits for them.
pub(super) fn set_fingerprint(tx: &Transaction<'_>, fingerprint: u64) -> Result<(), StoreError> {
    if is_current(tx, fingerprint)? {
        return Ok(());
    }
    setting::set(tx, "fingerprint", as_column(fingerprint))?;
    let newest: Option<i64> = tx.query_row("SELECT max(id) FROM article", [], |row| row.get(0))?;
    setting::set(tx, "label_below", newest.unwrap_or_default())?;
    tx.execute("DELETE FROM label_again", [])?;
    Ok(())
}

/// Lets articles wait for their labels again.
pub(super) fn again(tx: &Transaction<'_>, articles: &[ArticleId]) -> Result<(), StoreError> {
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO label_again (article) SELECT id FROM article WHERE id = ?1")?;
    articles.iter().try_for_each(|article| insert.execute([article.0]).map(drop))?;
    Ok(())
}

/// The ids of what waits, the newest first. First come those below the mark, then those that were asked for one by one.
pub(super) fn waiting(conn: &Connection, limit: usize) -> Result<Vec<i64>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let read = |sql: &str, bound: i64| -> rusqlite::Result<Vec<i64>> {
        conn.prepare_cached(sql)?.query_map((bound, limit), |row| row.get(0))?.collect()
    };
    let below = setting::get(conn, "label_below")?.unwrap_or_default();
    let ids = read("SELECT id FROM article NOT INDEXED WHERE id <= ?1 ORDER BY id DESC LIMIT ?2", below)?;
    if !ids.is_empty() {
        return Ok(ids);
    }
    Ok(read("SELECT article FROM label_again WHERE article > ?1 ORDER BY article DESC LIMIT ?2", i64::MIN)?)
}

/// True while anything waits.
pub(super) fn is_waiting(conn: &Connection) -> Result<bool, StoreError> {
    Ok(!waiting(conn, 1)?.is_empty())
}

/// How many wait.
pub(super) fn waiting_count(conn: &Connection) -> Result<u64, StoreError> {
    let below = setting::get(conn, "label_below")?.unwrap_or_default();
    let by_one: i64 = conn
        .prepare_cached("SELECT count(*) FROM label_again WHERE article > ?1")?
        .query_row([below], |row| row.get(0))?;
    let oldest: Option<i64> = conn.prepare_cached("SELECT min(id) FROM article")?.query_row([], |row| row.get(0))?;
    if oldest.is_none_or(|oldest| below < oldest) {
        return Ok(count(by_one));
    }
    // The index is a tenth of the table.
    let all: i64 = conn
        .prepare_cached("SELECT count(*) FROM article INDEXED BY article_key WHERE +id <= ?1")?
        .query_row([below], |row| row.get(0))?;
    Ok(count(by_one.saturating_add(all)))
}

/// Writes labels from the `from`-th on, for some milliseconds; gives where to go on, and how many changed. When other
/// rules hold by now, nothing is written.
pub(super) fn relabel(
    tx: &Transaction<'_>,
    fingerprint: u64,
    labels: &[(ArticleId, LabelColumns, Labels)],
    from: usize,
) -> Result<(usize, u64), StoreError> {
    if !is_current(tx, fingerprint)? {
        return Ok((labels.len(), 0));
    }
    let began = Instant::now();
    let (mut next, mut changed) = (from, 0);
    let (mut tally, mut touched, mut numbers) = (Tally::default(), Touched::new(), Numbers::default());
    let below = setting::get(tx, "label_below")?.unwrap_or_default();
    let mut done = below;
    for (ArticleId(id), columns, labels) in labels.iter().skip(from) {
        let differs = write(tx, *id, columns, labels, &mut numbers, &mut touched, &mut tally)?;
        let elsewhere = tx
            .prepare_cached(
                "UPDATE article SET language = coalesce(?2, language), original = coalesce(?3, original) WHERE id = ?1
                    AND (language IS NOT coalesce(?2, language) OR original IS NOT coalesce(?3, original))",
            )?
            .execute((id, &labels.language, &labels.original))?;
        tx.prepare_cached("DELETE FROM label_again WHERE article = ?1")?.execute([id])?;
        changed += u64::from(differs || elsewhere > 0);
        if *id <= below {
            done = done.min(id - 1);
        }
        next += 1;
        if began.elapsed() >= SLICE || actor::is_awaited() {
            break;
        }
    }
    if done < below {
        setting::set(tx, "label_below", done)?;
    }
    stories::refresh(tx, &touched, &mut tally)?;
    tally.write(tx)?;
    Ok((next, changed))
}
