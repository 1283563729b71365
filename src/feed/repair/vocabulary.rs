//! What the elements of all feed dialects mean.

use super::namespaces::Ns;

/// The two dialects that documents are rewritten in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// RSS of every version, RDF and CDF: becomes RSS 2.0.
    Rss,
    /// Atom of every version: becomes Atom 1.0.
    Atom,
}

/// Where an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Feed,
    Item,
    Person,
    Skipped,
}

/// What to do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// An entry.
    Item,
    /// RSS's inner root: its children are the feed's.
    Channel,
    /// Holds text; the flag tells its own name from one that stands in for it, and yields to it.
    Text(Slot, bool),
    /// A link: in its text, or in attributes as Atom has it.
    Link,
    /// Holds a person's name and addresses; a higher rank goes before a lower one.
    Person(u8),
    /// Media RSS, which nests: the name it is written with.
    Media(&'static str),
    /// An attached file, in attributes.
    Enclosure,
    /// RSS's `source`, which names the republished feed in an attribute.
    Source,
    /// Left out; its children count as children of the element around it.
    Through,
    /// Left out with everything in it.
    Skip,
}

/// What a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Title,
    Guid,
    Summary,
    Content,
    MediaTitle,
    MediaDescription,
    MediaCredit,
    Link,
    Category,
    Published(u8),
    Updated(u8),
    Author(u8),
    PersonName,
    PersonEmail,
    Comments,
    PlayingTime,
    OriginalLink,
    Language,
    Ttl,
    Period,
    Frequency,
    SkipHour,
    SkipDay,
    Generator,
    Nothing,
}

impl Slot {
    /// The element that it is written as; none for what is only remembered beside the document.
    pub(super) fn written_as(self, dialect: Dialect) -> Option<&'static str> {
        Some(match (self, dialect) {
            (Self::Title, _) => "title",
            (Self::Guid, Dialect::Rss) => "guid",
            (Self::Guid, Dialect::Atom) => "id",
            (Self::Summary, Dialect::Rss) => "description",
            (Self::Summary, Dialect::Atom) => "summary",
            (Self::Content, Dialect::Rss) => "content:encoded",
            (Self::Content, Dialect::Atom) => "content",
            (Self::MediaTitle, _) => "media:title",
            (Self::MediaDescription, _) => "media:description",
            (Self::MediaCredit, _) => "media:credit",
            _ => return None,
        })
    }

    /// Atom's text constructs, which have a type.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Title | Self::Summary | Self::Content)
    }

    /// Running text, which may hold markup.
    pub(super) fn is_html(self) -> bool {
        matches!(self, Self::Summary | Self::Content)
    }
}

/// Looks an element up.
pub(super) fn classify(dialect: Dialect, place: Place, ns: Ns, local: &str) -> Element {
    let own = ns == Ns::Core || (ns == Ns::Atom && dialect == Dialect::Atom);
    match (ns, local) {
        (Ns::Core | Ns::Atom, "item" | "entry") => Element::Item,
        _ if place == Place::Skipped => Element::Through,
        (Ns::Core | Ns::Rdf, "channel") => Element::Channel,
        (_, "name") if place == Place::Person => Element::Text(Slot::PersonName, true),
        (_, "email") if place == Place::Person => Element::Text(Slot::PersonEmail, true),
        (_, "uri" | "url" | "homepage") if place == Place::Person => Element::Text(Slot::Nothing, true),
        (Ns::Core | Ns::Atom, "link") => Element::Link,
        (Ns::Core, "source") if dialect == Dialect::Rss && place == Place::Item => Element::Source,
        (Ns::Core | Ns::Atom, "image" | "textinput" | "cloud" | "contributor" | "source") => Element::Skip,
        (Ns::Core | Ns::Atom, "author") => Element::Person(3),
        (Ns::Core | Ns::Atom, "title") => Element::Text(Slot::Title, own),
        (Ns::Dc, "title") => Element::Text(Slot::Title, false),
        (Ns::Core | Ns::Dc, "language") => Element::Text(Slot::Language, true),
        _ if place == Place::Item => in_item(dialect, ns, local, own),
        _ => in_feed(ns, local),
    }
}

