//! HTML made readable: guard (size, depth) -> parse -> [`Block`]s -> [`Line`]s at a width, and plain text.
//!
//! Pure, and never an error: whatever comes in, text comes out.

/// A readable document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its parts in order.
    pub blocks: Vec<Block>,
    /// Absolute http(s) targets; link n of a span is `links[n]`. Each target occurs once.
    pub links: Vec<Link>,
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

/// Emphasis of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `h1` to `h6`.
    Heading(u8, Vec<Span>),
    /// A paragraph; `\n` spans are forced breaks.
    Paragraph(Vec<Span>),
    /// A list; `start` for numbered ones.
    List {
        /// First number of a numbered list.
        start: Option<i64>,
        /// Each item's blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// Preformatted text.
    Code(String),
    /// A table: rows of cells; the first row is a header when `header`.
    Table {
        /// Whether the first row is a header.
        header: bool,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A horizontal rule.
    Rule,
    /// A picture, shown as its description; never fetched by reading.
    Figure {
        /// `alt`, clean.
        alt: String,
        /// `figcaption` or title.
        caption: Vec<Span>,
        /// Absolute http(s) URL of the picture.
        url: Option<String>,
    },
    /// A video, audio or frame, shown as its kind and address.
    Embed {
        /// `video`, `audio`, `frame`.
        kind: &'static str,
        /// Index into [`Document::links`].
        link: Option<usize>,
    },
}

/// One line as drawn: spans whose widths add up to at most the asked width.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What is on it, indentation and markers included.
    pub spans: Vec<Span>,
    /// What kind of line it is, for its colour.
    pub kind: LineKind,
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
}

/// Reads HTML (a fragment or a page). `base` resolves relative links.
#[must_use]
pub fn read_html(_html: &str, _base: Option<&str>) -> Document {
    todo!()
}

/// Lays a document out at `width` columns (0 counts as 1); at most 100,000 lines.
#[must_use]
pub fn layout(_document: &Document, _width: usize, _ascii: bool) -> Vec<Line> {
    todo!()
}

/// The text of HTML without markup, for the index and for teasers; blocks are separated by newlines.
#[must_use]
pub fn plain_text(_html: &str) -> String {
    todo!()
}
