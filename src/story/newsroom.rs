//! The articles of the last days, and how arrivals find their story.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use crate::model::{ArticleId, HandRule, Placement, StoryId};

use super::component::{Component, Visits};
use super::hand::Hand;
use super::index::Index;
use super::likeness::sieved_likeness;
use super::nearness::Nearness;
use super::rarity::{Names, Rarity};
use super::reading::{Reading, Scratch, read};
use super::remembered::Remembered;
use super::sieve::Sieve;
use super::termmap::{NumberMap, TermState};
use super::{Heard, Telling};

/// The articles of the last days with all that is needed to place the next one.
///
/// Feed it thirty days ([`remember`](Self::remember)) at the start, in the order of their dates, and the user's rules; what is
/// everywhere these days is counted over what is here.
#[derive(Debug, Default)]
pub struct Newsroom {
    pub(super) slots: Vec<Option<Remembered>>,
    /// Serial number of the last article that was kept.
    serial: u32,
    free: Vec<u32>,
    pub(super) by_article: NumberMap<ArticleId, u32>,
    by_date: BTreeSet<(i64, u32)>,
    pub(super) stories: NumberMap<StoryId, Vec<u32>>,
    rarity: Rarity,
    pub(super) names: Names,
    index: Index,
    pub(super) hand: Hand,
    pub(super) nearness: Nearness,
    pub(super) visits: Visits,
    scratch: Scratch,
}

/// An article that is counted and not yet weighed.
struct Counted {
    reading: Reading,
    /// Numbers of its entities.
    numbers: Vec<u32>,
    /// What it was before it changed.
    before: Option<Remembered>,
}

impl Newsroom {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in an article whose place was decided before; `placement` is what the store has.
    pub fn remember(&mut self, telling: &Telling, placement: Placement) {
        let reading = read(telling, &mut self.scratch);
        let counted = self.count(telling, reading);
        let slot = self.keep(telling, counted);
        self.put(slot, placement);
    }

    /// Takes in a rule of the user's. Rules about articles that are not here wait for them.
    pub fn obey(&mut self, rule: HandRule) {
        self.hand.add(rule);
    }

    /// Takes back a rule of the user's.
    pub fn forget_rule(&mut self, rule: HandRule) {
        self.hand.remove(rule);
    }

    /// Places arrivals. What comes out are the placements that are new or different, those of earlier articles included,
    /// by article. The order of the arrivals hardly matters; within one call it does not matter at all, so give whole
    /// polls at once. An article that is here already is placed again when it changed. Every article is in exactly one story.
    pub fn arrive(&mut self, arrivals: &[Telling]) -> Vec<Placement> {
        let readings = arrivals.iter().map(|telling| read(telling, &mut self.scratch)).collect();
        self.arrive_read(arrivals, readings)
    }

    /// As [`arrive`](Self::arrive), their words being read already.
    pub fn arrive_heard(&mut self, arrivals: Vec<Heard>) -> Vec<Placement> {
        let (tellings, readings): (Vec<Telling>, _) =
            arrivals.into_iter().map(|heard| (heard.telling, heard.reading)).unzip();
        self.arrive_read(&tellings, readings)
    }

    fn arrive_read(&mut self, arrivals: &[Telling], readings: Vec<Reading>) -> Vec<Placement> {
        // All are counted before any is weighed, and all are posted before any is compared.
        let mut last: NumberMap<ArticleId, usize> =
            HashMap::with_capacity_and_hasher(arrivals.len(), TermState::default());
        for (n, telling) in arrivals.iter().enumerate() {
            last.insert(telling.article, n);
        }
        let mut seeds = Vec::with_capacity(arrivals.len());
        let mut counted = Vec::with_capacity(arrivals.len());
        for (n, (telling, reading)) in arrivals.iter().zip(readings).enumerate() {
            if last.get(&telling.article) != Some(&n) {
                continue;
            }
            match self.by_article.get(&telling.article) {
                Some(slot) if self.at(*slot).is_some_and(|r| r.fingerprint == reading.fingerprint) => seeds.push(*slot),
                _ => counted.push((n, self.count(telling, reading))),
            }
        }
        for (n, counted) in counted {
            seeds.push(self.keep(&arrivals[n], counted));
        }
        for slot in seeds.clone() {
            self.find_kin(slot);
        }
        self.settle(&seeds)
    }

    /// Places again all that a changed rule touches.
    pub fn rearrange(&mut self, articles: &[ArticleId]) -> Vec<Placement> {
        let seeds: Vec<u32> = articles.iter().filter_map(|article| self.by_article.get(article).copied()).collect();
        self.settle(&seeds)
    }

    /// Lets go of what is dated so long before that it can not matter any more: thirty days before now is a good date.
    pub fn forget_before(&mut self, date: Timestamp) {
        while let Some((when, slot)) = self.by_date.first().copied().filter(|(when, _)| *when < date.as_second()) {
            self.by_date.remove(&(when, slot));
            self.drop_slot(slot);
        }
    }

