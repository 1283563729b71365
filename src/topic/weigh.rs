//! Weighs what was found, per topic. Labels and explanations come from here alone, so that they cannot differ.

use super::Classifier;
use super::finder::Hit;
use super::names::{Name, Part, Standing};
use super::reading::{LEAD, Reading};
use super::tables::{Known, Rule, Says, Tier};
use super::why::{Contribution, Home, Place};
use crate::model::{ALL_TOPICS, EntityKind, Score, TopicId};

/// Cues of one tier that count, per place and topic.
const PER_TIER: usize = 2;
/// A company that the title begins with, beside a word of business; an authority beside a word of rules.
const ACTOR: i32 = 100;
/// A cue that speaks against the topic.
const NEVER: i32 = -400;

/// The number of topics.
pub(super) const TOPICS: usize = ALL_TOPICS.len();

/// Takes every contribution: adds it up, and writes it down if somebody wants to read it.
pub(super) trait Ledger {
    /// One contribution to a topic.
    fn add(&mut self, topic: TopicId, weight: Score, reason: impl FnOnce() -> Contribution);
    /// The sums so far.
    fn sums(&self) -> &Sums;
}

/// Adds up.
#[derive(Debug, Default)]
pub(super) struct Sums(pub(super) [Score; TOPICS]);

impl Ledger for Sums {
    fn add(&mut self, topic: TopicId, weight: Score, _: impl FnOnce() -> Contribution) {
        let sum = &mut self.0[topic.index()];
        *sum = Score(sum.0.saturating_add(weight.0));
    }

    fn sums(&self) -> &Sums {
        self
    }
}

/// Adds up and writes down.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) sums: Sums,
    pub(super) entries: Vec<(TopicId, Contribution)>,
}

impl Ledger for Book {
    fn add(&mut self, topic: TopicId, weight: Score, reason: impl FnOnce() -> Contribution) {
        self.sums.add(topic, weight, || unreachable_reason(weight));
        self.entries.push((topic, Contribution { weight, ..reason() }));
    }

    fn sums(&self) -> &Sums {
        &self.sums
    }
}

/// [`Sums`] never asks for it; kept total so that nothing can panic.
fn unreachable_reason(weight: Score) -> Contribution {
    Contribution {
        weight,
        rule: String::new(),
        entity: None,
        matched: String::new(),
        place: Place::Feed,
        home: Home::Config(String::new()),
        note: "",
    }
}

/// What a name in the title says for its entity's first topic.
fn hint(kind: EntityKind) -> i32 {
    match kind {
        EntityKind::Index | EntityKind::Alliance | EntityKind::Union => 260,
        // A strait is named in the news of every war that touches it; that it is shut takes another word.
        EntityKind::Chokepoint => 180,
        EntityKind::Port | EntityKind::Regulator => 200,
        EntityKind::Shipper => 120,
        // Who carries parcels carries nothing else, and hauliers and forwarders are in the news for what they do themselves;
        // lines, airlines and railways are named in news of every mode.
        EntityKind::ParcelCarrier | EntityKind::RoadCarrier | EntityKind::Forwarder => 300,
        EntityKind::Lane | EntityKind::Terminal | EntityKind::Airport | EntityKind::Technology => 220,
        _ => 240,
    }
}

/// Weighs an article into a ledger.
pub(super) fn weigh(classifier: &Classifier, reading: &Reading<'_>, ledger: &mut impl Ledger) {
    for part in reading.parts() {
        cues(classifier, reading, part, ledger);
        names(classifier, reading, part, ledger);
    }
    actors(classifier, reading, ledger);
    super::feed::feed(classifier, reading, ledger);
}

/// The longest cue per topic at each place; what a `never` or `mask` cue covers is gone.
pub(super) fn longest_cues(rules: &[Rule], hits: &[Hit]) -> Vec<Hit> {
    let mut free = [0_usize; TOPICS];
    let mut longest = Vec::with_capacity(hits.len());
    for hit in hits {
        let Says::Cue(topic, tier) = rules[hit.rule as usize].says else { continue };
        if hit.start >= free[topic.index()] {
            free[topic.index()] = hit.end;
            if tier != Tier::Mask {
                longest.push(*hit);
            }
        }
    }
    longest
}

fn cues(classifier: &Classifier, reading: &Reading<'_>, part: Part<'_>, ledger: &mut impl Ledger) {
    let mut counted = [[0_usize; 3]; TOPICS];
    for (n, hit) in part.cues.iter().enumerate() {
        let rule = &classifier.rules[hit.rule as usize];
        let Says::Cue(topic, tier) = rule.says else { continue };
        if classifier.ignores(topic, hit.rule)
            || part.cues[..n].iter().any(|before| before.rule == hit.rule)
            || (!part.in_title && reading.parts()[0].cues.iter().any(|before| before.rule == hit.rule))
            || (!rule.is_the_users() && within_a_name(classifier, &reading.names, part, *hit, topic))
        {
            continue;
        }
        let (full, slot, note) = match tier {
            Tier::Strong => (300, Some(0), "strong cue"),
            Tier::Medium => (160, Some(1), "medium cue"),
            Tier::Weak => (70, Some(2), "weak cue"),
            Tier::Never => (NEVER, None, "speaks against it"),
            Tier::Mask => continue,
        };
        let spent = slot.is_some_and(|slot: usize| {
            let count = &mut counted[topic.index()][slot];
            *count += 1;
            *count > PER_TIER
        });
        let (weight, note) = match (spent, part.in_title) {
            (true, _) => (0, "a third cue of its strength counts no more"),
            (false, true) => (full, note),
            (false, false) => (
                Reading::text_share(full, hit.start),
                if hit.start < LEAD { "in the lead, half" } else { "in the text, a quarter" },
            ),
        };
        ledger.add(topic, Score(weight), || reading.contribution(rule, None, part.in_title, *hit, note));
    }
}

