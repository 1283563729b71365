//! Marks: read, saved, notes. A mark changes the article's row, its state record, its topic rows and the counters at once.

use rusqlite::{OptionalExtension, Transaction};

use super::counts::Tally;
use super::journal::{self, Entry};
use super::standing::{STANDING, STANDING_COLUMNS, Standing};
use super::{StoreError, ingest, stories};
use crate::model::{ArticleId, Change, Mark};

/// A change of more articles than this is not looked through for one and its copies.
const MOST_COPIES: usize = 50;

/// What is stored of an article that a mark can change.
struct Marked {
    standing: Standing,
    key: Vec<u8>,
    story: Option<i64>,
    note: Option<String>,
}

fn load(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<Option<Marked>> {
    let at = STANDING_COLUMNS;
    tx.prepare_cached(&format!(
        "SELECT {STANDING}, a.key, a.story, s.note
         FROM article a LEFT JOIN article_state s ON s.feed = a.feed AND s.key = a.key WHERE a.id = ?1"
    ))?
    .query_row([id], |row| {
        Ok(Marked {
            standing: Standing::of_row(row)?,
            key: row.get(at)?,
            story: row.get(at + 1)?,
            note: row.get(at + 2)?,
        })
    })
    .optional()
}

/// What a mark did to one article.
pub(super) enum Applied {
    /// It had the mark already, or is gone.
    Same,
    /// It is different now; its note was this before.
    Changed {
        /// The note before, whatever the mark.
        note_before: Option<String>,
    },
}

/// Sets a mark on one article.
pub(super) fn apply(tx: &Transaction<'_>, id: i64, mark: &Mark, tally: &mut Tally) -> rusqlite::Result<Applied> {
    let Some(before) = load(tx, id)? else { return Ok(Applied::Same) };
    let (mut after, mut note) = (before.standing.clone(), before.note.clone());
    match mark {
        Mark::Read(set) => after.read = *set,
        Mark::Saved(set) => after.saved = *set,
        Mark::Note(text) => note = text.clone().filter(|text| !text.trim().is_empty()),
    }
    if after == before.standing && note == before.note {
        return Ok(Applied::Same);
    }
    tx.prepare_cached(
        "INSERT INTO article_state (feed, key, read, saved, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (feed, key) DO UPDATE SET read = excluded.read, saved = excluded.saved, note = excluded.note",
    )?
    .execute((after.feed, &before.key, after.read, after.saved, &note))?;
    tx.prepare_cached("UPDATE article SET read = ?2, saved = ?3, noted = ?4 WHERE id = ?1")?.execute((
        id,
        after.read,
        after.saved,
        note.is_some(),
    ))?;
    before.standing.change(&after, tx, tally)?;
    if after.shown
        && after.read != before.standing.read
        && let Some(story) = before.story
    {
        stories::count_mark(tx, story, after.read)?;
    }
    Ok(Applied::Changed { note_before: before.note })
}

/// Sets a mark on articles and journals it as one change. Who has read an article has read its copies.
pub(super) fn set(tx: &Transaction<'_>, ids: &[i64], mark: Mark, at: i64) -> Result<Change, StoreError> {
    let mut tally = Tally::default();
    let (mut changed, mut notes) = (Vec::new(), Vec::new());
    let mut mark_one = |id: i64| -> rusqlite::Result<()> {
        if let Applied::Changed { note_before } = apply(tx, id, &mark, &mut tally)? {
            changed.push(id);
            notes.push(note_before);
        }
        Ok(())
    };
    for &id in ids {
        mark_one(id)?;
        if mark == Mark::Read(true) {
            stories::same_text(tx, id)?.into_iter().try_for_each(&mut mark_one)?;
        }
    }
    tally.write(tx)?;
    let id = match changed.as_slice() {
        [] => None,
        ids => Some(journal::record(tx, at, &Entry::Marks { mark: &mark, articles: ids, notes_before: &notes })?),
    };
    let title = only_title(tx, &changed)?;
    Ok(Change { id, mark, articles: changed.into_iter().map(ArticleId).collect(), title })
}

/// Sets a mark on all articles of a story, those of hidden feeds left out.
pub(super) fn set_story(tx: &Transaction<'_>, story: i64, mark: Mark, at: i64) -> Result<Change, StoreError> {
    let ids: Vec<i64> = tx
        .prepare_cached(
            "SELECT id FROM article WHERE shown = 1 AND (story = ?1 OR (id = ?1 AND story IS NULL)) ORDER BY id",
        )?
        .query_map([story], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    set(tx, &ids, mark, at)
}

/// The title of the only article of a change; of the first when all others have its text.
pub(super) fn only_title(tx: &Transaction<'_>, ids: &[i64]) -> rusqlite::Result<Option<String>> {
    let [only, others @ ..] = ids else { return Ok(None) };
    if !others.is_empty() {
        let same = if others.len() <= MOST_COPIES { stories::same_text(tx, *only)? } else { Vec::new() };
        if !others.iter().all(|other| same.contains(other)) {
            return Ok(None);
        }
    }
    tx.prepare_cached("SELECT title FROM article WHERE id = ?1")?.query_row([only], |row| row.get(0)).optional()
}

/// Marks read what has one of these addresses, and remembers the others: their articles arrive as read. One change.
pub(super) fn read_by_address(tx: &Transaction<'_>, urls: &[String], at: i64) -> Result<Change, StoreError> {
    let wanted: std::collections::HashSet<i64> = urls.iter().map(|url| ingest::address_hash(url)).collect();
    let mut found = Vec::new();
    {
        let mut select = tx.prepare("SELECT id, url FROM article WHERE read = 0")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            if wanted.contains(&ingest::address_hash(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)) {
                found.push(row.get(0)?);
            }
        }
    }
    let mut change = set(tx, &found, Mark::Read(true), at)?;
    if wanted.is_empty() {
        return Ok(change);
    }
    let id = match change.id {
        Some(id) => id,
        None => journal::record(tx, at, &Entry::Marks { mark: &change.mark, articles: &[], notes_before: &[] })?,
    };
    change.id = Some(id);
    let mut keep = tx.prepare("INSERT OR REPLACE INTO read_elsewhere (address, change, active) VALUES (?1, ?2, 1)")?;
    for address in wanted {
        keep.execute((address, id.0))?;
    }
    Ok(change)
}
