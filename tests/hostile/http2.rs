//! HTTP/2 over TLS, frame by frame: floods, frames that are not allowed, headers without end. Holds R6 for HTTP/2 (THREATS T21).
//!
//! Each case is a server of its own; the program itself polls them, because whom it trusts is told by its environment.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::feeds::{items, rss};
use crate::secure::{Program, server_config};
use crate::support::server::{Reply, TestServer};

/// Kinds of frames (RFC 9113, 6).
const DATA: u8 = 0;
const HEADERS: u8 = 1;
const PRIORITY: u8 = 2;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH_PROMISE: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW_UPDATE: u8 = 8;
const CONTINUATION: u8 = 9;
/// Flags.
const END_STREAM: u8 = 1;
const ACK: u8 = 1;
const END_HEADERS: u8 = 4;
const PADDED: u8 = 8;
/// `:status: 200` and `:status: 500` in the static table of HPACK.
const OK: &[u8] = &[0x88];
const FAULT: &[u8] = &[0x8e];

/// What a server says once it was asked; then it waits until the other side leaves, or closes.
struct Script {
    id: String,
    bytes: Vec<u8>,
    closes: bool,
    /// True: the feed must come; false: an error in words, or no more than the feed.
    good: bool,
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// A header that is written out and remembered by nobody (RFC 7541, 6.2.2).
fn literal(name: &str, value: &str) -> Vec<u8> {
    let text = |text: &str| {
        let mut length = text.len();
        let mut out = Vec::new();
        if length < 127 {
            out.push(u8::try_from(length).unwrap());
        } else {
            out.push(127);
            length -= 127;
            while length >= 128 {
                out.push(u8::try_from(length % 128 + 128).unwrap());
                length /= 128;
            }
            out.push(u8::try_from(length).unwrap());
        }
        [out, text.as_bytes().to_vec()].concat()
    };
    [vec![0], text(name), text(value)].concat()
}

fn answer() -> Vec<u8> {
    let feed = rss(&items(2));
    [frame(HEADERS, END_HEADERS, 1, OK), frame(DATA, END_STREAM, 1, feed.as_bytes())].concat()
}

/// Headers in as many frames as they need.
fn headers(block: &[u8], end: bool) -> Vec<u8> {
    let pieces: Vec<&[u8]> = block.chunks(16_000).collect();
    let mut out = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let flags = if end && n + 1 == pieces.len() { END_HEADERS } else { 0 };
        out.extend(frame(if n == 0 { HEADERS } else { CONTINUATION }, flags, 1, piece));
    }
    out
}

