//! Which characters the bytes are. Every guess of the ladder is checked against the bytes where that is possible.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::text::has_controls;

/// Where an XML declaration is looked for: it belongs to the very beginning.
const DECLARATION_WITHIN: usize = 1024;

/// Decodes a document: byte order mark, UTF-16 and UTF-32 by their zeros, HTTP charset, XML declaration, valid UTF-8,
/// detection, in this order (RFC 7303, 3; then what servers really do). Bytes that make no character become U+FFFD;
/// control characters that XML forbids are dropped.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    without_controls(characters(bytes, content_type))
}

fn characters<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8_lossy(rest),
        [0xff, 0xfe, 0, 0, rest @ ..] => return utf_32(rest, u32::from_le_bytes),
        [0, 0, 0xfe, 0xff, rest @ ..] => return utf_32(rest, u32::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => return UTF_16LE.decode_without_bom_handling(rest).0,
        [0xfe, 0xff, rest @ ..] => return UTF_16BE.decode_without_bom_handling(rest).0,
        [0, 0, 0, 1..=255, ..] => return utf_32(bytes, u32::from_be_bytes),
        [1..=255, 0, 0, 0, ..] => return utf_32(bytes, u32::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => return UTF_16BE.decode_without_bom_handling(bytes).0,
        [1..=255, 0, 1..=255, 0, ..] => return UTF_16LE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let utf8 = std::str::from_utf8(bytes);
    let labels = [content_type.and_then(charset_parameter), declared(bytes)];
    let named = labels.into_iter().flatten().filter_map(known).collect::<Vec<_>>();
    match (utf8, named.first()) {
        (Ok(text), None) => Cow::Borrowed(text),
        // Multi-byte UTF-8 does not come about by accident, but many servers label everything with a single-byte charset.
        (Ok(text), Some(label)) if *label == UTF_8 || (label.is_single_byte() && !text.is_ascii()) => {
            Cow::Borrowed(text)
        }
        (_, Some(_)) if named.iter().any(|label| *label != UTF_8) => {
            let label = named.iter().find(|label| **label != UTF_8).copied().unwrap_or(UTF_8);
            label.decode_without_bom_handling(bytes).0
        }
        (Err(_), Some(_)) if has_multi_byte_utf8(bytes) => String::from_utf8_lossy(bytes),
        _ => detect(bytes).decode_without_bom_handling(bytes).0,
    }
}

/// The encoding with this label. UTF-16 is none here: its zeros would have been seen before, so the label lies. Nor are
/// those that browsers refuse to read at all, which would leave nothing of the document.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
        .filter(|encoding| ![UTF_16LE, UTF_16BE, REPLACEMENT].contains(encoding))
}

fn charset_parameter(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let start = head.windows(5).position(|window| window == b"<?xml")?;
    let end = start + head[start..].iter().position(|byte| *byte == b'>')?;
    let declaration = std::str::from_utf8(&head[start..end]).ok()?;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

fn has_multi_byte_utf8(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii())
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> Cow<'static, str> {
    let units = bytes.as_chunks::<4>().0.iter();
    units.map(|unit| char::from_u32(number(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn without_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    let is_bad = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    if has_controls(&text) {
        return text.chars().filter(|c| u8::try_from(*c).map_or(true, |byte| !is_bad(byte))).collect();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<?xml version='1.0'?><rss>Zürich</rss>";

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn reads_marks_and_zeros() {
        let le: Vec<u8> = TEXT.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        let be: Vec<u8> = TEXT.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for bytes in [utf_16(TEXT, u16::to_le_bytes), utf_16(TEXT, u16::to_be_bytes), le, be] {
            assert_eq!(decode(&bytes, Some("text/xml; charset=iso-8859-1")), TEXT);
        }
        let marked = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        assert_eq!(decode(&marked, Some("text/xml; charset=koi8-r")), TEXT);
        assert_eq!(decode(&[b"\xff\xfe".as_slice(), &utf_16(TEXT, u16::to_le_bytes)].concat(), None), TEXT);
    }

    #[test]
    fn http_goes_before_the_declaration_and_both_before_guessing() {
        let cyrillic = b"<?xml version=\"1.0\" encoding=\"windows-1251\"?><rss>\xef\xf0\xe8\xe2\xe5\xf2</rss>";
        assert!(decode(cyrillic, None).contains("привет"));
        assert!(!decode(cyrillic, Some("text/xml; charset=\"ISO-8859-1\"")).contains("привет"));
        assert!(decode(b"<rss>\xd0\xd2\xc9\xd7\xc5\xd4</rss>", Some("text/xml;charset=KOI8-R")).contains("привет"));
    }

    #[test]
    fn labels_that_cannot_be_true_are_not_believed() {
        assert_eq!(decode("<rss>Zürich</rss>".as_bytes(), Some("text/xml; charset=utf-16")), "<rss>Zürich</rss>");
        assert_eq!(decode("<rss>Zürich</rss>".as_bytes(), Some("text/xml; charset=iso-8859-1")), "<rss>Zürich</rss>");
        let lie = b"<?xml version='1.0' encoding='UTF-8'?><rss>M\xfcnchen und Z\xfcrich, f\xfcr Gr\xf6\xdfe</rss>";
        assert!(decode(lie, None).contains("München und Zürich"), "{}", decode(lie, None));
        assert_eq!(decode(b"<rss>a</rss>", Some("text/xml; charset=iso-2022-kr")), "<rss>a</rss>");
        assert_eq!(decode(b"<rss>a\xffb \xc3\xbc</rss>", Some("a/b; charset=utf-8")), "<rss>a\u{fffd}b ü</rss>");
    }

    #[test]
    fn drops_control_characters() {
        assert_eq!(decode(b"<r>a\x00\x1b\x08b\tc\r\n</r>", None), "<r>ab\tc\r\n</r>");
    }
}
