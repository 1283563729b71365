//! What single elements put into the document: list items, table cells, embeds, links, text.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::embed;
use super::format::OpenLink;
use super::frame::{Kind, Name, Numbers};
use super::grid::Grid;
use super::inline::{self, each_word};
use super::picture::{self, leading_number};
use crate::document::blocks::{Block, Style};
use crate::document::links::disguised_host;
use crate::document::numbering::NumberStyle;
use crate::document::sink::attribute;
use crate::text;

/// Most table cells of a document, covered ones included; the text of further ones runs on.
const MAX_CELLS: usize = 50_000;

impl Builder {
    pub(super) fn open_item(&mut self, tag: &Tag) {
        self.flush();
        let borders = [Name::List, Name::Cell, Name::Quote, Name::Figure, Name::Caption, Name::Table];
        if let Some(depth) = self.find(Name::Item, &borders) {
            self.pop_to(depth);
        }
        if self.top().name() != Name::List {
            self.push(Kind::List { numbers: None, items: Vec::new() });
        }
        if self.top().name() == Name::List {
            self.push(Kind::Item(attribute(tag, "value").and_then(|value| value.trim().parse().ok())));
        }
    }

    pub(super) fn open_list(&mut self, tag: &Tag) {
        let numbers = (&*tag.name == "ol").then(|| Numbers {
            style: NumberStyle::of_type(attribute(tag, "type").unwrap_or_default()),
            // A number that fits nowhere is none.
            start: attribute(tag, "start").and_then(|start| start.trim().parse().ok()),
            down: attribute(tag, "reversed").is_some(),
        });
        self.push(Kind::List { numbers, items: Vec::new() });
    }

    /// A term or its explanation begins.
    pub(super) fn open_definition(&mut self, kind: Kind) {
        self.flush();
        let borders =
            [Name::Definitions, Name::List, Name::Cell, Name::Quote, Name::Figure, Name::Caption, Name::Table];
        for part in [Name::Term, Name::Description] {
            if let Some(depth) = self.find(part, &borders) {
                self.pop_to(depth);
            }
        }
        if self.top().name() != Name::Definitions {
            self.push(Kind::Definitions(Vec::new()));
        }
        if self.top().name() == Name::Definitions {
            self.push(kind);
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

    pub(super) fn open_embed(&mut self, kind: &'static str, tag: &Tag) {
        let is_pixel = |name| attribute(tag, name).and_then(leading_number).is_some_and(|size| size <= 1);
        if is_pixel("width") || is_pixel("height") {
            return;
        }
        let (kind, link) = self.embed_link(kind, tag).map_or((kind, None), |(kind, link)| (kind, Some(link)));
        // A frame without an address shows nothing; a video's may follow in a `source`.
        if kind != "frame" || link.is_some() {
            self.flush();
            let title = attribute(tag, "title").map(embed_title).unwrap_or_default();
            self.top().place(Block::Embed { kind, title, link });
        }
    }

    /// What an embed is and the number of its link.
    fn embed_link(&mut self, kind: &'static str, tag: &Tag) -> Option<(&'static str, usize)> {
        let by_id = || match &*tag.name {
            "amp-youtube" | "lite-youtube" => {
                embed::youtube(attribute(tag, "data-videoid").or(attribute(tag, "videoid"))?)
            }
            "amp-vimeo" => embed::vimeo(attribute(tag, "data-videoid")?),
            "amp-twitter" => embed::tweet(attribute(tag, "data-tweetid")?),
            _ => None,
        };
        let addresses = ["src", "data-src", "data-lazy-src"];
        let url = addresses
            .iter()
            .filter_map(|name| attribute(tag, name))
            .find_map(|src| self.links.resolve(src))
            .or_else(by_id)?;
        let (kind, url) = embed::real_page(&url).unwrap_or((kind, url));
        let number = self.links.number(&url)?;
        self.links.name(number, kind);
        Some((kind, number))
    }

    /// Another form of a video or a picture.
    pub(super) fn open_source(&mut self, tag: &Tag) {
        if attribute(tag, "srcset").is_some() || attribute(tag, "data-srcset").is_some() {
            let url = picture::address(tag, |href| self.links.resolve(href));
            self.picture_source = self.picture_source.take().or(url);
            return;
        }
        if let Some(Block::Embed { kind, link: None, .. }) = self.top().blocks.last() {
            let kind = *kind;
            let found = self.embed_link(kind, tag);
            if let Some(Block::Embed { link, .. }) = self.top().blocks.last_mut() {
                *link = found.map(|(_, link)| link);
            }
        }
    }

    pub(super) fn open_link(&mut self, tag: &Tag) {
        self.end_link();
        self.link_raised();
        let href = attribute(tag, "href");
        if href.is_some_and(|href| href.trim_start().starts_with('#')) {
            self.open_local_link();
        }
        let url = href.and_then(|href| self.links.resolve(href));
        self.formats.link = url.map(|url| OpenLink { url, number: None, text: String::new() });
    }

    pub(super) fn end_link(&mut self) {
        self.formats.local = false;
        let Some(link) = self.formats.link.take() else { return };
        let Some(number) = link.number else { return };
        self.links.name(number, &link.text);
        if let Some(host) = disguised_host(&link.text, &link.url) {
            let inline = &mut self.top().inline;
            // One link, so that it has its number once.
            inline.push_space(Style::DIM, Some(number));
            inline.push_word(&format!("({host})"), Style::DIM, Some(number));
        }
    }

    /// Writes text into the block that is being read.
    pub(super) fn write(&mut self, text: &str) {
        if !self.write_credit(text) && !self.write_math(text) {
            self.write_words(text);
        }
    }

    /// Writes text that is no credit and no part of a formula.
    pub(super) fn write_words(&mut self, text: &str) {
        let Self { frames, formats, links, .. } = self;
        let Some(top) = frames.last_mut() else { return };
        if let Some(code) = &mut top.code {
            code.push_str(&inline::clean(text));
            return;
        }
        let style = formats.style();
        if !formats.looks_at_words() && text::even_run(text) == text.len() {
            // Nearly all text: nothing in it needs to be looked at word by word.
            top.inline.push_even(text, style);
            return;
        }
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
                (Some(_), Some(bare)) if formats.is_way_back(bare) => {}
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

/// What a frame is called; the names that players give themselves say nothing.
fn embed_title(title: &str) -> String {
    let title = text::clean_line(&title[..title.floor_char_boundary(300)]);
    let generic = ["player", "embed", "iframe", "frame", "video", "audio"];
    let lower = title.to_lowercase();
    if title.split(' ').count() <= 5 && generic.iter().any(|word| lower.contains(word)) { String::new() } else { title }
}
