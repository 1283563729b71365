//! Times and counts as the shell prints them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::text::humanize;

/// Local date and time, to the minute: `2026-11-20 14:05`.
#[must_use]
pub(super) fn local(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A past time in words: `3 h ago`, `just now`.
#[must_use]
pub(super) fn ago(now: Timestamp, time: Timestamp) -> String {
    humanize::ago(now.duration_since(time).as_secs())
}

/// A coming time in words: `in 11 min`; `now` when it has come.
#[must_use]
pub(super) fn until(now: Timestamp, time: Timestamp) -> String {
    humanize::until(time.duration_since(now).as_secs())
}

/// A count and its noun: `1 article`, `1,498 articles`.
#[must_use]
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", humanize::count(count), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_counts_read_well() {
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!((ago(at(1_000), at(990)), ago(at(8_000), at(0))), ("just now".into(), "2 h ago".into()));
        assert_eq!((until(at(0), at(700)), until(at(5), at(5))), ("in 11 min".into(), "now".into()));
        assert_eq!((counted(1, "article"), counted(1_498, "article")), ("1 article".into(), "1,498 articles".into()));
    }
}
