//! Feeds: added, removed, renamed, moved, muted.

use toml::Spanned;
use toml::de::{DeArray, DeValue};
use url::Url;

use super::EditError;
use super::list::{appended, place_of_comma};
use super::text::{Source, checked, content_end, quoted};
use crate::config::types::{FeedSpec, FullTextMode, ImageMode};

const WHAT: &str = "the list of feeds";

/// Adds the feeds that are not there yet, after the others.
///
/// # Errors
/// When the text cannot be edited.
pub fn add_feeds(text: &str, feeds: &[FeedSpec]) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    let mut known: std::collections::HashSet<String> =
        elements(&source).iter().filter_map(|feed| url_of(feed)).map(same).collect();
    let new: Vec<&FeedSpec> = feeds.iter().filter(|feed| known.insert(same(&feed.url))).collect();
    if new.is_empty() {
        return Ok(text.to_owned());
    }
    let edited = if let Some(list) = source.root.get("feeds") {
        match list.get_ref().as_array() {
            None => return Err(EditError::TooClever(WHAT)),
            Some(array) if array.iter().all(|feed| source.is_inline(feed)) => {
                let inline = new.iter().map(|feed| format!("{{ {} }}", pairs(feed).join(", ")));
                appended(&source, list, inline.collect())
            }
            Some(array) => append_after(&source, array, &new),
        }
    } else {
        let blocks: Vec<String> = new.iter().map(|feed| block(feed, source.newline)).collect();
        format!("{text}{}{}", source.before_appended(), blocks.join(source.newline))
    };
    checked(edited, WHAT)
}

/// Takes a feed out, with the lines between its header and its last key. Comments above its header stay.
///
/// # Errors
/// When it is not there, or the text cannot be edited.
pub fn remove_feed(text: &str, url: &str) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    let feed = find(&source, url).ok_or(EditError::NoSuchFeed)?;
    let range = if source.is_inline(feed) {
        inline_range(&source, feed)
    } else {
        let start = source.line_start(feed.span().start);
        let mut end = source.next_line(content_end(feed));
        // One empty line of the two that would meet.
        let before = text[..start].trim_end_matches([' ', '\t']);
        let next_end = source.next_line(end);
        if (before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n"))
            && text[end..next_end].trim().is_empty()
        {
            end = next_end;
        }
        start..end
    };
    checked(source.spliced(vec![(range, String::new())]), WHAT)
}

/// Gives a feed another name; with an empty one it goes by its own title.
///
/// # Errors
/// When it is not there, or the text cannot be edited.
pub fn rename_feed(text: &str, url: &str, name: &str) -> Result<String, EditError> {
    set(text, url, "name", &quoted(name))
}

/// Gives a feed another address; all else that is said of it stays.
///
/// # Errors
/// When it is not there, or the text cannot be edited.
pub fn set_address(text: &str, url: &str, to: &str) -> Result<String, EditError> {
    set(text, url, "url", &quoted(to))
}

/// Mutes a feed (false) or lets it be polled again (true).
///
/// # Errors
/// When it is not there, or the text cannot be edited.
pub fn set_enabled(text: &str, url: &str, enabled: bool) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    let feed = find(&source, url).ok_or(EditError::NoSuchFeed)?;
    let said = feed.get_ref().as_table().is_some_and(|table| table.contains_key("enabled"));
    if enabled && !said { Ok(text.to_owned()) } else { set(text, url, "enabled", &enabled.to_string()) }
}

/// Writes a key of a feed: in place of its value, or after the url.
fn set(text: &str, url: &str, key: &str, value: &str) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    let feed = find(&source, url).ok_or(EditError::NoSuchFeed)?;
    let table = feed.get_ref().as_table().ok_or(EditError::NoSuchFeed)?;
    if let Some(old) = table.get(key) {
        return checked(source.spliced(vec![(old.span(), value.to_owned())]), WHAT);
    }
    let address = table.get("url").ok_or(EditError::NoSuchFeed)?.span();
    let (at, new) = if source.is_inline(feed) {
        (address.end, format!(", {key} = {value}"))
    } else {
        let indent = source.indent(address.start);
        (source.line_end(address.end), format!("{}{indent}{key} = {value}", source.newline))
    };
    checked(source.spliced(vec![(at..at, new)]), WHAT)
}

fn elements<'a, 't>(source: &'a Source<'t>) -> &'a [Spanned<DeValue<'t>>] {
    source.root.get("feeds").and_then(|feeds| feeds.get_ref().as_array()).map_or(&[], |array| array.as_ref())
}

