//! The user's rules laid over the built-in tables, and what is wrong with them, in words.

use std::borrow::Cow;
use std::collections::HashSet;

use super::catalogue::{Catalogue, bare};
use super::folded::fold_words;
use super::grammar::Pattern;
use super::language::Languages;
use super::rules::{OwnEntity, RuleFault, Rules, TopicRules};
use super::tables::{Known, Rule, Says, TABLES, Tier};
use super::why::Home;
use super::{EntityEntry, category};
use crate::model::{Entity, TopicId};

/// Tables and rules as one.
#[derive(Debug)]
pub(super) struct Laid {
    /// Those of the tables themselves, where the user has none of his own.
    pub(super) rules: Cow<'static, [Rule]>,
    pub(super) entities: Cow<'static, [Known]>,
    /// Rules that count nothing for a topic.
    pub(super) ignored: HashSet<(TopicId, u32)>,
    pub(super) faults: Vec<RuleFault>,
}

/// Lays the user's rules over the tables.
pub(super) fn lay(user: &Rules) -> Laid {
    let mut laid = Laid {
        rules: Cow::Borrowed(&TABLES.rules),
        entities: Cow::Borrowed(&TABLES.entities),
        ignored: HashSet::new(),
        faults: Vec::new(),
    };
    let catalogue = if user.entities.is_empty() { Catalogue::default() } else { Catalogue::new(&laid.entities) };
    for own in &user.entities {
        laid.entity(own, &catalogue);
    }
    for topic in &user.topics {
        laid.topic(topic);
    }
    laid
}

impl Laid {
    fn fault(&mut self, key: &str, text: &str, words: String) {
        self.faults.push(RuleFault { key: key.to_owned(), text: text.to_owned(), words });
    }

    fn topic(&mut self, user: &TopicRules) {
        let id = user.topic.get().id;
        for (list, name, tier) in [(&user.cues, "cues", Tier::Strong), (&user.never, "never", Tier::Never)] {
            let key = format!("topics.{id}.{name}");
            for cue in list {
                match Pattern::cue(cue) {
                    Ok(pattern) => self.rules.to_mut().push(Rule {
                        says: Says::Cue(user.topic, tier),
                        pattern,
                        written: Cow::Owned(cue.clone()),
                        home: Home::Config(key.clone()),
                        languages: Languages::ALL,
                    }),
                    Err(why) => self.fault(&key, cue, why),
                }
            }
        }
        for ignored in &user.ignore {
            self.ignore(user.topic, ignored);
        }
    }

    fn ignore(&mut self, topic: TopicId, text: &str) {
        let wanted = fold_words(bare(text));
        let speaks = |rule: &Rule| match rule.says {
            Says::Cue(of, _) => of == topic,
            Says::Name(entity) => self.entities[entity as usize].topics.contains(&topic),
        };
        let same = |rule: &Rule| rule.written == text || rule.pattern.folded.trim() == wanted;
        let found: Vec<u32> =
            (0..).zip(&*self.rules).filter(|(_, rule)| speaks(rule) && same(rule)).map(|(index, _)| index).collect();
        let known_category = category::topics_named(text).contains(&topic);
        if found.is_empty() && !known_category {
            let cues = self.rules.iter().filter(|rule| speaks(rule)).map(|rule| rule.pattern.folded.trim());
            let hint = super::nearest::nearest(&wanted, cues)
                .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            let words = format!("no cue, name or category of {} is written so{hint}", topic.get().id);
            self.fault(&format!("topics.{}.ignore", topic.get().id), text, words);
        }
        self.ignored.extend(found.into_iter().map(|index| (topic, index)));
    }

    fn entity(&mut self, own: &OwnEntity, catalogue: &Catalogue) {
        let home = || Home::Config("entities".to_owned());
        let known = catalogue.find(&self.entities, &own.name).map(|known| known.entry.entity.id.clone());
        let index = match known.and_then(|id| self.entities.iter().position(|known| known.entry.entity.id == id)) {
            Some(index) => index,
            None if own.kind.is_none() => {
                let near = catalogue.nearest(&own.name);
                let hint = near.map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
                return self.fault("entities", &own.name, format!("no entity is called so, and a new one needs a kind: {hint}Else add kind = \"shipper\" or the like"));
            }
            None => self.new_entity(own, home()),
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        let entry = &mut self.entities.to_mut()[index];
        if !own.topics.is_empty() {
            entry.topics.clone_from(&own.topics);
        }
        if let (Some(kind), false) = (own.kind, entry.entry.entity.id.starts_with("own:")) {
            entry.entry.entity.kind = kind;
        }
        if own.code.is_some() {
            entry.entry.code.clone_from(&own.code);
        }
        for ignored in &own.ignore {
            let wanted = fold_words(bare(ignored));
            let meant = |rule: &Rule| {
                rule.says == Says::Name(number) && (rule.written == *ignored || rule.pattern.folded.trim() == wanted)
            };
            let before = self.rules.len();
            self.rules.to_mut().retain(|rule| !meant(rule));
            if self.rules.len() == before {
                let names = self
                    .rules
                    .iter()
                    .filter(|rule| rule.says == Says::Name(number))
                    .map(|rule| rule.pattern.folded.trim());
                let hint = super::nearest::nearest(&wanted, names)
                    .map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
                self.fault("entities", ignored, format!("{} is not recognised by this name anyway{hint}", own.name));
            }
        }
        for alias in &own.aliases {
            self.name(alias, number, index, home());
        }
    }

    fn new_entity(&mut self, own: &OwnEntity, home: Home) -> usize {
        let index = self.entities.len();
        let kind = own.kind.unwrap_or(crate::model::EntityKind::Shipper);
        let id = format!("own:{}", fold_words(&own.name).replace(' ', "-"));
        let entity = Entity { id, name: own.name.clone(), kind };
        let entry = EntityEntry { entity, aliases: Vec::new(), code: own.code.clone(), position: None };
        self.entities.to_mut().push(Known { entry, topics: own.topics.clone() });
        self.name(&own.name, u32::try_from(index).unwrap_or(u32::MAX), index, home);
        index
    }

    fn name(&mut self, written: &str, number: u32, index: usize, home: Home) {
        match Pattern::name(written) {
            Ok(pattern) => {
                self.rules.to_mut().push(Rule {
                    says: Says::Name(number),
                    pattern,
                    written: Cow::Owned(written.to_owned()),
                    home,
                    languages: Languages::ALL,
                });
                self.entities.to_mut()[index].entry.aliases.push(written.to_owned());
            }
            Err(why) => self.fault("entities", written, why),
        }
    }
}
