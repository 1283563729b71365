//! How alike two articles are: what they share is measured and weighed.

use super::WINDOW_DAYS;
use super::prior::prior;
use super::reading::Told;
use super::remembered::{Remembered, TITLE_WEIGHT};
use super::sieve::Sieve;
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
    /// Rarity of all shared terms but the names of entities, in units of ten rare words, at most 1.
    pub(super) mass: f32,
    /// The rarest shared term that names no entity and the one after it, in units of ten.
    pub(super) rarest: f32,
    pub(super) second: f32,
    /// Both have telling figures and share none.
    pub(super) other_figures: f32,
    /// A figure of one title that the other article does not have, or one of each: 0.5, 1.
    pub(super) lone_figure: f32,
    /// Both titles count something and no count is the same: "two ships", "three ships".
    pub(super) other_counts: f32,
    /// Rarity of shared entities that are not everywhere, as a share of all such entities.
    pub(super) entities: f32,
    /// Rarity of shared entities, in units of 15, at most 1.
    pub(super) named: f32,
    /// Both name rare companies, or both rare places, and they share no rare entity.
    pub(super) strangers: f32,
    /// Both titles tell the same kind of event and they share rare entities: how rare those are.
    pub(super) same_event: f32,
    /// Both titles tell steps of a case at law, and not the same step.
    pub(super) other_step: f32,
    /// Both titles tell what happened, and nothing of the same kind.
    pub(super) other_kind: f32,
    /// Both titles tell what happened: the share of kinds of events that only one of them tells.
    pub(super) other_event: f32,
    /// One tells what may come and the other what is.
    pub(super) outlook: f32,
    /// One gathers the news of a day or week.
    pub(super) roundup: f32,
    /// Days between them, in windows.
    pub(super) time: f32,
    /// They are of one feed.
    pub(super) one_feed: f32,
}

/// Measures what two articles share; `sieve` is of the terms of the first.
pub(super) fn shared(one: &Remembered, sieve: &Sieve, other: &Remembered) -> Shared {
    let mut shared = Shared {
        time: one.days_from(other) / WINDOW_DAYS as f32,
        roundup: f32::from(u8::from(one.roundup || other.roundup)),
        outlook: f32::from(u8::from(one.outlook != other.outlook)),
        one_feed: f32::from(u8::from(one.feed == other.feed)),
        other_counts: f32::from(u8::from(one.counts != 0 && other.counts != 0 && one.counts & other.counts == 0)),
        ..Shared::default()
    };
    terms(one, sieve, other, &mut shared);
    figures(one, other, &mut shared);
    entities(one, other, &mut shared);
    events(one, other, &mut shared);
    shared
}

fn events(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    let both = one.events & other.events;
    if one.events != 0 && other.events != 0 {
        shared.other_kind = f32::from(u8::from(both == 0));
        shared.other_event = 1.0 - both.count_ones() as f32 / (one.events | other.events).count_ones() as f32;
    }
    if both != 0 {
        shared.same_event = shared.named;
    }
    // A charge, a ruling, an appeal and a settlement are news of their own, however alike the telling of the case is.
    let steps = prior().steps_at_law();
    let (early, late) = (one.events & steps, other.events & steps);
    shared.other_step = f32::from(u8::from(early != 0 && late != 0 && early & late == 0));
}

fn terms(one: &Remembered, sieve: &Sieve, other: &Remembered, shared: &mut Shared) {
    let (mut title, mut all, mut mass) = (0.0f32, 0.0f32, 0.0f32);
    let (mut rarest, mut second) = (0.0f32, 0.0f32);
    for (x, y) in sieve.common(&one.terms, &other.terms) {
        let (p, q) = (x.rarity(), y.rarity());
        let product = p * q;
        if x.in_title && y.in_title {
            title += product;
        }
        let weight = |in_title| if in_title { TITLE_WEIGHT } else { 1.0 };
        all += product * weight(x.in_title) * weight(y.in_title);
        if !(x.is_name && y.is_name) {
            let least = p.min(q);
            mass += (least - 3.0).max(0.0);
            second = second.max(rarest.min(least));
            rarest = rarest.max(least);
        }
    }
    shared.title = title / (one.title_norm * other.title_norm);
    shared.all = all / (one.norm * other.norm);
    shared.mass = (mass / 40.0).min(1.0);
    shared.rarest = rarest / 10.0;
    shared.second = second / 10.0;
}

