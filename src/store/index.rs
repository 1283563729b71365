//! The text index (FTS5, external content), filled behind the arrival path from a queue.

use std::time::{Duration, Instant};

use rusqlite::{Connection, Transaction};

use super::columns::{count, document};
use super::{StoreError, actor};
use crate::model::ArticleId;

/// How long one call takes in articles; with tidying and the commit its transaction ends within 50 ms.
const SLICE: Duration = Duration::from_millis(25);
/// Articles taken up by one call at most.
const BATCH: i64 = 512;

/// Pages (4 KiB) that one step of tidying writes: some ten milliseconds, in which a mark would have to wait.
const MERGE_PAGES: i64 = 300;

/// Asks for an article to be indexed (again).
pub(super) fn enqueue(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO index_queue (article) VALUES (?1)")?.execute([article]).map(drop)
}

/// Asks for new articles to be indexed: all from `first` to `last`.
pub(super) fn enqueue_all(tx: &Transaction<'_>, first: ArticleId, last: ArticleId) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO index_queue (article) SELECT id FROM article NOT INDEXED WHERE id BETWEEN ?1 AND ?2",
    )?
    .execute((first.0, last.0))
    .map(drop)
}

/// Takes an article out of the index; to be called before its words change or it goes.
///
/// FTS5 with external content must be told the very words that were indexed.
pub(super) fn forget(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO article_fts (article_fts, rowid, title, author, source, body)
         SELECT 'delete', (a.date << 29) | a.id, a.title, coalesce(u.name, ''), i.source, coalesce(x.plain, plain_of(t.texts))
         FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
         LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article WHERE i.article = ?1",
    )?
    .execute([article])?;
    tx.prepare_cached("DELETE FROM indexed WHERE article = ?1")?.execute([article])?;
    Ok(())
}

/// Indexes what waits, for about 40 ms; gives the number still waiting. Where nothing waits, nothing is written.
pub(super) fn fill(conn: &mut Connection) -> Result<u64, StoreError> {
    if waiting_count(conn)? == 0 { Ok(0) } else { super::quickly(conn, fill_some) }
}

fn fill_some(tx: &Transaction<'_>) -> Result<u64, StoreError> {
    let began = Instant::now();
    let mut waiting: Vec<(i64, i64)> = tx
        .prepare_cached(
            "SELECT a.date, q.article FROM (SELECT article FROM index_queue ORDER BY article DESC LIMIT ?1) q
             JOIN article a ON a.id = q.article",
        )?
        .query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // FTS5 gathers a transaction's words in memory as long as row ids grow.
    waiting.sort_unstable_by_key(|&(date, id)| document(date, id));
    for (date, id) in waiting {
        forget(tx, id)?;
        tx.prepare_cached(
            "INSERT INTO indexed (article, source) SELECT a.id, f.name FROM article a JOIN feed f ON f.id = a.feed WHERE a.id = ?1",
        )?
        .execute([id])?;
        tx.prepare_cached(
            "INSERT INTO article_fts (rowid, title, author, source, body)
             SELECT ?2, a.title, coalesce(u.name, ''), i.source, coalesce(x.plain, plain_of(t.texts))
             FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
             LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article WHERE i.article = ?1",
        )?
        .execute((id, document(date, id)))?;
        tx.prepare_cached("DELETE FROM index_queue WHERE article = ?1")?.execute([id])?;
        if began.elapsed() >= SLICE || actor::is_awaited() {
            break;
        }
    }
    // What waits for the writer does not wait for this too; it is made up for in the next step, or once nothing is to do.
    if !actor::is_awaited() {
        tidy(tx)?;
    }
    waiting_count(tx)
}

/// Merges some of the index's segments, so that a search has few to look into; true while there is more to merge.
///
/// FTS5 counts a step that found nothing to do as fewer than two changes (<https://www.sqlite.org/fts5.html#the_merge_command>).
pub(super) fn tidy(conn: &Connection) -> rusqlite::Result<bool> {
    let changes = || conn.query_row("SELECT total_changes()", [], |row| row.get::<_, i64>(0));
    let before = changes()?;
    conn.prepare_cached("INSERT INTO article_fts (article_fts, rank) VALUES ('merge', ?1)")?.execute([MERGE_PAGES])?;
    Ok(changes()? - before >= 2)
}

/// How many articles wait for the index.
fn waiting_count(conn: &Connection) -> Result<u64, StoreError> {
    let waiting: i64 = conn.prepare_cached("SELECT count(*) FROM index_queue")?.query_row([], |row| row.get(0))?;
    Ok(count(waiting))
}
