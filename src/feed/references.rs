//! Character and entity references of XML and HTML, and how text is written as XML.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use html5ever::data::NAMED_ENTITIES;

/// The longest reference that is looked at, with its ampersand: `&CounterClockwiseContourIntegral;` has 33 bytes.
const LONGEST: usize = 34;

/// The longest name that HTML knows without a semicolon (`&thetasym` is not one of them; `&frac12` and `&Aacute` are).
const LONGEST_BARE: usize = 6;

/// What a reference stands for: up to two characters; nothing for one that no text may hold.
type Meaning = (Option<char>, Option<char>);

/// Reads the reference that `text` begins with: its meaning and its length. None when the ampersand is just one.
pub(super) fn read(text: &str) -> Option<(Meaning, usize)> {
    let window = text.as_bytes().get(1..text.len().min(LONGEST))?;
    let name_len = window.iter().position(|b| *b == b';')?;
    let name = text.get(1..=name_len)?;
    let meaning = match name.strip_prefix('#') {
        Some(number) => numeric(number)?,
        None => named(text.get(1..name_len + 2)?)?,
    };
    Some((meaning, name_len + 2))
}

/// The same, with what HTML allows besides: some names end without a semicolon. They count where no letter follows.
fn read_html(text: &str) -> Option<(Meaning, usize)> {
    read(text).or_else(|| {
        let name = &text[1..];
        let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        (len <= LONGEST_BARE).then(|| named(&name[..len])).flatten().map(|meaning| (meaning, len + 1))
    })
}

fn numeric(number: &str) -> Option<Meaning> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    if number.starts_with('+') || number.len() > 9 {
        return None;
    }
    let meaning = match code.ok()? {
        // HTML, 13.2.5.80: these numbers mean the characters of windows-1252.
        code @ 0x80..=0x9f => windows_1252(code),
        code => char::from_u32(code).filter(|c| is_allowed(*c)),
    };
    Some((meaning, None))
}

fn windows_1252(code: u32) -> Option<char> {
    let byte = [u8::try_from(code).ok()?];
    WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next().filter(|c| is_allowed(*c))
}

/// Control characters are no text, however they are written.
fn is_allowed(c: char) -> bool {
    !c.is_control() || matches!(c, '\n' | '\t' | '\r')
}

fn named(name: &str) -> Option<Meaning> {
    match NAMED_ENTITIES.get(name) {
        // The table also has the beginnings of names, without a meaning.
        None | Some((0, _)) => None,
        Some((first, second)) => Some((char::from_u32(*first), char::from_u32(*second).filter(|c| *c != '\0'))),
    }
}

/// Resolves all references of an HTML text, once.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    resolve(text, read_html)
}

/// Resolves all references of an XML text, and HTML's named ones.
pub(super) fn decode_xml(text: &str) -> Cow<'_, str> {
    resolve(text, read)
}

fn resolve(text: &str, read: impl Fn(&str) -> Option<(Meaning, usize)>) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut plain = String::with_capacity(text.len());
    plain.push_str(&text[..first]);
    let mut rest = &text[first..];
    while rest.starts_with('&') {
        let used = if let Some(((first, second), used)) = read(rest) {
            plain.extend(first.into_iter().chain(second));
            used
        } else {
            plain.push('&');
            1
        };
        let next = rest[used..].find('&').map_or(rest.len(), |at| used + at);
        plain.push_str(&rest[used..next]);
        rest = &rest[next..];
    }
    Cow::Owned(plain)
}

/// References that an XML parser knows and that are kept.
const ESCAPES: [&str; 3] = ["&lt;", "&gt;", "&amp;"];

/// Writes text as found between tags: known references are kept or resolved, anything else is escaped.
pub(super) fn write_xml(text: &str, out: &mut String) {
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'&', b'<', &rest.as_bytes()[from..]).map(|at| from + at) {
        // Nearly all are these, and stay as they are.
        if let Some(known) = ESCAPES.iter().find(|escape| rest[at..].starts_with(**escape)) {
            from = at + known.len();
            continue;
        }
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        from = 0;
        let used = match read(rest) {
            _ if rest.starts_with('<') => {
                out.push_str("&lt;");
                1
            }
            Some(((first, second), used)) => {
                first.into_iter().chain(second).for_each(|c| write_char(c, out));
                used
            }
            None => {
                out.push_str("&amp;");
                1
            }
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
}

fn write_char(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        _ => out.push(c),
    }
}

/// Writes text so that an XML parser reads back exactly this text.
pub(super) fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(text: &str) -> String {
        let mut out = String::new();
        write_xml(text, &mut out);
        out
    }

    #[test]
    fn decodes_references_once() {
        assert_eq!(decode("Caf&eacute; &amp;amp; bar &#8211; &#x2013;&#X2013;"), "Café &amp; bar – ––");
        assert_eq!(decode("R&D at AT&T &copy 2026 &notify &nosuch; &"), "R&D at AT&T © 2026 &notify &nosuch; &");
        assert_eq!(decode("&#147;quoted&#148;&#0;&#27;&#xD800;"), "“quoted”");
        assert_eq!(decode("no reference"), "no reference");
        assert_eq!(decode("&NotEqualTilde;"), "\u{2242}\u{338}");
    }

    #[test]
    fn writes_what_an_xml_parser_can_read() {
        assert_eq!(
            xml("a & b &amp; c &eacute; < d &lt; &#65; &#X41; &nosuch; &#1;"),
            "a &amp; b &amp; c é &lt; d &lt; A A &amp;nosuch; "
        );
        let mut out = String::new();
        escape("a<b>&\"", &mut out);
        assert_eq!(out, "a&lt;b>&amp;&quot;");
    }

    #[test]
    fn cuts_no_character_in_half() {
        assert_eq!(decode("&ééééééééééééééééééé;"), "&ééééééééééééééééééé;");
        assert_eq!(decode("&é"), "&é");
    }
}
