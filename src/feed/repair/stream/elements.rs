//! What the walk does at the single elements: items, texts, links, persons.

use url::Url;

use super::{Item, Kind, Walk};
use crate::feed::repair::attributes::{attribute, attributes};
use crate::feed::repair::leaf::{self, Leaf};
use crate::feed::repair::lexer::Tag;
use crate::feed::repair::namespaces::Ns;
use crate::feed::repair::vocabulary::{Dialect, Slot};
use crate::feed::repair::writer;

impl<'a> Walk<'a> {
    /// What the root and RSS's channel say in attributes: the language, and in CDF the site.
    pub(super) fn feed_attributes(&mut self, tag: &Tag<'a>) {
        for (name, value) in attributes(tag.attributes) {
            match name.to_ascii_lowercase().as_str() {
                "xml:lang" => self.feed.set(Slot::Language, &value),
                "href" => writer::link(self.dialect, &self.absolute(&value), "", &mut self.out),
                _ => {}
            }
        }
    }

    pub(super) fn begin_item(&mut self, tag: &Tag<'a>) {
        let mut item = Item { start: self.out.len(), ..Item::default() };
        self.push(tag, Kind::Item);
        item.side.base = self.bases.last().map(|(_, base)| base.clone());
        writer::begin_item(self.dialect, &mut self.out);
        for (name, value) in attributes(tag.attributes) {
            match name.to_ascii_lowercase().as_str() {
                "xml:lang" => item.side.set(Slot::Language, &value),
                "lastmod" => item.side.set(Slot::Updated(1), &value),
                "href" => writer::link(self.dialect, &self.absolute(&value), "", &mut self.out),
                // RSS 1.0 has its identifiers here; a guid goes before it.
                "rdf:about" if self.dialect == Dialect::Rss => {
                    writer::element("guid", &value, &mut self.out);
                    item.written.push((Slot::Guid, false));
                }
                _ => {}
            }
        }
        self.item = Some(item);
        if tag.empty {
            self.close_to(self.stack.len().saturating_sub(1));
        }
    }

    pub(super) fn finish_item(&mut self) {
        if let Some(item) = self.item.take() {
            writer::end_item(self.dialect, &mut self.out);
            self.items.push(item.side);
        }
    }

    pub(super) fn finish_person(&mut self, rank: u8) {
        let name = self.person.trim();
        if !name.is_empty() {
            match &mut self.item {
                Some(item) => item.side.set(Slot::Author(rank), name),
                None => self.feed.set(Slot::Author(rank), name),
            }
        }
        self.person.clear();
    }

    /// Begins to read a text, unless a better one was read before.
    pub(super) fn begin_leaf(&mut self, tag: &Tag<'a>, slot: Slot, own: bool) {
        let written = self.item.as_ref().map_or(&self.written, |item| &item.written);
        let outranked = written.iter().any(|(known, known_own)| *known == slot && (*known_own || !own));
        let slot = if outranked { Slot::Nothing } else { leaf::readable(slot, self.dialect, tag.attributes) };
        self.scratch.clear();
        let written_out = slot.written_as(self.dialect).is_some();
        let sink = if written_out { &mut self.out } else { &mut self.scratch };
        self.leaf = Some(Leaf::begin(tag, slot, own, self.dialect, sink));
        if tag.empty {
            self.end_leaf();
        }
    }