/// Whether a cue is part of a name that does not speak for its topic: `union` in `Union Pacific`.
fn within_a_name(classifier: &Classifier, names: &[Name], part: Part<'_>, hit: Hit, topic: TopicId) -> bool {
    names.iter().any(|name| {
        name.in_title == part.in_title
            && matches!(name.standing, Standing::Named | Standing::ShipsName)
            && name.hit.start <= hit.start
            && hit.end <= name.hit.end
            && hides(&classifier.entities[name.entity as usize], topic)
    })
}

/// Whether a name hides the cues of a topic within it. The name of an authority or a union is made of words that it means.
fn hides(known: &Known, topic: TopicId) -> bool {
    !matches!(known.entry.entity.kind, EntityKind::Regulator | EntityKind::Union) && !known.topics.contains(&topic)
}

fn names(classifier: &Classifier, reading: &Reading<'_>, part: Part<'_>, ledger: &mut impl Ledger) {
    let mut counted = [0_i32; TOPICS];
    let here =
        || reading.names.iter().filter(|name| name.in_title == part.in_title && name.standing == Standing::Named);
    for (n, name) in here().enumerate() {
        let told = |before: &Name| before.entity == name.entity && before.standing == Standing::Named;
        let in_title = || !part.in_title && reading.names.iter().any(|before| before.in_title && told(before));
        if here().take(n).any(told) || in_title() {
            continue;
        }
        let known = &classifier.entities[name.entity as usize];
        let rule = &classifier.rules[name.hit.rule as usize];
        for (rank, topic) in known.topics.iter().enumerate().take(3) {
            if classifier.ignores(*topic, name.hit.rule) {
                continue;
            }
            let full = hint(known.entry.entity.kind);
            // Parcels go by van: where a carrier's entry says road too, it means as much.
            let whole = rank == 0 || (rank == 1 && known.entry.entity.kind == EntityKind::ParcelCarrier);
            let share = if whole { full } else { full / 2 };
            let repeats = &mut counted[topic.index()];
            let weight = match *repeats {
                0 => share,
                1 => share / 2,
                _ => 0,
            };
            *repeats += 1;
            let (weight, note) = match (part.in_title, *repeats, rank) {
                (false, ..) => (weight / 4, "named in the text, a quarter"),
                (true, 1, _) if whole => (weight, "named in the title"),
                (true, 1, _) => (weight, "second topic of the entity, half"),
                (true, 2, _) => (weight, "another name for the topic, half"),
                (true, ..) => (weight, "a third name counts no more"),
            };
            ledger.add(*topic, Score(weight), || {
                reading.contribution(rule, Some(&known.entry.entity), part.in_title, name.hit, note)
            });
        }
    }
}

/// A company that stands first in the title is what the article is about; with a word of business it is business news.
/// Likewise an authority anywhere in the title, with a word of rules.
fn actors(classifier: &Classifier, reading: &Reading<'_>, ledger: &mut impl Ledger) {
    for (topic, wanted, note) in [
        ("deals", is_company as fn(EntityKind) -> bool, "a company with a word of business: the title begins with it"),
        ("trade", is_authority, "an authority in the title, with a word of rules"),
    ] {
        let Some(topic) = TopicId::from_id(topic) else { continue };
        let [title, _] = reading.parts();
        let speaks = |hit: &Hit| matches!(classifier.rules[hit.rule as usize].says, Says::Cue(of, Tier::Strong | Tier::Medium) if of == topic);
        let kind = |name: &Name| classifier.entities[name.entity as usize].entry.entity.kind;
        let meant = |name: &&Name| {
            name.in_title
                && name.standing == Standing::Named
                && wanted(kind(name))
                && (name.hit.start <= 1 || is_authority(kind(name)))
        };
        let Some(name) = reading.names.iter().find(meant).filter(|_| title.cues.iter().any(speaks)) else { continue };
        if classifier.ignores(topic, name.hit.rule) {
            continue;
        }
        let rule = &classifier.rules[name.hit.rule as usize];
        let entity = &classifier.entities[name.entity as usize].entry.entity;
        ledger.add(topic, Score(ACTOR), || reading.contribution(rule, Some(entity), true, name.hit, note));
    }
}

fn is_authority(kind: EntityKind) -> bool {
    kind == EntityKind::Regulator
}

fn is_company(kind: EntityKind) -> bool {
    kind <= EntityKind::Shipper || matches!(kind, EntityKind::Terminal | EntityKind::Alliance | EntityKind::Technology)
}
