//! Who may be reached on the reader's own network (THREATS R9): literals are judged before each hop, names when they are
//! looked up for the connection, so that a second answer of the name server changes nothing.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::FetchError;
use super::address::{is_local_name, is_public};
use super::mask::{plain, shown};

/// Host as `url` writes it, and port if only that one is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    host: String,
    port: Option<u16>,
}

impl Place {
    /// Reads an entry of `network.allow_private`: `host`, `host:port`, `[v6]:port` or a bare IPv6 address.
    pub(super) fn parse(entry: &str) -> Option<Self> {
        let entry = entry.trim();
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (entry, None),
        };
        let bare_v6 = host.contains(':') && !host.starts_with('[');
        let address = if bare_v6 { format!("http://[{host}]/") } else { format!("http://{host}/") };
        let host = Url::parse(&address).ok()?.host_str()?.to_owned();
        Some(Self { host, port })
    }

    /// Host and port of an http(s) URL.
    pub(super) fn of(url: &Url) -> Option<Self> {
        Some(Self { host: url.host_str()?.to_owned(), port: Some(url.port_or_known_default()?) })
    }

    /// The host.
    pub(super) fn host(&self) -> &str {
        &self.host
    }

    fn covers(&self, other: &Self) -> bool {
        self.host == other.host && (self.port.is_none() || self.port == other.port)
    }
}

/// How a URL may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Reach {
    /// Wherever its name leads: the user named this very place.
    Anywhere,
    /// Only on the public Internet.
    PublicOnly,
}

/// The places that the user named.
#[derive(Debug, Clone, Default)]
pub(super) struct Trusted(Vec<Place>);

impl Trusted {
    /// What the config allows, and the subscribed place itself.
    pub(super) fn new(allow_private: &[String], subscribed: Option<&Url>) -> Self {
        let allowed = allow_private.iter().filter_map(|entry| Place::parse(entry));
        Self(allowed.chain(subscribed.and_then(Place::of)).collect())
    }

    /// How `url` may be reached.
    ///
    /// # Errors
    /// `Refused` when it spells a private address or a local name that the user did not name.
    pub(super) fn reach(&self, url: &Url) -> Result<Reach, FetchError> {
        if Place::of(url).is_some_and(|place| self.0.iter().any(|trusted| trusted.covers(&place))) {
            return Ok(Reach::Anywhere);
        }
        let public = match url.host() {
            Some(Host::Ipv4(ip)) => is_public(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => is_public(IpAddr::V6(ip)),
            Some(Host::Domain(name)) => !is_local_name(name),
            None => false,
        };
        if public { Ok(Reach::PublicOnly) } else { Err(refused(&shown(url))) }
    }
}

/// The words for a private place that was not named by the user.
pub(super) fn refused(what: &str) -> FetchError {
    FetchError::Refused(format!(
        "{what} is on a private network, where only subscribed addresses are asked; to allow it, name its host in network.allow_private"
    ))
}

/// A name that leads only to private addresses; travels inside reqwest's error.
#[derive(Debug)]
pub(super) struct PrivateName(pub(super) String);

impl fmt::Display for PrivateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} leads to a private network", plain(&self.0))
    }
}

impl std::error::Error for PrivateName {}

/// Where the addresses of a name come from.
pub(super) trait LookUp: Send + Sync + 'static {
    /// All addresses of `name`.
    fn addresses(&self, name: &str) -> impl Future<Output = std::io::Result<Vec<SocketAddr>>> + Send;
}

/// The system's name service.
#[derive(Debug, Clone)]
pub(super) struct System;

impl LookUp for System {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.collect())
    }
}

/// A resolver without its private answers. What it gives is what is connected to: nobody asks a second time.
#[derive(Debug, Clone)]
pub(super) struct PublicResolver<L = System> {
    /// Names that may be private: the proxies', because a connection to a proxy is not a connection to the target.
    exempt: Vec<String>,
    look_up: Arc<L>,
}

impl PublicResolver {
    /// Over the system's name service.
    pub(super) fn new(exempt: Vec<String>) -> Self {
        Self { exempt, look_up: Arc::new(System) }
    }
}

