//! What is left of a page's furniture within the article after it was cut out: lines that point elsewhere, lists of links
//! under a heading that promises more, empty headings, the title and the byline once more.

use dom_query::{Document, NodeRef};

use super::phrases;
use super::pointers;
use super::topline;
use super::tree::{Weight, has_text, is_block, is_leaf, is_one_of, short_line, top, weigh};

/// What is said only to those who hear the page is no longer than this in characters.
const MAX_SPOKEN: usize = 40;
/// A line that points elsewhere is no longer than this in characters.
const MAX_LINE: usize = 200;

/// A link of more characters than this is a sentence of the text.
const MAX_LONE_LINK: usize = 120;
/// For one paragraph that is only a link there are at least so many others where such links are not the subject.
const MIN_PROSE_FOR_A_LINK: usize = 6;

/// Takes out of the article what is no text of it. `title` and `author` are the page's.
pub(super) fn prune(article: &Document, title: &str, author: Option<&str>) {
    let root = top(article);
    drop_unread(&root);
    drop_lines(&root);
    drop_lists(&root);
    drop_lone_links(&root);
    drop_head(&root, title, author);
    drop_tail(&root, author);
    drop_empty(&root);
}

/// Elements without text, whoever left them in.
fn drop_unread(root: &NodeRef) {
    for node in root.descendants() {
        if is_one_of(
            &node,
            &[
                "script", "style", "button", "input", "select", "textarea", "template", "link", "meta", "noscript",
                "nav", "form",
            ],
        ) && node.parent().is_some()
            && !(node.has_name("form") && weigh(&node).plain() > 600)
        {
            node.remove_from_parent();
        }
        let spoken = node.parent().is_some()
            && is_one_of(&node, &["span", "small", "em", "i"])
            && short_line(&node, MAX_SPOKEN).is_some_and(|text| pointers::is_spoken(&text));
        if spoken {
            node.remove_from_parent();
        }
    }
}

/// Lines such as "Read more: ..." and "Advertisement".
fn drop_lines(root: &NodeRef) {
    for node in root.descendants() {
        if node.parent().is_none()
            || !is_block(&node)
            || !is_leaf(&node)
            || is_one_of(&node, &["td", "th", "figcaption", "pre"])
        {
            continue;
        }
        let Some(text) = short_line(&node, MAX_LINE) else { continue };
        let weight = weigh(&node);
        let pointing = pointers::points_elsewhere(&text) && (weight.is_links(40) || text.ends_with(':'));
        let labelled = weight.is_links(50) && pointers::is_labelled_pointer(&text);
        let offer = weight.is_links(20) && pointers::is_bracketed_offer(&text);
        if pointing || labelled || offer || phrases::is_furniture(&text) {
            node.remove_from_parent();
        }
    }
}

/// Headings that promise other articles, with the links under them.
fn drop_lists(root: &NodeRef) {
    for node in root.descendants() {
        if node.parent().is_none() || !is_heading_like(&node) {
            continue;
        }
        let Some(text) = short_line(&node, 60) else { continue };
        if !phrases::heads_links(&text) {
            continue;
        }
        let mut next = node.next_element_sibling();
        let mut dropped = false;
        while let Some(sibling) = next {
            next = sibling.next_element_sibling();
            let weight = weigh(&sibling);
            if is_heading_like(&sibling) && !weight.is_links(60) && weight.all > 0 {
                break;
            }
            if weight.all > 0 && !weight.is_links(60) {
                break;
            }
            sibling.remove_from_parent();
            dropped = true;
        }
        if dropped || node.next_element_sibling().is_none() {
            node.remove_from_parent();
        }
    }
}

/// Paragraphs that are one link between paragraphs of prose: other articles, put there to be clicked. Where there are many,
/// the links are what the text is about.
fn drop_lone_links(root: &NodeRef) {
    let paragraphs: Vec<(NodeRef, Weight)> = root
        .descendants()
        .into_iter()
        .filter(|node| node.has_name("p") && !is_in_figure(node) && !is_in_list(node))
        .map(|node| (node, weigh(&node)))
        .filter(|(_, weight)| weight.all > 0)
        .collect();
    let is_link = |weight: &Weight| weight.is_links(95) && weight.all < MAX_LONE_LINK;
    let links = paragraphs.iter().filter(|(_, weight)| is_link(weight)).count();
    if links * MIN_PROSE_FOR_A_LINK > paragraphs.len() {
        return;
    }
    for around in paragraphs.windows(3) {
        let [(_, before), (node, weight), (_, after)] = around else { continue };
        let line = short_line(node, MAX_LINE).unwrap_or_default();
        let title = line.split(' ').count() >= 3 && !line.contains("://") && !line.ends_with(['.', ':', '?', '!']);
        if is_link(weight)
            && title
            && !before.is_links(95)
            && !after.is_links(95)
            && !before_ends_open(node)
            && !holds_picture(node)
        {
            node.remove_from_parent();
        }
    }
}

