//! The rules of politeness one by one, then together.

use proptest::prelude::*;

use super::*;

const FEED: FeedId = FeedId(7);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A feed that answered well at noon of Tuesday, 6 October 2026.
fn polled() -> PollFacts {
    let noon = at("2026-10-06T12:00:00Z");
    PollFacts { last_attempt: Some(noon), last_success: Some(noon), polls: 1, ..PollFacts::default() }
}

/// Minutes from noon until it is due, and why; asked at ten past noon.
fn minutes(facts: &PollFacts, interval: u64) -> (i64, String) {
    let due = due(facts, interval, FEED, at("2026-10-06T12:10:00Z"));
    ((due.at.unwrap().as_second() - at("2026-10-06T12:00:00Z").as_second()) / 60, due.why)
}

#[track_caller]
fn assert_due(facts: &PollFacts, interval: u64, range: std::ops::RangeInclusive<i64>, why: &str) {
    let (minutes, words) = minutes(facts, interval);
    assert!(range.contains(&minutes), "due after {minutes} min, not {range:?}");
    assert_eq!(words, why);
}

#[test]
fn the_longest_wish_wins_and_says_so() {
    assert_due(&polled(), 30, 30..=31, "every 30 min");
    assert_due(&polled(), 10, 10..=10, "every 10 min");
    assert_due(&polled(), 0, 1..=1, "every 1 min");
    let ttl = PollFacts { ttl_minutes: Some(60), ..polled() };
    assert_due(&ttl, 30, 60..=63, "the feed asks for 60 min (ttl)");
    assert_due(&ttl, 120, 120..=123, "every 2 h");
    let aged = PollFacts { max_age_s: Some(3 * 3600), ..ttl.clone() };
    assert_due(&aged, 30, 180..=183, "the server's answer keeps for 3 h (max-age)");
    let brief = PollFacts { max_age_s: Some(60), ..polled() };
    assert_due(&brief, 30, 30..=31, "every 30 min");
    let absurd = PollFacts { ttl_minutes: Some(u64::MAX), max_age_s: Some(u64::MAX), ..polled() };
    assert_due(&absurd, 30, 1440..=1443, "the feed asks for 24 h (ttl)");
}

#[test]
fn failures_back_off_up_to_a_day() {
    let failed = |failures| PollFacts { failures, ..polled() };
    assert_due(&failed(1), 30, 30..=33, "backing off after 1 failure");
    assert_due(&failed(3), 30, 120..=132, "backing off after 3 failures");
    assert_due(&failed(40), 30, 1440..=1584, "backing off after 40 failures");
    assert_due(&failed(1), 120, 120..=132, "backing off after 1 failure");
}

#[test]
fn retry_after_holds_but_not_for_ever() {
    let now = at("2026-10-06T12:10:00Z");
    let waiting = PollFacts { retry_after: Some(at("2026-10-06T20:00:00Z")), failures: 1, ..polled() };
    assert_due(&waiting, 30, 480..=480, "the server asked to wait (Retry-After)");
    assert_eq!(blocked_until(&waiting, now), waiting.retry_after);
    assert_eq!(blocked_until(&waiting, at("2026-10-06T20:00:01Z")), None);
    let huge = PollFacts { retry_after: Some(at("2999-01-01T00:00:00Z")), ..polled() };
    assert_due(&huge, 30, 1440..=1440, "the server asked to wait (Retry-After)");
    let short = PollFacts { retry_after: Some(at("2026-10-06T12:11:00Z")), failures: 1, ..polled() };
    assert_due(&short, 30, 30..=33, "backing off after 1 failure");
    assert_eq!(retry_after_until(90, now), at("2026-10-06T12:11:30Z"));
    assert_eq!(retry_after_until(u64::MAX, now), at("2026-10-07T12:10:00Z"));
}

#[test]
fn gone_feeds_are_left_alone_and_new_ones_asked_at_once() {
    let now = at("2026-10-06T12:10:00Z");
    let gone = due(&PollFacts { gone: true, ..polled() }, 30, FEED, now);
    assert_eq!(gone, Due { at: None, why: "gone (410): asked only when forced".to_owned() });
    assert!(!gone.is_due(now));
    assert!(due(&PollFacts::default(), 30, FEED, now).is_due(now));
}

