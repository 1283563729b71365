//! Where on the page the article is: what dom_smoothie finds, against what the publisher marks as the article and what the
//! page says in its data.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::census::{Census, is_article_body};
use super::likeness::Likeness;
use super::tree::{has_label, is_one_of, labels, prose, weigh};

/// Labels that publishers give to the element that holds the text of the article and little else.
const HOLDERS: &[&str] = &[
    "article-body",
    "articlebody",
    "article-content",
    "article-text",
    "article-main-body",
    "article-copy",
    "story-body",
    "storybody",
    "story-content",
    "story-text",
    "entry-content",
    "post-content",
    "post-body",
    "postcontent",
    "td-post-content",
    "article-body-content",
    "content-article-body",
    "news-body",
    "news-content",
    "news-text",
    "page-content-article",
    "rich-text-article-body",
    "field-name-body",
    "artikel-text",
    "article-detail-content",
    "cuerpo-noticia",
    "texte-article",
    "testo-articolo",
];
/// Fewer characters than this are no article.
const MIN_TEXT: usize = 400;
/// With so much prose a part of what is marked is enough to be the article.
const MIN_PROSE: usize = 1500;
/// As many parts as the text of one page comes in.
const MAX_HOLDERS: usize = 64;

/// The article as a tree of its own; none when there is nothing on the page that could be one.
/// `told` is the article's text as the page's data has it.
pub(super) fn find(page: &Document, url: &str, told: Option<&str>) -> Option<Document> {
    let found = readability(page.clone(), url).filter(|found| weigh(&found.root()).all > 0);
    let holders = holders(page);
    if let Some(told) = told.map(Likeness::new).filter(|told| told.words() >= 60) {
        return closest(&told, found, &holders);
    }
    let all: usize = holders.iter().map(|(_, prose)| prose).sum();
    let best = holders.iter().max_by_key(|(_, prose)| *prose);
    if let Some((holder, prose)) = best
        && *prose >= MIN_TEXT
        // A page of many texts in parts, or of many articles, has no one holder.
        && prose * 10 >= all * 8
        && is_better(holder, *prose, found.as_ref())
    {
        return Some(within(holder, *prose, url, found));
    }
    found
}

/// The article within what the publisher marks as holding it. Some mark a good part of the page, so that it is looked for
/// in there too.
fn within(holder: &NodeRef, marked: usize, url: &str, found: Option<Document>) -> Document {
    let inner = readability(Document::from(format!("<body>{}</body>", holder.html())), url);
    let guesses = [inner, found].into_iter().flatten().map(|tree| (prose(&tree.root()).0, tree));
    // What has much more goes on after what is marked.
    let best = guesses.filter(|(prose, _)| prose * 10 <= marked * 13).max_by_key(|(prose, _)| *prose);
    match best {
        Some((prose, tree)) if prose * 10 >= marked * 7 || prose >= MIN_PROSE => tree,
        _ => cut_out(holder),
    }
}

/// What dom_smoothie, which does what Mozilla's Readability does, takes for the article.
fn readability(page: Document, url: &str) -> Option<Document> {
    // Classes tell credits, captions and signs apart when the article is read.
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let base = url::Url::parse(url).ok().filter(url::Url::has_host).map(String::from);
    let article = Readability::with_document(page, base.as_deref(), Some(config)).ok()?.parse().ok()?;
    Some(Document::fragment(article.content))
}

/// Elements that are marked as holding the article, outermost ones only, each with how much prose it holds.
fn holders(page: &Document) -> Vec<(NodeRef<'_>, usize)> {
    let Some(body) = page.body() else { return Vec::new() };
    let census = Census::of(&body);
    let mut holders: Vec<(NodeRef, usize)> = Vec::new();
    for node in body.descendants_it() {
        let marked = node.is_element()
            && (is_article_body(&node)
                || (is_one_of(&node, &["div", "section", "article", "main"]) && has_label(&labels(&node), HOLDERS)));
        if marked
            && holders.len() < MAX_HOLDERS
            && !holders.iter().any(|(above, _)| node.ancestors_it(None).any(|up| up.id == above.id))
        {
            holders.push((node, census.count(&node).prose));
        }
    }
    holders
}

/// Whether the text that the publisher marks is a better guess than what was found.
fn is_better(holder: &NodeRef, marked: usize, found: Option<&Document>) -> bool {
    if weigh(holder).is_links(50) {
        return false;
    }
    let Some(found) = found.map(Document::root) else { return true };
    let found_prose = prose(&found).0;
    if marked * 10 >= found_prose * 13 {
        return true;
    }
    let shared = Likeness::new(&holder.text()).shared_part(&found.text());
    // Much more than what is marked was found: the text is followed by something else. Or it is something else altogether.
    (weigh(&found).plain() * 10 >= weigh(holder).plain() * 16 && shared >= 0.9) || shared < 0.3
}

/// Of all that could be the article, what is most like the text that the page's data tells.
fn closest(told: &Likeness, found: Option<Document>, holders: &[(NodeRef, usize)]) -> Option<Document> {
    let mut best = found.map(|found| (told.of(&found.root().text()), found));
    for (holder, _) in holders {
        let likeness = told.of(&holder.text());
        if best.as_ref().is_none_or(|(best, _)| likeness > *best + 0.03) {
            best = Some((likeness, cut_out(holder)));
        }
    }
    best.map(|(_, tree)| tree)
}

/// A copy of an element as a tree of its own.
fn cut_out(node: &NodeRef) -> Document {
    Document::fragment(node.html())
}