fn find<'a, 't>(source: &'a Source<'t>, url: &str) -> Option<&'a Spanned<DeValue<'t>>> {
    let wanted = same(url);
    elements(source).iter().find(|feed| url_of(feed).is_some_and(|url| same(url) == wanted))
}

fn url_of<'a>(feed: &'a Spanned<DeValue<'_>>) -> Option<&'a str> {
    feed.get_ref().as_table()?.get("url")?.get_ref().as_str()
}

/// What two spellings of one address have in common.
fn same(url: &str) -> String {
    Url::parse(url.trim()).map_or_else(|_| url.trim().to_owned(), String::from)
}

/// New blocks after the last `[[feeds]]` block.
fn append_after(source: &Source<'_>, array: &DeArray<'_>, new: &[&FeedSpec]) -> String {
    let end = array.iter().map(content_end).max().unwrap_or(0);
    let at = source.next_line(end);
    let newline = source.newline;
    let mut blocks = String::new();
    if at == source.text.len() && !source.text.ends_with('\n') {
        blocks.push_str(newline);
    }
    for feed in new {
        blocks.push_str(newline);
        blocks.push_str(&block(feed, newline));
    }
    source.spliced(vec![(at..at, blocks)])
}

/// An element with its comma: its lines where it has them for itself, otherwise what is between it and its neighbours.
fn inline_range(source: &Source<'_>, feed: &Spanned<DeValue<'_>>) -> std::ops::Range<usize> {
    let span = feed.span();
    let list_end = source.root.get("feeds").map_or(span.end, |list| list.span().end);
    let comma = place_of_comma(&source.text[span.end..list_end]).map(|at| span.end + at + 1);
    let after = comma.filter(|end| !source.text[span.end..*end].contains('\n')).unwrap_or(span.end);
    let line = source.line_start(span.start)..source.next_line(after);
    let before_is_blank = source.text[line.start..span.start].trim().is_empty();
    let rest = source.text[after..line.end].trim_start();
    if before_is_blank && (rest.is_empty() || rest.starts_with('#')) {
        return line;
    }
    let all = elements(source);
    let here = all.iter().position(|element| element.span() == span).unwrap_or(0);
    match (all.get(here + 1), here.checked_sub(1).and_then(|before| all.get(before))) {
        (Some(next), _) => span.start..next.span().start,
        (None, Some(before)) => before.span().end..span.end,
        (None, None) => span.start..after,
    }
}

fn block(feed: &FeedSpec, newline: &str) -> String {
    let mut block = format!("[[feeds]]{newline}");
    for pair in pairs(feed) {
        block.push_str(&pair);
        block.push_str(newline);
    }
    block
}

/// `key = value` for everything that is not at its default.
fn pairs(feed: &FeedSpec) -> Vec<String> {
    let list =
        |texts: &mut dyn Iterator<Item = &str>| format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "));
    let mut pairs = Vec::new();
    let mut text = |key: &str, value: Option<&String>| {
        pairs.extend(value.map(|value| format!("{key} = {}", quoted(value))));
    };
    text("name", feed.name.as_ref());
    text("url", Some(&feed.url));
    text("username", feed.username.as_ref());
    text("proxy", feed.proxy.as_ref());
    if !feed.topics.is_empty() {
        pairs.push(format!("topics = {}", list(&mut feed.topics.iter().map(|topic| topic.get().id))));
    }
    pairs.extend(feed.poll_minutes.map(|minutes| format!("poll_minutes = {minutes}")));
    if !feed.headers.is_empty() {
        let headers: Vec<String> =
            feed.headers.iter().map(|(name, value)| format!("{} = {}", quoted(name), quoted(value))).collect();
        pairs.push(format!("headers = {{ {} }}", headers.join(", ")));
    }
    if let Some(command) = &feed.password_command {
        pairs.push(format!("password_command = {}", list(&mut command.iter().map(String::as_str))));
    }
    if !feed.enabled {
        pairs.push("enabled = false".to_owned());
    }
    match feed.full_text {
        FullTextMode::Auto => pairs.push("full_text = \"auto\"".to_owned()),
        FullTextMode::Ask => {}
        FullTextMode::Never => pairs.push("full_text = \"never\"".to_owned()),
    }
    pairs.extend(feed.images.map(|images| {
        let word = match images {
            ImageMode::Auto => "auto",
            ImageMode::Ask => "ask",
            ImageMode::Never => "never",
        };
        format!("images = {}", quoted(word))
    }));
    pairs
}
