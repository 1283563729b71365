//! The stack of open containers and how they close: what came of one goes into the one around it.

use std::collections::HashSet;

use url::Url;

use super::figure::{self, finish_figure};
use super::format::Formats;
use super::frame::{Frame, Item, Kind, Name};
use super::math::Part;
use super::raised::Raised;
use crate::document::blocks::{Block, Document, Span, Style};
use crate::document::flatten::flatten;
use crate::document::links::LinkTable;
use crate::document::numbering::Numbering;
use crate::document::sloppy;
use crate::document::work::steps;

/// Most containers within each other; deeper ones are flattened.
const MAX_DEPTH: usize = 100;

/// A document while it is read.
pub(super) struct Builder {
    pub(super) frames: Vec<Frame>,
    /// For each kind of container, how many are open that were too deep to be kept.
    flattened: [usize; 11],
    pub(super) formats: Formats,
    /// What is raised or lowered and open.
    pub(super) raised: Vec<Raised>,
    /// The elements of a formula that are open.
    pub(super) math: Vec<Part>,
    pub(super) links: LinkTable,
    pub(super) cells: usize,
    /// The address of another form of the picture that follows.
    pub(super) picture_source: Option<Url>,
    /// Within `noscript`.
    pub(super) in_noscript: bool,
    /// What the abbreviation that is open stands for.
    pub(super) abbreviation: Option<String>,
    /// What abbreviations stand for that have been explained.
    pub(super) explained: HashSet<String>,
    /// How many links there were when the paragraph that is being read began, and when the last one did.
    links_before: usize,
    links_before_last: usize,
}

/// A last paragraph that only says that the text goes on elsewhere ends the one before.
fn join_ellipsis(blocks: &mut Vec<Block>) {
    if let [.., Block::Paragraph(before), Block::Paragraph(last)] = blocks.as_mut_slice()
        && matches!(last.as_slice(), [span] if sloppy::is_ellipsis(&span.text))
    {
        before.push(Span::styled(" ", Style::default()));
        before.append(last);
        blocks.pop();
    }
}

impl Builder {
    pub(super) fn new(base: Option<&str>) -> Self {
        Self {
            frames: vec![Frame::new(Kind::Root, 0)],
            flattened: [0; 11],
            formats: Formats::default(),
            raised: Vec::new(),
            math: Vec::new(),
            links: LinkTable::new(base),
            cells: 0,
            picture_source: None,
            in_noscript: false,
            abbreviation: None,
            explained: HashSet::new(),
            links_before: 0,
            links_before_last: 0,
        }
    }

    pub(super) fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the root frame is never popped")
    }

    pub(super) fn finish(mut self) -> Document {
        self.end_link();
        while self.frames.len() > 1 {
            self.pop();
        }
        self.flush();
        let root = self.top();
        root.end_code();
        let mut blocks = std::mem::take(&mut root.blocks);
        let mut count = self.links.len();
        if let Some(Block::Paragraph(spans)) = blocks.last_mut()
            && sloppy::cut_tail(spans)
        {
            let kept = spans.iter().filter_map(|span| span.link).max().map_or(0, |last| last.saturating_add(1));
            count = self.links_before_last.max(kept);
            if spans.is_empty() {
                blocks.pop();
            }
        }
        join_ellipsis(&mut blocks);
        figure::adopt_credits(&mut blocks);
        Document { blocks, links: self.links.finish(count) }
    }

    /// Ends the block that is being read.
    pub(super) fn flush(&mut self) {
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
    pub(super) fn push(&mut self, kind: Kind) {
        self.flush();
        let frame = Frame::new(kind, self.formats.len());
        if self.frames.len() < MAX_DEPTH {
            self.frames.push(frame);
        } else {
            self.flattened[frame.name() as usize] += 1;
        }
    }

    /// Closes the nearest container called `name` and all in it, unless a border stands before it.
    pub(super) fn close_to(&mut self, name: Name, borders: &[Name]) {
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
    pub(super) fn find(&self, name: Name, borders: &[Name]) -> Option<usize> {
        for (depth, frame) in self.frames.iter().enumerate().skip(1).rev() {
            steps(1);
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
    pub(super) fn pop_to(&mut self, depth: usize) {
        while self.frames.len() > depth.max(1) {
            self.pop();
        }
    }

    /// Closes the innermost container: what came of it goes into the one around it.
    pub(super) fn pop(&mut self) {
        self.end_link();
        let top = self.top();
        top.end_code();
        self.flush();
        let Some(frame) = self.frames.pop() else { return };
        let name = frame.name();
        if matches!(name, Name::Cell | Name::Caption | Name::Figure | Name::Term) {
            self.formats.truncate(frame.formats);
        }
        let outer = self.top();
        let mut blocks = frame.blocks;
        match frame.kind {
            Kind::Root => {}
            Kind::Quote if blocks.is_empty() => {}
            Kind::Quote => outer.place(Block::Quote(blocks)),
            Kind::List { numbers, mut items } => {
                items.retain(|item| !item.blocks.is_empty());
                if items.is_empty() {
                    return;
                }
                let own: Vec<Option<i64>> = items.iter().map(|item| item.number).collect();
                let numbering =
                    numbers.map(|numbers| Numbering::count(numbers.style, numbers.start, numbers.down, &own));
                outer.place(Block::List { numbering, items: items.into_iter().map(|item| item.blocks).collect() });
            }
            Kind::Item(number) => match &mut outer.kind {
                Kind::List { items, .. } => items.push(Item { number, blocks }),
                _ => blocks.into_iter().for_each(|block| outer.place(block)),
            },
            Kind::Definitions(mut list) => {
                list.retain(|definition| !definition.terms.is_empty() || !definition.text.is_empty());
                if !list.is_empty() {
                    outer.place(Block::Definitions(list));
                }
            }
            Kind::Term => outer.define(flatten(blocks)),
            Kind::Description => blocks.into_iter().for_each(|block| outer.place(block)),
            Kind::Cell { header, columns, rows } => match &mut outer.kind {
                Kind::Table(grid) => self.cells += grid.add(blocks, header, columns, rows),
                _ => blocks.into_iter().for_each(|block| outer.place(block)),
            },
            Kind::Table(grid) => blocks.into_iter().chain(grid.finish()).for_each(|block| outer.place(block)),
            Kind::Figure { caption } => {
                finish_figure(&mut blocks, caption, &frame.credit);
                for block in blocks {
                    outer.place(block);
                }
            }
            Kind::Caption { .. } => {
                let spans = flatten(blocks);
                match &mut outer.kind {
                    Kind::Figure { caption } => {
                        figure::append(caption, spans);
                        outer.credit.add(&frame.credit.text, frame.credit.certain);
                    }
                    Kind::Table(grid) => figure::append(&mut grid.caption, spans),
                    _ => finish_figure(&mut outer.blocks, spans, &frame.credit),
                }
            }
        }
    }
}
