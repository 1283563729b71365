//! Counts hits against labels, as sets and as names of which either contains the other.

use std::collections::BTreeSet;
use std::fmt;

use unicode_normalization::UnicodeNormalization;

/// Topics that the labels do not have: neither right nor wrong, save that they serve for a labelled `ocean`.
const NEUTRAL: [&str; 2] = ["bulk", "fleet"];

/// Counts of labels. Names may be right on one side and several times on the other, so there are two counts of hits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    right: usize,
    made: usize,
    met: usize,
    pub(crate) wanted: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.made += other.made;
        self.met += other.met;
        self.wanted += other.wanted;
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.right == self.made && self.met == self.wanted
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.made)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.met, self.wanted)
    }

    pub(crate) fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P {:.3} R {:.3} F1 {:.3}", self.precision(), self.recall(), self.f1())
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What was found, without topics that the labels do not have.
pub(crate) fn neutral<'a>(found: impl Iterator<Item = &'a str>, wanted: &BTreeSet<String>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = found.map(str::to_owned).collect();
    if NEUTRAL.iter().any(|topic| found.contains(*topic)) && wanted.contains("ocean") {
        found.insert("ocean".to_owned());
    }
    found.retain(|topic| !NEUTRAL.contains(&topic.as_str()));
    found
}

/// One label.
pub(crate) fn one(found: bool, wanted: bool) -> Tally {
    let both = usize::from(found && wanted);
    Tally { right: both, made: usize::from(found), met: both, wanted: usize::from(wanted) }
}

/// Sets of labels.
pub(crate) fn sets(found: &BTreeSet<String>, wanted: &BTreeSet<String>) -> Tally {
    let both = found.intersection(wanted).count();
    Tally { right: both, made: found.len(), met: both, wanted: wanted.len() }
}

/// Names: the same when either contains the other, folded.
pub(crate) fn names(found: &[&str], wanted: &[String]) -> Tally {
    let same = |x: &str, y: &str| {
        let (x, y) = (fold(x), fold(y));
        !x.is_empty() && !y.is_empty() && (x.contains(&y) || y.contains(&x))
    };
    let right = found.iter().filter(|name| wanted.iter().any(|want| same(want, name))).count();
    let met = wanted.iter().filter(|want| found.iter().any(|name| same(want, name))).count();
    Tally { right, made: found.len(), met, wanted: wanted.len() }
}

fn fold(name: &str) -> String {
    let lower: String = name.nfkd().flat_map(char::to_lowercase).collect();
    lower.replace('ø', "o").replace('æ', "ae").replace('ß', "ss").chars().filter(|c| c.is_alphanumeric()).collect()
}
