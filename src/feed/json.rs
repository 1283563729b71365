//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read tolerantly: a bad item costs that item, a cut document its last one.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use url::Url;

use super::date::parse_date;
use super::entry::{add_category, add_enclosure, html, language, title_or_beginning};
use super::identity::{self, Draft};
use super::{FeedError, ParsedEntry, ParsedFeed, links, plain};
use crate::text;

/// Entries of one document that are read (THREATS R6).
const MOST_ITEMS: usize = 5_000;

/// Reads a JSON document. `url` is its own address.
pub(super) fn parse(json: &str, url: Option<&Url>) -> Result<ParsedFeed, FeedError> {
    let mut read = Read::default();
    let json = mended(json);
    let result = (&mut read).deserialize(&mut serde_json::Deserializer::from_str(&json));
    let is_named = string(&read.head, "version").contains("jsonfeed.org");
    let truncated = match result {
        Ok(()) if is_named || !read.items.is_empty() => false,
        Err(_) if !read.items.is_empty() => true,
        Ok(()) => return Err(FeedError::NotAFeed("JSON, but no JSON Feed: it has no items".to_owned())),
        Err(error) => {
            return Err(FeedError::NotAFeed(format!("broken JSON: {}", text::clean_line(&error.to_string()))));
        }
    };
    let head = &read.head;
    let address = |name: &str| links::absolute(&string(head, name), url).map(String::from);
    let site = address("home_page_url");
    let base = site.as_deref().and_then(links::complete).or_else(|| url.cloned());
    let author = author(head);
    let drafts = read.items.iter().map(|item| draft(item, base.as_ref(), author.as_deref())).collect();
    Ok(ParsedFeed {
        title: Some(plain::one_line(&string(head, "title"))).filter(|title| !title.is_empty()),
        site,
        language: language(&string(head, "language")),
        older: address("next_url"),
        entries: identity::assign(drafts),
        truncated,
        ..ParsedFeed::default()
    })
}

