//! Framing: lengths that lie, chunks, trailers, interim answers, what is hardly HTTP. Holds R6 and R7 on the wire.

use std::time::Duration;

use crate::case::Case;
use crate::feeds::{items, rss};
use crate::run::{hold, hold_within};
use crate::support::server::Reply;

/// The head as it is, then a whole feed.
fn headed(id: &str, head: &str) -> Case {
    raw(id, &format!("{head}\r\n\r\n{}", rss(&items(2))))
}

/// Everything on the wire.
fn raw(id: &str, wire: &str) -> Case {
    Case::new(id, Reply::raw(wire)).articles(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn frames_that_lie_give_a_whole_feed_or_an_error() {
    let feed = rss(&items(2));
    let length = feed.len();
    let ok = "HTTP/1.1 200 OK\r\n";
    let chunked = |id: &str, body: String| raw(id, &format!("{ok}Transfer-Encoding: chunked\r\n\r\n{body}"));
    let (half, rest) = feed.split_at(length / 2);
    let mut cases = vec![
        headed("close", "HTTP/1.1 200 OK\r\nConnection: close"),
        headed("http-1.0", "HTTP/1.0 200 OK"),
        headed("no-reason", "HTTP/1.1 200\r\nConnection: close"),
        headed("no-reason-blank", "HTTP/1.1 200 \r\nConnection: close"),
        headed("long-reason", &format!("HTTP/1.1 200 {}", "OK ".repeat(10_000))).at_most(2),
        headed("http-0.9", "").at_most(2),
        headed("http-2", "HTTP/2 200").at_most(2),
        headed("http-2.0", "HTTP/2.0 200 OK").at_most(2),
        headed("http-9.9", "HTTP/9.9 200 OK").at_most(2),
        headed("http-lower", "http/1.1 200 ok").at_most(2),
        headed("icy", "ICY 200 OK").at_most(2),
        headed("rtsp", "RTSP/1.0 200 OK").at_most(2),
        headed("status-two-digits", "HTTP/1.1 20 OK").at_most(2),
        headed("status-four-digits", "HTTP/1.1 2000 OK").at_most(2),
        headed("status-negative", "HTTP/1.1 -200 OK").at_most(2),
        headed("status-words", "HTTP/1.1 OK").at_most(2),
        headed("blank-first", "\r\nHTTP/1.1 200 OK").at_most(2),
        headed("blanks-first", &format!("{}HTTP/1.1 200 OK", "\r\n".repeat(100_000))).at_most(2),
        headed("space-first", " HTTP/1.1 200 OK").at_most(2),
        raw("lines", &format!("HTTP/1.1 200 OK\nContent-Length: {length}\n\n{feed}")),
        headed("length-twice-same", &format!("{ok}Content-Length: {length}\r\nContent-Length: {length}")).at_most(2),
        headed("length-twice", &format!("{ok}Content-Length: {length}\r\nContent-Length: 5")).at_most(2),
        headed("length-list", &format!("{ok}Content-Length: {length}, {length}")).at_most(2),
        headed("length-negative", &format!("{ok}Content-Length: -1")).at_most(2),
        headed("length-plus", &format!("{ok}Content-Length: +{length}")).at_most(2),
        headed("length-hex", &format!("{ok}Content-Length: 0x{length:x}")).at_most(2),
        headed("length-words", &format!("{ok}Content-Length: all of it")).at_most(2),
        headed("length-empty", &format!("{ok}Content-Length: ")).at_most(2),
        headed("length-huge", &format!("{ok}Content-Length: 99999999999999999999999999")).at_most(2),
        headed("length-most", &format!("{ok}Content-Length: {}", u64::MAX)).at_most(2),
        headed("length-zero", &format!("{ok}Content-Length: 0")).at_most(0),
        headed("length-short", &format!("{ok}Content-Length: {}", length - 120)).at_most(2),
        headed("length-long", &format!("{ok}Content-Length: {}\r\nConnection: close", length + 1_000)).at_most(2),
        headed("length-and-chunks", &format!("{ok}Content-Length: {length}\r\nTransfer-Encoding: chunked")).at_most(2),
        raw(
            "chunks-and-length",
            &format!("{ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{feed}\r\n0\r\n\r\n"),
        )
        .at_most(2),
        headed("coding-unknown", &format!("{ok}Transfer-Encoding: cranes")).at_most(2),
        headed("coding-identity", &format!("{ok}Transfer-Encoding: identity\r\nConnection: close")).at_most(2),
        headed("coding-hidden", &format!("{ok}Transfer-Encoding : chunked\r\nConnection: close")).at_most(2),
        headed("coding-twice", &format!("{ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")).at_most(2),
        headed("coding-upper", &format!("{ok}TRANSFER-ENCODING: CHUNKED")).at_most(2),
        chunked("chunks", format!("{:x}\r\n{half}\r\n{:X}\r\n{rest}\r\n0\r\n\r\n", half.len(), rest.len())),
        chunked("chunk-zeros", format!("{length:020x}\r\n{feed}\r\n0000\r\n\r\n")).at_most(2),
        chunked("chunk-extension", format!("{length:x};name=\"v;\\\"x\"\r\n{feed}\r\n0;last\r\n\r\n")),
        chunked("chunk-extension-long", format!("{length:x};{}\r\n{feed}\r\n0\r\n\r\n", "x".repeat(1 << 20)))
            .at_most(2),
        chunked("chunk-extension-escape", format!("{length:x};\u{1b}]0;x\u{7}\r\n{feed}\r\n0\r\n\r\n")).at_most(2),
        chunked("chunk-spaces", format!("{length:x}   \r\n{feed}\r\n0\r\n\r\n")).at_most(2),
        chunked("chunk-lines", format!("{length:x}\n{feed}\n0\n\n")).at_most(2),
        chunked("chunk-prefix", format!("0x{length:x}\r\n{feed}\r\n0\r\n\r\n")).at_most(2),
        chunked("chunk-negative", format!("-{length:x}\r\n{feed}\r\n0\r\n\r\n")).at_most(0),
        chunked("chunk-words", format!("quay\r\n{feed}\r\n0\r\n\r\n")).at_most(0),
        chunked("chunk-empty", format!("\r\n{feed}\r\n0\r\n\r\n")).at_most(0),
        chunked("chunk-overflow", format!("ffffffffffffffffffff\r\n{feed}\r\n0\r\n\r\n")).at_most(2),
        chunked("chunk-most", format!("ffffffffffffffff\r\n{feed}")).at_most(2),
        chunked("chunk-long", format!("{:x}\r\n{feed}\r\n0\r\n\r\n", length + 500)).at_most(2),
        chunked("chunk-short", format!("{:x}\r\n{feed}\r\n0\r\n\r\n", length - 60)).at_most(2),
        chunked("chunk-unfinished", format!("{length:x}\r\n{feed}\r\n")).at_most(2),
        chunked("chunk-cut", format!("{length:x}\r\n{half}")).at_most(1),
        chunked("chunk-none", String::new()).at_most(0),
        chunked("chunk-last-first", format!("0\r\n\r\n{feed}")).at_most(0),
        chunked("chunk-bytes", feed.chars().map(|c| format!("1\r\n{c}\r\n")).collect::<String>() + "0\r\n\r\n"),
        chunked("trailers", format!("{length:x}\r\n{feed}\r\n0\r\nX-Sum: 1\r\nContent-Type: text/html\r\n\r\n")),
        chunked("trailers-many", format!("{length:x}\r\n{feed}\r\n0\r\n{}\r\n", "X-T: y\r\n".repeat(50_000)))
            .at_most(2),
        chunked("trailer-long", format!("{length:x}\r\n{feed}\r\n0\r\nX: {}\r\n\r\n", "y".repeat(1 << 20))).at_most(2),
        chunked("trailer-bad", format!("{length:x}\r\n{feed}\r\n0\r\n\u{1b}[31m\r\n\r\n")).at_most(2),
        raw(
            "two-answers",
            &format!("{ok}Content-Length: {length}\r\n\r\n{feed}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmore"),
        ),
        raw("ssh", "SSH-2.0-OpenSSH_9.9\r\n").error("does not answer in HTTP"),
        raw("smtp", "220 mail.slipway.example ESMTP\r\n").at_most(0),
        raw("tls-alert", "\u{15}\u{3}\u{1}\0\u{2}\u{2}(").at_most(0),
        raw("h2-settings", "\0\0\0\u{4}\0\0\0\0\0").at_most(0),
        raw("nothing", "").error("without an answer"),
        raw("one-byte", "H").at_most(0),
        raw("only-status", "HTTP/1.1 200 OK\r\n").at_most(0),
        raw("only-head", "HTTP/1.1 200 OK\r\n\r\n").error("empty"),
        raw("feed-without-head", &feed).at_most(2),
    ];
    for (id, interim) in [
        ("continue", "HTTP/1.1 100 Continue\r\n\r\n".to_owned()),
        ("processing", "HTTP/1.1 102 Processing\r\n\r\n".repeat(20)),
        ("hints", "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n".repeat(5)),
        ("interim-unknown", "HTTP/1.1 199 Soon\r\n\r\n".to_owned()),
        ("interim-length", "HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n".to_owned()),
    ] {
        cases.push(raw(id, &format!("{interim}{ok}Content-Length: {length}\r\n\r\n{feed}")).at_most(2));
    }
    cases.push(raw("hints-flood", &"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n".repeat(20_000)).at_most(0));
    cases.push(
        raw("switching", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n").at_most(0),
    );
    cases.push(
        raw("switching-feed", &format!("HTTP/1.1 101 Switching\r\nUpgrade: feed\r\nConnection: upgrade\r\n\r\n{feed}"))
            .at_most(0),
    );
    for (n, line) in [
        "No colon here",
        ": no name",
        "X Y: space in the name",
        "X-Control\u{1}: y",
        "X: \0nul",
        "X: \u{1b}[31m",
        "Größe: y",
        "X: größe",
        "X:",
        "X:\t \t y \t",
        " folded: from the first line",
        "A: b\r\n folded\r\n\tagain",
        "@#$: y",
        "X-Tab\t: y",
        "\u{7f}: y",
        "X: \rcarriage\r",
        "Content-Type",
        "Location: /other",
        "Upgrade: websocket",
        "Connection: upgrade, close, keep-alive, nothing",
        "Keep-Alive: timeout=-1, max=999999999999",
        "Content-Range: bytes 0-1/2",
        "Accept-Ranges: none",
        "Trailer: Content-Length",
        "Age: -1",
        "Content-Type: \u{ff}\u{fe}",
        "Content-Type: ;;;=;",
        "Content-Type: multipart/mixed; boundary=x",
        "Content-Location: javascript:alert(1)",
        "Content-Disposition: attachment; filename=\"../../x\"",
    ]
    .into_iter()
    .enumerate()
    {
        cases.push(headed(&format!("header-{n}"), &format!("{ok}{line}\r\nConnection: close")).at_most(2));
    }
    for (id, headers) in [
        ("headers-100", "X-N: y\r\n".repeat(100)),
        ("headers-5000", "X-N: y\r\n".repeat(5_000)),
        ("headers-names", (0..5_000).map(|n| format!("X-{n}: y\r\n")).collect()),
        ("header-long", format!("X: {}\r\n", "y".repeat(1 << 20))),
        ("header-name-long", format!("{}: y\r\n", "x".repeat(1 << 20))),
        ("cookies", format!("Set-Cookie: a={}\r\n", "b".repeat(4_000)).repeat(50)),
    ] {
        let case = headed(id, &format!("{ok}{headers}Connection: close"));
        cases.push(if id == "headers-100" { case } else { case.at_most(2) });
    }
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_of_being_slow_ends_at_the_deadline() {
    let (feed, tick) = (rss(&items(2)), Duration::from_millis(40));
    let slow = |id: &str, wire: String, piece: usize| Case::new(id, Reply::raw(wire).drip(piece, tick));
    let silent = |id: &str, wire: String| Case::new(id, Reply::raw(wire).then_hang());
    let ok = "HTTP/1.1 200 OK\r\n";
    let mut cases = vec![
        Case::new("silent", Reply::hang()),
        silent("after-status", ok.to_owned()),
        silent("after-half-status", "HTT".to_owned()),
        silent("after-head", format!("{ok}\r\n")),
        silent("after-head-length", format!("{ok}Content-Length: 99\r\n\r\n")),
        silent("half-body", format!("{ok}Content-Length: {}\r\n\r\n{}", feed.len(), &feed[..200])),
        silent("whole-body-no-end", format!("{ok}\r\n{feed}")),
        silent("chunk-size", format!("{ok}Transfer-Encoding: chunked\r\n\r\n5")),
        silent("no-last-chunk", format!("{ok}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{feed}\r\n", feed.len())),
        silent(
            "no-trailer-end",
            format!("{ok}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{feed}\r\n0\r\nX: y\r\n", feed.len()),
        ),
        silent("after-continue", "HTTP/1.1 100 Continue\r\n\r\n".to_owned()),
        silent("after-hints", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3)),
        slow("slow-status", ok.repeat(100), 1),
        slow("slow-headers", format!("{ok}{}", "X: y\r\n".repeat(100)), 3),
        slow("slow-body", format!("{ok}\r\n{feed}"), 1),
        slow("slow-length", format!("{ok}Content-Length: {}\r\n\r\n{feed}", feed.len()), 3),
        slow("slow-chunk-sizes", format!("{ok}Transfer-Encoding: chunked\r\n\r\n{}", "0".repeat(500)), 1),
        slow("slow-extension", format!("{ok}Transfer-Encoding: chunked\r\n\r\n5;{}", "x".repeat(500)), 1),
        slow(
            "slow-trailers",
            format!(
                "{ok}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{feed}\r\n0\r\n{}",
                feed.len(),
                "X: y\r\n".repeat(100)
            ),
            30,
        ),
        slow("slow-hints", "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100), 20),
        slow("slow-blanks", format!("{ok}\r\n{}{feed}", " ".repeat(1_000)), 2),
        Case::answers("slow-hops", move |_, rest, _| {
            Reply::redirect(302, format!("/slow-hops/x{rest}")).after(tick * 6)
        }),
        Case::answers("slow-error", move |_, _, _| {
            Reply::raw("HTTP/1.1 500 No\r\n".to_owned() + &"X: y\r\n".repeat(100)).drip(2, tick)
        }),
    ];
    for case in &mut cases {
        // Where the whole document has come and only the end is missing, keeping it is as right.
        case.want = crate::case::Want::AtMost(
            if case.id.contains("whole") || case.id.contains("no-") || case.id == "slow-trailers" { 2 } else { 0 },
        );
        case.polls = 1;
    }
    hold_within(cases, 1).await;
}
