//! Finds the feeds of a web site: those that a page names, and the places where feeds usually are.

use url::Url;

use super::repair::{self, HtmlToken, Lexer};
use super::{links, plain};

/// Feeds of one page that are offered.
const MOST: usize = 50;

/// Where feeds usually are, the likeliest first.
const PATHS: [&str; 12] = [
    "feed/",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "feed",
    "feeds/posts/default",
    "rss/",
    "rss/news",
    "blog/feed/",
];

/// A feed that a page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFeed {
    /// What the page calls it; may be empty.
    pub title: String,
    /// Absolute http(s) address.
    pub url: String,
}

/// The feeds that a web page names: `link rel=alternate` in their order, then links in the text that look like feeds.
/// `url` is the page's own address. Feeds of comments come last.
#[must_use]
pub fn feeds_in_page(bytes: &[u8], content_type: Option<&str>, url: &str) -> Vec<FoundFeed> {
    feeds_in_text(&repair::decode(bytes, content_type), links::complete(url).as_ref())
}

pub(super) fn feeds_in_text(page: &str, url: Option<&Url>) -> Vec<FoundFeed> {
    let mut base = url.cloned();
    let (mut named, mut guessed) = (Vec::new(), Vec::new());
    let mut lexer = Lexer::new(page);
    // The anchor being read: its address and text so far.
    let mut anchor: Option<FoundFeed> = None;
    while let Some(token) = lexer.next() {
        match token {
            HtmlToken::Text(text) => {
                if let Some(anchor) = anchor.as_mut().filter(|anchor| anchor.title.len() < 200) {
                    anchor.title.push_str(text);
                }
            }
            HtmlToken::Start(tag) => match tag.name.to_ascii_lowercase().as_str() {
                name @ ("script" | "style") => lexer.skip_raw(name),
                "base" => {
                    base = attribute(tag.attributes, "href").and_then(|href| links::absolute(&href, url)).or(base);
                }
                "link" => add(&mut named, alternate(tag.attributes, base.as_ref())),
                "a" => anchor = anchor_feed(tag.attributes, base.as_ref()),
                _ => {}
            },
            HtmlToken::End(name) if name.eq_ignore_ascii_case("a") => {
                let found = anchor.take().map(|found| FoundFeed { title: plain::one_line(&found.title), ..found });
                add(&mut guessed, found);
            }
            HtmlToken::End(_) | HtmlToken::CData(_) => {}
        }
    }
    named.sort_by_key(is_of_comments);
    for found in guessed {
        add(&mut named, Some(found));
    }
    named
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    repair::attribute(tag, name).map(Into::into)
}

fn add(feeds: &mut Vec<FoundFeed>, found: Option<FoundFeed>) {
    if let Some(found) = found.filter(|found| feeds.len() < MOST && !feeds.iter().any(|known| known.url == found.url)) {
        feeds.push(found);
    }
}

/// A feed named as the RSS autodiscovery convention has it: `rel=alternate` (or `feed`) with a feed's media type.
fn alternate(tag: &str, base: Option<&Url>) -> Option<FoundFeed> {
    let rel = attribute(tag, "rel")?.to_ascii_lowercase();
    let kind = attribute(tag, "type").unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or("").trim();
    let is_feed = matches!(
        kind,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
            | "application/rdf+xml"
            | "application/x.atom+xml"
            | "text/rss+xml"
            | "text/atom+xml"
    );
    // WordPress names its API with the general types too; those are no feeds.
    let href = attribute(tag, "href")?;
    let may_be = matches!(kind, "text/xml" | "application/xml" | "application/json") && looks_like_feed(&href);
    let named = |name: &str| rel.split_ascii_whitespace().any(|rel| rel == name);
    if !((named("alternate") && (is_feed || may_be)) || named("feed")) {
        return None;
    }
    let url = links::absolute(&href, base)?.into();
    Some(FoundFeed { title: plain::one_line(&attribute(tag, "title").unwrap_or_default()), url })
}

