//! How rare terms and entities are: what is remembered, counted, on top of what is assumed of them.

use std::collections::HashMap;

use super::prior::prior;
use super::reading::Drafted;
use super::remembered::Remembered;
use super::stem::{TermId, term};
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

/// Entities of an article that count.
const MOST_ENTITIES: usize = 24;

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

/// Entities that articles name, each with a number.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: HashMap<Box<str>, u32>,
    known: Vec<Name>,
    articles: u32,
}

/// An entity that articles name.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) id: Box<str>,
    /// Articles that name it.
    count: u32,
    /// Its sort: 1 a company or ship, 2 a place, 0 a body, an index or a union, which are named in the news of others.
    pub(super) sort: u8,
    /// The terms of its name.
    pub(super) terms: Box<[TermId]>,
}

impl Name {
    /// Of an id of the lexicon, which has the kind and the name: `oc:yang-ming`.
    fn of(id: &str) -> Self {
        let (kind, name) = id.split_once(':').unwrap_or((id, id));
        let sort = match kind {
            "pt" | "ap" | "ck" | "ln" => 2,
            "rg" | "un" | "ix" | "id" => 0,
            _ => 1,
        };
        let words = name.split('-').filter(|word| word.len() > 1);
        Self { id: id.into(), count: 0, sort, terms: words.map(|word| prior().form(term(word))).collect() }
    }
}

impl Names {
    /// Counts the entities of an article in; their numbers, each once.
    pub(super) fn count(&mut self, entities: &[String]) -> Vec<u32> {
        self.articles += 1;
        let mut found: Vec<u32> = Vec::with_capacity(entities.len().min(MOST_ENTITIES));
        for id in entities.iter().take(MOST_ENTITIES) {
            let number = if let Some(number) = self.numbers.get(id.as_str()) {
                *number
            } else {
                let Ok(number) = u32::try_from(self.known.len()) else { continue };
                self.numbers.insert(id.as_str().into(), number);
                self.known.push(Name::of(id));
                number
            };
            found.push(number);
        }
        found.sort_unstable();
        found.dedup();
        for number in &found {
            if let Some(name) = self.known.get_mut(*number as usize) {
                name.count += 1;
            }
        }
        found
    }

    /// Counts the entities of an article out.
    pub(super) fn uncount(&mut self, numbers: impl Iterator<Item = u32>) {
        self.articles = self.articles.saturating_sub(1);
        for number in numbers {
            if let Some(name) = self.known.get_mut(number as usize) {
                name.count = name.count.saturating_sub(1);
            }
        }
    }

    /// How rare an entity is; 0 for one that is everywhere.
    pub(super) fn rarity(&self, number: u32) -> f32 {
        let count = self.name(number).map_or(0, |name| name.count.saturating_sub(1)) as f32;
        let share = (count + 0.5) / (self.articles as f32 + ENTITY_ASSUMED);
        if share > SATURATED { 0.0 } else { -share.ln() }
    }

    /// An entity.
    pub(super) fn name(&self, number: u32) -> Option<&Name> {
        self.known.get(number as usize)
    }

    /// The id of an entity.
    pub(super) fn id(&self, number: u32) -> &str {
        self.name(number).map_or("", |name| &name.id)
    }
}
