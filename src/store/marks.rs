//! Marks: read, saved, notes. A mark changes the article's row, its state record, its topic rows and the counters at once.

use rusqlite::{OptionalExtension, Transaction};

use super::counts::{CountedArticle, Tally};
use super::journal::{self, Entry};
use super::topics::{self, Listed};
use super::{StoreError, ingest};
use crate::model::{ArticleId, Change, Mark};

/// What is stored of an article that a mark can change.
struct Marked {
    feed: i64,
    key: Vec<u8>,
    topics: Vec<u8>,
    best: i64,
    date: i64,
    shown: bool,
    read: bool,
    saved: bool,
    note: Option<String>,
}

fn load(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<Option<Marked>> {
    tx.prepare_cached(
        "SELECT a.feed, a.key, a.topics, a.best, a.date, a.shown, a.read, a.saved, s.note
         FROM article a LEFT JOIN article_state s ON s.feed = a.feed AND s.key = a.key WHERE a.id = ?1",
    )?
    .query_row([id], |row| {
        Ok(Marked {
            feed: row.get(0)?,
            key: row.get(1)?,
            topics: row.get(2)?,
            best: row.get(3)?,
            date: row.get(4)?,
            shown: row.get(5)?,
            read: row.get(6)?,
            saved: row.get(7)?,
            note: row.get(8)?,
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
    let (mut read, mut saved, mut note) = (before.read, before.saved, before.note.clone());
    match mark {
        Mark::Read(set) => read = *set,
        Mark::Saved(set) => saved = *set,
        Mark::Note(text) => note = text.clone().filter(|text| !text.trim().is_empty()),
    }
    if (read, saved, &note) == (before.read, before.saved, &before.note) {
        return Ok(Applied::Same);
    }
    tx.prepare_cached(
        "INSERT INTO article_state (feed, key, read, saved, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (feed, key) DO UPDATE SET read = excluded.read, saved = excluded.saved, note = excluded.note",
    )?
    .execute((before.feed, &before.key, read, saved, &note))?;
    tx.prepare_cached("UPDATE article SET read = ?2, saved = ?3, noted = ?4 WHERE id = ?1")?.execute((
        id,
        read,
        saved,
        note.is_some(),
    ))?;
    if before.shown {
        let Marked { feed, date, best, .. } = before;
        if read != before.read {
            topics::unlist(tx, &before.topics, Listed { article: id, read: before.read, date, feed, best })?;
            topics::list(tx, &before.topics, Listed { article: id, read, date, feed, best })?;
        }
        tally.remove(CountedArticle { feed, topics: &before.topics, read: before.read, saved: before.saved });
        tally.add(CountedArticle { feed, topics: &before.topics, read, saved });
    }
    Ok(Applied::Changed { note_before: before.note })
}

/// Sets a mark on articles and journals it as one change.
pub(super) fn set(tx: &Transaction<'_>, ids: &[i64], mark: Mark, at: i64) -> Result<Change, StoreError> {
    let mut tally = Tally::default();
    let (mut changed, mut notes) = (Vec::new(), Vec::new());
    for &id in ids {
        if let Applied::Changed { note_before } = apply(tx, id, &mark, &mut tally)? {
            changed.push(id);
            notes.push(note_before);
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

/// The title of the only article of a change.
pub(super) fn only_title(tx: &Transaction<'_>, ids: &[i64]) -> rusqlite::Result<Option<String>> {
    let [only] = ids else { return Ok(None) };
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
