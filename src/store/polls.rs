//! What is remembered of a feed's polls, one row a feed.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use super::columns::{count, millis, signed, time};
use crate::model::{FeedId, Gap, PollFacts, SkipTimes, Validators};

fn moment(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(time))
}

/// The facts in a row of the table.
pub(super) fn facts(row: &Row<'_>) -> rusqlite::Result<PollFacts> {
    let number = |column: &str| row.get::<_, i64>(column);
    let gap = match (moment(row, "gap_from")?, moment(row, "gap_to")?) {
        (Some(from), Some(to)) => {
            Some(Gap { from, to, filled: count(number("gap_filled")?), closed: row.get("gap_closed")? })
        }
        _ => None,
    };
    Ok(PollFacts {
        last_attempt: moment(row, "last_attempt")?,
        last_success: moment(row, "last_success")?,
        last_new: moment(row, "last_new")?,
        failures: count(number("failures")?),
        last_error: row.get("last_error")?,
        last_status: row.get::<_, Option<i64>>("last_status")?.map(count),
        validators: Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? },
        retry_after: moment(row, "retry_after")?,
        gone: row.get("gone")?,
        max_age_s: row.get::<_, Option<i64>>("max_age_s")?.map(count),
        ttl_minutes: row.get::<_, Option<i64>>("ttl_minutes")?.map(count),
        skip: SkipTimes { hours: count(number("skip_hours")?), days: count(number("skip_days")?) },
        moved_to: row.get("moved_to")?,
        moved_polls: count(number("moved_polls")?),
        polls: count(number("polls")?),
        not_modified: count(number("not_modified")?),
        last_bytes: count(number("last_bytes")?),
        saved_bytes: count(number("saved_bytes")?),
        gap,
    })
}

/// The facts of a feed; the default when it was never polled.
pub(super) fn read(conn: &Connection, feed: FeedId) -> rusqlite::Result<PollFacts> {
    let found = conn.prepare_cached("SELECT * FROM poll WHERE feed = ?1")?.query_row([feed.0], facts).optional()?;
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
