//! What a page tells of its article in data: JSON-LD (schema.org) and `meta` elements.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::Value;

use crate::text::clean_line;

/// Types of schema.org that are articles; a page or a video tells less of the text.
const ARTICLES: &[&str] = &["article", "posting", "report", "review", "liveblog"];
/// Most things of a page's data that are looked at.
const MAX_THINGS: usize = 400;

/// What a page tells in data.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The thing of JSON-LD that is the article, or null.
    article: Value,
    /// `meta` elements by name, property or itemprop in lower case; the first of each.
    metas: HashMap<String, String>,
}

impl Told {
    /// Reads it from the page.
    pub(super) fn read(page: &Document) -> Self {
        let mut things = Vec::new();
        for script in page.select("script[type*='ld+json']").nodes() {
            if let Some(value) = parse(&script.text()) {
                flatten(value, &mut things, 0);
            }
        }
        let is_article = |thing: &&Value| {
            let types = texts(&thing["@type"]).join(" ").to_ascii_lowercase();
            ARTICLES.iter().any(|article| types.contains(article))
        };
        let is_page = |thing: &&Value| texts(&thing["@type"]).iter().any(|kind| kind == "WebPage");
        let article = things.iter().find(is_article).or_else(|| things.iter().find(is_page));
        let article = article.cloned().unwrap_or_default();
        let mut metas = HashMap::new();
        for meta in page.select("meta").nodes() {
            let Some(content) = meta.attr("content") else { continue };
            let content = clean_line(&content);
            for name in ["name", "property", "itemprop", "http-equiv"] {
                let Some(names) = meta.attr(name) else { continue };
                for name in names.split_whitespace().filter(|_| !content.is_empty()) {
                    // Dublin Core is written with either sign.
                    let name = name.to_ascii_lowercase();
                    let name = ["dc", "dcterms"]
                        .iter()
                        .find_map(|core| Some(format!("{core}.{}", name.strip_prefix(core)?.strip_prefix(':')?)))
                        .unwrap_or(name);
                    metas.entry(name).or_insert_with(|| content.clone());
                }
            }
        }
        Self { article, metas }
    }

    /// A property of the article in JSON-LD.
    pub(super) fn property(&self, name: &str) -> &Value {
        &self.article[name]
    }

    /// The first `meta` element of these names that says something.
    pub(super) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.get(*name)).map(String::as_str)
    }

    /// The text of the article, when the data has it.
    pub(super) fn body(&self) -> Option<&str> {
        self.property("articleBody").as_str().or_else(|| self.property("text").as_str())
    }

    /// The class or id of the part of the page that is not for everybody, when the data names it.
    pub(super) fn paid_part(&self) -> Option<&str> {
        paid_part(&self.article)
    }

    /// Whether the data says that the article is not for everybody.
    pub(super) fn is_paid(&self) -> bool {
        is_false(self.property("isAccessibleForFree"))
            || self.meta(&["article:content_tier"]).is_some_and(|tier| matches!(tier, "locked" | "metered"))
    }
}

/// The class or id of the part of the page that is not free, when the data names one in a plain selector (schema.org's
/// `hasPart` with a `cssSelector`, as search engines ask for).
fn paid_part(article: &Value) -> Option<&str> {
    let parts = &article["hasPart"];
    let mut parts = parts.as_array().map_or(std::slice::from_ref(parts), Vec::as_slice).iter().take(20);
    let selector =
        parts.find_map(|part| part["cssSelector"].as_str().filter(|_| is_false(&part["isAccessibleForFree"])))?;
    let name = selector.trim();
    let plain = name.starts_with(['.', '#'])
        && (2..=80).contains(&name.len())
        && name[1..].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && name[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    plain.then_some(name)
}

fn is_false(value: &Value) -> bool {
    value.as_bool() == Some(false) || value.as_str().is_some_and(|word| word.trim().eq_ignore_ascii_case("false"))
}

/// The texts of a value: of each of a list, of the name of a thing.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![clean_line(text)],
        Value::Array(values) => values.iter().take(20).flat_map(texts).collect(),
        Value::Object(thing) => thing.get("name").or_else(|| thing.get("@value")).map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Reads JSON as publishers write it: in CDATA, with raw line breaks in its strings.
fn parse(json: &str) -> Option<Value> {
    let json = json.trim().trim_end_matches(';').trim();
    let json = json.strip_prefix("<![CDATA[").and_then(|json| json.strip_suffix("]]>")).unwrap_or(json);
    let json = json.trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
    serde_json::from_str(json).ok().or_else(|| {
        let spaced: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// All things of a value, those of lists and graphs and the main one of a page among them.
fn flatten(value: Value, things: &mut Vec<Value>, depth: usize) {
    if things.len() >= MAX_THINGS || depth > 8 {
        return;
    }
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, things, depth + 1)),
        Value::Object(mut thing) => {
            for name in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = thing.remove(name) {
                    flatten(inner, things, depth + 1);
                }
            }
            things.push(Value::Object(thing));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(html: &str) -> Told {
        Told::read(&Document::from(html))
    }

    #[test]
    fn the_article_is_found_among_other_things() {
        let page = told(
            r#"<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "O"},
            {"@type": ["NewsArticle"], "headline": "H", "author": [{"name": "A"}, "B"], "isAccessibleForFree": "False"}]}</script>
            <script type="application/ld+json">broken {</script>"#,
        );
        assert_eq!(page.property("headline"), "H");
        assert_eq!(texts(page.property("author")), ["A", "B"]);
        assert!(page.is_paid());
        assert_eq!(page.paid_part(), None);
        assert!(!told("<p>").is_paid());
    }

    #[test]
    fn only_a_plain_selector_names_the_part_that_is_paid_for() {
        for (selector, named) in [
            (".rest-of-text", Some(".rest-of-text")),
            ("#paid", Some("#paid")),
            ("div > p:nth-child(2n+1)", None),
            (".", None),
            (".1", None),
        ] {
            let page = told(&format!(
                r#"<script type="application/ld+json">{{"@type": "Article", "isAccessibleForFree": false,
                "hasPart": [{{"isAccessibleForFree": "False", "cssSelector": "{selector}"}}]}}</script>"#
            ));
            assert_eq!(page.paid_part(), named, "{selector}");
        }
    }

    #[test]
    fn raw_line_breaks_and_wrappings_are_forgiven() {
        let page = told(
            "<script type='application/ld+json'><![CDATA[{\"@type\":\"Article\",\"articleBody\":\"a\nb\"};]]></script>",
        );
        assert_eq!(page.body(), None, "a semicolon within is not JSON");
        let page =
            told("<script type='application/ld+json'>{\"@type\":\"Article\",\"articleBody\":\"a\nb\"};</script>");
        assert_eq!(page.body(), Some("a b"));
    }

    #[test]
    fn the_first_meta_that_says_something_counts() {
        let page =
            told("<meta name=author content=''><meta name=Author content='A  B'><meta property=author content=C>");
        assert_eq!(page.meta(&["dc.creator", "author"]), Some("A B"));
    }
}
