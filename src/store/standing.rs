//! How an article stands in the lists: what its topic rows and the counters know of it.

use rusqlite::{OptionalExtension, Row, Transaction};

use super::counts::Tally;

/// What lists and counters repeat of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) article: i64,
    pub(super) feed: i64,
    pub(super) topics: Vec<u8>,
    pub(super) best: i64,
    pub(super) date: i64,
    pub(super) read: bool,
    pub(super) saved: bool,
    pub(super) shown: bool,
    /// What its story's row is sorted by, when it is the lead of one; only shown articles are.
    pub(super) row: Option<i64>,
}

/// The columns of a [`Standing`], in its order, of `article a`.
pub(super) const STANDING: &str = "a.id, a.feed, a.topics, a.best, a.date, a.read, a.saved, a.shown, a.row_date";
/// How many they are.
pub(super) const STANDING_COLUMNS: usize = 9;

impl Standing {
    /// From a row that begins with [`STANDING`].
    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            article: row.get(0)?,
            feed: row.get(1)?,
            topics: row.get(2)?,
            best: row.get(3)?,
            date: row.get(4)?,
            read: row.get(5)?,
            saved: row.get(6)?,
            shown: row.get(7)?,
            row: row.get(8)?,
        })
    }

    /// How a stored article stands; none when it is gone.
    pub(super) fn load(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<Option<Self>> {
        tx.prepare_cached(&format!("SELECT {STANDING} FROM article a WHERE a.id = ?1"))?
            .query_row([article], Self::of_row)
            .optional()
    }

    /// Puts the article on its lists and counts it.
    pub(super) fn enter(&self, tx: &Transaction<'_>, tally: &mut Tally) -> rusqlite::Result<()> {
        if self.shown {
            tally.add(self);
            self.list(tx, ARTICLES, self.date)?;
        }
        self.row.map_or(Ok(()), |date| self.list(tx, ROWS, date))
    }

    /// Takes the article off its lists and counts it out.
    pub(super) fn leave(&self, tx: &Transaction<'_>, tally: &mut Tally) -> rusqlite::Result<()> {
        if self.shown {
            tally.remove(self);
            self.unlist(tx, ARTICLES, self.date)?;
        }
        self.row.map_or(Ok(()), |date| self.unlist(tx, ROWS, date))
    }

    /// Follows a change of the article; lists in which nothing differs are left alone.
    pub(super) fn change(&self, after: &Self, tx: &Transaction<'_>, tally: &mut Tally) -> rusqlite::Result<()> {
        if self == after {
            return Ok(());
        }
        if self.shown {
            tally.remove(self);
        }
        if after.shown {
            tally.add(after);
        }
        let alike =
            (&self.topics, self.read, self.feed, self.best) == (&after.topics, after.read, after.feed, after.best);
        if !alike || (self.shown, self.date) != (after.shown, after.date) {
            if self.shown {
                self.unlist(tx, ARTICLES, self.date)?;
            }
            if after.shown {
                after.list(tx, ARTICLES, after.date)?;
            }
        }
        if !alike || self.row != after.row {
            if let Some(date) = self.row {
                self.unlist(tx, ROWS, date)?;
            }
            if let Some(date) = after.row {
                after.list(tx, ROWS, date)?;
            }
        }
        Ok(())
    }

    fn list(&self, tx: &Transaction<'_>, table: Table, date: i64) -> rusqlite::Result<()> {
        let mut insert = tx.prepare_cached(table.insert)?;
        for topic in &self.topics {
            insert.execute((topic, self.read, date, self.article, self.feed, self.best))?;
        }
        Ok(())
    }

    fn unlist(&self, tx: &Transaction<'_>, table: Table, date: i64) -> rusqlite::Result<()> {
        let mut delete = tx.prepare_cached(table.delete)?;
        for topic in &self.topics {
            delete.execute((topic, self.read, date, self.article))?;
        }
        Ok(())
    }
}

/// A table that lists by topic.
#[derive(Debug, Clone, Copy)]
struct Table {
    insert: &'static str,
    delete: &'static str,
}

/// Articles by topic.
const ARTICLES: Table = Table {
    insert: "INSERT OR REPLACE INTO article_topic (topic, read, date, article, feed, best) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    delete: "DELETE FROM article_topic WHERE topic = ?1 AND read = ?2 AND date = ?3 AND article = ?4",
};
/// Rows of stories by topic.
const ROWS: Table = Table {
    insert: "INSERT OR REPLACE INTO row_topic (topic, read, date, article, feed, best) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    delete: "DELETE FROM row_topic WHERE topic = ?1 AND read = ?2 AND date = ?3 AND article = ?4",
};
