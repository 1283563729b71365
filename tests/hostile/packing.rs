//! Compression: bombs, lies, chains, broken streams. Holds R6 after decoding.

use crate::case::Case;
use crate::feeds::{items, rss};
use crate::run::{hold, hold_within};
use crate::support::packed::{brotli, crc32, deflate_of, gzip, gzip_of, zlib, zstd, zstd_of};
use crate::support::server::Reply;

fn packed(id: impl Into<String>, encoding: &str, body: Vec<u8>) -> Case {
    Case::new(id, Reply::ok(body).header("Content-Encoding", encoding))
}

#[tokio::test(flavor = "multi_thread")]
async fn bombs_stop_at_the_bound() {
    let (head, tail) = (
        rss("").replace("</channel></rss>", "<item><title>Tug</title><description>"),
        "</description></item></channel></rss>",
    );
    // A little more than the bound of 16 MiB each.
    let run = (17 << 20) / 258;
    let mut cases = vec![
        packed("gzip", "gzip", gzip(run)),
        packed("deflate", "deflate", zlib(run)),
        packed("brotli-two", "br", brotli(16 << 20)).at_most(0).polls(1),
        packed("zstd", "zstd", zstd(140)),
        packed("gzip-upper", "GZIP", gzip(run)),
        packed("x-gzip", "x-gzip", gzip(run)),
        packed("zstd-frames", "zstd", zstd(20).repeat(8)),
        packed("gzip-members", "gzip", gzip(run / 8).repeat(8)),
        packed("gzip-empty-members", "gzip", gzip_of(b"").repeat((17 << 20) / gzip_of(b"").len())),
        Case::new(
            "gzip-chunked",
            Reply::ok(gzip(run)).header("Content-Encoding", "gzip").chunked().drip(1 << 10, std::time::Duration::ZERO),
        ),
        packed("gzip-feed", "gzip", gzip_of(&[head.as_bytes(), &vec![b' '; 17 << 20], tail.as_bytes()].concat())),
        Case::body("plain", [head.as_bytes(), &vec![b' '; 17 << 20]].concat()),
        Case::new("announced", Reply::ok("x").claims(u64::MAX)).at_most(0),
    ];
    for case in &mut cases {
        if !matches!(case.want, crate::case::Want::Articles(_)) {
            continue;
        }
        case.want = crate::case::Want::Error("larger than 16 MiB");
        case.polls = 1;
    }
    hold_within(cases, 20).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_read_whole_or_the_fault_is_named() {
    let feed = rss(&items(3)).into_bytes();
    let whole = gzip_of(&feed);
    let changed = |at: usize, by: u8| {
        let mut bytes = whole.clone();
        let at = if at < bytes.len() { at } else { bytes.len() - 1 };
        bytes[at] ^= by;
        bytes
    };
    // Flags of RFC 1952: a name, a comment, extra fields, a checksum of the head.
    let flagged =
        |flags: u8, fields: &[u8]| [&[0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255], fields, &whole[10..]].concat();
    let mut cases = vec![
        packed("gzip", "gzip", whole.clone()).articles(3),
        packed("gzip-spaces", "  gzip ", whole.clone()).articles(3),
        packed("gzip-upper", "GZip", whole.clone()).articles(3),
        packed("x-gzip", "x-gzip", whole.clone()).articles(3),
        packed("zlib", "deflate", zlib_of(&feed)).articles(3),
        packed("deflate-raw", "deflate", deflate_of(&feed)).at_most(3),
        packed("zstd", "zstd", zstd_of(&feed)).articles(3),
        packed("identity", "identity", feed.clone()).articles(3),
        packed("none", "none", feed.clone()).at_most(3),
        packed("empty-name", "", feed.clone()).articles(3),
        packed("utf-8", "utf-8", feed.clone()).at_most(3),
        packed("unknown", "slipway", feed.clone()).at_most(3),
        packed("twice", "gzip, gzip", gzip_of(&whole)).at_most(3),
        packed("twice-once", "gzip, gzip", whole.clone()).at_most(3),
        packed("chain", "identity, gzip", whole.clone()).at_most(3),
        packed("chain-br", "br, gzip", whole.clone()).at_most(3),
        packed("many-names", &"gzip,".repeat(500), whole.clone()).at_most(3),
        Case::new(
            "two-headers",
            Reply::ok(whole.clone()).header("Content-Encoding", "gzip").header("Content-Encoding", "identity"),
        )
        .at_most(3),
        Case::new(
            "two-gzip",
            Reply::ok(whole.clone()).header("Content-Encoding", "gzip").header("Content-Encoding", "gzip"),
        )
        .at_most(3),
        Case::new("unsaid", Reply::ok(whole.clone()).header("Content-Type", "application/rss+xml")).at_most(3),
        Case::new("as-file", Reply::ok(whole.clone()).header("Content-Type", "application/gzip")).at_most(3),
        packed("lie", "gzip", feed.clone()).at_most(3),
        packed("lie-br", "br", feed.clone()).at_most(3),
        packed("lie-zstd", "zstd", feed.clone()).at_most(3),
        packed("lie-deflate", "deflate", feed.clone()).at_most(3),
        packed("wrong-name", "br", whole.clone()).at_most(3),
        packed("nothing", "gzip", Vec::new()).at_most(0),
        packed("nothing-br", "br", Vec::new()).at_most(0),
        packed("nothing-zstd", "zstd", Vec::new()).at_most(0),
        packed("nothing-deflate", "deflate", Vec::new()).at_most(0),
        packed("nothing-packed", "gzip", gzip_of(b"")).error(""),
        packed("one-byte", "gzip", vec![0x1f]).at_most(0),
        packed("only-head", "gzip", whole[..10].to_vec()).at_most(0),
        packed("two-members", "gzip", [gzip_of(&feed[..200]), gzip_of(&feed[200..])].concat()).articles(3),
        packed("many-members", "gzip", feed.chunks(3).flat_map(gzip_of).collect()).articles(3),
        packed("empty-members", "gzip", [gzip_of(b"").repeat(20_000), whole.clone()].concat()).articles(3),
        packed("junk-behind", "gzip", [&whole[..], b"<html>junk behind the end of the stream</html>"].concat())
            .articles(3),
        packed("zeros-behind", "gzip", [&whole[..], &[0; 512]].concat()).articles(3),
        packed("bad-sum", "gzip", changed(whole.len() - 8, 0xff)).at_most(3),
        packed("bad-length", "gzip", changed(whole.len() - 1, 0xff)).at_most(3),
        packed("bad-method", "gzip", changed(2, 0xff)).at_most(0),
        packed("bad-magic", "gzip", changed(0, 0xff)).at_most(0),
        packed("bad-flags", "gzip", changed(3, 0xe0)).at_most(3),
        packed("bad-block", "gzip", changed(10, 0x06)).at_most(0),
        packed("bad-stored-length", "gzip", changed(12, 0xff)).at_most(3),
        packed("name", "gzip", flagged(8, b"feed.xml\0")).articles(3),
        packed("name-escape", "gzip", flagged(8, b"\x1b]0;x\x07\0")).articles(3),
        packed("comment", "gzip", flagged(16, b"cranes\0")).articles(3),
        packed("extra", "gzip", flagged(4, &[&[0xff, 0xff][..], &[7; 65_535]].concat())).articles(3),
        packed("endless-name", "gzip", [&[0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 255][..], &vec![b'n'; 1 << 20]].concat())
            .at_most(0),
        packed("long-name", "gzip", flagged(8, &[vec![b'n'; 1 << 19], vec![0]].concat())).at_most(3),
        packed("zstd-window", "zstd", vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0x03, 0x00, 0x00]).at_most(0),
        packed(
            "zstd-announced",
            "zstd",
            [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..], &u64::MAX.to_le_bytes(), &[3, 0, 0]].concat(),
        )
        .at_most(0),
        packed("zstd-dictionary", "zstd", vec![0x28, 0xb5, 0x2f, 0xfd, 0x03, 0x38, 1, 2, 3, 4, 1, 0, 0]).at_most(0),
        packed(
            "zstd-skipped",
            "zstd",
            [&[0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0].repeat(20_000)[..], &zstd_of(&feed)].concat(),
        )
        .at_most(3),
        packed("zstd-skips-all", "zstd", [&[0x50, 0x2a, 0x4d, 0x18][..], &u32::MAX.to_le_bytes(), &feed].concat())
            .at_most(0),
        packed(
            "zstd-empty-blocks",
            "zstd",
            [&[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38][..], &[0, 0, 0].repeat(200_000)].concat(),
        )
        .at_most(0),
        packed("brotli-window", "br", vec![0x11, 0x3f, 0xff, 0xff, 0xff]).at_most(0),
        packed("brotli-empty-blocks", "br", vec![0x0c; 100_000]).at_most(0),
        packed("html-packed", "gzip", gzip_of(b"<!doctype html><html><body>Log in</body></html>")).error("web page"),
        Case::new("error-packed", Reply::status(503).header("Content-Encoding", "gzip")).error("503"),
        Case::new("no-content", Reply::status(204).header("Content-Encoding", "gzip")).at_most(0),
        Case::new(
            "length-of-plain",
            Reply::ok(whole.clone()).header("Content-Encoding", "gzip").claims(feed.len() as u64),
        )
        .at_most(3),
        Case::new(
            "length-short",
            Reply::ok(whole.clone()).header("Content-Encoding", "gzip").claims(whole.len() as u64 - 40),
        )
        .at_most(3),
        Case::new(
            "byte-by-byte",
            Reply::ok(whole.clone()).header("Content-Encoding", "gzip").chunked().drip(1, std::time::Duration::ZERO),
        )
        .articles(3),
        Case::new(
            "chunked-cut",
            Reply::ok(whole[..whole.len() / 2].to_vec()).header("Content-Encoding", "gzip").chunked_cut(),
        )
        .at_most(3),
        Case::new(
            "transfer-gzip",
            Reply::raw(
                [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n", &whole[..]].concat(),
            ),
        )
        .at_most(3),
        Case::new(
            "transfer-both",
            Reply::raw(
                [
                    format!(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n{:x}\r\n",
                        whole.len()
                    )
                    .as_bytes(),
                    &whole[..],
                    b"\r\n0\r\n\r\n",
                ]
                .concat(),
            ),
        )
        .at_most(3),
    ];
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926, "the check value of the sum");
    cases.extend((1..16).map(|n| {
        packed(format!("cut-{n}"), "gzip", whole[..whole.len() * n / 16].to_vec()).at_most(3).lacks("Lock 3 o ")
    }));
    let short = zstd_of(&feed);
    cases.extend(
        (1..6).map(|n| packed(format!("cut-zstd-{n}"), "zstd", short[..short.len() * n / 6].to_vec()).at_most(3)),
    );
    hold(cases).await;
}

/// RFC 1950 around what is only stored.
fn zlib_of(body: &[u8]) -> Vec<u8> {
    let (low, high) = body.iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    [&[0x78, 0x01][..], &deflate_of(body), &(high << 16 | low).to_be_bytes()].concat()
}
