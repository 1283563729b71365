//! HTTP dates in their three forms (RFC 9110, 5.6.7).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or `Sun Nov  6 08:49:37 1994`, all in UTC.
/// The day of the week is not checked. `now` settles the century of a year with two digits.
pub(super) fn parse(text: &[u8], now: Timestamp) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?;
    let words: Vec<&str> = text.split([' ', ',', '-', '\t']).filter(|word| !word.is_empty()).collect();
    let (day, month, year, time) = match words.as_slice() {
        [_, day, month, year, time, zone] if is_utc(zone) => (day, month, year, time),
        [_, month, day, time, year] if time.contains(':') => (day, month, year, time),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    let month = i8::try_from(month + 1).ok()?;
    let year = if year.len() == 2 { full_year(number(year)?, now) } else { number(year)? };
    let mut parts = time.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let date = Date::new(year, month, small(day)?).ok()?;
    // 60 is a leap second, which is told as the second before.
    let time = Time::new(small(hour)?, small(minute)?, small(second)?.min(59), 0).ok()?;
    Some(date.to_datetime(time).to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn is_utc(zone: &str) -> bool {
    ["GMT", "UTC", "Z"].iter().any(|name| name.eq_ignore_ascii_case(zone))
}

fn number(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

fn small(text: &str) -> Option<i8> {
    number(text).and_then(|number| i8::try_from(number).ok())
}

/// A date that appears to be more than 50 years in the future is the most recent past year with the same last digits.
fn full_year(last_digits: i16, now: Timestamp) -> i16 {
    let this_year = now.to_zoned(TimeZone::UTC).year();
    let year = this_year - this_year.rem_euclid(100) + last_digits;
    if year > this_year.saturating_add(50) { year - 100 } else { year }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_three_forms_say_the_same() {
        let expected: Timestamp = "1994-11-06T08:49:37Z".parse().unwrap();
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(parse(text.as_bytes(), now()), Some(expected), "{text}");
        }
    }

    #[test]
    fn two_digits_mean_the_nearest_century() {
        let year = |text: &[u8]| parse(text, now()).map(|at| at.to_zoned(TimeZone::UTC).year());
        assert_eq!(year(b"Monday, 01-Jan-76 00:00:00 GMT"), Some(2076));
        assert_eq!(year(b"Monday, 01-Jan-77 00:00:00 GMT"), Some(1977));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "Sun, 99 Foo 2026",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 PST",
            "Sun, 06 Nov 1994 08:49:37:01 GMT",
            "Sun, 06 Nov 99999 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
        ] {
            assert_eq!(parse(text.as_bytes(), now()), None, "{text}");
        }
    }
}
