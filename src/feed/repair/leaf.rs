//! The text of one element on its way from the source into the repaired document.

use std::borrow::Cow;

use super::attributes::{attribute, attributes};
use super::lexer::Tag;
use super::vocabulary::{Dialect, Slot};
use crate::feed::references;

/// Bytes that are kept of short texts; titles are cut to 1,000 characters later (THREATS R6).
const SHORT_LIMIT: usize = 16 << 10;

/// Bytes that are kept of running text; it is cut to 4 MiB later (THREATS R6).
const LONG_LIMIT: usize = 6 << 20;

/// Elements of HTML that have no end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// How markup stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Markup {
    /// There is none so far: if there is any, it is escaped, as it should be.
    None,
    /// There is, as elements: everything is written escaped once more, so that it reads as HTML.
    Found,
    /// The same, announced by `type="xhtml"`.
    Declared,
}

/// An element whose text is being read.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    /// Name as in the source.
    pub(super) name: &'a str,
    pub(super) slot: Slot,
    /// See `Element::Text`.
    pub(super) own: bool,
    pub(super) attributes: &'a str,
    /// Elements of the same name within.
    nested: usize,
    markup: Markup,
    /// Name that it is written with, when it is written.
    written_as: Option<&'static str>,
    /// Where its start tag is in the sink.
    start: usize,
    /// Where its text begins in the sink.
    text_start: usize,
    /// Where the type is in the sink (`text` or `html`).
    type_at: Option<usize>,
}

/// What Atom's `type` and `mode` say of a text.
enum Type {
    Plain,
    Html,
    Xhtml,
    /// Not text: a picture, base64.
    Other,
}

fn atom_type(tag_attributes: &str) -> Type {
    let (mut kind, mut mode) = (Cow::Borrowed(""), Cow::Borrowed(""));
    for (name, value) in attributes(tag_attributes) {
        match name {
            "type" => kind = value,
            "mode" => mode = value,
            _ => {}
        }
    }
    let kind = kind.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    match (kind.as_str(), mode.as_ref()) {
        (_, "base64") => Type::Other,
        (_, "escaped") | ("html" | "text/html", _) => Type::Html,
        ("" | "text" | "text/plain" | "plain" | "application/octet-stream", _) => Type::Plain,
        ("xhtml" | "application/xhtml+xml" | "text/xml" | "application/xml", _) => Type::Xhtml,
        (kind, _) if kind.ends_with("+xml") || kind.ends_with("/xml") => Type::Xhtml,
        (kind, _) if kind.contains('/') && !kind.starts_with("text/") => Type::Other,
        _ => Type::Html,
    }
}

/// The slot that a tag's text goes to: none when it is no text at all.
pub(super) fn readable(slot: Slot, dialect: Dialect, tag_attributes: &str) -> Slot {
    let typed = dialect == Dialect::Atom && slot.is_typed();
    if typed && matches!(atom_type(tag_attributes), Type::Other) { Slot::Nothing } else { slot }
}

impl<'a> Leaf<'a> {
    /// Begins an element. `sink` is the repaired document for slots that are written, else a scratch pad.
    /// See [`readable`] for the slot.
    pub(super) fn begin(tag: &Tag<'a>, slot: Slot, own: bool, dialect: Dialect, sink: &mut String) -> Self {
        let typed = dialect == Dialect::Atom && slot.is_typed();
        let kind = if typed { atom_type(tag.attributes) } else { Type::Plain };
        let start = sink.len();
        let written_as = slot.written_as(dialect);
        let mut type_at = None;
        if let Some(name) = written_as {
            sink.push('<');
            sink.push_str(name);
            if typed {
                sink.push_str(" type=\"");
                type_at = Some(sink.len());
                sink.push_str(if matches!(kind, Type::Plain) { "text\"" } else { "html\"" });
            }
            sink.push('>');
        }
        let markup = if matches!(kind, Type::Xhtml) { Markup::Declared } else { Markup::None };
        let (name, attributes, text_start) = (tag.name, tag.attributes, sink.len());
        Self { name, slot, own, attributes, nested: 0, markup, written_as, start, text_start, type_at }
    }

    /// True when other elements were found or are expected within.
    pub(super) fn has_markup(&self) -> bool {
        self.markup != Markup::None
    }

    /// True when the text is declared to be XHTML, in which the names of feeds mean nothing.
    pub(super) fn is_xhtml(&self) -> bool {
        self.markup == Markup::Declared
    }