fn figures(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    let has = |article: &Remembered, told: &Told| {
        article.figures.iter().any(|y| {
            let (a, b) = (told.figure.value, y.figure.value);
            told.figure.percent == y.figure.percent && (a - b).abs() <= 0.02 * a.abs().max(b.abs())
        })
    };
    let lone = |article: &Remembered, other: &Remembered| {
        article.figures.iter().any(|told| told.in_title && !has(other, told))
    };
    shared.lone_figure = f32::from(u8::from(lone(one, other)) + u8::from(lone(other, one))) / 2.0;
    if one.figures.is_empty() || other.figures.is_empty() {
        return;
    }
    shared.other_figures = f32::from(u8::from(!one.figures.iter().any(|told| has(other, told))));
}

fn entities(one: &Remembered, other: &Remembered, shared: &mut Shared) {
    let (mut both, mut either) = (0.0f32, 0.0f32);
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
    shared.strangers = f32::from(u8::from(both == 0.0 && one.protagonists & other.protagonists != 0));
}

/// The same item or the same text: one address, or in another feed the title or nearly all of the text.
pub(super) fn is_copy(one: &Remembered, other: &Remembered) -> bool {
    one.days_from(other) <= WINDOW_DAYS as f32
        && (is_same_item(one, other) || is_same_title(one, other) || is_same_text(one, other))
}

fn is_same_item(one: &Remembered, other: &Remembered) -> bool {
    one.address != 0 && one.address == other.address
}

/// A title that is long enough to mean something, in another feed.
fn is_same_title(one: &Remembered, other: &Remembered) -> bool {
    one.feed != other.feed && one.title_key != 0 && one.title_key == other.title_key && one.title_mass >= 20.0
}

fn is_same_text(one: &Remembered, other: &Remembered) -> bool {
    one.feed != other.feed && resemblance(&one.sketch, &other.sketch).is_some_and(|r| r >= COPY)
}

/// Two of a series: one feed, and the titles differ in figures only ("Week 12 in figures", "Week 13 in figures").
fn are_a_series(one: &Remembered, other: &Remembered) -> bool {
    one.feed == other.feed
        && one.title_shape != 0
        && one.title_shape == other.title_shape
        && one.title_key != other.title_key
}

/// How alike two articles are: a sum that is 0 where it takes no more and no less to be one story. None when they are too far
/// apart in time or of a series; copies are as alike as can be.
pub(super) fn likeness(one: &Remembered, other: &Remembered) -> Option<f32> {
    sieved_likeness(one, &Sieve::of(&one.terms), other)
}

/// The same for an article that is compared with many; `sieve` is of its terms.
pub(super) fn sieved_likeness(one: &Remembered, sieve: &Sieve, other: &Remembered) -> Option<f32> {
    if one.days_from(other) > WINDOW_DAYS as f32 || are_a_series(one, other) && !is_same_item(one, other) {
        return None;
    }
    if is_same_item(one, other) || is_same_title(one, other) {
        return Some(MOST_ALIKE);
    }
    let shared = shared(one, sieve, other);
    // Texts that have little in common need not be looked at shingle by shingle.
    if shared.all >= RESEMBLING && is_same_text(one, other) {
        return Some(MOST_ALIKE);
    }
    Some(weigh(&shared).clamp(-MOST_ALIKE, MOST_ALIKE))
}

