//! Invented articles that use every block, as readers see them at four widths, as Markdown and as plain text.

mod articles;
mod corpus;

use tidings::document::{LineKind, Setting, layout, markdown, read_html, text};

/// Where the articles are said to be from.
const BASE: &str = "https://quay.example/news/2026/rates";

/// The lines of an article, each behind the letter of its kind.
fn set(html: &str, width: usize, ascii: bool) -> String {
    let document = read_html(html, Some(BASE));
    let lines = layout(&document, &Setting { width, ascii, ..Setting::default() });
    let mut picture = String::new();
    for line in lines {
        let text: String = line.spans.iter().map(|span| &*span.text).collect();
        assert!(tidings::text::width(&text) <= width, "wider than {width}: {text}");
        let kind = match line.kind {
            LineKind::Text => ' ',
            LineKind::Heading => 'H',
            LineKind::Quote => 'Q',
            LineKind::Code => 'C',
            LineKind::Picture { .. } => 'P',
        };
        picture.push_str(format!("{kind} {text}").trim_end());
        picture.push('\n');
    }
    picture
}

#[test]
fn articles_at_four_widths() {
    for (name, html) in articles::ALL {
        for width in [20, 40, 80, 120] {
            insta::assert_snapshot!(format!("{name}_{width}"), set(html, width, false));
        }
    }
}

#[test]
fn articles_in_ascii() {
    for (name, html) in articles::ALL {
        insta::assert_snapshot!(format!("{name}_60_ascii"), set(html, 60, true));
    }
}

#[test]
fn articles_as_markdown_and_as_text() {
    for (name, html) in articles::ALL {
        let document = read_html(html, Some(BASE));
        insta::assert_snapshot!(format!("{name}_markdown"), markdown(&document));
        insta::assert_snapshot!(format!("{name}_text"), text(&document));
    }
}
