//! What stands between a feed and its reader: proxies that lie, pages that name too many feeds, addresses of IPv6.
//! Holds R9 and R5.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use tidings::engine::{PollOutcome, PollRequest};
use tidings::query::Scope;

use crate::feeds::{items, rss};
use crate::support::library::Library;
use crate::support::server::{Reply, TestServer};

/// A proxy that answers everything with these bytes and closes; gives its address.
fn proxy(answer: &'static [u8], waits: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || -> std::io::Result<()> {
                let mut piece = [0; 4_096];
                let read = stream.read(&mut piece)?;
                // A password for the feed is not the proxy's to know when it only makes a tunnel.
                let head = String::from_utf8_lossy(&piece[..read]).to_ascii_lowercase();
                assert!(!head.starts_with("connect") || !head.contains("\nauthorization"), "{head}");
                stream.write_all(answer)?;
                while waits && stream.read(&mut piece)? > 0 {}
                Ok(())
            });
        }
    });
    address.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_lies_costs_the_feeds_behind_it_alone() {
    let inner = TestServer::start(|_| Reply::ok(rss(&items(1))));
    let redirect: &'static [u8] = Box::leak(
        format!("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", inner.url("/x"))
            .into_bytes()
            .into_boxed_slice(),
    );
    let answers: [(&[u8], bool); 22] = [
        (b"", false),
        (b"", true),
        (b"\x1b]0;owned\x07\xff\xfe garbage", false),
        (b"HTTP/1.1 200 OK\r\n\r\n", false),
        (b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK\r\n\r\nplain text in the tunnel", false),
        (b"HTTP/1.1 200 Connection established\r\n\r\n\x15\x03\x01\x00\x02\x02\x28", false),
        (b"HTTP/1.1 200 Connection established\r\nContent-Length: 99999\r\n\r\nx", true),
        (b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"\x1b[31m\"\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\r\n", false),
        (b"HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/portal\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", false),
        (redirect, false),
        (b"HTTP/1.1 403 Forbidden by \x9b31m\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 504 Gateway Timeout\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n", false),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 29\r\n\r\n<html><form>Log in</form></h>", false),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n", true),
        (b"HTTP/1.0 200 OK\r\n\r\n<rss", false),
        (b"SSH-2.0-OpenSSH_9.9\r\n", false),
        (b"\x05\x00", true),
        (b"\x05\xff", false),
    ];
    let good = TestServer::start(|_| Reply::ok(rss(&items(2))));
    let mut config = format!(
        "keep_days = 0\n[network]\nhost_spacing_ms = 0\ntimeout_seconds = 2\nper_host = 64\n[[feeds]]\nurl = \"{}\"\nproxy = \"none\"\n",
        good.url("/before")
    );
    for (n, (answer, waits)) in answers.into_iter().enumerate() {
        for (kind, url) in
            [("http", format!("http://feed{n}.invalid/x")), ("https", format!("https://me:pw@feed{n}.invalid/x"))]
        {
            for scheme in ["http", "socks5h"] {
                config.push_str(&format!(
                    "[[feeds]]\nurl = \"{url}?{kind}-{scheme}\"\nproxy = \"{scheme}://{}\"\n",
                    proxy(answer, waits)
                ));
            }
        }
    }
    config.push_str(&format!("[[feeds]]\nurl = \"{}\"\nproxy = \"none\"\n", good.url("/after")));
    let library = Library::with_config(&config).await;
    let (told, summary) = library.poll(PollRequest::Now).await;
    println!("{} feeds behind proxies", told.len() - 2);
    assert_eq!((told.len(), summary.failed), (90, 88));
    for polled in told.iter().filter(|polled| polled.outcome == PollOutcome::Error) {
        let words = polled.error.as_deref().unwrap_or_default();
        assert!(words.len() > 10 && !words.chars().any(char::is_control) && !words.contains("me:pw"), "{words:?}");
    }
    assert_eq!(library.all(Scope::All).await.len(), 4);
    assert_eq!(inner.seen().len(), 0, "the reader's own network was reached through a proxy");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_names_few_feeds_and_only_web_addresses() {
    let link =
        |href: &str| format!("<link rel=alternate type='application/rss+xml' title='\u{1b}[31mx' href='{href}'>");
    let pages: Vec<(&str, String)> = vec![
        ("flood", (0..20_000).map(|n| link(&format!("/{n}"))).collect()),
        ("same", link("/feed").repeat(20_000)),
        (
            "schemes",
            ["javascript:x", "file:///etc/passwd", "data:text/xml,x", "exec:x", "--help", "", "http://[", "//"]
                .map(link)
                .concat()
                + &link("/good"),
        ),
        ("base", format!("<base href='javascript:x'>{}", link("good"))),
        ("base-file", format!("<base href='file:///etc/'>{}", link("passwd"))),
        ("long", link(&"x".repeat(1 << 18)) + &link("/good")),
        ("anchors", (0..20_000).map(|n| format!("<a href=/feed{n}.xml>feed {n}</a>")).collect()),
        ("open-anchors", "<a href=/feed.xml>".repeat(20_000)),
        (
            "attributes",
            format!(
                "<link {} rel=alternate type=application/rss+xml href=/good>",
                (0..20_000).map(|n| format!("a{n}=1 ")).collect::<String>()
            ),
        ),
        ("comments", format!("<!-- {}{} -->{}", "<!--".repeat(20_000), link("/hidden"), link("/good"))),
        ("script", format!("<script>{}</script>{}", link("/hidden"), link("/good"))),
        ("deep", "<div>".repeat(20_000) + &link("/good")),
    ];
    let (routes, ids): (Vec<_>, Vec<_>) = (pages.clone(), pages.iter().map(|(id, _)| *id).collect());
    let server = TestServer::start(move |seen| match routes.iter().find(|(id, _)| seen.path() == format!("/{id}")) {
        Some((_, page)) => {
            Reply::ok(format!("<!doctype html><html><head>{page}</head></html>")).header("Content-Type", "text/html")
        }
        None => Reply::status(404),
    });
    let library = Library::new(&[]).await;
    for id in ids {
        let found = library.engine.discover(server.url(&format!("/{id}"))).await.unwrap_or_default();
        assert!(found.len() <= 50, "{id}: {} feeds", found.len());
        for (title, url) in found {
            assert!(url.starts_with("http://"), "{id}: {url}");
            assert_eq!(tidings::text::clean_line(&title), title, "{id}");
            assert!(!url.contains("hidden"), "{id}: {url}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_of_ipv6_are_subscribed_to_and_not_led_to() {
    let Ok(probe) = TcpListener::bind("[::1]:0") else {
        println!("skipped: no IPv6");
        return;
    };
    drop(probe);
    let inner = TestServer::start_on("[::1]:0", |_| Reply::ok(rss(&items(1))));
    let port = inner.address().port();
    let own = TestServer::start_on("[::1]:0", move |seen| match seen.path() {
        "/feed" => Reply::ok(rss(&items(2))),
        path => Reply::redirect(302, format!("http://{}:{port}/secret", path.trim_start_matches('/'))),
    });
    let hosts = [
        "[::1]",
        "[0::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[fe80::1]",
        "[fe80::1%25lo]",
        "[::]",
        "localhost",
        "ip6-localhost",
        "127.0.0.1",
    ];
    let mut feeds = vec![own.url("/feed")];
    feeds.extend(hosts.map(|host| own.url(&format!("/{host}"))));
    let library = Library::new(&feeds).await;
    let (told, summary) = library.poll(PollRequest::Now).await;
    assert_eq!((told.len(), summary.failed, summary.new), (11, 10, 2));
    for words in told.iter().filter_map(|polled| polled.error.as_deref()) {
        assert!(words.contains("private network") || words.contains("no address"), "{words}");
    }
    assert_eq!(inner.seen().len(), 0, "the inner server was asked");
}
