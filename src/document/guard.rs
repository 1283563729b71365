//! Bounds before anything else sees the markup: size, attributes and raw text, in one linear pass.
//!
//! html5ever compares every attribute of a tag with every other, and a picture inlined as `data:` can outweigh its
//! article a thousandfold; so both are cut here. Scripts, styles and other raw text are dropped here too.

use std::borrow::Cow;
use std::ops::Range;

/// Most bytes of markup that are read (THREATS R6), counted after what is dropped here.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most attributes of a tag; the rest is cut.
const MAX_ATTRIBUTES: usize = 100;
/// Longest attribute value; longer ones, inlined pictures mostly, are emptied.
const MAX_VALUE: usize = 16 * 1024;
/// How XML wraps text that is not to be parsed.
const CDATA: &str = "<![CDATA[";
/// Elements whose content is text without markup that nobody wants to read.
const RAW: [&str; 7] = ["script", "style", "title", "textarea", "iframe", "noembed", "noframes"];

/// The markup within bounds: no comments, no raw text, few and short attributes, at most [`MAX_BYTES`].
pub(super) fn guard(html: &str) -> Cow<'_, str> {
    if html.contains(CDATA) {
        // Left over from XML: the text counts, its wrapping does not.
        return Cow::Owned(bound(&html.replace(CDATA, "").replace("]]>", "")).into_owned());
    }
    bound(html)
}

fn bound(html: &str) -> Cow<'_, str> {
    let mut copy = Copy { source: html, out: String::new(), from: 0 };
    let mut unclosed = [false; RAW.len()];
    let mut at = 0;
    while let Some(found) = html.get(at..).and_then(|rest| rest.find('<')) {
        let start = at + found;
        if copy.out.len() + start - copy.from > MAX_BYTES {
            break;
        }
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            // `<!-->` and `<!--->` are whole comments (WHATWG 13.2.5.43).
            let end = rest[2..].find("-->").map_or(html.len(), |end| start + 2 + end + 3);
            copy.cut(start..end);
            at = end;
        } else if let Some(tag) = Tag::walk(html, start) {
            tag.cuts.iter().for_each(|cut| copy.cut(cut.clone()));
            at = tag.end;
            let raw = RAW.iter().position(|name| !tag.closing && html[tag.name.clone()].eq_ignore_ascii_case(name));
            if let Some(index) = raw
                && !unclosed[index]
                && !(tag.self_closing && index > 1)
            {
                match closing(html, at, RAW[index]) {
                    Some(end) => {
                        copy.cut(at..end);
                        at = end;
                    }
                    // A frame that is never closed must not swallow the article; a script may.
                    None if index > 1 || tag.self_closing => unclosed[index] = true,
                    None => {
                        copy.cut(at..html.len());
                        at = html.len();
                    }
                }
            }
        } else {
            at = start + 1;
        }
    }
    copy.finish()
}

/// Where `</name` begins after `from`.
fn closing(html: &str, from: usize, name: &str) -> Option<usize> {
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

/// A tag as it stands in the source.
struct Tag {
    /// Its name.
    name: Range<usize>,
    /// `</name>`
    closing: bool,
    /// `<name/>`
    self_closing: bool,
    /// Just after its `>`, or the end of the source.
    end: usize,
    /// What to leave out of it, in order.
    cuts: Vec<Range<usize>>,
}

impl Tag {
    /// Reads the tag that begins at `start`; none when the `<` there is only text.
    fn walk(html: &str, start: usize) -> Option<Self> {
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
        let mut tag = Self { name: name_at..name_end, closing, self_closing: false, end: html.len(), cuts: Vec::new() };
        let (mut at, mut attributes, mut cut_from) = (name_end, 0_usize, None);
        loop {
            at = past(at, |b| !(b.is_ascii_whitespace() || b == b'/'));
            if bytes.get(at).is_none_or(|byte| *byte == b'>') {
                break;
            }
            attributes += 1;
            if attributes > MAX_ATTRIBUTES && cut_from.is_none() {
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
            if value.len() > MAX_VALUE && cut_from.is_none() {
                tag.cuts.push(value);
            }
        }
        tag.self_closing = at > name_end && bytes.get(at - 1) == Some(&b'/');
        tag.cuts.extend(cut_from.map(|from| from..at));
        tag.end = (at + 1).min(html.len());
        Some(tag)
    }
}

/// The source on its way to what is kept of it.
struct Copy<'a> {
    source: &'a str,
    out: String,
    /// Everything before this is either in `out` or left out.
    from: usize,
}

impl<'a> Copy<'a> {
    /// Leaves a part out. Parts come in order.
    fn cut(&mut self, part: Range<usize>) {
        if let Some(kept) = self.source.get(self.from..part.start) {
            self.out.push_str(kept);
        }
        self.from = part.end.max(self.from);
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.from == 0 && self.source.len() <= MAX_BYTES {
            return Cow::Borrowed(self.source);
        }
        self.out.push_str(self.source.get(self.from..).unwrap_or_default());
        self.out.truncate(self.out.floor_char_boundary(MAX_BYTES));
        Cow::Owned(self.out)
    }
}
