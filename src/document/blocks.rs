//! What a document is made of: blocks of styled text, and the links that they mention.

use super::echo::echoes;
use super::numbering::Numbering;

/// A readable document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its parts in order.
    pub blocks: Vec<Block>,
    /// Absolute http(s) targets; link n of a span is `links[n]`. Each target occurs once.
    pub links: Vec<Link>,
}

impl Document {
    /// Its pictures in order; picture n is the one that [`super::Setting::pictures`] and [`super::LineKind::Picture`] count
    /// as n. Pictures within tables are told as text and not counted.
    #[must_use]
    pub fn figures(&self) -> Vec<&Figure> {
        let mut figures = Vec::new();
        collect(&self.blocks, &mut figures);
        figures
    }
}

fn collect<'a>(blocks: &'a [Block], figures: &mut Vec<&'a Figure>) {
    for block in blocks {
        match block {
            Block::Figure(figure) => figures.push(figure),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, figures)),
            Block::Definitions(list) => list.iter().for_each(|definition| collect(&definition.text, figures)),
            Block::Quote(blocks) => collect(blocks, figures),
            _ => {}
        }
    }
}

/// A link target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Absolute http(s) URL without tracking parameters, host in punycode.
    pub url: String,
    /// The text that carried it first.
    pub text: String,
}

/// A run of text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// Clean text; no newlines outside of code.
    pub text: String,
    /// How it is set.
    pub style: Style,
    /// Index into [`Document::links`].
    pub link: Option<usize>,
}

impl Span {
    /// A span that is no link.
    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, link: None }
    }

    /// The span that stands for a forced line break.
    pub(super) fn line_break() -> Self {
        Self::styled("\n", Style::default())
    }

    /// Whether it is a forced line break.
    pub(super) fn is_line_break(&self) -> bool {
        self.text == "\n"
    }
}

/// Emphasis of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, as the terminal has them")]
pub struct Style {
    /// `b`, `strong`
    pub bold: bool,
    /// `i`, `em`, `cite`
    pub italic: bool,
    /// `code`, `kbd`
    pub code: bool,
    /// `s`, `del`
    pub struck: bool,
    /// Captions, credits, link numbers, table rules: set quietly.
    pub dim: bool,
}

impl Style {
    /// Quiet text.
    pub(super) const DIM: Self = Self { bold: false, italic: false, code: false, struck: false, dim: true };
    /// Loud text.
    pub(super) const BOLD: Self = Self { bold: true, italic: false, code: false, struck: false, dim: false };
    /// Code.
    pub(super) const CODE: Self = Self { bold: false, italic: false, code: true, struck: false, dim: false };

    /// Both at once.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            bold: self.bold || other.bold,
            italic: self.italic || other.italic,
            code: self.code || other.code,
            struck: self.struck || other.struck,
            dim: self.dim || other.dim,
        }
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `h1` to `h6`.
    Heading(u8, Vec<Span>),
    /// A paragraph; `\n` spans are forced breaks.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// How its items are numbered; none: they have a mark.
        numbering: Option<Numbering>,
        /// Each item's blocks.
        items: Vec<Vec<Block>>,
    },
    /// Terms and what they mean.
    Definitions(Vec<Definition>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code(String),
    /// A table.
    Table(Table),
    /// A horizontal rule.
    Rule,
    /// A picture.
    Figure(Figure),
    /// A video, audio, post or frame, shown as its kind and address.
    Embed {
        /// `video`, `audio`, `post`, `frame`.
        kind: &'static str,
        /// What it is called; may be empty.
        title: String,
        /// Index into [`Document::links`].
        link: Option<usize>,
    },
}

/// One or more terms with one explanation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Definition {
    /// `dt`: the terms.
    pub terms: Vec<Vec<Span>>,
    /// `dd`: what they mean.
    pub text: Vec<Block>,
}

/// A picture, shown as its description; never fetched by reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Figure {
    /// `alt`, clean.
    pub alt: String,
    /// `figcaption` or title, without the credit.
    pub caption: Vec<Span>,
    /// Whose it is, verbatim: `© J. Doe | Agency`. Clean, one line.
    pub credit: Option<String>,
    /// Absolute http(s) URL of the picture.
    pub url: Option<String>,
}

impl Figure {
    /// What it shows, unless caption and credit say so too.
    #[must_use]
    pub fn description(&self) -> &str {
        let mut said: String = self.caption.iter().map(|span| &*span.text).collect();
        if let Some(credit) = &self.credit {
            said.push(' ');
            said.push_str(credit);
        }
        if echoes(&self.alt, &said) { "" } else { &self.alt }
    }
}

/// A table: rows of cells, each row with a cell for each column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it is about; may be empty.
    pub caption: Vec<Span>,
    /// How many rows at its top are headers.
    pub header: usize,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// A place of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its text; empty for a place that another cell covers.
    pub spans: Vec<Span>,
    /// So many columns, at least 1; the places that it covers follow it and are empty.
    pub columns: usize,
    /// The cell above covers this place too.
    pub above: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Self { spans: Vec::new(), columns: 1, above: false }
    }
}
