//! The containers that are open while a document is read.

use super::grid::Grid;
use super::inline::Inline;
use crate::document::blocks::{Block, Span};

/// What a container is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document.
    Root,
    Quote,
    List {
        start: Option<i64>,
        items: Vec<Vec<Block>>,
    },
    Item,
    Table(Box<Grid>),
    Cell {
        header: bool,
        columns: usize,
        rows: usize,
    },
    Figure {
        caption: Vec<Span>,
    },
    /// A caption; one that is a paragraph ends with it.
    Caption {
        paragraph: bool,
    },
}

/// The kinds without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Root,
    Quote,
    List,
    Item,
    Table,
    Cell,
    Figure,
    Caption,
}

/// A container that is open.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// What is in it so far.
    pub(super) blocks: Vec<Block>,
    /// The text of the block that is being read.
    pub(super) inline: Inline,
    /// The level of the heading that is being read.
    pub(super) heading: Option<u8>,
    /// The preformatted text that is being read.
    pub(super) code: Option<String>,
    /// Pictures in the middle of a paragraph: they come after it.
    pub(super) after: Vec<Block>,
    /// How many elements of emphasis were open when it began.
    pub(super) formats: usize,
}

impl Frame {
    pub(super) fn new(kind: Kind, formats: usize) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
            inline: Inline::default(),
            heading: None,
            code: None,
            after: Vec::new(),
            formats,
        }
    }

    pub(super) fn name(&self) -> Name {
        match self.kind {
            Kind::Root => Name::Root,
            Kind::Quote => Name::Quote,
            Kind::List { .. } => Name::List,
            Kind::Item => Name::Item,
            Kind::Table(_) => Name::Table,
            Kind::Cell { .. } => Name::Cell,
            Kind::Figure { .. } => Name::Figure,
            Kind::Caption { .. } => Name::Caption,
        }
    }

    /// Adds a block. What stands in a list outside of its items belongs to the last one; what stands in a table outside of
    /// its cells comes before the table.
    pub(super) fn place(&mut self, block: Block) {
        match &mut self.kind {
            Kind::List { items, .. } => match items.last_mut() {
                Some(item) => item.push(block),
                None => items.push(vec![block]),
            },
            _ => self.blocks.push(block),
        }
    }

    /// Ends the block that is being read. True when a paragraph came of it.
    pub(super) fn flush(&mut self) -> bool {
        let spans = self.inline.take();
        let placed = !spans.is_empty();
        if placed {
            self.place(match self.heading {
                Some(level) => Block::Heading(level, spans),
                None => Block::Paragraph(spans),
            });
        }
        for block in std::mem::take(&mut self.after) {
            self.place(block);
        }
        placed
    }

    /// Ends preformatted text.
    pub(super) fn end_code(&mut self) {
        if let Some(code) = self.code.take() {
            let code = code.strip_prefix('\n').unwrap_or(&code).trim_end();
            if !code.is_empty() {
                let block = Block::Code(code.to_owned());
                self.place(block);
            }
        }
    }
}
