//! HTTP and SOCKS proxies.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use tidings::fetch::{FetchError, Policy, Request};

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, policy, refusal, subscribed};

fn through(proxy: String) -> Policy {
    Policy { proxy: Some(proxy), ..policy() }
}

#[tokio::test]
async fn an_http_proxy_is_asked_for_the_whole_address() {
    let proxy = TestServer::start(|_| Reply::ok("by proxy"));
    let address = proxy.url("").replace("://", "://gate:key@");
    let answer = fetcher(through(address)).get(subscribed("http://feed.invalid/a?b")).await.unwrap();
    assert_eq!(answer.body, "by proxy");
    let seen = &proxy.seen()[0];
    assert_eq!((seen.target.as_str(), seen.text("Host")), ("http://feed.invalid/a?b", "feed.invalid".to_owned()));
    assert_eq!(seen.text("Proxy-Authorization"), "Basic Z2F0ZTprZXk=");
    assert_eq!(seen.header("Authorization"), None);
}

#[tokio::test]
async fn https_goes_through_a_tunnel_with_no_secret_in_its_request() {
    let proxy = TestServer::start(|_| Reply::status(403));
    let request = Request {
        headers: vec![("X-Key".to_owned(), "secret".to_owned())],
        ..subscribed("https://me:pw@feed.invalid/private?key=1")
    };
    let error = fetcher(through(proxy.url(""))).get(request).await.unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }), "{error:?}");
    let seen = &proxy.seen()[0];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("CONNECT", "feed.invalid:443"));
    assert_eq!((seen.header("Authorization"), seen.header("X-Key")), (None, None));
}

#[tokio::test]
async fn a_feeds_own_proxy_goes_before_the_policys() {
    let (general, own) = (TestServer::start(|_| Reply::ok("general")), TestServer::start(|_| Reply::ok("own")));
    let direct = TestServer::start(|_| Reply::ok("direct"));
    let fetcher = fetcher(through(general.url("")));
    for (proxy, url, expected) in [
        (None, "http://feed.invalid/".to_owned(), "general"),
        (Some(own.url("")), "http://feed.invalid/".to_owned(), "own"),
        (Some("none".to_owned()), direct.url("/"), "direct"),
    ] {
        let answer = fetcher.get(Request { proxy, ..subscribed(url) }).await.unwrap();
        assert_eq!(answer.body, expected);
    }
}

#[tokio::test]
async fn private_literals_are_refused_on_the_way_through_a_proxy_too() {
    let proxy = TestServer::start(|_| Reply::redirect(302, "http://10.0.0.1/"));
    let fetcher = fetcher(through(proxy.url("")));
    refusal(fetcher.get(subscribed("http://feed.invalid/")).await);
    for url in ["http://192.168.0.1/", "http://printer.local/", "http://localhost/"] {
        refusal(fetcher.get(Request { url: url.to_owned(), ..Request::default() }).await);
    }
    assert_eq!(proxy.seen().len(), 1);
}

#[tokio::test]
async fn a_page_is_fetched_through_a_proxy_with_a_private_name() {
    let proxy = TestServer::start(|_| Reply::ok("page"));
    let address = format!("http://localhost:{}", proxy.address().port());
    let page = Request { url: "http://page.invalid/".to_owned(), ..Request::default() };
    assert_eq!(fetcher(through(address)).get(page).await.unwrap().body, "page");
}

#[tokio::test]
async fn a_socks_proxy_looks_names_up_itself() {
    let server = TestServer::start(|_| Reply::ok("by socks"));
    let asked = Arc::new(Mutex::new(Vec::new()));
    let socks = socks5(server.address(), Arc::clone(&asked));
    let policy = through(format!("socks5h://{socks}"));
    let answer = fetcher(policy).get(subscribed("http://feed.invalid:8080/a")).await.unwrap();
    assert_eq!(answer.body, "by socks");
    assert_eq!(server.seen()[0].target, "/a");
    assert_eq!(*asked.lock().unwrap(), ["feed.invalid:8080"]);
}

/// A SOCKS5 proxy (RFC 1928) that leads every connection to `target` and notes what was asked for.
fn socks5(target: SocketAddr, asked: Arc<Mutex<Vec<String>>>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut client, _) = listener.accept()?;
        let mut greeting = [0; 2];
        client.read_exact(&mut greeting)?;
        client.read_exact(&mut vec![0; usize::from(greeting[1])])?;
        client.write_all(&[5, 0])?;
        let mut head = [0; 5];
        client.read_exact(&mut head)?;
        assert_eq!(head[..4], [5, 1, 0, 3], "a connection to a name");
        let mut rest = vec![0; usize::from(head[4]) + 2];
        client.read_exact(&mut rest)?;
        let (name, port) = rest.split_at(usize::from(head[4]));
        let port = u16::from_be_bytes([port[0], port[1]]);
        asked.lock().unwrap().push(format!("{}:{port}", String::from_utf8_lossy(name)));
        client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
        let mut server = TcpStream::connect(target)?;
        let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
        thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
        std::io::copy(&mut server, &mut client)
    });
    address
}
