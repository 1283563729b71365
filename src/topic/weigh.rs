//! Weighs what was found, per topic. Labels and explanations come from here alone, so that they cannot differ.

use super::choose::{THRESHOLD, is_mode};
use super::finder::Hit;
use super::folded::head;
use super::names::{Name, Part, Standing};
use super::reading::{LEAD, Reading};
use super::tables::{Rule, Says, Tier};
use super::why::{Contribution, Home, Place};
use super::{Classifier, category};
use crate::model::{ALL_TOPICS, EntityKind, Score, TopicId};

/// Cues of one tier that count, per place and topic.
const PER_TIER: usize = 2;
/// Categories looked at.
const MOST_CATEGORIES: usize = 24;
/// A category of the feed, and a feed that the user has put to a topic for good.
const CATEGORY: i32 = 300;
/// A default topic of the feed, from the config.
const FEED: i32 = 100;
/// What the feed's own publication writes about throughout.
const BEAT: i32 = 100;
/// A company that the title begins with, beside a word of business.
const COMPANY: i32 = 100;
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
        // Who carries parcels carries nothing else; the lines and forwarders are named in news of every mode.
        EntityKind::ParcelCarrier => 300,
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
    company(classifier, reading, ledger);
    feed(classifier, reading, ledger);
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
            || within_a_name(classifier, &reading.names, part, *hit, topic)
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
            && !classifier.entities[name.entity as usize].topics.contains(&topic)
    })
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
            let share = if rank == 0 { full } else { full / 2 };
            let repeats = &mut counted[topic.index()];
            let weight = match *repeats {
                0 => share,
                1 => share / 2,
                _ => 0,
            };
            *repeats += 1;
            let (weight, note) = match (part.in_title, *repeats, rank) {
                (false, ..) => (weight / 4, "named in the text, a quarter"),
                (true, 1, 0) => (weight, "named in the title"),
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
fn company(classifier: &Classifier, reading: &Reading<'_>, ledger: &mut impl Ledger) {
    let [title, _] = reading.parts();
    let Some(deals) = TopicId::from_id("deals") else { return };
    let first =
        reading.names.iter().find(|name| name.in_title && name.standing == Standing::Named && name.hit.start <= 1);
    let says_deals = |hit: &Hit| matches!(classifier.rules[hit.rule as usize].says, Says::Cue(topic, Tier::Strong | Tier::Medium) if topic == deals);
    let Some(name) = first.filter(|_| title.cues.iter().any(says_deals)) else { return };
    let known = &classifier.entities[name.entity as usize];
    if !is_company(known.entry.entity.kind) || classifier.ignores(deals, name.hit.rule) {
        return;
    }
    let rule = &classifier.rules[name.hit.rule as usize];
    let note = "a company with a word of business: the title begins with it";
    ledger.add(deals, Score(COMPANY), || reading.contribution(rule, Some(&known.entry.entity), true, name.hit, note));
}

fn is_company(kind: EntityKind) -> bool {
    kind <= EntityKind::Shipper || matches!(kind, EntityKind::Terminal | EntityKind::Alliance | EntityKind::Technology)
}

fn feed(classifier: &Classifier, reading: &Reading<'_>, ledger: &mut impl Ledger) {
    let subject = reading.subject;
    let told = |rule: &str, matched: &str, place: Place, home: Home, note: &'static str| Contribution {
        weight: Score(0),
        rule: rule.to_owned(),
        entity: None,
        matched: matched.to_owned(),
        place,
        home,
        note,
    };
    let mut by_category = [false; TOPICS];
    for category in subject.categories.iter().take(MOST_CATEGORIES) {
        let cut = head(category, 80);
        for topic in category::topics_named(cut) {
            if !classifier.ignores_words(topic, cut) && !std::mem::replace(&mut by_category[topic.index()], true) {
                let home = || Home::Table { file: "assets/topics/categories.tsv", line: category::line_of(cut) };
                ledger.add(topic, Score(CATEGORY), || {
                    told(cut, category, Place::Category, home(), "category of the feed")
                });
            }
        }
    }
    for topic in subject.feed_topics {
        let home = Home::Config("feeds.topics".to_owned());
        ledger.add(*topic, Score(FEED), || {
            told(subject.feed_name, subject.feed_name, Place::Feed, home, "default topic of the feed")
        });
    }
    if let Some(publisher) = reading.publication {
        for topic in &publisher.beat {
            let home = Home::Table { file: "assets/topics/publishers.tsv", line: publisher.line };
            // Its beat fills in a mode that is not told; where another is clear, it says nothing.
            let other =
                |other: TopicId| other != *topic && is_mode(other) && ledger.sums().0[other.index()] >= THRESHOLD;
            let (weight, note) = match TopicId::all().any(other) {
                true => (0, "what the publication writes about: another mode is clear"),
                false => (BEAT, "what the publication writes about"),
            };
            ledger.add(*topic, Score(weight), || told(publisher.name, subject.feed_name, Place::Feed, home, note));
        }
    }
    for topic in classifier.always(subject) {
        let home = Home::Config(format!("topics.{}.always_for", topic.get().id));
        ledger.add(topic, Score(CATEGORY), || {
            told(subject.feed_name, subject.feed_name, Place::Feed, home, "always for this feed")
        });
    }
}
