//! Questions to the tree of a page that several rules ask.

use dom_query::{Document, NodeRef};

use super::census::Census;

/// How much text a part has, in characters without white space.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// All of it.
    pub(super) all: usize,
    /// What is within links.
    pub(super) linked: usize,
}

impl Weight {
    /// The text that is not within links.
    pub(super) fn plain(self) -> usize {
        self.all - self.linked
    }

    /// Whether links are most of it: `share` percent at least.
    pub(super) fn is_links(self, share: usize) -> bool {
        self.all > 0 && self.linked * 100 >= self.all * share
    }
}

/// Weighs a part of the page.
pub(super) fn weigh(node: &NodeRef) -> Weight {
    let mut weight = Weight::default();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        let length = inner.text().chars().filter(|c| !c.is_whitespace()).count();
        weight.all += length;
        let linked = inner.ancestors_it(Some(4)).any(|above| above.has_name("a"));
        weight.linked += if linked { length } else { 0 };
    }
    weight
}

/// The element that holds a tree of its own: parsers wrap fragments in one.
pub(super) fn top(tree: &Document) -> NodeRef<'_> {
    let root = tree.root();
    root.first_element_child().filter(|first| first.has_name("html")).unwrap_or(root)
}

/// The characters of a part that stand in paragraphs, and how many these are.
pub(super) fn prose(node: &NodeRef) -> (usize, usize) {
    let count = Census::of(node).count(node);
    (count.prose, count.paragraphs)
}

/// Whether a part has any text.
pub(super) fn has_text(node: &NodeRef) -> bool {
    node.descendants_it().any(|inner| inner.is_text() && inner.text().contains(|c: char| !c.is_whitespace()))
}

/// The first `limit` characters of a part's text, roughly, as one line: for rules that only look at short parts.
pub(super) fn short_line(node: &NodeRef, limit: usize) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        text.push_str(&inner.text());
        if text.len() > limit * 4 {
            return None;
        }
    }
    let line = crate::text::clean_line(&text);
    (line.chars().count() <= limit).then_some(line)
}

/// Whether the element is one of these.
pub(super) fn is_one_of(node: &NodeRef, names: &[&str]) -> bool {
    names.iter().any(|name| node.has_name(name))
}

/// Elements that stand as a block of their own.
pub(super) fn is_block(node: &NodeRef) -> bool {
    const BLOCKS: &[&str] = &[
        "p",
        "div",
        "section",
        "article",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "aside",
        "header",
        "footer",
        "main",
        "nav",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "form",
    ];
    is_one_of(node, BLOCKS)
}

/// Whether a block holds no other block: its text is one paragraph.
pub(super) fn is_leaf(node: &NodeRef) -> bool {
    !node.descendants_it().any(|inner| is_block(&inner))
}

/// The class and id of an element as words in lower case, each between two hyphens: `-article-body-newsletter-`.
pub(super) fn labels(node: &NodeRef) -> String {
    let mut words = String::from("-");
    for value in [node.class(), node.id_attr()].into_iter().flatten() {
        let mut before = ' ';
        for c in value.chars() {
            if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
                words.push('-');
            }
            if c.is_alphanumeric() {
                words.extend(c.to_lowercase());
            } else if !words.ends_with('-') {
                words.push('-');
            }
            before = c;
        }
        if !words.ends_with('-') {
            words.push('-');
        }
    }
    words
}

/// Whether one of `names`, each one or more words joined by hyphens, is among the labels.
pub(super) fn has_label(labels: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        labels.match_indices(name).any(|(at, _)| {
            labels.as_bytes().get(at.wrapping_sub(1)) == Some(&b'-')
                && labels.as_bytes().get(at + name.len()) == Some(&b'-')
        })
    })
}
