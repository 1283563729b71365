//! `[[feeds]]`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use toml::de::DeValue;
use url::Url;

use super::IMAGES;
use super::network::proxy;
use super::rules::topic_list;
use crate::config::diagnostic::Report;
use crate::config::schema;
use crate::config::section::{Section, kind};
use crate::config::types::{FeedSpec, FullTextMode};

/// The names of [`FullTextMode`].
const FULL_TEXT: [(&str, FullTextMode); 3] =
    [("auto", FullTextMode::Auto), ("ask", FullTextMode::Ask), ("never", FullTextMode::Never)];

/// Headers that tidings sets by itself, or that would break the exchange.
const OWN_HEADERS: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "cookie",
    "host",
    "if-modified-since",
    "if-none-match",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(super) fn feeds(report: &mut Report<'_>, root: Section<'_, '_>) -> Vec<FeedSpec> {
    let Some(value) = root.table.get("feeds") else { return Vec::new() };
    let Some(array) = value.get_ref().as_array() else {
        report.add(&value.span(), "a feed begins with [[feeds]], in two pairs of brackets");
        return Vec::new();
    };
    let mut feeds = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for value in array {
        let Some(table) = value.get_ref().as_table() else {
            report.add(
                &value.span(),
                format!("a feed begins with [[feeds]] and has a url; this is {}", kind(value.get_ref())),
            );
            continue;
        };
        let section = Section { name: "feeds", table };
        let Some((feed, url, place)) = feed(report, section, &value.span()) else { continue };
        let (line, _) = report.place(place.start);
        // Two spellings of one address are one.
        match seen.entry(url.into()) {
            Entry::Occupied(first) => {
                report.add(&place, format!("this feed is there already, on line {}; remove one of them", first.get()));
            }
            Entry::Vacant(free) => {
                free.insert(line);
                feeds.push(feed);
            }
        }
    }
    feeds
}

/// A feed with its address and where that stands.
fn feed(
    report: &mut Report<'_>,
    section: Section<'_, '_>,
    place: &Range<usize>,
) -> Option<(FeedSpec, Url, Range<usize>)> {
    section.report_unknown(report, schema::keys("feeds"));
    if section.place("url").is_none() {
        report.add(place, "this feed has no url; add url = \"https://...\"");
    }
    let url = section.string(report, "url").and_then(|(text, at)| match checked_url(text.trim()) {
        Ok(url) => Some((text.trim().to_owned(), url, at)),
        Err(fault) => {
            report.add(&at, fault);
            None
        }
    });
    let mut feed = FeedSpec {
        name: name(report, section),
        topics: topic_list(report, section),
        poll_minutes: section.number(report, "poll_minutes", &(1..=40_320)),
        headers: headers(report, section),
        username: section.string(report, "username").map(|(name, _)| name.to_owned()),
        password_command: password_command(report, section),
        proxy: proxy(report, section, false),
        enabled: section.flag(report, "enabled").unwrap_or(true),
        full_text: section.choice(report, "full_text", &FULL_TEXT).unwrap_or_default(),
        images: section.choice(report, "images", &IMAGES),
        ..FeedSpec::default()
    };
    if let (Some(at), None) = (section.place("password_command"), section.place("username")) {
        report.add(&at, "password_command needs a username beside it");
    }
    let (written, url, at) = url?;
    feed.url = written;
    Some((feed, url, at))
}

/// The words do not repeat the address: it may hold a password.
fn checked_url(text: &str) -> Result<Url, String> {
    if text.is_empty() {
        return Err("this url is empty".to_owned());
    }
    if text.chars().any(char::is_control) {
        return Err("this url has a control character in it; copy it anew".to_owned());
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            return Err("this url is not whole; write it with https:// in front".to_owned());
        }
        Err(error) => return Err(format!("this is not a url: {error}")),
    };
    match url.scheme() {
        "http" | "https" => Ok(url),
        // `file:feed.xml` would be read from the root directory.
        "file" if text.to_ascii_lowercase().starts_with("file:///") && url.path().len() > 1 => Ok(url),
        "file" => Err("a file url has three slashes: file:///home/me/feed.xml".to_owned()),
        other => Err(format!("feeds come by https, http or file, not by {other:?}; nothing is ever run")),
    }
}

fn name(report: &mut Report<'_>, section: Section<'_, '_>) -> Option<String> {
    let (name, place) = section.string(report, "name")?;
    if name.chars().any(char::is_control) {
        report.add(&place, "a name is one line without control characters");
        return None;
    }
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn headers(report: &mut Report<'_>, section: Section<'_, '_>) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    let Some(section) = section.section(report, "headers") else { return headers };
    for ((name, place), value) in section.entries() {
        let lower = name.to_lowercase();
        if !is_token(name) {
            report.add(&place, format!("{name:?} is not the name of a header: it has letters, digits and hyphens"));
        } else if OWN_HEADERS.contains(&lower.as_str()) {
            report.add(&place, format!("{name} is set by tidings itself and cannot be set here"));
        } else {
            match value.get_ref() {
                // Visible ASCII, space and tab: what every server accepts (RFC 9110, 5.5).
                DeValue::String(text) if text.bytes().all(|b| b == b'\t' || (b' '..=b'~').contains(&b)) => {
                    headers.push((name.to_owned(), text.to_string()));
                }
                DeValue::String(_) => report.add(&value.span(), "a header has only ASCII characters, on one line"),
                other => report.add(&value.span(), format!("a header must be text in quotes, not {}", kind(other))),
            }
        }
    }
    headers
}

/// RFC 9110, 5.6.2.
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

fn password_command(report: &mut Report<'_>, section: Section<'_, '_>) -> Option<Vec<String>> {
    let words = section.strings(report, "password_command")?;
    let command: Vec<String> = words.iter().map(|(word, _)| (*word).to_owned()).collect();
    let fault = if command.first().is_none_or(|program| program.trim().is_empty()) {
        "password_command is a program and its arguments, such as [\"pass\", \"show\", \"feeds/example\"]"
    } else if command.iter().any(|word| word.contains('\0')) {
        "password_command has a NUL character in it"
    } else {
        return Some(command);
    };
    if let Some(place) = section.place("password_command") {
        report.add(&place, fault);
    }
    None
}
