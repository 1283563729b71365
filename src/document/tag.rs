//! Tags as they stand in the source, found without a parser: what the bounds before the parsers are made of.

use std::ops::Range;

/// Where `</name` begins after `from`.
pub(super) fn closing(html: &str, from: usize, name: &str) -> Option<usize> {
    let mut at = from;
    while let Some(found) = html.get(at..)?.find("</") {
        let start = at + found;
        let after = start + 2;
        if html.get(after..after + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name)) {
            return Some(start);
        }
        at = after;
    }
    None
}

/// Where the comment that begins with the `<!--` at `start` ends; none when it does not. `<!-->` and `<!--->` are whole
/// comments, and `--!>` ends one as well (WHATWG 13.2.5.43 and 13.2.5.52).
pub(super) fn comment_end(html: &str, start: usize) -> Option<usize> {
    let mut at = start + 2;
    loop {
        at += html.get(at..)?.find("--")?;
        let after = &html[at + 2..];
        if after.starts_with('>') {
            return Some(at + 3);
        }
        // Not at the very beginning: there `--` only opens.
        if after.starts_with("!>") && at > start + 2 {
            return Some(at + 4);
        }
        at += 1;
    }
}

/// What is too much of a tag.
pub(super) struct Bounds {
    /// Most attributes; the rest is cut. html5ever compares each with each.
    pub(super) attributes: usize,
    /// Longest value of an attribute in bytes; longer ones, inlined pictures mostly, are emptied.
    pub(super) value: usize,
}

/// A tag as it stands in the source.
pub(super) struct Tag {
    /// Its `<`.
    pub(super) start: usize,
    /// Its name.
    pub(super) name: Range<usize>,
    /// `</name>`
    pub(super) closing: bool,
    /// `<name/>`
    pub(super) self_closing: bool,
    /// Just after its `>`, or the end of the source.
    pub(super) end: usize,
    /// What to leave out of it, in order.
    pub(super) cuts: Vec<Range<usize>>,
}

impl Tag {
    /// Reads the tag that begins at `start`; none when the `<` there is only text.
    pub(super) fn walk(html: &str, start: usize, bounds: &Bounds) -> Option<Self> {
        let bytes = html.as_bytes();
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_at = start + 1 + usize::from(closing);
        if !bytes.get(name_at)?.is_ascii_alphabetic() {
            return None;
        }
        let past = |mut at: usize, stop: fn(u8) -> bool| {
            while bytes.get(at).is_some_and(|byte| !stop(*byte)) {
                at += 1;
            }
            at
        };
        let name_end = past(name_at, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        let name = name_at..name_end;
        let mut tag = Self { start, name, closing, self_closing: false, end: html.len(), cuts: Vec::new() };
        let (mut at, mut attributes, mut cut_from) = (name_end, 0_usize, None);
        loop {
            at = past(at, |b| !(b.is_ascii_whitespace() || b == b'/'));
            if bytes.get(at).is_none_or(|byte| *byte == b'>') {
                break;
            }
            attributes += 1;
            if attributes > bounds.attributes && cut_from.is_none() {
                cut_from = Some(at);
            }
            // An attribute may begin with `=`, so the first byte is not looked at.
            at = past(at + 1, |b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'='));
            let equals = past(at, |b| !b.is_ascii_whitespace());
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            at = past(equals + 1, |b| !b.is_ascii_whitespace());
            let value = match bytes.get(at) {
                Some(b'"') => at + 1..past(at + 1, |b| b == b'"'),
                Some(b'\'') => at + 1..past(at + 1, |b| b == b'\''),
                _ => at..past(at, |b| b.is_ascii_whitespace() || b == b'>'),
            };
            // Past the closing quote, when there was one.
            at = if value.start > at { (value.end + 1).min(html.len()) } else { value.end };
            if value.len() > bounds.value && cut_from.is_none() {
                tag.cuts.push(value);
            }
        }
        tag.self_closing = at > name_end && bytes.get(at - 1) == Some(&b'/');
        tag.cuts.extend(cut_from.map(|from| from..at));
        tag.end = (at + 1).min(html.len());
        Some(tag)
    }
}
