//! The containers that are open while a document is read.

use super::grid::Grid;
use super::inline::Inline;
use crate::document::blocks::{Block, Definition, Span};
use crate::document::numbering::NumberStyle;

/// What a container is.
#[derive(Debug)]
pub(super) enum Kind {
    /// The document.
    Root,
    Quote,
    List {
        numbers: Option<Numbers>,
        items: Vec<Item>,
    },
    /// The number that an item gives itself.
    Item(Option<i64>),
    Definitions(Vec<Definition>),
    Term,
    Description,
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

/// How a list that is open is numbered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) style: NumberStyle,
    pub(super) start: Option<i64>,
    /// They count down.
    pub(super) down: bool,
}

/// An item of a list that is open.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) number: Option<i64>,
    pub(super) blocks: Vec<Block>,
}

/// Who made a picture, as an element of its own says.
#[derive(Debug, Default)]
pub(super) struct Credit {
    pub(super) text: String,
    /// It was said by name, not only by small print.
    pub(super) certain: bool,
}

impl Credit {
    /// More of it.
    pub(super) fn add(&mut self, text: &str, certain: bool) {
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.certain |= certain && !text.is_empty();
    }
}

/// The kinds without what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Name {
    Root,
    Quote,
    List,
    Item,
    Definitions,
    Term,
    Description,
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
    /// Whose the pictures in it are.
    pub(super) credit: Credit,
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
            credit: Credit::default(),
            formats,
        }
    }

    pub(super) fn name(&self) -> Name {
        match self.kind {
            Kind::Root => Name::Root,
            Kind::Quote => Name::Quote,
            Kind::List { .. } => Name::List,
            Kind::Item(_) => Name::Item,
            Kind::Definitions(_) => Name::Definitions,
            Kind::Term => Name::Term,
            Kind::Description => Name::Description,
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
                Some(item) => item.blocks.push(block),
                None => items.push(Item { number: None, blocks: vec![block] }),
            },
            Kind::Definitions(list) => match list.last_mut() {
                Some(definition) => definition.text.push(block),
                None => list.push(Definition { terms: Vec::new(), text: vec![block] }),
            },
            _ => self.blocks.push(block),
        }
    }

    /// Adds a term that is to be explained: beside the one before when that has no explanation yet.
    pub(super) fn define(&mut self, term: Vec<Span>) {
        if term.is_empty() {
            return;
        }
        match &mut self.kind {
            Kind::Definitions(list) => match list.last_mut() {
                Some(definition) if definition.text.is_empty() => definition.terms.push(term),
                _ => list.push(Definition { terms: vec![term], text: Vec::new() }),
            },
            _ => self.place(Block::Paragraph(term)),
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
