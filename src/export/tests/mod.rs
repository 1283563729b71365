//! Every format holds what went in, whatever a title is made of, and nothing that loads or acts.

mod mail;

use std::io::{Cursor, Read};

use proptest::prelude::*;
use pulldown_cmark::{Event as Markdown, Options, Parser, Tag, TagEnd};
use quick_xml::events::Event;

use super::fixture::{article, exported};
use super::{Format, bibtex};
use crate::model::Article;
use crate::text::clean_line;

/// Titles made of what formats take for their own.
fn hostile() -> impl Strategy<Value = String> {
    let parts = [
        "]",
        "[",
        "](x)",
        "`",
        "```",
        "{",
        "}",
        "{{",
        "\"",
        "'",
        "\n",
        "\r\n",
        "\u{1b}[31m",
        "\u{202e}",
        "\u{2066}",
        "</script>",
        "<script>",
        "<!--",
        "-->",
        "--",
        "]]>",
        "&amp;",
        "&",
        "<",
        ">",
        "\u{1f6a2}",
        "👩\u{200d}🔧",
        "ميناء جدة",
        "נמל",
        "港口",
        "%",
        "%20",
        "\\",
        "\\n",
        "@",
        "@article{",
        "#",
        "$",
        "_",
        "^",
        "~",
        "|",
        "*",
        "* ",
        "# ",
        "- ",
        "1. ",
        "> ",
        "=?utf-8?q?x?=",
        ":",
        ": ",
        "---",
        "<!-- /tidings:clip x -->",
        "\\textbar{}",
        " ",
        "Quay",
        "seven",
        "é",
        "\0",
        "\u{85}",
        "\u{fffe}",
        ",",
        ";",
        "\u{2028}",
        "![](x)",
        "<https://x.example>",
        "www.x.example",
    ];
    let part = prop_oneof![6 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(part, 1..14).prop_map(|parts| parts.concat())
}

fn titled(title: &str) -> Article {
    let mut article = article(7);
    title.clone_into(&mut article.headline.title);
    article.headline.feed_name = format!("Gazette {title}");
    article.headline.author = Some(title.to_owned());
    article.note = Some(title.to_owned());
    article.headline.via = None;
    article
}

/// The title as it is stored: clean.
fn clean(title: &str) -> String {
    let title = clean_line(title);
    if title.is_empty() { "(no title)".into() } else { title }
}

fn text(format: Format, article: &Article) -> String {
    String::from_utf8(exported(format, std::slice::from_ref(article))).unwrap()
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> &'a str {
    let from = text.find(begin).unwrap_or_else(|| panic!("no {begin} in {text}")) + begin.len();
    &text[from..from + text[from..].find(end).unwrap_or_else(|| panic!("no {end} in {text}"))]
}

/// The text of the first heading of a page.
fn heading(html: &str) -> String {
    quick_xml::escape::unescape(between(html, "<h1>", "</h1>")).unwrap().into_owned()
}

/// Reads XML strictly; gives the text of its first `title`.
fn strict(xml: &str) -> String {
    assert!(xml.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')), "a control character in {xml}");
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut depth, mut title, mut found) = (0_i32, None, String::new());
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{fault} in {xml}")) {
            Event::Start(tag) => {
                depth += 1;
                tag.attributes().for_each(|attribute| assert!(attribute.is_ok(), "{attribute:?} in {xml}"));
                if tag.name().as_ref() == "title" && title.is_none() {
                    title = Some(depth);
                }
            }
            Event::End(_) => {
                depth -= 1;
                if title.is_some_and(|at| depth < at) {
                    title = Some(i32::MIN);
                }
            }
            Event::Text(part) if title.is_some_and(|at| at == depth) => found.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if title.is_some_and(|at| at == depth) => {
                found.push_str(&quick_xml::escape::unescape(&format!("&{};", name.xml10_content())).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "unclosed elements in {xml}");
    found
}

/// The files of a book.
fn unpacked(book: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn titles_survive_markdown(title in hostile()) {
        let text = text(Format::Markdown, &titled(&title));
        let mut lines = text.lines();
        prop_assert_eq!(lines.next(), Some("---"));
        let written = lines.next().unwrap().strip_prefix("title: ").unwrap();
        // What is printable to YAML and JSON alike is written alike.
        let parts: Vec<String> = written.split("\\\\").map(|part| part.replace("\\x", "\\u00")).collect();
        let read: String = serde_json::from_str(&parts.join("\\\\")).unwrap();
        prop_assert_eq!(read, clean(&title));
        let body: Vec<&str> = lines.skip_while(|line| *line != "---").skip(1).collect();
        let body = body.join("\n");
        let (mut heading, mut level) = (String::new(), 0);
        for event in Parser::new_ext(&body, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
            match event {
                Markdown::Start(Tag::Heading { .. }) | Markdown::End(TagEnd::Heading(_)) => level += 1,
                Markdown::Text(part) if level == 1 => heading.push_str(&part),
                Markdown::Html(_) | Markdown::InlineHtml(_) | Markdown::Start(Tag::Image { .. }) => {
                    prop_assert!(false, "{:?} in {}", event, body);
                }
                _ => {}
            }
        }
        prop_assert_eq!(heading, clean(&title), "{}", body);
    }

    #[test]
    fn titles_survive_html_and_nothing_acts(title in hostile()) {
        let html = text(Format::Html, &titled(&title));
        let title = clean(&title);
        prop_assert_eq!(&heading(&html), &title);
        prop_assert_eq!(quick_xml::escape::unescape(between(&html, "<title>", "</title>")).unwrap(), title);
        prop_assert!(!html.contains("<script") && !html.contains("<img") && !html.contains(" src="), "{html}");
        prop_assert!(html.contains("default-src 'none'"));
    }

    #[test]
    fn titles_survive_books(title in hostile()) {
        let book = exported(Format::Epub, &[titled(&title), article(8)]);
        for (name, text) in unpacked(book) {
            if name == "EPUB/article-7.xhtml" {
                prop_assert_eq!(strict(&text), clean(&title));
                prop_assert_eq!(heading(&text), clean(&title));
            } else if ["xhtml", "opf", "ncx", "xml"].iter().any(|kind| name.ends_with(kind)) {
                strict(&text);
            }
        }
    }

    #[test]
    fn titles_survive_references(title in hostile()) {
        let article = titled(&title);
        let items: serde_json::Value = serde_json::from_str(&text(Format::CslJson, &article)).unwrap();
        let title = clean(&title);
        prop_assert_eq!(items[0]["title"].as_str(), Some(title.as_str()));
        let bibtex = text(Format::Bibtex, &article);
        let (mut depth, mut least) = (0_i32, 1);
        for c in bibtex.trim_end().chars().skip_while(|c| *c != '{') {
            depth += i32::from(c == '{') - i32::from(c == '}');
            least = if depth == 0 { least - 1 } else { least };
        }
        prop_assert_eq!((depth, least), (0, 0), "the braces of {} close once, at its end", bibtex);
        prop_assert_eq!(bibtex::unescape(between(&bibtex, "  title = {{", "}},\n")), title);
        prop_assert_eq!(bibtex.matches('@').count(), 1 + bibtex.matches("{@}").count());
    }
}

#[test]
fn a_book_begins_with_what_it_is_and_lists_what_is_in_it() {
    let book = exported(Format::Epub, &[article(7), article(8)]);
    // EPUB OCF 4.2: the name at byte 30, the type at byte 38, neither packed nor with an extra field.
    assert_eq!(&book[30..58], b"mimetypeapplication/epub+zip");
    let files = unpacked(book);
    let (_, package) = files.iter().find(|(name, _)| name == "EPUB/package.opf").unwrap();
    let hrefs = package.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut listed: Vec<String> = hrefs.map(|href| format!("EPUB/{href}")).collect();
    listed.sort();
    let mut there: Vec<String> =
        files.iter().map(|(name, _)| name.clone()).filter(|name| name.starts_with("EPUB/")).collect();
    there.retain(|name| name != "EPUB/package.opf");
    there.sort();
    assert_eq!(listed, there);
    assert!(package.contains("<meta property=\"dcterms:modified\">2026-05-14T08:00:00Z</meta>"), "{package}");
    let (_, nav) = files.iter().find(|(name, _)| name == "EPUB/nav.xhtml").unwrap();
    assert!(nav.contains("<a href=\"article-8.xhtml\">Quay 8 reopens after crane repairs</a>"), "{nav}");
}

#[test]
fn the_same_articles_give_the_same_bytes() {
    for format in [Format::Markdown, Format::Html, Format::Epub, Format::CslJson, Format::Bibtex, Format::Mail] {
        let both = [article(7), article(8)];
        assert_eq!(exported(format, &both), exported(format, &both), "{format:?}");
    }
}

#[test]
fn several_articles_have_contents_and_one_has_none() {
    let html = String::from_utf8(exported(Format::Html, &[article(7), article(8)])).unwrap();
    assert!(html.contains("<li><a href=\"#article-8\"><bdi>Quay 8 reopens after crane repairs</bdi></a>"), "{html}");
    assert!(html.contains("<article id=\"article-8\" dir=\"auto\" lang=\"en\">"), "{html}");
    assert!(html.contains("<h1>News: quay</h1>") && html.contains("<h2>Quay 8"), "{html}");
    let html = text(Format::Html, &article(7));
    assert!(!html.contains("<nav>") && html.contains("<h1>Quay 7"), "{html}");
}

#[test]
fn markdown_has_facts_text_and_files_and_loads_no_picture() {
    let mut one = article(7);
    one.note = Some("Ask the agent.\nTwice.".into());
    let text = text(Format::Markdown, &one);
    let (front, body) = text.split_once("\n---\n").unwrap();
    assert_eq!(
        front,
        "---\ntitle: \"Quay 7 reopens after crane repairs\"\nsource: \"Harbour Gazette\"\nvia: \"Port Wire\"\n\
         author: \"Jane Doe\"\ndate: 2026-05-12T09:14:00Z\nretrieved: 2026-05-13T06:00:00Z\n\
         url: \"https://gazette.example/7\"\nlanguage: \"en\"\ntopics: [\"ports\", \"labour\"]\n\
         note: \"Ask the agent.\\nTwice.\""
    );
    for part in [
        "# Quay 7 reopens after crane repairs\n",
        "Harbour Gazette, via Port Wire · Jane Doe · 2026-05-12 09:14",
        "Berth 7 took its **first ship**.",
        "](https://gazette.example/more?a=1&b=2)",
        "Two cranes",
        "talk.mp3",
        "audio/mpeg, 1.2 MiB",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
    assert!(!body.contains("!["), "{body}");
}

#[test]
fn references_say_who_where_and_when() {
    let items: serde_json::Value = serde_json::from_str(&text(Format::CslJson, &article(7))).unwrap();
    assert_eq!(
        items[0],
        serde_json::json!({
            "id": "harbour-gazette-20260512-7", "type": "article-newspaper",
            "title": "Quay 7 reopens after crane repairs", "author": [{"family": "Doe", "given": "Jane"}],
            "container-title": "Harbour Gazette", "original-publisher": "Port Wire",
            "issued": {"date-parts": [[2026, 5, 12]]}, "accessed": {"date-parts": [[2026, 5, 13]]},
            "URL": "https://gazette.example/7", "language": "en", "keyword": "ports, labour",
            "abstract": items[0]["abstract"], "note": "via Port Wire"
        })
    );
    assert!(items[0]["abstract"].as_str().unwrap().starts_with("Berth 7 took its first ship."));
    let mut paged = article(7);
    paged.full_text = Some(crate::model::FullText {
        html: format!(
            "<h1>{0}</h1><p>{0}</p><figure><img src=/c.png alt=Cranes><figcaption>On Monday</figcaption></figure>\
             <p>The harbour master opened the quay at noon.</p>",
            paged.headline.title
        ),
        ..crate::model::FullText::default()
    });
    let quoted = "The harbour master opened the quay at noon.";
    let items: serde_json::Value = serde_json::from_str(&text(Format::CslJson, &paged)).unwrap();
    assert_eq!(items[0]["abstract"], quoted, "the page's text where it is kept");
    assert!(text(Format::Bibtex, &paged).contains(&format!("  abstract = {{{quoted}}},\n")));
    let bibtex = text(Format::Bibtex, &article(7));
    for line in [
        "@article{harbour-gazette-20260512-7,\n",
        "  author = {Doe, Jane},\n",
        "  journal = {Harbour Gazette},\n",
        "  year = {2026},\n  month = may,\n  date = {2026-05-12},\n  url = {https://gazette.example/7},\n",
        "  urldate = {2026-05-13},\n",
    ] {
        assert!(bibtex.contains(line), "{line} is not in {bibtex}");
    }
    assert_eq!(exported(Format::CslJson, &[]), b"[]\n");
}
