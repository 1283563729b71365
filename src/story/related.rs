//! Articles that have something rare in common with another without telling the same event.

use crate::model::ArticleId;

use super::Telling;
use super::likeness::shared;
use super::rarity::{Names, Rarity};
use super::reading::{Reading, Scratch, read};
use super::remembered::Remembered;
use super::sieve::Sieve;

/// Rarity of a term (in tens) from which sharing it relates two articles; entities that are not everywhere do as well.
const RARE: f32 = 0.5;

/// Candidates that are looked at, so that the work stays bounded.
const MOST: usize = 400;

/// The candidates that are most related to an article without being its story: best first, at most `limit`, none that has
/// nothing rare in common with it. Copies of one text come once. What is everywhere is counted over the candidates.
#[must_use]
pub fn related(article: &Telling, candidates: &[Telling], limit: usize) -> Vec<ArticleId> {
    let mut rarity = Rarity::default();
    let mut names = Names::default();
    let mut scratch = Scratch::default();
    let others = candidates.iter().filter(|other| other.article != article.article).take(MOST);
    let read: Vec<(&Telling, Reading, Vec<u32>)> = std::iter::once(article)
        .chain(others)
        .map(|telling| {
            let reading = read(telling, &mut scratch);
            rarity.count(reading.terms.iter().map(|term| term.id));
            (telling, reading, names.count(&telling.entities))
        })
        .collect();
    let mut weighed: Vec<Remembered> = read
        .into_iter()
        .map(|(telling, reading, numbers)| Remembered::weigh(telling, reading, &numbers, &rarity, &names))
        .collect();
    let one = weighed.remove(0);
    let sieve = Sieve::of(&one.terms);
    let mut found: Vec<(f32, Remembered)> = weighed
        .into_iter()
        .filter_map(|other| {
            let shared = shared(&one, &sieve, &other);
            let relates = shared.rarest >= RARE && shared.mass > 0.0 || shared.named > 0.0;
            // Named entities relate more than words do; how far apart in time does not matter here.
            let score = shared.all + 0.5 * shared.title + 0.6 * shared.named + 0.3 * shared.mass;
            relates.then_some((score, other))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.article.cmp(&b.1.article)));
    let mut chosen: Vec<Remembered> = Vec::with_capacity(limit.min(found.len()));
    for (_, other) in found {
        if chosen.len() >= limit {
            break;
        }
        if !chosen.iter().any(|earlier| super::likeness::is_copy(earlier, &other)) {
            chosen.push(other);
        }
    }
    chosen.into_iter().map(|other| other.article).collect()
}
