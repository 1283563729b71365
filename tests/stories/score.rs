//! Figures of a clustering against labels: pairs, B-cubed, and pairs that must not be merged.

use std::collections::HashMap;

use crate::corpus::Labelled;

/// Counts of pairs, from which the figures come.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    right: usize,
    made: usize,
    wanted: usize,
    near: usize,
    near_right: usize,
    pub(crate) merged: usize,
    pub(crate) must_not: usize,
    pub(crate) b_cubed: f64,
    pub(crate) b_cubed_alone: f64,
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Figures {
    /// Of all pairs of which at least one article is `counted`.
    pub(crate) fn of(
        articles: &[Labelled],
        places: &[i64],
        apart: &[(usize, usize)],
        counted: impl Fn(&Labelled) -> bool,
    ) -> Self {
        let mut figures = Self::default();
        for (one, other) in
            pairs(articles.len()).filter(|(one, other)| counted(&articles[*one]) || counted(&articles[*other]))
        {
            let (same, joined) = (same_story(articles, one, other), places[one] == places[other]);
            let hours = articles[one].telling.date.duration_until(articles[other].telling.date).abs().as_hours();
            figures.right += usize::from(same && joined);
            figures.made += usize::from(joined);
            figures.wanted += usize::from(same);
            figures.near += usize::from(same && hours < 7 * 24);
            figures.near_right += usize::from(same && joined && hours < 7 * 24);
        }
        for (one, other) in apart.iter().filter(|(one, other)| counted(&articles[*one]) || counted(&articles[*other])) {
            figures.must_not += 1;
            figures.merged += usize::from(places[*one] == places[*other]);
        }
        let gold: Vec<String> =
            articles.iter().map(|a| a.story.clone().unwrap_or_else(|| a.telling.url.clone())).collect();
        let found: Vec<String> = places.iter().map(i64::to_string).collect();
        let alone: Vec<String> = (0..articles.len()).map(|n| n.to_string()).collect();
        let chosen: Vec<usize> = (0..articles.len()).filter(|n| counted(&articles[*n])).collect();
        figures.b_cubed = b_cubed(&gold, &found, &chosen);
        figures.b_cubed_alone = b_cubed(&gold, &alone, &chosen);
        figures
    }

    pub(crate) fn precision(&self) -> f64 {
        ratio(self.right, self.made)
    }

    pub(crate) fn recall(&self) -> f64 {
        ratio(self.right, self.wanted)
    }

    /// Recall of the pairs that are near enough in time to be joined at all.
    pub(crate) fn near_recall(&self) -> f64 {
        ratio(self.near_right, self.near)
    }

    pub(crate) fn f1(&self) -> f64 {
        ratio(2 * self.right, self.made + self.wanted)
    }

    pub(crate) fn merged_share(&self) -> f64 {
        ratio(self.merged, self.must_not)
    }
}

fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
}

fn same_story(articles: &[Labelled], one: usize, other: usize) -> bool {
    articles[one].story.is_some() && articles[one].story == articles[other].story
}

/// The pairs that are wrong, by their titles.
pub(crate) fn errors<'a>(articles: &'a [Labelled], places: &[i64]) -> Vec<(&'static str, &'a str, &'a str)> {
    pairs(articles.len())
        .filter_map(|(one, other)| {
            let kind = match (same_story(articles, one, other), places[one] == places[other]) {
                (true, false) => "split",
                (false, true) => "merge",
                _ => return None,
            };
            Some((kind, articles[one].telling.title.as_str(), articles[other].telling.title.as_str()))
        })
        .collect()
}

/// F1 of the means over `chosen` of how pure and how whole the group of each is (Bagga and Baldwin 1998).
fn b_cubed(gold: &[String], found: &[String], chosen: &[usize]) -> f64 {
    let count = |labels: &[String]| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        labels.iter().for_each(|label| *counts.entry(label.clone()).or_default() += 1);
        counts
    };
    let both: Vec<String> = gold.iter().zip(found).map(|(gold, found)| format!("{gold}\u{1}{found}")).collect();
    let (golds, founds, boths) = (count(gold), count(found), count(&both));
    let mean = |of: &dyn Fn(usize) -> f64| chosen.iter().map(|n| of(*n)).sum::<f64>() / chosen.len().max(1) as f64;
    let precision = mean(&|n| ratio(boths[&both[n]], founds[&found[n]]));
    let recall = mean(&|n| ratio(boths[&both[n]], golds[&gold[n]]));
    2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
}
