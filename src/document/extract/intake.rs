//! The page on its way to a tree: bounded in bytes, elements, attributes and depth, in one linear pass before html5ever,
//! whose cost grows with the square of the depth, sees it. What is within the bounds passes as it stands.

use super::nesting::Nesting;
use crate::document::tag::{Bounds, Tag, closing, comment_end};

/// Most bytes of markup that become a tree (THREATS R6); counted after what is dropped here.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Most elements that become a tree; of later ones only the text is kept. Long news pages have about 20,000.
const MAX_ELEMENTS: usize = 40_000;
/// What is left of a tag.
const BOUNDS: Bounds = Bounds { attributes: 64, value: 8 * 1024 };
/// Longest script of data that is kept, in bytes: JSON-LD with the whole article in it.
const MAX_DATA: usize = 512 * 1024;
/// Elements whose content is not markup, so that a `<` in it begins no tag.
const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "svg"];

/// The markup within bounds.
pub(super) fn take_in(html: &str) -> String {
    let mut taker = Taker {
        html,
        out: String::with_capacity(html.len().min(MAX_BYTES)),
        nesting: Nesting::default(),
        elements: 0,
        unclosed: Vec::new(),
    };
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        taker.out.push_str(&html[at..start]);
        if taker.out.len() > MAX_BYTES {
            break;
        }
        at = taker.markup(start);
    }
    taker.out.push_str(html.get(at..).unwrap_or_default());
    taker.out.truncate(taker.out.floor_char_boundary(MAX_BYTES));
    taker.out
}

/// The pass.
struct Taker<'a> {
    html: &'a str,
    out: String,
    nesting: Nesting<'a>,
    elements: usize,
    /// Elements of raw text that are known not to be closed any more.
    unclosed: Vec<&'static str>,
}

impl<'a> Taker<'a> {
    /// Takes what begins with the `<` at `start`; gives where to go on.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.html[start..];
        if rest.starts_with("<!--") {
            // A comment that is never closed must not swallow the article.
            let end = if self.unclosed.contains(&"--") { None } else { comment_end(self.html, start) };
            if end.is_none() {
                self.unclosed.push("--");
            }
            return end.unwrap_or(start + 4);
        }
        // An end tag of no name is a comment (WHATWG 13.2.5.7).
        let nameless = rest.strip_prefix("</").is_some_and(|name| !name.starts_with(|c: char| c.is_ascii_alphabetic()));
        if rest.starts_with("<!") || rest.starts_with("<?") || nameless {
            let end = rest.find('>').map_or(self.html.len(), |end| start + end + 1);
            if rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype")) && self.out.trim().is_empty() {
                self.out.push_str(rest.get(..(end - start).min(512)).unwrap_or_default());
            }
            return end;
        }
        let Some(tag) = Tag::walk(self.html, start, &BOUNDS) else {
            self.out.push_str("&lt;");
            return start + 1;
        };
        let name = &self.html[tag.name.clone()];
        if tag.closing {
            if self.nesting.close(name) {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            } else {
                self.out.push(' ');
            }
            return tag.end;
        }
        if let Some(raw) = RAW.iter().find(|raw| name.eq_ignore_ascii_case(raw)) {
            return self.raw(raw, &tag);
        }
        self.open(name, &tag);
        tag.end
    }

    fn open(&mut self, name: &'a str, tag: &Tag) {
        self.elements += self.nesting.cost(name);
        if self.elements <= MAX_ELEMENTS && self.nesting.open(name) {
            self.copy(tag);
        } else {
            // What stood apart stays apart.
            self.out.push(' ');
        }
    }

    /// Takes an element of raw text; gives where to go on.
    fn raw(&mut self, name: &'static str, tag: &Tag) -> usize {
        let source = &self.html[tag.start..tag.end];
        if name == "svg" && source.ends_with("/>") {
            return tag.end;
        }
        let content_end = if self.unclosed.contains(&name) { None } else { closing(self.html, tag.end, name) };
        // A frame or a heading that is never closed must not swallow the article; a script does.
        let Some(content_end) = content_end else {
            self.unclosed.push(name);
            return if matches!(name, "script" | "style") { self.html.len() } else { tag.end };
        };
        let end = self.html[content_end..].find('>').map_or(self.html.len(), |end| content_end + end + 1);
        let data = name == "script" && source.to_ascii_lowercase().contains("ld+json");
        let kept = match name {
            "script" => data && content_end - tag.end <= MAX_DATA,
            "title" | "iframe" => true,
            _ => false,
        };
        self.elements += 1;
        if kept && self.elements <= MAX_ELEMENTS {
            self.copy(tag);
            if name != "iframe" {
                let content = &self.html[tag.end..content_end];
                self.out.push_str(content.get(..content.floor_char_boundary(MAX_DATA)).unwrap_or_default());
            }
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        end
    }

    /// Copies a tag without what is too much of it.
    fn copy(&mut self, tag: &Tag) {
        let mut from = tag.start;
        for cut in &tag.cuts {
            self.out.push_str(&self.html[from..cut.start]);
            from = cut.end;
        }
        self.out.push_str(&self.html[from..tag.end]);
        if !self.out.ends_with('>') {
            self.out.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_passes_as_it_stands() {
        for page in [
            "<!DOCTYPE html><html><head><title>A < B</title></head><body><p class=\"x\" id=y>One<br>two</p></body></html>",
            "<ul><li>one<li>two</ul><table><tr><td>a<td>b</table>",
            "<b><p>overlapping</b> marks</p>",
            "<script type=\"application/ld+json\">{\"a\": \"<b>\"}</script>",
        ] {
            assert_eq!(take_in(page), page);
        }
    }

    #[test]
    fn what_is_not_read_is_dropped() {
        for (page, kept) in [
            ("a<!-- no -->b", "ab"),
            ("<!-- never closed <p>text", " never closed <p>text"),
            ("<script>if (a<b) {}</script>x<style>p{}</style>", "x"),
            ("<svg><path d=1/></svg>x", "x"),
            ("<svg/>x", "x"),
            ("<iframe src=a>old browser</iframe>", "<iframe src=a></iframe>"),
            ("5 < 6", "5 &lt; 6"),
            ("<p", "<p>"),
        ] {
            assert_eq!(take_in(page), kept, "{page}");
        }
        let heavy = format!("<img src=\"data:{}\" alt=a>", "x".repeat(BOUNDS.value));
        assert_eq!(take_in(&heavy), "<img src=\"\" alt=a>");
    }

    #[test]
    fn bounds_hold() {
        let deep = take_in(&"<div>".repeat(10_000));
        assert!(deep.matches("<div>").count() <= 100, "{}", deep.matches("<div>").count());
        let many = take_in(&format!("<table><tr>{}</table>after", "<td>x</td>".repeat(MAX_ELEMENTS * 2)));
        assert!(many.matches("<td>").count() <= MAX_ELEMENTS);
        assert_eq!(many.matches('x').count(), MAX_ELEMENTS * 2, "the text stays");
        assert!(many.ends_with("</table>after"));
        let attributes = " a=1".repeat(1000);
        assert!(take_in(&format!("<p{attributes}>")).matches('=').count() <= BOUNDS.attributes);
        assert!(take_in(&"long ".repeat(MAX_BYTES)).len() <= MAX_BYTES);
    }
}
