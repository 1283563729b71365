//! Times in words: ages for the list, dates for the article, days for the headings. Local zone, ISO dates.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// How long ago, in at most four columns: `now`, `12m`, `3h`, `2d`, `17w`, `3y`. A future date is `now`.
#[must_use]
pub fn age(date: Timestamp, now: Timestamp) -> String {
    let minutes = now.as_second().saturating_sub(date.as_second()) / 60;
    match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes}m"),
        60..1_440 => format!("{}h", minutes / 60),
        1_440..40_320 => format!("{}d", minutes / 1_440),
        40_320..524_160 => format!("{}w", minutes / 10_080),
        _ => format!("{}y", (minutes / 525_600).min(999)),
    }
}

/// The same for running text: `just now`, `12 min ago`, `3 h ago`, `2 days ago`.
#[must_use]
pub fn ago(date: Timestamp, now: Timestamp) -> String {
    let minutes = now.as_second().saturating_sub(date.as_second()) / 60;
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1_440 => format!("{} h ago", minutes / 60),
        1_440..2_880 => "yesterday".to_owned(),
        _ => format!("{} days ago", minutes / 1_440),
    }
}

/// How long until then: `now`, `11 min`, `3 h`, `2 days`.
#[must_use]
pub fn until(date: Timestamp, now: Timestamp) -> String {
    let seconds = date.as_second().saturating_sub(now.as_second());
    let minutes = seconds.saturating_add(59) / 60;
    match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes} min"),
        60..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    }
}

/// The day a time falls on, here.
#[must_use]
pub fn day(date: Timestamp, zone: &TimeZone) -> Date {
    date.to_zoned(zone.clone()).date()
}

/// `2026-04-28 09:14`.
#[must_use]
pub fn date_and_time(date: Timestamp, zone: &TimeZone) -> String {
    date.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `09:14`.
#[must_use]
pub fn clock_time(date: Timestamp, zone: &TimeZone) -> String {
    date.to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `2026-04-28`, or the time on the day of `now`; at most ten columns.
#[must_use]
pub fn short_date(date: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let there = date.to_zoned(zone.clone());
    if there.date() == day(now, zone) {
        return there.strftime("%H:%M").to_string();
    }
    there.strftime("%Y-%m-%d").to_string()
}

/// A heading for a day: `Today`, `Yesterday`, `Monday 2026-04-27`.
#[must_use]
pub fn day_heading(that: Date, today: Date) -> String {
    if that == today {
        return "Today".to_owned();
    }
    if today.yesterday().is_ok_and(|y| y == that) {
        return "Yesterday".to_owned();
    }
    that.strftime("%A %Y-%m-%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a timestamp")
    }

    #[test]
    fn ages_fit_their_column_from_seconds_to_decades() {
        let now = at("2026-04-28T09:54:00Z");
        for (date, expected) in [
            ("2026-04-28T09:53:30Z", "now"),
            ("2026-04-28T10:30:00Z", "now"),
            ("2026-04-28T09:42:00Z", "12m"),
            ("2026-04-28T06:54:00Z", "3h"),
            ("2026-04-26T09:54:00Z", "2d"),
            ("2026-03-01T09:54:00Z", "8w"),
            ("1999-01-01T00:00:00Z", "27y"),
        ] {
            assert_eq!(age(at(date), now), expected, "{date}");
        }
        assert_eq!(age(Timestamp::MIN, Timestamp::MAX), "999y");
        assert_eq!(until(at("2026-04-28T10:04:30Z"), now), "11 min");
        assert_eq!(until(at("2026-04-28T09:00:00Z"), now), "now");
    }

    #[test]
    fn days_are_local_days() {
        let zone = TimeZone::get("Asia/Tokyo").unwrap_or(TimeZone::fixed(jiff::tz::offset(9)));
        let late = at("2026-04-27T16:00:00Z");
        let today = day(at("2026-04-28T01:00:00Z"), &zone);
        assert_eq!(day_heading(day(late, &zone), today), "Today");
        assert_eq!(day_heading(day(at("2026-04-27T14:00:00Z"), &zone), today), "Yesterday");
        assert_eq!(day_heading(day(at("2026-04-24T14:00:00Z"), &zone), today), "Friday 2026-04-24");
        assert_eq!(date_and_time(late, &zone), "2026-04-28 01:00");
    }
}
