//! Single settings.

use std::ops::Range;

use super::EditError;
use super::text::{Source, checked, quoted};

const WHAT: &str = "this setting";

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Text.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Number(u32),
}

/// Writes a setting such as `keep_days` or `ui.theme`: in place of its value, or in its section, or in a new one at the end.
///
/// # Errors
/// When the text cannot be edited.
pub fn set_value(text: &str, key: &str, value: &Setting) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    let value = match value {
        Setting::Text(text) => quoted(text),
        Setting::Flag(flag) => flag.to_string(),
        Setting::Number(number) => number.to_string(),
    };
    let (range, new) = match key.split_once('.') {
        Some((section, key)) => in_section(&source, section, key, &value),
        None => at_the_top(&source, key, &value),
    };
    let edited = source.spliced(vec![(range, new)]);
    if reads(&edited, key, &value) { checked(edited, WHAT) } else { Err(EditError::TooClever(WHAT)) }
}

/// True when the key in the text has the value now.
fn reads(text: &str, key: &str, value: &str) -> bool {
    let wanted = format!("value = {value}").parse::<toml::Table>().ok().and_then(|mut table| table.remove("value"));
    let Ok(table) = text.parse::<toml::Table>() else { return false };
    let found = match key.split_once('.') {
        Some((section, key)) => table.get(section).and_then(|section| section.get(key)),
        None => table.get(key),
    };
    found == wanted.as_ref()
}

fn in_section(source: &Source<'_>, section: &str, key: &str, value: &str) -> (Range<usize>, String) {
    let newline = source.newline;
    let Some(table) = source.root.get(section) else {
        let end = source.text.len();
        return (end..end, format!("{}[{section}]{newline}{key} = {value}{newline}", source.before_appended()));
    };
    if let Some(old) = table.get_ref().as_table().and_then(|table| table.get(key)) {
        return (old.span(), value.to_owned());
    }
    let start = table.span().start;
    if source.is_inline(table) {
        let more = table.get_ref().as_table().is_some_and(|table| !table.is_empty());
        return (start + 1..start + 1, format!(" {key} = {value}{}", if more { "," } else { " " }));
    }
    if source.text[start..].starts_with('[') {
        let at = source.line_end(start);
        return (at..at, format!("{newline}{key} = {value}"));
    }
    let at = source.line_start(start);
    if header(source, start) {
        // There is only a section in it, such as [keys.list].
        return (at..at, format!("[{section}]{newline}{key} = {value}{newline}{newline}"));
    }
    // Written with dots: `ui.ascii = true`.
    (at..at, format!("{section}.{key} = {value}{newline}"))
}

fn at_the_top(source: &Source<'_>, key: &str, value: &str) -> (Range<usize>, String) {
    let newline = source.newline;
    if let Some(old) = source.root.get(key) {
        return (old.span(), value.to_owned());
    }
    // Before the first section and the comments that belong to it.
    let headers = source.root.values().map(|value| value.span().start).filter(|at| header(source, *at));
    let Some(mut at) = headers.min().map(|at| source.line_start(at)) else {
        let end = source.text.len();
        let lead = if source.text.is_empty() || source.text.ends_with('\n') { "" } else { newline };
        return (end..end, format!("{lead}{key} = {value}{newline}"));
    };
    while at > 0 {
        let above = source.line_start(at - 1);
        if !source.text[above..at].trim_start().starts_with('#') {
            break;
        }
        at = above;
    }
    (at..at, format!("{key} = {value}{newline}{newline}"))
}

/// True when a section's header begins at this place, rather than a list or a dotted key.
fn header(source: &Source<'_>, at: usize) -> bool {
    let line = &source.text[source.line_start(at)..];
    line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with('[')
}
