//! Pictures: bombs, lies and broken files, as the engine fetches them when one is asked for. Holds R13.

use crate::support::library::{Library, config_for};
use crate::support::packed::{crc32, deflate_of, gzip_of, zlib};
use crate::support::server::{Reply, TestServer};

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&kind[..], data].concat();
    [&u32::try_from(data.len()).unwrap().to_be_bytes()[..], &named, &crc32(&named).to_be_bytes()].concat()
}

const SIGN: &[u8] = b"\x89PNG\r\n\x1a\n";

fn header(width: u32, height: u32, depth: u8, colour: u8) -> Vec<u8> {
    chunk(b"IHDR", &[&width.to_be_bytes()[..], &height.to_be_bytes(), &[depth, colour, 0, 0, 0]].concat())
}

/// A PNG with these chunks between its header and its end.
fn png(width: u32, height: u32, chunks: &[Vec<u8>]) -> Vec<u8> {
    [SIGN, &header(width, height, 8, 0), &chunks.concat(), &chunk(b"IEND", b"")].concat()
}

/// RFC 1950 around what is only stored.
fn stored(body: &[u8]) -> Vec<u8> {
    let (low, high) = body.iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    [&[0x78, 1][..], &deflate_of(body), &(high << 16 | low).to_be_bytes()].concat()
}

/// Eight grey pixels in a row, eight rows.
fn pixels() -> Vec<u8> {
    chunk(b"IDAT", &stored(&[0, 9, 9, 9, 9, 9, 9, 9, 9].repeat(8)))
}

fn gif(width: u16, height: u16, rest: &[u8]) -> Vec<u8> {
    [b"GIF89a", &width.to_le_bytes()[..], &height.to_le_bytes(), &[0x80, 0, 0, 0, 0, 0, 255, 255, 255], rest].concat()
}

/// A frame of a GIF with one pixel of data, wherever and however large it says it is.
fn gif_frame(x: u16, y: u16, width: u16, height: u16) -> Vec<u8> {
    [
        &[0x2c][..],
        &x.to_le_bytes(),
        &y.to_le_bytes(),
        &width.to_le_bytes(),
        &height.to_le_bytes(),
        &[0, 2, 2, 0x44, 1, 0],
    ]
    .concat()
}

fn jpeg(width: u16, height: u16) -> Vec<u8> {
    [&[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8][..], &height.to_be_bytes(), &width.to_be_bytes(), &[1, 1, 0x11, 0, 0xff, 0xd9]]
        .concat()
}

fn webp(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [b"WEBP", &kind[..], &u32::try_from(data.len()).unwrap().to_le_bytes(), data].concat();
    [b"RIFF", &u32::try_from(body.len()).unwrap().to_le_bytes()[..], &body].concat()
}

