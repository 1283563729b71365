//! The article's links and pictures get absolute addresses, and nothing keeps what a program could run.

use dom_query::{Document, NodeRef};
use url::Url;

use super::address::absolute;
use crate::document::build::is_telling_class;

/// Attributes of the article that are kept: where things lead, what they show, how tables and lists are built.
const KEPT: &[&str] = &[
    "href", "src", "alt", "title", "colspan", "rowspan", "start", "type", "datetime", "lang", "dir", "poster", "srcset",
];

/// Resolves the addresses of an article against the page's.
pub(super) fn make_absolute(article: &Document, base: Option<&Url>) {
    for node in article.root().descendants().into_iter().filter(NodeRef::is_element) {
        if node.has_name("img") && node.attr("src").is_none_or(|src| src.starts_with("data:")) {
            // Pictures that a script loads later have their address elsewhere.
            let later = ["data-src", "data-original", "data-lazy-src", "data-srcset", "srcset"]
                .iter()
                .find_map(|name| node.attr(name));
            if let Some(address) =
                later.as_deref().and_then(|value| value.split([' ', ',']).find(|part| !part.is_empty()))
            {
                node.set_attr("src", address);
            }
        }
        let class = node.class().filter(|class| is_telling_class(class));
        let rights = node.attr("itemprop").filter(|name| matches!(&**name, "copyrightHolder" | "creditText"));
        node.retain_attrs(KEPT);
        if let Some(class) = class {
            node.set_attr("class", &class);
        }
        if let Some(rights) = rights {
            node.set_attr("itemprop", &rights);
        }
        for name in ["href", "src", "poster"] {
            let Some(value) = node.attr(name) else { continue };
            let fragment = value.starts_with('#');
            match absolute(base, &value).filter(|_| !fragment) {
                Some(url) => node.set_attr(name, url.as_str()),
                None if value.starts_with("mailto:") => {}
                None => node.remove_attr(name),
            }
        }
        node.remove_attr("srcset");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute_and_the_rest_goes() {
        let article = Document::fragment(
            "<p onclick=x() class=y><a href='/b#c'>b</a><a href='javascript:x()'>x</a><img data-src=p.jpg src='data:image/gif;base64,AA' alt=P></p>",
        );
        make_absolute(&article, Url::parse("https://example.com/a/").ok().as_ref());
        let html = article.root().html().to_string();
        assert!(html.contains("<p><a href=\"https://example.com/b\">b</a><a>x</a>"), "{html}");
        assert!(!html.contains("class"), "{html}");
        assert!(html.contains("src=\"https://example.com/a/p.jpg\"") && !html.contains("data-src"), "{html}");
    }
}
