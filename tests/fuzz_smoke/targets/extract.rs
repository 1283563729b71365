//! A web page to its article: facts are clean, addresses are of the web, what is extracted can be read, twice is the same.

use tidings::document;
use url::Url;

use super::clean::assert_clean_line;
use super::html::read_is_sound;

const ADDRESS: &str = "https://quay.example/news/2026/11/a-berth-for-two";

/// HTML of a page.
pub fn run(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    let page = document::extract(&html, ADDRESS);
    assert_clean_line(&page.title);
    [&page.author, &page.site, &page.language].into_iter().flatten().for_each(|fact| assert_clean_line(fact));
    for address in [&page.canonical, &page.next, &page.whole].into_iter().flatten() {
        assert!(document::is_web_url(address), "{address:?}");
    }
    let own = Url::parse(ADDRESS).expect("an address");
    if let Some(next) = page.next.as_deref().and_then(|next| Url::parse(next).ok()) {
        assert_eq!(next.origin(), own.origin(), "the next page is on another server");
    }
    let document = document::read_html(&page.html, Some(ADDRESS));
    read_is_sound(&document);
    let again = document::extract(&html, ADDRESS);
    assert_eq!(page, again, "extracting twice differs");
}
