//! From events to blocks. Open elements that mean something are frames on a stack; all others cost nothing.
//!
//! HTML's rules for sloppy markup are followed as far as reading needs them: what is not closed closes with what holds it,
//! `li`, `td` and `dd` close the one before, emphasis may overlap blocks.

mod format;
mod frame;
mod grid;
mod inline;
mod picture;

use html5ever::tokenizer::Tag;

use self::format::{Formats, OpenLink};
use self::frame::{Frame, Kind, Name};
use self::grid::Grid;
use self::picture::{Picture, leading_number, picture};
use super::blocks::{Block, Document, Span, Style, flatten};
use super::links::{LinkTable, disguised_host};
use super::sink::{self, Listener, attribute};
use super::sloppy;
use super::tags::{Role, role};

pub(super) use self::inline::each_word;

/// Most containers within each other; deeper ones are flattened.
const MAX_DEPTH: usize = 100;
/// Most table cells of a document, covered ones included; the text of further ones runs on.
const MAX_CELLS: usize = 50_000;

/// Reads HTML (a fragment or a page). `base` resolves relative links.
#[must_use]
pub fn read_html(html: &str, base: Option<&str>) -> Document {
    let html = sloppy::unescaped(html);
    if html.contains('<') {
        return sink::read(&html, || Builder::new(base)).finish();
    }
    // Text without any markup: its blank lines are its paragraphs.
    let paragraphs = html.replace("\r\n", "\n").replace("\n\n", "<p>");
    sink::read(&paragraphs, || Builder::new(base)).finish()
}

/// A document while it is read.
struct Builder {
    frames: Vec<Frame>,
    /// For each kind of container, how many are open that were too deep to be kept.
    flattened: [usize; 8],
    formats: Formats,
    links: LinkTable,
    cells: usize,
    /// How many links there were when the paragraph that is being read began, and when the last one did.
    links_before: usize,
    links_before_last: usize,
}

