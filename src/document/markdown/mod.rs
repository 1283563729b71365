//! A document as Markdown (CommonMark 0.31, with the tables and the strike-through of GFM).
//!
//! What foreign text has that would be markup is escaped, so that the text comes back as it was.

mod escape;
mod inline;
mod table;
#[cfg(test)]
mod tests;
mod writer;

use self::inline::{Place, spans};
use self::writer::Writer;
use super::blocks::{Block, Document, Figure, Link};
use super::numbering::Numbering;

/// Blocks nested deeper than the reader makes them are not written.
const MAX_DEPTH: usize = 200;
/// Numbers of list items that every reader of CommonMark takes have at most nine digits.
const MAX_NUMBER: i64 = 999_999_999;

/// The document as CommonMark with GFM tables; links inline. What foreign text has that would be markup is escaped.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut writer = Writer::default();
    blocks(&mut writer, &document.blocks, &document.links, false);
    writer.finish()
}

fn blocks(writer: &mut Writer, blocks: &[Block], links: &[Link], tight: bool) {
    if writer.depth >= MAX_DEPTH {
        return;
    }
    writer.depth += 1;
    // Two lists in a row would be one, were their marks the same.
    let mut other_mark = false;
    let mut last: Option<&Block> = None;
    for block in blocks {
        other_mark = matches!(
            (last, block),
            (Some(Block::List { .. } | Block::Definitions(_)), Block::List { .. } | Block::Definitions(_))
        ) && !other_mark;
        if !tight {
            writer.blank();
        }
        one(writer, block, links, other_mark);
        last = Some(block);
    }
    writer.depth -= 1;
}

fn one(writer: &mut Writer, block: &Block, links: &[Link], other_mark: bool) {
    match block {
        Block::Heading(level, text) => {
            let text = spans(text, links, Place::Heading);
            if !text.is_empty() {
                writer.line(&format!("{} {text}", "#".repeat(usize::from(*level).clamp(1, 6))));
            }
        }
        Block::Paragraph(text) => writer.lines(&spans(text, links, Place::Paragraph)),
        Block::List { numbering, items } => list(writer, numbering.as_ref(), items, links, other_mark),
        Block::Definitions(list) => {
            for definition in list {
                writer.blank();
                let mark = if other_mark { "* " } else { "- " };
                writer.nest(mark, "  ", |writer| {
                    for term in &definition.terms {
                        writer.blank();
                        writer.lines(&inline::bold(term, links));
                    }
                    blocks(writer, &definition.text, links, false);
                });
            }
        }
        Block::Quote(inner) => writer.nest("> ", "> ", |writer| blocks(writer, inner, links, false)),
        Block::Code(code) => {
            let fence = "`".repeat(escape::longest_run(code, '`').max(2) + 1);
            writer.line(&fence);
            code.lines().for_each(|line| writer.line(line));
            writer.line(&fence);
        }
        Block::Table(table) => table::write(writer, table, links),
        // Neither sign marks list items or headings.
        Block::Rule => writer.line("___"),
        Block::Figure(figure) => picture(writer, figure, links),
        Block::Embed { kind, title, link } => {
            let text = if title.is_empty() { (*kind).to_owned() } else { format!("{kind}: {title}") };
            let text = escape::text(&text, escape::Edge::LINE);
            match link.and_then(|link| links.get(link)) {
                Some(link) => writer.line(&format!("[{text}]({})", escape::address(&link.url))),
                None => writer.line(&text),
            }
        }
    }
}

fn list(writer: &mut Writer, numbering: Option<&Numbering>, items: &[Vec<Block>], links: &[Link], other_mark: bool) {
    let own = |item: &Vec<Block>| item.iter().filter(|block| !matches!(block, Block::List { .. })).count() <= 1;
    // A list within a paragraph's item has to begin with 1 to be seen without a blank line before it.
    let seen = |item: &Vec<Block>| {
        item.iter().skip(1).all(|block| match block {
            Block::List { numbering: Some(numbering), .. } => numbering.numbers.first() == Some(&1),
            Block::List { numbering: None, .. } => true,
            _ => false,
        })
    };
    let tight = items.iter().all(|item| own(item) && seen(item));
    for (index, item) in items.iter().enumerate() {
        if !tight {
            writer.blank();
        }
        let mark = match numbering {
            Some(numbering) => {
                let number = numbering.numbers.get(index).copied().unwrap_or(1).clamp(0, MAX_NUMBER);
                format!("{number}{} ", if other_mark { ')' } else { '.' })
            }
            None => if other_mark { "* " } else { "- " }.to_owned(),
        };
        let indent = " ".repeat(mark.len());
        writer.nest(&mark, &indent, |writer| blocks(writer, item, links, tight));
    }
}

/// The picture, and below it what is said of it.
fn picture(writer: &mut Writer, figure: &Figure, links: &[Link]) {
    let alt = escape::text(&figure.alt, escape::Edge::LINE);
    match &figure.url {
        Some(url) => writer.line(&format!("![{alt}]({})", escape::address(url))),
        None if !alt.is_empty() => writer.line(&alt),
        None => {}
    }
    let caption = spans(&figure.caption, links, Place::Paragraph);
    if !caption.is_empty() {
        writer.blank();
        writer.lines(&caption);
    }
    if let Some(credit) = &figure.credit {
        writer.blank();
        writer.line(&escape::text(credit, escape::Edge::LINE));
    }
}
