//! How deep the tree would be that html5ever builds, so that what is too deep can be left out before. Never less than the
//! truth by more than a few levels: elements that close others by themselves and scopes that end tags do not cross count.

/// Deepest nesting of what is kept. THREATS R6 allows 256; no page that people read comes near, and time grows with it.
const MAX_DEPTH: usize = 100;
/// Most inline elements that were opened and not yet closed: the tree builder opens them again in every block.
const MAX_FORMATTING: usize = 8;
/// How far back an end tag looks for its start tag.
const REACH: usize = 2 * MAX_DEPTH;
/// How far back the start of an element looks for what it closes by itself.
const NEAR: usize = 48;

/// The elements that are open at a place in the source.
#[derive(Default)]
pub(super) struct Nesting<'a> {
    /// Each with whether it is kept.
    open: Vec<(&'a str, bool)>,
    /// How many of them are kept.
    kept: usize,
    /// Inline elements that wait for their end tag.
    formatting: Vec<&'a str>,
}

impl<'a> Nesting<'a> {
    /// Opens an element; gives whether to keep it.
    pub(super) fn open(&mut self, name: &'a str) -> bool {
        if is_void(name) {
            return true;
        }
        self.close_implied(name);
        if is_formatting(name) {
            if is(name, "a") {
                self.formatting.retain(|open| !is(open, "a"));
            }
            if self.formatting.len() >= MAX_FORMATTING {
                self.open.push((name, false));
                return false;
            }
            self.formatting.push(name);
        }
        let keep = self.kept < MAX_DEPTH;
        self.open.push((name, keep));
        self.kept += usize::from(keep);
        keep
    }

    /// How many elements the tree builder makes for the start of this one: itself, and in a block what it opens again.
    pub(super) fn cost(&self, name: &str) -> usize {
        1 + if closes_paragraph(name) { self.formatting.len() } else { 0 }
    }

    /// Closes an element; gives whether its end tag is to be kept.
    pub(super) fn close(&mut self, name: &str) -> bool {
        if is_formatting(name)
            && let Some(at) = self.formatting.iter().rposition(|open| open.eq_ignore_ascii_case(name))
        {
            self.formatting.remove(at);
        }
        let wall: &[&str] = if is_table_part(name) { &["table"] } else { &["table", "td", "th", "caption", "object"] };
        let from = self.open.len().saturating_sub(REACH);
        for at in (from..self.open.len()).rev() {
            let (open, kept) = self.open[at];
            if open.eq_ignore_ascii_case(name) {
                if is_formatting(name) {
                    self.open.remove(at);
                    self.kept -= usize::from(kept);
                } else {
                    self.cut(at);
                }
                return kept;
            }
            if one_of(open, wall) {
                break;
            }
        }
        // It closes nothing: as harmless as it stands, but for `</p>` and `</br>`, which make an element.
        !one_of(name, &["p", "br"]) || self.kept < MAX_DEPTH
    }

    /// Closes what the start of another element closes by itself.
    fn close_implied(&mut self, name: &str) {
        let (closes, wall): (&[&str], &[&str]) = if is(name, "li") {
            (&["li"], &["ul", "ol", "table", "td", "th"])
        } else if one_of(name, &["dt", "dd"]) {
            (&["dt", "dd"], &["dl", "table", "td", "th"])
        } else if one_of(name, &["td", "th"]) {
            (&["td", "th"], &["tr", "table"])
        } else if is(name, "tr") {
            (&["tr"], &["table"])
        } else if one_of(name, &["tbody", "thead", "tfoot"]) {
            (&["tbody", "thead", "tfoot"], &["table"])
        } else if one_of(name, &["option", "optgroup"]) {
            (&["option"], &["select"])
        } else {
            (&[], &[])
        };
        if !closes.is_empty() {
            self.close_back_to(closes, wall);
        }
        if closes_paragraph(name) {
            self.close_back_to(&["p"], &["table", "td", "th", "caption", "object", "button"]);
        }
    }

    fn close_back_to(&mut self, closes: &[&str], wall: &[&str]) {
        let from = self.open.len().saturating_sub(NEAR);
        for at in (from..self.open.len()).rev() {
            if one_of(self.open[at].0, closes) {
                return self.cut(at);
            }
            if one_of(self.open[at].0, wall) {
                return;
            }
        }
    }

    fn cut(&mut self, at: usize) {
        self.kept -= self.open[at..].iter().filter(|(_, kept)| *kept).count();
        self.open.truncate(at);
    }
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn is_void(name: &str) -> bool {
    let names =
        ["br", "img", "hr", "meta", "link", "input", "source", "wbr", "area", "base", "col", "embed", "param", "track"];
    one_of(name, &names)
}

/// Elements that the tree builder opens again after a block (WHATWG 13.2.4.3).
fn is_formatting(name: &str) -> bool {
    let names = ["a", "b", "i", "em", "strong", "font", "u", "s", "small", "big", "code", "nobr", "strike", "tt"];
    one_of(name, &names)
}

fn is_table_part(name: &str) -> bool {
    one_of(name, &["table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"])
}

/// Elements before which an open paragraph ends (WHATWG 13.2.6.4.7).
fn closes_paragraph(name: &str) -> bool {
    let names = [
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "li",
        "dt",
        "dd",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "address",
        "center",
        "details",
        "summary",
        "fieldset",
        "table",
        "hgroup",
        "menu",
        "dir",
        "search",
    ];
    one_of(name, &names)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The deepest nesting that is kept of these tags (`/x` closes x).
    fn deepest(tags: &[&'static str]) -> usize {
        let mut nesting = Nesting::default();
        let mut deepest = 0;
        for tag in tags {
            match tag.strip_prefix('/') {
                Some(name) => _ = nesting.close(name),
                None => _ = nesting.open(tag),
            }
            deepest = deepest.max(nesting.kept);
        }
        deepest
    }

    #[test]
    fn what_closes_by_itself_does_not_nest() {
        assert_eq!(deepest(&["p"].repeat(1000)), 1);
        assert_eq!(deepest(&[&["ul"][..], &["li"].repeat(1000)].concat()), 2);
        assert_eq!(deepest(&[&["table"][..], &["tr", "td", "td"].repeat(1000)].concat()), 3);
        assert_eq!(deepest(&["div", "/div"].repeat(1000)), 1);
        assert_eq!(deepest(&["div", "br", "img"]), 1);
    }

    #[test]
    fn what_nests_is_bounded() {
        assert_eq!(deepest(&["div"].repeat(1000)), MAX_DEPTH);
        assert_eq!(deepest(&["ul", "li"].repeat(1000)), MAX_DEPTH);
        // An end tag does not reach out of a cell.
        assert_eq!(deepest(&["div", "table", "tr", "td", "/div"].repeat(1000)), MAX_DEPTH);
        let mut nesting = Nesting::default();
        let kept = (0..1000).filter(|_| nesting.open("p") && nesting.open("font")).count();
        assert_eq!(kept, MAX_FORMATTING, "unclosed inline elements come back in every block");
    }

    #[test]
    fn after_the_deep_part_all_goes_on() {
        let mut nesting = Nesting::default();
        (0..1000).for_each(|_| _ = nesting.open("div"));
        (0..1000).for_each(|_| _ = nesting.close("div"));
        assert!(nesting.open("p"));
        assert_eq!(nesting.kept, 1);
    }
}
