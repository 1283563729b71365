//! Pictures over the wire: bounded, decoded, kept, and refused in words (THREATS R13, R9).
//!
//! Holds R13 and R9.

use std::io::Cursor;
use std::time::Duration;

use image::codecs::gif::GifEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, Rgba, RgbaImage};

use crate::support::library::{Library, config_for};
use crate::support::server::{Reply, TestServer};

async fn library() -> Library {
    Library::with_config(&config_for(&[], "allow_private = [\"127.0.0.1\"]")).await
}

fn stripes(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(
        width,
        height,
        |x, _| if x % 8 < 4 { Rgba([200, 30, 30, 255]) } else { Rgba([30, 30, 200, 255]) },
    )
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = DynamicImage::ImageRgba8(stripes(width, height));
    if format == ImageFormat::Jpeg {
        pixels.into_rgb8().write_to(&mut bytes, format).unwrap();
    } else {
        pixels.write_to(&mut bytes, format).unwrap();
    }
    bytes.into_inner()
}

/// Why there is no picture at an address.
async fn refused(library: &Library, url: &str) -> String {
    match library.engine.picture(url).await {
        Ok(picture) => panic!("{url} was shown: {}x{}", picture.width, picture.height),
        Err(error) => error.to_string(),
    }
}

fn kept(library: &Library) -> usize {
    std::fs::read_dir(library.dir.path().join("cache/pictures")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn the_four_kinds_come_whatever_the_server_calls_them() {
    let server = TestServer::start(|seen| {
        let (format, name) = match seen.path() {
            "/a" => (ImageFormat::Png, "image/png"),
            "/b" => (ImageFormat::Jpeg, "text/html"),
            "/c.svg" => (ImageFormat::Gif, "image/svg+xml"),
            _ => (ImageFormat::WebP, "application/octet-stream"),
        };
        Reply::ok(picture(60, 40, format)).header("Content-Type", name)
    });
    let library = library().await;
    for path in ["/a", "/b", "/c.svg", "/d"] {
        let picture = library.engine.picture(&server.url(path)).await.unwrap();
        assert_eq!((picture.width, picture.height), (60, 40), "{path}");
    }
    for seen in server.seen() {
        assert!(seen.text("Accept").starts_with("image/png"), "{}", seen.text("Accept"));
        for secret in ["Cookie", "Referer", "Authorization"] {
            assert_eq!(seen.header(secret), None, "nobody is told where it is read: {secret}");
        }
    }
}

#[tokio::test]
async fn it_is_fetched_once_and_kept_for_the_next_time() {
    let server = TestServer::start(|_| Reply::ok(picture(60, 40, ImageFormat::Png)));
    let mut library = library().await;
    let url = server.url("/1.png");
    for _ in 0..2 {
        library.engine.picture(&url).await.unwrap();
    }
    library.restart().await;
    library.engine.picture(&url).await.unwrap();
    assert_eq!(server.count("/1.png"), 1, "from memory, and after a restart from disk");
    let folder = library.dir.path().join("cache/pictures");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    std::fs::write(&file, "scrambled").unwrap();
    library.restart().await;
    library.engine.picture(&url).await.unwrap();
    assert_eq!(server.count("/1.png"), 2, "what cannot be read any more is fetched anew");
    std::fs::remove_dir_all(library.dir.path().join("cache")).unwrap();
    library.restart().await;
    library.engine.picture(&url).await.unwrap();
    assert_eq!((server.count("/1.png"), kept(&library)), (3, 1), "the folder may be deleted");
}

#[tokio::test]
async fn bombs_and_lies_are_refused_in_words_and_not_kept() {
    let server = TestServer::start(|seen| match seen.path() {
        "/wide.png" => {
            // A header with a right check sum, and no pixels at all.
            let mut bytes = vec![0x89];
            bytes.extend(
                b"PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff\x08\x06\0\0\0\xb6\x05\xd9\x50\0\0\0\0IDAT",
            );
            Reply::ok(bytes).header("Content-Type", "image/png")
        }
        "/heavy.png" => Reply::ok([picture(10, 10, ImageFormat::Png), vec![0; 11 << 20]].concat()).chunked(),
        "/announced.png" => Reply::ok(picture(10, 10, ImageFormat::Png)).claims(100 << 20),
        "/bomb.gif" => {
            let mut bytes = picture(2, 2, ImageFormat::Gif);
            bytes[6..10].copy_from_slice(&[0xff; 4]);
            Reply::ok(bytes)
        }
        "/vector.png" => {
            let vector =
                "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg width=\"9\"><text>&a;</text></svg>";
            Reply::ok(vector).header("Content-Type", "image/png")
        }
        "/endless.png" => Reply::ok([b"<html>".to_vec(), b"<p>x</p>".repeat(2 << 20)].concat())
            .header("Content-Type", "image/png")
            .chunked(),
        "/page.png" => Reply::ok("<!doctype html><title>Consent</title>").header("Content-Type", "image/png"),
        "/cut.png" => {
            let whole = picture(600, 400, ImageFormat::Png);
            let length = whole.len() as u64;
            Reply::ok(whole[..whole.len() / 2].to_vec()).claims(length)
        }
        _ => Reply::status(404),
    });
    let library = library().await;
    for (path, words) in [
        ("/wide.png", &["65535x65535 pixels; at most 4096x4096"][..]),
        ("/heavy.png", &["larger than 10 MiB"]),
        ("/announced.png", &["larger than 10 MiB"]),
        ("/bomb.gif", &["65535x65535 pixels; at most 4096x4096"]),
        ("/vector.png", &["not a picture that can be shown (SVG)"]),
        ("/endless.png", &["larger than 10 MiB"]),
        ("/page.png", &["not a picture that can be shown (a web page)"]),
        ("/cut.png", &["damaged or not complete"]),
        ("/none.png", &["404: there is no picture"]),
    ] {
        let why = refused(&library, &server.url(path)).await;
        assert!(words.iter().any(|words| why.contains(words)), "{path}: {why}");
    }
    assert_eq!(kept(&library), 0);
}

#[tokio::test]
async fn of_a_moving_picture_the_first_frame_is_shown_however_many_follow() {
    let server = TestServer::start(|_| {
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for shade in 0..200 {
            let frame = RgbaImage::from_pixel(40, 40, Rgba([shade, shade, shade, 255]));
            encoder.encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(10, 1))).unwrap();
        }
        drop(encoder);
        Reply::ok(bytes)
    });
    let library = library().await;
    let picture = library.engine.picture(&server.url("/")).await.unwrap();
    assert_eq!(picture.pixels.dimensions(), (40, 40));
    assert!(picture.pixels.get_pixel(20, 20).0[0] < 4);
}

