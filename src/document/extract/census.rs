//! The text of every part of a page counted in one pass, so that nested parts cost no more than flat ones.

use std::collections::HashMap;

use dom_query::{NodeId, NodeRef};

use super::tree::{Weight, is_block};

/// A block with fewer characters outside of links is no paragraph of prose.
const PARAGRAPH: usize = 70;

/// What a part of the page holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    /// All of its text.
    pub(super) weight: Weight,
    /// Characters of it that stand in paragraphs, not in lists of links or scattered words.
    pub(super) prose: usize,
    /// How many paragraphs these are.
    pub(super) paragraphs: usize,
    /// It holds a first heading or what is marked as the text of an article.
    pub(super) marked: bool,
}

/// What each part holds.
pub(super) struct Census {
    counts: HashMap<NodeId, Count>,
}

impl Census {
    /// Counts all below `root`.
    pub(super) fn of(root: &NodeRef) -> Self {
        let mut counts: HashMap<NodeId, Count> = HashMap::new();
        // The text of a block itself, without that of the blocks within it.
        let mut own: HashMap<NodeId, Weight> = HashMap::new();
        let mut nodes = root.descendants();
        nodes.insert(0, *root);
        // What is within comes before what it is within.
        for node in nodes.iter().rev() {
            let parent = node.parent().map(|parent| parent.id);
            if node.is_text() {
                let all = node.text().chars().filter(|c| !c.is_whitespace()).count();
                if let Some(parent) = parent.filter(|_| all > 0) {
                    own.entry(parent).or_default().all += all;
                    counts.entry(parent).or_default().weight.all += all;
                }
                continue;
            }
            if !node.is_element() && node.id != root.id {
                continue;
            }
            let count = counts.entry(node.id).or_default();
            let mut text = own.remove(&node.id).unwrap_or_default();
            if node.has_name("a") {
                count.weight.linked = count.weight.all;
                text.linked = text.all;
            }
            count.marked |= node.has_name("h1") || is_article_body(node);
            let block = is_block(node) || node.id == root.id;
            if block && text.plain() >= PARAGRAPH && !text.is_links(50) {
                count.prose += text.plain();
                count.paragraphs += 1;
            }
            let count = *count;
            if let Some(parent) = parent.filter(|_| node.id != root.id) {
                let above = counts.entry(parent).or_default();
                above.weight.all += count.weight.all;
                above.weight.linked += count.weight.linked;
                above.prose += count.prose;
                above.paragraphs += count.paragraphs;
                above.marked |= count.marked;
                if !block {
                    let above = own.entry(parent).or_default();
                    above.all += text.all;
                    above.linked += text.linked;
                }
            }
        }
        Self { counts }
    }

    /// What this part holds.
    pub(super) fn count(&self, node: &NodeRef) -> Count {
        self.counts.get(&node.id).copied().unwrap_or_default()
    }
}

/// Whether the publisher marks it as the text of an article.
pub(super) fn is_article_body(node: &NodeRef) -> bool {
    node.attr("itemprop").is_some_and(|name| name.eq_ignore_ascii_case("articleBody"))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn text_links_and_prose_are_counted_apart() {
        let prose = "Containers wait at the quay, and nobody can tell for how long it will be so. ".repeat(2);
        let page = Document::from(format!(
            "<div id=a><p>{prose}<p><a href=x>a link</a> and</p><ul><li><a>more</a></ul></div><h1>T</h1>"
        ));
        let body = page.body().unwrap();
        let census = Census::of(&body);
        let part = page.select_single("#a");
        let count = census.count(&part.nodes()[0]);
        let words = prose.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!((count.prose, count.paragraphs, count.marked), (words, 1, false));
        assert_eq!(count.weight, Weight { all: words + 12, linked: 9 });
        assert!(census.count(&body).marked);
    }
}
