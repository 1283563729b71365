//! Other addresses of the same article: the one it wants to be known by, its next page, the version on one page.

use dom_query::Document;
use url::Url;

use super::address::{absolute, is_numbered_weakly, same_site, stem_and_page};
use super::phrases::folded;
use super::told::Told;

/// Words of links to the whole article on one page.
const WHOLE: &[&str] = &[
    "single page",
    "view as single page",
    "view on one page",
    "view all",
    "view all pages",
    "all on one page",
    "read on one page",
    "full article",
    "show full article",
    "one page",
    "auf einer seite",
    "auf einer seite lesen",
    "alles auf einer seite",
    "artikel auf einer seite lesen",
    "gesamter artikel",
    "sur une seule page",
    "tout afficher sur une page",
    "en una sola página",
    "ver en una página",
    "op één pagina",
    "alles op één pagina",
    "tutto in una pagina",
    "leggi in una pagina",
];
/// Most links that are looked at.
const MAX_LINKS: usize = 5_000;

/// The address that the page wants to be known by, when it is of the same site and not just the front page.
pub(super) fn canonical(page: &Document, told: &Told, url: Option<&Url>) -> Option<Url> {
    let link = page.select_single("link[rel~=canonical]").attr("href");
    let address = link.map(|href| href.to_string()).or_else(|| told.meta(&["og:url"]).map(str::to_owned))?;
    let canonical = absolute(url, &address)?;
    let front = canonical.path() == "/" && url.is_some_and(|url| url.path() != "/");
    (!front && url.is_none_or(|url| same_site(&canonical, url))).then_some(canonical)
}

/// The next page of the same article.
pub(super) fn next(page: &Document, url: Option<&Url>) -> Option<Url> {
    let url = url?;
    let (stem, number) = stem_and_page(url);
    let is_next = |address: &str| {
        let next = absolute(Some(url), address)?;
        (stem_and_page(&next) == (stem.clone(), number.checked_add(1)?)).then_some(next)
    };
    let links = page.select("a[href]");
    let links = || links.nodes().iter().take(MAX_LINKS).filter_map(|node| node.attr("href"));
    // `week-18.html` is a page of `week.html` only when that is there.
    let is_first = |address: &str| absolute(Some(url), address).is_some_and(|a| stem_and_page(&a) == (stem.clone(), 1));
    if number > 1 && is_numbered_weakly(url) && !links().any(|address| is_first(&address)) {
        return None;
    }
    let told = page.select("link[rel~=next][href], a[rel~=next][href]");
    let told = told.nodes().iter().find_map(|node| node.attr("href").and_then(|href| is_next(&href)));
    told.or_else(|| links().find_map(|address| is_next(&address)))
}

/// The version of the page that has the whole article: the full page of an AMP one, or one page of several.
pub(super) fn whole(page: &Document, canonical: Option<&Url>, next: Option<&Url>, url: Option<&Url>) -> Option<Url> {
    let url = url?;
    let root = page.select_single("html");
    if root.has_attr("amp") || root.has_attr("⚡") {
        return canonical.filter(|canonical| *canonical != url).cloned();
    }
    next?;
    let links = page.select("a[href]");
    links.nodes().iter().take(MAX_LINKS).find_map(|node| {
        let text = super::tree::short_line(node, 60)?;
        if !WHOLE.contains(&&*folded(&text)) {
            return None;
        }
        absolute(Some(url), &node.attr("href")?).filter(|whole| same_site(whole, url) && whole != url)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (Option<String>, Option<String>, Option<String>) {
        let page = Document::from(html);
        let url = Url::parse("https://www.example.com/news/crane").ok();
        let canonical = canonical(&page, &Told::read(&page), url.as_ref());
        let next = next(&page, url.as_ref());
        let whole = whole(&page, canonical.as_ref(), next.as_ref(), url.as_ref());
        (canonical.map(String::from), next.map(String::from), whole.map(String::from))
    }

    #[test]
    fn a_canonical_address_is_of_the_same_site() {
        let at = |href: &str| read(&format!("<link rel=canonical href='{href}'>")).0;
        assert_eq!(at("https://example.com/news/crane").as_deref(), Some("https://example.com/news/crane"));
        assert_eq!(at("/c").as_deref(), Some("https://www.example.com/c"));
        assert_eq!(at("https://elsewhere.example/"), None);
        assert_eq!(at("https://www.example.com/"), None, "the front page is no article");
    }

    #[test]
    fn the_next_page_is_of_the_same_article() {
        let next = Some("https://www.example.com/news/crane/2".to_owned());
        assert_eq!(read("<link rel=next href='/news/crane/2'>").1, next);
        assert_eq!(read("<div class=pager><a href='/news/crane/2'>2</a> <a href='/news/crane/3'>3</a></div>").1, next);
        assert_eq!(read("<a rel=next href='/news/another-crane'>Next</a>").1, None, "the next article");
        assert_eq!(read("<a href='https://elsewhere.example/news/crane/2'>2</a>").1, None);
    }

    #[test]
    fn files_are_numbered_by_a_hyphen_where_their_first_page_is_there() {
        let next_of = |address: &str, html: &str| next(&Document::from(html), Url::parse(address).ok().as_ref());
        let at = |name: &str| Url::parse(&format!("https://www.example.com/{name}")).ok();
        assert_eq!(next_of("https://www.example.com/crane.html", "<a href='crane-2.html'>2</a>"), at("crane-2.html"));
        let pager = "<a href='crane.html'>1</a> <a href='crane-3.html'>3</a>";
        assert_eq!(next_of("https://www.example.com/crane-2.html", pager), at("crane-3.html"));
        let weeks = "<a rel=next href='week-19.html'>Next week</a>";
        assert_eq!(next_of("https://www.example.com/week-18.html", weeks), None, "another article");
    }

    #[test]
    fn the_whole_article_is_found() {
        let amp = read("<html amp><link rel=canonical href='https://www.example.com/full'>");
        assert_eq!(amp.2.as_deref(), Some("https://www.example.com/full"));
        let one = read("<a href='?page=2'>2</a><a href='?print=1'>Auf einer Seite lesen</a>");
        assert_eq!(one.2.as_deref(), Some("https://www.example.com/news/crane?print=1"));
        assert_eq!(read("<a href='?all=1'>View all</a>").2, None, "there are no further pages");
    }
}
