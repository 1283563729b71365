//! Typed access to one table of the file: every wrong type is reported at its place, and the rest goes on.

use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnostic::Report;
use crate::query::nearest;

/// A value and its place, in bytes.
pub(super) type Placed<T> = (T, Range<usize>);

/// One table and its name for messages, such as `network`; empty for the top of the file.
#[derive(Clone, Copy)]
pub(super) struct Section<'a, 'i> {
    pub(super) name: &'a str,
    pub(super) table: &'a DeTable<'i>,
}

impl<'a, 'i> Section<'a, 'i> {
    fn get(self, key: &str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// The place of a key's value.
    pub(super) fn place(self, key: &str) -> Option<Range<usize>> {
        self.get(key).map(Spanned::span)
    }

    /// The value of a key, if `read` can make something of it; otherwise it is reported as not being a `wanted`.
    fn typed<T>(
        self,
        report: &mut Report<'_>,
        key: &str,
        wanted: &str,
        read: impl FnOnce(&'a DeValue<'i>) -> Option<T>,
    ) -> Option<Placed<T>> {
        let value = self.get(key)?;
        let typed = read(value.get_ref());
        if typed.is_none() {
            report.add(&value.span(), format!("{key} must be {wanted}, not {}", kind(value.get_ref())));
        }
        Some((typed?, value.span()))
    }

    pub(super) fn string(self, report: &mut Report<'_>, key: &str) -> Option<Placed<&'a str>> {
        self.typed(report, key, "text in quotes", DeValue::as_str)
    }

    pub(super) fn flag(self, report: &mut Report<'_>, key: &str) -> Option<bool> {
        self.typed(report, key, "true or false", DeValue::as_bool).map(|(flag, _)| flag)
    }

    /// A whole number within a range.
    pub(super) fn number(self, report: &mut Report<'_>, key: &str, range: &RangeInclusive<u64>) -> Option<u64> {
        let (number, place) = self.typed(report, key, "a whole number", DeValue::as_integer)?;
        let value = u64::from_str_radix(number.as_str(), number.radix()).ok().filter(|value| range.contains(value));
        if value.is_none() {
            report.add(&place, format!("{key} must be from {} to {}, not {number}", range.start(), range.end()));
        }
        value
    }

    /// A list of texts.
    pub(super) fn strings(self, report: &mut Report<'_>, key: &str) -> Option<Vec<Placed<&'a str>>> {
        let wanted = "a list of texts, such as [\"one\", \"two\"]";
        let (array, _) = self.typed(report, key, wanted, DeValue::as_array)?;
        let mut texts = Vec::new();
        for value in array {
            match value.get_ref().as_str() {
                Some(text) => texts.push((text, value.span())),
                None => report.add(&value.span(), format!("{key} must be {wanted}; this is {}", kind(value.get_ref()))),
            }
        }
        Some(texts)
    }

    /// One of a few names.
    pub(super) fn choice<T: Copy>(self, report: &mut Report<'_>, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let (text, place) = self.string(report, key)?;
        let found = choices.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            report.add(&place, unknown(&format!("{key} can not be"), text, &names));
        }
        found
    }

    /// The section in a key.
    pub(super) fn section(self, report: &mut Report<'_>, key: &'a str) -> Option<Section<'a, 'i>> {
        let wanted = format!("a section: write [{key}] on a line of its own");
        let (table, _) = self.typed(report, key, &wanted, DeValue::as_table)?;
        Some(Section { name: key, table })
    }

    /// Every key with its place and its value, in the order of the file.
    pub(super) fn entries(self) -> Vec<(Placed<&'a str>, &'a Spanned<DeValue<'i>>)> {
        let mut entries: Vec<_> =
            self.table.iter().map(|(key, value)| ((&**key.get_ref(), key.span()), value)).collect();
        entries.sort_by_key(|((_, place), _)| place.start);
        entries
    }

    /// Reports the keys that are none of `known`.
    pub(super) fn report_unknown(self, report: &mut Report<'_>, known: &[&str]) {
        for ((key, place), _) in self.entries().into_iter().filter(|((key, _), _)| !known.contains(key)) {
            let here = if self.name.is_empty() { String::new() } else { format!(" in [{}]", self.name) };
            report.add(&place, unknown(&format!("there is no key{here} called"), key, known));
        }
    }
}

/// `what "name"; did you mean "nearest"?`, or with all the names there are.
pub(super) fn unknown(what: &str, name: &str, known: &[&str]) -> String {
    let short: String = name.chars().take(60).collect();
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("{what} {short:?}; did you mean {near:?}?"),
        None => format!("{what} {short:?}; there are {}", known.join(", ")),
    }
}

/// What a value is, in words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text in quotes",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a section",
    }
}