/// Mends what would cost the whole document: halves of surrogate pairs (`\ud800`), which stand for no character, line ends
/// and tabs that stand in strings as they are, and backslashes before what needs none.
fn mended(json: &str) -> Cow<'_, str> {
    let bytes = json.as_bytes();
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (mut whole, mut copied, mut at, mut in_string) = (String::new(), 0, 0, false);
    while let Some(byte) = bytes.get(at) {
        // What is replaced, and how many bytes of it; nothing where it may stand.
        let (instead, used) = match byte {
            b'"' => {
                in_string = !in_string;
                (None, 1)
            }
            b'\n' if in_string => (Some("\\n"), 1),
            b'\t' if in_string => (Some("\\t"), 1),
            b'\r' if in_string => (Some("\\r"), 1),
            b'\\' if in_string => match (unit(at), unit(at + 6)) {
                (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (None, 12),
                (Some(0xd800..=0xdfff), _) => (Some("\\ufffd"), 6),
                (Some(_), _) => (None, 6),
                (None, _) if bytes.get(at + 1).is_some_and(|next| b"\"\\/bfnrt".contains(next)) => (None, 2),
                (None, _) => (Some("\\\\"), 1),
            },
            _ => (None, 1),
        };
        if let Some(instead) = instead {
            whole.push_str(&json[copied..at]);
            whole.push_str(instead);
            copied = at + used;
        }
        at += used;
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    whole.push_str(&json[copied..]);
    Cow::Owned(whole)
}

type Object = Map<String, Value>;

/// The members that are read, of the feed and of its items; all others are skipped, however large they are.
const MEMBERS: [&str; 17] = [
    "version",
    "title",
    "home_page_url",
    "next_url",
    "language",
    "author",
    "authors",
    "id",
    "url",
    "external_url",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
    "tags",
    "attachments",
];

/// What has been read so far; it stays when the document turns out to be broken further on.
#[derive(Debug, Default)]
struct Read {
    head: Object,
    items: Vec<Object>,
    /// This is an item: items of its own mean nothing, and reading them would go as deep as they are nested.
    is_item: bool,
}

/// Elements within each other beyond which a document is an attack; what serde_json reads at most.
const DEEPEST: usize = 128;

/// True when a value is nested deeper than [`DEEPEST`].
fn is_too_deep(raw: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    raw.bytes().any(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Reads an object's members; those that no value can be made of, such as numbers beyond all bounds, are left out. A feed
/// that is nested without end is an attack and no feed; in an item it costs that member.
impl<'de> DeserializeSeed<'de> for &mut Read {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Read {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if name == "items" && !self.is_item {
                map.next_value_seed(Items(&mut self.items))?;
                continue;
            }
            let raw: &RawValue = map.next_value()?;
            if !self.is_item && is_too_deep(raw.get()) {
                return Err(A::Error::custom("it is nested too deep"));
            }
            if MEMBERS.contains(&&*name)
                && let Ok(value) = serde_json::from_str(raw.get())
            {
                self.head.insert(name.into_owned(), value);
            }
        }
        Ok(())
    }
}

/// The members of an item; none when it is no object.
fn members(item: &RawValue) -> Option<Object> {
    let mut read = Read { is_item: true, ..Read::default() };
    (&mut read).deserialize(&mut serde_json::Deserializer::from_str(item.get())).ok().map(|()| read.head)
}

/// The list of items.
struct Items<'r>(&'r mut Vec<Object>);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while self.0.len() < MOST_ITEMS {
            match items.next_element::<&RawValue>()? {
                Some(item) => self.0.extend(members(item)),
                None => return Ok(()),
            }
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A text, a number or a truth as text; empty when there is none.
fn string(object: &Object, name: &str) -> String {
    match object.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
        _ => String::new(),
    }
}

fn objects<'v>(object: &'v Object, name: &str) -> impl Iterator<Item = &'v Object> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// The names of the authors: `authors` of version 1.1, `author` of version 1.
fn author(object: &Object) -> Option<String> {
    let one = object.get("author").and_then(Value::as_object);
    let names = objects(object, "authors").chain(one).filter_map(|author| plain::person(&string(author, "name")));
    let mut names: Vec<String> = names.take(8).collect();
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

fn draft(item: &Object, base: Option<&Url>, feed_author: Option<&str>) -> Draft {
    let address = |name: &str| links::absolute(&string(item, name), base).map(String::from);
    let guid = text::clean_line(&string(item, "id"));
    let external = address("external_url");
    let url = address("url").or_else(|| external.clone()).or_else(|| links::complete(&guid).map(String::from));
    let url = url.unwrap_or_default();
    let mut content_html = html(&string(item, "content_html"), "html");
    if content_html.is_empty() {
        content_html = html(&string(item, "content_text"), "plain");
    }
    let summary_html = html(&string(item, "summary"), "plain");
    let (mut categories, mut enclosures) = (Vec::new(), Vec::new());
    for tag in item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        add_category(&mut categories, tag);
    }
    for file in objects(item, "attachments") {
        let url = links::absolute(&string(file, "url"), base).map(String::from);
        let bytes = file.get("size_in_bytes").and_then(Value::as_u64);
        let seconds = file.get("duration_in_seconds").and_then(Value::as_u64);
        add_enclosure(&mut enclosures, url, &string(file, "mime_type"), (bytes, seconds), &string(file, "title"));
    }
    let given_title = plain::one_line(&string(item, "title"));
    let (published, updated) =
        (parse_date(&string(item, "date_published")), parse_date(&string(item, "date_modified")));
    let entry = ParsedEntry {
        identity: identity::NONE,
        original: external.filter(|external| *external != url),
        title: title_or_beginning(&given_title, [&content_html, &summary_html], &enclosures, &url),
        url,
        author: author(item).or_else(|| feed_author.map(str::to_owned)),
        published: published.or(updated),
        updated,
        language: language(&string(item, "language")),
        summary_html,
        content_html,
        categories,
        enclosures,
        comments: None,
    };
    Draft { guid, given_title, entry }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<ParsedFeed, FeedError> {
        parse(json, Url::parse("https://desk.example/feed.json").ok().as_ref())
    }

    #[test]
    fn reads_both_versions() {
        let feed = read(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Desk &amp; dock", "home_page_url": "/", "language": "en-GB",
                "next_url": "feed.json?page=2", "authors": [{"name": "Ada Lund"}], "items": [
                {"id": "1", "url": "/one", "title": "One", "content_html": "<p>x</p>", "date_published": "2026-10-06T08:00:00Z",
                 "tags": ["rail", "Rail"], "attachments": [{"url": "a.pdf", "mime_type": "application/pdf", "size_in_bytes": 12}]},
                {"id": "2", "content_text": "Two < three", "author": {"name": "Bo Ek"}, "external_url": "https://other.example/2"}]}"#,
        )
        .unwrap();
        assert_eq!(feed.title.as_deref(), Some("Desk & dock"));
        assert_eq!(feed.site.as_deref(), Some("https://desk.example/"));
        assert_eq!(feed.older.as_deref(), Some("https://desk.example/feed.json?page=2"));
        let [one, two] = feed.entries.as_slice() else { panic!("{:?}", feed.entries) };
        assert_eq!((one.url.as_str(), one.title.as_str()), ("https://desk.example/one", "One"));
        assert_eq!(one.published.unwrap().to_string(), "2026-10-06T08:00:00Z");
        assert_eq!(one.categories, ["rail"]);
        assert_eq!((one.enclosures[0].url.as_str(), one.enclosures[0].bytes), ("https://desk.example/a.pdf", Some(12)));
        assert_eq!(one.author.as_deref(), Some("Ada Lund"));
        assert_eq!((two.content_html.as_str(), two.title.as_str()), ("Two &lt; three", "Two < three"));
        assert_eq!((two.author.as_deref(), two.url.as_str()), (Some("Bo Ek"), "https://other.example/2"));
    }

    #[test]
    fn odd_items_cost_only_themselves() {
        let feed = read(
            r#"{"version": "https://jsonfeed.org/version/1", "title": 7, "items":
                [{"id": 1, "title": 2026}, "nonsense", null, {"id": true, "title": ["x"], "url": 5}, [[]]]}"#,
        )
        .unwrap();
        let titles: Vec<_> = feed.entries.iter().map(|e| e.title.as_str()).collect();
        assert_eq!(titles, ["2026", "desk.example/5"]);
        assert_eq!(feed.title.as_deref(), Some("7"));
    }

    #[test]
    fn what_no_value_can_be_made_of_costs_only_itself() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let feed = read(&format!(
            r#"{{"_x": -1e999, "title": 1e999, "items": [{{"id": 1e999, "title": "One", "tags": {deep}}}, {deep}, {{"id": "2", "title": "Two"}}]}}"#
        ))
        .unwrap();
        assert_eq!(feed.entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["One", "Two"]);
        assert!(!feed.truncated);
        let fault = read(&format!(r#"{{"_x": {deep}, "items": [{{"id": "1"}}]}}"#)).unwrap_err();
        assert!(fault.to_string().contains("nested too deep"), "{fault}");
        assert!(!is_too_deep(&format!("\"{}\\\"{}\"", "[".repeat(500), "{".repeat(500))), "brackets in a string");
    }

    #[test]
    fn strings_that_are_not_quite_strings_are_read() {
        let feed = read("{\"items\": [{\"title\": \"one\ntwo\tC:\\quay \\x \\u12 \\\"q\\\" \\u00e9\"}]}").unwrap();
        assert_eq!(feed.entries[0].title, "one two C:\\quay \\x \\u12 \"q\" é");
    }

    #[test]
    fn half_characters_cost_nothing() {
        let feed = read(r#"{"items": [{"title": "a \ud800 b \\ud83d \ud83d\ude00 \udc00\" é \n"}]}"#).unwrap();
        assert_eq!(feed.entries[0].title, "a \u{fffd} b \\ud83d 😀 \u{fffd}\" é");
    }

    #[test]
    fn a_cut_document_loses_its_last_item() {
        let feed = read(r#"{"title": "x", "items": [{"id": "1", "title": "One"}, {"id": "2", "title": "Tw"#).unwrap();
        assert!(feed.truncated);
        assert_eq!(feed.entries.len(), 1);
    }

    #[test]
    fn other_json_is_refused_and_depth_is_bounded() {
        for json in [r#"{"a": 1}"#, "[1, 2]", "{", r#"{"items": 5}"#, r#"{"items": null}"#] {
            assert!(matches!(read(json), Err(FeedError::NotAFeed(_))), "{json}");
        }
        let deep = format!(r#"{{"items": [{{"id": "1"}}, {}"#, "[".repeat(100_000));
        assert_eq!(read(&deep).unwrap().entries.len(), 1);
        assert!(read(r#"{"version": "https://jsonfeed.org/version/1.1", "items": []}"#).unwrap().entries.is_empty());
    }
}
