//! A visit to a site for one article: its page, its print version, its further pages, all as politely as a poll.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use url::Url;

use super::charset;
use super::kind::other_than_page;
use crate::config::FeedSpec;
use crate::document::{self, Extraction};
use crate::engine::backfill::page_request;
use crate::engine::shared::Shared;
use crate::fetch::{Accept, FetchError, Response};
use crate::model::Barrier;
use crate::text::word_count;

/// Pages of one article at most.
const MAX_PAGES: u32 = 10;
/// HTML of one article at most, all pages in, in bytes (THREATS R6).
const MAX_HTML: usize = 4 << 20;

/// Why there is no text of a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NoPage {
    /// It was not fetched.
    Fetch(FetchError),
    /// It is something else.
    Other {
        /// What, in words that go on from "it is ".
        what: String,
        /// It is a file that is of use elsewhere.
        is_file: bool,
    },
    /// Its text could not be told.
    Broken,
}

/// The text of one page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageText {
    /// What was extracted.
    pub(super) found: Extraction,
    /// Where it came from, after redirects, without tracking parameters.
    pub(super) url: String,
    /// The text without markup.
    pub(super) plain: String,
}

/// An article put together from its pages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Gathered {
    /// What its first page says; `found.html` is the whole article.
    pub(super) found: Extraction,
    /// Where the first page came from, after redirects.
    pub(super) url: String,
    /// The whole text without markup.
    pub(super) plain: String,
    /// Pages that it was put together from.
    pub(super) pages: u32,
}

impl Gathered {
    /// Words of its text.
    pub(super) fn words(&self) -> usize {
        word_count(&self.plain)
    }
}

/// A visit on behalf of a feed, or of the user who typed an address.
pub(super) struct Visit<'a> {
    shared: &'a Arc<Shared>,
    /// Whose rights and proxy it has; they go along to its own origin only (THREATS R9, R10).
    spec: FeedSpec,
}

impl<'a> Visit<'a> {
    pub(super) fn for_feed(shared: &'a Arc<Shared>, spec: FeedSpec) -> Self {
        Self { shared, spec }
    }

    /// For an address that the user typed.
    pub(super) fn for_user(shared: &'a Arc<Shared>, address: &str) -> Self {
        Self { shared, spec: FeedSpec { url: address.to_owned(), ..FeedSpec::default() } }
    }

    /// Fetches the page at `address`, and what belongs to the same article.
    ///
    /// # Errors
    /// As in [`NoPage`], of the page itself; what cannot be had of the rest is left out.
    pub(super) async fn gather(&self, address: &str) -> Result<Gathered, NoPage> {
        let first = self.page(address).await?;
        // All that is asked for besides has, together, as much time as the page itself.
        let seconds = self.shared.config().network.timeout_seconds;
        let until = Instant::now() + Duration::from_secs(seconds);
        if let Some(whole) = self.whole(&first, until).await {
            return Ok(whole);
        }
        Ok(self.all_pages(address, first, until).await)
    }

    /// The version of the page that has the whole article, where this one seems not to.
    async fn whole(&self, first: &PageText, until: Instant) -> Option<Gathered> {
        let address = first.found.whole.as_deref()?;
        let words = word_count(&first.plain);
        let is_shut = matches!(first.found.barrier, Some(barrier) if barrier != Barrier::NoArticle);
        if is_shut || !may_be_version(&first.url, address) {
            return None;
        }
        let whole = timeout_at(until, self.page(address)).await.ok()?.ok()?;
        // How long a page is tells nothing by itself: many versions for telephones end after some paragraphs.
        let is_less = word_count(&whole.plain) <= words && whole.found.next.is_none();
        if is_less || whole.found.barrier.is_some() && first.found.barrier.is_none() {
            return None;
        }
        // What is said around the article is said best by the page itself.
        let PageText { found: Extraction { html, barrier, next, .. }, url, plain } = whole;
        // A version on one page has all that its further pages would have.
        let next = next.filter(|_| first.found.next.is_none());
        let found = Extraction { html, next, barrier, ..first.found.clone() };
        if found.next.is_some() {
            let whole = self.all_pages(address, PageText { found, url, plain }, until).await;
            return (whole.words() > words).then_some(whole);
        }
        Some(Gathered { found, url: first.url.clone(), plain, pages: 1 })
    }

