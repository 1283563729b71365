//! One document over the network: turn, credentials, redirects, body, all within one deadline.

use std::future::Future;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, LOCATION};
use tokio::time::{Instant, timeout};
use url::Url;

use crate::model::Validators;

use super::clients::Route;
use super::credentials::Credentials;
use super::guard::Trusted;
use super::trail::Trail;
use super::turns::Turn;
use super::{FetchError, Request, Response, Shared};
use super::{body, caching, credentials, failure, headers};

/// A content type is a few words.
const MAX_CONTENT_TYPE: usize = 256;

/// The time that is left for a request. Waiting for a turn does not use it up.
pub(super) struct Budget {
    whole: Duration,
    left: Duration,
}

impl Budget {
    /// All of it.
    pub(super) fn new(whole: Duration) -> Self {
        Self { whole, left: whole }
    }

    /// The time that there was at the beginning.
    pub(super) fn whole(&self) -> Duration {
        self.whole
    }

    /// Does `work` within the time that is left.
    pub(super) async fn spend<T>(
        &mut self,
        work: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let began = Instant::now();
        let done = timeout(self.left, work).await;
        self.left = self.left.saturating_sub(began.elapsed());
        // Part of a second is told as a whole one.
        let seconds = self.whole.as_secs() + u64::from(self.whole.subsec_nanos() > 0);
        done.unwrap_or(Err(FetchError::TimedOut { seconds }))
    }
}

/// The head of an answer that is no redirect, its body still to come.
pub(super) struct Asked {
    pub(super) response: reqwest::Response,
    pub(super) trail: Trail,
    /// The request had conditions.
    pub(super) conditional: bool,
    pub(super) turn: Turn,
}

/// Asks for `url`, following redirects.
pub(super) async fn run(shared: &Shared, request: &Request, url: Url) -> Result<Response, FetchError> {
    let mut budget = Budget::new(shared.policy.timeout);
    let asked = ask(shared, request, url, |_| HeaderMap::new(), &mut budget).await?;
    let Asked { response, trail, conditional, turn } = asked;
    let sent_validators = conditional.then_some(&request.validators);
    let mut answer = answer_of(shared, &trail, &response, sent_validators)?;
    if answer.status != 304 {
        let limit = shared.policy.max_bytes;
        let most = request.most.map_or(limit, |most| most.min(limit));
        (answer.body, answer.truncated) = body::read(response, most, &shared.bodies, &mut budget).await?;
    }
    drop(turn);
    Ok(answer)
}

/// Asks for `url` and follows redirects to the head of an answer. `more` are further headers for an address.
pub(super) async fn ask(
    shared: &Shared,
    request: &Request,
    url: Url,
    more: impl Fn(&Url) -> HeaderMap,
    budget: &mut Budget,
) -> Result<Asked, FetchError> {
    let policy = &shared.policy;
    if !policy.asks_servers {
        return Err(FetchError::Refused("the demo asks no server for anything".to_owned()));
    }
    let trusted = Trusted::new(&policy.allow_private, request.subscribed.then_some(&url));
    let mut trail = Trail::start(trusted, url.clone(), request.moved_to.as_deref())?;
    let own = headers::own(&request.headers)?;
    let route = Route::choose(request.proxy.as_deref(), policy.proxy.as_deref());
    let gate = route.gate();

    let mut turn_host = host_of(&trail);
    let mut turn = shared.turns.start(&turn_host).await;
    let credentials = if trail.carries_secrets() { budget.spend(credentials::of(request, &url)).await? } else { None };
    loop {
        let client = shared.clients.get(trail.reach(), &route).await?;
        let (mut headers, conditional) = hop_headers(request, &trail, &own);
        headers.extend(more(trail.url()));
        let mut asking = client.get(trail.url().clone()).headers(headers);
        if let Some(Credentials { username, password }) = credentials.as_ref().filter(|_| trail.carries_secrets())
            && !own.contains_key(AUTHORIZATION)
        {
            asking = asking.basic_auth(username, Some(password));
        }
        let sent = async { asking.send().await.map_err(|error| failure::of(&error, trail.url(), gate.as_ref())) };
        let response = budget.spend(sent).await?;
        let status = response.status().as_u16();
        if let (301..=303 | 307 | 308, Some(location)) = (status, response.headers().get(LOCATION)) {
            trail.follow(status, location.as_bytes())?;
            drop(response);
            let host = host_of(&trail);
            if host != turn_host {
                // The old place is given back before the new one is waited for: nobody waits in a circle.
                drop(turn);
                turn = shared.turns.enter(&host).await;
                turn_host = host;
            }
            continue;
        }
        return Ok(Asked { response, trail, conditional, turn });
    }
}

/// The headers of the next hop, and whether it is conditional.
fn hop_headers(request: &Request, trail: &Trail, own: &HeaderMap) -> (HeaderMap, bool) {
    let mut headers = headers::of_kind(request.accept);
    if request.last {
        headers::close_after(&mut headers);
    }
    let before = headers.len();
    if trail.carries_validators() {
        headers::add_validators(&mut headers, &request.validators);
    }
    let conditional = headers.len() > before;
    if trail.carries_secrets() {
        headers::replace(&mut headers, own);
    }
    (headers, conditional)
}

fn host_of(trail: &Trail) -> String {
    trail.url().host_str().unwrap_or_default().to_owned()
}

/// The answer as its head tells it, the body still to come.
fn answer_of(
    shared: &Shared,
    trail: &Trail,
    response: &reqwest::Response,
    sent: Option<&Validators>,
) -> Result<Response, FetchError> {
    let status = response.status().as_u16();
    let head = response.headers();
    let content_type = head.get(CONTENT_TYPE).map(|value| {
        let bytes = value.as_bytes();
        String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_CONTENT_TYPE)]).into_owned()
    });
    let mut answer = Response {
        status,
        body: bytes::Bytes::new(),
        content_type,
        validators: caching::validators(head),
        max_age_s: caching::max_age(head),
        url: trail.url().to_string(),
        moved_to: trail.moved_to(),
        truncated: false,
    };
    match (status, sent) {
        (304, Some(sent)) => answer.validators = caching::renewed(sent, head),
        (304, None) => {
            return Err(FetchError::Failed(
                "the server answered 304 (not modified) to a request without conditions".to_owned(),
            ));
        }
        // A part that nobody asked for is not the document (RFC 9110, 15.3.7).
        (200..=205 | 207..=299, _) => {}
        _ => {
            let retry_after_s = caching::retry_after(head, shared.clock.now());
            return Err(FetchError::Status { status, retry_after_s });
        }
    }
    Ok(answer)
}
