//! reqwest's clients, built on first use and kept: one for each proxy and each answer to "may it be private?".

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, Proxy, redirect};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::sync::OnceCell;
use url::Url;

use super::FetchError;
use super::failure::deepest;
use super::guard::{Place, PublicResolver, Reach};
use super::mask::{mask_userinfo, plain};

/// Longest time for one connection to be made, name look-up and TLS included (THREATS R6).
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections kept for one host: as many as are used at once by default.
const IDLE_PER_HOST: usize = 2;
/// Short, because a round asks a thousand hosts once; long enough for the next feed of the same host.
const IDLE_FOR: Duration = Duration::from_secs(3);
/// HTTP/1 response headers; hyper limits their size to 400 KB.
const MAX_HEADERS: usize = 128;
/// HTTP/2 response headers, in bytes.
const MAX_HEADER_BYTES: u32 = 64 * 1024;
/// Open files wanted: a round may hold this many connections for a moment.
const OPEN_FILES: u64 = 4096;

/// How a request leaves this machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Route {
    /// As the environment says (`HTTPS_PROXY` and so on).
    Environment,
    /// Straight, whatever the environment says.
    Direct,
    /// Through this proxy (http, https, socks4, socks5, socks5h).
    Proxy(String),
}

impl Route {
    /// The request's own wish, else the policy's, else the environment's; the word `none` means no proxy.
    pub(super) fn choose(own: Option<&str>, policy: Option<&str>) -> Self {
        match own.or(policy).map(str::trim) {
            None | Some("") => Self::Environment,
            Some("none") => Self::Direct,
            Some(proxy) => Self::Proxy(proxy.to_owned()),
        }
    }

    /// The proxy that the config names, for errors; those of the environment are not known here.
    pub(super) fn gate(&self) -> Option<Gate> {
        let Self::Proxy(address) = self else { return None };
        let url = Url::parse(address).ok()?;
        let host = url.host_str()?;
        let place = url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Some(Gate { place, secure: url.scheme() == "https" })
    }
}

/// A proxy as errors name it: nothing of its user name and password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gate {
    /// Host and port.
    pub(super) place: String,
    /// Whether it is itself asked over TLS.
    pub(super) secure: bool,
}

type Kept = Arc<OnceCell<Client>>;

/// The clients built so far.
#[derive(Debug)]
pub(super) struct Clients {
    kept: Mutex<HashMap<(Reach, Route), Kept>>,
    /// Names that the config allows to be private.
    allowed: Vec<String>,
    connect_timeout: Duration,
}

impl Clients {
    /// None yet. `deadline` is that of a whole request.
    pub(super) fn new(allow_private: &[String], deadline: Duration) -> Self {
        let places = allow_private.iter().filter_map(|entry| Place::parse(entry));
        let allowed = places.map(|place| place.host().to_owned()).collect();
        Self { kept: Mutex::default(), allowed, connect_timeout: connect_timeout(deadline) }
    }

