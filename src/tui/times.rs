//! Dates for the article, days for the headings: local zone, ISO dates. Ages are told by `text::humanize`.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Seconds from one time to a later one; negative when it is earlier.
#[must_use]
pub fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second().saturating_sub(from.as_second())
}

/// The day a time falls on, here.
#[must_use]
pub fn day(date: Timestamp, zone: &TimeZone) -> Date {
    date.to_zoned(zone.clone()).date()
}

/// When the day that a time falls on begins here, and when the next one does.
#[must_use]
pub fn bounds_of_day(date: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
    let begins = |day: Date| zone.to_zoned(day.at(0, 0, 0, 0)).map(|begin| begin.timestamp());
    let day = day(date, zone);
    let from = begins(day).unwrap_or(Timestamp::MIN);
    let to = day.tomorrow().and_then(begins).unwrap_or(Timestamp::MAX);
    (from, to)
}

/// `2026-04-28 09:14`.
#[must_use]
pub fn date_and_time(date: Timestamp, zone: &TimeZone) -> String {
    date.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `04-28 09:14`, for what is at most some months old.
#[must_use]
pub fn month_and_time(date: Timestamp, zone: &TimeZone) -> String {
    date.to_zoned(zone.clone()).strftime("%m-%d %H:%M").to_string()
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
    fn days_are_local_days() {
        let zone = TimeZone::get("Asia/Tokyo").unwrap_or(TimeZone::fixed(jiff::tz::offset(9)));
        let late = at("2026-04-27T16:00:00Z");
        let today = day(at("2026-04-28T01:00:00Z"), &zone);
        assert_eq!(day_heading(day(late, &zone), today), "Today");
        assert_eq!(day_heading(day(at("2026-04-27T14:00:00Z"), &zone), today), "Yesterday");
        assert_eq!(day_heading(day(at("2026-04-24T14:00:00Z"), &zone), today), "Friday 2026-04-24");
        assert_eq!(date_and_time(late, &zone), "2026-04-28 01:00");
        assert_eq!(bounds_of_day(late, &zone), (at("2026-04-27T15:00:00Z"), at("2026-04-28T15:00:00Z")));
        let (from, to) = bounds_of_day(Timestamp::MAX, &zone);
        assert!(from <= Timestamp::MAX && to == Timestamp::MAX, "the last day of all has an end too: {from} {to}");
    }
}
