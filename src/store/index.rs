//! The text index (FTS5, external content), filled behind the arrival path from a queue.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::columns::document;
use super::{StoreError, actor};
use crate::model::ArticleId;

/// How long one call takes in articles, when nobody waits; with the commit its transaction ends within 100 ms.
const SLICE: Duration = Duration::from_millis(60);
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
    let Some(words) = Words::of(tx, article)? else { return Ok(()) };
    words.write(
        tx,
        "INSERT INTO article_fts (article_fts, rowid, title, author, source, body) VALUES ('delete', ?1, ?2, ?3, ?4, ?5)",
    )?;
    tx.prepare_cached("DELETE FROM indexed WHERE article = ?1")?.execute([article])?;
    Ok(())
}

/// What the index has of an article.
struct Words {
    document: i64,
    title: String,
    author: String,
    source: String,
    body: String,
}

impl Words {
    /// None where the index is to have nothing of the article.
    fn of(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<Option<Self>> {
        tx.prepare_cached(
            "SELECT (a.date << 29) | a.id, a.title, coalesce(u.name, ''), i.source, coalesce(x.plain, plain_of(t.texts))
             FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
             LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article WHERE i.article = ?1",
        )?
        .query_row([article], |row| {
            Ok(Self {
                document: row.get(0)?,
                title: row.get(1)?,
                author: row.get(2)?,
                source: row.get(3)?,
                body: row.get(4)?,
            })
        })
        .optional()
    }

    /// Their values are bound rather than selected by the statement itself: SQLite gives such a statement a savepoint of its
    /// own, at which FTS5 writes out all that it gathered, an index of its own for each article. So does any other statement
    /// of that kind while FTS5 gathers.
    fn write(self, tx: &Transaction<'_>, statement: &str) -> rusqlite::Result<()> {
        let Self { document, title, author, source, body } = self;
        tx.prepare_cached(statement)?.execute((document, title, author, source, body)).map(drop)
    }
}

/// The newest of what waits. In the order of the queue whatever the tables are thought to hold: the other way round every call
/// would look through the whole library.
const TAKEN: &str = "SELECT a.date, q.article FROM (SELECT article FROM index_queue ORDER BY article DESC LIMIT ?1) q
     CROSS JOIN article a ON a.id = q.article";

/// Indexes what waits, for about 80 ms; true while more waits. Where nothing waits, nothing is written.
pub(super) fn fill(conn: &mut Connection) -> Result<bool, StoreError> {
    if waits(conn)? { super::quickly(conn, fill_some) } else { Ok(false) }
}

fn fill_some(tx: &Transaction<'_>) -> Result<bool, StoreError> {
    let began = Instant::now();
    let mut taken: Vec<(i64, i64)> = tx
        .prepare_cached(TAKEN)?
        .query_map([BATCH], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    // FTS5 gathers a transaction's words in memory as long as row ids grow.
    taken.sort_unstable_by_key(|&(date, id)| document(date, id));
    for (_, id) in taken {
        forget(tx, id)?;
        let source: Option<String> = tx
            .prepare_cached("SELECT f.name FROM article a JOIN feed f ON f.id = a.feed WHERE a.id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        if let Some(source) = source {
            tx.prepare_cached("INSERT INTO indexed (article, source) VALUES (?1, ?2)")?.execute((id, source))?;
        }
        if let Some(words) = Words::of(tx, id)? {
            words.write(
                tx,
                "INSERT INTO article_fts (rowid, title, author, source, body) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
        }
        tx.prepare_cached("DELETE FROM index_queue WHERE article = ?1")?.execute([id])?;
        if began.elapsed() >= SLICE || actor::is_awaited() {
            break;
        }
    }
    let waits = waits(tx)?;
    // FTS5 merges some as it goes; the rest once nothing is to do, and what waits for the writer does not wait for this too.
    if !waits && !actor::is_awaited() {
        tidy(tx)?;
    }
    Ok(waits)
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

/// Whether an article waits for the index. They are not counted: a call would take the longer, the more wait.
fn waits(conn: &Connection) -> Result<bool, StoreError> {
    Ok(conn.prepare_cached("SELECT 1 FROM index_queue LIMIT 1")?.exists([])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::store::Store;
    use crate::store::actor::Turn;

    #[tokio::test]
    async fn what_waits_is_taken_from_the_queue_whatever_is_thought_of_the_tables() {
        let store = Store::in_memory(Clock::system()).expect("made");
        let plan = |conn: &mut Connection| {
            // As the planner sees a library whose statistics were taken while nothing waited.
            conn.execute_batch(
                "ANALYZE;
                 INSERT INTO sqlite_stat1 VALUES ('article', 'list_date', '100000 201 1'), ('article', 'article_key', '100000 201 1'),
                    ('article', 'row_list', '33103 201 1'), ('article', 'article_story', '82002 5'), ('article', 'article_left', '0 0'),
                    ('article', 'article_copy', '0 0'), ('article', 'list_via', '0 0 0'), ('article', 'list_noted', '0 0');
                 ANALYZE sqlite_schema;",
            )?;
            let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {TAKEN}"))?;
            let lines = explain.query_map([5], |row| row.get::<_, String>(3))?;
            Ok(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("; "))
        };
        let plan = store.0.writer.ask(Turn::Urgent, "planning", plan).await.expect("planned");
        assert!(plan.ends_with("SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"), "{plan}");
    }
}
