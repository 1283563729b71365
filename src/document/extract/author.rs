//! Who wrote an article: from the page's data, its `meta` elements, or what is marked as the name.

use dom_query::Document;

use super::phrases::folded;
use super::told::{Told, texts};
use super::topline::is_date_line;
use super::tree::short_line;
use crate::text::clean_line;

/// Longest author line in characters, many names together.
const MAX_LINE: usize = 200;
/// Longest single name in characters: what is longer tells of the author.
const MAX_NAME: usize = 60;
/// Most elements of one kind that are looked at for a name.
const MAX_ELEMENTS: usize = 20;

/// `meta` elements that name the author, the surest first.
const METAS: &[&str] = &[
    "dc.creator",
    "dcterms.creator",
    "author",
    "article:author",
    "article:author_name",
    "dc.author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "twitter:creator",
];
/// Elements that hold the name, the surest first.
const MARKED: &[&str] = &[
    "[itemprop~=author] [itemprop=name]",
    "[itemprop~=author]",
    "a[rel~=author]",
    ".byline-name",
    ".author-name",
    ".article-author",
    ".byline a",
    ".byline",
    "[class$='-byline'] a",
    "[class$='-byline']",
    "[class$='__byline'] a",
    "[class$='__byline']",
    ".author a",
    ".author",
];

/// What stands before a name on the page.
const MARKS: &[&str] =
    &["about the author", "written by", "posted by", "published by", "by", "von", "par", "por", "door", "di"];
/// The same in data, where names of people that begin so are whole.
const DATA_MARKS: &[&str] = &["written by", "posted by", "by"];

/// The author; none when what is named is the publication itself.
pub(super) fn find(page: &Document, told: &Told, site: Option<&str>) -> Option<String> {
    let other = |name: &String| site.is_none_or(|site| folded(site) != folded(name));
    let tidy = |name: &str| tidy(name, DATA_MARKS).filter(other);
    let told_so = ["author", "creator"].iter().find_map(|name| {
        let mut names: Vec<String> = texts(told.property(name)).iter().filter_map(|name| tidy(name)).collect();
        let mut seen = std::collections::HashSet::new();
        names.retain(|name| seen.insert(folded(name)));
        (!names.is_empty()).then(|| names.join(", "))
    });
    told_so.or_else(|| METAS.iter().find_map(|name| told.meta(&[name]).and_then(tidy))).or_else(|| {
        MARKED.iter().find_map(|selector| {
            let found = page.select(selector);
            let mut nodes = found.nodes().iter().take(MAX_ELEMENTS);
            nodes.find_map(|node| short_line(node, MAX_LINE).and_then(|line| self::tidy(&line, MARKS)).filter(other))
        })
    })
}

/// A name without what stands around it; none when it is an address or no name.
fn tidy(name: &str, marks: &[&str]) -> Option<String> {
    let name = clean_line(name);
    let mut name = name.trim();
    for mark in marks {
        name = without_mark(name, mark);
    }
    for end in [" | ", " Edited by ", " · ", " • ", ", who ", ", a ", ", an ", ", the "] {
        name = name.split(end).next().unwrap_or_default();
    }
    let name = name.trim_matches([',', ';', '|', ' ', ':']);
    let bad = name.is_empty()
        || name.starts_with("http")
        || name.starts_with('@')
        || is_date_line(name)
        || name.chars().filter(char::is_ascii_digit).count() > 4
        || name.chars().count() > MAX_LINE
        || name.split([',', ';', '/', '&']).any(|one| one.chars().count() > MAX_NAME)
        || !name.chars().any(char::is_alphabetic)
        || matches!(
            &*folded(name),
            "admin"
                | "administrator"
                | "editor"
                | "staff"
                | "author"
                | "null"
                | "undefined"
                | "by"
                | "none"
                | "unknown"
        );
    (!bad).then(|| name.to_owned())
}

/// A line without a word at its beginning, whatever its case, when something follows.
fn without_mark<'a>(line: &'a str, mark: &str) -> &'a str {
    let (Some(begin), Some(rest)) = (line.get(..mark.len()), line.get(mark.len()..)) else { return line };
    if begin.eq_ignore_ascii_case(mark) && rest.starts_with([' ', ':']) {
        rest.trim_start_matches([' ', ':'])
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_is_none() {
        for (line, name) in [
            ("By Ann Example", Some("Ann Example")),
            ("BY: ANN EXAMPLE", Some("ANN EXAMPLE")),
            ("by:Ann Example", Some("Ann Example")),
            ("Written by Ann Example Edited by Bo Sample", Some("Ann Example")),
            ("Ann Example | Markets", Some("Ann Example")),
            ("Byron Example", Some("Byron Example")),
            (
                "Ann Example, Bo Sample, Cy Instance and Di Specimen of the Harbour Post",
                Some("Ann Example, Bo Sample, Cy Instance and Di Specimen of the Harbour Post"),
            ),
            ("About the author Ann Example Head of Cranes and Other Tall Things at the Harbour Post", None),
            ("https://example.com/ann", None),
            ("@ann", None),
            ("admin", None),
            (" ", None),
        ] {
            assert_eq!(tidy(line, MARKS).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn names_in_data_are_whole() {
        assert_eq!(tidy("Di Example", DATA_MARKS).as_deref(), Some("Di Example"));
        assert_eq!(tidy("By Von Example", DATA_MARKS).as_deref(), Some("Von Example"));
    }

    #[test]
    fn names_come_from_where_they_are_sure() {
        let found = |html: &str| {
            let page = Document::from(html);
            find(&page, &Told::read(&page), Some("Harbour Post"))
        };
        let ann = Some("Ann Example".to_owned());
        assert_eq!(
            found(
                "<div class=author>About the author Ann Example, who has written for the Harbour Post about cranes and quays</div><span class=author>Ann Example</span>"
            ),
            ann
        );
        assert_eq!(found("<div class=article-byline>BY: Ann Example</div>"), ann);
        assert_eq!(found("<p class=post__byline>By <a href=/ann>Ann Example</a>, 4 March</p>"), ann);
        assert_eq!(found("<meta name=author content='Harbour Post'><span class=byline>Ann Example</span>"), ann);
        assert_eq!(found("<meta name=author content='Harbour Post'>"), None);
        assert_eq!(found("<meta name='dc:creator' content='Ann Example'>"), ann);
        assert_eq!(
            found(
                r#"<script type="application/ld+json">{"@type":"Article","author":[{"name":"Ann Example"},{"name":"ann example"}]}</script>"#
            ),
            ann
        );
    }
}
