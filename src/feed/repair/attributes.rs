//! The attributes of a tag, with or without quotes.

use std::borrow::Cow;

use crate::feed::references;

/// Attributes beyond this many are not looked at.
const MOST: usize = 256;

/// Name and value of each attribute; references in values are resolved.
pub(in crate::feed) fn attributes(text: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        if rest.is_empty() {
            return None;
        }
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = &rest[..name_end];
        let behind = rest[name_end..].trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
            rest = behind;
            return Some((name, Cow::Borrowed("")));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let closed = quote.and_then(|quote| Some((value[1..].find(quote)?, 1)));
        let (end, quotes) = closed.unwrap_or_else(|| (value.find(char::is_whitespace).unwrap_or(value.len()), 0));
        rest = &value[end + 2 * quotes..];
        let value = value[quotes..end + quotes].trim_matches(if quotes == 0 { '"' } else { '\0' });
        Some((name, references::decode_xml(value)))
    })
    .take(MOST)
}

/// The value of the attribute with this name, whatever case the tag has it in.
pub(in crate::feed) fn attribute<'a>(text: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(text).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_quoted_bare_and_broken_attributes() {
        let read =
            |text: &str| attributes(text).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|");
        assert_eq!(read(r#" href="a?b&amp;c&d" rel = 'x"y' "#), "href=a?b&c&d|rel=x\"y");
        assert_eq!(read("a=1 b c='2"), "a=1|b=|c='2");
        assert_eq!(read("=\"\" x"), "x=");
        assert_eq!(read(""), "");
        assert_eq!(attribute("isPermaLink='False'", "ispermalink").as_deref(), Some("False"));
        assert_eq!(attributes(&"a='b' ".repeat(1000)).count(), MOST);
    }
}
