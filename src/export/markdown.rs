//! Markdown: front matter that any YAML reader takes, then the text as CommonMark. Pictures are told, not loaded.

use std::fmt::Write as _;

use super::Setting;
use super::piece::Piece;
use super::sheet::{linked, plain, sheet};
use crate::document::{self, Block, Document, Figure, Link, Span, Style};
use crate::model::Article;

/// Articles one below the other.
#[derive(Debug, Default)]
pub(super) struct Notebook {
    begun: bool,
}

impl Notebook {
    /// Adds an article; gives its Markdown.
    pub(super) fn add(&mut self, article: &Article, piece: &Piece, setting: &Setting) -> String {
        let mut text = String::new();
        if setting.alone {
            text.push_str(&front_matter(piece));
        } else if !self.begun {
            // Writing to a string cannot fail.
            writeln!(text, "---\ntitle: {}\nexported: {}\n---\n", quoted(&setting.title), setting.made).ok();
            text.push_str(&written(Block::Heading(1, vec![plain(&setting.title)])));
        }
        if self.begun || !setting.alone {
            text.push('\n');
        }
        self.begun = true;
        let level = if setting.alone { 1 } else { 2 };
        let mut document = sheet(article, piece, level, &setting.zone);
        tell_pictures(&mut document.blocks, &mut document.links);
        text.push_str(document::markdown(&document).trim_end());
        text.push('\n');
        text
    }
}

/// A block alone, as Markdown.
fn written(block: Block) -> String {
    format!("{}\n", document::markdown(&Document { blocks: vec![block], links: Vec::new() }).trim_end())
}

fn front_matter(piece: &Piece) -> String {
    let mut text = String::from("---\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(text, "{name}: {value}").ok();
        }
    };
    let optional = |value: &Option<String>| value.as_deref().map(quoted);
    field("title", Some(quoted(&piece.title)));
    field("source", Some(quoted(&piece.source)));
    field("via", optional(&piece.via));
    field("author", optional(&piece.author));
    field("date", Some(piece.date.to_string()));
    field("retrieved", Some(piece.retrieved.to_string()));
    field("url", optional(&piece.url));
    field("original", optional(&piece.original));
    field("language", optional(&piece.language));
    let topics: Vec<String> = piece.topics.iter().map(|topic| quoted(topic)).collect();
    field("topics", (!topics.is_empty()).then(|| format!("[{}]", topics.join(", "))));
    field("genre", piece.genre().as_deref().map(quoted));
    field("note", optional(&piece.note));
    text.push_str("---\n\n");
    text
}

/// A text as YAML 1.2 has it in double quotes; what YAML does not count as printable is escaped (5.1).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            ' '..='~' => quoted.push(c),
            '\0'..='\u{9f}' => {
                write!(quoted, "\\x{:02x}", u32::from(c)).ok();
            }
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                write!(quoted, "\\u{:04x}", u32::from(c)).ok();
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Puts a description and a link in the place of every picture: a Markdown reader would load it.
fn tell_pictures(blocks: &mut [Block], links: &mut Vec<Link>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => *block = Block::Paragraph(told(figure, links)),
            Block::Quote(blocks) => tell_pictures(blocks, links),
            Block::List { items, .. } => items.iter_mut().for_each(|item| tell_pictures(item, links)),
            Block::Definitions(list) => {
                for definition in list {
                    tell_pictures(&mut definition.text, links);
                }
            }
            _ => {}
        }
    }
}

/// `Picture: two cranes. The quay on Monday. © J. Doe`
fn told(figure: &Figure, links: &mut Vec<Link>) -> Vec<Span> {
    let italic = |span: Span| Span { style: Style { italic: true, ..span.style }, ..span };
    let address = figure.url.as_deref().and_then(super::piece::web_address);
    let mut spans = vec![match address {
        Some(url) => linked("Picture", &url, links),
        None => plain("Picture"),
    }];
    if !figure.alt.is_empty() {
        spans.push(plain(&format!(": {}", figure.alt)));
    }
    if !figure.caption.is_empty() {
        spans.push(plain(if figure.alt.is_empty() { ": " } else { " – " }));
        spans.extend(figure.caption.iter().cloned());
    }
    spans.extend(figure.credit.as_ref().map(|credit| plain(&format!(" ({credit})"))));
    spans.into_iter().map(italic).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_text_is_quoted() {
        assert_eq!(quoted("a \"b\" \\ c: # é"), r#""a \"b\" \\ c: # é""#);
        assert_eq!(quoted("\u{1b}\u{85}\u{feff}\n"), r#""\x1b\x85\ufeff\n""#);
    }
}
