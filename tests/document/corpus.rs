//! Real pages and feeds, where they are at hand: none of their text is lost on the way to lines, and all of it comes back
//! from Markdown.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser};
use tidings::document::{Document, Setting, layout, markdown, plain_text, read_html, text};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/suites/readability/test");

/// A raised TM, SM or (R) is shown as one sign.
fn spelled(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        '™' => ['T', 'M'],
        '℠' => ['S', 'M'],
        '®' => ['R', ' '],
        c => [c, ' '],
    };
    letters.into_iter()
}

/// How often each letter occurs.
fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    for c in texts.into_iter().flat_map(str::chars).flat_map(spelled).filter(|c| c.is_alphabetic()) {
        // The only letter that has a raised and a lowered form.
        let c = if matches!(c, 'ⁿ' | 'ₙ') { 'n' } else { c };
        *counts.entry(c).or_insert(0) += 1;
    }
    counts
}

/// The letters of `wanted` that are missing from `there`.
fn missing(wanted: &HashMap<char, usize>, there: &HashMap<char, usize>) -> usize {
    wanted.iter().map(|(letter, count)| count.saturating_sub(there.get(letter).copied().unwrap_or(0))).sum()
}

fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "html") {
            found.push(path);
        }
    }
}

fn check(path: &Path, document: &Document) {
    let told = letters([&*text(document)]);
    for width in [30, 80] {
        let lines = layout(document, &Setting { width, ..Setting::default() });
        let shown = letters(lines.iter().flat_map(|line| &line.spans).map(|span| &*span.text));
        assert_eq!(missing(&told, &shown), 0, "letters are lost at {width} columns: {}", path.display());
        for line in &lines {
            let wide: usize = line.spans.iter().map(|span| tidings::text::width(&span.text)).sum();
            assert!(wide <= width, "{wide} > {width} in {}", path.display());
        }
    }
    let written = markdown(document);
    let mut seen = String::new();
    for event in Parser::new_ext(&written, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        if let Event::Text(part) | Event::Code(part) = event {
            seen.push_str(&part);
        }
    }
    assert_eq!(
        missing(&letter_only(document), &letters([&*seen])),
        0,
        "letters are lost in Markdown: {}",
        path.display()
    );
}

/// The letters of a document without the marks of its lists, which Markdown numbers in its own way.
fn letter_only(document: &Document) -> HashMap<char, usize> {
    let mut plain = document.clone();
    for block in &mut plain.blocks {
        if let tidings::document::Block::List { numbering, .. } = block {
            *numbering = None;
        }
    }
    letters([&*text(&plain)])
}

#[test]
fn no_text_of_real_pages_is_lost() {
    let mut paths = Vec::new();
    pages(Path::new(CORPUS), &mut paths);
    if paths.is_empty() {
        println!("skipped: no corpus");
        return;
    }
    paths.sort();
    for path in &paths {
        let html = String::from_utf8_lossy(&fs::read(path).unwrap_or_default()).into_owned();
        let document = read_html(&html, Some("https://quay.example/news/1"));
        // A label that is there twice, once for the eyes and once for the ears, is shown once.
        let plain = plain_text(&html).replace("CreditCredit", "Credit");
        let lost = missing(&letters([&*plain]), &letters([&*text(&document)]));
        assert_eq!(lost, 0, "letters are lost on the way to blocks: {}", path.display());
        check(path, &document);
    }
}
