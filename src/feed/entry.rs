//! An entry as feed-rs reads it and as it was collected beside it, put together and cleaned.

use std::borrow::Cow;

use feed_rs::model;
use url::Url;

use super::identity::{self, Draft};
use super::repair::ItemSide;
use super::{ParsedEntry, links, plain, references};
use crate::model::Enclosure;
use crate::text;

/// Bytes of an entry's HTML (THREATS R6).
const LONGEST_HTML: usize = 4 << 20;

/// Categories and enclosures of an entry that are kept.
const MOST: usize = 64;

/// What an entry inherits from its feed.
pub(super) struct Context<'a> {
    /// Against which relative links are resolved.
    pub(super) base: Option<&'a Url>,
    /// The feed's author, for entries without one.
    pub(super) author: Option<&'a str>,
}

/// Puts an entry together.
pub(super) fn draft(entry: &model::Entry, side: &ItemSide, context: &Context<'_>) -> Draft {
    let guid = text::clean_line(&entry.id);
    let resolve = |address: &str| links::absolute(address, context.base).map(String::from);
    let url = choose_url(entry, side, context).unwrap_or_default();
    let original = side.original.as_deref().or(side.source.as_deref()).and_then(resolve).filter(|other| *other != url);
    let (mut categories, mut enclosures) = (Vec::new(), Vec::new());
    for category in &entry.categories {
        add_category(&mut categories, category.label.as_deref().unwrap_or(&category.term));
    }
    for link in entry.links.iter().filter(|link| link.rel.as_deref() == Some("enclosure")) {
        let (mime, title) = (link.media_type.as_deref().unwrap_or(""), link.title.as_deref().unwrap_or(""));
        add_enclosure(&mut enclosures, resolve(&link.href), mime, (link.length, None), title);
    }
    let media_text = add_media(&mut enclosures, &entry.media, context.base, side.seconds);
    let mut summary_html = entry
        .summary
        .as_ref()
        .map_or(String::new(), |summary| html(&summary.content, summary.content_type.subty().as_ref()));
    let content_html = entry.content.as_ref().map_or(String::new(), |content| {
        html(content.body.as_deref().unwrap_or(""), content.content_type.subty().as_ref())
    });
    if summary_html.is_empty() && content_html.is_empty() {
        summary_html = media_text;
    }
    let given_title = entry.title.as_ref().map_or(String::new(), |title| plain::one_line(&title.content));
    let title = title_or_beginning(&given_title, [&content_html, &summary_html], &enclosures, &url);
    let published = side.published.get().copied();
    let updated = side.updated.get().copied();
    let entry = ParsedEntry {
        identity: identity::NONE,
        url,
        original,
        title,
        author: side.author.get().map(String::as_str).and_then(plain::person).or(context.author.map(str::to_owned)),
        published: published.or(updated),
        updated,
        language: side.language.as_deref().and_then(language),
        summary_html,
        content_html,
        categories,
        enclosures,
        comments: side.comments,
    };
    Draft { guid, given_title, entry }
}

/// The entry's own page: its link, else a guid that is an address, else where its content is.
fn choose_url(entry: &model::Entry, side: &ItemSide, context: &Context<'_>) -> Option<String> {
    let alternates = || entry.links.iter().filter(|link| matches!(link.rel.as_deref(), None | Some("alternate")));
    let is_page = |link: &&model::Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let resolved = |link: &model::Link| links::absolute(&link.href, context.base);
    let page = alternates().filter(is_page).find_map(resolved).or_else(|| alternates().find_map(resolved));
    // A relative identifier is an address only where the feed says what it is relative to, or when it is a path.
    let base = side.base.as_ref().or(context.base.filter(|_| entry.id.starts_with('/')));
    let guid = || {
        side.permalink
            .unwrap_or(true)
            .then(|| links::complete(&entry.id).or_else(|| links::absolute(&entry.id, Some(base?))))?
    };
    let elsewhere = || links::absolute(side.content_source.as_deref()?, context.base);
    page.or_else(guid).or_else(elsewhere).map(String::from)
}

