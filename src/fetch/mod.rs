//! HTTP: one bounded, polite GET. The only place that opens connections.
//!
//! Its own redirect loop, because what may follow a redirect depends on who subscribed to what: see `THREATS` R9, R10.

use std::sync::Arc;
use std::time::Duration;

use crate::model::Validators;

/// What to ask for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Absolute http(s) URL; userinfo becomes basic authentication and is never shown.
    pub url: String,
    /// For a conditional request, sent byte for byte.
    pub validators: Validators,
    /// Extra headers; sent to the first origin only.
    pub headers: Vec<(String, String)>,
    /// User name for basic authentication; sent to the first origin only.
    pub username: Option<String>,
    /// Argument vector that prints the password; run without a shell, inside the deadline.
    pub password_command: Option<Vec<String>>,
    /// Proxy URL; `none`: no proxy; None: the client's default.
    pub proxy: Option<String>,
    /// True for a subscribed address: its own host:port may be private. False for pages and discovered links.
    pub subscribed: bool,
    /// `Accept` header.
    pub accept: Accept,
}

/// What kind of document is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Accept {
    /// A feed.
    #[default]
    Feed,
    /// A web page.
    Page,
}

/// A good answer: 200 with a body, or 304.
#[derive(Debug, Clone)]
pub struct Response {
    /// 200 (or another 2xx with a body) or 304.
    pub status: u16,
    /// Decoded body; empty for 304.
    pub body: bytes::Bytes,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// For the next conditional request.
    pub validators: Validators,
    /// `Cache-Control: max-age`, in seconds.
    pub max_age_s: Option<u64>,
    /// Address of the answer, after redirects.
    pub url: String,
    /// Where an unbroken chain of 301 and 308 from the start leads.
    pub moved_to: Option<String>,
    /// True when the body ended before its announced length; what came is in `body`.
    pub truncated: bool,
}

/// Why there is no answer to use. Texts are safe to print: no secrets, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// An answer that is neither 2xx nor 304. `retry_after` is read from both forms, uncapped, in seconds from now.
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

fn status_words(status: u16) -> String {
    format!("the server answered {status}")
}

/// Limits and manners, from the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Deadline of one request, redirects and `password_command` included.
    pub timeout: Duration,
    /// Requests to one host at once.
    pub per_host: usize,
    /// Between the starts of two requests to one host; redirect hops are not spaced.
    pub host_spacing: Duration,
    /// Hosts (`host` or `host:port`) that may be reached although they are private.
    pub allow_private: Vec<String>,
    /// Proxy for all; none: the environment's.
    pub proxy: Option<String>,
    /// Largest decoded body, in bytes.
    pub max_bytes: u64,
}

/// The client: cheap to clone. Connections are opened on first use, so that making one costs nothing at start-up.
#[derive(Debug, Clone)]
pub struct Fetcher {
    #[expect(dead_code)]
    policy: Arc<Policy>,
}

impl Fetcher {
    /// A client that follows `policy`.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy: Arc::new(policy) }
    }

    /// Fetches one document, waiting for the host's turn first (which the deadline does not count).
    ///
    /// # Errors
    /// As in [`FetchError`]; never panics, never leaks secrets.
    pub async fn get(&self, _request: Request) -> Result<Response, FetchError> {
        todo!()
    }
}