#[tokio::test]
async fn no_picture_is_private_unless_it_is_allowed() {
    let inner = TestServer::start(|_| Reply::ok(picture(10, 10, ImageFormat::Png)));
    let to = inner.url("/inner.png");
    let outer = TestServer::start(move |_| Reply::redirect(302, to.clone()));
    let host = format!("127.0.0.1:{}", outer.address().port());
    let library = Library::with_config(&config_for(&[], &format!("allow_private = [\"{host}\"]"))).await;
    refused(&library, &inner.url("/inner.png")).await;
    refused(&library, &outer.url("/redirect.png")).await;
    refused(&library, "file:///etc/hostname").await;
    refused(&library, "data:image/png;base64,AAAA").await;
    assert_eq!(inner.seen().len(), 0, "nothing private was asked");
}

#[tokio::test]
async fn a_picture_that_does_not_come_ends_with_words() {
    let server =
        TestServer::start(|_| Reply::ok(picture(600, 400, ImageFormat::Png)).drip(1, Duration::from_millis(20)));
    let config = config_for(&[], "allow_private = [\"127.0.0.1\"]\ntimeout_seconds = 1");
    let library = Library::with_config(&config).await;
    let why = refused(&library, &server.url("/slow.png")).await;
    assert!(why.contains("within 1 second"), "{why}");
}
