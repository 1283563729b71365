//! How rare terms and entities are: what is remembered, counted, on top of what is assumed of them.

use std::collections::HashMap;

use super::reading::Drafted;
use super::remembered::Remembered;
use super::stem::TermId;
use super::termmap::TermMap;

/// Articles that the assumption is worth: a small library has no frequencies of its own to speak of.
const ASSUMED: f32 = 800.0;

/// Articles that may share a word because they tell one story, and articles added to a small library, when it is asked whether
/// a word is everywhere these days.
const STORY: f32 = 8.0;
const FEW: f32 = 50.0;

/// Least rarity that counts: what is in more than every third article tells nothing.
const LEAST: f32 = 1.1;

/// Share of the remembered articles above which an entity is everywhere and does not count.
const SATURATED: f32 = 0.02;

/// Articles added to a small library when shares of entities are taken.
const ENTITY_ASSUMED: f32 = 250.0;

/// Counts of terms.
#[derive(Debug, Default)]
pub(super) struct Rarity {
    articles: u32,
    counts: TermMap<u32>,
}

impl Rarity {
    /// Counts an article in.
    pub(super) fn count(&mut self, terms: impl Iterator<Item = TermId>) {
        self.articles += 1;
        for id in terms {
            *self.counts.entry(id).or_default() += 1;
        }
    }

    /// Counts an article out.
    pub(super) fn uncount(&mut self, gone: &Remembered) {
        self.articles = self.articles.saturating_sub(1);
        for id in gone.terms.iter().map(|term| term.id) {
            if let Some(count) = self.counts.get_mut(&id) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.counts.remove(&id);
                }
            }
        }
    }

    /// How rare a term is: the negative logarithm of its share; 0 for what tells nothing.
    pub(super) fn of(&self, term: Drafted) -> f32 {
        // The article at hand is counted already and says nothing about others.
        let count = self.counts.get(&term.id).copied().unwrap_or_default().saturating_sub(1);
        let share = (count as f32 + ASSUMED * term.share) / (self.articles as f32 + ASSUMED);
        // What many write about these days is common, whatever was assumed of it.
        let share = share.max((count as f32 - STORY) / (self.articles as f32 + FEW));
        let rarity = -share.ln();
        if rarity >= LEAST { rarity } else { 0.0 }
    }
}

/// Entities that articles name, each with a number and its count.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Box<str>, u32>,
    known: Vec<(Box<str>, u32)>,
    articles: u32,
}

impl Names {
    /// Counts the entities of an article in; their numbers, each once.
    pub(super) fn count(&mut self, entities: &[String]) -> Vec<u32> {
        self.articles += 1;
        let mut found: Vec<u32> = entities
            .iter()
            .take(24)
            .filter_map(|id| {
                if let Some(number) = self.numbers.get(id.as_str()) {
                    return Some(*number);
                }
                let number = u32::try_from(self.known.len()).ok()?;
                self.numbers.insert(id.as_str().into(), number);
                self.known.push((id.as_str().into(), 0));
                Some(number)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        for number in &found {
            if let Some((_, count)) = self.known.get_mut(*number as usize) {
                *count += 1;
            }
        }
        found
    }

    /// Counts the entities of an article out.
    pub(super) fn uncount(&mut self, numbers: impl Iterator<Item = u32>) {
        self.articles = self.articles.saturating_sub(1);
        for number in numbers {
            if let Some((_, count)) = self.known.get_mut(number as usize) {
                *count = count.saturating_sub(1);
            }
        }
    }

    /// How rare an entity is; 0 for one that is everywhere.
    pub(super) fn rarity(&self, number: u32) -> f32 {
        let count = self.known.get(number as usize).map_or(0, |(_, count)| count.saturating_sub(1)) as f32;
        let share = (count + 0.5) / (self.articles as f32 + ENTITY_ASSUMED);
        if share > SATURATED { 0.0 } else { -share.ln() }
    }

    /// The id of an entity.
    pub(super) fn id(&self, number: u32) -> &str {
        self.known.get(number as usize).map_or("", |(id, _)| id)
    }
}
