//! An article as it is kept for comparison: hashes and weights, of its words only the title.

use crate::model::{ArticleId, FeedId, Placement, StoryId};

use super::rarity::{Names, Rarity};
use super::reading::{Reading, Told};
use super::stem::TermId;
use super::title::{is_outlook, is_roundup};
use super::{SECONDS_A_DAY, Telling};

/// A term with what it weighs in this article: its rarity when the article came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighted {
    pub(super) id: TermId,
    /// Rarity in 1/4096.
    rarity: u16,
    pub(super) in_title: bool,
    /// Part of the name of one of the article's entities: it tells no more than that entity does.
    pub(super) is_name: bool,
}

/// Steps of a kept rarity.
const STEPS: f32 = 4096.0;

impl Weighted {
    /// Its rarity.
    pub(super) fn rarity(self) -> f32 {
        f32::from(self.rarity) / STEPS
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
fn in_steps(rarity: f32) -> u16 {
    (rarity * STEPS).clamp(0.0, 65_535.0) as u16
}

/// How much more a term counts that is in the title.
pub(super) const TITLE_WEIGHT: f32 = 2.0;

/// Entities rarer than this tell whose news it is.
const RARE_ENTITY: f32 = 4.3;

/// What is kept of an article.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    /// Different for every state of every article that is kept, from 1 on; 0 until it is kept.
    pub(super) serial: u32,
    pub(super) article: ArticleId,
    pub(super) feed: FeedId,
    /// Seconds since 1970.
    pub(super) date: i64,
    /// For explanations.
    pub(super) title: Box<str>,
    /// By id.
    pub(super) terms: Box<[Weighted]>,
    /// Numbers of its entities, by number, with their rarity in steps; 0 for those that are everywhere.
    pub(super) entities: Box<[(u32, u16)]>,
    /// Sorts of rare entities it names: 1 companies and ships, 2 places. Those who only have their say do not count.
    pub(super) protagonists: u8,
    pub(super) figures: Box<[Told]>,
    /// Small counts in the title, a bit each.
    pub(super) counts: u32,
    /// Kinds of events that the title tells, a bit each.
    pub(super) events: u32,
    /// It gathers the news of a day or week.
    pub(super) roundup: bool,
    /// It tells what may come, not what happened.
    pub(super) outlook: bool,
    pub(super) sketch: Box<[u32]>,
    pub(super) address: u64,
    pub(super) title_key: u64,
    /// Key of the title without its figures.
    pub(super) title_shape: u64,
    pub(super) fingerprint: u64,
    /// Length of the title's vector, of the whole one, and sum of the title's rarities.
    pub(super) title_norm: f32,
    pub(super) norm: f32,
    pub(super) title_mass: f32,
    /// Terms it can be found by.
    pub(super) posted: Box<[TermId]>,
    /// Slots of articles that are like it, with the likeness; none until asked for.
    pub(super) kin: Option<Vec<(u32, f32)>>,
    pub(super) placement: Placement,
    /// False until a placement was given out.
    pub(super) placed: bool,
}

impl Remembered {
    /// Weighs what was read of an article that is counted already.
    pub(super) fn weigh(telling: &Telling, reading: Reading, numbers: &[u32], rarity: &Rarity, names: &Names) -> Self {
        let weigh = |drafted: &super::reading::Drafted| Weighted {
            id: drafted.id,
            rarity: in_steps(rarity.of(*drafted)),
            in_title: drafted.in_title,
            is_name: false,
        };
        let mut terms: Box<[Weighted]> = reading.terms.iter().map(weigh).collect();
        for id in numbers.iter().filter_map(|n| names.name(*n)).flat_map(|name| &name.terms) {
            if let Ok(at) = terms.binary_search_by_key(id, |term| term.id) {
                terms[at].is_name = true;
            }
        }
        let entities: Box<[(u32, f32)]> = numbers.iter().map(|n| (*n, names.rarity(*n))).collect();
        let protagonist = |(number, rarity): &(u32, f32)| {
            names.name(*number).filter(|_| *rarity >= RARE_ENTITY).map_or(0, |name| name.sort)
        };
        let (mut title, mut all, mut mass) = (0.0, 0.0, 0.0);
        for term in &terms {
            let r = term.rarity();
            if term.in_title {
                title += r * r;
                mass += r;
                all += (TITLE_WEIGHT * r).powi(2);
            } else {
                all += r * r;
            }
        }
        Self {
            serial: 0,
            article: telling.article,
            feed: telling.feed,
            date: telling.date.as_second(),
            title: super::reading::short_title(&telling.title).into(),
            terms,
            protagonists: entities.iter().fold(0, |sorts, entity| sorts | protagonist(entity)),
            entities: entities.iter().map(|(number, rarity)| (*number, in_steps(*rarity))).collect(),
            figures: reading.figures.into(),
            counts: reading.counts,
            events: reading.events,
            roundup: is_roundup(&telling.title),
            outlook: is_outlook(&telling.title),
            sketch: reading.sketch,
            address: reading.address,
            title_key: reading.title,
            title_shape: reading.title_shape,
            fingerprint: reading.fingerprint,
            title_norm: title.sqrt().max(1e-6),
            norm: all.sqrt().max(1e-6),
            title_mass: mass.max(1e-6),
            posted: Box::default(),
            kin: None,
            placement: Placement { article: telling.article, story: StoryId(telling.article.0), copy_of: None },
            placed: false,
        }
    }

    /// A glance at all the places in the memory that a comparison reads: a number that means nothing.
    pub(super) fn look(&self) -> u32 {
        let middle = self.terms.get(self.terms.len() / 2);
        let terms = [self.terms.first(), middle, self.terms.last()].into_iter().flatten().map(|term| term.id);
        let entity = self.entities.first().map(|(number, _)| *number);
        let figure = self.figures.first().map(|told| u32::from(told.in_title));
        terms.chain(entity).chain(figure).fold(self.norm.to_bits() ^ self.serial, |all, part| all ^ part)
    }

    /// Its terms, those of the title ahead, then the rarest first: what it is found by.
    pub(super) fn rarest(&self, most: usize) -> Vec<TermId> {
        // What comes first is the smaller number: the rarity, which is above 0, upside down, then the id.
        let rank = |term: &Weighted| {
            let rarity = if term.in_title { term.rarity() * 1.3 } else { term.rarity() };
            u64::from(!rarity.to_bits()) << 32 | u64::from(term.id)
        };
        let mut terms: Vec<u64> = self.terms.iter().map(rank).collect();
        if terms.len() > most {
            terms.select_nth_unstable(most);
            terms.truncate(most);
        }
        terms.sort_unstable();
        terms.into_iter().map(|rank| u32::try_from(rank & u64::from(u32::MAX)).unwrap_or_default()).collect()
    }

    /// Rarity of one of its entities from its kept steps.
    pub(super) fn entity_rarity(steps: u16) -> f32 {
        f32::from(steps) / STEPS
    }

    /// Days between two articles.
    pub(super) fn days_from(&self, other: &Self) -> f32 {
        self.date.abs_diff(other.date) as f32 / SECONDS_A_DAY as f32
    }
}
