//! Bounds before anything else sees the markup: size, attributes and raw text, in one linear pass.
//!
//! html5ever compares every attribute of a tag with every other, and a picture inlined as `data:` can outweigh its
//! article a thousandfold; so both are cut here. Scripts, styles and other raw text are dropped here too.

use std::borrow::Cow;
use std::ops::Range;

use super::tag::{Bounds, Tag, closing, comment_end};

/// Most bytes of markup that are read (THREATS R6), counted after what is dropped here.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
/// What is left of a tag.
const BOUNDS: Bounds = Bounds { attributes: 100, value: 16 * 1024 };
/// How XML wraps text that is not to be parsed.
const CDATA: &str = "<![CDATA[";
/// Elements whose content is text without markup that nobody wants to read.
const RAW: [&str; 7] = ["script", "style", "title", "textarea", "iframe", "noembed", "noframes"];

/// The markup within bounds: no comments, no raw text, few and short attributes, at most [`MAX_BYTES`].
pub(super) fn guard(html: &str) -> Cow<'_, str> {
    if memchr::memmem::find(html.as_bytes(), CDATA.as_bytes()).is_some() {
        // Left over from XML: the text counts, its wrapping does not.
        return Cow::Owned(bound(&html.replace(CDATA, "").replace("]]>", "")).into_owned());
    }
    bound(html)
}

fn bound(html: &str) -> Cow<'_, str> {
    let mut copy = Copy { source: html, out: String::new(), from: 0 };
    let mut unclosed = [false; RAW.len()];
    let mut at = 0;
    while let Some(found) = html.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        let start = at + found;
        if copy.out.len() + start - copy.from > MAX_BYTES {
            break;
        }
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            let end = comment_end(html, start).unwrap_or(html.len());
            copy.cut(start..end);
            at = end;
        } else if let Some(tag) = Tag::walk(html, start, &BOUNDS) {
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
