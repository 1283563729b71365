//! How alike two articles are: what they share is measured, weighed and made a score between 0 and 1.

use super::WINDOW_DAYS;
use super::remembered::{Remembered, TITLE_WEIGHT};
use super::sketch::resemblance;

/// Resemblance of title and text from which one is a copy of the other.
pub(super) const COPY: f32 = 0.85;

/// What two articles share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Shared {
    /// Cosine of the titles.
    pub(super) title: f32,
    /// Cosine of titles and texts together.
    pub(super) all: f32,
    /// Share of each title's rarity that the other article has anywhere: the mean of both ways, and the better way.
    pub(super) cover: f32,
    pub(super) best_cover: f32,
    /// Rarity of all shared terms, in units of ten rare words, at most 1.
    pub(super) mass: f32,
    /// The rarest shared term, in units of ten.
    pub(super) rarest: f32,
    /// Shared telling figures: 0, 0.5 for one, up to 1.
    pub(super) figures: f32,
    /// Both have telling figures and share none.
    pub(super) other_figures: f32,
    /// Rarity of shared entities that are not everywhere, as a share of all such entities.
    pub(super) entities: f32,
    /// Rarity of shared entities, in units of 15, at most 1.
    pub(super) named: f32,
    /// Both name rare entities and share none.
    pub(super) strangers: f32,
    /// Days between them, in windows.
    pub(super) time: f32,
    /// They are of one feed.
    pub(super) one_feed: f32,
    /// Share of the text that is the same.
    pub(super) text: f32,
}

/// Entities rarer than this tell whose news it is.
const RARE_ENTITY: f32 = 4.3;

/// Measures what two articles share.
pub(super) fn shared(one: &Remembered, other: &Remembered) -> Shared {
    let mut shared = Shared {
        time: one.days_from(other) / WINDOW_DAYS as f32,
        one_feed: f32::from(u8::from(one.feed == other.feed)),
        text: resemblance(&one.sketch, &other.sketch).unwrap_or_default(),
        ..Shared::default()
    };
    terms(one, other, &mut shared);
    figures(one, other, &mut shared);
    entities(one, other, &mut shared);
    shared
}

fn terms(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    let (mut title, mut all, mut mass, mut covered, mut covering, mut rarest) =
        (0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32, 0.0f32);
    let (mut a, mut b) = (0, 0);
    while let (Some(x), Some(y)) = (one.terms.get(a), other.terms.get(b)) {
        match x.id.cmp(&y.id) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                let (p, q) = (x.rarity(), y.rarity());
                let product = p * q;
                if x.in_title && y.in_title {
                    title += product;
                }
                let weight = |in_title| if in_title { TITLE_WEIGHT } else { 1.0 };
                all += product * weight(x.in_title) * weight(y.in_title);
                covered += if x.in_title { p } else { 0.0 };
                covering += if y.in_title { q } else { 0.0 };
                let least = p.min(q);
                mass += (least - 3.0).max(0.0);
                rarest = rarest.max(least);
                a += 1;
                b += 1;
            }
        }
    }
    shared.title = title / (one.title_norm * other.title_norm);
    shared.all = all / (one.norm * other.norm);
    let (ways, back) = (covered / one.title_mass, covering / other.title_mass);
    shared.cover = f32::midpoint(ways, back);
    shared.best_cover = ways.max(back);
    shared.mass = (mass / 40.0).min(1.0);
    shared.rarest = rarest / 10.0;
}

fn figures(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    if one.figures.is_empty() || other.figures.is_empty() {
        return;
    }
    let like = |x: &(f64, bool), y: &(f64, bool)| x.1 == y.1 && (x.0 - y.0).abs() <= 0.02 * x.0.abs().max(y.0.abs());
    let found = one.figures.iter().filter(|x| other.figures.iter().any(|y| like(x, y))).count();
    match found {
        0 => shared.other_figures = 1.0,
        1 => shared.figures = 0.6,
        _ => shared.figures = 1.0,
    }
}

fn entities(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    let (mut both, mut either) = (0.0f32, 0.0f32);
    let rare = |r: &Remembered| r.entities.iter().any(|(_, steps)| Remembered::entity_rarity(*steps) >= RARE_ENTITY);
    for (number, steps) in &one.entities {
        let rarity = Remembered::entity_rarity(*steps);
        either += rarity;
        if let Ok(at) = other.entities.binary_search_by_key(number, |(n, _)| *n) {
            both += rarity.min(Remembered::entity_rarity(other.entities[at].1));
        }
    }
    either += other.entities.iter().map(|(_, steps)| Remembered::entity_rarity(*steps)).sum::<f32>() - both;
    if either > 0.0 {
        shared.entities = both / either;
        shared.named = (both / 15.0).min(1.0);
    }
    shared.strangers = f32::from(u8::from(both == 0.0 && rare(one) && rare(other)));
}

/// The same item or the same text: one address, or in another feed the title or nearly all of the text.
pub(super) fn is_copy(one: &Remembered, other: &Remembered) -> bool {
    if one.days_from(other) > WINDOW_DAYS as f32 {
        return false;
    }
    let same_item = one.address != 0 && one.address == other.address;
    let same_title = one.title_key != 0 && one.title_key == other.title_key && one.title_mass >= 20.0;
    same_item
        || one.feed != other.feed && (same_title || resemblance(&one.sketch, &other.sketch).is_some_and(|r| r >= COPY))
}

/// How alike two articles are, 0 to 1; 1 for copies, 0 for those too far apart in time.
pub(super) fn likeness(one: &Remembered, other: &Remembered) -> f32 {
    if one.days_from(other) > WINDOW_DAYS as f32 {
        return 0.0;
    }
    if is_copy(one, other) {
        return 1.0;
    }
    weigh(&shared(one, other))
}

/// From what is shared to a score: a logistic sum.
pub(super) fn weigh(s: &Shared) -> f32 {
    let sum = -6.0 + 4.0 * s.title + 6.0 * s.all + 3.0 * s.cover + 2.0 * s.mass + 1.0 * s.figures
        - 0.5 * s.other_figures
        + 1.5 * s.entities
        - 1.0 * s.strangers
        - 1.0 * s.time
        - 0.5 * s.one_feed
        + 1.0 * s.text
        + 0.0 * (s.best_cover + s.rarest + s.named);
    1.0 / (1.0 + (-sum).exp())
}
