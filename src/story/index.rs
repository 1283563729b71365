//! Finds the articles that an article could be like: an inverted index over rare terms, bounded on all sides.

use std::collections::VecDeque;

use super::remembered::Remembered;
use super::stem::{TermId, hash};
use super::termmap::{NumberMap, TermMap};
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

/// Slots with one key: hardly ever more than one.
#[derive(Debug)]
enum Slots {
    One(u32),
    More(Vec<u32>),
}

impl Slots {
    fn all(&self) -> &[u32] {
        match self {
            Self::One(slot) => std::slice::from_ref(slot),
            Self::More(slots) => slots,
        }
    }

    fn add(&mut self, slot: u32) {
        match self {
            Self::One(first) => *self = Self::More(vec![*first, slot]),
            Self::More(slots) if slots.len() < POSTINGS => slots.push(slot),
            Self::More(_) => {}
        }
    }

    /// Takes a slot out; true when none is left.
    fn remove(&mut self, slot: u32) -> bool {
        match self {
            Self::One(only) => *only == slot,
            Self::More(slots) => {
                slots.retain(|other| *other != slot);
                slots.is_empty()
            }
        }
    }
}

/// A date as it stands in a posting, where every byte counts: seconds since 1970, at the end of the range for what is
/// outside. Whatever is compared whole is compared by its full date.
fn short_date(seconds: i64) -> u32 {
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

/// Slots by term.
#[derive(Debug, Default)]
pub(super) struct Index {
    postings: TermMap<VecDeque<(u32, u32)>>,
    addresses: NumberMap<u64, Slots>,
    titles: NumberMap<u64, Slots>,
    /// What each slot shares with the article at hand; all zero between calls.
    tally: Vec<f32>,
    /// Slots that share something with it, and the candidates among them with what they share: memory for the next time.
    touched: Vec<u32>,
    found: Vec<(f32, u32)>,
}

/// Entities are posted like terms.
fn entity_term(number: u32) -> TermId {
    let [a, b, c, d] = number.to_le_bytes();
    hash(&[b'e', b'n', b't', b'i', b't', b'y', a, b, c, d])
}

impl Index {
    /// Takes in an article; what it was posted under.
    pub(super) fn post(&mut self, slot: u32, article: &Remembered) -> Box<[TermId]> {
        let mut posted = article.rarest(POSTED);
        posted.extend(rare_entities(article));
        // They are spread over all the memory: one look at each before any is changed, and none waits for the one before.
        let newest = posted.iter().filter_map(|id| self.postings.get(id)?.back()).map(|(slot, _)| slot);
        std::hint::black_box(newest.fold(0, |all, slot| all ^ slot));
        for id in &posted {
            let list = self.postings.entry(*id).or_default();
            if list.len() >= POSTINGS {
                list.pop_front();
            }
            list.push_back((slot, short_date(article.date)));
        }
        for (map, key) in [(&mut self.addresses, article.address), (&mut self.titles, article.title_key)] {
            if key != 0 {
                map.entry(key).and_modify(|slots| slots.add(slot)).or_insert(Slots::One(slot));
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
            if map.get_mut(&key).is_some_and(|slots| slots.remove(slot)) {
                map.remove(&key);
            }
        }
    }

    /// Slots of the articles that share most with one, itself left out; by slot.
    pub(super) fn candidates(&mut self, slot: u32, article: &Remembered) -> Vec<u32> {
        let Self { postings, tally, touched, found, .. } = self;
        touched.resize(VISITS + POSTINGS + 1, 0);
        let (mut visits, mut count) = (0, 0);
        let here = short_date(article.date);
        let window = u32::try_from(WINDOW_DAYS * SECONDS_A_DAY).unwrap_or(u32::MAX);
        let rarity = |id: TermId| {
            let at = article.terms.binary_search_by_key(&id, |term| term.id);
            at.map_or(6.0, |at| article.terms[at].rarity())
        };
        for id in &article.posted {
            let Some(list) = postings.get(id) else { continue };
            let weight = rarity(*id);
            visits += list.len();
            for (other, date) in list {
                if date.abs_diff(here) > window {
                    continue;
                }
                if let (Some(tally), Some(next)) = (tally.get_mut(*other as usize), touched.get_mut(count)) {
                    // Nothing branches on whether it is the first time: that is anyone's guess.
                    *next = *other;
                    count += usize::from(*tally == 0.0);
                    *tally += weight;
                }
            }
            if visits > VISITS {
                break;
            }
        }
        found.clear();
        for other in &touched[..count] {
            let shared = std::mem::take(&mut tally[*other as usize]);
            if *other != slot && shared >= TALLY {
                found.push((shared, *other));
            }
        }
        if found.len() > CANDIDATES {
            found.select_nth_unstable_by(CANDIDATES, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.truncate(CANDIDATES);
        }
        let mut found: Vec<u32> = found.iter().map(|(_, other)| *other).collect();
        for (map, key) in [(&self.addresses, article.address), (&self.titles, article.title_key)] {
            found.extend(map.get(&key).map_or(&[][..], Slots::all).iter().filter(|other| **other != slot));
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn rare_entities(article: &Remembered) -> impl Iterator<Item = TermId> {
    article.entities.iter().filter(|(_, steps)| *steps > 0).take(4).map(|(number, _)| entity_term(*number))
}
