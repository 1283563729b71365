//! What comes back: an answer to use, or in words why there is none.

use crate::model::Validators;

/// A good answer: 200 with a body, or 304.
#[derive(Debug, Clone)]
pub struct Response {
    /// 200 (or another 2xx, but not 206) or 304. 304 comes only when validators were sent.
    pub status: u16,
    /// Decoded body; empty for 304.
    pub body: bytes::Bytes,
    /// `Content-Type`, at most 256 bytes of it.
    pub content_type: Option<String>,
    /// For the next conditional request: those of this answer; after a 304 the old ones with what it renewed.
    pub validators: Validators,
    /// How long the answer stays fresh: `Cache-Control: max-age` less `Age`, in seconds (RFC 9111, 4.2).
    pub max_age_s: Option<u64>,
    /// Address of the answer, after redirects; without userinfo.
    pub url: String,
    /// Where an unbroken chain of 301 and 308 from the start leads; [`super::Request::moved_to`] counts as its first link.
    /// Without userinfo.
    pub moved_to: Option<String>,
    /// True when the body ended before its announced length; what came is in `body`.
    pub truncated: bool,
}

/// Why there is no answer to use. Texts are safe to print: no secrets, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// An answer that is neither 2xx (206 aside) nor 304. `retry_after` is read from both forms, uncapped, in seconds from now.
    #[error("{}", status_words(*.status))]
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds to wait as the server asked, when it did in a way that can be read.
        retry_after_s: Option<u64>,
    },
    /// More than the limit after decoding.
    #[error("the answer is larger than {} MiB", .limit_mib)]
    TooLarge {
        /// The limit.
        limit_mib: u64,
    },
    /// The deadline passed.
    #[error("no complete answer within {seconds} seconds")]
    TimedOut {
        /// The deadline.
        seconds: u64,
    },
    /// A redirect or address that policy forbids.
    #[error("{0}")]
    Refused(String),
    /// Name look-up or connection failed: the network may be away.
    #[error("cannot reach {host}: {reason}")]
    Unreachable {
        /// Host that could not be reached.
        host: String,
        /// Why.
        reason: String,
    },
    /// Anything else in words: TLS, protocol, a password command that failed.
    #[error("{0}")]
    Failed(String),
}

/// Words of our own for the statuses a reader can do something about: the server's reason phrase is foreign text.
fn status_words(status: u16) -> String {
    let meaning = match status {
        206 => ": only a part of the document",
        401 => ": it wants a user name and password",
        403 => ": it does not let us in",
        404 => ": there is nothing at this address",
        407 => ": the proxy wants a user name and password",
        410 => ": the feed is gone for good",
        429 => ": it was asked too often",
        500..=599 => ": it has trouble of its own",
        _ => "",
    };
    format!("the server answered {status}{meaning}")
}
