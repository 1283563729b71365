//! `[topics.<id>]` and `[[entities]]`: the user's own rules. Whether a cue means anything is the classifier's to say.

use std::ops::Range;

use toml::de::DeValue;

use crate::config::diagnostic::Report;
use crate::config::schema;
use crate::config::section::{Section, kind, unknown};
use crate::model::{ALL_TOPICS, EntityKind, TopicId};
use crate::topic::{OwnEntity, TopicRules};

/// The topics that the config speaks of, in the order of the file.
pub(super) fn topics(report: &mut Report<'_>, section: Section<'_, '_>) -> Vec<TopicRules> {
    let mut rules: Vec<TopicRules> = Vec::new();
    for ((name, place), value) in section.entries() {
        let Some(topic) = TopicId::from_id(name) else {
            report.add(&place, unknown("there is no topic", name, &ALL_TOPICS.map(|topic| topic.id)));
            continue;
        };
        let DeValue::Table(table) = value.get_ref() else {
            let words = format!("write [topics.{name}] on a line of its own; this is {}", kind(value.get_ref()));
            report.add(&value.span(), words);
            continue;
        };
        if rules.iter().any(|other| other.topic == topic) {
            report.add(&place, format!("{} is there already; write it once, in small letters", topic.get().id));
            continue;
        }
        let section = Section { name: "topics", table };
        section.report_unknown(report, schema::keys("topics"));
        rules.push(TopicRules {
            topic,
            cues: texts(report, section, "cues"),
            never: texts(report, section, "never"),
            ignore: texts(report, section, "ignore"),
            always_for: texts(report, section, "always_for"),
            not_for: texts(report, section, "not_for"),
        });
    }
    rules
}

/// The user's own entities and what is changed of built-in ones.
pub(super) fn entities(report: &mut Report<'_>, root: Section<'_, '_>) -> Vec<OwnEntity> {
    let Some(value) = root.table.get("entities") else { return Vec::new() };
    let Some(array) = value.get_ref().as_array() else {
        report.add(&value.span(), "an entity begins with [[entities]], in two pairs of brackets");
        return Vec::new();
    };
    let mut entities = Vec::new();
    for value in array {
        if let Some(table) = value.get_ref().as_table() {
            entities.extend(entity(report, Section { name: "entities", table }, &value.span()));
        } else {
            let found = kind(value.get_ref());
            report.add(&value.span(), format!("an entity begins with [[entities]] and has a name; this is {found}"));
        }
    }
    entities
}

fn entity(report: &mut Report<'_>, section: Section<'_, '_>, place: &Range<usize>) -> Option<OwnEntity> {
    section.report_unknown(report, schema::keys("entities"));
    if section.place("name").is_none() {
        report.add(place, "this entity has no name; add name = \"...\"");
    }
    let kinds = EntityKind::ALL.map(|(kind, id, _)| (id, kind));
    let name = text(report, section, "name");
    let entity = OwnEntity {
        name: String::new(),
        kind: section.choice(report, "kind", &kinds),
        aliases: texts(report, section, "aliases"),
        ignore: texts(report, section, "ignore"),
        topics: topic_list(report, section),
        code: text(report, section, "code"),
    };
    Some(OwnEntity { name: name?, ..entity })
}

/// Topics by their ids, each once.
pub(super) fn topic_list(report: &mut Report<'_>, section: Section<'_, '_>) -> Vec<TopicId> {
    let mut topics = Vec::new();
    for (text, place) in section.strings(report, "topics").unwrap_or_default() {
        match TopicId::from_id(text) {
            Some(topic) if topics.contains(&topic) => {}
            Some(topic) => topics.push(topic),
            None => report.add(&place, unknown("there is no topic", text, &ALL_TOPICS.map(|topic| topic.id))),
        }
    }
    topics
}

/// A text that says something.
fn text(report: &mut Report<'_>, section: Section<'_, '_>, key: &str) -> Option<String> {
    let (text, place) = section.string(report, key)?;
    checked(report, key, text, &place)
}

/// A list of texts that each say something, each once.
fn texts(report: &mut Report<'_>, section: Section<'_, '_>, key: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for (text, place) in section.strings(report, key).unwrap_or_default() {
        if let Some(text) = checked(report, key, text, &place)
            && !texts.contains(&text)
        {
            texts.push(text);
        }
    }
    texts
}

fn checked(report: &mut Report<'_>, key: &str, text: &str, place: &Range<usize>) -> Option<String> {
    if text.chars().any(char::is_control) {
        report.add(place, format!("{key} is one line without control characters"));
        return None;
    }
    let text = text.trim();
    if text.is_empty() {
        report.add(place, format!("this text in {key} is empty; take it away or write something"));
        return None;
    }
    Some(text.to_owned())
}
