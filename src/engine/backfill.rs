//! Filling a gap: older pages of a feed, asked politely until they reach what is known.

use std::sync::Arc;

use super::poll_feed::{feed_request, read};
use super::shared::Shared;
use crate::config::FeedSpec;
use crate::feed::ParsedFeed;
use crate::fetch::Request;
use crate::model::{Feed, Gap, PollFacts, PollRecord};

/// Pages asked for one gap at most.
const MAX_PAGES: u32 = 5;

/// Pages back from `parsed`, the document at `url`, until a page shares an article with the store, at most five pages.
/// Writes what it found into `gap`; gives the number of new articles. A page that cannot be had ends it quietly: the
/// gap then stays open and is shown.
pub(super) async fn fill(
    shared: &Arc<Shared>,
    feed: &Feed,
    spec: &FeedSpec,
    parsed: &ParsedFeed,
    url: &str,
    facts: &PollFacts,
    gap: &mut Gap,
) -> u64 {
    let mut next = older_page(parsed, url, 2);
    let mut new = 0;
    for page in 2..2 + MAX_PAGES {
        let Some(address) = next else { break };
        // Spacing between requests to one host is the fetcher's; credentials go along because it is the same feed.
        let request = Request { url: address.clone(), ..feed_request(spec) };
        let Ok(response) = shared.fetcher().get(request).await else { break };
        let _turn = shared.parsing.acquire().await;
        let Ok((parsed, articles)) = read(feed, response.body, response.content_type, response.url).await else {
            break;
        };
        let found = articles.len();
        if found == 0 {
            break;
        }
        let record = PollRecord { facts: facts.clone(), title: None, site: None };
        let Ok(ingested) = shared.store.ingest(feed.id, articles, record, false).await else { break };
        new += ingested.new.len() as u64;
        gap.filled = gap.filled.saturating_add(u32::try_from(ingested.new.len()).unwrap_or(u32::MAX));
        if ingested.new.len() < found {
            gap.closed = true;
            break;
        }
        next = older_page(&parsed, &address, page + 1);
    }
    new
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
