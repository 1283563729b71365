//! The walk over a document's tags with an own stack, writing the repaired document as it goes.

mod elements;

use url::Url;

use crate::feed::references;
use crate::feed::repair::attributes::attribute;
use crate::feed::repair::leaf::Leaf;
use crate::feed::repair::lexer::{Lexer, Tag, Token};
use crate::feed::repair::namespaces::{Ns, Scope};
use crate::feed::repair::side::{FeedSide, ItemSide};
use crate::feed::repair::vocabulary::{self, Dialect, Element, Place, Slot};
use crate::feed::repair::writer;

/// Entries of one document that are read (THREATS R6).
const MOST_ITEMS: usize = 5_000;

/// Elements that are open at once; deeper ones are passed over.
const DEEPEST: usize = 64;

/// An open element.
struct Open<'a> {
    name: &'a str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Root,
    Channel,
    Item,
    Person(u8),
    Media(&'static str),
    Skip,
}

/// The item being read.
#[derive(Default)]
struct Item {
    /// Where it begins in the output.
    start: usize,
    side: ItemSide,
    /// Slots that have been written, and by their own names.
    written: Vec<(Slot, bool)>,
}

/// See the module.
pub(in crate::feed::repair) struct Walk<'a> {
    lexer: Lexer<'a>,
    dialect: Dialect,
    pub(in crate::feed::repair) out: String,
    pub(in crate::feed::repair) feed: FeedSide,
    pub(in crate::feed::repair) items: Vec<ItemSide>,
    scratch: String,
    stack: Vec<Open<'a>>,
    scope: Scope<'a>,
    /// `xml:base`s in force, absolute, with the depth of their elements.
    bases: Vec<(usize, Url)>,
    document: Option<Url>,
    leaf: Option<Leaf<'a>>,
    item: Option<Item>,
    /// Name of the person being read.
    person: String,
    /// The feed's slots that have been written, and by their own names.
    written: Vec<(Slot, bool)>,
    /// The root was closed, or enough was read.
    done: bool,
}

impl<'a> Walk<'a> {
    /// Begins at a root element that was just read from `lexer`.
    pub(in crate::feed::repair) fn new(lexer: Lexer<'a>, dialect: Dialect, document: Option<Url>, room: usize) -> Self {
        Self {
            lexer,
            dialect,
            out: String::with_capacity(room),
            feed: FeedSide::default(),
            items: Vec::new(),
            scratch: String::new(),
            stack: Vec::new(),
            scope: Scope::default(),
            bases: Vec::new(),
            document,
            leaf: None,
            item: None,
            person: String::new(),
            written: Vec::new(),
            done: false,
        }
    }

    /// Reads the document to its end. True when it was cut off before that; an unfinished item is then left out.
    pub(in crate::feed::repair) fn run(&mut self, root: &Tag<'a>) -> bool {
        writer::root(self.dialect, &mut self.out);
        self.scope.declare(0, root.attributes);
        self.push(root, Kind::Root);
        self.feed_attributes(root);
        // An entry can be a document of its own (RFC 4287, 2).
        let alone = root.name.rsplit(':').next().is_some_and(|name| matches!(name, "entry" | "item"));
        if alone {
            self.begin_item(root);
        }
        self.done |= root.empty;
        while !self.done {
            let Some(token) = self.lexer.next() else { break };
            self.token(token);
        }
        let whole = self.done || (alone && self.item.is_none());
        if let Some(item) = self.item.take() {
            self.out.truncate(item.start);
        } else if self.leaf.is_some() {
            self.end_leaf();
        }
        writer::end(self.dialect, &mut self.out);
        !whole
    }

    fn token(&mut self, token: Token<'a>) {
        if self.leaf.is_some() && !self.inside_leaf(token) {
            return;
        }
        match token {
            Token::Text(text) | Token::CData(text) => {
                if matches!(self.stack.last(), Some(Open { kind: Kind::Person(_), .. })) && self.person.len() < 1000 {
                    self.person.push_str(&references::decode_xml(text));
                }
            }
            Token::Start(tag) => self.start(&tag),
            Token::End(name) => self.end(name),
        }
    }

    /// Handles a token within a text. True when the token ended the text and is yet to be handled itself.
    fn inside_leaf(&mut self, token: Token<'a>) -> bool {
        let Some(leaf) = &mut self.leaf else { return true };
        let sink = if leaf.is_written() { &mut self.out } else { &mut self.scratch };
        match token {
            Token::Text(text) => leaf.text(text, sink),
            Token::CData(text) => leaf.cdata(text, sink),
            Token::Start(tag) => {
                let (ns, local) = self.scope.resolve(tag.name);
                let bare = tag.attributes.trim().is_empty();
                let ends = if leaf.is_xhtml() {
                    matches!(&*local, "item" | "entry") && matches!(ns, Ns::Core | Ns::Atom)
                } else {
                    tag.name != leaf.name && vocabulary::ends_text(leaf.slot, ns, &local, bare, leaf.has_markup())
                };
                if ends {
                    self.end_leaf();
                    return true;
                }
                leaf.inner_start(&tag, (ns == Ns::Xhtml).then_some(&*local), sink);
            }
            Token::End(name) => {
                let local =
                    name.split_once(':').filter(|_| self.scope.resolve(name).0 == Ns::Xhtml).map(|(_, local)| local);
                if leaf.inner_end(name, local, sink) {
                    self.end_leaf();
                } else if self.open_at(name).is_some() {
                    self.end_leaf();
                    return true;
                }
            }
        }
        false
    }