fn scripts() -> Vec<Script> {
    let feed = rss(&items(2));
    let hello = frame(SETTINGS, 0, 0, &[]);
    let head = frame(HEADERS, END_HEADERS, 1, OK);
    let body = frame(DATA, END_STREAM, 1, feed.as_bytes());
    let half = frame(DATA, 0, 1, &feed.as_bytes()[..200]);
    let many = |frame: Vec<u8>, times: usize| frame.repeat(times);
    let mut all = Vec::new();
    let mut add = |id: &str, good: bool, closes: bool, parts: &[&[u8]]| {
        all.push(Script { id: id.to_owned(), bytes: parts.concat(), closes, good });
    };
    add("good", true, true, &[&hello, &answer()]);
    add("good-kept-open", true, false, &[&hello, &answer()]);
    add(
        "padded",
        true,
        true,
        &[&hello, &head, &frame(DATA, END_STREAM | PADDED, 1, &[&[200], feed.as_bytes(), &[0; 200]].concat())],
    );
    add(
        "byte-frames",
        true,
        true,
        &[
            &hello,
            &head,
            &feed.bytes().flat_map(|byte| frame(DATA, 0, 1, &[byte])).collect::<Vec<_>>(),
            &frame(DATA, END_STREAM, 1, &[]),
        ],
    );
    add("unknown-frames", true, true, &[&hello, &many(frame(0xbe, 0xff, 0, b"whatever"), 100), &answer()]);
    add("pings", true, true, &[&hello, &many(frame(PING, 0, 0, &[7; 8]), 50), &answer()]);
    add(
        "trailers",
        true,
        true,
        &[
            &hello,
            &head,
            &frame(DATA, 0, 1, feed.as_bytes()),
            &frame(HEADERS, END_HEADERS | END_STREAM, 1, &literal("x-sum", "1")),
        ],
    );
    add(
        "hints",
        true,
        true,
        &[&hello, &many(frame(HEADERS, END_HEADERS, 1, &literal(":status", "103")), 3), &answer()],
    );
    add("no-settings", false, true, &[&answer()]);
    add("nothing", false, true, &[]);
    add("silent", false, false, &[]);
    add("silent-after-settings", false, false, &[&hello]);
    add("silent-after-head", false, false, &[&hello, &head]);
    add("silent-after-half", false, false, &[&hello, &head, &half]);
    add("half-and-close", false, true, &[&hello, &head, &half]);
    add("no-end", false, true, &[&hello, &head, &frame(DATA, 0, 1, feed.as_bytes())]);
    add("http-1", false, true, &[b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"]);
    add("noise", false, true, &[&(0..=255u8).cycle().skip(3).take(5_000).collect::<Vec<_>>()]);
    let flood: Vec<u8> = (0..4_000).flat_map(|n| literal(&format!("x-{n}"), "0123456789")).collect();
    add("headers-flood", false, true, &[&hello, &headers(&[OK, &flood].concat(), true), &body]);
    add(
        "header-long",
        false,
        true,
        &[&hello, &headers(&[OK, &literal("x", &"y".repeat(200_000))].concat(), true), &body],
    );
    add("headers-endless", false, false, &[&hello, &headers(&[OK, &vec![0; 16 << 20]].concat(), false)]);
    add("headers-endless-literal", false, false, &[&hello, &headers(&[OK, &flood.repeat(60)].concat(), false)]);
    add(
        "continuations-empty",
        false,
        false,
        &[&hello, &frame(HEADERS, 0, 1, OK), &many(frame(CONTINUATION, 0, 1, &[]), 100_000)],
    );
    add("continuation-alone", false, true, &[&hello, &frame(CONTINUATION, END_HEADERS, 1, OK), &body]);
    add(
        "continuation-elsewhere",
        false,
        true,
        &[&hello, &frame(HEADERS, 0, 1, OK), &frame(CONTINUATION, END_HEADERS, 3, &[]), &body],
    );
    add("continuation-cut-by-data", false, true, &[&hello, &frame(HEADERS, 0, 1, OK), &body]);
    // One remembered header of 4,000 bytes, then a byte for each time it is meant (the HPACK bomb, CVE-2016-6581).
    let remembered = [&[0x40, 1, b'x', 127, 0xa1, 0x1e][..], &[b'y'; 4_000]].concat();
    add("remembered", false, true, &[&hello, &headers(&[OK, &remembered, &vec![0xbe; 60_000]].concat(), true), &body]);
    add(
        "table-size",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[0x3f, 0xff, 0xff, 0xff, 0xff, 0x0f, 0x88]), &body],
    );
    add("index-beyond", false, true, &[&hello, &frame(HEADERS, END_HEADERS, 1, &[0x88, 0xff, 0xff, 0x03]), &body]);
    add(
        "integer-endless",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[&[0x88, 0xff][..], &[0xff; 5_000]].concat()), &body],
    );
    add(
        "huffman-bad",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[0x88, 0x00, 0x84, 0xff, 0xff, 0xff, 0xff, 0x00]), &body],
    );
    add("no-status", false, true, &[&hello, &frame(HEADERS, END_HEADERS, 1, &literal("x", "y")), &body]);
    add(
        "status-words",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &literal(":status", "fine\u{1b}[31m")), &body],
    );
    add("status-twice", false, true, &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, OK].concat()), &body]);
    add(
        "status-late",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[&literal("x", "y")[..], OK].concat()), &body],
    );
    add(
        "request-in-answer",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[&literal(":path", "/x")[..], OK].concat()), &body],
    );
    add(
        "upper-case",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("X-Up", "y")].concat()), &body],
    );
    add(
        "controls",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("x", "a\r\nb: c\0\u{1b}]0;x\u{7}")].concat()), &body],
    );
    add(
        "connection",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("transfer-encoding", "chunked")].concat()), &body],
    );
    add(
        "length-long",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("content-length", "999999")].concat()), &body],
    );
    add(
        "length-short",
        false,
        true,
        &[&hello, &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("content-length", "5")].concat()), &body],
    );
    add(
        "length-huge",
        false,
        true,
        &[
            &hello,
            &frame(HEADERS, END_HEADERS, 1, &[OK, &literal("content-length", "18446744073709551615")].concat()),
            &body,
        ],
    );
    add("fault", false, true, &[&hello, &frame(HEADERS, END_HEADERS | END_STREAM, 1, FAULT)]);
    add("data-empty-flood", false, false, &[&hello, &head, &many(frame(DATA, 0, 1, &[]), 200_000)]);
    add("data-padding-flood", false, false, &[&hello, &head, &many(frame(DATA, PADDED, 1, &[0]), 100_000)]);
    add("data-padding-lie", false, true, &[&hello, &head, &frame(DATA, PADDED, 1, &[255, b'x'])]);
    add("data-on-none", false, true, &[&hello, &head, &frame(DATA, END_STREAM, 0, feed.as_bytes())]);
    add("data-elsewhere", false, true, &[&hello, &head, &frame(DATA, END_STREAM, 3, feed.as_bytes())]);
    add("data-before-head", false, true, &[&hello, &body]);
    add("data-after-end", true, true, &[&hello, &answer(), &many(body.clone(), 3)]);
    add("data-beyond-window", false, false, &[&hello, &head, &many(frame(DATA, 0, 1, &[b' '; 16_000]), 2_000)]);
    add("frame-too-large", false, true, &[&hello, &head, &frame(DATA, END_STREAM, 1, &vec![b' '; 1 << 20])]);
    add("frame-announced", false, false, &[&hello, &head, &[0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1]]);
    add("settings-flood", false, false, &[&hello, &many(hello.clone(), 100_000)]);
    add("settings-odd", false, true, &[&frame(SETTINGS, 0, 0, &[0; 5]), &answer()]);
    add("settings-stream", false, true, &[&hello, &frame(SETTINGS, 0, 1, &[]), &answer()]);
    add("settings-window", false, true, &[&frame(SETTINGS, 0, 0, &[0, 4, 0xff, 0xff, 0xff, 0xff]), &answer()]);
    add("settings-frame-size", false, true, &[&frame(SETTINGS, 0, 0, &[0, 5, 0, 0, 0, 1]), &answer()]);
    add("settings-no-streams", false, false, &[&frame(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 0])]);
    add("acknowledgements", false, false, &[&hello, &many(frame(SETTINGS, ACK, 0, &[]), 10_000)]);
    add("ping-flood", false, false, &[&hello, &many(frame(PING, 0, 0, &[7; 8]), 100_000)]);
    add("ping-short", false, true, &[&hello, &frame(PING, 0, 0, &[1]), &answer()]);
    add("priority-flood", false, false, &[&hello, &many(frame(PRIORITY, 0, 1, &[0, 0, 0, 3, 9]), 100_000)]);
    add(
        "priority-itself",
        false,
        true,
        &[&hello, &frame(PRIORITY, 0, 1, &[0, 0, 0, 1, 9]), &frame(RST_STREAM, 0, 1, &[0, 0, 0, 1])],
    );
    add(
        "window-overflow",
        false,
        true,
        &[
            &hello,
            &frame(WINDOW_UPDATE, 0, 0, &[0x7f, 0xff, 0xff, 0xff]),
            &frame(WINDOW_UPDATE, 0, 0, &[0x7f, 0xff, 0xff, 0xff]),
            &answer(),
        ],
    );
    add("window-nothing", false, true, &[&hello, &frame(WINDOW_UPDATE, 0, 1, &[0; 4]), &answer()]);
    add("window-flood", false, false, &[&hello, &many(frame(WINDOW_UPDATE, 0, 0, &[0, 0, 0, 1]), 100_000)]);
    for code in [0u32, 1, 2, 5, 7, 8, 11, 13, u32::MAX] {
        add(&format!("reset-{code}"), false, true, &[&hello, &frame(RST_STREAM, 0, 1, &code.to_be_bytes())]);
        add(
            &format!("reset-mid-body-{code}"),
            false,
            true,
            &[&hello, &head, &half, &frame(RST_STREAM, 0, 1, &code.to_be_bytes())],
        );
    }
    add("reset-idle", false, true, &[&hello, &frame(RST_STREAM, 0, 99, &[0; 4]), &answer()]);
    add(
        "reset-storm",
        false,
        true,
        &[&hello, &(0..50_000u32).flat_map(|n| frame(RST_STREAM, 0, n * 2 + 1, &[0; 4])).collect::<Vec<_>>()],
    );
    let goaway = |last: u32, code: u32, debug: &[u8]| {
        frame(GOAWAY, 0, 0, &[&last.to_be_bytes()[..], &code.to_be_bytes(), debug].concat())
    };
    add("goaway", false, true, &[&hello, &goaway(0, 0, b"")]);
    add("goaway-words", false, true, &[&hello, &goaway(0, 11, b"calm \x1b[31mdown\x1b]0;x\x07 \xff")]);
    add("goaway-then-answer", true, true, &[&hello, &goaway(1, 0, b""), &answer()]);
    add("goaway-mid-body", false, true, &[&hello, &head, &half, &goaway(0, 0, b"")]);
    add("goaway-mid-body-kept", false, false, &[&hello, &head, &half, &goaway(1, 2, b"")]);
    add("goaway-flood", false, true, &[&hello, &many(goaway(u32::MAX >> 1, 0, &[b'x'; 1_000]), 5_000)]);
    add(
        "push",
        false,
        true,
        &[&hello, &frame(PUSH_PROMISE, END_HEADERS, 1, &[&[0, 0, 0, 2][..], &[0x82, 0x86, 0x84]].concat()), &answer()],
    );
    add(
        "hints-flood",
        false,
        false,
        &[&hello, &many(frame(HEADERS, END_HEADERS, 1, &literal(":status", "103")), 20_000)],
    );
    add(
        "trailers-flood",
        false,
        false,
        &[&hello, &head, &frame(DATA, 0, 1, feed.as_bytes()), &headers(&flood.repeat(20), true)],
    );
    add(
        "trailers-without-end",
        false,
        true,
        &[&hello, &head, &frame(DATA, 0, 1, feed.as_bytes()), &frame(HEADERS, END_HEADERS, 1, &literal("x", "y"))],
    );
    add("heads-twice", false, true, &[&hello, &head, &head, &body]);
    add(
        "redirect-private",
        false,
        true,
        &[
            &hello,
            &frame(
                HEADERS,
                END_HEADERS | END_STREAM,
                1,
                &[&literal(":status", "302")[..], &literal("location", "https://169.254.169.254/")].concat(),
            ),
        ],
    );
    add(
        "later",
        false,
        true,
        &[
            &hello,
            &frame(
                HEADERS,
                END_HEADERS | END_STREAM,
                1,
                &[&literal(":status", "429")[..], &literal("retry-after", "99999999999999999999")].concat(),
            ),
        ],
    );
    all
}

