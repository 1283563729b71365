//! How the items of a list are numbered: 3. c. C. iii. III., upwards or downwards.

/// Largest number that Roman numerals write without signs that terminals lack.
const MAX_ROMAN: i64 = 3_999;

/// The numbers of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbering {
    /// How they are written.
    pub style: NumberStyle,
    /// The number of each item.
    pub numbers: Vec<i64>,
}

/// How the numbers of a list are written (the `type` of `ol`, WHATWG HTML 4.4.5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NumberStyle {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

impl NumberStyle {
    /// The style that the attribute `type` of a list names.
    pub(super) fn of_type(name: &str) -> Self {
        match name.trim() {
            "a" => Self::LowerAlpha,
            "A" => Self::UpperAlpha,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            _ => Self::Decimal,
        }
    }

    /// A number as it is written; one that the style has no sign for, in figures.
    #[must_use]
    pub fn write(self, number: i64) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::LowerAlpha => alpha(number),
            Self::UpperAlpha => alpha(number).map(|text| text.to_ascii_uppercase()),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).map(|text| text.to_ascii_uppercase()),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

impl Numbering {
    /// The numbers of a list whose items have these numbers of their own; `start` is the first one's. Without one, a list
    /// that counts down ends at 1.
    pub(super) fn count(style: NumberStyle, start: Option<i64>, down: bool, own: &[Option<i64>]) -> Self {
        let items = i64::try_from(own.len()).unwrap_or(i64::MAX);
        let mut next = start.unwrap_or(if down { items } else { 1 });
        let step = if down { -1 } else { 1 };
        let numbers = own.iter().map(|own| {
            let number = own.unwrap_or(next);
            next = number.saturating_add(step);
            number
        });
        Self { style, numbers: numbers.collect() }
    }

    /// What stands before item `index`: `3.`
    #[must_use]
    pub fn label(&self, index: usize) -> String {
        let number = self.numbers.get(index).copied().unwrap_or_else(|| i64::try_from(index).unwrap_or(i64::MAX));
        self.style.write(number) + "."
    }
}

/// a to z, aa to zz ...
fn alpha(number: i64) -> Option<String> {
    let mut left = u64::try_from(number).ok().filter(|left| *left > 0)?;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(b'a' + u8::try_from(left % 26).ok()?);
        left /= 26;
    }
    letters.reverse();
    String::from_utf8(letters).ok()
}

fn roman(number: i64) -> Option<String> {
    const SIGNS: [(i64, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..=MAX_ROMAN).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_numbers_in_each_style() {
        let lower = |number| NumberStyle::LowerAlpha.write(number);
        assert_eq!([1, 26, 27, 702, 703].map(lower), ["a", "z", "aa", "zz", "aaa"]);
        assert_eq!(
            [4, 9, 14, 1990, 3999].map(|n| NumberStyle::LowerRoman.write(n)),
            ["iv", "ix", "xiv", "mcmxc", "mmmcmxcix"]
        );
        assert_eq!(NumberStyle::UpperRoman.write(4000), "4000");
        assert_eq!(NumberStyle::UpperAlpha.write(0), "0");
        assert_eq!(NumberStyle::UpperAlpha.write(-3), "-3");
        assert_eq!(NumberStyle::LowerAlpha.write(i64::MAX), "crpxnlskvljfhg");
        assert_eq!(NumberStyle::of_type("x"), NumberStyle::Decimal);
    }

    #[test]
    fn counts_up_and_down_and_from_an_items_own_number() {
        let numbers =
            |start, down, own: &[Option<i64>]| Numbering::count(NumberStyle::Decimal, start, down, own).numbers;
        assert_eq!(numbers(None, false, &[None, Some(7), None]), [1, 7, 8]);
        assert_eq!(numbers(None, true, &[None, None, None]), [3, 2, 1]);
        assert_eq!(numbers(Some(i64::MAX), false, &[None, None]), [i64::MAX, i64::MAX]);
        assert_eq!(numbers(Some(i64::MIN), true, &[None, None]), [i64::MIN, i64::MIN]);
    }
}
