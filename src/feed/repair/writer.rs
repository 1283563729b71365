//! Writes the parts of the repaired document: RSS 2.0 or Atom 1.0, with the only namespaces that are needed.

use super::attributes;
use super::vocabulary::Dialect;
use crate::feed::references::escape;

/// Begins the document.
pub(super) fn root(dialect: Dialect, out: &mut String) {
    out.push_str(match dialect {
        Dialect::Rss => concat!(
            r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" "#,
            r#"xmlns:media="http://search.yahoo.com/mrss/"><channel>"#
        ),
        Dialect::Atom => r#"<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">"#,
    });
}

/// Ends the document.
pub(super) fn end(dialect: Dialect, out: &mut String) {
    out.push_str(match dialect {
        Dialect::Rss => "</channel></rss>",
        Dialect::Atom => "</feed>",
    });
}

pub(super) fn begin_item(dialect: Dialect, out: &mut String) {
    out.push_str(match dialect {
        Dialect::Rss => "<item>",
        Dialect::Atom => "<entry>",
    });
}

pub(super) fn end_item(dialect: Dialect, out: &mut String) {
    out.push_str(match dialect {
        Dialect::Rss => "</item>\n",
        Dialect::Atom => "</entry>\n",
    });
}

pub(super) fn end_tag(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// An element with a text.
pub(super) fn element(name: &str, text: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape(text, out);
    end_tag(name, out);
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(value, out);
    out.push('"');
}

/// A link to what the feed or item is about.
pub(super) fn link(dialect: Dialect, url: &str, kind: &str, out: &mut String) {
    if url.is_empty() {
        return;
    }
    match dialect {
        Dialect::Rss => element("link", url, out),
        Dialect::Atom => {
            out.push_str("<link");
            attribute("href", url, out);
            if !kind.is_empty() {
                attribute("type", kind, out);
            }
            out.push_str("/>");
        }
    }
}

/// A category; `label` is for people where `term` is not.
pub(super) fn category(dialect: Dialect, term: &str, label: &str, out: &mut String) {
    match dialect {
        _ if term.is_empty() && label.is_empty() => {}
        Dialect::Rss => element("category", if label.is_empty() { term } else { label }, out),
        Dialect::Atom => {
            out.push_str("<category");
            attribute("term", term, out);
            if !label.is_empty() {
                attribute("label", label, out);
            }
            out.push_str("/>");
        }
    }
}

/// An attached file, from the attributes of RSS's `enclosure` or Atom's `link`; `url` is its address made absolute.
pub(super) fn enclosure(dialect: Dialect, tag: &str, url: &str, out: &mut String) {
    let address = match dialect {
        Dialect::Rss => {
            out.push_str("<enclosure");
            "url"
        }
        Dialect::Atom => {
            out.push_str("<link rel=\"enclosure\"");
            "href"
        }
    };
    attribute(address, url, out);
    chosen(tag, &["type", "length", "title"], out);
    out.push_str("/>");
}

/// The start tag of a Media RSS element; `url` is its address made absolute, if it has one.
pub(super) fn media(name: &str, tag: &str, url: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    if !url.is_empty() {
        attribute("url", url, out);
    }
    chosen(tag, &["type", "fileSize", "duration"], out);
    out.push('>');
}

/// Copies some attributes, the first of each name.
fn chosen(tag: &str, names: &[&str], out: &mut String) {
    for name in names {
        if let Some(value) = attributes::attribute(tag, name) {
            attribute(name, value.trim(), out);
        }
    }
}
