//! Times as people read them: local time, and how long ago.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Local date and time, to the minute: `2026-11-20 14:05`.
#[must_use]
pub(super) fn local(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// How far `time` is from `now`, in the largest whole unit: `40m`, `3h`, `2d`; `now` within a minute.
#[must_use]
pub(super) fn distance(now: Timestamp, time: Timestamp) -> String {
    let seconds = now.as_second().abs_diff(time.as_second());
    match seconds {
        0..60 => "now".to_owned(),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    }
}

/// A past time: `3h ago`, `now`.
#[must_use]
pub(super) fn ago(now: Timestamp, time: Timestamp) -> String {
    match distance(now, time).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    }
}

/// A count and its noun: `1 article`, `2 articles`.
#[must_use]
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A size: `812 B`, `48 kB`, `3.1 MB`.
#[must_use]
pub(super) fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{} kB", count / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", count / 1_000_000, count / 100_000 % 10),
        _ => format!("{}.{} GB", count / 1_000_000_000, count / 100_000_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_counts_read_well() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let words: Vec<String> = [0, 59, 60, 3_599, 3_600, 86_399, 172_800]
            .map(|s| ago(now, Timestamp::from_second(1_000_000 - s).unwrap()))
            .into();
        assert_eq!(words, ["just now", "just now", "1m ago", "59m ago", "1h ago", "23h ago", "2d ago"]);
        assert_eq!((counted(1, "article"), counted(0, "article")), ("1 article".into(), "0 articles".into()));
        assert_eq!([999, 1_000, 3_149_000, 2_000_000_000].map(bytes), ["999 B", "1 kB", "3.1 MB", "2.0 GB"]);
    }
}
