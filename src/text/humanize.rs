//! Numbers as people read them: ages, waits, sizes, counts.

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;
const YEAR: i64 = 365 * DAY;

/// How long ago, in at most three columns up to 99 years: `now`, `12m`, `3h`, `2d`, `5w`, `2y`. What lies in the future is `now`.
#[must_use]
pub fn age(seconds: i64) -> String {
    match seconds {
        ..MINUTE => "now".to_owned(),
        MINUTE..HOUR => format!("{}m", seconds / MINUTE),
        HOUR..DAY => format!("{}h", seconds / HOUR),
        DAY..YEAR if seconds < 2 * WEEK => format!("{}d", seconds / DAY),
        DAY..YEAR => format!("{}w", seconds / WEEK),
        YEAR.. => format!("{}y", seconds / YEAR),
    }
}

/// How long ago, in words: `just now`, `40 min ago`, `3 h ago`, `2 days ago`. What lies in the future is `just now`.
#[must_use]
pub fn ago(seconds: i64) -> String {
    if seconds < MINUTE { "just now".to_owned() } else { format!("{} ago", duration(seconds)) }
}

/// When it will be, in words: `in 11 min`, `in 2 h`, `in 3 days`. What is due is `now`.
#[must_use]
pub fn until(seconds: i64) -> String {
    if seconds <= 0 { "now".to_owned() } else { format!("in {}", duration(seconds)) }
}

/// A stretch of time in words, rounded down to one unit: `45 s`, `11 min`, `2 h`, `1 day`, `5 weeks`, `2 years`.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let many = |count: i64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match seconds.max(0) {
        seconds @ ..MINUTE => format!("{seconds} s"),
        seconds @ MINUTE..HOUR => format!("{} min", seconds / MINUTE),
        seconds @ HOUR..DAY => format!("{} h", seconds / HOUR),
        seconds @ DAY..YEAR if seconds < 2 * WEEK => many(seconds / DAY, "day"),
        seconds @ DAY..YEAR => many(seconds / WEEK, "week"),
        seconds @ YEAR.. => many(seconds / YEAR, "year"),
    }
}

/// A size in binary units: `512 B`, `1.2 MiB`, `34 GiB`.
#[must_use]
pub fn bytes(count: u64) -> String {
    let mut unit = "B";
    let mut size = count as f64;
    for larger in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] {
        // What would be shown as 1024 of a unit is one of the next.
        if size < 1023.5 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    if unit == "B" || size >= 9.95 { format!("{size:.0} {unit}") } else { format!("{size:.1} {unit}") }
}

/// A count with separators between thousands: `1,498`.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        for (seconds, text) in [
            (i64::MIN, "now"),
            (59, "now"),
            (60, "1m"),
            (12 * 60 + 59, "12m"),
            (3600, "1h"),
            (86_399, "23h"),
            (2 * DAY, "2d"),
            (13 * DAY, "13d"),
            (14 * DAY, "2w"),
            (364 * DAY, "52w"),
            (YEAR, "1y"),
            (i64::MAX, "292471208677y"),
        ] {
            assert_eq!(age(seconds), text, "{seconds}");
        }
    }

    #[test]
    fn words() {
        assert_eq!(ago(-5), "just now");
        assert_eq!(ago(40 * 60), "40 min ago");
        assert_eq!(until(0), "now");
        assert_eq!(until(11 * 60 + 30), "in 11 min");
        assert_eq!(until(DAY), "in 1 day");
        assert_eq!(duration(45), "45 s");
        assert_eq!(duration(15 * DAY), "2 weeks");
        assert_eq!(duration(2 * YEAR), "2 years");
    }

    #[test]
    fn sizes_and_counts() {
        for (size, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_258_291, "1.2 MiB"),
            (1_048_575, "1.0 MiB"),
            (u64::MAX, "16 EiB"),
        ] {
            assert_eq!(bytes(size), text, "{size}");
        }
        for (number, text) in [(0, "0"), (999, "999"), (1_498, "1,498"), (1_000_000, "1,000,000")] {
            assert_eq!(count(number), text);
        }
    }
}
