//! A document as plain text, without layout: for other programs and for the index of words.

use super::blocks::{Block, Document, Span};

/// Blocks nested deeper than the reader makes them are not told.
const MAX_DEPTH: usize = 200;
/// Deepest indent in steps: text in deeper lists stands no further to the right.
const MAX_INDENT: usize = 12;

/// The text of a document: its blocks parted by blank lines, list items on lines of their own with their marks, the cells
/// of a table's row parted by ` | `. Pictures are told by caption and credit, embeds not at all.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut prose = Prose::default();
    prose.blocks(&document.blocks, false);
    prose.text.truncate(prose.text.trim_end().len());
    prose.text
}

#[derive(Default)]
struct Prose {
    text: String,
    /// What stands at the left of lines.
    indent: Vec<usize>,
    /// What stands at the left of the next line instead.
    mark: Option<String>,
    depth: usize,
}

impl Prose {
    fn blocks(&mut self, blocks: &[Block], tight: bool) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        for block in blocks {
            if !tight {
                self.blank();
            }
            self.block(block);
        }
        self.depth -= 1;
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(_, spans) | Block::Paragraph(spans) => self.spans(spans),
            Block::List { numbering, items } => {
                let single =
                    |item: &Vec<Block>| item.iter().filter(|block| !matches!(block, Block::List { .. })).count() <= 1;
                let tight = items.iter().all(single);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 && !tight {
                        self.blank();
                    }
                    let mark = numbering.as_ref().map_or_else(|| "-".to_owned(), |numbering| numbering.label(index));
                    self.hang(&(mark + " "), |prose| prose.blocks(item, tight));
                }
            }
            Block::Definitions(list) => {
                for definition in list {
                    definition.terms.iter().for_each(|term| self.spans(term));
                    self.hang("    ", |prose| prose.blocks(&definition.text, definition.text.len() <= 1));
                }
            }
            Block::Quote(inner) => self.blocks(inner, false),
            Block::Code(code) => code.lines().for_each(|line| self.line(line)),
            Block::Table(table) => {
                self.spans(&table.caption);
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(|cell| joined(&cell.spans).replace('\n', " ")).collect();
                    self.line(cells.join(" | ").trim_end_matches([' ', '|']));
                }
            }
            Block::Figure(figure) => {
                self.spans(&figure.caption);
                figure.credit.iter().for_each(|credit| self.line(credit));
            }
            Block::Rule | Block::Embed { .. } => {}
        }
    }

    /// Sets what stands beside a mark.
    fn hang(&mut self, mark: &str, set: impl FnOnce(&mut Self)) {
        let columns = if self.indent.len() < MAX_INDENT { crate::text::width(mark) } else { 0 };
        let waiting = self.mark.take().unwrap_or_else(|| self.left());
        self.mark = Some(waiting + mark);
        self.indent.push(columns);
        set(self);
        self.mark = None;
        self.indent.pop();
    }

    fn left(&self) -> String {
        " ".repeat(self.indent.iter().sum())
    }

    fn spans(&mut self, spans: &[Span]) {
        let text = joined(spans);
        text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &str) {
        let left = self.mark.take().unwrap_or_else(|| self.left());
        if line.is_empty() {
            self.text.push('\n');
            return;
        }
        self.text.push_str(&left);
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A blank line, unless one is there or a mark waits for its text.
    fn blank(&mut self) {
        if self.mark.is_none() && !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

fn joined(spans: &[Span]) -> String {
    spans.iter().map(|span| &*span.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_html;

    #[test]
    fn parts_blocks_and_keeps_marks() {
        let html = "<h2>Rates</h2><p>Up<br>again</p><ol type=a start=2><li>one<ul><li>deep</ul><li>two</ol>\
            <blockquote><p>said</p></blockquote><pre>a\n\n  b</pre><dl><dt>TEU<dd>a box</dl>\
            <table><caption>Lanes</caption><tr><th>Lane<th>USD<tr><td>A<td>1</table>\
            <figure><img src=/x alt=hidden><figcaption>At sea. Photo: J. Doe</figcaption></figure>";
        assert_eq!(
            text(&read_html(html, Some("https://q.example"))),
            "Rates\n\nUp\nagain\n\nb. one\n   - deep\nc. two\n\nsaid\n\na\n\n  b\n\nTEU\n    a box\n\n\
             Lanes\nLane | USD\nA | 1\n\nAt sea.\nPhoto: J. Doe"
        );
        assert_eq!(text(&Document::default()), "");
    }
}
