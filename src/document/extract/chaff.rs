//! What stands around and within the article of a news page and is none of it, told by how it is marked up: share bars,
//! newsletter boxes, lists of other articles, comments, advertisements. It goes before the article is looked for.

use dom_query::{Document, NodeRef};

use super::census::{Census, Count};
use super::tree::{has_label, is_one_of, labels};

/// Labels of parts that are no text of the article, however long they are.
const NEVER: &[&str] = &[
    "comments",
    "comment-list",
    "commentlist",
    "comments-area",
    "disqus",
    "disqus-thread",
    "respond",
    "outbrain",
    "taboola",
    "zergnet",
    "revcontent",
    "plista",
    "jp-relatedposts",
    "sharedaddy",
    "addthis",
    "addtoany",
    "onetrust",
    "cookie-banner",
    "cookie-notice",
    "cookie-consent",
    "usercentrics",
    "cookiebot",
    // MediaWiki's links to edit a section, and its table of contents.
    "mw-editsection",
    "toc",
];
/// Labels of parts that are no text of the article unless they hold much of it: publishers name whole columns so.
const RARELY: &[&str] = &[
    "newsletter",
    "newsletter-signup",
    "newsletters",
    "related",
    "related-articles",
    "related-posts",
    "related-content",
    "related-stories",
    "related-news",
    "related-links",
    "relatedposts",
    "relatedarticles",
    "most-read",
    "mostread",
    "most-popular",
    "mostpopular",
    "meistgelesen",
    "trending",
    "recommended",
    "recommendations",
    "recirc",
    "recirculation",
    "readmore",
    "read-more",
    "read-next",
    "read-also",
    "readalso",
    "up-next",
    "more-stories",
    "more-news",
    "more-on",
    "more-from",
    "you-may-like",
    "also-like",
    "lire-aussi",
    "leer-mas",
    "lees-ook",
    "leggi-anche",
    "mehr-zum-thema",
    "weiterlesen",
    "share",
    "sharing",
    "share-bar",
    "sharebar",
    "share-buttons",
    "sharebuttons",
    "share-tools",
    "social-share",
    "social-links",
    "social-media",
    "socialshare",
    "social-bar",
    "author-bio",
    "author-box",
    "about-author",
    "about-the-author",
    "authorbox",
    "author-info",
    "signup",
    "sign-up",
    "subscribe",
    "subscribe-box",
    "advert",
    "advertisement",
    "ad-slot",
    "adslot",
    "ad-container",
    "ad-wrapper",
    "breadcrumb",
    "breadcrumbs",
    "post-tags",
    "tag-list",
    "article-tags",
    "entry-tags",
];
/// Labels of what is shown to nobody who reads with the eyes.
const UNSEEN: &[&str] = &["screen-reader-text", "sr-only", "visually-hidden", "visuallyhidden", "skip-link"];
/// Roles (WAI-ARIA) of parts that are no text.
const ROLES: &[&str] = &["navigation", "complementary", "search", "dialog", "alertdialog", "menu"];
/// A part may hold so many percent of the page's text and still go.
const SHARE: usize = 15;

/// Takes out of the page what is marked up as none of the article.
pub(super) fn winnow(page: &Document) {
    let Some(body) = page.body() else { return };
    let census = Census::of(&body);
    let whole = census.count(&body).weight.plain();
    for node in body.descendants() {
        // What went with something around it is not looked at again.
        let count = census.count(&node);
        if node.is_element() && node.parent().is_some() && !count.marked && is_chaff(&node, &count, whole) {
            node.remove_from_parent();
        }
    }
}

/// Words in class names and ids for which dom_smoothie drops a part whatever is in it. Page builders use most of them for
/// every part of a page.
const ILL_FAMED: &[&str] = &[
    "ad",
    "hidden",
    "hide",
    "banner",
    "com-",
    "contact",
    "media",
    "meta",
    "promo",
    "scroll",
    "share",
    "shopping",
    "tags",
    "tag",
    "widget",
    "hid",
    "extra",
    "header",
    "menu",
    "rss",
    "social",
    "sponsor",
    "popup",
    "related",
    "remark",
    "supplemental",
    "legends",
    "pager",
    "cover-wrap",
    "footer",
];

/// Takes their bad names from parts that hold prose, and from headings.
pub(super) fn clear_names(page: &Document) {
    let Some(body) = page.body() else { return };
    let census = Census::of(&body);
    let whole = census.count(&body).prose;
    for node in body.descendants().into_iter().filter(NodeRef::is_element) {
        let heading = is_one_of(&node, &["h2", "h3", "h4", "h5", "h6"]);
        let holder = is_one_of(&node, &["div", "section", "article", "main", "p", "header"]);
        if !(heading || holder) || !(node.has_attr("class") || node.has_attr("id")) {
            continue;
        }
        let labels = labels(&node);
        if !ILL_FAMED.iter().any(|word| labels.contains(word)) {
            continue;
        }
        let clear = if heading {
            true
        } else {
            let count = census.count(&node);
            count.paragraphs >= 2 && count.prose * 5 >= whole * 2
        };
        if clear {
            node.remove_attrs(&["class", "id"]);
        }
    }
}

fn is_chaff(node: &NodeRef, count: &Count, whole: usize) -> bool {
    if is_one_of(
        node,
        &["html", "body", "main", "article", "a", "p", "h1", "h2", "table", "tbody", "tr", "td", "img", "br"],
    ) {
        return false;
    }
    if is_one_of(node, &["nav", "dialog", "button", "select", "object", "menu"]) {
        return true;
    }
    let labels = labels(node);
    if has_label(&labels, NEVER) || is_hidden(node, count) {
        return true;
    }
    if is_one_of(node, &["span", "em", "strong", "b", "i"]) {
        return has_label(&labels, UNSEEN);
    }
    let doubtful = has_label(&labels, RARELY)
        || has_label(&labels, UNSEEN)
        || node.attr("role").is_some_and(|role| ROLES.contains(&&*role.to_ascii_lowercase()));
    doubtful && count.weight.plain() * 100 <= whole * SHARE
}

fn is_hidden(node: &NodeRef, count: &Count) -> bool {
    // Hidden by the markup; what a style sheet hides cannot be known.
    node.attr("aria-hidden").is_some_and(|value| &*value == "true")
        && is_one_of(node, &["div", "section", "aside", "ul"])
        && count.weight.all < 200
}
