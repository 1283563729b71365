//! Proxies and TLS: tunnels to feeds over TLS, proxies that speak TLS themselves, and where a proxy's password goes.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::PoisonError;
use std::thread;

use crate::secure::{Heads, Polled, Program, tls_before, tunnel_to};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

/// What the proxy's user name and password are on the wire, and the password, which nothing may print.
const SENT: &str = "Basic Z2F0ZTpzZXNhbWU3Nw==";
const PASSWORD: &str = "sesame77";

fn poll(feed: &str, proxy: &str) -> Polled {
    let polled = Program::new(&[feed.to_owned()], &format!("proxy = \"{proxy}\"")).poll();
    assert!(!polled.said.contains(PASSWORD), "the proxy's password is told: {}", polled.said);
    assert!(!polled.said.contains(&SENT["Basic ".len()..]), "the proxy's password is told encoded");
    polled
}

fn heads(heads: &Heads) -> Vec<String> {
    heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn line(head: &str, name: &str) -> Option<String> {
    let named = |line: &&str| line.split_once(':').is_some_and(|(key, _)| key.eq_ignore_ascii_case(name));
    head.lines().find(named).and_then(|line| line.split_once(": ")).map(|(_, value)| value.to_owned())
}

#[test]
fn a_tunnel_leads_to_a_feed_over_tls_and_the_proxys_password_stays_with_the_proxy() {
    for secure in [false, true] {
        let server = TestServer::start(|seen| match seen.path() {
            "/old" => Reply::redirect(302, "/feed"),
            _ => Reply::ok(rss(0..2)),
        });
        let (tunnel, asked) = tunnel_to(tls_before(server.address(), "good.pem"));
        let (scheme, gate) = if secure { ("https", tls_before(tunnel, "good.pem")) } else { ("http", tunnel) };
        let feed = "https://me:pw@feed.invalid/old?desk=air";
        let polled = poll(feed, &format!("{scheme}://gate:{PASSWORD}@{gate}"));
        assert_eq!(polled.outcome(feed), "new", "by {scheme}: {}", polled.said);
        let asked = heads(&asked);
        assert!(asked[0].starts_with("CONNECT feed.invalid:443 HTTP/1.1\r\n"), "{asked:?}");
        for head in &asked {
            assert_eq!(line(head, "Proxy-Authorization").as_deref(), Some(SENT), "{head}");
            assert_eq!(line(head, "Authorization"), None, "the feed's own password is not the proxy's: {head}");
            assert!(!head.contains("desk=air"), "{head}");
        }
        let seen = server.seen();
        assert_eq!(seen.iter().map(|seen| seen.target.as_str()).collect::<Vec<_>>(), ["/old?desk=air", "/feed"]);
        for request in &seen {
            assert_eq!(request.header("Proxy-Authorization"), None, "by {scheme}: {request:?}");
            assert_eq!(request.text("Authorization"), "Basic bWU6cHc=", "by {scheme}");
        }
    }
}

#[test]
fn a_proxy_over_tls_is_asked_for_plain_feeds_too() {
    let proxy = TestServer::start(|_| Reply::ok(rss(0..2)));
    let gate = tls_before(proxy.address(), "good.pem");
    let feed = "http://feed.invalid/feed";
    let polled = poll(feed, &format!("https://gate:{PASSWORD}@{gate}"));
    assert_eq!(polled.outcome(feed), "new", "{}", polled.said);
    let seen = &proxy.seen()[0];
    assert_eq!((seen.target.as_str(), seen.text("Proxy-Authorization").as_str()), ("http://feed.invalid/feed", SENT));
}

#[test]
fn a_feeds_bad_certificate_is_refused_behind_a_tunnel() {
    let server = TestServer::start(|_| Reply::ok("nobody should ask"));
    let (tunnel, asked) = tunnel_to(tls_before(server.address(), "other-name.pem"));
    let feed = "https://feed.invalid/feed";
    let polled = poll(feed, &format!("http://gate:{PASSWORD}@{tunnel}"));
    let words = polled.error(feed);
    assert!(words.starts_with("the TLS certificate of feed.invalid is for another name"), "{words}");
    assert_eq!((heads(&asked).len(), server.seen().len()), (1, 0));
}

#[test]
fn a_proxy_with_a_bad_certificate_gets_neither_request_nor_password() {
    let proxy = TestServer::start(|_| Reply::ok("nobody should ask"));
    for (certificate, why) in [
        ("expired.pem", "has expired"),
        ("other-name.pem", "is for another name"),
        ("self-signed.pem", "is not trusted"),
    ] {
        let gate = tls_before(proxy.address(), certificate);
        for (feed, whose) in [
            ("http://feed.invalid/feed", format!("the TLS certificate of the proxy {gate} {why}")),
            ("https://feed.invalid/feed", format!("the TLS certificate of feed.invalid or the proxy {gate} {why}")),
        ] {
            let polled = poll(feed, &format!("https://gate:{PASSWORD}@{gate}"));
            assert!(polled.error(feed).starts_with(&whose), "{}", polled.error(feed));
        }
    }
    assert_eq!(proxy.seen().len(), 0);
}

#[test]
fn errors_name_the_proxy_and_never_its_password() {
    let unheard = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let babble = babbling();
    for feed in ["http://feed.invalid/feed", "https://feed.invalid/feed"] {
        for scheme in ["http", "https", "socks5", "socks5h"] {
            for gate in [unheard, babble] {
                let polled = poll(feed, &format!("{scheme}://gate:{PASSWORD}@{gate}"));
                let words = polled.error(feed);
                println!("{feed} by {scheme}://{gate}: {words}");
                assert!(words.contains("feed.invalid") || words.contains("proxy"), "{scheme} to {gate}: {words}");
                if gate == unheard && scheme != "socks5" {
                    assert!(words.contains(&format!("by the proxy {gate}")), "{scheme}: {words}");
                }
            }
        }
    }
}

#[test]
fn a_proxy_that_wants_other_credentials_says_so_without_them() {
    let locked = TestServer::start(|_| Reply::status(407));
    for feed in ["http://feed.invalid/feed", "https://feed.invalid/feed"] {
        let polled = poll(feed, &format!("http://gate:{PASSWORD}@{}", locked.address()));
        let words = polled.error(feed);
        assert!(words.contains("proxy") && words.contains("user name and password"), "{words}");
    }
    assert!(locked.seen().iter().all(|seen| seen.text("Proxy-Authorization") == SENT));
}

/// A server that talks before it listens, and hangs up.
fn babbling() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let _ = client.write_all(b"gate:sesame77 no proxy at all\r\n\r\n");
        }
    });
    address
}
