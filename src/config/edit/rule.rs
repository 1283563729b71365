//! Rules that are taught: one more text in a list of `[topics.<id>]` or of one of the `[[entities]]`.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::EditError;
use super::list::appended;
use super::text::{Source, checked, content_end, quoted};
use crate::model::TopicId;

/// A list of `[topics.<id>]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TopicList {
    /// Built-in cues that do not count.
    Ignore,
    /// Feeds that always have the topic.
    AlwaysFor,
    /// Articles that do not have it.
    NotFor,
}

/// A rule to be added to the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleEdit {
    /// A text in a list of a topic.
    Topic {
        /// The topic.
        topic: TopicId,
        /// The list.
        list: TopicList,
        /// The text.
        text: String,
    },
    /// A name by which an entity is not recognised.
    NotByName {
        /// The entity, by its name.
        entity: String,
        /// The name that shall not count.
        name: String,
    },
}

impl TopicList {
    /// Its key in the config.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ignore => "ignore",
            Self::AlwaysFor => "always_for",
            Self::NotFor => "not_for",
        }
    }
}

impl std::fmt::Display for RuleEdit {
    /// The rule as it would stand alone in the config: `[topics.deals] ignore = ["bid"]`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Topic { topic, list, text } => {
                write!(f, "[topics.{}] {} = [{}]", topic.get().id, list.key(), quoted(text))
            }
            Self::NotByName { entity, name } => {
                write!(f, "[[entities]] name = {}, ignore = [{}]", quoted(entity), quoted(name))
            }
        }
    }
}

const TOPICS: &str = "this topic's section";
const ENTITIES: &str = "the list of entities";

/// Adds a rule; gives the text unchanged when it says so already.
///
/// # Errors
/// When the text cannot be edited.
pub fn add_rule(text: &str, rule: &RuleEdit) -> Result<String, EditError> {
    let source = Source::parse(text)?;
    match rule {
        RuleEdit::Topic { topic, list, text } => to_topic(&source, *topic, list.key(), text),
        RuleEdit::NotByName { entity, name } => to_entity(&source, entity, name),
    }
}

fn to_topic(source: &Source<'_>, topic: TopicId, key: &str, text: &str) -> Result<String, EditError> {
    let id = topic.get().id;
    let table = source.root.get("topics").and_then(|topics| topics.get_ref().as_table());
    let section =
        table.and_then(|topics| topics.iter().find(|(name, _)| TopicId::from_id(name.get_ref()) == Some(topic)));
    if let Some((_, section)) = section {
        return in_table(source, section, key, text, TOPICS);
    }
    let newline = source.newline;
    let block = format!("[topics.{id}]{newline}{key} = [{}]{newline}", quoted(text));
    checked(format!("{}{}{block}", source.text, source.before_appended()), TOPICS)
}

fn to_entity(source: &Source<'_>, entity: &str, name: &str) -> Result<String, EditError> {
    let list = source.root.get("entities");
    let entities = list.and_then(|list| list.get_ref().as_array());
    let named = |value: &&Spanned<DeValue<'_>>| {
        let there = value.get_ref().as_table().and_then(|table| string(table, "name"));
        there.is_some_and(|there| there.trim().eq_ignore_ascii_case(entity))
    };
    if let Some(found) = entities.and_then(|entities| entities.iter().find(named)) {
        return in_table(source, found, "ignore", name, ENTITIES);
    }
    let pairs = [format!("name = {}", quoted(entity)), format!("ignore = [{}]", quoted(name))];
    let block = || {
        let newline = source.newline;
        format!("[[entities]]{newline}{}{newline}", pairs.join(newline))
    };
    let edited = match (list, entities) {
        (Some(list), Some(array)) if array.iter().all(|one| source.is_inline(one)) => {
            appended(source, list, vec![format!("{{ {} }}", pairs.join(", "))])
        }
        (Some(_), Some(array)) => {
            let at = source.next_line(array.iter().map(content_end).max().unwrap_or(0));
            let open = if at == source.text.len() && !source.text.ends_with('\n') { source.newline } else { "" };
            source.spliced(vec![(at..at, format!("{open}{}{}", source.newline, block()))])
        }
        _ => format!("{}{}{}", source.text, source.before_appended(), block()),
    };
    checked(edited, ENTITIES)
}

/// Adds a text to a list of a table: at the end of the list, or as a new key after the others.
fn in_table(
    source: &Source<'_>,
    section: &Spanned<DeValue<'_>>,
    key: &str,
    text: &str,
    what: &'static str,
) -> Result<String, EditError> {
    let table = section.get_ref().as_table().ok_or(EditError::TooClever(what))?;
    if let Some(list) = table.get(key) {
        let there = list.get_ref().as_array().ok_or(EditError::TooClever(what))?;
        if there.iter().any(|one| one.get_ref().as_str().is_some_and(|one| one.trim() == text)) {
            return Ok(source.text.to_owned());
        }
        return checked(appended(source, list, vec![quoted(text)]), what);
    }
    let pair = format!("{key} = [{}]", quoted(text));
    let span = section.span();
    let edited = if source.is_inline(section) {
        let last = table.iter().map(|(_, value)| value.span().end).max();
        let (at, lead) = last.map_or((span.start + 1, " "), |end| (end, ", "));
        source.spliced(vec![(at..at, format!("{lead}{pair}"))])
    } else if source.text[span.start..].starts_with('[') {
        let end = source.line_end(content_end(section));
        let newline = source.newline;
        source.spliced(vec![(end..end, format!("{newline}{pair}"))])
    } else {
        return Err(EditError::TooClever(what));
    };
    checked(edited, what)
}

