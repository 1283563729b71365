//! Which of the names found in an article are meant: the longest first, each with what it needs beside it.

use super::finder::Hit;
use super::folded::Folded;
use super::grammar::Need;
use super::neighbours::{in_a_ships_name, listed, of_its_kind};
use super::tables::{Known, Rule, Says, Tier};
use crate::model::{EntityKind, TopicId};

/// Names looked at per text.
const MOST_NAMES: usize = 64;

/// What became of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The entity is meant.
    Named,
    /// It needs another freight signal and there is none.
    NoSignal,
    /// It needs a word of its kind next to it and there is none.
    NoNeighbour,
    /// It is part of the name of a ship.
    ShipsName,
    /// Only the text names it, and it is of a kind that texts name in passing: where the news plays, or who is quoted.
    Background,
}

/// A name in an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub(super) hit: Hit,
    pub(super) entity: u32,
    pub(super) in_title: bool,
    pub(super) standing: Standing,
}

/// One of the two texts of an article with what was found in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) text: &'a Folded,
    pub(super) hits: &'a [Hit],
    /// Cues that count, the longest per topic.
    pub(super) cues: &'a [Hit],
    pub(super) in_title: bool,
}

/// What vouches for names that need a signal.
#[derive(Debug, Clone, Copy)]
struct Signals {
    /// Names and cues that need nothing themselves: how many.
    found: usize,
    /// The publication is of the trade: enough for companies and bodies.
    trade: bool,
}

/// Resolves the names of an article. `trade`: its publication is of the trade.
pub(super) fn resolve(rules: &[Rule], entities: &[Known], parts: [Part<'_>; 2], trade: bool) -> Vec<Name> {
    let mut names = Vec::new();
    let none = Signals { found: 0, trade: false };
    for part in parts {
        longest(rules, entities, part, none, &mut names);
    }
    let vouches = |name: &&Name| matches!(name.standing, Standing::Named | Standing::Background);
    let vouching = names.iter().filter(vouches).count();
    let cues = parts.iter().map(|part| part.cues.iter().filter(|hit| is_freight(rules, hit)).count()).sum::<usize>();
    if names.iter().any(|name| name.standing == Standing::NoSignal) && (vouching + cues > 0 || trade) {
        names.clear();
        for part in parts {
            longest(rules, entities, part, Signals { found: vouching + cues, trade }, &mut names);
        }
    }
    names
}

/// Whether a cue tells that the article is about freight at all.
fn is_freight(rules: &[Rule], hit: &Hit) -> bool {
    match rules[hit.rule as usize].says {
        Says::Cue(topic, Tier::Strong | Tier::Medium) => !is_general(topic),
        _ => false,
    }
}

/// Topics whose cues are found in any newspaper.
pub(super) fn is_general(topic: TopicId) -> bool {
    matches!(topic.get().id, "deals" | "tech" | "labour" | "green" | "security" | "trade" | "disruption")
}

/// Goes through a text from left to right and takes the longest name that has what it needs.
fn longest(rules: &[Rule], entities: &[Known], part: Part<'_>, signals: Signals, names: &mut Vec<Name>) {
    let text = part.text.bytes();
    let before = names.len();
    let mut free = 0;
    let mut last: Option<(EntityKind, usize)> = None;
    for hit in part.hits.iter().take(super::finder::MOST_HITS) {
        let rule = &rules[hit.rule as usize];
        let Says::Name(entity) = rule.says else { continue };
        if hit.start < free || names.len() >= MOST_NAMES {
            continue;
        }
        let kind = entities[entity as usize].entry.entity.kind;
        let is_line = |kind| matches!(kind, EntityKind::OceanCarrier | EntityKind::BulkCarrier);
        let after_a_line = last.is_some_and(|(kind, end)| is_line(kind) && end + 1 == hit.start && text[end] == b' ');
        let is_place = matches!(kind, EntityKind::Port | EntityKind::Airport);
        let after_its_like = || last.is_some_and(|(before, end)| before == kind && listed(text, end, hit.start));
        let standing = match rule.pattern.need {
            _ if is_place && in_a_ships_name(text, hit.start, hit.end, after_a_line) => Standing::ShipsName,
            _ if !part.in_title && is_background(kind) => Standing::Background,
            Need::Nothing => Standing::Named,
            Need::Neighbour if of_its_kind(kind, text, hit.start, hit.end) || after_its_like() => Standing::Named,
            Need::Neighbour => Standing::NoNeighbour,
            Need::Signal if signals.found > 0 || (signals.trade && is_organisation(kind)) => Standing::Named,
            Need::Signal => Standing::NoSignal,
        };
        if matches!(standing, Standing::Named | Standing::ShipsName | Standing::Background) {
            free = hit.end;
            last = Some((kind, hit.end));
        }
        names.push(Name { hit: *hit, entity, in_title: part.in_title, standing });
    }
    lists(entities, text, &mut names[before..]);
}

/// What stands in a list before a sure name of its kind is meant too: `Gap and Nike warehouses`.
fn lists(entities: &[Known], text: &[u8], names: &mut [Name]) {
    for at in (0..names.len()).rev() {
        let (name, kind) = (names[at], |name: &Name| entities[name.entity as usize].entry.entity.kind);
        let sure = |after: &Name| {
            after.standing == Standing::Named
                && kind(after) == kind(&name)
                && listed(text, name.hit.end, after.hit.start)
        };
        if name.standing == Standing::NoNeighbour && names[at + 1..].iter().any(sure) {
            names[at].standing = Standing::Named;
        }
    }
}

/// Kinds that a text names in passing: where the news plays, whose figures it quotes, whose rules apply.
fn is_background(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Chokepoint
            | EntityKind::Lane
            | EntityKind::Alliance
            | EntityKind::Regulator
            | EntityKind::Index
            | EntityKind::Vessel
    )
}

fn is_organisation(kind: EntityKind) -> bool {
    !matches!(
        kind,
        EntityKind::Port | EntityKind::Airport | EntityKind::Chokepoint | EntityKind::Lane | EntityKind::Vessel
    )
}