/// Whether the text before leads to what follows: it ends with a colon, or is a heading.
fn before_ends_open(node: &NodeRef) -> bool {
    node.prev_element_sibling().is_none_or(|before| {
        is_one_of(&before, &["h1", "h2", "h3", "h4", "h5", "h6"]) || before.text().trim_end().ends_with(':')
    })
}

fn is_in_list(node: &NodeRef) -> bool {
    node.ancestors_it(Some(6)).any(|above| is_one_of(&above, &["li", "blockquote"]))
}

fn is_heading_like(node: &NodeRef) -> bool {
    is_one_of(node, &["h1", "h2", "h3", "h4", "h5", "h6"]) || (is_one_of(node, &["p", "div"]) && is_leaf(node))
}

/// The title, the byline, the date and links to departments before the first paragraph.
fn drop_head(root: &NodeRef, title: &str, author: Option<&str>) {
    let title = phrases::folded(title).replace(' ', "");
    let mut prose = 0;
    let mut looked = 0;
    for node in root.descendants() {
        if node.parent().is_none() || !is_block(&node) || !is_leaf(&node) || is_in_figure(&node) {
            continue;
        }
        let Some(text) = short_line(&node, MAX_LINE) else { break };
        let weight = weigh(&node);
        if text.is_empty() {
            continue;
        }
        looked += 1;
        // One long paragraph is the text, or several short ones.
        if looked > 12 || weight.plain() >= 110 || prose >= 150 {
            break;
        }
        prose += if weight.plain() >= 60 { weight.plain() } else { 0 };
        let folded = phrases::folded(&text);
        // Kicker and title often stand without a space between them.
        let bare = folded.replace(' ', "");
        let repeats_title = !title.is_empty()
            && (bare == title || (bare.len() > 20 && (title.starts_with(&bare) || title.ends_with(&bare))));
        let links = weight.is_links(60) && weight.all < 80 && !is_one_of(&node, &["h2", "h3", "h4"]);
        if repeats_title
            || links
            || topline::is_byline(&text, author)
            || topline::is_date_line(&text)
            || topline::is_signed_date(&text, author)
        {
            node.remove_from_parent();
        }
    }
}

fn is_in_figure(node: &NodeRef) -> bool {
    let figure = |node: &NodeRef| is_one_of(node, &["figure", "figcaption", "table", "td", "th", "pre", "dl"]);
    figure(node) || node.ancestors_it(Some(6)).any(|above| figure(&above))
}

/// Links, headings and rules after the last paragraph.
fn drop_tail(root: &NodeRef, author: Option<&str>) {
    let mut last = root.last_child();
    let mut dropped = 0;
    while let Some(node) = last {
        if dropped > 24 {
            return;
        }
        let blank = node.is_text() && node.text().trim().is_empty();
        let pictures = node.is_element() && holds_picture(&node);
        let weight = weigh(&node);
        let colophon = node.is_element()
            && is_leaf(&node)
            && short_line(&node, MAX_LINE).is_some_and(|text| {
                phrases::is_colophon(&text)
                    || topline::is_byline(&text, author)
                    || (weight.is_links(50) && weight.all < 120)
                    || topline::is_date_line(&text)
            });
        let heading = is_one_of(&node, &["h1", "h2", "h3", "h4", "h5", "h6", "hr"]);
        let listing = node.is_element() && is_one_of(&node, &["ul", "ol"]);
        let filed = listing
            && node.first_element_child().and_then(|item| short_line(&item, MAX_LINE)).is_some_and(|item| {
                item.ends_with(':') && phrases::is_colophon(&item) && weight.is_links(30) && weight.all < MAX_LINE
            });
        let links = filed || (listing && weight.is_links(85) && weight.all > 40);
        if blank
            || (node.is_element()
                && !pictures
                && (weight.all == 0 || links || colophon || (heading && weight.all < 80)))
        {
            last = node.prev_sibling();
            node.remove_from_parent();
            dropped += 1;
        } else if node.is_element() && is_one_of(&node, &["div", "section", "article", "main"]) {
            // The end of the article is the end of what it is wrapped in.
            last = node.last_child();
        } else {
            return;
        }
    }
}

fn drop_empty(root: &NodeRef) {
    for node in root.descendants() {
        if node.parent().is_some()
            && is_one_of(&node, &["p", "div", "section", "ul", "ol", "li", "span", "h2", "h3", "h4", "h5", "h6"])
            && !holds_picture(&node)
            && !has_text(&node)
        {
            node.remove_from_parent();
        }
    }
}

fn holds_picture(node: &NodeRef) -> bool {
    let picture =
        |node: &NodeRef| is_one_of(node, &["img", "picture", "iframe", "video", "audio", "amp-img", "hr", "br"]);
    picture(node) || node.descendants_it().any(|inner| picture(&inner))
}
