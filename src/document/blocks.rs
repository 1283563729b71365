//! What a document is made of: blocks of styled text, and the links that they mention.

/// A readable document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Its parts in order.
    pub blocks: Vec<Block>,
    /// Absolute http(s) targets; link n of a span is `links[n]`. Each target occurs once.
    pub links: Vec<Link>,
}

impl Document {
    /// The addresses of its pictures in order; picture n is the one that [`super::Setting::pictures`] counts as n.
    #[must_use]
    pub fn figures(&self) -> Vec<Option<&str>> {
        let mut figures = Vec::new();
        collect(&self.blocks, &mut figures);
        figures
    }
}

fn collect<'a>(blocks: &'a [Block], figures: &mut Vec<Option<&'a str>>) {
    for block in blocks {
        match block {
            Block::Figure { url, .. } => figures.push(url.as_deref()),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, figures)),
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
#[expect(clippy::struct_excessive_bools, reason = "five independent switches, as the terminal has them")]
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

/// The blocks as one run of spans with forced breaks between them: for table cells and captions, which hold no blocks.
pub(super) fn flatten(blocks: Vec<Block>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for block in blocks {
        let mut more = match block {
            Block::Paragraph(spans) => spans,
            Block::Heading(_, mut spans) => {
                for span in &mut spans {
                    span.style.bold = true;
                }
                spans
            }
            Block::List { items, .. } => {
                let mut all = Vec::new();
                for item in items {
                    if !all.is_empty() {
                        all.push(Span::line_break());
                    }
                    all.push(Span::styled("- ", Style::default()));
                    all.extend(flatten(item));
                }
                all
            }
            Block::Quote(inner) => flatten(inner),
            Block::Code(text) => {
                let mut lines = Vec::new();
                for line in text.lines() {
                    if !lines.is_empty() {
                        lines.push(Span::line_break());
                    }
                    lines.push(Span::styled(line.replace('\t', "    "), Style::CODE));
                }
                lines
            }
            Block::Table { rows, .. } => {
                let mut all = Vec::new();
                for cell in rows.into_iter().flatten().filter(|cell| !cell.is_empty()) {
                    if !all.is_empty() {
                        all.push(Span::line_break());
                    }
                    all.extend(cell);
                }
                all
            }
            Block::Rule => Vec::new(),
            Block::Figure { alt, caption, .. } => {
                let mut spans = Vec::new();
                if !alt.is_empty() {
                    spans.push(Span::styled(format!("[{alt}]"), Style::DIM));
                }
                if !spans.is_empty() && !caption.is_empty() {
                    spans.push(Span::styled(" ", Style::DIM));
                }
                spans.extend(caption);
                spans
            }
            Block::Embed { kind, link } => vec![Span { text: format!("[{kind}]"), style: Style::DIM, link }],
        };
        if !spans.is_empty() && !more.is_empty() {
            spans.push(Span::line_break());
        }
        spans.append(&mut more);
    }
    spans
}