fn anchor_feed(tag: &str, base: Option<&Url>) -> Option<FoundFeed> {
    let href = attribute(tag, "href")?;
    let url = links::absolute(&href, base).filter(|url| looks_like_feed(url.path()))?;
    Some(FoundFeed { title: String::new(), url: url.into() })
}

/// True for paths that end as feeds do.
fn looks_like_feed(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or(path).trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or("");
    let words = ["rss", "feed", "atom", "feeds", "rss2", "rdf"];
    let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
    match extension {
        "rss" | "atom" | "rdf" => true,
        "xml" | "json" => {
            stem.split(['-', '_', '.']).any(|part| words.contains(&part)) || stem == "index" && extension == "xml"
        }
        "" => words.contains(&last),
        _ => false,
    }
}

fn is_of_comments(found: &FoundFeed) -> bool {
    found.url.contains("/comments/") || found.title.to_lowercase().contains("comment")
}

/// Addresses to try when a page names no feed: the usual places below the page's own folder and at the top of the site.
#[must_use]
pub fn common_places(url: &str) -> Vec<String> {
    let Some(mut page) = links::complete(url) else { return Vec::new() };
    page.set_query(None);
    page.set_fragment(None);
    let mut places = Vec::new();
    let mut folder = page.clone();
    if !folder.path().ends_with('/') && !folder.path().rsplit('/').next().is_some_and(|last| last.contains('.')) {
        folder.set_path(&format!("{}/", page.path()));
    }
    for base in [folder.join("."), page.join("/")].into_iter().flatten() {
        for path in PATHS {
            let place = base.join(path).map(String::from).ok().filter(|place| !places.contains(place));
            places.extend(place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(page: &str) -> Vec<(String, String)> {
        let found = feeds_in_page(page.as_bytes(), Some("text/html"), "https://desk.example/news/index.html");
        found.into_iter().map(|found| (found.title, found.url)).collect()
    }

    fn pair(title: &str, url: &str) -> (String, String) {
        (title.to_owned(), url.to_owned())
    }

    #[test]
    fn named_feeds_come_first_and_comments_after_them() {
        let page = r#"<!doctype html><html><head>
            <script>var x = '<link rel="alternate" type="application/rss+xml" href="/wrong">';</script>
            <link rel='alternate' type='application/rss+xml' title='Desk &raquo; Comments' href='/comments/feed/'>
            <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="Desk &amp; dock" HREF="/feed/">
            <link rel=alternate type=application/atom+xml href=atom.xml />
            <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
            <link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/rss.css">
            </head><body><a href="/feed/">again</a><a href="/rss/rail.xml">Rail <b>news</b></a><a href="/about">About</a>
            <a href="javascript:feed">no</a><a href="/news-rss.xml"></a></body></html>"#;
        assert_eq!(
            find(page),
            [
                pair("Desk & dock", "https://desk.example/feed/"),
                pair("", "https://desk.example/news/atom.xml"),
                pair("Desk » Comments", "https://desk.example/comments/feed/"),
                pair("", "https://desk.example/news-rss.xml"),
            ]
        );
    }

    #[test]
    fn links_are_resolved_against_the_base() {
        let page = r#"<base href="https://cdn.example/x/"><link rel="feed" href="main">"#;
        assert_eq!(find(page), [pair("", "https://cdn.example/x/main")]);
        assert_eq!(find("<p>nothing</p>"), []);
        assert_eq!(find("<a href='/blog/rss'>Follow<b> us</a>"), [pair("Follow us", "https://desk.example/blog/rss")]);
    }

    #[test]
    fn usual_places_are_below_the_page_and_at_the_top() {
        let places = common_places("https://desk.example/blog?x=1#y");
        assert_eq!(places[0], "https://desk.example/blog/feed/");
        assert!(places.contains(&"https://desk.example/feed.json".to_owned()));
        let top = common_places("https://desk.example");
        assert_eq!(top.len(), PATHS.len());
        assert!(common_places("ftp://desk.example").is_empty());
    }
}
