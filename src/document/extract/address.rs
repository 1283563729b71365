//! Addresses of the same site, of the same article and of its further pages.

use url::Url;

/// Second-level labels under which countries register names.
const SHARED: &[&str] = &["co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv", "gv"];
/// Query parameters that number the pages of an article.
const PAGE_PARAMETERS: &[&str] = &[
    "page",
    "p",
    "pg",
    "pagenum",
    "pagenumber",
    "seite",
    "pagina",
    "article_page",
    "artikelseite",
    "currentpage",
    "paged",
];

/// The name that the site's owner registered, roughly as the public suffix list would have it.
pub(super) fn registered(url: &Url) -> Option<String> {
    let host = url.domain()?.trim_end_matches('.');
    let labels: Vec<&str> = host.rsplit('.').collect();
    let shared = labels.len() > 2 && labels[0].len() == 2 && SHARED.contains(&labels[1]);
    let kept = labels.iter().take(if shared { 3 } else { 2 }).rev().copied();
    Some(kept.collect::<Vec<_>>().join("."))
}

/// Whether two addresses are of one site.
pub(super) fn same_site(one: &Url, other: &Url) -> bool {
    one.host_str() == other.host_str() || registered(one).is_some_and(|name| registered(other) == Some(name))
}

/// The name of a site as its address has it: `example` of `www.example.co.uk`.
pub(super) fn site_name(url: &Url) -> Option<String> {
    registered(url)?.split('.').next().map(str::to_owned)
}

/// An absolute http(s) address, without fragment.
pub(super) fn absolute(base: Option<&Url>, address: &str) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.len() > 4096 {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none())
    .then_some(url)
}

/// What all pages of one article have in common in their address, and the number of this one.
pub(super) fn stem_and_page(url: &Url) -> (String, u32) {
    let mut page = 1;
    let mut kept: Vec<String> = Vec::new();
    for (name, value) in url.query_pairs() {
        match value.parse::<u32>() {
            Ok(number) if PAGE_PARAMETERS.contains(&&*name.to_ascii_lowercase()) && number <= 500 => page = number,
            _ => kept.push(format!("{name}={value}")),
        }
    }
    let path = url.path().trim_end_matches('/');
    let (path, extension) = ["html", "htm", "php", "aspx", "shtml"]
        .iter()
        .find_map(|extension| path.strip_suffix(&format!(".{extension}")).map(|path| (path, *extension)))
        .unwrap_or((path, ""));
    let (path, numbered) = without_number(path, !extension.is_empty());
    let page = numbered.unwrap_or(page);
    (format!("{}{path}.{extension}?{}", url.origin().ascii_serialization(), kept.join("&")), page)
}

/// Whether the number of the page is told by nothing but a hyphen before it, as in `a-2.html`. Titles that end with a
/// number look like that, too: `box-rates-week-18.html`.
pub(super) fn is_numbered_weakly(url: &Url) -> bool {
    let path = url.path();
    let Some((path, _)) = path.rsplit_once('.') else { return false };
    let rest = path.trim_end_matches(|c: char| c.is_ascii_digit());
    rest.len() < path.len() && rest.strip_suffix('-').is_some_and(|rest| without_mark(rest).is_none())
}

/// A path without the number of its page at its end: `/a/page/2`, `/a/2`, `/a-page-2`, `/a_2`, `/a,2`; of a file
/// (`is_file`) also `/a-2`.
fn without_number(path: &str, is_file: bool) -> (&str, Option<u32>) {
    let rest = path.trim_end_matches(|c: char| c.is_ascii_digit());
    let Ok(number) = path[rest.len()..].parse::<u32>() else { return (path, None) };
    if path.len() - rest.len() > 2 || number == 0 {
        // Three digits and more are the number of an article.
        return (path, None);
    }
    let stem = without_mark(rest).or_else(|| rest.strip_suffix('-').filter(|_| is_file && number > 1));
    stem.map_or((path, None), |stem| (stem, Some(number)))
}

/// What is before the mark of a page's number.
fn without_mark(path: &str) -> Option<&str> {
    let marks = [
        "/page/", "/page-", "/page", "/seite/", "/seite-", "/pagina/", "-page-", "-page", "_page", "-seite-", "-seite",
        ",page-", "-p", "_", ",", "/",
    ];
    marks.iter().find_map(|mark| path.strip_suffix(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn sites_are_told_by_what_is_registered() {
        for (one, other, same) in [
            ("https://www.example.com/a", "https://m.example.com/b", true),
            ("https://a.example.co.uk/", "https://b.example.co.uk/", true),
            ("https://one.co.uk/", "https://two.co.uk/", false),
            ("https://example.com/", "https://example.org/", false),
            ("http://127.0.0.1/", "http://127.0.0.2/", false),
            ("http://127.0.0.1/a", "http://127.0.0.1:8080/b", true),
        ] {
            assert_eq!(same_site(&url(one), &url(other)), same, "{one} {other}");
        }
        assert_eq!(site_name(&url("https://news.example.co.uk/a")).as_deref(), Some("example"));
    }

    #[test]
    fn pages_of_one_article_share_their_stem() {
        let first = stem_and_page(&url("https://example.com/news/crane-falls"));
        for (address, page) in [
            ("https://example.com/news/crane-falls/2", 2),
            ("https://example.com/news/crane-falls/page/3/", 3),
            ("https://example.com/news/crane-falls?page=2", 2),
            ("https://example.com/news/crane-falls-seite-2", 2),
        ] {
            assert_eq!(stem_and_page(&url(address)), (first.0.clone(), page), "{address}");
        }
        for address in [
            "https://example.com/news/crane-rises",
            "https://other.example/news/crane-falls/2",
            "https://example.com/news/crane-falls/2026",
        ] {
            assert_ne!(stem_and_page(&url(address)).0, first.0, "{address}");
        }
        let html = stem_and_page(&url("https://example.com/a_2.html"));
        assert_eq!(html, (stem_and_page(&url("https://example.com/a.html")).0, 2));
        let hyphen = url("https://example.com/a-2.html");
        assert_eq!(stem_and_page(&hyphen), html);
        assert!(is_numbered_weakly(&hyphen) && !is_numbered_weakly(&url("https://example.com/a-page-2.html")));
        for other in ["https://example.com/a-2", "https://example.com/a-1.html", "https://example.com/a-2026.html"] {
            assert_ne!(stem_and_page(&url(other)).1, 2, "{other}");
            assert_ne!(stem_and_page(&url(other)).0, html.0, "{other}");
        }
    }

    #[test]
    fn only_the_web_is_absolute() {
        let base = url("https://example.com/a/");
        assert_eq!(absolute(Some(&base), "b#c").unwrap().as_str(), "https://example.com/a/b");
        for address in ["javascript:alert(1)", "mailto:a@b", "", "https://user:word@example.com/"] {
            assert_eq!(absolute(Some(&base), address), None, "{address}");
        }
    }
}
