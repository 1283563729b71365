//! Ageing out: articles leave some time after they were last in their feed; saved and noted ones never do.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::Transaction;

use super::columns::millis;
use super::counts::{CountedArticle, Tally};
use super::topics::{self, Listed};
use super::{StoreError, index};

/// How long one call works, so that its transaction ends within 50 ms.
const SLICE: Duration = Duration::from_millis(35);
/// Articles removed by one call at most.
const BATCH: i64 = 500;

struct Leaving {
    id: i64,
    feed: i64,
    topics: Vec<u8>,
    best: i64,
    date: i64,
    read: bool,
    shown: bool,
    in_feed: bool,
}

/// Removes articles that were last in their feed before `before`; gives how many. Their state records stay.
///
/// An article counts as in its feed while it is in the last complete document of a feed that is still subscribed, however
/// long ago that was: a desk that was closed for months, or a dead server, makes nothing disappear. Once the feed is taken
/// out of the config, the time of its last good poll counts.
pub(super) fn retain(tx: &Transaction<'_>, before: Timestamp) -> Result<u64, StoreError> {
    let began = Instant::now();
    let leaving: Vec<Leaving> = tx
        .prepare_cached(
            "SELECT id, feed, topics, best, date, read, shown, in_feed FROM article WHERE id IN (
                SELECT id FROM article INDEXED BY article_left WHERE in_feed = 0 AND saved = 0 AND noted = 0 AND last_seen < ?1
                UNION ALL
                SELECT a.id FROM feed f JOIN article a INDEXED BY article_in_feed ON a.feed = f.id AND a.in_feed = 1
                    LEFT JOIN poll p ON p.feed = f.id
                    WHERE f.shown = 0 AND a.saved = 0 AND a.noted = 0 AND coalesce(p.last_success, a.last_seen) < ?1
                LIMIT ?2)",
        )?
        .query_map((millis(before), BATCH), |row| {
            Ok(Leaving {
                id: row.get(0)?,
                feed: row.get(1)?,
                topics: row.get(2)?,
                best: row.get(3)?,
                date: row.get(4)?,
                read: row.get(5)?,
                shown: row.get(6)?,
                in_feed: row.get(7)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut tally = Tally::default();
    let mut removed = 0;
    for article in leaving {
        if article.in_feed {
            // Should its feed be subscribed again, a 304 must not keep from us what is no longer here.
            tx.prepare_cached("UPDATE poll SET etag = NULL, last_modified = NULL WHERE feed = ?1 AND (etag NOT NULL OR last_modified NOT NULL)")?
                .execute([article.feed])?;
        }
        index::forget(tx, article.id)?;
        let Leaving { id, feed, topics: blob, best, date, read, shown, .. } = article;
        if shown {
            topics::unlist(tx, &blob, Listed { article: id, read, date, feed, best })?;
            tally.remove(CountedArticle { feed, topics: &blob, read, saved: false });
        }
        for table in ["index_queue WHERE article", "article_text WHERE article", "article WHERE id"] {
            tx.prepare_cached(&format!("DELETE FROM {table} = ?1"))?.execute([id])?;
        }
        removed += 1;
        if began.elapsed() >= SLICE {
            break;
        }
    }
    tally.write(tx)?;
    Ok(removed)
}
