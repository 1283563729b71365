//! What is remembered of a feed's polls, one row a feed.

use jiff::Timestamp;
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::columns::{count, millis, signed, time};
use crate::model::{FeedId, Gap, PollFacts, SkipTimes, Validators};

/// The columns of the facts, of the table `poll` called `p`, in the order in which [`facts`] takes them.
pub(super) const FACTS: &str = "p.last_attempt, p.last_success, p.last_new, p.failures, p.last_error, p.last_status, p.etag,
    p.last_modified, p.retry_after, p.gone, p.max_age_s, p.ttl_minutes, p.skip_hours, p.skip_days, p.moved_to, p.moved_polls,
    p.polls, p.not_modified, p.last_bytes, p.saved_bytes, p.gap_from, p.gap_to, p.gap_filled, p.gap_closed";

/// Columns of a row, one after the other: by their names each would be looked for among all, and a desk of a thousand feeds
/// opens with a thousand rows.
struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl Columns<'_, '_> {
    fn get<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }

    fn moment(&mut self) -> rusqlite::Result<Option<Timestamp>> {
        Ok(self.get::<Option<i64>>()?.map(time))
    }

    fn number<N: TryFrom<i64> + Default>(&mut self) -> rusqlite::Result<N> {
        Ok(count(self.get()?))
    }

    fn number_if_any<N: TryFrom<i64> + Default>(&mut self) -> rusqlite::Result<Option<N>> {
        Ok(self.get::<Option<i64>>()?.map(count))
    }
}

/// The facts in a row that has [`FACTS`] from a column on.
pub(super) fn facts(row: &Row<'_>, from: usize) -> rusqlite::Result<PollFacts> {
    let mut next = Columns { row, next: from };
    // Fields are worked out in the order in which they are written here.
    Ok(PollFacts {
        last_attempt: next.moment()?,
        last_success: next.moment()?,
        last_new: next.moment()?,
        failures: next.number()?,
        last_error: next.get()?,
        last_status: next.number_if_any()?,
        validators: Validators { etag: next.get()?, last_modified: next.get()? },
        retry_after: next.moment()?,
        gone: next.get()?,
        max_age_s: next.number_if_any()?,
        ttl_minutes: next.number_if_any()?,
        skip: SkipTimes { hours: next.number()?, days: next.number()? },
        moved_to: next.get()?,
        moved_polls: next.number()?,
        polls: next.number()?,
        not_modified: next.number()?,
        last_bytes: next.number()?,
        saved_bytes: next.number()?,
        gap: match (next.moment()?, next.moment()?) {
            (Some(from), Some(to)) => Some(Gap { from, to, filled: next.number()?, closed: next.get()? }),
            _ => None,
        },
    })
}

/// The facts of a feed; the default when it was never polled.
pub(super) fn read(conn: &Connection, feed: FeedId) -> rusqlite::Result<PollFacts> {
    let sql = format!("SELECT {FACTS} FROM poll p WHERE p.feed = ?1");
    let found = conn.prepare_cached(&sql)?.query_row([feed.0], |row| facts(row, 0)).optional()?;
    Ok(found.unwrap_or_default())
}

/// Stores the facts of a feed.
pub(super) fn write(tx: &Transaction<'_>, feed: FeedId, facts: &PollFacts) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO poll (feed, last_attempt, last_success, last_new, failures, last_error, last_status, etag,
            last_modified, retry_after, gone, max_age_s, ttl_minutes, skip_hours, skip_days, moved_to, moved_polls, polls,
            not_modified, last_bytes, saved_bytes, gap_from, gap_to, gap_filled, gap_closed)
         VALUES (:feed, :last_attempt, :last_success, :last_new, :failures, :last_error, :last_status, :etag,
            :last_modified, :retry_after, :gone, :max_age_s, :ttl_minutes, :skip_hours, :skip_days, :moved_to, :moved_polls, :polls,
            :not_modified, :last_bytes, :saved_bytes, :gap_from, :gap_to, :gap_filled, :gap_closed)",
    )?
    .execute(named_params! {
        ":feed": feed.0,
        ":last_attempt": facts.last_attempt.map(millis),
        ":last_success": facts.last_success.map(millis),
        ":last_new": facts.last_new.map(millis),
        ":failures": facts.failures,
        ":last_error": facts.last_error,
        ":last_status": facts.last_status,
        ":etag": facts.validators.etag,
        ":last_modified": facts.validators.last_modified,
        ":retry_after": facts.retry_after.map(millis),
        ":gone": facts.gone,
        ":max_age_s": facts.max_age_s.map(signed),
        ":ttl_minutes": facts.ttl_minutes.map(signed),
        ":skip_hours": facts.skip.hours,
        ":skip_days": facts.skip.days,
        ":moved_to": facts.moved_to,
        ":moved_polls": facts.moved_polls,
        ":polls": signed(facts.polls),
        ":not_modified": signed(facts.not_modified),
        ":last_bytes": signed(facts.last_bytes),
        ":saved_bytes": signed(facts.saved_bytes),
        ":gap_from": facts.gap.map(|gap| millis(gap.from)),
        ":gap_to": facts.gap.map(|gap| millis(gap.to)),
        ":gap_filled": facts.gap.map(|gap| gap.filled),
        ":gap_closed": facts.gap.map(|gap| gap.closed),
    })?;
    Ok(())
}
