//! Title, author, date, publication and language of an article, from whatever of the page tells them best.

use dom_query::Document;
use dom_smoothie::Readability;
use jiff::Timestamp;
use url::Url;

use super::address::site_name;
use super::moment;
use super::phrases::folded;
use super::told::{Told, texts};
use crate::text::clean_line;

/// Longest author line in characters; longer ones are not names.
const MAX_AUTHOR: usize = 200;
/// What separates a title from the name of its publication.
const SEPARATORS: &[&str] = &[" - ", " | ", " – ", " — ", " · ", " » ", " :: ", " / ", " • ", " ∙ "];

/// The title of the article without the name of the publication.
pub(super) fn title(page: &Document, told: &Told, site: Option<&str>, url: Option<&Url>) -> String {
    let Ok(reader) = Readability::with_document(page.clone(), None, None) else { return String::new() };
    let data = reader.parse_json_ld();
    let title = clean_line(&reader.get_article_metadata(data).title);
    let title =
        if title.is_empty() { texts(told.property("headline")).into_iter().next().unwrap_or_default() } else { title };
    let title = if title.is_empty() {
        page.select_single("h1").nodes().first().and_then(|node| super::tree::short_line(node, 300)).unwrap_or_default()
    } else {
        title
    };
    let names: Vec<String> =
        site.map(folded).into_iter().chain(url.and_then(site_name).map(|name| folded(&name))).collect();
    without_publication(&title, &names).to_owned()
}

/// Cuts the name of the publication from either end of a title.
fn without_publication<'a>(title: &'a str, names: &[String]) -> &'a str {
    let is_name = |part: &str| {
        if super::topline::is_date_line(part) {
            return true;
        }
        let part = folded(part);
        let bare = part.replace(' ', "");
        names.iter().any(|name| {
            !name.is_empty() && (part == *name || bare == name.replace(' ', "") || part == format!("the {name}"))
        })
    };
    let mut title = title;
    // Department and publication often stand one after the other.
    for _ in 0..2 {
        for separator in SEPARATORS {
            if let Some((rest, last)) = title.rsplit_once(separator)
                && is_name(last)
                && !rest.trim().is_empty()
            {
                title = rest.trim();
            } else if let Some((first, rest)) = title.split_once(separator)
                && is_name(first)
                && !rest.trim().is_empty()
            {
                title = rest.trim();
            }
        }
    }
    title
}

/// Who wrote the article.
pub(super) fn author(page: &Document, told: &Told) -> Option<String> {
    let named = texts(told.property("author"));
    let named = if named.is_empty() { texts(told.property("creator")) } else { named };
    let metas = [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "dc.author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "twitter:creator",
    ];
    let marked = [
        "[itemprop~=author] [itemprop=name]",
        "[itemprop~=author]",
        "a[rel~=author]",
        ".byline-name",
        ".author-name",
        ".article-author",
        ".byline",
        ".author",
    ];
    tidy(&named.join(", ")).or_else(|| metas.iter().find_map(|name| told.meta(&[name]).and_then(tidy))).or_else(|| {
        marked.iter().find_map(|selector| {
            let found = page.select_single(selector);
            found.nodes().first().and_then(|node| super::tree::short_line(node, MAX_AUTHOR)).as_deref().and_then(tidy)
        })
    })
}

/// A name without what stands around it; none when it is an address or no name.
fn tidy(name: &str) -> Option<String> {
    let name = clean_line(name);
    let mut name = name.trim();
    for mark in ["By ", "by ", "BY ", "Von ", "Par ", "Por ", "Door ", "Di ", "Written by ", "Posted by ", "By: "] {
        name = name.strip_prefix(mark).unwrap_or(name).trim();
    }
    let name = name.split(" | ").next().unwrap_or_default().trim_matches([',', ';', '|', ' ', ':']);
    let bad = name.is_empty()
        || name.starts_with("http")
        || name.starts_with('@')
        || super::topline::is_date_line(name)
        || name.chars().filter(char::is_ascii_digit).count() > 4
        || name.chars().count() > MAX_AUTHOR
        || !name.chars().any(char::is_alphabetic)
        || matches!(
            &*folded(name),
            "admin" | "administrator" | "editor" | "staff" | "author" | "null" | "undefined" | "by"
        );
    (!bad).then(|| name.to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_publication_goes_from_the_title() {
        let names = vec!["the harbour post".to_owned(), "harbourpost".to_owned()];
        for (title, bare) in [
            ("Crane falls - The Harbour Post", "Crane falls"),
            ("Crane falls | Ports | Harbour Post", "Crane falls | Ports"),
            ("The Harbour Post – Crane falls", "Crane falls"),
            ("Crane falls - again", "Crane falls - again"),
            ("The Harbour Post", "The Harbour Post"),
        ] {
            assert_eq!(without_publication(title, &names), bare);
        }
    }

    #[test]
    fn names_are_told_from_what_is_none() {
        for (line, name) in [
            ("By Ann Example", Some("Ann Example")),
            ("Ann Example | Markets", Some("Ann Example")),
            ("https://example.com/ann", None),
            ("@ann", None),
            ("admin", None),
            (" ", None),
        ] {
            assert_eq!(tidy(line).as_deref(), name, "{line}");
        }
    }
}
