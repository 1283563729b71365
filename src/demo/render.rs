//! Feed documents made of the invented news: RSS 2.0, Atom and JSON Feed 1.1, as real publications write them.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use quick_xml::escape::escape;
use serde_json::{Map, Value, json};

use super::script::{Article, Format, Publication};

/// An article that is out, and since when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Published<'a> {
    pub(super) article: &'a Article,
    /// Its place among the publication's articles.
    pub(super) number: usize,
    pub(super) at: Timestamp,
}

/// The publication's feed with these articles, the newest first.
pub(super) fn document(publication: &Publication, published: &[Published<'_>]) -> String {
    let mut items = published.to_vec();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    match publication.format {
        Format::Rss => rss(publication, &items),
        Format::Atom => atom(publication, &items),
        Format::Json => json_feed(publication, &items),
    }
}

fn rss(publication: &Publication, items: &[Published<'_>]) -> String {
    let mut out = String::from(concat!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"",
        " xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n"
    ));
    element(&mut out, "title", publication.name);
    element(&mut out, "link", publication.site);
    element(&mut out, "description", publication.about);
    element(&mut out, "language", "en");
    for item in items {
        let (article, address) = (item.article, publication.address(item.number));
        out.push_str("<item>\n");
        element(&mut out, "title", article.title);
        element(&mut out, "link", &address);
        element(&mut out, "guid", &address);
        element(&mut out, "pubDate", &mail_date(item.at));
        if let Some(author) = article.author {
            element(&mut out, "dc:creator", author);
        }
        if let Some(language) = article.language {
            element(&mut out, "dc:language", language);
        }
        for tag in &article.tags {
            element(&mut out, "category", tag);
        }
        element(&mut out, "description", article.teaser);
        if !article.body.is_empty() {
            // Half of the real ones escape, half use CDATA; the section must not end inside the text.
            out.push_str("<content:encoded><![CDATA[");
            out.push_str(&article.body.trim_end().replace("]]>", "]]&gt;"));
            out.push_str("]]></content:encoded>\n");
        }
        if let Some(file) = article.file {
            let bytes = file.bytes.to_string();
            tag(&mut out, "enclosure", &[("url", file.url), ("length", &bytes), ("type", file.mime)], None);
        }
        out.push_str("</item>\n");
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn atom(publication: &Publication, items: &[Published<'_>]) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n");
    element(&mut out, "title", publication.name);
    element(&mut out, "subtitle", publication.about);
    element(&mut out, "id", publication.site);
    tag(&mut out, "link", &[("rel", "alternate"), ("href", publication.site)], None);
    element(&mut out, "updated", &items.first().map(|item| item.at).unwrap_or_default().to_string());
    for item in items {
        let (article, address) = (item.article, publication.address(item.number));
        out.push_str("<entry");
        if let Some(language) = article.language {
            attribute(&mut out, "xml:lang", language);
        }
        out.push_str(">\n");
        element(&mut out, "title", article.title);
        element(&mut out, "id", &address);
        tag(&mut out, "link", &[("rel", "alternate"), ("type", "text/html"), ("href", &address)], None);
        if let Some(file) = article.file {
            let bytes = file.bytes.to_string();
            let attributes = [("rel", "enclosure"), ("href", file.url), ("length", &bytes), ("type", file.mime)];
            tag(&mut out, "link", &attributes, None);
        }
        element(&mut out, "published", &item.at.to_string());
        element(&mut out, "updated", &item.at.to_string());
        if let Some(author) = article.author {
            out.push_str("<author>");
            element(&mut out, "name", author);
            out.push_str("</author>\n");
        }
        for category in &article.tags {
            tag(&mut out, "category", &[("term", category)], None);
        }
        element(&mut out, "summary", article.teaser);
        if !article.body.is_empty() {
            tag(&mut out, "content", &[("type", "html")], Some(article.body.trim_end()));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

fn json_feed(publication: &Publication, items: &[Published<'_>]) -> String {
    let items: Vec<Value> = items
        .iter()
        .map(|item| {
            let (article, address) = (item.article, publication.address(item.number));
            let mut out = Map::new();
            out.insert("id".into(), json!(address));
            out.insert("url".into(), json!(address));
            out.insert("title".into(), json!(article.title));
            out.insert("summary".into(), json!(article.teaser));
            out.insert("date_published".into(), json!(item.at.to_string()));
            out.insert("tags".into(), json!(article.tags));
            // JSON Feed wants content; where there is only a teaser, that is it.
            if article.body.is_empty() {
                out.insert("content_text".into(), json!(article.teaser));
            } else {
                out.insert("content_html".into(), json!(article.body));
            }
            if let Some(author) = article.author {
                out.insert("authors".into(), json!([{ "name": author }]));
            }
            if let Some(language) = article.language {
                out.insert("language".into(), json!(language));
            }
            if let Some(file) = article.file {
                let attachment = json!({ "url": file.url, "mime_type": file.mime, "size_in_bytes": file.bytes });
                out.insert("attachments".into(), json!([attachment]));
            }
            Value::Object(out)
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": publication.name,
        "description": publication.about,
        "home_page_url": publication.site,
        "language": "en",
        "items": items,
    });
    format!("{feed:#}\n")
}

/// One XML element with text.
fn element(out: &mut String, name: &str, text: &str) {
    tag(out, name, &[], Some(text));
}

/// One XML element with attributes, and with text unless it is empty.
fn tag(out: &mut String, name: &str, attributes: &[(&str, &str)], text: Option<&str>) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        attribute(out, name, value);
    }
    match text {
        None => out.push_str("/>\n"),
        Some(text) => {
            out.push('>');
            out.push_str(&escape(text));
            out.push_str("</");
            out.push_str(name);
            out.push_str(">\n");
        }
    }
}

fn attribute(out: &mut String, name: &str, value: &str) {
    for part in [" ", name, "=\"", &escape(value), "\""] {
        out.push_str(part);
    }
}

/// The date form of RSS, as in `Tue, 06 Oct 2026 07:54:00 GMT`.
fn mail_date(at: Timestamp) -> String {
    // It fails for years before 0 only.
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}
