//! Days as people write them in a query.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// The day that `text` names, seen from `today`: `today`, `yesterday`, `7d`, `2w`, `36h` (that many days back, hours
/// rounded up to whole days), `fri` (the last Friday, which may be today) or an ISO date.
///
/// Days before the year 1 become its first day.
pub(super) fn day(text: &str, today: Date) -> Option<Date> {
    let text = text.to_lowercase();
    match text.as_str() {
        "today" => return Some(today),
        "yesterday" => return today.yesterday().ok(),
        _ => {}
    }
    if let Some(weekday) = weekday(&text) {
        let back = i64::from(today.weekday().since(weekday));
        return Some(days_before(today, back));
    }
    if text.len() == 10 && text.is_ascii() {
        return text.parse().ok();
    }
    let unit = text.chars().next_back()?;
    let number = text.strip_suffix(unit)?;
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = number.parse().unwrap_or(i64::MAX);
    let days = match unit {
        'd' => number,
        'w' => number.saturating_mul(7),
        'h' => number / 24 + i64::from(number % 24 != 0),
        _ => return None,
    };
    Some(days_before(today, days))
}

fn weekday(text: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    NAMES.iter().find(|(name, _)| *name == text || name[..3] == *text).map(|(_, weekday)| *weekday)
}

fn days_before(today: Date, days: i64) -> Date {
    let first = Date::constant(1, 1, 1);
    Span::new().try_days(days).ok().and_then(|span| today.checked_sub(span).ok()).map_or(first, |day| day.max(first))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn days_are_counted_back_from_today() {
        // A Saturday.
        let today = date(2026, 5, 2);
        for (text, expected) in [
            ("today", Some(date(2026, 5, 2))),
            ("Yesterday", Some(date(2026, 5, 1))),
            ("7d", Some(date(2026, 4, 25))),
            ("0d", Some(today)),
            ("2w", Some(date(2026, 4, 18))),
            ("24h", Some(date(2026, 5, 1))),
            ("25h", Some(date(2026, 4, 30))),
            ("1h", Some(date(2026, 5, 1))),
            ("sat", Some(today)),
            ("FRI", Some(date(2026, 5, 1))),
            ("sunday", Some(date(2026, 4, 26))),
            ("2026-04-28", Some(date(2026, 4, 28))),
            ("99999999999999999999d", Some(date(1, 1, 1))),
            ("800000d", Some(date(1, 1, 1))),
            ("2026-02-30", None),
            ("2026-4-8", None),
            ("d", None),
            ("-1d", None),
            ("7m", None),
            ("freitag", None),
            ("", None),
            ("7\u{1f4a9}", None),
        ] {
            assert_eq!(day(text, today), expected, "{text}");
        }
    }
}
