//! The tables themselves: sound, alive, and at one with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::folded::Folded;
use super::tables::{Says, TABLES, Tier};
use super::{Classifier, Home, Rules};
use crate::model::TopicId;

#[test]
fn every_line_is_as_its_head_says() {
    assert_eq!(TABLES.faults, Vec::<String>::new());
}

#[test]
fn ids_of_entities_are_unique() {
    let mut seen = BTreeSet::new();
    for known in &TABLES.entities {
        assert!(seen.insert(&known.entry.entity.id), "{} stands twice", known.entry.entity.id);
        assert!(!known.entry.aliases.is_empty(), "{} has no name to be found by", known.entry.entity.id);
    }
}

#[test]
fn no_cue_and_no_name_is_dead() {
    let (classifier, _) = Classifier::new(&Rules::default());
    let mut dead = Vec::new();
    for (index, rule) in (0..).zip(&*classifier.rules) {
        let text = super::catalogue::bare(&rule.written);
        let folded = Folded::new(text, 0..text.len());
        if !classifier.finder.find(&classifier.rules, &folded, text, rule.languages).iter().any(|hit| hit.rule == index)
        {
            dead.push(&rule.written);
        }
    }
    assert!(dead.is_empty(), "never found: {dead:?}");
}

#[test]
fn topics_that_share_a_cue_say_so() {
    type Owners = BTreeMap<TopicId, (bool, Home)>;
    let mut owners: BTreeMap<(String, &str), Owners> = BTreeMap::new();
    let mut faults = Vec::new();
    for rule in &TABLES.rules {
        let Says::Cue(topic, Tier::Strong | Tier::Medium | Tier::Weak) = rule.says else { continue };
        let key = format!("{}{}", rule.pattern.folded, if rule.pattern.open_end { "*" } else { "" });
        for language in rule.languages.codes() {
            let topics = owners.entry((key.clone(), language)).or_default();
            if topics.insert(topic, (rule.pattern.shared, rule.home.clone())).is_some() {
                faults.push(format!("{key} stands twice in {} for {language}", topic.get().id));
            }
        }
    }
    for ((cue, language), topics) in &owners {
        let unmarked = topics.values().filter(|(shared, _)| !shared).count();
        if topics.len() > 1 && unmarked > 0 {
            faults.push(format!("{cue} ({language}) is of several topics and not marked with &: {topics:?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_topic_has_cues_in_every_language() {
    let mut counts: BTreeMap<(TopicId, &str), usize> = BTreeMap::new();
    for rule in &TABLES.rules {
        if let Says::Cue(topic, Tier::Strong | Tier::Medium | Tier::Weak) = rule.says {
            rule.languages.codes().for_each(|language| *counts.entry((topic, language)).or_default() += 1);
        }
    }
    for topic in TopicId::all() {
        for (language, least) in [("en", 60), ("de", 25), ("fr", 20), ("es", 15), ("nl", 15), ("it", 15)] {
            let count = counts.get(&(topic, language)).copied().unwrap_or(0);
            assert!(count >= least, "{} has {count} cues in {language}, wants {least}", topic.get().id);
        }
    }
}

#[test]
fn publishers_are_named_once() {
    let mut seen = BTreeSet::new();
    for publisher in &TABLES.publishers {
        for name in publisher.names.iter().collect::<BTreeSet<_>>() {
            assert!(seen.insert(name), "{name} names two publishers, the second {}", publisher.name);
        }
    }
}