/// A server that says `script` to each connection, once it was asked; gives where.
fn serve(config: &Arc<ServerConfig>, script: Script) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (config, script) = (Arc::clone(config), Arc::new(script));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (config, script) = (Arc::clone(&config), Arc::clone(&script));
            thread::spawn(move || say(stream, &config, &script));
        }
    });
    address
}

fn say(stream: TcpStream, config: &Arc<ServerConfig>, script: &Script) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    stream.set_write_timeout(Some(Duration::from_secs(20)))?;
    let connection = ServerConnection::new(Arc::clone(config)).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let mut preface = [0; 24];
    stream.read_exact(&mut preface)?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head)?;
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        stream.read_exact(&mut vec![0; length])?;
        if head[3] == HEADERS {
            break;
        }
    }
    stream.write_all(&script.bytes)?;
    stream.flush()?;
    if script.closes {
        stream.conn.send_close_notify();
        stream.flush()?;
        return stream.sock.shutdown(std::net::Shutdown::Write);
    }
    let mut piece = [0; 4_096];
    while stream.read(&mut piece)? > 0 {}
    Ok(())
}

#[test]
fn frames_of_every_kind_end_in_a_feed_or_in_words() {
    let config = Arc::new(server_config("good.pem", &["h2"]));
    let good = TestServer::start(|_| Reply::ok(crate::support::library::rss(1..=3)));
    let mut feeds = vec![good.url("/before")];
    let mut cases = Vec::new();
    for script in scripts() {
        let (id, must) = (script.id.clone(), script.good);
        let url = format!("https://{}/{id}", serve(&config, script));
        feeds.push(url.clone());
        cases.push((url, id, must));
    }
    feeds.push(good.url("/after"));
    let program = Program::new(&feeds, "proxy = \"none\"\ntimeout_seconds = 3\nper_host = 64");
    let polled = program.poll();
    let mut wrong = Vec::new();
    for url in [&feeds[0], &feeds[feeds.len() - 1]] {
        assert_eq!(polled.outcome(url), "new", "the good feed {url}");
    }
    for (url, id, must) in &cases {
        let outcome = polled.outcome(url).to_owned();
        println!("{id:26} {outcome}");
        if outcome == "error" {
            println!("{:26} {}", "", polled.error(url));
        }
        if *must && outcome != "new" {
            wrong.push(format!("{id}: {outcome}, {}", polled.error(url)));
        }
    }
    println!("{} cases", cases.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!polled.said.contains("panicked"), "something panicked: {}", polled.said);
}
