//! CSL-JSON (schema `csl-data.json` 1.0.2 of citationstyles.org): an array of items.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::key::key;
use super::people::{Person, people};
use super::piece::Piece;
use super::quotation::opening;
use super::{ExportError, Setting, quotation};
use crate::model::{Article, Genre};

/// The items so far.
#[derive(Debug, Default)]
pub(super) struct Bibliography {
    begun: bool,
}

/// An item; the names are those of the schema.
#[derive(Debug, Serialize)]
struct Item {
    id: String,
    r#type: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name>,
    #[serde(rename = "container-title", skip_serializing_if = "String::is_empty")]
    container_title: String,
    #[serde(rename = "original-publisher", skip_serializing_if = "Option::is_none")]
    original_publisher: Option<String>,
    issued: Date,
    accessed: Date,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keyword: Option<String>,
    #[serde(rename = "abstract", skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A name.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Name {
    Person { family: String, given: String },
    Literal { literal: String },
}

/// A day.
#[derive(Debug, Serialize)]
struct Date {
    #[serde(rename = "date-parts")]
    parts: [[i16; 3]; 1],
}

impl Date {
    fn of(time: Timestamp, zone: &TimeZone) -> Self {
        let day = time.to_zoned(zone.clone()).date();
        Self { parts: [[day.year(), i16::from(day.month()), i16::from(day.day())]] }
    }
}

/// The beginning of its text, as long as a quotation may be.
pub(super) fn summary(article: &Article, setting: &Setting) -> Option<String> {
    let text = quotation(&opening(article, setting.quote), setting.quote);
    (!text.is_empty()).then_some(text)
}

/// What CSL calls a piece of its genre.
fn kind(piece: &Piece) -> &'static str {
    let is = |genre| piece.genres.contains(&genre);
    if [Genre::Sponsored, Genre::PressRelease, Genre::Podcast, Genre::Video, Genre::Live].into_iter().any(is) {
        "webpage"
    } else if is(Genre::Analysis) {
        "article-magazine"
    } else {
        "article-newspaper"
    }
}

impl Bibliography {
    /// Adds an item.
    pub(super) fn add(&mut self, article: &Article, piece: &Piece, setting: &Setting) -> Result<Vec<u8>, ExportError> {
        let item = Item {
            id: key(piece),
            r#type: kind(piece),
            title: piece.title.clone(),
            author: piece.author.iter().flat_map(|author| people(author)).map(Name::from).collect(),
            container_title: piece.source.clone(),
            original_publisher: piece.via.clone(),
            issued: Date::of(piece.date, &setting.zone),
            accessed: Date::of(piece.retrieved, &setting.zone),
            url: piece.url.clone(),
            language: piece.language.clone(),
            genre: piece.genre(),
            keyword: (!piece.topics.is_empty()).then(|| piece.topics.join(", ")),
            summary: summary(article, setting),
            annote: piece.note.clone(),
            note: piece.via.as_ref().map(|via| format!("via {via}")),
        };
        let mut written = if self.begun { b",\n".to_vec() } else { b"[\n".to_vec() };
        self.begun = true;
        serde_json::to_writer_pretty(&mut written, &item)?;
        Ok(written)
    }

    /// The end of the array.
    pub(super) fn finish(self) -> Vec<u8> {
        if self.begun { b"\n]\n".to_vec() } else { b"[]\n".to_vec() }
    }
}

impl From<Person> for Name {
    fn from(person: Person) -> Self {
        match person {
            Person::Named { family, given } => Self::Person { family, given },
            Person::Literal(literal) => Self::Literal { literal },
        }
    }
}
