//! Filling a gap: older pages of a feed, asked politely until they reach what is known.

use std::collections::HashSet;
use std::sync::Arc;

use super::poll_feed::{feed_request, label_again, read};
use super::shared::Shared;
use crate::config::FeedSpec;
use crate::feed::{self, ParsedFeed};
use crate::fetch::{Accept, FetchError, Request};
use crate::model::{Feed, Gap, PollFacts, PollRecord};

/// Pages asked for one gap at most.
const MAX_PAGES: u32 = 5;

/// The document that does not connect to what was there.
pub(super) struct FirstPage<'a> {
    pub(super) parsed: &'a ParsedFeed,
    /// Where it came from.
    pub(super) url: &'a str,
    /// The keys of its articles.
    pub(super) met: HashSet<[u8; 16]>,
}

/// Pages back from `first` until a page shares an article with what was stored before it, at most five pages. Writes what
/// it found into `gap`; gives the number of new articles. A page that cannot be had ends it quietly: the gap then stays
/// open and is shown. A server that answers with a Retry-After is left alone as long, as if it had been the poll.
pub(super) async fn fill(
    shared: &Arc<Shared>,
    feed: &Feed,
    spec: &FeedSpec,
    first: FirstPage<'_>,
    facts: &mut PollFacts,
    gap: &mut Gap,
) -> u64 {
    let FirstPage { parsed, url, mut met } = first;
    let mut next = older_page(parsed, url, 2);
    let mut new = 0;
    for page in 2..2 + MAX_PAGES {
        let Some(address) = next else { break };
        // Spacing between requests to one host is the fetcher's.
        let Some(request) = page_request(spec, &address) else { break };
        let response = match shared.fetcher().get(request).await {
            Ok(response) => response,
            Err(FetchError::Status { status: 429 | 503, retry_after_s: Some(seconds) }) => {
                facts.retry_after = Some(feed::retry_after_until(seconds, shared.clock.now()));
                break;
            }
            Err(_) => break,
        };
        let _turn = shared.parsing.acquire().await;
        let labelling = shared.labelling();
        let Ok((parsed, articles)) =
            read(shared, &labelling, feed, spec, response.body, response.content_type, response.url).await
        else {
            break;
        };
        let found = articles.len();
        if found == 0 {
            break;
        }
        // A server that does not know pages sends the first one again: that connects to nothing.
        let again = articles.iter().filter(|article| !met.insert(article.identity.key)).count();
        let record = PollRecord { facts: facts.clone(), title: None, site: None };
        let Ok(ingested) = shared.store.ingest(feed.id, articles, record, false).await else { break };
        label_again(shared, &labelling, &ingested.new).await;
        new += ingested.new.len() as u64;
        gap.filled = gap.filled.saturating_add(u32::try_from(ingested.new.len()).unwrap_or(u32::MAX));
        if ingested.new.len() + again < found {
            gap.closed = true;
            break;
        }
        if ingested.new.is_empty() {
            break;
        }
        next = older_page(&parsed, &address, page + 1);
    }
    new
}

/// The request for an address that a document or a redirect led to; none for what is no web address. Headers, credentials and the subscribed address's rights go
/// along to the feed's own origin only: the address is not the user's word (THREATS R9, R10).
pub(super) fn page_request(spec: &FeedSpec, address: &str) -> Option<Request> {
    let mut page = url::Url::parse(address).ok().filter(|page| matches!(page.scheme(), "http" | "https"))?;
    let home = url::Url::parse(spec.url.trim()).ok();
    let Some(home) = home.filter(|home| home.origin() == page.origin()) else {
        return Some(Request {
            url: page.into(),
            proxy: spec.proxy.clone(),
            accept: Accept::Feed,
            ..Request::default()
        });
    };
    // Both fail only for URLs without a host.
    let _ = page.set_username(home.username());
    let _ = page.set_password(home.password());
    Some(Request { url: page.into(), ..feed_request(spec) })
}

/// Where older entries are: the feed's own link, or WordPress's numbered pages.
fn older_page(parsed: &ParsedFeed, url: &str, page: u32) -> Option<String> {
    if let Some(older) = &parsed.older {
        return (older != url).then(|| older.clone());
    }
    if !parsed.wordpress {
        return None;
    }
    let mut address = url::Url::parse(url).ok()?;
    let others: Vec<(String, String)> = address
        .query_pairs()
        .filter(|(name, _)| name != "paged")
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    address.query_pairs_mut().clear().extend_pairs(others).append_pair("paged", &page.to_string());
    Some(address.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_and_secrets_go_to_the_feeds_own_origin_only() {
        let spec = FeedSpec {
            url: "https://ada:pw@dock.example/feed".into(),
            headers: vec![("X-Key".into(), "secret".into())],
            username: Some("ada".into()),
            ..FeedSpec::default()
        };
        let own = page_request(&spec, "https://dock.example/feed?paged=2").unwrap();
        assert!(own.subscribed && own.headers.len() == 1 && own.username.is_some());
        assert_eq!(own.url, "https://ada:pw@dock.example/feed?paged=2");
        for foreign in ["https://quay.example/feed", "http://dock.example/feed", "http://127.0.0.1:8080/admin"] {
            let page = page_request(&spec, foreign).unwrap();
            assert!(!page.subscribed && page.headers.is_empty() && page.username.is_none(), "{foreign}");
            assert_eq!(page.url, foreign);
        }
        assert!(page_request(&spec, "file:///etc/hostname").is_none());
    }

    #[test]
    fn wordpress_pages_are_numbered_and_links_are_followed() {
        let wordpress = ParsedFeed { wordpress: true, ..ParsedFeed::default() };
        assert_eq!(
            older_page(&wordpress, "https://dock.example/feed/?lang=en&paged=2", 3).as_deref(),
            Some("https://dock.example/feed/?lang=en&paged=3")
        );
        let linked = ParsedFeed { older: Some("https://dock.example/feed/2".into()), ..ParsedFeed::default() };
        assert_eq!(older_page(&linked, "https://dock.example/feed", 2).as_deref(), Some("https://dock.example/feed/2"));
        assert_eq!(older_page(&linked, "https://dock.example/feed/2", 3), None, "a page that names itself ends it");
        assert_eq!(older_page(&ParsedFeed::default(), "https://dock.example/feed", 2), None);
    }
}