impl<L: LookUp> Resolve for PublicResolver<L> {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let exempt = self.exempt.iter().any(|host| host.eq_ignore_ascii_case(&name));
        let look_up = Arc::clone(&self.look_up);
        Box::pin(async move {
            let found = look_up.addresses(&name).await?;
            let any = !found.is_empty();
            let kept: Vec<SocketAddr> = found.into_iter().filter(|address| exempt || is_public(address.ip())).collect();
            if any && kept.is_empty() {
                return Err(PrivateName(name).into());
            }
            let addresses: Addrs = Box::new(kept.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(trusted: &Trusted, url: &str) -> Result<Reach, FetchError> {
        trusted.reach(&Url::parse(url).unwrap())
    }

    #[test]
    fn only_the_subscribed_host_and_port_may_be_private() {
        let trusted = Trusted::new(&[], Some(&Url::parse("http://10.0.0.5:8080/feed").unwrap()));
        assert_eq!(reach(&trusted, "http://10.0.0.5:8080/other"), Ok(Reach::Anywhere));
        assert_eq!(reach(&trusted, "http://0x0a000005:8080/other"), Ok(Reach::Anywhere));
        assert_eq!(reach(&trusted, "http://example.com/"), Ok(Reach::PublicOnly));
        for url in ["http://10.0.0.5/", "http://10.0.0.6:8080/", "http://localhost:8080/"] {
            assert!(matches!(reach(&trusted, url), Err(FetchError::Refused(_))), "{url}");
        }
    }

    #[test]
    fn private_literals_are_refused_in_every_spelling() {
        for url in [
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://１２７.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://169.254.169.254/",
            "http://localhost./",
        ] {
            assert!(matches!(reach(&Trusted::default(), url), Err(FetchError::Refused(_))), "{url}");
        }
    }

    #[test]
    fn the_config_allows_hosts_and_ports() {
        let allow = ["nas.local", "10.0.0.5:8080", "::1", "[fd00::1]:81"].map(str::to_owned);
        let trusted = Trusted::new(&allow, None);
        for url in ["http://nas.local:99/", "http://10.0.0.5:8080/", "http://[::1]:5/", "http://[fd00::1]:81/"] {
            assert_eq!(reach(&trusted, url), Ok(Reach::Anywhere), "{url}");
        }
        for url in ["http://10.0.0.5/", "http://[fd00::1]/", "http://other.local/"] {
            assert!(reach(&trusted, url).is_err(), "{url}");
        }
    }

    #[tokio::test]
    async fn the_resolver_hides_private_answers() {
        let name = || "localhost".parse::<Name>().unwrap();
        let guarded = PublicResolver::new(Vec::new()).resolve(name()).await.map(|_| ());
        assert!(guarded.unwrap_err().is::<PrivateName>(), "localhost is private");
        let exempt = PublicResolver::new(vec!["LOCALHOST".to_owned()]).resolve(name()).await;
        assert!(exempt.unwrap().next().is_some(), "a proxy's name may be private");
    }

    /// A name service that gives one answer after the other, the last one for good.
    struct Turning(std::sync::Mutex<Vec<Vec<&'static str>>>);

    impl LookUp for Turning {
        async fn addresses(&self, _: &str) -> std::io::Result<Vec<SocketAddr>> {
            let mut answers = self.0.lock().unwrap();
            let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
            Ok(answer.into_iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 0)).collect())
        }
    }

    fn turning(answers: &[&[&'static str]]) -> PublicResolver<Turning> {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        PublicResolver {
            exempt: vec!["gate.local".to_owned()],
            look_up: Arc::new(Turning(std::sync::Mutex::new(answers))),
        }
    }

    #[tokio::test]
    async fn a_name_that_turns_private_is_refused_from_then_on() {
        let resolver =
            turning(&[&["8.8.8.8"], &["127.0.0.1"], &["8.8.4.4", "10.0.0.1", "::1"], &["::ffff:169.254.169.254"], &[]]);
        let ask = async |name: &str| {
            let found = resolver.resolve(name.parse().unwrap()).await;
            found.map(|found| found.map(|address| address.ip().to_string()).collect::<Vec<_>>())
        };
        assert_eq!(ask("turns.example").await.unwrap(), ["8.8.8.8"]);
        assert!(ask("turns.example").await.unwrap_err().is::<PrivateName>());
        assert_eq!(ask("turns.example").await.unwrap(), ["8.8.4.4"], "only the public ones of several");
        assert!(ask("turns.example").await.unwrap_err().is::<PrivateName>());
        assert_eq!(ask("turns.example").await.unwrap(), Vec::<String>::new(), "no answer is no private answer");
        assert_eq!(turning(&[&["10.0.0.1"]]).resolve("GATE.local".parse().unwrap()).await.unwrap().count(), 1);
    }

    #[tokio::test]
    async fn what_the_resolver_refuses_is_never_connected_to() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = reqwest::Client::builder().no_proxy().dns_resolver(turning(&[&["127.0.0.1"]])).build().unwrap();
        let url = format!("http://turns.example:{}/", listener.local_addr().unwrap().port());
        assert!(client.get(url).send().await.is_err());
        let nobody = tokio::time::timeout(std::time::Duration::ZERO, listener.accept()).await;
        assert!(nobody.is_err(), "a connection was made");
    }
}
