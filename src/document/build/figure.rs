//! Pictures with what belongs to them: caption, credit, other forms of the picture.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::frame::{Credit, Kind, Name};
use super::picture::{Picture, address, picture};
use crate::document::blocks::{Block, Figure, Span, Style};
use crate::document::credit;
use crate::document::echo::echoes;
use crate::document::sink::attribute;
use crate::document::tags::{Format, Role, role};

/// Longest credit in bytes that an element of its own may hold.
const MAX_CREDIT: usize = 300;
/// A description of fewer words does not tell which text is its caption.
const MIN_SAME: usize = 5;
/// Longest text in bytes that is taken for a caption.
const MAX_CAPTION: usize = 800;
/// What the class of an element says when the element is a credit.
const CLASSES: [&str; 6] = ["credit", "byline", "copyright", "attribution", "photographer", "image-source"];

/// Adds spans to a caption, on a line of their own.
pub(super) fn append(caption: &mut Vec<Span>, spans: Vec<Span>) {
    if !caption.is_empty() && !spans.is_empty() {
        caption.push(Span::line_break());
    }
    caption.extend(spans);
}

/// Gives caption and credit to the last picture or table, else lets them stand by themselves; drops pictures without a word
/// and without an address.
pub(super) fn finish_figure(blocks: &mut Vec<Block>, mut caption: Vec<Span>, said: &Credit) {
    let mut credit = credit::tidy(&said.text);
    let own = blocks.iter().rposition(|block| matches!(block, Block::Figure(_)));
    if own.is_some() && caption.is_empty() && !credit.is_empty() && !said.certain {
        // Small print that is all there is may well be the caption.
        caption.push(Span::styled(std::mem::take(&mut credit), Style::default()));
    }
    let Some(Block::Figure(figure)) = own.and_then(|at| blocks.get_mut(at)) else {
        if let Some(Block::Table(table)) = blocks.last_mut()
            && table.caption.is_empty()
        {
            table.caption = std::mem::take(&mut caption);
        }
        if !credit.is_empty() {
            append(&mut caption, vec![Span::styled(credit, Style::DIM)]);
        }
        if !caption.is_empty() {
            let quiet = caption.into_iter().map(|span| Span { style: span.style.and(Style::DIM), ..span });
            blocks.push(Block::Paragraph(quiet.collect()));
        }
        return;
    };
    let told = if credit.is_empty() { credit::cut(&mut caption) } else { Some(credit) };
    figure.credit = told.or_else(|| figure.credit.take());
    if !caption.is_empty() {
        figure.caption = caption;
    }
    blocks.retain(|block| {
        !matches!(block, Block::Figure(figure)
            if figure.url.is_none() && figure.alt.is_empty() && figure.caption.is_empty() && figure.credit.is_none())
    });
}

/// Finds the credits of all pictures: in their captions, and in a paragraph below that says nothing else.
pub(super) fn adopt_credits(blocks: &mut Vec<Block>) {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if adopt_caption(&mut kept, &block) {
            continue;
        }
        match &mut block {
            Block::List { items, .. } => items.iter_mut().for_each(adopt_credits),
            Block::Quote(inner) => adopt_credits(inner),
            Block::Definitions(list) => list.iter_mut().for_each(|definition| adopt_credits(&mut definition.text)),
            Block::Figure(figure) if figure.credit.is_none() => figure.credit = credit::cut(&mut figure.caption),
            Block::Paragraph(spans) => {
                if let Some(Block::Figure(Figure { credit: credit @ None, .. })) = kept.last_mut()
                    && credit::is_whole(spans)
                {
                    let text: String = spans.iter().map(|span| &*span.text).collect();
                    *credit = Some(credit::tidy(&text));
                    continue;
                }
            }
            _ => {}
        }
        kept.push(block);
    }
    *blocks = kept;
}

