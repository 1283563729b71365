//! The undo journal: what the user did, newest last, kept over restarts.
//!
//! Rows with `undone = 0` can be taken back, the newest first; rows with `undone = 1` come after them and can be done again,
//! the oldest first. A new change ends what could be redone.

use rusqlite::{OptionalExtension, Transaction};

use super::StoreError;
use super::columns::{numbers_from_blob, numbers_to_blob};
use super::counts::Tally;
use super::hand;
use super::marks::{self, Applied};
use crate::model::{ArticleId, Change, ChangeId, HandRule, Mark, Step};

/// Changes that are kept.
const CHANGES: i64 = 1_000;
/// Bytes of config texts that are kept; older changes than those go.
const CONFIG_BYTES: i64 = 8 * 1024 * 1024;

/// A change to be journaled.
pub(super) enum Entry<'a> {
    /// Marks; only articles that changed.
    Marks { mark: &'a Mark, articles: &'a [i64], notes_before: &'a [Option<String>] },
    /// An edit of the config file.
    Config { before: &'a str, after: &'a str, words: &'a str },
    /// Rules about stories: those that were set, and those that stood against them.
    Hand { set: &'a [HandRule], lifted: &'a [HandRule], words: &'a str },
}

/// Which way a step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Undo,
    Redo,
}

/// Writes a change down.
pub(super) fn record(tx: &Transaction<'_>, at: i64, entry: &Entry<'_>) -> Result<ChangeId, StoreError> {
    tx.execute("DELETE FROM journal WHERE undone = 1", [])?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO journal (at, kind, value, articles, before, after, words, undone) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
    )?;
    let nothing = None::<&str>;
    let id = match entry {
        Entry::Marks { mark: Mark::Read(set), articles, .. } => {
            insert.insert((at, "read", set, ids_to_blob(articles), nothing, nothing, nothing))?
        }
        Entry::Marks { mark: Mark::Saved(set), articles, .. } => {
            insert.insert((at, "saved", set, ids_to_blob(articles), nothing, nothing, nothing))?
        }
        Entry::Marks { mark: Mark::Note(note), articles, notes_before } => {
            // The notes stand in the order of the ids, which the blob sorts.
            let mut sorted: Vec<_> = articles.iter().zip(*notes_before).collect();
            sorted.sort_unstable_by_key(|(id, _)| **id);
            let notes: Vec<_> = sorted.into_iter().map(|(_, note)| note).collect();
            let before = serde_json::json!(notes).to_string();
            insert.insert((at, "note", 1, ids_to_blob(articles), before, note, nothing))?
        }
        Entry::Config { before, after, words } => {
            insert.insert((at, "config", 1, Vec::<u8>::new(), before, after, words))?
        }
        Entry::Hand { set, lifted, words } => {
            let (before, after) = (hand::rules_to_json(lifted), hand::rules_to_json(set));
            insert.insert((at, "hand", 1, Vec::<u8>::new(), before, after, words))?
        }
    };
    forget_oldest(tx, id)?;
    Ok(ChangeId(id))
}

fn forget_oldest(tx: &Transaction<'_>, newest: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM journal WHERE id <= ?1")?.execute([newest.saturating_sub(CHANGES)])?;
    tx.prepare_cached(
        "DELETE FROM journal WHERE id < ?1 AND id <= (SELECT max(id) FROM (SELECT id, sum(length(before) + length(after))
            OVER (ORDER BY id DESC) AS bytes FROM journal WHERE kind IN ('config', 'hand')) WHERE bytes > ?2)",
    )?
    .execute((newest, CONFIG_BYTES))?;
    Ok(())
}

/// A change as it stands in the journal.
struct Written {
    id: i64,
    kind: String,
    value: bool,
    articles: Vec<i64>,
    before: Option<String>,
    after: Option<String>,
    words: Option<String>,
}