    pub(super) fn end_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        if leaf.is_written() {
            self.end_written(&leaf);
        } else {
            let text = std::mem::take(&mut self.scratch);
            self.end_read(&leaf, text.trim());
            self.scratch = text;
        }
        self.scope.leave(self.stack.len());
    }

    fn end_written(&mut self, leaf: &Leaf<'a>) {
        let source = if leaf.slot == Slot::Content { leaf.attribute("src") } else { None };
        let source = source.map(|source| self.absolute(&source));
        let finished = leaf.finish(&mut self.out);
        let Some(item) = &mut self.item else {
            return self.written.extend(finished.then_some((leaf.slot, leaf.own)));
        };
        item.side.content_source = source.or(item.side.content_source.take());
        if finished {
            item.written.push((leaf.slot, leaf.own));
            if leaf.slot == Slot::Guid && leaf.own {
                item.side.permalink =
                    leaf.attribute("ispermalink").map(|said| !said.trim().eq_ignore_ascii_case("false"));
            }
        }
    }

    fn end_read(&mut self, leaf: &Leaf<'a>, text: &str) {
        match leaf.slot {
            Slot::Category => {
                let term = leaf.attribute("term").filter(|term| !term.trim().is_empty());
                let label = leaf.attribute("label").unwrap_or_default();
                writer::category(self.dialect, term.as_deref().unwrap_or(text), &label, &mut self.out);
            }
            _ if text.is_empty() => {}
            Slot::Link => {
                let url = self.own_base(leaf.attributes, text);
                // Where Atom's links have no `href`, their relations count all the same.
                let rel = leaf.attribute("rel").unwrap_or_default();
                if matches!(&*rel, "" | "alternate") {
                    self.write_link(&url, "", leaf.own);
                }
            }
            Slot::PersonName => text.clone_into(&mut self.person),
            Slot::PersonEmail if self.person.trim().is_empty() => text.clone_into(&mut self.person),
            slot => match &mut self.item {
                Some(item) => item.side.set(slot, text),
                None => self.feed.set(slot, text),
            },
        }
    }

    /// A link in Atom's manner, which may stand in RSS too.
    pub(super) fn link(&mut self, tag_attributes: &'a str, ns: Ns) {
        let (mut href, mut rel, mut kind, mut replies) = (String::new(), String::new(), String::new(), None);
        for (name, value) in attributes(tag_attributes) {
            match name.to_ascii_lowercase().as_str() {
                "href" => href = self.own_base(tag_attributes, &value),
                "rel" => rel = value.trim().to_ascii_lowercase(),
                "type" => kind = value.into_owned(),
                "thr:count" => replies = Some(value.into_owned()),
                _ => {}
            }
        }
        // RFC 4287, 4.2.7.2: the registered names are short for addresses.
        let rel = rel.strip_prefix("http://www.iana.org/assignments/relation/").unwrap_or(&rel);
        match (rel, &mut self.item) {
            ("" | "alternate", _) => self.write_link(&href, &kind, ns == Ns::Core || self.dialect == Dialect::Atom),
            ("enclosure", Some(_)) => {
                writer::enclosure(self.dialect, tag_attributes, &href, &mut self.out);
            }
            ("replies", Some(item)) => item.side.set(Slot::Comments, &replies.unwrap_or_default()),
            ("prev-archive", None) => self.feed.previous_archive = Some(href),
            ("next", None) => self.feed.next_page = Some(href),
            _ => {}
        }
    }

    fn write_link(&mut self, url: &str, kind: &str, own: bool) {
        let written = self.item.as_mut().map_or(&mut self.written, |item| &mut item.written);
        // In RSS, a link of Atom's is only a stand-in.
        if own || !written.iter().any(|(slot, _)| *slot == Slot::Link) {
            written.push((Slot::Link, own));
            writer::link(self.dialect, url, kind, &mut self.out);
        }
    }

    /// An address against the `xml:base`s around it; as it is where there are none.
    pub(super) fn absolute(&self, address: &str) -> String {
        let base = self.bases.last().map(|(_, base)| base);
        base.and_then(|base| base.join(address.trim()).ok()).map_or_else(|| address.trim().to_owned(), Into::into)
    }

    /// The address of an attached file.
    pub(super) fn file_address(&self, tag_attributes: &str) -> String {
        let address = attribute(tag_attributes, "url").or_else(|| attribute(tag_attributes, "href"));
        address.map(|address| self.absolute(&address)).unwrap_or_default()
    }

    /// The same, with the base that the tag itself may have.
    fn own_base(&self, tag_attributes: &str, address: &str) -> String {
        let base = self.base_of(tag_attributes);
        let own = base.and_then(|base| base.join(address.trim()).ok());
        own.map_or_else(|| self.absolute(address), Into::into)
    }

    /// The absolute base that a tag declares.
    pub(super) fn base_of(&self, tag_attributes: &str) -> Option<Url> {
        // The channel's `base` is CDF's.
        let own =
            || attribute(tag_attributes, "base").filter(|_| self.stack.is_empty() && self.dialect == Dialect::Rss);
        if !tag_attributes.contains("base") && !tag_attributes.contains("BASE") {
            return None;
        }
        let base = attribute(tag_attributes, "xml:base").or_else(own)?;
        match self.bases.last().map(|(_, base)| base).or(self.document.as_ref()) {
            Some(outer) => outer.join(base.trim()).ok(),
            None => Url::parse(base.trim()).ok(),
        }
    }
}