#[test]
fn a_clock_that_was_set_back_stops_nothing() {
    let now = at("2025-01-01T00:00:00Z");
    let facts = PollFacts { retry_after: Some(at("2026-10-06T13:00:00Z")), ..polled() };
    assert!(due(&facts, 30, FEED, now).is_due(now));
    assert_eq!(blocked_until(&facts, now), None, "nor does a Retry-After of that other time");
    let ahead = at("2026-10-06T11:59:00Z");
    assert!(!due(&polled(), 30, FEED, ahead).is_due(ahead), "a minute of drift is no jump");
}

#[test]
fn quiet_times_are_kept() {
    let skip = SkipTimes { hours: 0b111 << 12, days: 0 };
    assert_due(&PollFacts { skip, ..polled() }, 30, 180..=180, "quiet hours of the feed");
    // Tuesday and Wednesday.
    let skip = SkipTimes { hours: 0, days: 0b110 };
    assert_due(&PollFacts { skip, ..polled() }, 30, 36 * 60..=36 * 60, "quiet hours of the feed");
    let skip = SkipTimes { hours: u32::MAX, days: u8::MAX };
    assert_due(&PollFacts { skip, ..polled() }, 30, 30..=31, "every 30 min");
    let now = at("2026-10-07T12:30:00Z");
    let skip = SkipTimes { hours: 1 << 12, days: 0 };
    assert!(!due(&PollFacts { skip, ..polled() }, 30, FEED, now).is_due(now), "also when it was due long ago");
}

#[test]
fn quiet_times_last_to_their_very_end() {
    let skip = SkipTimes { hours: 0b11 << 12, days: 0 };
    let facts = PollFacts { skip, ..polled() };
    for (now, quiet) in [
        ("2026-10-06T11:59:59Z", false),
        ("2026-10-06T12:00:00Z", true),
        ("2026-10-06T13:59:59.999Z", true),
        ("2026-10-06T14:00:00Z", false),
    ] {
        assert_eq!(is_quiet(&facts, at(now)), quiet, "{now}");
    }
    let sunday = PollFacts { skip: SkipTimes { hours: 0, days: 1 << 6 }, ..polled() };
    assert!(is_quiet(&sunday, at("2026-10-11T23:59:00Z")) && !is_quiet(&sunday, at("2026-10-12T00:00:00Z")));
    assert!(!is_quiet(&polled(), at("2026-10-06T12:30:00Z")), "no wish");
    assert!(!is_quiet(&PollFacts { failures: 1, ..facts.clone() }, at("2026-10-06T12:30:00Z")), "as in due()");
    let everything = SkipTimes { hours: u32::MAX, days: u8::MAX };
    assert!(!is_quiet(&PollFacts { skip: everything, ..polled() }, at("2026-10-06T12:30:00Z")), "skips nothing");
}

#[test]
fn a_retry_after_is_never_rounded_down() {
    assert_eq!(retry_after_until(90, at("2026-10-06T12:10:00.0004Z")), at("2026-10-06T12:11:31Z"));
    assert_eq!(retry_after_until(0, at("2026-10-06T12:10:00.999999999Z")), at("2026-10-06T12:10:01Z"));
}

#[test]
fn feeds_polled_together_do_not_fall_due_together() {
    let now = at("2026-10-06T12:10:00Z");
    let moments: std::collections::HashSet<_> = (0..50).map(|id| due(&polled(), 60, FeedId(id), now).at).collect();
    assert!(moments.len() > 30, "only {} moments", moments.len());
}

proptest! {
    #[test]
    fn never_sooner_than_asked_and_never_never(
        interval in 1_u64..3000, ttl in prop::option::of(any::<u64>()), age in prop::option::of(any::<u64>()),
        failures in any::<u32>(), hours in any::<u32>(), days in any::<u8>(), wait in prop::option::of(0_i64..4_000_000_000),
        elapsed in 0_i64..10_000_000,
    ) {
        let facts = PollFacts {
            ttl_minutes: ttl, max_age_s: age, failures, skip: SkipTimes { hours, days },
            retry_after: wait.map(|s| Timestamp::from_second(s).unwrap()), ..polled()
        };
        let last = polled().last_attempt.unwrap();
        let due = due(&facts, interval, FEED, later(last, elapsed));
        let wait = due.at.unwrap().as_second() - last.as_second();
        prop_assert!(wait >= (i64::try_from(interval).unwrap() * 60).min(LONGEST));
        // A day, its jitter, and a week of skipped days from now on.
        prop_assert!(wait <= elapsed.max(LONGEST + LONGEST / 10) + 8 * LONGEST);
        prop_assert!(!due.why.is_empty());
    }
}