impl Builder {
    fn new(base: Option<&str>) -> Self {
        Self {
            frames: vec![Frame::new(Kind::Root, 0)],
            flattened: [0; 8],
            formats: Formats::default(),
            links: LinkTable::new(base),
            cells: 0,
            links_before: 0,
            links_before_last: 0,
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the root frame is never popped")
    }

    fn finish(mut self) -> Document {
        self.end_link();
        while self.frames.len() > 1 {
            self.pop();
        }
        self.flush();
        let root = self.top();
        root.end_code();
        let mut blocks = std::mem::take(&mut root.blocks);
        let mut count = self.links.len();
        if matches!(blocks.last(), Some(Block::Paragraph(spans)) if sloppy::is_tail_spans(spans)) {
            blocks.pop();
            count = self.links_before_last;
        }
        Document { blocks, links: self.links.finish(count) }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let top = self.top();
        if let Some(code) = &mut top.code {
            if !code.is_empty() && !code.ends_with('\n') {
                code.push('\n');
            }
            return;
        }
        if top.flush() {
            self.links_before_last = self.links_before;
        }
        self.links_before = self.links.len();
    }

    /// Opens a container, unless it is too deep.
    fn push(&mut self, kind: Kind) {
        self.flush();
        let frame = Frame::new(kind, self.formats.len());
        if self.frames.len() < MAX_DEPTH {
            self.frames.push(frame);
        } else {
            self.flattened[frame.name() as usize] += 1;
        }
    }

    /// Closes the nearest container called `name` and all in it, unless a border stands before it.
    fn close_to(&mut self, name: Name, borders: &[Name]) {
        self.flush();
        let flattened = &mut self.flattened[name as usize];
        if *flattened > 0 {
            *flattened -= 1;
            return;
        }
        if let Some(depth) = self.find(name, borders) {
            self.pop_to(depth);
        }
    }

    /// Where the nearest container called `name` stands.
    fn find(&self, name: Name, borders: &[Name]) -> Option<usize> {
        for (depth, frame) in self.frames.iter().enumerate().skip(1).rev() {
            if frame.name() == name {
                return Some(depth);
            }
            if borders.contains(&frame.name()) {
                return None;
            }
        }
        None
    }

    /// Closes containers until `depth` of them are open.
    fn pop_to(&mut self, depth: usize) {
        while self.frames.len() > depth.max(1) {
            self.pop();
        }
    }

    /// Closes the innermost container: what came of it goes into the one around it.
    fn pop(&mut self) {
        self.end_link();
        let top = self.top();
        top.end_code();
        self.flush();
        let Some(frame) = self.frames.pop() else { return };
        let name = frame.name();
        if matches!(name, Name::Cell | Name::Caption) {
            self.formats.truncate(frame.formats);
        }
        let outer = self.top();
        let mut blocks = frame.blocks;
        match frame.kind {
            Kind::Root => {}
            Kind::Quote if blocks.is_empty() => {}
            Kind::Quote => outer.place(Block::Quote(blocks)),
            Kind::List { start, mut items } => {
                items.retain(|item| !item.is_empty());
                if !items.is_empty() {
                    outer.place(Block::List { start, items });
                }
            }
            Kind::Item => match &mut outer.kind {
                Kind::List { items, .. } => items.push(blocks),
                _ => blocks.into_iter().for_each(|block| outer.place(block)),
            },
            Kind::Cell { header, columns, rows } => match &mut outer.kind {
                Kind::Table(grid) => self.cells += grid.add(blocks, header, columns, rows),
                _ => blocks.into_iter().for_each(|block| outer.place(block)),
            },
            Kind::Table(grid) => blocks.into_iter().chain(grid.finish()).for_each(|block| outer.place(block)),
            Kind::Figure { caption } => {
                caption_figure(&mut blocks, caption);
                blocks.into_iter().for_each(|block| outer.place(block));
            }
            Kind::Caption { .. } => {
                let spans = flatten(blocks);
                match &mut outer.kind {
                    Kind::Figure { caption } => caption.extend(spans),
                    Kind::Table(grid) => grid.caption.extend(spans),
                    _ => caption_figure(&mut outer.blocks, spans),
                }
            }
        }
    }

    fn open_item(&mut self) {
        self.flush();
        let borders = [Name::List, Name::Cell, Name::Quote, Name::Figure, Name::Caption, Name::Table];
        if let Some(depth) = self.find(Name::Item, &borders) {
            self.pop_to(depth);
        }
        if self.top().name() != Name::List {
            self.push(Kind::List { start: None, items: Vec::new() });
        }
        if self.top().name() == Name::List {
            self.push(Kind::Item);
        }
    }

    fn open_cell(&mut self, tag: &Tag) {
        let Some(depth) = self.find(Name::Table, &[]) else { return self.top().inline.push_space() };
        let full = match &self.frames[depth].kind {
            Kind::Table(grid) => grid.is_row_full(),
            _ => false,
        };
        // The row of the cell that is still open may be full as well; then its text runs on too.
        if full || self.cells >= MAX_CELLS {
            return self.top().inline.push_space();
        }
        self.flush();
        self.pop_to(depth + 1);
        let span =
            |name| attribute(tag, name).and_then(leading_number).and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let kind = Kind::Cell { header: &*tag.name == "th", columns: span("colspan"), rows: span("rowspan") };
        self.push(kind);
    }

    /// The table that a part of one belongs to, with everything in it closed.
    fn grid(&mut self) -> Option<&mut Grid> {
        self.flush();
        let depth = self.find(Name::Table, &[])?;
        self.pop_to(depth + 1);
        match &mut self.top().kind {
            Kind::Table(grid) => Some(grid),
            _ => None,
        }
    }

    fn open_picture(&mut self, tag: &Tag) {
        let in_figure = self.find(Name::Figure, &[]).is_some();
        match picture(tag, |href| self.links.resolve(href)) {
            Picture::Pixel => {}
            Picture::Sign(text) => self.write(&text),
            Picture::Figure { block, certain } => {
                if certain || in_figure {
                    let top = self.top();
                    if top.inline.is_empty() { top.place(block) } else { top.after.push(block) }
                }
            }
        }
    }

    fn open_embed(&mut self, kind: &'static str, tag: &Tag) {
        let is_pixel = |name| attribute(tag, name).and_then(leading_number).is_some_and(|size| size <= 1);
        if is_pixel("width") || is_pixel("height") {
            return;
        }
        let link = self.embed_link(kind, tag);
        // A frame without an address shows nothing; a video's may follow in a `source`.
        if kind != "frame" || link.is_some() {
            self.flush();
            self.top().place(Block::Embed { kind, link });
        }
    }

    fn embed_link(&mut self, kind: &str, tag: &Tag) -> Option<usize> {
        let url = ["src", "data-src"]
            .iter()
            .filter_map(|name| attribute(tag, name))
            .find_map(|src| self.links.resolve(src))?;
        let number = self.links.number(&url)?;
        self.links.name(number, kind);
        Some(number)
    }

    fn open_source(&mut self, tag: &Tag) {
        if let Some(Block::Embed { kind, link: None }) = self.top().blocks.last() {
            let kind = *kind;
            let found = self.embed_link(kind, tag);
            if let Some(Block::Embed { link, .. }) = self.top().blocks.last_mut() {
                *link = found;
            }
        }
    }

    fn open_link(&mut self, tag: &Tag) {
        self.end_link();
        let url = attribute(tag, "href").and_then(|href| self.links.resolve(href));
        self.formats.link = url.map(|url| OpenLink { url, number: None, text: String::new() });
    }

    fn end_link(&mut self) {
        let Some(link) = self.formats.link.take() else { return };
        let Some(number) = link.number else { return };
        self.links.name(number, &link.text);
        if let Some(host) = disguised_host(&link.text, &link.url) {
            let inline = &mut self.top().inline;
            inline.push_space();
            inline.push_word(&format!("({host})"), Style::DIM, Some(number));
        }
    }

    /// Writes text into the block that is being read.
    fn write(&mut self, text: &str) {
        let Self { frames, formats, links, .. } = self;
        let Some(top) = frames.last_mut() else { return };
        if let Some(code) = &mut top.code {
            code.push_str(&inline::clean(text));
            return;
        }
        let style = formats.style();
        each_word(text, inline::is_html_space, |word| {
            let Some(word) = word else {
                top.inline.push_space();
                if let Some(link) = &mut formats.link {
                    link.remember(" ");
                }
                return;
            };
            let number = formats.link.as_mut().and_then(|link| {
                link.remember(word);
                link.number = link.number.or_else(|| links.number(&link.url));
                link.number
            });
            top.inline.push_word(&formats.shape(word), style, number);
        });
    }
}

impl Listener for Builder {
    fn text(&mut self, text: &str) {
        self.write(text);
    }

