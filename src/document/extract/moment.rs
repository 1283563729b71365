//! Dates as pages tell them in data.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Reads a date; without a zone it is UTC, without a time midnight.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 64 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return plausible(at);
    }
    if let Ok(number) = text.parse::<i64>() {
        return epoch(number);
    }
    let formats = [
        "%Y-%m-%dT%H:%M:%S%z",
        "%Y-%m-%d %H:%M:%S%z",
        "%Y-%m-%d %H:%M:%S %z",
        "%Y-%m-%dT%H:%M%z",
        "%Y-%m-%dT%H:%M:%S.%f%z",
        "%Y-%m-%dT%H:%M:%S%:z",
        "%Y-%m-%dT%H:%M%:z",
        "%Y%m%dT%H%M%S%z",
    ];
    let zoned = formats.iter().find_map(|format| Zoned::strptime(format, text).ok().map(|zoned| zoned.timestamp()));
    let zoned = zoned.or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    if let Some(at) = zoned {
        return plausible(at);
    }
    let bare = text.trim_end_matches(" UTC").trim_end_matches(" GMT").trim_end_matches('Z');
    let times = [
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M:%S",
        "%Y/%m/%d %H:%M",
        "%d.%m.%Y %H:%M",
        "%B %d, %Y %H:%M",
    ];
    let time =
        bare.parse::<DateTime>().ok().or_else(|| times.iter().find_map(|format| DateTime::strptime(format, bare).ok()));
    let dates = ["%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y"];
    let date = || dates.iter().find_map(|format| Date::strptime(format, bare).ok()).map(|date| date.at(0, 0, 0, 0));
    let at = time.or_else(date)?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    plausible(at)
}

/// Seconds or milliseconds since 1970.
fn epoch(number: i64) -> Option<Timestamp> {
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    // Smaller numbers are years and days written together.
    if seconds < 100_000_000 {
        let text = number.to_string();
        let date = Date::strptime("%Y%m%d", &text).ok()?;
        return plausible(date.to_zoned(TimeZone::UTC).ok()?.timestamp());
    }
    plausible(Timestamp::from_second(seconds).ok()?)
}

/// The web has no articles from before it and none from far ahead.
fn plausible(at: Timestamp) -> Option<Timestamp> {
    let year = at.to_zoned(TimeZone::UTC).year();
    (1980..=2100).contains(&year).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_pages_write_them() {
        for (text, read) in [
            ("2026-03-04T05:06:07Z", "2026-03-04T05:06:07Z"),
            ("2026-03-04T05:06:07+02:00", "2026-03-04T03:06:07Z"),
            ("2026-03-04T05:06:07+0200", "2026-03-04T03:06:07Z"),
            ("2026-03-04 05:06:07 +0200", "2026-03-04T03:06:07Z"),
            ("2026-03-04T05:06:07", "2026-03-04T05:06:07Z"),
            ("2026-03-04T05:06", "2026-03-04T05:06:00Z"),
            ("2026-03-04 05:06:07 UTC", "2026-03-04T05:06:07Z"),
            ("2026-03-04", "2026-03-04T00:00:00Z"),
            ("2026/03/04", "2026-03-04T00:00:00Z"),
            ("20260304", "2026-03-04T00:00:00Z"),
            ("4 March 2026", "2026-03-04T00:00:00Z"),
            ("March 4, 2026", "2026-03-04T00:00:00Z"),
            ("Wed, 04 Mar 2026 05:06:07 GMT", "2026-03-04T05:06:07Z"),
            ("1772600767", "2026-03-04T05:06:07Z"),
            ("1772600767000", "2026-03-04T05:06:07Z"),
        ] {
            assert_eq!(parse(text).map(|at| at.to_string()).as_deref(), Some(read), "{text}");
        }
        for text in ["", "yesterday", "0001-01-01T00:00:00Z", "99999999999999999999", "12"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