/// A language tag, if it looks like one (BCP 47).
pub(super) fn language(raw: &str) -> Option<String> {
    let tag = raw.trim().replace('_', "-");
    let fits = (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then(|| tag.to_ascii_lowercase())
}

/// Adds a category unless it is there already.
pub(super) fn add_category(categories: &mut Vec<String>, raw: &str) {
    let category = plain::one_line(raw);
    let known = |other: &String| other.to_lowercase() == category.to_lowercase();
    if !category.is_empty() && categories.len() < MOST && !categories.iter().any(known) {
        categories.push(category);
    }
}

/// Adds an attached file unless it is there already.
pub(super) fn add_enclosure(
    all: &mut Vec<Enclosure>,
    url: Option<String>,
    mime: &str,
    (bytes, seconds): (Option<u64>, Option<u64>),
    title: &str,
) {
    let Some(url) = url else { return };
    let title = Some(plain::one_line(title)).filter(|title| !title.is_empty());
    let seconds = seconds.and_then(|seconds| u32::try_from(seconds).ok()).filter(|seconds| *seconds > 0);
    if let Some(known) = all.iter_mut().find(|known| known.url == url) {
        known.title = known.title.take().or(title);
        known.seconds = known.seconds.or(seconds);
    } else if all.len() < MOST {
        let bytes = bytes.filter(|bytes| *bytes > 0);
        all.push(Enclosure { url, mime: text::clean_line(mime), bytes, title, seconds });
    }
}

/// Adds the files of Media RSS and RSS; gives the description that comes with them as HTML.
fn add_media(
    enclosures: &mut Vec<Enclosure>,
    media: &[model::MediaObject],
    base: Option<&Url>,
    told: Option<u64>,
) -> String {
    let mut described = String::new();
    for object in media {
        let words = [object.title.as_ref(), object.description.as_ref()];
        let words = words.into_iter().flatten().map(|text| text.content.as_str());
        let title = words.chain(object.credits.iter().map(|credit| credit.entity.as_str())).next().unwrap_or("");
        for content in &object.content {
            let url = content.url.as_ref().and_then(|url| links::absolute(url.as_str(), base)).map(String::from);
            let mime = content.content_type.as_ref().map_or(String::new(), ToString::to_string);
            let plays = mime.starts_with("audio/") || mime.starts_with("video/");
            // iTunes tells the length beside the file.
            let seconds = content.duration.map(|duration| duration.as_secs()).or(told.filter(|_| plays));
            add_enclosure(enclosures, url, &mime, (content.size, seconds), title);
        }
        if let Some(description) = object.description.as_ref().filter(|_| described.is_empty()) {
            described = html(&description.content, "plain");
        }
    }
    described
}

/// A text as HTML, cleaned of control characters. Text that is said to be plain is escaped, unless it is plainly not.
pub(super) fn html(raw: &str, subtype: &str) -> String {
    let raw = raw[..raw.floor_char_boundary(LONGEST_HTML)].trim();
    if subtype == "plain" && !plain::has_markup(raw) {
        let mut escaped = String::with_capacity(raw.len());
        references::escape(&references::decode(raw), &mut escaped);
        return text::clean_block(&escaped).replace("\n\n", "\n<p>");
    }
    text::clean_block(&unescaped_once(raw))
}

/// Some publishers escape twice: what should be markup then reads `&lt;p&gt;`.
fn unescaped_once(raw: &str) -> Cow<'_, str> {
    let escaped_twice = !raw.contains('<') && ["&lt;p", "&lt;/", "&lt;br"].iter().any(|tag| raw.contains(tag));
    if escaped_twice { references::decode(raw) } else { Cow::Borrowed(raw) }
}

/// The title; without one the beginning of the text, the name of a file, the address; never nothing.
pub(super) fn title_or_beginning(given: &str, texts: [&String; 2], enclosures: &[Enclosure], url: &str) -> String {
    if !given.is_empty() {
        return given.to_owned();
    }
    let beginning = texts.into_iter().map(|text| plain::teaser(text)).find(|teaser| !teaser.is_empty());
    let file = || enclosures.iter().find_map(|file| file.title.clone());
    let address =
        || Some(url.split_once("://")?.1.trim_end_matches('/')).filter(|rest| !rest.is_empty()).map(text::clean_line);
    beginning.or_else(file).or_else(address).unwrap_or_else(|| "Untitled".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_becomes_html_and_html_stays() {
        assert_eq!(html("5 < 6 & 7", "plain"), "5 &lt; 6 &amp; 7");
        assert_eq!(html("<p>really</p>", "plain"), "<p>really</p>");
        assert_eq!(html("a &lt;b&gt; &amp; <i>c</i>", "html"), "a &lt;b&gt; &amp; <i>c</i>");
        assert_eq!(html("&lt;p&gt;Rates &amp;amp; fares&lt;/p&gt;", "html"), "<p>Rates &amp; fares</p>");
        assert_eq!(html("a\u{1b}[0m", "html"), "a[0m");
    }

    #[test]
    fn titles_are_never_empty() {
        let none = String::new();
        assert_eq!(title_or_beginning("Given", [&"<p>x</p>".to_owned(), &none], &[], ""), "Given");
        assert_eq!(title_or_beginning("", [&none, &"<p>Text</p>".to_owned()], &[], ""), "Text");
        assert_eq!(title_or_beginning("", [&none, &none], &[], "https://a.example/x/"), "a.example/x");
        assert_eq!(title_or_beginning("", [&none, &none], &[], ""), "Untitled");
    }

    #[test]
    fn languages_look_like_languages() {
        assert_eq!(language("EN_us").as_deref(), Some("en-us"));
        assert_eq!(language("a very long description"), None);
        assert_eq!(language(""), None);
    }
}
