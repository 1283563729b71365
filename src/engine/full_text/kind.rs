//! Tells a web page from all else that an article's link may lead to.

use crate::feed;

/// So much is looked at.
const LOOKED_AT: usize = 4 * 1024;

/// First bytes that say what a file is, whatever its type is said to be (<https://mimesniff.spec.whatwg.org/>).
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x1f\x8b", "an archive"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a recording"),
    (b"{\\rtf", "an RTF document"),
];

/// What the document is when it is no web page, in words that go on from "it is ", and whether it is a file that is of use
/// elsewhere; none for a web page.
pub(super) fn other_than_page(bytes: &[u8], content_type: Option<&str>) -> Option<(String, bool)> {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start.trim_ascii().is_empty() && bytes.len() <= LOOKED_AT {
        return Some(("empty".to_owned(), false));
    }
    // A PDF may have a little before its header.
    let signed = SIGNATURES.iter().find(|(signature, _)| start.trim_ascii_start().starts_with(signature));
    if let Some((_, words)) = signed {
        return Some(((*words).to_owned(), true));
    }
    let essence = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let words = match essence.as_str() {
        "text/html" | "application/xhtml+xml" => return None,
        "application/pdf" => "a PDF document",
        other if other.starts_with("image/") => "a picture",
        other if other.starts_with("audio/") => "a sound recording",
        other if other.starts_with("video/") => "a film",
        _ if has_markup(start) => return None,
        "application/json" => "JSON",
        "text/plain" => "plain text",
        _ if feed::parse(start, content_type, "").is_ok() => {
            return Some(("a feed; `tidings feed add` subscribes to it".to_owned(), false));
        }
        "" => "no web page",
        other => return Some((format!("of the type {}", crate::text::clean_line(other)), true)),
    };
    Some((words.to_owned(), true))
}

/// Whether it looks like HTML: one of the tags that every page has, or a paragraph.
fn has_markup(start: &[u8]) -> bool {
    let lower = start.to_ascii_lowercase();
    let tags: [&[u8]; 8] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<title>", b"<p>", b"<div", b"<article"];
    let is_feed = [b"<rss".as_slice(), b"<feed", b"<rdf:rdf"].into_iter().any(|tag| find(&lower, tag));
    !is_feed && tags.into_iter().any(|tag| find(&lower, tag))
}

fn find(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_is_named() {
        let html = b"<!DOCTYPE html><p>Quay";
        for (bytes, content_type, expected) in [
            (html.as_slice(), Some("text/html; charset=utf-8"), None),
            (html, None, None),
            (html, Some("text/plain"), None),
            (html, Some("application/octet-stream"), None),
            (b"just text", Some("text/html"), None),
            (b"%PDF-1.7\n<html>", Some("text/html"), Some("a PDF document")),
            (b"\x00\x01", Some("application/pdf"), Some("a PDF document")),
            (b"\x89PNG\r\n\x1a\n", None, Some("a picture")),
            (b"GIF89a", Some("image/gif"), Some("a picture")),
            (b"xx", Some("video/mp4"), Some("a film")),
            (b"{\"a\":1}", Some("application/json"), Some("JSON")),
            (b"just text", Some("text/plain; charset=x"), Some("plain text")),
            (b"\x00\x01\x02", Some("application/x-thing"), Some("of the type application/x-thing")),
            (b"  \n ", Some("text/html"), Some("empty")),
            (
                b"<rss version='2.0'><channel><title>D</title><item><title>x</title><link>http://a/</link></item></channel></rss>",
                Some("application/xml"),
                Some("a feed; `tidings feed add` subscribes to it"),
            ),
        ] {
            let found = other_than_page(bytes, content_type);
            let is_file = found.as_ref().is_some_and(|(_, is_file)| *is_file);
            let found = found.map(|(words, _)| words);
            let has_use = expected.is_some_and(|words| words != "empty" && !words.starts_with("a feed"));
            assert_eq!(is_file, has_use, "{expected:?}");
            assert_eq!(found.as_deref(), expected, "{content_type:?} {}", String::from_utf8_lossy(bytes));
        }
    }
}
