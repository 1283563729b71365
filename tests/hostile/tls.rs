//! TLS: what answers on a port that should speak it, versions that nobody should speak any more, certificates that change.
//! Holds R10: whatever goes wrong, nothing falls back to plain HTTP.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use crate::feeds::{items, rss};
use crate::secure::{Program, server_config, tls_before};
use crate::support::server::{Reply, TestServer};

/// A record of TLS: its kind, the version it says, what is in it.
fn record(kind: u8, version: [u8; 2], payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[kind][..], &version, &length, payload].concat()
}

/// A ServerHello of this version with this cipher suite (RFC 5246, 7.4.1.3).
fn hello(version: [u8; 2], suite: [u8; 2]) -> Vec<u8> {
    let body = [&version[..], &[7; 32], &[0], &suite, &[0]].concat();
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    record(22, version, &[&[2][..], &length[1..], &body].concat())
}

/// Says `bytes` to whoever comes, after the first bytes came; then closes, or waits.
fn raw(bytes: Vec<u8>, closes: bool) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let bytes = bytes.clone();
            thread::spawn(move || -> std::io::Result<()> {
                stream.set_read_timeout(Some(Duration::from_secs(20)))?;
                let mut piece = [0; 4_096];
                let read = stream.read(&mut piece)?;
                // A request in plain text would be a fall-back.
                assert_ne!(piece.get(..read.min(3)), Some(&b"GET"[..]), "asked without TLS");
                stream.write_all(&bytes)?;
                if closes {
                    return stream.shutdown(std::net::Shutdown::Write);
                }
                while stream.read(&mut piece)? > 0 {}
                Ok(())
            });
        }
    });
    address
}

#[test]
fn what_does_not_speak_tls_is_refused_in_words_and_never_asked_in_plain_text() {
    let (v10, v11, v12, v13, ssl3) = ([3, 1], [3, 2], [3, 3], [3, 4], [3, 0]);
    let alert = |level: u8, what: u8| record(21, v12, &[level, what]);
    let good = TestServer::start(|_| Reply::ok(rss(&items(2))));
    let mut cases: Vec<(String, Vec<u8>, bool)> = vec![
        ("plain".into(), format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", rss(&items(2))).into(), true),
        (
            "plain-bad-request".into(),
            b"HTTP/1.1 400 The plain HTTP request was sent to HTTPS port\r\n\r\n".to_vec(),
            true,
        ),
        ("plain-redirect".into(), b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\n".to_vec(), true),
        ("nothing".into(), Vec::new(), true),
        ("silent".into(), Vec::new(), false),
        ("one-byte".into(), vec![22], false),
        ("noise".into(), (0..=255u8).cycle().take(3_000).collect(), true),
        ("escapes".into(), b"\x1b]0;owned\x07\x1b[31m".to_vec(), true),
        ("ssh".into(), b"SSH-2.0-OpenSSH_9.9\r\n".to_vec(), true),
        ("ssl-3".into(), hello(ssl3, [0, 5]), true),
        ("tls-1.0".into(), hello(v10, [0, 0x2f]), true),
        ("tls-1.1".into(), hello(v11, [0, 0x2f]), true),
        ("tls-1.2-weak".into(), hello(v12, [0, 5]), true),
        ("tls-1.2-none".into(), hello(v12, [0, 0]), true),
        ("tls-1.2-unasked".into(), hello(v12, [0xff, 0xff]), true),
        ("tls-1.3-plain".into(), hello(v13, [0x13, 1]), true),
        ("tls-9".into(), hello([9, 9], [0x13, 1]), true),
        ("hello-cut".into(), hello(v12, [0xc0, 0x2f])[..20].to_vec(), true),
        ("hello-twice".into(), hello(v12, [0xc0, 0x2f]).repeat(2), true),
        ("record-empty".into(), record(22, v12, &[]).repeat(1_000), true),
        ("record-kind".into(), record(99, v12, &[1; 50]), true),
        ("record-data".into(), record(23, v12, &[1; 50]), true),
        ("record-long".into(), [&[22, 3, 3, 0xff, 0xff][..], &vec![0; 65_535]].concat(), true),
        ("record-announced".into(), vec![22, 3, 3, 0x40, 0], false),
        ("handshake-long".into(), record(22, v12, &[2, 0xff, 0xff, 0xff]), false),
        ("change-cipher".into(), record(20, v12, &[1]).repeat(1_000), true),
        ("alerts".into(), alert(1, 112).repeat(1_000), true),
        ("closed".into(), alert(1, 0), true),
        ("heartbeat".into(), record(24, v12, &[1, 0xff, 0xff]), true),
    ];
    for what in [10, 40, 42, 48, 70, 71, 80, 86, 112, 120, 255] {
        cases.push((format!("alert-{what}"), alert(2, what), true));
    }
    let addresses: Vec<(String, String)> =
        cases.into_iter().map(|(id, bytes, closes)| (format!("https://{}/{id}", raw(bytes, closes)), id)).collect();
    let mut feeds = vec![good.url("/before")];
    feeds.extend(addresses.iter().map(|(url, _)| url.clone()));
    feeds.push(good.url("/after"));
    let program = Program::new(&feeds, "proxy = \"none\"\ntimeout_seconds = 3\nper_host = 64");
    let polled = program.poll();
    for (url, id) in &addresses {
        assert_eq!(polled.outcome(url), "error", "{id}");
        println!("{id:20} {}", polled.error(url));
    }
    assert_eq!(program.articles(), 4, "two good feeds with two articles each");
    assert!(!polled.said.contains("panicked"), "{}", polled.said);
}

/// TLS that shows these certificates one after the other, each to one connection, and a feed behind them.
fn changing(certificates: &[&str]) -> SocketAddr {
    let configs: Vec<_> = certificates.iter().map(|name| Arc::new(server_config(name, &[]))).collect();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let asked = AtomicUsize::new(0);
        for stream in listener.incoming().flatten() {
            let at = asked.fetch_add(1, Ordering::SeqCst).min(configs.len() - 1);
            feed_over(stream, &configs[at]).ok();
        }
    });
    address
}

