//! Places in stories: what waits for one, and how they are written.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::columns::count;
use super::counts::Tally;
use super::labels;
use super::marks;
use super::stories::{self, Touched};
use super::{StoreError, actor};
use crate::model::{ArticleId, Mark, Placement};

/// How long one transaction places articles; with the stories to be put right it ends within 50 ms.
const SLICE: Duration = Duration::from_millis(15);

/// Lets new articles wait for their places: all from `first` to `last`.
pub(super) fn arrive(tx: &Transaction<'_>, first: ArticleId, last: ArticleId) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO arrived (article) SELECT id FROM article NOT INDEXED WHERE id BETWEEN ?1 AND ?2",
    )?
    .execute((first.0, last.0))
    .map(drop)
}

/// Lets an article wait to be placed again.
pub(super) fn again(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO place_again (date, article)
         SELECT date, id FROM article WHERE id = ?1 AND id NOT IN (SELECT article FROM arrived)",
    )?
    .execute([article])
    .map(drop)
}

/// Takes an article out of both queues; true when it has had no place yet.
pub(super) fn forget(tx: &Transaction<'_>, article: i64, date: i64) -> rusqlite::Result<bool> {
    let fresh = tx.prepare_cached("DELETE FROM arrived WHERE article = ?1")?.execute([article])? > 0;
    if !fresh {
        // What waits for its first place does not wait for another one.
        tx.prepare_cached("DELETE FROM place_again WHERE date = ?1 AND article = ?2")?.execute((date, article))?;
    }
    Ok(fresh)
}

/// What waits, the oldest date first. What an update of the library left to do waits for its labels.
pub(super) fn waiting(conn: &Connection, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
    let fresh = arrivals(conn, limit)?;
    if !fresh.is_empty() || labels::is_waiting(conn)? {
        return Ok(fresh);
    }
    let again = conn
        .prepare_cached("SELECT article FROM place_again ORDER BY date, article LIMIT ?1")?
        .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| row.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(again)
}

/// The arrivals with the oldest dates. They lie in the order in which they came, so all of them are looked at.
fn arrivals(conn: &Connection, limit: usize) -> rusqlite::Result<Vec<ArticleId>> {
    let mut select =
        conn.prepare_cached("SELECT a.date, q.article FROM arrived q CROSS JOIN article a ON a.id = q.article")?;
    let mut rows = select.query([])?;
    let mut oldest: Vec<(i64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        oldest.push((row.get(0)?, row.get(1)?));
        // Cut back now and then, so that memory does not grow with what waits.
        if oldest.len() >= limit.saturating_mul(2) {
            oldest.sort_unstable();
            oldest.truncate(limit);
        }
    }
    oldest.sort_unstable();
    oldest.truncate(limit);
    Ok(oldest.into_iter().map(|(_, id)| ArticleId(id)).collect())
}

/// How many wait.
pub(super) fn waiting_count(conn: &Connection) -> Result<u64, StoreError> {
    let waiting: i64 = conn
        .prepare_cached("SELECT (SELECT count(*) FROM arrived) + (SELECT count(*) FROM place_again)")?
        .query_row([], |row| row.get(0))?;
    Ok(count(waiting))
}

/// Originals first: a copy is of what is an original from then on.
pub(super) fn in_order(mut placements: Vec<Placement>) -> Vec<Placement> {
    placements.sort_by_key(|placement| placement.copy_of.is_some());
    placements
}

/// Places articles ([`in_order`]) from the `from`-th on, for some milliseconds; gives where to go on, and how many changed.
pub(super) fn place(tx: &Transaction<'_>, placements: &[Placement], from: usize) -> Result<(usize, u64), StoreError> {
    let began = Instant::now();
    let (mut next, mut changed) = (from, 0);
    let (mut tally, mut touched) = (Tally::default(), Touched::new());
    for placement in placements.iter().skip(from) {
        changed += u64::from(put(tx, *placement, &mut touched, &mut tally)?);
        next += 1;
        if began.elapsed() >= SLICE || actor::is_awaited() {
            break;
        }
    }
    stories::refresh(tx, &touched, &mut tally)?;
    tally.write(tx)?;
    Ok((next, changed))
}

/// Puts one article where it belongs; true when it was elsewhere.
fn put(tx: &Transaction<'_>, placement: Placement, touched: &mut Touched, tally: &mut Tally) -> rusqlite::Result<bool> {
    let (id, story) = (placement.article.0, placement.story.0);
    let found: Option<(Option<i64>, Option<i64>, i64)> = tx
        .prepare_cached("SELECT story, copy_of, date FROM article WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((old_story, old_copy, date)) = found else { return Ok(false) };
    let fresh = forget(tx, id, date)?;
    let original = match placement.copy_of {
        Some(original) if original.0 != id => original_of(tx, id, original.0)?,
        _ => None,
    };
    let copy_of = original.map(|(original, _)| original);
    let moves = old_story.unwrap_or(id) != story;
    if !moves && copy_of == old_copy {
        return Ok(false);
    }
    touched.extend(old_story);
    if let Some(original) = copy_of {
        // Copies of a copy are copies of its original.
        tx.prepare_cached("UPDATE article SET copy_of = ?2 WHERE copy_of = ?1")?.execute((id, original))?;
    }
    let stored = if moves { Some(story) } else { old_story };
    tx.prepare_cached("UPDATE article SET story = ?2, copy_of = ?3 WHERE id = ?1")?.execute((id, stored, copy_of))?;
    if moves {
        touched.insert(story);
        // The article the story began with knows of it only once it is not alone.
        if story != id {
            tx.prepare_cached("UPDATE article SET story = id WHERE id = ?1 AND story IS NULL")?.execute([story])?;
        }
    }
    if fresh && original.is_some_and(|(_, read)| read) {
        marks::apply(tx, id, &Mark::Read(true), tally)?;
    }
    Ok(true)
}

/// The first article with the text of `other`, and whether it is read; none when it is gone.
fn original_of(tx: &Transaction<'_>, article: i64, other: i64) -> rusqlite::Result<Option<(i64, bool)>> {
    // Until now it was the other way round.
    tx.prepare_cached("UPDATE article SET copy_of = NULL WHERE id = ?1 AND copy_of = ?2")?.execute((other, article))?;
    tx.prepare_cached(
        "SELECT o.id, o.read FROM article a JOIN article o ON o.id = coalesce(a.copy_of, a.id) WHERE a.id = ?1",
    )?
    .query_row([other], |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}
