//! HTML to a document, and the document at any width, as text and as Markdown: no line too wide, nothing that drives a
//! terminal, the same text at every width.

use tidings::document::{self, Block, Document, Line, Setting};
use tidings::text;

use super::clean::{assert_clean_block, is_forbidden};

const BASE: &str = "https://quay.example/news/one";

/// HTML. Its length and bytes choose one more width.
pub fn run(data: &[u8]) {
    let html = String::from_utf8_lossy(data);
    let document = document::read_html(&html, Some(BASE));
    read_is_sound(&document);
    assert_eq!(document, document::read_html(&html, Some(BASE)), "reading twice differs");
    let any = data.iter().fold(data.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte))) % 501;
    let widths = [0, 1, 2, 9, 40, 80, 500, any];
    let mut told: Option<(usize, String)> = None;
    for width in widths {
        let lines = lines_are_sound(&document, width, any % 2 == 0);
        if width >= 40 && is_flowing(&document.blocks) {
            let letters = letters(&lines);
            match &told {
                None => told = Some((width, letters)),
                Some((other, before)) => {
                    assert_eq!(*before, letters, "text differs between {other} and {width} columns");
                }
            }
        }
    }
    assert_clean_block(&document::text(&document));
    assert_clean_block(&document::markdown(&document));
    let plain = document::plain_text(&html);
    assert_clean_block(&plain);
    // A named character reference such as `&nLt;` is at most two characters.
    assert!(document::words(&document) <= html.len() * 2 + 2, "more words than letters");
}

/// What is read is clean, and its links are of the web.
pub(super) fn read_is_sound(document: &Document) {
    for link in &document.links {
        assert!(document::is_web_url(&link.url), "{:?}", link.url);
        assert!(link.url.chars().all(|c| !is_forbidden(c)), "{:?}", link.url);
        assert_clean_block(&link.text);
    }
    for (n, link) in document.links.iter().enumerate() {
        assert!(document.links[..n].iter().all(|other| other.url != link.url), "{} is there twice", link.url);
    }
}

fn lines_are_sound(document: &Document, width: usize, ascii: bool) -> Vec<Line> {
    let pictures = vec![Some((7, 3)); document.figures().len()];
    let lines = document::layout(document, &Setting { width, ascii, pictures });
    for line in &lines {
        let columns: usize = line.spans.iter().map(|span| text::width(&span.text)).sum();
        assert!(columns <= width.max(1), "{columns} columns of {width}: {line:?}");
        for span in &line.spans {
            assert!(span.text.chars().all(|c| !is_forbidden(c)), "{span:?}");
            assert!(span.link.is_none_or(|link| link < document.links.len()), "{span:?}");
        }
    }
    for hit in document::find(&lines, "a") {
        let line = lines.get(hit.line).expect("a hit is on a line");
        let columns: usize = line.spans.iter().map(|span| text::width(&span.text)).sum();
        assert!(hit.columns.start <= hit.columns.end && hit.columns.end <= columns, "{hit:?} in {line:?}");
    }
    lines
}

/// True for documents whose text does not depend on the width: tables are stacked or cut where they do not fit, and
/// pictures are told in words of their own.
fn is_flowing(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(_) | Block::Heading(..) | Block::Rule => true,
        Block::List { items, .. } => items.iter().all(|item| is_flowing(item)),
        Block::Quote(inner) => is_flowing(inner),
        _ => false,
    })
}

/// Letters and figures in their order, beyond what stands at line ends.
fn letters(lines: &[Line]) -> String {
    let spans = lines.iter().flat_map(|line| &line.spans);
    spans.flat_map(|span| span.text.chars()).filter(|c| c.is_alphanumeric()).collect()
}
