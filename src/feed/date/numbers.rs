//! Which of a date's numbers is the year, which the month and which the day.

use jiff::civil::Date;

use super::{civil, words};

/// A number as written.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: i64,
    digits: usize,
    /// The character before it, when the number before it stands directly there: `-`, `/` or `.`.
    joint: Option<char>,
}

/// Reads the date from what stands before and after the clock time. `american` is a hint that `1/2` is the second of January.
pub(super) fn read(before: &str, after: &str, has_time: bool, american: bool) -> Option<Date> {
    let mut numbers = Vec::new();
    let mut month = None;
    for part in [before, after] {
        collect(part, &mut numbers, &mut month)?;
    }
    match (month, numbers.as_slice()) {
        (Some(month), [year]) if year.digits == 4 && !has_time => civil(year.value, month, 1),
        (Some(month), [_, _, ..]) => named(month, &numbers),
        (None, [year, month, day]) if year.digits == 4 => civil(year.value, month.value, day.value),
        (None, [year, day]) if year.digits == 4 && day.digits == 3 => ordinal(year.value, day.value),
        (None, [year, month]) if year.digits == 4 => civil(year.value, month.value, 1),
        (None, [a, b, year]) if year.digits == 4 => {
            let (day, month) = day_and_month(a, b, american);
            civil(year.value, month, day)
        }
        (None, [a, b, c]) => short_year(a, b, c, american),
        (None, [year, month]) if before.starts_with('-') && !has_time => civil(century(year.value), month.value, 1),
        (None, [only]) => compact(before.trim(), only, has_time),
        _ => None,
    }
}

/// Finds numbers and a month's name. The last name counts: `mar. 6 oct.` is a Tuesday. None when there are too many numbers.
fn collect(text: &str, numbers: &mut Vec<Number>, month: &mut Option<i64>) -> Option<()> {
    let mut rest = text;
    let mut joint = None;
    while let Some(c) = rest.chars().next() {
        let end;
        if c.is_ascii_digit() {
            end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let value = rest[..end].parse().ok()?;
            numbers.push(Number { value, digits: end, joint });
        } else if c.is_alphabetic() {
            end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            *month = words::month(&rest[..end]).or(*month);
        } else {
            end = c.len_utf8();
        }
        joint = matches!(c, '-' | '/' | '.').then_some(c);
        rest = &rest[end..];
    }
    (numbers.len() <= 3).then_some(())
}

/// With the month's name, one number is the day and the other the year, which comes last unless it is the long one.
fn named(month: i64, numbers: &[Number]) -> Option<Date> {
    let at = numbers.iter().position(|n| n.digits == 4).unwrap_or(numbers.len() - 1);
    let year = numbers.get(at)?;
    let day = numbers.iter().enumerate().find(|(i, n)| *i != at && n.digits <= 2)?.1;
    match year.digits {
        4 => civil(year.value, month, day.value),
        2 => civil(century(year.value), month, day.value),
        _ => None,
    }
}

/// `6.10.2026` and `06/10/2026`: day first, as most of the world writes it, unless that cannot be or the clock is American.
fn day_and_month(a: &Number, b: &Number, american: bool) -> (i64, i64) {
    let month_first = a.value <= 12 && (b.value > 12 || (american && b.joint != Some('.')));
    if month_first { (b.value, a.value) } else { (a.value, b.value) }
}

fn short_year(a: &Number, b: &Number, c: &Number, american: bool) -> Option<Date> {
    if [a, b, c].iter().any(|n| n.digits > 2) {
        return None;
    }
    // ISO 8601 has the year first, also when it is short.
    if b.joint == Some('-') && c.joint == Some('-') {
        return civil(century(a.value), b.value, c.value);
    }
    let (day, month) = day_and_month(a, b, american);
    civil(century(c.value), month, day)
}

/// The forms without separators: a day, a day of the year, a month, a year.
fn compact(text: &str, number: &Number, has_time: bool) -> Option<Date> {
    let value = number.value;
    match number.digits {
        8 => civil(value / 10_000, value / 100 % 100, value % 100),
        7 => ordinal(value / 1000, value % 1000),
        6 => civil(century(value / 10_000), value / 100 % 100, value % 100),
        5 => ordinal(century(value / 1000), value % 1000),
        4 if text.starts_with('-') => civil(century(value / 100), value % 100, 1),
        4 if text.len() == 4 && !has_time => civil(value, 1, 1),
        _ => None,
    }
}

fn ordinal(year: i64, day: i64) -> Option<Date> {
    let days = jiff::Span::new().try_days(day - 1).ok()?;
    (1..=366).contains(&day).then(|| civil(year, 1, 1)?.checked_add(days).ok()).flatten()
}

/// The year that two digits mean (RFC 2822, section 4.3).
fn century(year: i64) -> i64 {
    if year < 50 { year + 2000 } else { year + 1900 }
}
