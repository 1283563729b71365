//! One feed fetched and read once, for people who want to know what is in it. Nothing is stored.

use std::sync::Arc;

use super::poll_feed::feed_request;
use super::shared::Shared;
use super::subscriptions::with_scheme;
use super::{Answer, EngineError};
use crate::config::FeedSpec;
use crate::feed::{self, ParsedFeed};
use crate::fetch::mask_userinfo;

/// What was found at a feed's address.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedCheck {
    /// Address of the answer, after redirects, without userinfo.
    pub address: String,
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// Size after decoding.
    pub bytes: u64,
    /// True when the body ended before its announced length.
    pub truncated: bool,
    /// The document, read.
    pub feed: ParsedFeed,
}

/// Fetches `spec`'s address as a poll would, without validators, and reads the answer.
pub(super) async fn check(shared: &Arc<Shared>, spec: &FeedSpec) -> Answer<FeedCheck> {
    let mut request = feed_request(spec);
    request.url = with_scheme(&spec.url);
    let address = mask_userinfo(&request.url);
    let answer = shared.fetcher().get(request).await.map_err(|error| EngineError(format!("{address}: {error}")))?;
    let (body, content_type, url) = (answer.body.clone(), answer.content_type.clone(), answer.url.clone());
    let read = tokio::task::spawn_blocking(move || feed::parse(&body, content_type.as_deref(), &url)).await;
    let feed = read
        .map_err(|_| EngineError(format!("{address}: the document broke the parser")))?
        .map_err(|error| EngineError(format!("{address}: {error}")))?;
    Ok(FeedCheck {
        address: mask_userinfo(&answer.url),
        status: answer.status,
        content_type: answer.content_type,
        bytes: answer.body.len() as u64,
        truncated: answer.truncated,
        feed,
    })
}
