//! Feed health in words: when a feed is due next, and why then.

use std::collections::HashMap;

use super::Answer;
use super::poll_feed::interval;
use super::shared::Shared;
use crate::config::FeedSpec;
use crate::feed;
use crate::fetch::mask_userinfo;
use crate::model::FeedStatus;

/// A feed's health in words.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedHealth {
    /// The feed, its facts and counts.
    pub status: FeedStatus,
    /// Its address, user name and password masked.
    pub address: String,
    /// Another address that is offered for it: the feed that its page names, or where permanent redirects lead.
    pub offered: Option<String>,
    /// When it is due next; none when it is not polled.
    pub next_poll: Option<jiff::Timestamp>,
    /// Why then, such as `every 30 min`, `the feed asks for 60 min (ttl)`, `backing off after 3 failures`.
    pub why: String,
}

/// The health of every shown feed, in the order of the config.
pub(super) async fn health(shared: &Shared) -> Answer<Vec<FeedHealth>> {
    let (config, now) = (shared.config(), shared.clock.now());
    let specs: HashMap<&str, &FeedSpec> = config.feeds.iter().map(|feed| (feed.url.as_str(), feed)).collect();
    let default = FeedSpec::default();
    let feeds = shared.store.feeds().await?;
    Ok(feeds
        .into_iter()
        .map(|status| {
            let spec = specs.get(status.feed.url.as_str()).copied().unwrap_or(&default);
            let due = feed::due(&status.facts, interval(spec, config.network.poll_minutes), status.feed.id, now);
            let address = mask_userinfo(&status.feed.url);
            let (next_poll, why) =
                if status.feed.enabled { (due.at, due.why) } else { (None, "muted: not polled".to_owned()) };
            let offered = offered(&status);
            FeedHealth { status, address, offered, next_poll, why }
        })
        .collect())
}

/// What the last answer said of another address, if it is another one.
fn offered(status: &FeedStatus) -> Option<String> {
    let facts = &status.facts;
    let named = facts.last_error.as_deref().and_then(feed::named_in).or(facts.moved_to.as_deref());
    named.filter(|address| *address != status.feed.url).map(str::to_owned)
}