/// Cosine that articles with nearly one text have at least.
const RESEMBLING: f32 = 0.4;

/// The likeness of copies.
pub(super) const MOST_ALIKE: f32 = 8.0;

/// A likeness as a score between 0 and 1, one half where it takes no more and no less to be one story.
pub(super) fn score(likeness: f32) -> f64 {
    1.0 / (1.0 + f64::from(-likeness).exp())
}

/// Weighs what is shared. The weights come from a logistic regression over labelled pairs of real news, those that must not be
/// merged counting more, with the signs held to what makes sense; then the middle of the stretch was taken over which whole
/// stories come out right. A gathering of news has its weight by hand.
fn weigh(s: &Shared) -> f32 {
    BIAS + 3.0 * s.title.sqrt()
        + 6.9 * s.all.sqrt()
        + 2.4 * s.mass.sqrt()
        + 1.4 * s.second
        + 1.1 * s.entities
        + 1.1 * s.same_event
        - 0.29 * s.lone_figure
        - 0.68 * s.other_figures
        - 2.2 * s.other_counts
        - 1.7 * s.strangers
        - 0.2 * s.other_event
        - 1.15 * s.other_kind
        - 2.7 * s.other_step
        - 1.6 * s.outlook
        - 2.0 * s.roundup
        - 5.9 * s.time.max(HALF_A_DAY).sqrt()
        - 4.0 * s.one_feed
}

/// What two articles are unlike by when they share nothing: the threshold.
const BIAS: f32 = -2.15;

/// Half a day in windows: what is nearer in time is no nearer for that.
const HALF_A_DAY: f32 = 0.5 / 7.0;

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{ArticleId, FeedId};
    use crate::story::{Newsroom, Telling};

    fn telling(id: i64, feed: i64, title: &str, text: &str) -> Telling {
        Telling {
            article: ArticleId(id),
            feed: FeedId(feed),
            date: Timestamp::from_second(1_900_000_000 + id * 3_600).unwrap(),
            url: String::new(),
            title: title.to_owned(),
            text: text.to_owned(),
            entities: vec!["oc:quaylight".to_owned()],
            language: None,
        }
    }

    fn stories(news: &[Telling]) -> Vec<i64> {
        Newsroom::new().arrive(news).into_iter().map(|placement| placement.story.0).collect()
    }

    #[test]
    fn a_series_of_one_feed_is_no_story() {
        let title = |n: i64| format!("Quay {n} at Brackwater reopens after crane repairs");
        let series: Vec<Telling> = (1..=6).map(|n| telling(n, 1, &title(n), "Ships berth there again.")).collect();
        assert_eq!(stories(&series), [1, 2, 3, 4, 5, 6]);
        let two_papers =
            [telling(1, 1, &title(4), "Ships berth there again."), telling(2, 2, &title(4), "Ships are back.")];
        assert_eq!(stories(&two_papers), [1, 1], "two feeds about one quay");
    }

    #[test]
    fn steps_of_a_case_at_law_are_news_of_their_own() {
        let mut room = Newsroom::new();
        room.arrive(&[
            telling(1, 1, "Quaylight charged over Brackwater bridge", ""),
            telling(2, 2, "Prosecutors indict Quaylight in Brackwater bridge case", ""),
            telling(3, 3, "Quaylight reaches settlement in Brackwater bridge case", ""),
        ]);
        let other_step = |one: u32, other: u32| {
            let (one, other) = (room.at(one).unwrap(), room.at(other).unwrap());
            shared(one, &Sieve::of(&one.terms), other).other_step
        };
        assert_eq!((other_step(0, 1), other_step(0, 2), other_step(1, 2)), (0.0, 1.0, 1.0));
        let step = Shared { other_step: 1.0, ..Shared::default() };
        assert!(
            weigh(&step) < weigh(&Shared::default()) - 2.0,
            "it weighs more than any likeness of words is likely to"
        );
    }
}
