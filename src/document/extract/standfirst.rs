//! The paragraph that stands first, between heading and text: publishers set it apart from the text, so that it is lost
//! when the text is cut out. The page's description, which is mostly the same, tells which it is.

use dom_query::{Document, NodeRef};

use super::phrases::folded;
use super::told::Told;
use super::tree::{is_leaf, is_one_of, short_line, top};

/// A shorter line is no paragraph.
const MIN: usize = 50;
/// A longer one does not stand apart.
const MAX: usize = 700;
/// How much of a description must be the same; publishers cut it off.
const SAME: usize = 40;

/// The standfirst of the page as its text.
pub(super) fn find(page: &Document, told: &Told) -> Option<String> {
    let described = ["description", "og:description", "twitter:description"].iter().find_map(|name| told.meta(&[name]));
    let described = folded(described?);
    if described.len() < SAME {
        return None;
    }
    let body = page.body()?;
    let same = |node: &NodeRef| {
        if !is_one_of(node, &["p", "div", "h2", "h3", "span"]) || !is_leaf(node) {
            return None;
        }
        let line = short_line(node, MAX).filter(|line| line.chars().count() >= MIN)?;
        let text = folded(&line);
        let length = described.len().min(text.len());
        let common = described
            .chars()
            .zip(text.chars())
            .take_while(|(one, other)| one == other)
            .map(|(c, _)| c.len_utf8())
            .sum::<usize>();
        (common >= SAME && common * 10 >= length * 8).then_some(line)
    };
    body.descendants_it().filter(NodeRef::is_element).find_map(|node| same(&node))
}

/// Puts it before the article when it is not in it.
pub(super) fn restore(article: &Document, standfirst: &str) {
    let text = folded(&article.root().text());
    let words = folded(standfirst);
    let begin = words.get(..words.floor_char_boundary(80)).unwrap_or_default();
    if text.contains(begin) {
        return;
    }
    let root = top(article);
    let Some(first) = root.first_element_child() else { return };
    let paragraph = root.tree.new_element("p");
    paragraph.set_text(standfirst.to_owned());
    first.insert_before(&paragraph);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_like_the_description_comes_back() {
        let lead = "Dockers have gone back to work after a week in which hardly a box was moved.";
        let page = Document::from(format!(
            "<meta name=description content='{} ...'><h1>T</h1><p>Other</p><div>{lead}</div>",
            &lead[..60]
        ));
        let found = find(&page, &Told::read(&page));
        assert_eq!(found.as_deref(), Some(lead));
        let article = Document::fragment("<div><p>First paragraph.</p></div>");
        restore(&article, lead);
        restore(&article, lead);
        assert_eq!(article.root().text().matches("Dockers").count(), 1);
        assert!(article.root().text().starts_with("Dockers"));
        assert_eq!(
            find(
                &Document::from("<p>A text that nothing describes, however long it may be, is none.</p>"),
                &Told::default()
            ),
            None
        );
    }
}
