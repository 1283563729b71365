//! HTTP: one bounded, polite GET. The only place that opens connections.
//!
//! Its own redirect loop, because what may follow a redirect depends on who subscribed to what: see `THREATS` R9, R10.

mod address;
mod answer;
mod body;
mod caching;
mod clients;
mod credentials;
mod download;
mod exchange;
mod failure;
mod guard;
mod gzip;
mod headers;
mod http_date;
mod local;
mod mask;
mod password;
mod request;
mod trail;
mod turns;

use std::fmt;
use std::sync::Arc;

use url::Url;

use crate::clock::Clock;

pub use answer::{FetchError, Response};
pub use download::{Download, Partial};
pub use mask::mask_userinfo;
pub use request::{Accept, Policy, Request};

/// The client: cheap to clone. TLS is set up and connections are opened on first use, so that making one costs nothing
/// at start-up.
#[derive(Clone)]
pub struct Fetcher {
    shared: Arc<Shared>,
}

impl fmt::Debug for Fetcher {
    /// Without what the connections hold, so that it can go to a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fetcher").field(&self.shared.policy).finish()
    }
}

/// What the clones of a [`Fetcher`] share.
struct Shared {
    policy: Policy,
    clock: Clock,
    clients: clients::Clients,
    turns: turns::Turns,
    bodies: body::Room,
}

impl Fetcher {
    /// A client that follows `policy`. `clock` tells how far away the date in a `Retry-After` is.
    #[must_use]
    pub fn new(policy: Policy, clock: Clock) -> Self {
        let turns = turns::Turns::new(policy.per_host, policy.host_spacing);
        let clients = clients::Clients::new(&policy.allow_private, policy.timeout);
        let bodies = body::Room::new();
        Self { shared: Arc::new(Shared { policy, clock, clients, turns, bodies }) }
    }

    /// Begins to fetch a file of any size, whose bytes are then taken from the [`Download`] one piece after another; goes on
    /// behind what is here already when the server still has the same file. http and https only.
    ///
    /// # Errors
    /// As in [`FetchError`].
    pub async fn download(&self, request: Request, partial: Option<Partial>) -> Result<Download, FetchError> {
        let url = Url::parse(request.url.trim())
            .map_err(|error| FetchError::Refused(format!("this is not an address that can be asked: {error}")))?;
        match url.scheme() {
            "http" | "https" => download::begin(&self.shared, &request, url, partial.as_ref()).await,
            other => Err(FetchError::Refused(format!(
                "addresses that begin with {}: are not downloaded",
                mask::plain(other)
            ))),
        }
    }

    /// Fetches one document, waiting for the host's turn first (which the deadline does not count).
    ///
    /// # Errors
    /// As in [`FetchError`]; never panics, never leaks secrets.
    pub async fn get(&self, request: Request) -> Result<Response, FetchError> {
        let url = Url::parse(request.url.trim())
            .map_err(|error| FetchError::Refused(format!("this is not an address that can be asked: {error}")))?;
        match url.scheme() {
            "http" | "https" => exchange::run(&self.shared, &request, url).await,
            "file" => local::read(&self.shared.policy, &request, &url).await,
            other => {
                Err(FetchError::Refused(format!("addresses that begin with {}: are not asked", mask::plain(other))))
            }
        }
    }
}