fn string<'a>(table: &'a DeTable<'_>, key: &str) -> Option<&'a str> {
    table.get(key)?.get_ref().as_str()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::topic::Rules;

    fn topic(id: &str, list: TopicList, text: &str) -> RuleEdit {
        RuleEdit::Topic { topic: TopicId::from_id(id).unwrap(), list, text: text.into() }
    }

    fn rules(text: &str) -> Rules {
        let (config, faults) = crate::config::parse(text, Path::new("config.toml"));
        assert_eq!(faults, [], "{text}");
        config.rules
    }

    #[test]
    fn a_rule_is_a_line_of_its_own_and_is_written_once() {
        let before = "# mine\nkeep_days = 9 # few";
        let bid = topic("deals", TopicList::Ignore, "bid");
        assert_eq!(bid.to_string(), "[topics.deals] ignore = [\"bid\"]");
        let after = add_rule(before, &bid).unwrap();
        assert_eq!(after, format!("{before}\n\n[topics.deals]\nignore = [\"bid\"]\n"));
        assert_eq!(add_rule(&after, &bid).unwrap(), after, "it is there already");
        let more = add_rule(&after, &topic("deals", TopicList::Ignore, "ta\"keover")).unwrap();
        let more = add_rule(&more, &topic("deals", TopicList::AlwaysFor, "Quay Weekly")).unwrap();
        let more = add_rule(&more, &topic("air", TopicList::NotFor, "https://a.example/1")).unwrap();
        let found = rules(&more);
        assert_eq!(found.topics[0].ignore, ["bid", "ta\"keover"]);
        assert_eq!(found.topics[0].always_for, ["Quay Weekly"]);
        assert_eq!(found.topics[1].not_for, ["https://a.example/1"]);
        assert!(more.starts_with(before), "{more}");
    }

    #[test]
    fn lists_and_sections_keep_their_shape_and_comments() {
        let before = "[topics.rates] # levies\ncues = [\n  \"fuel levy\", # ours\n]\n\n[ui]\nascii = true\n";
        let after = add_rule(before, &topic("rates", TopicList::Ignore, "rate")).unwrap();
        assert_eq!(after, before.replace("]\n\n[ui]", "]\nignore = [\"rate\"]\n\n[ui]"));
        let listed = "[topics.rates]\nignore = [\n  \"rate\", # too common\n]\n";
        let after = add_rule(listed, &topic("rates", TopicList::Ignore, "spot")).unwrap();
        assert_eq!(after, listed.replace("common\n", "common\n  \"spot\",\n"));
        let inline = "topics = { rates = { cues = [\"x y\"] } }\n";
        let after = add_rule(inline, &topic("rates", TopicList::Ignore, "spot")).unwrap();
        assert_eq!(after, "topics = { rates = { cues = [\"x y\"], ignore = [\"spot\"] } }\n");
        let empty = add_rule("[topics.rates]\n[ui]\n", &topic("rates", TopicList::Ignore, "spot")).unwrap();
        assert_eq!(empty, "[topics.rates]\nignore = [\"spot\"]\n[ui]\n");
        let windows = add_rule("[topics.air]\r\ncues = []\r\n", &topic("air", TopicList::Ignore, "jet")).unwrap();
        assert_eq!(windows, "[topics.air]\r\ncues = []\r\nignore = [\"jet\"]\r\n");
    }

    #[test]
    fn what_is_written_too_cleverly_is_left_to_its_author() {
        for text in ["topics = { rates = {} }\n", "topics.air.cues = [\"x\"]\n", "topics = 3\n"] {
            let done = add_rule(text, &topic("air", TopicList::Ignore, "jet"));
            assert!(matches!(done, Err(EditError::TooClever(_))), "{text}: {done:?}");
        }
    }

    #[test]
    fn names_that_do_not_count_stand_with_their_entity() {
        let one = |name: &str| RuleEdit::NotByName { entity: "Ocean Network Express".into(), name: name.into() };
        let after = add_rule("[[feeds]]\nurl = \"https://a.example/\"\n", &one("=ONE")).unwrap();
        assert!(
            after.ends_with("\n\n[[entities]]\nname = \"Ocean Network Express\"\nignore = [\"=ONE\"]\n"),
            "{after}"
        );
        let after = add_rule(&after, &one("O.N.E.")).unwrap();
        assert_eq!(rules(&after).entities[0].ignore, ["=ONE", "O.N.E."]);
        let other = RuleEdit::NotByName { entity: "Evergreen".into(), name: "Evergreen".into() };
        let after = add_rule(&format!("{after}\n[ui]\nascii = true\n"), &other).unwrap();
        assert_eq!(rules(&after).entities.len(), 2);
        assert_eq!(add_rule(&after, &other).unwrap(), after);
        let inline = add_rule("entities = []\n", &other).unwrap();
        assert_eq!(inline, "entities = [{ name = \"Evergreen\", ignore = [\"Evergreen\"] }]\n");
    }
}