    /// The page with those that follow it, as long as they are new, of the same origin, and not too many.
    async fn all_pages(&self, address: &str, first: PageText, until: Instant) -> Gathered {
        let mut seen: HashSet<String> = [address, &first.url].into_iter().map(without_fragment).collect();
        let mut texts = HashSet::from([first.plain.clone()]);
        let mut next = first.found.next.clone();
        let mut all = Gathered { found: first.found, url: first.url, plain: first.plain, pages: 1 };
        while let Some(address) = next.take() {
            if all.pages >= MAX_PAGES || !is_same_origin(&all.url, &address) || !seen.insert(without_fragment(&address))
            {
                break;
            }
            let page = match timeout_at(until, self.page(&address)).await {
                Ok(Ok(page)) => page,
                Ok(Err(error)) => {
                    tracing::debug!(address, ?error, "a further page of an article was not to be had");
                    break;
                }
                Err(_) => break,
            };
            // A site that does not know the page leads back to the first one, or elsewhere.
            let led_back = page.url != document::clean_url(&address) && !seen.insert(without_fragment(&page.url));
            let room = MAX_HTML.saturating_sub(all.found.html.len());
            if led_back
                || !is_same_origin(&all.url, &page.url)
                || page.found.html.len() >= room
                || !texts.insert(page.plain.clone())
            {
                break;
            }
            all.found.html.push('\n');
            all.found.html.push_str(&page.found.html);
            all.plain.push('\n');
            all.plain.push_str(&page.plain);
            all.found.barrier = all.found.barrier.or(page.found.barrier);
            all.pages += 1;
            next = page.found.next;
        }
        all
    }

    async fn page(&self, address: &str) -> Result<PageText, NoPage> {
        let Some(mut request) = page_request(&self.spec, address) else {
            return Err(NoPage::Fetch(FetchError::Refused("it is no address of a web page".to_owned())));
        };
        request.accept = Accept::Page;
        let Response { body, content_type, url, .. } =
            self.shared.fetcher().get(request).await.map_err(NoPage::Fetch)?;
        // Without what tracks, so that it is the same address as in the page's own links.
        read(self.shared, body, content_type, document::clean_url(&url)).await
    }
}

/// Tells the text of a page from its bytes. `url` may be empty, for a file whose links lead nowhere.
pub(super) async fn read(
    shared: &Shared,
    body: bytes::Bytes,
    content_type: Option<String>,
    url: String,
) -> Result<PageText, NoPage> {
    // Trees of pages take many times the room of their text: not more at once than can be worked at.
    let _turn = shared.parsing.acquire().await;
    let work = tokio::task::spawn_blocking(move || {
        if let Some((what, is_file)) = other_than_page(&body, content_type.as_deref()) {
            return Err(NoPage::Other { what, is_file });
        }
        let page = charset::decode(&body, content_type.as_deref());
        let mut found = document::extract(&page, &url);
        found.html.truncate(found.html.floor_char_boundary(MAX_HTML));
        let plain = document::plain_text(&found.html);
        if plain.is_empty() {
            found.html.clear();
            found.barrier = found.barrier.or(Some(Barrier::NoArticle));
        }
        Ok(PageText { found, url, plain })
    });
    // A panic in a parser is this page's error.
    work.await.unwrap_or(Err(NoPage::Broken))
}

fn without_fragment(address: &str) -> String {
    address.split('#').next().unwrap_or_default().to_owned()
}

fn is_same_origin(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one.origin() == other.origin(),
        _ => false,
    }
}

/// Whether `other` may be a version of the page at `url`: on the same site by its name, and not less secure.
fn may_be_version(url: &str, other: &str) -> bool {
    let (Ok(one), Ok(two)) = (Url::parse(url), Url::parse(other)) else { return false };
    let (Some(host), Some(other_host)) = (one.host_str(), two.host_str()) else { return false };
    let is_downgrade = one.scheme() == "https" && two.scheme() != "https";
    let site = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
    let (host, other_host) = (site(host), site(other_host));
    let is_below = |name: &str, of: &str| name.strip_suffix(of).is_some_and(|rest| rest.ends_with('.'));
    let same_place = host == other_host && one.port_or_known_default() == two.port_or_known_default();
    let is_related = same_place || is_below(&host, &other_host) || is_below(&other_host, &host);
    !is_downgrade && is_related && without_fragment(url) != without_fragment(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_site_has_a_version_of_a_page() {
        let page = "https://www.dock.example/news/1";
        for version in
            ["https://www.dock.example/print/1", "https://amp.dock.example/1", "https://dock.example/1?print"]
        {
            assert!(may_be_version(page, version), "{version}");
        }
        for other in [
            "https://www.dock.example/news/1#top",
            "http://www.dock.example/print/1",
            "https://evil.example/1",
            "https://otherdock.example/1",
            "https://www.dock.example:8443/1",
            "file:///etc/hostname",
            "",
        ] {
            assert!(!may_be_version(page, other), "{other}");
        }
        assert!(may_be_version("https://amp.dock.example/1", "https://www.dock.example/1"));
    }
}
