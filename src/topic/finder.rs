//! Finds every cue and name in a text in one pass.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::folded::{Folded, is_word};
use super::language::Languages;
use super::tables::{Rule, Says, Tier};

/// Hits kept of one text: a text that consists of cues costs no more than this.
pub(super) const MOST_HITS: usize = 400;

/// A rule found in a text, at these bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) rule: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All rules, in one automaton.
#[derive(Debug)]
pub(super) struct Finder {
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton the rules that are written so.
    rules: Vec<Vec<u32>>,
}

impl Finder {
    /// Compiles the rules.
    pub(super) fn new(all: &[Rule]) -> Self {
        let mut numbers: HashMap<&str, usize> = HashMap::with_capacity(all.len());
        let mut patterns: Vec<&str> = Vec::with_capacity(all.len());
        let mut rules: Vec<Vec<u32>> = Vec::with_capacity(all.len());
        for (index, rule) in (0..).zip(all) {
            let number = *numbers.entry(&rule.pattern.folded).or_insert_with(|| {
                patterns.push(&rule.pattern.folded);
                rules.push(Vec::new());
                patterns.len() - 1
            });
            rules[number].push(index);
        }
        // Building fails only beyond 2^31 states; the tables and the config's size limit stay far below.
        let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(patterns).ok();
        Self { automaton, rules }
    }

    /// What is found in a text, from left to right, the longest first; of equal ones what speaks against a topic first.
    pub(super) fn find(&self, all: &[Rule], text: &Folded, original: &str, languages: Languages) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(16);
        let bytes = text.bytes();
        for found in self.automaton.iter().flat_map(|automaton| automaton.find_overlapping_iter(bytes)) {
            for index in &self.rules[found.pattern().as_usize()] {
                let rule = &all[*index as usize];
                if rule.languages.meet(languages)
                    && let Some((start, end)) = whole_words(rule, bytes, found.start(), found.end())
                    && rule.pattern.cased.as_deref().is_none_or(|cased| cased_alike(cased, original, text, start, end))
                {
                    hits.push(Hit { rule: *index, start, end });
                }
            }
            if hits.len() >= MOST_HITS {
                break;
            }
        }
        hits.sort_unstable_by_key(|hit| {
            (hit.start, std::cmp::Reverse(hit.end), rank(&all[hit.rule as usize]), hit.rule)
        });
        hits
    }
}

/// What comes first of hits on the same words.
fn rank(rule: &Rule) -> u8 {
    match rule.says {
        Says::Cue(_, Tier::Never) => 0,
        Says::Cue(_, Tier::Mask) => 1,
        Says::Cue(..) => 2,
        Says::Name(_) => 3,
    }
}

/// The words that a match covers, if it covers them as its rule wants.
fn whole_words(rule: &Rule, bytes: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let word = |at: usize| bytes.get(at).is_some_and(|byte| is_word(*byte));
    let end = match () {
        () if !word(end) => end,
        () if rule.pattern.open_end => (end..bytes.len()).find(|at| !word(*at)).unwrap_or(bytes.len()),
        () if rule.pattern.plural && bytes[end] == b's' && !word(end + 1) => end + 1,
        () => return None,
    };
    let start =
        if bytes[start] == b' ' { start + 1 } else { (0..start).rev().find(|at| !word(*at)).map_or(0, |at| at + 1) };
    Some((start, end))
}

/// Whether the original's letters and digits there are these, in this case.
fn cased_alike(cased: &str, original: &str, text: &Folded, start: usize, end: usize) -> bool {
    let there = original.get(text.origin(original, start, end)).unwrap_or("");
    let mut there = there.chars().filter(|c| c.is_alphanumeric());
    // What comes after is a plural or an open end.
    cased.chars().all(|c| there.next() == Some(c))
}
