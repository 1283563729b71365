//! Whether the network answers: the first feed is fetched once, because nothing else is the user's to ask.

use super::Finding;
use crate::cli::subscription::without_userinfo;
use crate::engine::EngineHandle;
use crate::text::humanize::bytes;

/// Fetches the first feed that is not muted.
pub(super) async fn look(engine: &EngineHandle) -> Vec<Finding> {
    let config = engine.config();
    let Some(feed) = config.feeds.iter().find(|feed| feed.enabled && !feed.url.starts_with("file:")) else {
        return vec![Finding::warning(
            "network.feed",
            "there is no feed to ask",
            "`tidings feed add URL` subscribes to one",
        )];
    };
    let address = without_userinfo(&feed.url);
    vec![match engine.check_feed(feed.clone()).await {
        Ok(check) => {
            Finding::ok("network.feed", format!("{address} answers {} with {}", check.status, bytes(check.bytes)))
        }
        Err(error) => Finding::wrong(
            "network.feed",
            error.0,
            "see whether a browser reaches it; behind a proxy set `proxy` in [network] or HTTPS_PROXY",
        ),
    }]
}
