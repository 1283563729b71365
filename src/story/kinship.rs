//! Why an article is in its story: for the story screen and `tidings why`.

use std::collections::BTreeMap;

use crate::model::ArticleId;

use super::likeness::{MOST_ALIKE, likeness, score};
use super::newsroom::Newsroom;
use super::reading::{TITLE_TOKENS, terms_of};
use super::remembered::Remembered;
use super::sketch::resemblance;
use super::stem::TermId;

/// Why articles are one story (or why not): for the story screen and `tidings why`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kinship {
    /// How alike the article is to the rest of its story, 0 to 1; 1 for the same item.
    pub score: f64,
    /// What it takes to join.
    pub threshold: f64,
    /// Words of the titles they share, the rarest first.
    pub words: Vec<String>,
    /// Entities they share (ids), the rarest first; those that are everywhere these days are left out.
    pub entities: Vec<String>,
    /// Shared entities that did not count because they are everywhere.
    pub saturated: Vec<String>,
    /// Share of the text that is the same, 0 to 1.
    pub same_text: f64,
    /// Set by hand: true together, false apart.
    pub by_hand: Option<bool>,
}

/// Words of an explanation.
const WORDS: usize = 12;

/// Least rarity of a word that explains something.
const EXPLAINING: f32 = 2.5;

impl Newsroom {
    /// Why an article is in its story: compared with the rest of it. None for one that is alone or not here.
    #[must_use]
    pub fn kinship(&self, article: ArticleId) -> Option<Kinship> {
        let slot = *self.by_article.get(&article)?;
        let one = self.at(slot)?;
        let mates = self.stories.get(&one.placement.story)?;
        let others: Vec<&Remembered> =
            mates.iter().filter(|mate| **mate != slot).filter_map(|mate| self.at(*mate)).collect();
        if others.is_empty() {
            return None;
        }
        let copy =
            one.placement.copy_of.is_some() || others.iter().any(|other| other.placement.copy_of == Some(article));
        let likenesses: Vec<f32> = others.iter().map(|other| likeness(one, other).unwrap_or(-MOST_ALIKE)).collect();
        let mean = likenesses.iter().sum::<f32>() / likenesses.len() as f32;
        let least = likenesses.iter().copied().fold(MOST_ALIKE, f32::min);
        let together = others.iter().any(|other| self.hand.about(article, other.article) == Some(true));
        let apart = || self.hand.others(article).iter().any(|other| self.hand.about(article, *other) == Some(false));
        let (entities, saturated) = self.shared_entities(one, &others);
        Some(Kinship {
            score: if copy { 1.0 } else { score(f32::midpoint(mean, least)) },
            threshold: score(0.0),
            words: shared_words(one, &others),
            entities,
            saturated,
            same_text: others
                .iter()
                .filter_map(|other| resemblance(&one.sketch, &other.sketch))
                .fold(0.0, |most, share| most.max(f64::from(share))),
            by_hand: if together { Some(true) } else { apart().then_some(false) },
        })
    }

    fn shared_entities(&self, one: &Remembered, others: &[&Remembered]) -> (Vec<String>, Vec<String>) {
        let mut shared: Vec<(u16, u32)> = one
            .entities
            .iter()
            .filter(|(number, _)| {
                others.iter().any(|other| other.entities.binary_search_by_key(number, |(n, _)| *n).is_ok())
            })
            .map(|(number, steps)| (*steps, *number))
            .collect();
        shared.sort_unstable_by(|a, b| b.cmp(a));
        let (counting, saturated): (Vec<_>, Vec<_>) = shared.into_iter().partition(|(steps, _)| *steps > 0);
        let ids =
            |list: Vec<(u16, u32)>| list.into_iter().map(|(_, number)| self.names.id(number).to_owned()).collect();
        (ids(counting), ids(saturated))
    }
}

/// Words of the article's title that titles of the others have, as it writes them.
fn shared_words(one: &Remembered, others: &[&Remembered]) -> Vec<String> {
    let mut places: BTreeMap<TermId, &str> = BTreeMap::new();
    for (token, drafted) in terms_of(&one.title, TITLE_TOKENS) {
        places.entry(drafted.id).or_insert(&one.title[token.place]);
    }
    let in_title = |other: &Remembered, id| {
        other.terms.binary_search_by_key(&id, |t| t.id).is_ok_and(|at| other.terms[at].in_title)
    };
    let mut words: Vec<(f32, TermId)> = one
        .terms
        .iter()
        .filter(|term| {
            term.in_title && term.rarity() >= EXPLAINING && others.iter().any(|other| in_title(other, term.id))
        })
        .map(|term| (term.rarity(), term.id))
        .collect();
    words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    words.iter().filter_map(|(_, id)| places.get(id)).take(WORDS).map(|word| (*word).to_owned()).collect()
}