    fn start(&mut self, tag: &Tag<'a>) {
        self.scope.declare(self.stack.len(), tag.attributes);
        let (ns, local) = self.scope.resolve(tag.name);
        let element = vocabulary::classify(self.dialect, self.place(), ns, &local);
        if self.leave_parents(&element) {
            self.scope.declare(self.stack.len(), tag.attributes);
        }
        match element {
            Element::Item => self.begin_item(tag),
            Element::Channel => {
                self.push(tag, Kind::Channel);
                self.feed_attributes(tag);
            }
            Element::Text(slot, own) => return self.begin_leaf(tag, slot, own),
            Element::Link if attribute(tag.attributes, "href").is_some() => self.link(tag.attributes, ns),
            Element::Link => return self.begin_leaf(tag, Slot::Link, ns == Ns::Core || self.dialect == Dialect::Atom),
            Element::Person(rank) => {
                self.person.clear();
                self.push(tag, Kind::Person(rank));
            }
            Element::Media(name) if self.item.is_some() => {
                let url = self.file_address(tag.attributes);
                writer::media(name, tag.attributes, &url, &mut self.out);
                if tag.empty {
                    writer::end_tag(name, &mut self.out);
                } else {
                    self.push_or_end(tag, name);
                }
            }
            Element::Enclosure => {
                let url = self.file_address(tag.attributes);
                writer::enclosure(self.dialect, tag.attributes, &url, &mut self.out);
            }
            Element::Source => {
                if let Some(item) = &mut self.item {
                    item.side.source = attribute(tag.attributes, "url").map(Into::into);
                }
                self.push(tag, Kind::Skip);
            }
            Element::Skip => self.push(tag, Kind::Skip),
            Element::Media(_) | Element::Through => {}
        }
        if tag.empty && matches!(element, Element::Channel | Element::Person(_) | Element::Source | Element::Skip) {
            self.close_to(self.stack.len().saturating_sub(1));
        }
        self.scope.leave(self.stack.len());
        self.done |= self.items.len() >= MOST_ITEMS;
    }

    fn end(&mut self, name: &'a str) {
        if let Some(at) = self.open_at(name) {
            self.close_to(at);
        }
    }

    /// The innermost open element with this name.
    fn open_at(&self, name: &str) -> Option<usize> {
        self.stack.iter().rposition(|open| open.name.eq_ignore_ascii_case(name))
    }

    fn place(&self) -> Place {
        match self.stack.last().map(|open| open.kind) {
            Some(Kind::Skip) => Place::Skipped,
            Some(Kind::Person(_)) => Place::Person,
            _ if self.item.is_some() => Place::Item,
            _ => Place::Feed,
        }
    }

    /// Closes elements that cannot hold this one and so were not closed. True when there were any.
    fn leave_parents(&mut self, element: &Element) -> bool {
        let keep = |kind: Kind| match kind {
            Kind::Root | Kind::Channel => true,
            _ if matches!(element, Element::Item | Element::Channel) => false,
            Kind::Person(_) => matches!(
                element,
                Element::Text(Slot::PersonName | Slot::PersonEmail | Slot::Nothing, _)
                    | Element::Through
                    | Element::Skip
            ),
            Kind::Media(_) => matches!(
                element,
                Element::Text(Slot::MediaTitle | Slot::MediaDescription | Slot::MediaCredit, _)
                    | Element::Media(_)
                    | Element::Through
                    | Element::Skip
            ),
            Kind::Item | Kind::Skip => true,
        };
        let at = self.stack.iter().rposition(|open| keep(open.kind)).map_or(0, |at| at + 1);
        let closes = at < self.stack.len();
        self.close_to(at);
        closes
    }

    fn push(&mut self, tag: &Tag<'a>, kind: Kind) {
        if self.stack.len() >= DEEPEST {
            return;
        }
        if let Some(base) = self.base_of(tag.attributes) {
            self.bases.push((self.stack.len(), base));
        }
        self.stack.push(Open { name: tag.name, kind });
    }

    fn push_or_end(&mut self, tag: &Tag<'a>, name: &'static str) {
        if self.stack.len() < DEEPEST {
            self.push(tag, Kind::Media(name));
        } else {
            writer::end_tag(name, &mut self.out);
        }
    }

    /// Closes all open elements from the `at`th on.
    fn close_to(&mut self, at: usize) {
        while self.stack.len() > at {
            let Some(open) = self.stack.pop() else { break };
            match open.kind {
                Kind::Root => self.done = true,
                Kind::Item => self.finish_item(),
                Kind::Person(rank) => self.finish_person(rank),
                Kind::Media(name) => writer::end_tag(name, &mut self.out),
                Kind::Channel | Kind::Skip => {}
            }
            self.scope.leave(self.stack.len());
            while self.bases.last().is_some_and(|(depth, _)| *depth >= self.stack.len()) {
                self.bases.pop();
            }
        }
    }
}
