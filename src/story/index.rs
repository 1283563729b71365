//! Finds the articles that an article could be like: an inverted index over rare terms, bounded on all sides.

use std::collections::{HashMap, VecDeque};

use super::remembered::Remembered;
use super::stem::{TermId, hash};
use super::termmap::TermMap;
use super::{SECONDS_A_DAY, WINDOW_DAYS};

/// Terms that an article is found by, and looks with.
const POSTED: usize = 12;

/// Articles kept per term, the newest: a term that has more is not rare these days.
const POSTINGS: usize = 48;

/// Articles that are compared whole with an arrival.
const CANDIDATES: usize = 12;

/// Rarity that an article must share with another to be compared with it at all: that of one rare word. Measured on labelled
/// stories: from about 10 on, stories begin to fall apart.
const TALLY: f32 = 8.0;

/// Articles looked at per arrival, whatever its words.
const VISITS: usize = POSTED * POSTINGS;

/// Slots by term.
#[derive(Debug, Default)]
pub(super) struct Index {
    postings: TermMap<VecDeque<(u32, i64)>>,
    addresses: HashMap<u64, Vec<u32>>,
    titles: HashMap<u64, Vec<u32>>,
    /// What each slot shares with the article at hand; all zero between calls.
    tally: Vec<f32>,
}

/// Entities are posted like terms.
fn entity_term(number: u32) -> TermId {
    hash(&[b"entity".as_slice(), &number.to_le_bytes()].concat())
}

impl Index {
    /// Takes in an article; what it was posted under.
    pub(super) fn post(&mut self, slot: u32, article: &Remembered) -> Box<[TermId]> {
        let mut posted = article.rarest(POSTED);
        posted.extend(rare_entities(article));
        for id in &posted {
            let list = self.postings.entry(*id).or_default();
            list.push_back((slot, article.date));
            if list.len() > POSTINGS {
                list.pop_front();
            }
        }
        for (map, key) in [(&mut self.addresses, article.address), (&mut self.titles, article.title_key)] {
            if key != 0 {
                let list = map.entry(key).or_default();
                if list.len() < POSTINGS {
                    list.push(slot);
                }
            }
        }
        if self.tally.len() <= slot as usize {
            self.tally.resize(slot as usize + 1, 0.0);
        }
        posted.into()
    }

    /// Lets go of an article.
    pub(super) fn unpost(&mut self, slot: u32, article: &Remembered) {
        for id in &article.posted {
            if let Some(list) = self.postings.get_mut(id) {
                list.retain(|(other, _)| *other != slot);
                if list.is_empty() {
                    self.postings.remove(id);
                }
            }
        }
        for (map, key) in [(&mut self.addresses, article.address), (&mut self.titles, article.title_key)] {
            if let Some(list) = map.get_mut(&key) {
                list.retain(|other| *other != slot);
                if list.is_empty() {
                    map.remove(&key);
                }
            }
        }
    }

    /// Slots of the articles that share most with one, itself left out; by slot.
    pub(super) fn candidates(&mut self, slot: u32, article: &Remembered) -> Vec<u32> {
        let mut touched: Vec<u32> = Vec::with_capacity(64);
        let mut visits = 0;
        let rarity = |id: TermId| {
            let at = article.terms.binary_search_by_key(&id, |term| term.id);
            at.map_or(6.0, |at| article.terms[at].rarity())
        };
        for id in &article.posted {
            let Some(list) = self.postings.get(id) else { continue };
            let weight = rarity(*id);
            for (other, date) in list {
                visits += 1;
                if date.abs_diff(article.date) > (WINDOW_DAYS * SECONDS_A_DAY).unsigned_abs() {
                    continue;
                }
                if let Some(tally) = self.tally.get_mut(*other as usize) {
                    if *tally == 0.0 {
                        touched.push(*other);
                    }
                    *tally += weight;
                }
            }
            if visits > VISITS {
                break;
            }
        }
        let mut found: Vec<(f32, u32)> = touched
            .into_iter()
            .map(|other| (std::mem::take(&mut self.tally[other as usize]), other))
            .filter(|(tally, other)| *other != slot && *tally >= TALLY)
            .collect();
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(CANDIDATES);
        }
        let mut found: Vec<u32> = found.into_iter().map(|(_, other)| other).collect();
        for (map, key) in [(&self.addresses, article.address), (&self.titles, article.title_key)] {
            found.extend(map.get(&key).into_iter().flatten().filter(|other| **other != slot));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn rare_entities(article: &Remembered) -> impl Iterator<Item = TermId> {
    article.entities.iter().filter(|(_, steps)| *steps > 0).take(4).map(|(number, _)| entity_term(*number))
}