/// Takes one change back or does it again. Changes that have nothing left to act on (their articles are gone) are passed over.
pub(super) fn step(tx: &Transaction<'_>, way: Way) -> Result<Option<Step>, StoreError> {
    let next = match way {
        Way::Undo => "WHERE undone = 0 ORDER BY id DESC LIMIT 1",
        Way::Redo => "WHERE undone = 1 ORDER BY id LIMIT 1",
    };
    let sql = format!("SELECT id, kind, value, articles, before, after, words FROM journal {next}");
    loop {
        let written = tx
            .prepare_cached(&sql)?
            .query_row([], |row| {
                Ok(Written {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    value: row.get(2)?,
                    articles: ids_from_blob(row.get_ref(3)?.as_blob()?),
                    before: row.get(4)?,
                    after: row.get(5)?,
                    words: row.get(6)?,
                })
            })
            .optional()?;
        let Some(written) = written else { return Ok(None) };
        tx.prepare_cached("UPDATE journal SET undone = ?2 WHERE id = ?1")?.execute((written.id, way == Way::Undo))?;
        if written.kind == "config" {
            let (before, after) = (written.before.unwrap_or_default(), written.after.unwrap_or_default());
            let (from, to) = if way == Way::Undo { (after, before) } else { (before, after) };
            return Ok(Some(Step::Config { from, to, words: written.words.unwrap_or_default() }));
        }
        if written.kind == "hand" {
            if let Some(step) = carry_out_rules(tx, way, &written)? {
                return Ok(Some(step));
            }
            continue;
        }
        if let Some(change) = carry_out(tx, way, written)? {
            return Ok(Some(Step::Marks(change)));
        }
    }
}

fn carry_out(tx: &Transaction<'_>, way: Way, written: Written) -> Result<Option<Change>, StoreError> {
    let mark = match written.kind.as_str() {
        "read" => Mark::Read(written.value),
        "saved" => Mark::Saved(written.value),
        _ => Mark::Note(written.after),
    };
    let notes: Vec<Option<String>> =
        written.before.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let mut tally = Tally::default();
    let mut changed = Vec::new();
    for (at, &id) in written.articles.iter().enumerate() {
        let set = match (way, &mark) {
            (Way::Redo, mark) => mark.clone(),
            (Way::Undo, Mark::Read(set)) => Mark::Read(!set),
            (Way::Undo, Mark::Saved(set)) => Mark::Saved(!set),
            (Way::Undo, Mark::Note(_)) => Mark::Note(notes.get(at).cloned().flatten()),
        };
        if let Applied::Changed { .. } = marks::apply(tx, id, &set, &mut tally)? {
            changed.push(id);
        }
    }
    tally.write(tx)?;
    let elsewhere = tx
        .prepare_cached("UPDATE read_elsewhere SET active = ?2 WHERE change = ?1 AND active <> ?2")?
        .execute((written.id, way == Way::Redo))?;
    if changed.is_empty() && elsewhere == 0 {
        return Ok(None);
    }
    let title = marks::only_title(tx, &changed)?;
    let articles = changed.into_iter().map(ArticleId).collect();
    Ok(Some(Change { id: Some(ChangeId(written.id)), mark, articles, title }))
}

/// Sets the rules of an entry and lifts those that stood before, or the other way round. None when their articles are gone.
fn carry_out_rules(tx: &Transaction<'_>, way: Way, written: &Written) -> Result<Option<Step>, StoreError> {
    let rules = |json: &Option<String>| hand::rules_from_json(json.as_deref().unwrap_or_default());
    let (before, after) = (rules(&written.before), rules(&written.after));
    let (set, lifted) = if way == Way::Undo { (before, after) } else { (after, before) };
    let (set, lifted) = (hand::still_there(tx, set)?, hand::still_there(tx, lifted)?);
    if set.is_empty() && lifted.is_empty() {
        return Ok(None);
    }
    hand::replace(tx, &lifted, &set)?;
    Ok(Some(Step::Hand { set, lifted, words: written.words.clone().unwrap_or_default() }))
}

/// Ids, ascending, as differences in LEB128: about a byte an article.
fn ids_to_blob(ids: &[i64]) -> Vec<u8> {
    let mut sorted = ids.to_vec();
    sorted.sort_unstable();
    let mut last = 0;
    let differences = sorted.into_iter().map(|id| id.saturating_sub(std::mem::replace(&mut last, id)));
    numbers_to_blob(&differences.collect::<Vec<_>>())
}

fn ids_from_blob(blob: &[u8]) -> Vec<i64> {
    let mut last = 0_i64;
    let sum = |difference: i64| {
        last = last.saturating_add(difference);
        last
    };
    numbers_from_blob(blob).into_iter().map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_their_blob_and_take_little_room() {
        let ids = vec![1, 2, 300, 301, 70_000, i64::MAX];
        assert_eq!(ids_from_blob(&ids_to_blob(&[301, 1, i64::MAX, 2, 70_000, 300])), ids);
        let many: Vec<i64> = (1..=10_000).collect();
        assert_eq!(ids_to_blob(&many).len(), 10_000);
    }
}