    /// The client for this reach and route. Building one takes milliseconds (TLS, certificates), so a thread does it.
    ///
    /// # Errors
    /// `Failed` when the proxy's address cannot be used or TLS cannot be set up.
    pub(super) async fn get(&self, reach: Reach, route: &Route) -> Result<Client, FetchError> {
        let key = (reach, route.clone());
        let cell = Arc::clone(self.kept.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
        let client = cell.get_or_try_init(|| async {
            let (route, mut exempt, connect_timeout) = (route.clone(), self.allowed.clone(), self.connect_timeout);
            let building = tokio::task::spawn_blocking(move || {
                exempt.extend(proxy_hosts(&route));
                build(reach, &route, exempt, connect_timeout)
            });
            building.await.unwrap_or_else(|_| Err(FetchError::Failed("the network could not be set up".to_owned())))
        });
        client.await.cloned()
    }
}

/// Always well before the request's own deadline: that a host cannot be reached, which may be the network's fault, must
/// not look like an answer that takes too long, which is the host's.
fn connect_timeout(deadline: Duration) -> Duration {
    CONNECT_TIMEOUT.min(deadline / 2)
}

fn build(reach: Reach, route: &Route, exempt: Vec<String>, connect_timeout: Duration) -> Result<Client, FetchError> {
    allow_many_connections();
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(connect_timeout)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        .pool_idle_timeout(IDLE_FOR)
        .http1_max_headers(MAX_HEADERS)
        // A malformed header of no importance should not hide the status, nor the document.
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http2_max_header_list_size(MAX_HEADER_BYTES);
    if reach == Reach::PublicOnly {
        builder = builder.dns_resolver(PublicResolver::new(exempt));
    }
    builder = match route {
        Route::Environment => builder,
        Route::Direct => builder.no_proxy(),
        Route::Proxy(address) => builder.proxy(proxy(address)?),
    };
    builder.build().map_err(|error| {
        let why = deepest(&error);
        // Without a single authority nothing could be trusted; a small container often has none.
        let now = if why.contains("No CA certificates") {
            "; install your system's ca-certificates, or let SSL_CERT_FILE name a file of them"
        } else {
            ""
        };
        FetchError::Failed(format!("TLS cannot be set up: {why}{now}"))
    })
}

fn proxy(address: &str) -> Result<Proxy, FetchError> {
    let fail = |why: &str| {
        FetchError::Failed(format!("the proxy address {} cannot be used: {why}", plain(&mask_userinfo(address))))
    };
    let scheme = Url::parse(address).map(|url| url.scheme().to_owned()).unwrap_or_default();
    if !matches!(scheme.as_str(), "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h") {
        return Err(fail("it should begin with http://, https://, socks5:// or socks5h://"));
    }
    Proxy::all(address).map_err(|error| fail(&deepest(&error)))
}

/// Hosts of the proxies on this route: connections to them are the user's wish.
fn proxy_hosts(route: &Route) -> Vec<String> {
    let addresses: Vec<String> = match route {
        Route::Direct => Vec::new(),
        Route::Proxy(address) => vec![address.clone()],
        Route::Environment => ["http_proxy", "https_proxy", "all_proxy"]
            .into_iter()
            .flat_map(|name| [name.to_owned(), name.to_uppercase()])
            .filter_map(|name| std::env::var(name).ok())
            .collect(),
    };
    let host = |address: &String| {
        let with_scheme = if address.contains("://") { address.clone() } else { format!("http://{address}") };
        Url::parse(&with_scheme).ok()?.host_str().map(str::to_owned)
    };
    addresses.iter().filter_map(host).collect()
}

/// Many systems start programs with room for 1,024 open files or fewer, but let them ask for more.
fn allow_many_connections() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(OPEN_FILES, |most| most.min(OPEN_FILES));
    if limit.current.is_some_and(|current| current < wanted) {
        // Without it a large round is merely slower and has failures to try again.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_feeds_own_proxy_goes_first() {
        let some = |text: &str| Route::Proxy(text.to_owned());
        assert_eq!(Route::choose(None, None), Route::Environment);
        assert_eq!(Route::choose(None, Some("http://p")), some("http://p"));
        assert_eq!(Route::choose(Some("none"), Some("http://p")), Route::Direct);
        assert_eq!(Route::choose(Some("socks5://q"), Some("none")), some("socks5://q"));
    }

    #[tokio::test]
    async fn a_client_is_built_once_and_a_bad_proxy_is_named_without_its_password() {
        let clients = Clients::new(&[], Duration::from_secs(20));
        clients.get(Reach::Anywhere, &Route::Direct).await.unwrap();
        clients.get(Reach::Anywhere, &Route::Direct).await.unwrap();
        assert_eq!(clients.kept.lock().unwrap().len(), 1);
        for address in ["ftp://me:secret@proxy", "me:secret@proxy:80", "http://me:secret@"] {
            let error = clients.get(Reach::Anywhere, &Route::Proxy(address.to_owned())).await.unwrap_err();
            let words = error.to_string();
            assert!(words.contains("proxy address") && !words.contains("secret"), "{words}");
        }
    }

    #[test]
    fn a_connection_has_less_time_than_the_request() {
        for (deadline_s, expected_ms) in [(600, 10_000), (30, 10_000), (20, 10_000), (10, 5_000), (1, 500)] {
            let time = connect_timeout(Duration::from_secs(deadline_s));
            assert_eq!(time, Duration::from_millis(expected_ms), "of {deadline_s} s");
        }
    }

    #[test]
    fn proxies_may_be_private() {
        assert_eq!(proxy_hosts(&Route::Proxy("socks5h://me:pw@gate.local:1080".to_owned())), ["gate.local"]);
        assert!(proxy_hosts(&Route::Direct).is_empty());
    }
}
