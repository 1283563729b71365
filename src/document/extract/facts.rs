//! Title, date, publication and language of an article, from whatever of the page tells them best.

use dom_query::Document;
use dom_smoothie::Readability;
use jiff::Timestamp;
use url::Url;

use super::heading::Known;
use super::moment;
use super::told::{Told, texts};
use super::tree::short_line;
use crate::text::clean_line;

/// Longest heading that may be the title, in characters.
const MAX_HEADING: usize = 300;
/// Most headings of a page that are looked at.
const MAX_HEADINGS: usize = 8;

/// The title of the article without the name of the publication.
pub(super) fn title(page: &Document, told: &Told, site: Option<&str>, url: Option<&Url>) -> String {
    let Ok(reader) = Readability::with_document(page.clone(), None, None) else { return String::new() };
    let data = reader.parse_json_ld();
    let title = clean_line(&reader.get_article_metadata(data).title);
    let headings = headings(page);
    let title = Some(title)
        .filter(|title| !title.is_empty())
        .or_else(|| texts(told.property("headline")).into_iter().next())
        .or_else(|| headings.first().cloned())
        .unwrap_or_default();
    let whole = page.select_single("title");
    let whole = whole.nodes().first().and_then(|node| short_line(node, MAX_HEADING * 2)).unwrap_or_default();
    Known { whole: &whole, headings: &headings, site, url }.settle(&title)
}

/// What the page has for headings of its first order.
fn headings(page: &Document) -> Vec<String> {
    let found = page.select("[itemprop~=headline], h1");
    let lines = found.nodes().iter().take(MAX_HEADINGS).filter_map(|node| match node.attr("content") {
        Some(content) => Some(clean_line(&content)),
        None => short_line(node, MAX_HEADING),
    });
    lines.filter(|line| !line.is_empty()).collect()
}

/// When the article was published.
pub(super) fn published(page: &Document, told: &Told) -> Option<Timestamp> {
    let metas = [
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "article.published",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "article:published",
        "article:publicationdate",
        "article:publication_date",
        "article:publish_date",
        "cxenseparse:recs:publishtime",
        "datecreated",
        "og:published_time",
        "timestamp",
        "citation_publication_date",
        "last-modified",
    ];
    let told_so = ["datePublished", "dateCreated", "uploadDate"]
        .iter()
        .find_map(|name| told.property(name).as_str().and_then(moment::parse));
    told_so.or_else(|| metas.iter().find_map(|name| told.meta(&[name]).and_then(moment::parse))).or_else(|| {
        let marked = [
            "[itemprop~=datePublished]",
            "time[pubdate]",
            "article time[datetime]",
            "time[datetime]",
            "abbr.published",
            ".published[title]",
        ];
        marked.iter().find_map(|selector| {
            let found = page.select_single(selector);
            let node = found.nodes().first()?;
            ["datetime", "content", "title"]
                .iter()
                .find_map(|name| node.attr(name).and_then(|value| moment::parse(&value)))
        })
    })
}

/// Name of the publication.
pub(super) fn site(told: &Told) -> Option<String> {
    let name = told.meta(&["og:site_name"]).map(str::to_owned);
    name.or_else(|| texts(told.property("publisher")).into_iter().next())
        .or_else(|| {
            told.meta(&["application-name", "dc.publisher", "apple-mobile-web-app-title", "publisher"])
                .map(str::to_owned)
        })
        .map(|name| clean_line(&name))
        .filter(|name| !name.is_empty() && name.chars().count() <= 80 && !name.starts_with("http"))
}

/// Language of the article as a BCP 47 tag.
pub(super) fn language(page: &Document, told: &Told) -> Option<String> {
    let root = page.select_single("html");
    let marked = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|tag| tag.to_string());
    let data = || texts(told.property("inLanguage")).into_iter().next();
    let meta = || told.meta(&["content-language", "og:locale", "dc.language", "language"]).map(str::to_owned);
    [marked, data(), meta()].into_iter().flatten().find_map(|tag| {
        let tag = clean_line(&tag).replace('_', "-");
        let sound = (2..=35).contains(&tag.len())
            && tag.split('-').next().is_some_and(|language| (2..=3).contains(&language.len()))
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        sound.then_some(tag)
    })
}
