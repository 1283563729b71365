//! The fields of the search language: `name:value`.

use super::EntityField;

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `topic:ocean`
    Topic,
    /// `entity:maersk`, `carrier:`, `port:`, `lane:`, `choke:`
    Entity(EntityField),
    /// `genre:podcast`
    Genre,
    /// `source:loadstar`
    Source,
    /// `via:reuters`
    Via,
    /// `author:meier`
    Author,
    /// `title:hormuz`
    Title,
    /// `is:unread`
    Is,
    /// `has:note`
    Has,
    /// `since:7d`
    Since,
    /// `before:2026-04-28`
    Before,
    /// `on:yesterday`
    On,
}

/// What the search screen says of a field.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// Key.
    pub field: Field,
    /// What is typed before the colon.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Values that can be offered without asking the library; all there are only for `genre`, `is` and `has`.
    pub values: &'static [&'static str],
}

const DAYS: &[&str] =
    &["today", "yesterday", "24h", "7d", "2w", "30d", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const GENRES: &[&str] = &["sponsored", "press-release", "podcast", "video", "live", "opinion", "analysis"];

/// Every field, in the order of the help.
pub const FIELDS: &[FieldSpec] = &[
    // The values of `topic` are the topic ids, which the model knows, and `off`.
    spec(Field::Topic, "topic", "a topic, such as topic:ocean; off for none", &[]),
    spec(Field::Entity(EntityField::Any), "entity", "names this company, place or body", &[]),
    spec(Field::Entity(EntityField::Carrier), "carrier", "names this carrier", &[]),
    spec(Field::Entity(EntityField::Port), "port", "names this port, terminal or airport", &[]),
    spec(Field::Entity(EntityField::Lane), "lane", "is about this trade lane", &[]),
    spec(Field::Entity(EntityField::Chokepoint), "choke", "names this strait, canal or pass", &[]),
    spec(Field::Genre, "genre", "what sort of piece: podcast, opinion, press-release ...", GENRES),
    spec(Field::Source, "source", "the feed's name or address, or whom it is taken from, contains this", &[]),
    spec(Field::Via, "via", "taken from somebody whose name contains this", &[]),
    spec(Field::Author, "author", "the author's name contains this", &[]),
    spec(Field::Title, "title", "a word or \"phrase\" in the title", &[]),
    spec(Field::Is, "is", "unread, read or saved", &["unread", "read", "saved"]),
    spec(Field::Has, "has", "note, or fulltext: the text of its page", &["note", "fulltext"]),
    spec(Field::Since, "since", "from this day on: 7d, 2w, fri, yesterday, 2026-04-28", DAYS),
    spec(Field::Before, "before", "before this day", DAYS),
    spec(Field::On, "on", "on this day", DAYS),
];

const fn spec(field: Field, name: &'static str, help: &'static str, values: &'static [&'static str]) -> FieldSpec {
    FieldSpec { field, name, help, values }
}

impl Field {
    /// The field called `name`, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        // What the config calls a feed is what people type first.
        let name = if name.eq_ignore_ascii_case("feed") { "source" } else { name };
        FIELDS.iter().find(|f| f.name.eq_ignore_ascii_case(name)).map(|f| f.field)
    }
}