    /// Articles that are here.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_article.len()
    }

    /// True when no article is here.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_article.is_empty()
    }

    /// The article in a slot.
    pub(super) fn at(&self, slot: u32) -> Option<&Remembered> {
        self.slots.get(slot as usize).and_then(Option::as_ref)
    }

    /// Counts an article in; an earlier state of it is let go of first, its placement kept for [`keep`](Self::keep).
    fn count(&mut self, telling: &Telling, reading: Reading) -> Counted {
        let earlier = self.by_article.get(&telling.article).copied();
        let before = earlier.and_then(|slot| self.drop_slot(slot));
        self.rarity.count(reading.terms.iter().map(|term| term.id));
        let numbers = self.names.count(&telling.entities);
        Counted { reading, numbers, before }
    }

    /// Weighs, keeps and posts an article that is counted.
    fn keep(&mut self, telling: &Telling, counted: Counted) -> u32 {
        let Counted { reading, numbers, before } = counted;
        let mut kept = Remembered::weigh(telling, reading, &numbers, &self.rarity, &self.names);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.serial = self.serial.checked_add(1).unwrap_or(1);
        kept.serial = self.serial;
        kept.posted = self.index.post(slot, &kept);
        self.by_date.insert((kept.date, slot));
        self.by_article.insert(kept.article, slot);
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = Some(kept);
        }
        if let Some(before) = before.filter(|before| before.placed) {
            self.put(slot, before.placement);
        }
        slot
    }

    fn drop_slot(&mut self, slot: u32) -> Option<Remembered> {
        let gone = self.slots.get_mut(slot as usize).and_then(Option::take)?;
        self.by_date.remove(&(gone.date, slot));
        self.by_article.remove(&gone.article);
        self.index.unpost(slot, &gone);
        self.rarity.uncount(&gone);
        self.names.uncount(gone.entities.iter().map(|(number, _)| *number));
        self.leave_story(slot, &gone);
        for (other, _) in gone.kin.iter().flatten() {
            if let Some(kin) =
                self.slots.get_mut(*other as usize).and_then(Option::as_mut).and_then(|other| other.kin.as_mut())
            {
                kin.retain(|(back, _)| *back != slot);
            }
        }
        self.free.push(slot);
        Some(gone)
    }

    fn leave_story(&mut self, slot: u32, article: &Remembered) {
        if let Some(members) = self.stories.get_mut(&article.placement.story).filter(|_| article.placed) {
            members.retain(|member| *member != slot);
            if members.is_empty() {
                self.stories.remove(&article.placement.story);
            }
        }
    }

    /// Gives an article its place; true when that is new.
    pub(super) fn put(&mut self, slot: u32, placement: Placement) -> bool {
        let Some(mut article) = self.slots.get_mut(slot as usize).and_then(Option::take) else { return false };
        let new = !article.placed || article.placement != placement;
        if new {
            self.leave_story(slot, &article);
            article.placement = placement;
            article.placed = true;
            self.stories.entry(placement.story).or_default().push(slot);
        }
        self.slots[slot as usize] = Some(article);
        new
    }

    /// Compares an article with its candidates, and tells those that are like it.
    pub(super) fn find_kin(&mut self, slot: u32) {
        let Some(mut article) = self.slots.get_mut(slot as usize).and_then(Option::take) else { return };
        let mut kin = article.kin.take().unwrap_or_default();
        let sieve = Sieve::of(&article.terms);
        let candidates = self.index.candidates(slot, &article);
        // They are spread over all the memory: one look at each before any is compared, and none waits for the one before.
        let looks = candidates.iter().filter_map(|other| self.at(*other)).map(Remembered::look);
        std::hint::black_box(looks.fold(0, |all, look| all ^ look));
        for other in candidates {
            let Some(candidate) = self.slots.get_mut(other as usize).and_then(Option::as_mut) else { continue };
            let Some(alike) = sieved_likeness(&article, &sieve, candidate).filter(|alike| *alike >= 0.0) else {
                continue;
            };
            self.nearness.keep(&article, candidate, alike);
            if kin.iter().any(|(known, _)| *known == other) {
                continue;
            }
            kin.push((other, alike));
            if let Some(back) = candidate.kin.as_mut()
                && !back.iter().any(|(known, _)| *known == slot)
            {
                back.push((slot, alike));
            }
        }
        article.kin = Some(kin);
        self.slots[slot as usize] = Some(article);
    }

    /// Clusters anew what the seeds touch.
    fn settle(&mut self, seeds: &[u32]) -> Vec<Placement> {
        let mut changed: HashSet<u32, TermState> = HashSet::default();
        let mut settled: HashSet<u32, TermState> = HashSet::default();
        for seed in seeds {
            if settled.contains(seed) || self.at(*seed).is_none() {
                continue;
            }
            let component = Component::around(*seed, self);
            settled.extend(component.slots());
            let mut left = Vec::new();
            for (slot, placement) in component.placements(self) {
                let own = StoryId(placement.article.0);
                if placement.story != own && self.at(slot).is_some_and(|a| a.placed && a.placement.story == own) {
                    left.push(own);
                }
                if self.put(slot, placement) {
                    changed.insert(slot);
                }
            }
            for story in left {
                changed.extend(self.rename(story));
            }
        }
        // An article that was moved twice is told once, where it is now.
        let mut placements: Vec<Placement> =
            changed.into_iter().filter_map(|slot| self.at(slot)).map(|article| article.placement).collect();
        placements.sort_unstable_by_key(|placement| placement.article);
        placements
    }

    /// Calls what is left of a story after its first article: the one it was called after has gone to another. Those are
    /// articles beyond the bound of what is clustered at once. Gives their slots.
    fn rename(&mut self, story: StoryId) -> Vec<u32> {
        let members = self.stories.get(&story).cloned().unwrap_or_default();
        let first =
            members.iter().filter_map(|slot| self.at(*slot)).min_by_key(|article| (article.date, article.article));
        let Some(name) = first.map(|first| StoryId(first.article.0)) else { return Vec::new() };
        for slot in &members {
            if let Some(placement) = self.at(*slot).map(|article| article.placement) {
                self.put(*slot, Placement { story: name, ..placement });
            }
        }
        members
    }
}
