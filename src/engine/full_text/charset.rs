//! Which characters the bytes of a web page are, found as browsers find it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// A page's own word on its characters is looked for in so many bytes. The standard asks for the first 1,024 and lets the
/// parser find it later on; pages that begin with long scripts count on that.
const DECLARED_WITHIN: usize = 16 * 1024;
/// So much is looked at to guess.
const GUESSED_FROM: usize = 1 << 20;

/// Decodes a page: byte order mark, HTTP charset, the page's `meta` (or XML declaration), detection, in this order
/// (<https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding>); but what is valid UTF-8 is
/// UTF-8, whatever the page says. Bytes that make no
/// character become U+FFFD.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    let told = content_type.and_then(charset_parameter).and_then(|label| Encoding::for_label(label.as_bytes()));
    // Pages that were converted keep the `meta` they had before. Text in another encoding is hardly ever valid UTF-8.
    let converted = || (!bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()).then_some(UTF_8);
    let encoding = told
        .or_else(converted)
        .or_else(|| declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]))
        .unwrap_or_else(|| guess(bytes));
    // A byte order mark goes before all of them.
    encoding.decode(bytes).0
}

fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// What the page says of itself; comments do not count.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    if rest.trim_ascii_start().starts_with(b"<?xml") {
        let end = rest.iter().position(|byte| *byte == b'>')?;
        if let Some(encoding) = labelled(&rest[..end], b"encoding") {
            return Some(encoding);
        }
    }
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            let end = rest.windows(3).skip(2).position(|three| three == b"-->")?;
            rest = &rest[end + 5..];
        } else if starts_with(rest, b"<meta") {
            let end = rest.iter().position(|byte| *byte == b'>')?;
            if let Some(encoding) = labelled(&rest[..end], b"charset") {
                return Some(encoding);
            }
            rest = &rest[end..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

fn starts_with(bytes: &[u8], lower_case: &[u8]) -> bool {
    bytes.get(..lower_case.len()).is_some_and(|start| start.eq_ignore_ascii_case(lower_case))
}

/// The encoding after `name=` in a tag.
fn labelled(tag: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let places = (0..tag.len()).filter(|at| starts_with(&tag[*at..], name));
    places.filter_map(|at| label(tag[at + name.len()..].trim_ascii_start())).find_map(known)
}

fn label(rest: &[u8]) -> Option<&[u8]> {
    let value = rest.strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| b"\"'; >/".contains(byte)).unwrap_or(value.len());
    Some(&value[..end])
}

/// The encoding of this label. What can be read as ASCII is not UTF-16, whatever it says.
fn known(label: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_label(label).map(|encoding| {
        if encoding == UTF_16LE || encoding == UTF_16BE {
            UTF_8
        } else if encoding == X_USER_DEFINED {
            WINDOWS_1252
        } else {
            encoding
        }
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(GUESSED_FROM)], bytes.len() <= GUESSED_FROM);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(label: &str, text: &str) -> Vec<u8> {
        Encoding::for_label(label.as_bytes()).expect("known").encode(text).0.into_owned()
    }

    #[test]
    fn the_header_goes_before_the_page_and_both_before_guessing() {
        let page = "<html><head><meta charset=koi8-r></head>Порт открыт";
        let koi = encoded("koi8-r", page);
        assert_eq!(decode(&koi, Some("text/html")), page);
        assert_eq!(decode(&encoded("windows-1251", page), Some("text/html; charset=\"Windows-1251\"")), page);
        let marked = [b"\xef\xbb\xbf".as_slice(), page.as_bytes()].concat();
        assert_eq!(decode(&marked, Some("text/html; charset=koi8-r")), page, "a mark goes before all");
    }

    #[test]
    fn every_way_to_declare_is_understood() {
        for head in [
            "<META http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>",
            "<!-- <meta charset=utf-8> --><meta  charset = \"sjis\" />",
            "<?xml version='1.0' encoding='Shift_JIS'?><html>",
            "<meta name=charset content=x><meta charset=shift-jis>",
        ] {
            let page = format!("{head}<p>東京港の荷役");
            assert_eq!(decode(&encoded("shift_jis", &page), None), page, "{head}");
        }
        for wrong in ["utf-16", "gb2312"] {
            let page = format!("<meta charset={wrong}><p>Zürich, 東京");
            assert_eq!(decode(page.as_bytes(), None), page);
        }
    }

    #[test]
    fn what_nobody_tells_is_guessed() {
        let page = "<p>Zürich und Gödöllő bei großem Gedränge</p>";
        assert_eq!(decode(page.as_bytes(), None), page);
        let german = "<p>Die Häfen von Lübeck und Köln führen größere Flüsse über die Brücke</p>";
        assert_eq!(decode(&encoded("windows-1252", german), Some("text/html")), german);
        for broken in [b"<!--".as_slice(), b"<meta", b"<meta charset=", b"<", b"", b"<!-->", b"<?xml"] {
            assert!(decode(broken, None).len() <= 20, "ends");
        }
    }
}