/// Gives the text under a picture to it as its caption, when it says what the picture's description says. True when it did.
fn adopt_caption(before: &mut [Block], block: &Block) -> bool {
    let Some(Block::Figure(figure)) = before.last_mut() else { return false };
    let spans = match block {
        Block::Paragraph(spans) => spans,
        Block::List { items, .. } => match items.as_slice() {
            [item] => match item.as_slice() {
                [Block::Paragraph(spans)] => spans,
                _ => return false,
            },
            _ => return false,
        },
        _ => return false,
    };
    let text: String = spans.iter().map(|span| &*span.text).collect();
    let is_same = figure.caption.is_empty()
        && figure.alt.split_whitespace().count() >= MIN_SAME
        && text.len() <= MAX_CAPTION
        && echoes(&figure.alt, &text);
    if is_same {
        figure.caption.clone_from(spans);
        let told = credit::cut(&mut figure.caption);
        figure.credit = figure.credit.take().or(told);
    }
    is_same
}

impl Builder {
    pub(super) fn open_picture(&mut self, tag: &Tag) {
        if self.in_noscript {
            return self.open_fallback(tag);
        }
        let in_figure = self.find(Name::Figure, &[]).is_some();
        let source = self.picture_source.take();
        match picture(tag, |href| self.links.resolve(href), source) {
            Picture::Pixel => {}
            Picture::Sign(text) => self.write(&text),
            Picture::Figure { figure, certain } => {
                if certain || in_figure {
                    let block = Block::Figure(figure);
                    let top = self.top();
                    if top.inline.is_empty() { top.place(block) } else { top.after.push(block) }
                }
            }
        }
    }

    /// A picture for readers without scripts: it has the address that a script would have set.
    fn open_fallback(&mut self, tag: &Tag) {
        let Some(url) = address(tag, |href| self.links.resolve(href)) else { return };
        let top = self.top();
        let last = if top.after.is_empty() { top.blocks.last_mut() } else { top.after.last_mut() };
        if let Some(Block::Figure(figure)) = last
            && figure.url.is_none()
        {
            figure.url = Some(url.into());
        }
    }

    /// Follows an element that may hold a credit. True when it is one.
    pub(super) fn open_credit(&mut self, tag: &Tag) -> bool {
        let name = &*tag.name;
        if tag.self_closing || !matches!(role(name), Role::Break | Role::Other | Role::Format(_)) {
            return false;
        }
        if self.formats.is_credit_in(name) {
            self.formats.open(name, Format::Plain);
            return false;
        }
        let named = is_named_credit(tag);
        let place = [Name::Figure, Name::Caption];
        if !(named || name == "small") || !place.iter().any(|place| self.find(*place, &[Name::Cell]).is_some()) {
            return false;
        }
        self.flush();
        self.formats.open(name, Format::Credit);
        if let Some(frame) = self.frames.iter_mut().rev().find(|frame| place.contains(&frame.name())) {
            frame.credit.certain |= named;
        }
        true
    }

    /// Takes text that is a credit. False when it is none.
    pub(super) fn write_credit(&mut self, text: &str) -> bool {
        if !self.formats.is_credit() {
            return false;
        }
        let holds = |kind: &Kind| matches!(kind, Kind::Figure { .. } | Kind::Caption { .. });
        let Some(frame) = self.frames.iter_mut().rev().find(|frame| holds(&frame.kind)) else { return false };
        if frame.credit.text.len().saturating_add(text.len()) > MAX_CREDIT {
            return false;
        }
        frame.credit.text.push_str(text);
        true
    }
}

/// Whether a class, in lower case, says that an element is a credit.
pub(super) fn is_credit_class(class: &str) -> bool {
    CLASSES.iter().any(|name| class.contains(name))
}

/// Whether an element says of itself that it is a credit.
fn is_named_credit(tag: &Tag) -> bool {
    let class = attribute(tag, "class").unwrap_or_default().to_ascii_lowercase();
    is_credit_class(&class)
        || attribute(tag, "itemprop").is_some_and(|name| matches!(name, "copyrightHolder" | "creditText"))
}