    fn open(&mut self, tag: &Tag) {
        let name = &*tag.name;
        match role(name) {
            Role::Break => {
                self.flush();
                if matches!(name, "p" | "dd") {
                    self.top().heading = None;
                    self.formats.close("dt");
                    self.formats.close("summary");
                }
                if attribute(tag, "class").is_some_and(|class| class.contains("wp-caption-text")) {
                    self.push(Kind::Caption { paragraph: name == "p" });
                }
            }
            Role::Heading(level) => {
                self.flush();
                self.top().heading = Some(level);
            }
            Role::List => {
                let start = (name == "ol").then(|| attribute(tag, "start").map_or(1, list_start));
                self.push(Kind::List { start, items: Vec::new() });
            }
            Role::Item => self.open_item(),
            Role::Quote => self.push(Kind::Quote),
            Role::Pre => {
                self.flush();
                self.top().code.get_or_insert_default();
            }
            Role::Table => self.push(Kind::Table(Box::default())),
            Role::RowGroup => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                    if name == "thead" {
                        grid.begin_head();
                    }
                }
            }
            Role::Row => {
                if let Some(grid) = self.grid() {
                    grid.begin_row();
                }
            }
            Role::Cell => self.open_cell(tag),
            Role::Caption => self.push(Kind::Caption { paragraph: false }),
            Role::Figure => self.push(Kind::Figure { caption: Vec::new() }),
            Role::Image => self.open_picture(tag),
            Role::Embed(kind) => self.open_embed(kind, tag),
            Role::Source => self.open_source(tag),
            Role::LineBreak => {
                let top = self.top();
                if let Some(code) = &mut top.code {
                    code.push('\n');
                } else if !top.inline.push_break() {
                    self.flush();
                }
            }
            Role::Rule => {
                self.flush();
                self.top().place(Block::Rule);
            }
            Role::Link if tag.self_closing => {}
            Role::Link => self.open_link(tag),
            Role::InlineQuote => self.write("“"),
            Role::Term => {
                self.flush();
                self.formats.close(name);
                self.formats.open(name, super::tags::Format::Bold);
            }
            Role::Format(format) => self.formats.open(name, format),
            Role::Other => {}
        }
    }

    fn close(&mut self, name: &str) {
        match role(name) {
            Role::Break => {
                self.flush();
                if name == "p" && matches!(self.top().kind, Kind::Caption { paragraph: true }) {
                    self.pop();
                }
            }
            Role::Heading(_) => {
                self.flush();
                self.top().heading = None;
            }
            Role::List => self.close_to(Name::List, &[Name::Cell, Name::Quote]),
            Role::Item => self.close_to(Name::Item, &[Name::List, Name::Cell, Name::Quote]),
            Role::Quote => self.close_to(Name::Quote, &[Name::Cell]),
            Role::Pre => {
                self.top().end_code();
                self.flush();
            }
            Role::Table => self.close_to(Name::Table, &[]),
            Role::RowGroup | Role::Row => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                }
            }
            Role::Cell => self.close_to(Name::Cell, &[Name::Table]),
            Role::Caption => self.close_to(Name::Caption, &[Name::Cell]),
            Role::Figure => self.close_to(Name::Figure, &[Name::Cell]),
            Role::Link => self.end_link(),
            Role::InlineQuote => self.write("”"),
            Role::Term => {
                self.flush();
                self.formats.close(name);
            }
            Role::Format(_) => self.formats.close(name),
            Role::Image | Role::Embed(_) | Role::Source | Role::LineBreak | Role::Rule | Role::Other => {}
        }
    }
}

/// The first number of a list; one that fits nowhere counts as 1.
fn list_start(text: &str) -> i64 {
    text.trim().parse().unwrap_or(1)
}

/// Gives the caption to the last picture that has none, else lets it stand by itself; drops pictures without a word.
fn caption_figure(blocks: &mut Vec<Block>, spans: Vec<Span>) {
    if spans.is_empty() {
        blocks.retain(
            |block| !matches!(block, Block::Figure { alt, caption, url: None } if alt.is_empty() && caption.is_empty()),
        );
        return;
    }
    if let Some(Block::Figure { caption, .. }) = blocks.last_mut() {
        *caption = spans;
        return;
    }
    let quiet = spans.into_iter().map(|span| Span { style: span.style.and(Style::DIM), ..span });
    blocks.push(Block::Paragraph(quiet.collect()));
}