fn in_item(dialect: Dialect, ns: Ns, local: &str, own: bool) -> Element {
    let rss = dialect == Dialect::Rss;
    let slot = match (ns, local) {
        (Ns::Core | Ns::Atom, "guid") => (Slot::Guid, own && rss),
        (Ns::Core | Ns::Atom, "id") => (Slot::Guid, own && !rss),
        (Ns::Core | Ns::Atom, "description") => (Slot::Summary, own && rss),
        (Ns::Core | Ns::Atom, "summary") => (Slot::Summary, own && !rss),
        (Ns::Core | Ns::Atom | Ns::Dc, "abstract") | (Ns::Dc, "description") | (Ns::Itunes, "summary" | "subtitle") => {
            (Slot::Summary, false)
        }
        (Ns::Content, "encoded") => (Slot::Content, rss),
        (Ns::Core | Ns::Atom, "content") => (Slot::Content, own && !rss),
        (Ns::Core, "fullitem") | (Ns::Xhtml, "body" | "div") => (Slot::Content, false),
        (Ns::Core | Ns::Atom, "category") | (Ns::Dc, "subject") => (Slot::Category, true),
        (Ns::Core | Ns::Atom, "pubdate" | "published") => (Slot::Published(4), true),
        (Ns::Core | Ns::Atom | Ns::Dc, "issued") => (Slot::Published(3), true),
        (Ns::Core | Ns::Dc, "date") => (Slot::Published(2), true),
        (Ns::Core | Ns::Atom | Ns::Dc, "created") => (Slot::Published(1), true),
        (Ns::Core | Ns::Atom, "updated") => (Slot::Updated(2), true),
        (Ns::Core | Ns::Atom | Ns::Dc, "modified") | (Ns::Core, "lastbuilddate") => (Slot::Updated(1), true),
        (Ns::Dc, "creator" | "author") => (Slot::Author(2), true),
        (Ns::Itunes, "author") => (Slot::Author(1), true),
        (Ns::Itunes, "duration") => (Slot::PlayingTime, true),
        (Ns::Slash, "comments") | (Ns::Thread, "total") => (Slot::Comments, true),
        (Ns::Feedburner, "origlink") => (Slot::OriginalLink, true),
        (Ns::Core, "enclosure") => return Element::Enclosure,
        (Ns::Media, "group") => return Element::Media("media:group"),
        (Ns::Media, "content") => return Element::Media("media:content"),
        (Ns::Media, "title") => (Slot::MediaTitle, true),
        (Ns::Media, "description") => (Slot::MediaDescription, true),
        (Ns::Media, "credit") => (Slot::MediaCredit, true),
        (Ns::Core | Ns::Atom, "comments" | "rights" | "copyright" | "subtitle") => (Slot::Nothing, true),
        // Stray HTML, or a tag of the publisher's own: what is in it is still the item's.
        (Ns::Core | Ns::Atom | Ns::Xhtml, _) => return Element::Through,
        _ => return Element::Skip,
    };
    Element::Text(slot.0, slot.1)
}

fn in_feed(ns: Ns, local: &str) -> Element {
    let slot = match (ns, local) {
        (Ns::Core, "ttl") => Slot::Ttl,
        (Ns::Core, "hour") => Slot::SkipHour,
        (Ns::Core, "day") => Slot::SkipDay,
        (Ns::Core | Ns::Atom, "generator") => Slot::Generator,
        (Ns::Syndication, "updateperiod") => Slot::Period,
        (Ns::Syndication, "updatefrequency") => Slot::Frequency,
        (
            Ns::Core | Ns::Atom,
            "description" | "subtitle" | "tagline" | "info" | "copyright" | "rights" | "webmaster" | "managingeditor"
            | "docs" | "pubdate" | "lastbuilddate" | "updated" | "modified" | "id" | "icon" | "logo" | "rating"
            | "category" | "guid" | "abstract",
        ) => Slot::Nothing,
        (Ns::Core | Ns::Atom | Ns::Xhtml, _) => return Element::Through,
        _ => return Element::Skip,
    };
    Element::Text(slot, true)
}

/// True when this start tag cannot be within the text of `slot`: then that element was not closed.
/// `bare` says that the tag has no attributes, `markup` that other tags were found in the text before.
pub(super) fn ends_text(slot: Slot, ns: Ns, local: &str, bare: bool, markup: bool) -> bool {
    match (ns, local) {
        (
            Ns::Core | Ns::Atom,
            "item" | "entry" | "channel" | "pubdate" | "guid" | "description" | "enclosure" | "lastbuilddate"
            | "updated" | "published" | "category" | "comments",
        ) => true,
        (Ns::Core | Ns::Atom, "link") => bare || !slot.is_html(),
        (Ns::Core | Ns::Atom, "title" | "author" | "id" | "content" | "summary") => {
            !slot.is_html() || (bare && !markup)
        }
        (Ns::Core | Ns::Atom | Ns::Xhtml | Ns::Other | Ns::Rdf, _) => false,
        // The names of the modules mean nothing in HTML.
        _ => true,
    }
}
