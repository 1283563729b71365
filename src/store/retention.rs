//! Ageing out: articles leave some time after they were last in their feed; saved and noted ones never do.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::Transaction;

use super::columns::millis;
use super::counts::Tally;
use super::standing::{STANDING, STANDING_COLUMNS, Standing};
use super::stories::{self, Touched};
use super::{StoreError, actor, entities, index, places};

/// How long one call works, so that its transaction ends within 50 ms.
const SLICE: Duration = Duration::from_millis(35);
/// Articles removed by one call at most.
const BATCH: i64 = 500;

/// Where an article has a row of its own, the article itself last.
const TABLES: [&str; 9] = [
    "index_queue WHERE article",
    "full_text WHERE article",
    "reading_place WHERE article",
    "page_wanted WHERE article",
    "label_again WHERE article",
    "hand_rule WHERE article",
    "hand_rule WHERE other",
    "article_text WHERE article",
    "article WHERE id",
];

struct Leaving {
    standing: Standing,
    in_feed: bool,
    entities: Vec<u8>,
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
            &format!("SELECT {STANDING}, a.in_feed, a.entities FROM article a WHERE a.id IN (
                SELECT id FROM article INDEXED BY article_left WHERE in_feed = 0 AND saved = 0 AND noted = 0 AND last_seen < ?1
                UNION ALL
                SELECT a.id FROM feed f JOIN article a INDEXED BY article_in_feed ON a.feed = f.id AND a.in_feed = 1
                    LEFT JOIN poll p ON p.feed = f.id
                    WHERE f.shown = 0 AND a.saved = 0 AND a.noted = 0 AND coalesce(p.last_success, a.last_seen) < ?1
                LIMIT ?2)"),
        )?
        .query_map((millis(before), BATCH), |row| {
            let at = STANDING_COLUMNS;
            Ok(Leaving { standing: Standing::of_row(row)?, in_feed: row.get(at)?, entities: row.get(at + 1)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let (mut tally, mut touched) = (Tally::default(), Touched::new());
    let mut removed = 0;
    for Leaving { standing, in_feed, entities } in leaving {
        let id = standing.article;
        if in_feed {
            // Should its feed be subscribed again, a 304 must not keep from us what is no longer here.
            tx.prepare_cached("UPDATE poll SET etag = NULL, last_modified = NULL WHERE feed = ?1 AND (etag NOT NULL OR last_modified NOT NULL)")?
                .execute([standing.feed])?;
        }
        index::forget(tx, id)?;
        places::forget(tx, id, standing.date)?;
        entities::unlist(tx, &entities, standing.date, id)?;
        stories::depart(tx, id, &mut touched)?;
        standing.leave(tx, &mut tally)?;
        for table in TABLES {
            tx.prepare_cached(&format!("DELETE FROM {table} = ?1"))?.execute([id])?;
        }
        removed += 1;
        if began.elapsed() >= SLICE || actor::is_awaited() {
            break;
        }
    }
    stories::refresh(tx, &touched, &mut tally)?;
    tally.write(tx)?;
    Ok(removed)
}
