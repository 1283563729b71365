//! What single elements put into the document: list items, table cells, pictures, embeds, links, text.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::format::OpenLink;
use super::frame::{Kind, Name};
use super::grid::Grid;
use super::inline::{self, each_word};
use super::picture::{Picture, leading_number, picture};
use crate::document::blocks::{Block, Style};
use crate::document::links::disguised_host;
use crate::document::sink::attribute;

/// Most table cells of a document, covered ones included; the text of further ones runs on.
const MAX_CELLS: usize = 50_000;

impl Builder {
    pub(super) fn open_item(&mut self) {
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

    pub(super) fn open_cell(&mut self, tag: &Tag) {
        let Some(depth) = self.find(Name::Table, &[]) else { return self.run_on() };
        let open = self.frames.get(depth + 1).map_or(0, |cell| match cell.kind {
            Kind::Cell { columns, .. } => columns,
            _ => 0,
        });
        let full = match &self.frames[depth].kind {
            Kind::Table(grid) => grid.is_row_full(open),
            _ => false,
        };
        if full || self.has_enough_cells() {
            return self.run_on();
        }
        self.flush();
        self.pop_to(depth + 1);
        let span =
            |name| attribute(tag, name).and_then(leading_number).and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let kind = Kind::Cell { header: &*tag.name == "th", columns: span("colspan"), rows: span("rowspan") };
        self.push(kind);
    }

    pub(super) fn close_cell(&mut self) {
        // The end of a cell that was not taken ends nothing.
        if self.find(Name::Cell, &[Name::Table]).is_none() { self.run_on() } else { self.close_to(Name::Cell, &[]) }
    }

    /// No more cells are taken: what would begin one is a space.
    fn run_on(&mut self) {
        self.top().inline.push_space(Style::default(), None);
    }

    fn has_enough_cells(&self) -> bool {
        self.cells >= MAX_CELLS
    }

    /// The table that a part of one belongs to, with everything in it closed.
    pub(super) fn grid(&mut self) -> Option<&mut Grid> {
        if self.has_enough_cells() {
            self.run_on();
            return None;
        }
        self.flush();
        let depth = self.find(Name::Table, &[])?;
        self.pop_to(depth + 1);
        match &mut self.top().kind {
            Kind::Table(grid) => Some(grid),
            _ => None,
        }
    }

    pub(super) fn open_picture(&mut self, tag: &Tag) {
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

    pub(super) fn open_embed(&mut self, kind: &'static str, tag: &Tag) {
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

    pub(super) fn embed_link(&mut self, kind: &str, tag: &Tag) -> Option<usize> {
        let url = ["src", "data-src"]
            .iter()
            .filter_map(|name| attribute(tag, name))
            .find_map(|src| self.links.resolve(src))?;
        let number = self.links.number(&url)?;
        self.links.name(number, kind);
        Some(number)
    }

    pub(super) fn open_source(&mut self, tag: &Tag) {
        if let Some(Block::Embed { kind, link: None }) = self.top().blocks.last() {
            let kind = *kind;
            let found = self.embed_link(kind, tag);
            if let Some(Block::Embed { link, .. }) = self.top().blocks.last_mut() {
                *link = found;
            }
        }
    }

    pub(super) fn open_link(&mut self, tag: &Tag) {
        self.end_link();
        let url = attribute(tag, "href").and_then(|href| self.links.resolve(href));
        self.formats.link = url.map(|url| OpenLink { url, number: None, text: String::new() });
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.formats.link.take() else { return };
        let Some(number) = link.number else { return };
        self.links.name(number, &link.text);
        if let Some(host) = disguised_host(&link.text, &link.url) {
            let inline = &mut self.top().inline;
            inline.push_space(Style::default(), None);
            inline.push_word(&format!("({host})"), Style::DIM, Some(number));
        }
    }

    /// Writes text into the block that is being read.
    pub(super) fn write(&mut self, text: &str) {
        let Self { frames, formats, links, .. } = self;
        let Some(top) = frames.last_mut() else { return };
        if let Some(code) = &mut top.code {
            code.push_str(&inline::clean(text));
            return;
        }
        let style = formats.style();
        each_word(text, inline::is_html_space, |word| {
            let bare = word.map(|word| word.trim_matches('\u{a0}')).filter(|bare| !bare.is_empty());
            let number = formats.link.as_mut().and_then(|link| {
                link.remember(bare.unwrap_or(" "));
                if bare.is_some() {
                    link.number = link.number.or_else(|| links.number(&link.url));
                }
                link.number
            });
            match (word, bare) {
                (None, _) => top.inline.push_space(style, number),
                (Some(_), None) => top.inline.push_hard_space(style, number),
                (Some(word), Some(bare)) => {
                    if word.starts_with('\u{a0}') {
                        top.inline.push_hard_space(style, number);
                    }
                    top.inline.push_word(&formats.shape(bare), style, number);
                    if word.ends_with('\u{a0}') {
                        top.inline.push_hard_space(style, number);
                    }
                }
            }
        });
    }
}
