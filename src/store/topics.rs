//! The rows that list articles by topic, made of `article.topics`; only shown articles have them.

use rusqlite::Transaction;

/// What a topic row repeats of its article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    pub(super) article: i64,
    pub(super) read: bool,
    pub(super) date: i64,
    pub(super) feed: i64,
    pub(super) best: i64,
}

/// Lists an article under each of its topics.
pub(super) fn list(tx: &Transaction<'_>, topics: &[u8], listed: Listed) -> rusqlite::Result<()> {
    let Listed { article, read, date, feed, best } = listed;
    let mut insert = tx.prepare_cached(
        "INSERT OR REPLACE INTO article_topic (topic, read, date, article, feed, best) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for topic in topics {
        insert.execute((topic, read, date, article, feed, best))?;
    }
    Ok(())
}

/// Takes an article off the lists of its topics.
pub(super) fn unlist(tx: &Transaction<'_>, topics: &[u8], listed: Listed) -> rusqlite::Result<()> {
    let mut delete =
        tx.prepare_cached("DELETE FROM article_topic WHERE topic = ?1 AND read = ?2 AND date = ?3 AND article = ?4")?;
    for topic in topics {
        delete.execute((topic, listed.read, listed.date, listed.article))?;
    }
    Ok(())
}
