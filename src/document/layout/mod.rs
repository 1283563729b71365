//! From blocks to lines at a width. Layout is done anew for each width; it costs about as much as reading.

mod flow;
mod list;
mod media;
mod page;
mod stack;
mod table;
#[cfg(test)]
mod tests;

use self::flow::Flow;
pub(super) use self::flow::{is_no_number, is_number};
use self::page::Page;
use super::blocks::{Block, Document, Span, Style};

/// Most lines of a layout (THREATS R6).
const MAX_LINES: usize = 100_000;
/// Widest layout: beyond it no terminal is known, and a rule would be a megabyte.
const MAX_WIDTH: usize = 2_000;
/// Blocks nested deeper than the reader makes them are not laid out.
const MAX_DEPTH: usize = 200;
/// Columns between tab stops in code.
const TAB: usize = 4;

/// One line as drawn: spans whose widths add up to at most the asked width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What is on it, indentation and markers included.
    pub spans: Vec<Span>,
    /// What kind of line it is, for its colour.
    pub kind: LineKind,
}

/// How a document is to be set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// Columns; 0 counts as 1.
    pub width: usize,
    /// With ASCII only.
    pub ascii: bool,
    /// Columns and rows that pictures take, by the number of the figure in the order of the document; none: not shown.
    pub pictures: Vec<Option<(u16, u16)>>,
}

/// The kind of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LineKind {
    /// Running text, lists.
    #[default]
    Text,
    /// A heading.
    Heading,
    /// Within a quotation.
    Quote,
    /// Preformatted.
    Code,
    /// Room for a picture.
    Picture {
        /// The number of its figure, in the order of the document.
        figure: usize,
        /// Which of its rows this is, from 0.
        row: u16,
    },
}

/// Lays a document out; at most 100,000 lines.
#[must_use]
pub fn layout(document: &Document, setting: &Setting) -> Vec<Line> {
    let mut page = Page::new(document, setting, setting.width.clamp(1, MAX_WIDTH));
    lay_blocks(&mut page, &document.blocks);
    page.finish()
}

/// Lays blocks out under each other.
fn lay_blocks(page: &mut Page<'_>, blocks: &[Block]) {
    if page.is_full() || page.depth >= MAX_DEPTH {
        return;
    }
    page.depth += 1;
    for block in blocks {
        lay_block(page, block);
    }
    page.depth -= 1;
}

fn lay_block(page: &mut Page<'_>, block: &Block) {
    page.separate();
    match block {
        Block::Heading(_, spans) => page.write(&Flow::new(spans, Style::BOLD), Some(LineKind::Heading)),
        Block::Paragraph(spans) => page.write(&Flow::new(spans, Style::default()), None),
        Block::List { numbering, items } => list::lay_list(page, numbering.as_ref(), items),
        Block::Definitions(list) => list::lay_definitions(page, list),
        Block::Quote(blocks) => lay_quote(page, blocks),
        Block::Code(text) => lay_code(page, text),
        Block::Table(table) => table::lay_table(page, table),
        Block::Rule => {
            let rule = if page.ascii { "-" } else { "─" };
            page.put(vec![Span::styled(rule.repeat(page.room()), Style::DIM)], None);
        }
        Block::Figure(figure) => media::lay_figure(page, figure),
        Block::Embed { kind, title, link } => media::lay_embed(page, kind, title, *link),
    }
}

fn lay_quote(page: &mut Page<'_>, blocks: &[Block]) {
    let bar = Span::styled(if page.ascii { "| " } else { "│ " }, Style::DIM);
    let pushed = page.push_prefix(bar.clone(), bar);
    let outer = std::mem::replace(&mut page.kind, LineKind::Quote);
    let tight = std::mem::replace(&mut page.tight, false);
    lay_blocks(page, blocks);
    (page.kind, page.tight) = (outer, tight);
    page.pop_prefix(pushed);
}

fn lay_code(page: &mut Page<'_>, text: &str) {
    let indent = Span::styled("  ", Style::default());
    let pushed = page.push_prefix(indent.clone(), indent);
    for line in text.lines() {
        // Indentation counts in code; a no-break space keeps it, and keeps the line whole while it fits.
        let line = expand_tabs(line).replace(' ', "\u{a0}");
        page.write(&Flow::new(&[Span::styled(line, Style::CODE)], Style::default()), Some(LineKind::Code));
    }
    page.pop_prefix(pushed);
}

fn expand_tabs(line: &str) -> String {
    let mut expanded = String::with_capacity(line.len());
    let mut column = 0;
    for (_, cluster, wide) in crate::text::clusters(line) {
        if cluster == "\t" {
            let spaces = TAB - column % TAB;
            expanded.extend(std::iter::repeat_n(' ', spaces));
            column += spaces;
        } else {
            expanded.push_str(cluster);
            column += wide;
        }
    }
    expanded
}
