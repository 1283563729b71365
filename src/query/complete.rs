//! What could be meant by the word before the cursor.

use std::ops::Range;

use super::EntityField;
use super::field::{FIELDS, Field};
use super::lex::{Kind, lex};
use super::parse::OFF_TOPIC;
use crate::model::ALL_TOPICS;

/// Candidates for the word before the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What a candidate takes the place of, in characters; ends at the cursor.
    pub replace: Range<usize>,
    /// Field names with their colon, or values; in the order to be shown.
    pub candidates: Vec<String>,
    /// Set when only the library knows the values: ask it for names that contain the text, and write
    /// [`super::quote_value`] of one in place of `replace`.
    pub from_library: Option<(LibraryValue, String)>,
}

/// Values that are in the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LibraryValue {
    /// Names of feeds.
    Source,
    /// Names of authors.
    Author,
    /// Names of entities of the field's kinds.
    Entity(EntityField),
    /// Names of those that articles are taken from.
    Via,
}

/// Completes the word that ends at `cursor` (in characters; the end of the text when it lies beyond).
#[must_use]
pub fn complete(text: &str, cursor: usize) -> Completion {
    let before: String = text.chars().take(cursor).collect();
    let cursor = before.chars().count();
    let nothing = |candidates| Completion { replace: cursor..cursor, candidates, from_library: None };
    let Some(token) = lex(&before).pop().filter(|token| token.at.end == cursor) else {
        return nothing(names(""));
    };
    match token.kind {
        Kind::Open | Kind::Minus => nothing(names("")),
        Kind::Text(raw) if !raw.quoted && !raw.star => {
            Completion { replace: token.at, candidates: names(&raw.text), from_library: None }
        }
        Kind::Or => Completion { replace: token.at, candidates: names("or"), from_library: None },
        Kind::Field { field: Some(field), value, .. } if !(value.quoted && value.closed) => {
            let from_library = match field {
                Field::Source => Some((LibraryValue::Source, value.text.clone())),
                Field::Author => Some((LibraryValue::Author, value.text.clone())),
                Field::Via => Some((LibraryValue::Via, value.text.clone())),
                Field::Entity(kinds) => Some((LibraryValue::Entity(kinds), value.text.clone())),
                _ => None,
            };
            Completion { replace: value.at, candidates: values(field, &value.text), from_library }
        }
        _ => nothing(Vec::new()),
    }
}

fn names(beginning: &str) -> Vec<String> {
    let names = FIELDS.iter().map(|field| field.name);
    names.filter(|name| begins(name, beginning)).map(|name| format!("{name}:")).collect()
}

fn values(field: Field, beginning: &str) -> Vec<String> {
    if field == Field::Topic {
        return ALL_TOPICS
            .iter()
            .map(|t| t.id)
            .chain([OFF_TOPIC])
            .filter(|id| begins(id, beginning))
            .map(str::to_owned)
            .collect();
    }
    let values = FIELDS.iter().filter(|spec| spec.field == field).flat_map(|spec| spec.values);
    values.filter(|value| begins(value, beginning)).map(|value| (*value).to_owned()).collect()
}

fn begins(name: &str, beginning: &str) -> bool {
    name.get(..beginning.len()).is_some_and(|start| start.eq_ignore_ascii_case(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(text: &str) -> String {
        let cursor = text.chars().count();
        let completion = complete(text, cursor);
        assert_eq!(completion.replace.end, cursor, "{text}");
        let replaced: String = text.chars().skip(completion.replace.start).collect();
        format!("{replaced} -> {}", completion.candidates.join(" "))
    }

    #[test]
    fn fields_and_values_are_offered() {
        assert_eq!(candidates("hapag t"), "t -> topic: title:");
        assert_eq!(candidates("hapag -T"), "T -> topic: title:");
        assert_eq!(candidates("(so"), "so -> source:");
        assert_eq!(candidates("topic:r"), "r -> rates road rail");
        assert_eq!(candidates("is:"), " -> unread read saved");
        assert_eq!(candidates("topic:o"), "o -> ocean off");
        assert_eq!(candidates("genre:p"), "p -> press-release podcast");
        assert_eq!(candidates("-c"), "c -> carrier: choke:");
        assert_eq!(candidates("has:N"), "N -> note");
        assert_eq!(candidates("has:"), " -> note fulltext");
        assert_eq!(candidates("since:t"), "t -> today tue thu");
        assert!(candidates("hapag ").starts_with(" -> topic: entity:"));
        assert_eq!(candidates("zürich"), "zürich -> ");
        assert_eq!(candidates("\"a phrase t"), " -> ");
        assert_eq!(candidates("unknown:t"), " -> ");
    }

    #[test]
    fn names_of_sources_and_authors_are_asked_of_the_library() {
        let completion = complete("é source:\"the lo", 99);
        assert_eq!(completion.from_library, Some((LibraryValue::Source, "the lo".into())));
        assert_eq!(completion.replace, 9..16);
        assert_eq!(complete("author:", 7).from_library, Some((LibraryValue::Author, String::new())));
        let port = Some((LibraryValue::Entity(EntityField::Port), "rot".into()));
        assert_eq!(complete("-port:rot", 9).from_library, port);
        assert_eq!(complete("via:ft", 6).from_library, Some((LibraryValue::Via, "ft".into())));
        assert_eq!(complete("source:\"done\"", 13).from_library, None);
    }

    #[test]
    fn only_what_is_before_the_cursor_counts() {
        assert_eq!(complete("top maersk", 3).replace, 0..3);
        assert_eq!(complete("topic:ra maersk", 8).candidates, ["rates", "rail"]);
    }
}