fn files() -> Vec<(String, Vec<u8>)> {
    let text = |kind: &[u8; 4], packed: Vec<u8>| chunk(kind, &[b"Comment\0\0", &packed[..]].concat());
    let whole = png(8, 8, &[pixels()]);
    let mut files: Vec<(String, Vec<u8>)> = [
        ("large", png(65_535, 65_535, &[pixels()])),
        ("larger", png(u32::MAX >> 1, u32::MAX >> 1, &[pixels()])),
        ("over", png(u32::MAX, u32::MAX, &[pixels()])),
        ("wide", png(1 << 30, 1, &[pixels()])),
        ("tall", png(1, 1 << 30, &[pixels()])),
        ("none", png(0, 0, &[pixels()])),
        ("no-width", png(0, 8, &[pixels()])),
        ("promises", png(4_096, 4_096, &[pixels()])),
        ("bomb", png(8, 8, &[chunk(b"IDAT", &zlib(100_000))])),
        ("deep", [SIGN, &header(4_096, 4_096, 16, 6), &pixels(), &chunk(b"IEND", b"")].concat()),
        ("odd-depth", [SIGN, &header(8, 8, 3, 9), &pixels()].concat()),
        ("no-data", png(8, 8, &[])),
        ("empty-data", png(8, 8, &vec![chunk(b"IDAT", b""); 10_000])),
        ("no-end", [SIGN, &header(8, 8, 8, 0), &pixels()].concat()),
        ("no-header", [SIGN, &pixels(), &chunk(b"IEND", b"")].concat()),
        ("header-twice", png(8, 8, &[header(60_000, 60_000, 8, 6), pixels()])),
        ("bad-sum", { let mut bad = whole.clone(); bad[20] ^= 1; bad }),
        ("long-chunk", [SIGN, &[0xff, 0xff, 0xff, 0xff], b"IDAT"].concat()),
        ("text-bomb", png(8, 8, &[text(b"zTXt", zlib(60_000)), pixels()])),
        ("profile-bomb", png(8, 8, &[text(b"iCCP", zlib(60_000)), pixels()])),
        ("text-flood", png(8, 8, &[chunk(b"tEXt", b"a\0b").repeat(20_000), pixels()])),
        ("frames", png(8, 8, &[chunk(b"acTL", &[0xff; 8]), chunk(b"fcTL", &[0xff; 26]), pixels()])),
        ("palette", png(8, 8, &[chunk(b"PLTE", &[1; 7]), pixels()])),
        ("gif-screen", gif(65_535, 65_535, &[gif_frame(0, 0, 1, 1), vec![0x3b]].concat())),
        ("gif-frame", gif(1, 1, &[gif_frame(0, 0, 65_535, 65_535), vec![0x3b]].concat())),
        ("gif-outside", gif(8, 8, &[gif_frame(60_000, 60_000, 8, 8), vec![0x3b]].concat())),
        ("gif-frames", gif(8, 8, &gif_frame(0, 0, 8, 8).repeat(20_000))),
        ("gif-none", gif(0, 0, &[0x3b])),
        ("gif-comments", gif(8, 8, &[0x21, 0xfe, 1, b'x', 0].repeat(50_000))),
        ("gif-code", gif(8, 8, &[0x2c, 0, 0, 0, 0, 8, 0, 8, 0, 0, 99, 2, 1, 2, 0])),
        ("gif-cut", gif(8, 8, &[0x2c, 0, 0])),
        ("jpeg-large", jpeg(65_535, 65_535)),
        ("jpeg-none", jpeg(0, 0)),
        ("jpeg-cut", jpeg(8, 8)[..9].to_vec()),
        ("jpeg-markers", [&[0xff, 0xd8][..], &[0xff, 0xe0, 0, 2].repeat(50_000)].concat()),
        ("jpeg-fill", [&[0xff, 0xd8][..], &[0xff; 200_000]].concat()),
        ("webp-large", webp(b"VP8X", &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
        ("webp-lossless", webp(b"VP8L", &[0x2f, 0xff, 0xff, 0xff, 0xff, 0xff])),
        ("webp-lossy", webp(b"VP8 ", &[0x10, 0, 0, 0x9d, 1, 0x2a, 0xff, 0x3f, 0xff, 0x3f])),
        ("webp-cut", b"RIFF\xff\xff\xff\xffWEBP".to_vec()),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'><script>x</script><image href='file:///etc/passwd'/></svg>".to_vec()),
        ("svg-declared", b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>".to_vec()),
        ("html", b"<!doctype html><html><body>no picture</body></html>".to_vec()),
        ("bmp", [b"BM".to_vec(), vec![0xff; 60]].concat()),
        ("tiff", b"II*\0\xff\xff\xff\xff".to_vec()),
        ("ico", b"\0\0\x01\0\xff\xff".to_vec()),
        ("avif", b"\0\0\0\x1cftypavif".to_vec()),
        ("heic", b"\0\0\0\x18ftypheic".to_vec()),
        ("pdf", b"%PDF-1.7".to_vec()),
        ("exr", b"v/1\x01".to_vec()),
        ("psd", b"8BPS\0\x01".to_vec()),
        ("qoi", b"qoif\xff\xff\xff\xff".to_vec()),
        ("farbfeld", b"farbfeld\xff\xff\xff\xff\xff\xff\xff\xff".to_vec()),
        ("pnm", b"P6 999999 999999 255\n".to_vec()),
        ("zip", b"PK\x03\x04".to_vec()),
        ("empty", Vec::new()),
        ("one-byte", vec![0x89]),
        ("sign-only", SIGN.to_vec()),
        ("packed-twice", gzip_of(&whole)),
        ("long", [png(8, 8, &[pixels()]), vec![0; 11 << 20]].concat()),
        ("escape", b"\x1b_Gf=24;AAAA\x1b\\\x1bPq#0\x1b\\".to_vec()),
    ]
    .map(|(id, bytes)| (id.to_owned(), bytes))
    .into();
    files.extend((1..20).map(|n| (format!("cut-{n}"), whole[..whole.len() * n / 20].to_vec())));
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_no_picture_is_refused_in_words() {
    let files = files();
    println!("{} files", files.len());
    let (served, ids) = (files.clone(), files.into_iter().map(|(id, _)| id));
    let whole = png(8, 8, &[pixels()]);
    let server = TestServer::start(move |seen| {
        let id = seen.path().trim_start_matches('/');
        match served.iter().find(|(name, _)| name == id) {
            Some((_, bytes)) => Reply::ok(bytes.clone()).header("Content-Type", "image/png"),
            None => Reply::ok(whole.clone()).header("Content-Type", "text/html"),
        }
    });
    let library = Library::with_config(&config_for(&[], "allow_private = [\"127.0.0.1\"]\ntimeout_seconds = 5")).await;
    library.engine.picture(&server.url("/good-before")).await.unwrap();
    for id in ids {
        match library.engine.picture(&server.url(&format!("/{id}"))).await {
            Err(error) => {
                let words = error.to_string();
                println!("{id:16} {words}");
                assert!(!words.chars().any(char::is_control) && words.len() > 10, "{id}: {words:?}");
            }
            // Some are pictures all the same, of a size that is shown.
            Ok(picture) => {
                assert!(
                    picture.width <= 4_096 && picture.height <= 4_096,
                    "{id}: {}x{}",
                    picture.width,
                    picture.height
                );
                println!("{id:16} {}x{}", picture.width, picture.height);
            }
        }
    }
    library.engine.picture(&server.url("/good-after")).await.unwrap();
    // Never asked for: other schemes, and the reader's own network.
    let closed = Library::with_config(&config_for(&[], "")).await;
    for url in [
        server.url("/x"),
        "file:///etc/passwd".to_owned(),
        "data:image/png;base64,AAAA".to_owned(),
        "http://169.254.169.254/x.png".to_owned(),
        "https://localhost/x.png".to_owned(),
    ] {
        assert!(closed.engine.picture(&url).await.is_err(), "{url}");
    }
}
