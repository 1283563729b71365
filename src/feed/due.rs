//! When a feed may be polled again: a pure function of what is remembered of it (THREATS R12).

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::model::{FeedId, PollFacts, SkipTimes};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// No wish of a server or feed, and no back-off, lasts longer than this many seconds.
const LONGEST: i64 = 24 * HOUR;

/// The first back-off, in seconds; it doubles with every further failure.
const FIRST_BACK_OFF: i64 = 30 * MINUTE;

/// Spread between feeds: at most a twentieth of the interval, and at most this many seconds.
const MOST_JITTER: i64 = 3 * MINUTE;

/// A last attempt this far in the future, in seconds, means that the clock was set back.
const CLOCK_SLACK: i64 = 5 * MINUTE;

/// When a feed is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The moment from which it may be asked; in the past when it is due now. None: only when forced.
    pub at: Option<Timestamp>,
    /// Why then, in words for the user.
    pub why: String,
}

impl Due {
    /// True when the feed may be asked at `now`.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.at.is_some_and(|at| at <= now)
    }
}

/// Tells when a feed is due. `interval_minutes` is the user's own wish, which is also the floor: whoever sets it below the
/// default of 30 minutes takes that upon himself. The feed's and the server's wishes can only make it longer, up to 24 hours.
/// Only a 410 and a Retry-After bind a poll that the user asks for: see [`blocked_until`].
#[must_use]
pub fn due(facts: &PollFacts, interval_minutes: u64, feed: FeedId, now: Timestamp) -> Due {
    if facts.gone {
        return Due { at: None, why: "gone (410): asked only when forced".to_owned() };
    }
    let Some(last) = facts.last_attempt else {
        return Due { at: Some(now), why: "never asked yet".to_owned() };
    };
    if last > later(now, CLOCK_SLACK) {
        // Waiting for the old time to come round again could take years.
        return Due { at: Some(now), why: "the clock was set back".to_owned() };
    }
    let (interval, mut why) = interval(facts, interval_minutes);
    let wait = if facts.failures > 0 {
        let wait = back_off(facts.failures).max(interval);
        why = format!(
            "backing off after {} {}",
            facts.failures,
            if facts.failures == 1 { "failure" } else { "failures" }
        );
        wait + jitter(feed, u64::from(facts.failures), wait / 10)
    } else {
        interval + jitter(feed, last.as_second().unsigned_abs() / 60, (interval / 20).min(MOST_JITTER))
    };
    let mut at = later(last, wait);
    if facts.failures == 0 {
        let allowed = after_quiet_times(at.max(now), facts.skip);
        if allowed > at.max(now) {
            at = allowed;
            "quiet hours of the feed".clone_into(&mut why);
        }
    }
    match blocked_until(facts, now) {
        Some(until) if until > at => Due { at: Some(until), why: "the server asked to wait (Retry-After)".to_owned() },
        _ => Due { at: Some(at), why },
    }
}

/// Until when the server's Retry-After holds, also against the user's own wish; none when it does not.
#[must_use]
pub fn blocked_until(facts: &PollFacts, now: Timestamp) -> Option<Timestamp> {
    let until = facts.retry_after?;
    let asked = facts.last_attempt.unwrap_or(now);
    if asked > later(now, CLOCK_SLACK) {
        // The clock was set back, as in `due`: counted from now, the wait would begin anew at every look.
        return None;
    }
    // Whatever is stored, it does not hold longer than a day from the answer that asked it.
    Some(until.min(later(asked, LONGEST))).filter(|until| *until > now)
}

/// Whether the feed wants to be left alone at `now` (`skipHours`, `skipDays`). As in [`due`], a feed that failed is asked
/// when its back-off ends: what it said before may be wrong by now.
#[must_use]
pub fn is_quiet(facts: &PollFacts, now: Timestamp) -> bool {
    facts.failures == 0 && facts.last_attempt.is_some() && after_quiet_times(now, facts.skip) > now
}

/// The moment that a Retry-After of so many seconds means, at most 24 hours from now; rounded up to a whole second, so
/// that storing it cannot make it earlier.
#[must_use]
pub fn retry_after_until(seconds: u64, now: Timestamp) -> Timestamp {
    let begun = i64::from(now.subsec_nanosecond() > 0);
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    later(whole, i64::try_from(seconds).unwrap_or(LONGEST).min(LONGEST).saturating_add(begun))
}

/// The regular interval in seconds, and why it is this one.
fn interval(facts: &PollFacts, interval_minutes: u64) -> (i64, String) {
    let own = seconds(interval_minutes.max(1), MINUTE);
    let ttl = seconds(facts.ttl_minutes.unwrap_or(0), MINUTE);
    let max_age = seconds(facts.max_age_s.unwrap_or(0), 1);
    if ttl > own && ttl >= max_age {
        (ttl, format!("the feed asks for {} (ttl)", words(ttl)))
    } else if max_age > own {
        (max_age, format!("the server's answer keeps for {} (max-age)", words(max_age)))
    } else {
        (own, format!("every {}", words(own)))
    }
}

/// So many units of so many seconds, at most a day.
fn seconds(count: u64, unit: i64) -> i64 {
    i64::try_from(count).unwrap_or(LONGEST).saturating_mul(unit).min(LONGEST)
}

fn words(seconds: i64) -> String {
    match seconds {
        s if s % HOUR == 0 && s >= 2 * HOUR => format!("{} h", s / HOUR),
        s if s < MINUTE => format!("{s} s"),
        s => format!("{} min", s / MINUTE),
    }
}

fn back_off(failures: u32) -> i64 {
    let doublings = failures.saturating_sub(1).min(16);
    FIRST_BACK_OFF.saturating_mul(1 << doublings).min(LONGEST)
}

/// The same number from 0 to `most` for the same feed and `turn`, spread evenly over feeds (SplitMix64).
fn jitter(feed: FeedId, turn: u64, most: i64) -> i64 {
    let seed = feed.0.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(turn);
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let range = most.max(0).unsigned_abs() + 1;
    i64::try_from((mixed ^ (mixed >> 31)) % range).unwrap_or(0)
}

fn later(moment: Timestamp, seconds: i64) -> Timestamp {
    moment.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// The first moment from `at` on that is in no skipped hour or day. Skipping everything is a mistake and skips nothing.
fn after_quiet_times(at: Timestamp, skip: SkipTimes) -> Timestamp {
    const ALL_HOURS: u32 = (1 << 24) - 1;
    const ALL_DAYS: u8 = (1 << 7) - 1;
    let hours = if skip.hours & ALL_HOURS == ALL_HOURS { 0 } else { skip.hours };
    let days = if skip.days & ALL_DAYS == ALL_DAYS { 0 } else { skip.days };
    let mut moment = at;
    // Every step goes to the next hour; no allowed hour is more than a week of hours away.
    for _ in 0..=7 * 24 {
        let utc = moment.to_zoned(TimeZone::UTC);
        let day = u32::from(utc.weekday().to_monday_zero_offset().unsigned_abs());
        let hour = u32::from(utc.hour().unsigned_abs());
        if hours & (1 << hour) == 0 && u32::from(days) & (1 << day) == 0 {
            return moment;
        }
        let into_hour = moment.as_second().rem_euclid(HOUR);
        moment = later(moment, HOUR - into_hour);
    }
    at
}

#[cfg(test)]
mod tests;
