//! The date ladder: every way of writing a date that feeds are known to use, read into one moment.
//!
//! One tolerant reader instead of a list of formats: find the clock time, the zone, the month's name and the numbers,
//! then decide what the numbers are. A date without a zone is taken as UTC.

mod numbers;
mod words;
mod zone;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan, tz::Offset};

use crate::text;

/// Longer texts are no dates.
const LONGEST: usize = 120;

/// Before this second, the second of January 1970, dates are placeholders (`0001-01-01`, the epoch itself), not news.
const EARLIEST: i64 = 86_400;

/// Reads a date from a feed: RFC 822 and its misspellings, RFC 3339 and partial W3CDTF, asctime, numeric and spelled-out
/// forms in a dozen languages, Unix time. None when it says no plausible moment.
pub(super) fn parse_date(raw: &str) -> Option<Timestamp> {
    let raw = raw.trim();
    if raw.is_empty() || raw.len() > LONGEST {
        return None;
    }
    if raw.bytes().all(|b| b.is_ascii_digit())
        && let Some(moment) = unix_time(raw)
    {
        return Some(moment).filter(is_plausible);
    }
    let (text, default_zone) = normalise(raw);
    let clock = Clock::find(&text)?;
    let tail = zone::read(&text[clock.end..])?;
    let before = &text[..clock.start];
    let half_day = tail.half_day.or_else(|| zone::half_day_before(before));
    let date = numbers::read(before, &tail.rest, clock.time.is_some(), half_day.is_some())?;
    assemble(date, &clock, half_day, tail.offset.unwrap_or(default_zone)).filter(is_plausible)
}

fn is_plausible(moment: &Timestamp) -> bool {
    moment.as_second() >= EARLIEST
}

/// Seconds or milliseconds since 1970.
fn unix_time(digits: &str) -> Option<Timestamp> {
    match digits.len() {
        9 | 10 => Timestamp::from_second(digits.parse().ok()?).ok(),
        13 => Timestamp::from_millisecond(digits.parse().ok()?).ok(),
        _ => None,
    }
}

/// Lower case without diacritics, with the East Asian date marks replaced; and the zone that those imply, in seconds.
fn normalise(raw: &str) -> (String, i64) {
    if raw.is_ascii() {
        return (raw.to_ascii_lowercase(), 0);
    }
    let mut zone = 0;
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let mut used = c.len_utf8();
        match c {
            '\u{2212}' | '\u{2013}' | '年' | '月' => plain.push('-'),
            '日' => plain.push(' '),
            '년' | '월' | '일' => {
                // Only Korean sites write these, in their own time.
                zone = zone::KOREA;
                plain.push(if c == '일' { ' ' } else { '-' });
            }
            '오' if rest.starts_with("오전") || rest.starts_with("오후") => {
                zone = zone::KOREA;
                plain.push_str(if rest.starts_with("오전") { "am " } else { "pm " });
                used = "오전".len();
            }
            _ => plain.push(c),
        }
        rest = &rest[used..];
    }
    (text::fold(&plain), zone)
}

/// The clock time in a text, and where it stands.
struct Clock {
    /// Hour, minute, second; none when the text has only a date.
    time: Option<(i64, i64, i64)>,
    start: usize,
    end: usize,
}

impl Clock {
    /// Finds `h:mm`, `h:mm:ss` with any fraction, or `8h30`. None when something like a time is there but makes no sense.
    fn find(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let Some(colon) = (1..bytes.len()).find(|at| {
            let mark = bytes[*at] == b':' || (bytes[*at] == b'h' && digit(at + 2));
            mark && digit(at - 1) && digit(at + 1)
        }) else {
            return Some(Self::basic(text).unwrap_or(Self { time: None, start: text.len(), end: text.len() }));
        };
        let start = (0..colon).rev().take_while(|at| digit(*at)).last()?;
        let hour = text[start..colon].parse().ok()?;
        let (minute, mut end) = two_digits(text, colon + 1)?;
        let mut second = 0;
        if bytes.get(end) == Some(&b':') {
            (second, end) = two_digits(text, end + 1)?;
        }
        if matches!(bytes.get(end), Some(b'.' | b',')) && digit(end + 1) {
            end = (end + 1..bytes.len()).find(|at| !digit(*at)).unwrap_or(bytes.len());
        }
        if bytes.get(end) == Some(&b':') {
            return None;
        }
        Some(Self { time: Some((hour, minute, second)), start, end })
    }

    /// The basic format of ISO 8601, without separators: `20261006t0800` with or without seconds.
    fn basic(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('t')?;
        let digits = time.bytes().take_while(u8::is_ascii_digit).count();
        if date.len() != 8 || !date.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits, 4 | 6) {
            return None;
        }
        let second = if digits == 6 { time[4..6].parse().ok()? } else { 0 };
        let time = Some((time[..2].parse().ok()?, time[2..4].parse().ok()?, second));
        Some(Self { time, start: 8, end: 9 + digits })
    }
}

/// A number of one or two digits at `at`, and where it ends.
fn two_digits(text: &str, at: usize) -> Option<(i64, usize)> {
    let digits = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(at..at + digits)?.parse().ok()?;
    (digits <= 2).then_some((number, at + digits))
}

fn assemble(date: Date, clock: &Clock, half_day: Option<zone::Half>, offset: i64) -> Option<Timestamp> {
    let (mut hour, minute, second) = clock.time.unwrap_or_default();
    match half_day {
        Some(zone::Half::Am) if hour == 12 => hour = 0,
        Some(zone::Half::Pm) if hour < 12 => hour += 12,
        _ => {}
    }
    // Midnight at the end of a day (ISO 8601) and leap seconds (RFC 3339, 5.7) are times too.
    let (date, hour) = if (hour, minute, second) == (24, 0, 0) { (date.tomorrow().ok()?, 0) } else { (date, hour) };
    let second = if second == 60 { 59 } else { second };
    let time = Time::new(hour.try_into().ok()?, minute.try_into().ok()?, second.try_into().ok()?, 0).ok()?;
    let moment = Offset::UTC.to_timestamp(date.to_datetime(time)).ok()?;
    moment.checked_sub(SignedDuration::from_secs(offset)).ok()
}

/// A day of a month, where days beyond its end run over into the next: `31 Jun` is meant as the first of July.
fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1..=31).contains(&day) {
        return None;
    }
    let first = Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()?;
    first.checked_add((day - 1).days()).ok()
}

#[cfg(test)]
mod tests;