    fn within_limit<'t>(&self, text: &'t str, sink: &str) -> &'t str {
        let limit = if self.slot.is_html() { LONG_LIMIT } else { SHORT_LIMIT };
        let room = limit.saturating_sub(sink.len() - self.text_start);
        &text[..text.floor_char_boundary(room)]
    }

    /// Writes text as it stands between tags.
    pub(super) fn text(&self, text: &str, sink: &mut String) {
        let text = self.within_limit(text, sink);
        match self.markup {
            _ if self.slot == Slot::Nothing => {}
            _ if self.written_as.is_none() => sink.push_str(&references::decode_xml(text)),
            Markup::None => references::write_xml(text, sink),
            Markup::Found | Markup::Declared => references::escape(text, sink),
        }
    }

    /// Writes the inside of a CDATA section.
    pub(super) fn cdata(&self, text: &str, sink: &mut String) {
        let text = self.within_limit(text, sink);
        match self.markup {
            _ if self.slot == Slot::Nothing || text.is_empty() => {}
            _ if self.written_as.is_none() => sink.push_str(text),
            Markup::None => {
                sink.push_str("<![CDATA[");
                sink.push_str(text);
                sink.push_str("]]>");
            }
            // Publishers who mix the two have HTML in the section.
            Markup::Found => references::escape(text, sink),
            Markup::Declared => {
                let mut once = String::with_capacity(text.len());
                references::escape(text, &mut once);
                references::escape(&once, sink);
            }
        }
    }

    /// Writes a tag that stands within the text as an element.
    pub(super) fn inner_start(&mut self, tag: &Tag<'a>, local: Option<&str>, sink: &mut String) {
        if tag.name == self.name && !tag.empty {
            self.nested += 1;
        }
        if self.written_as.is_none() {
            return;
        }
        self.find_markup(sink);
        if self.within_limit(tag.attributes, sink).len() < tag.attributes.len() {
            return;
        }
        let name = local.unwrap_or(tag.name);
        sink.push_str("&lt;");
        sink.push_str(name);
        references::escape(tag.attributes, sink);
        sink.push_str(if tag.empty && VOID.contains(&name) { "/>" } else { ">" });
        // HTML knows no other empty elements: it would take `<a/>` for the start of a link.
        if tag.empty && !VOID.contains(&name) {
            sink.push_str("&lt;/");
            sink.push_str(name);
            sink.push('>');
        }
    }

    /// An end tag. True when it is this element's own.
    pub(super) fn inner_end(&mut self, name: &str, local: Option<&str>, sink: &mut String) -> bool {
        if name.eq_ignore_ascii_case(self.name) {
            if self.nested == 0 {
                return true;
            }
            self.nested -= 1;
        }
        // Without any start tag before it, a stray end tag is a slip and no markup.
        if self.written_as.is_some() && self.has_markup() && !self.within_limit("/", sink).is_empty() {
            sink.push_str("&lt;/");
            sink.push_str(local.unwrap_or(name));
            sink.push('>');
        }
        false
    }

    /// From now on the text is HTML: what was written so far is escaped once more, except in CDATA sections.
    fn find_markup(&mut self, sink: &mut String) {
        if self.has_markup() {
            return;
        }
        self.markup = Markup::Found;
        if let Some(at) = self.type_at {
            sink.replace_range(at..at + 4, "html");
        }
        let written = sink.split_off(self.text_start);
        let mut rest = written.as_str();
        while let Some((before, section)) = rest.split_once("<![CDATA[") {
            sink.push_str(&before.replace('&', "&amp;"));
            let (inside, behind) = section.split_once("]]>").unwrap_or((section, ""));
            references::escape(inside, sink);
            rest = behind;
        }
        sink.push_str(&rest.replace('&', "&amp;"));
    }

    /// Ends a written element. False when it was empty and so is left out.
    pub(super) fn finish(&self, sink: &mut String) -> bool {
        let Some(name) = self.written_as else { return false };
        if is_blank(&sink[self.text_start..]) {
            sink.truncate(self.start);
            return false;
        }
        sink.push_str("</");
        sink.push_str(name);
        sink.push('>');
        true
    }

    /// True for text that goes to the repaired document.
    pub(super) fn is_written(&self) -> bool {
        self.written_as.is_some()
    }

    /// An attribute of the element, by its name in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        attribute(self.attributes, name)
    }
}

fn is_blank(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some((inside, behind)) = rest.strip_prefix("<![CDATA[").and_then(|section| section.split_once("]]>")) {
        if !inside.trim().is_empty() {
            return false;
        }
        rest = behind.trim_start();
    }
    rest.is_empty()
}