fn feed_over(stream: TcpStream, config: &Arc<tokio_rustls::rustls::ServerConfig>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut piece = [0; 4_096];
    if stream.read(&mut piece)? == 0 {
        return Ok(());
    }
    let feed = rss(&items(2));
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{feed}", feed.len())?;
    stream.conn.send_close_notify();
    stream.flush()
}

#[test]
fn a_certificate_that_turns_bad_costs_the_feed_its_poll_and_none_of_its_articles() {
    for bad in ["self-signed.pem", "expired.pem", "other-name.pem"] {
        let url = format!("https://{}/feed", changing(&["good.pem", bad, "good.pem"]));
        let program = Program::new(std::slice::from_ref(&url), "proxy = \"none\"");
        assert_eq!(program.poll().outcome(&url), "new");
        let second = program.poll();
        assert_eq!(second.outcome(&url), "error", "{bad}");
        assert!(second.error(&url).contains("certificate"), "{bad}: {}", second.error(&url));
        assert_eq!(program.articles(), 2, "{bad}: the articles stay");
        assert_eq!(program.poll().outcome(&url), "unchanged", "it is right again");
    }
}

#[test]
fn a_body_over_tls_that_breaks_off_gives_what_is_whole() {
    // Closed without a word of farewell: somebody may have cut it.
    let cut = TestServer::start(|_| Reply::ok(rss(&items(2))[..300].to_owned()).claims(5_000));
    let url = format!("https://{}/feed", tls_before(cut.address(), "good.pem"));
    let program = Program::new(std::slice::from_ref(&url), "proxy = \"none\"");
    let polled = program.poll();
    assert!(["error", "new"].contains(&polled.outcome(&url)), "{}", polled.said);
    assert!(program.articles() <= 1, "half an article was stored");
}
