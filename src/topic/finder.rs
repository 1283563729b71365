//! Finds every cue and name in a text.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::folded::{Folded, is_word};
use super::language::Languages;
use super::tables::{Rule, Says, Tier};
use super::trie::Trie;

/// Hits kept of one text: a text that consists of cues costs no more than this.
pub(super) const MOST_HITS: usize = 400;

/// A rule found in a text, at these bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) rule: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All rules: those that begin with a word, and the few that may begin within one.
#[derive(Debug)]
pub(super) struct Finder {
    words: Trie,
    /// For each pattern in it the rules that are written so.
    word_rules: Vec<Vec<u32>>,
    within: Option<AhoCorasick>,
    within_rules: Vec<Vec<u32>>,
}

/// Patterns, each once, with the rules that are written so.
#[derive(Default)]
struct Patterns<'a> {
    numbers: HashMap<&'a [u8], usize>,
    texts: Vec<&'a [u8]>,
    rules: Vec<Vec<u32>>,
}

impl<'a> Patterns<'a> {
    fn add(&mut self, text: &'a [u8], rule: u32) {
        let number = *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.rules.push(Vec::new());
            self.texts.len() - 1
        });
        self.rules[number].push(rule);
    }
}

impl Finder {
    /// Compiles the rules.
    pub(super) fn new(all: &[Rule]) -> Self {
        let (mut words, mut within) = (Patterns::default(), Patterns::default());
        for (index, rule) in (0..).zip(all) {
            let text = rule.pattern.folded.as_bytes();
            match text.strip_prefix(b" ") {
                Some(word) => words.add(word, index),
                None => within.add(text, index),
            }
        }
        // Building fails only beyond 2^31 states; the tables and the config's size limit stay far below.
        let builder = || AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&within.texts).ok();
        Self {
            words: Trie::new(&words.texts),
            word_rules: words.rules,
            within: if within.texts.is_empty() { None } else { builder() },
            within_rules: within.rules,
        }
    }

    /// What is found in a text, from left to right, the longest first; of equal ones what speaks against a topic first.
    pub(super) fn find(&self, all: &[Rule], text: &Folded, original: &str, languages: Languages) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(16);
        let bytes = text.bytes();
        let mut take = |rules: &[u32], start: usize, end: usize| {
            for index in rules {
                let rule = &all[*index as usize];
                if rule.languages.meet(languages)
                    && let Some((start, end)) = whole_words(rule, bytes, start, end)
                    && rule.pattern.cased.as_deref().is_none_or(|cased| cased_alike(cased, original, text, start, end))
                {
                    hits.push(Hit { rule: *index, start, end });
                }
            }
            hits.len()
        };
        for (start, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b' ') {
            let mut found = 0;
            self.words.find(&bytes[start + 1..], |pattern, length| {
                found = take(&self.word_rules[pattern], start, start + 1 + length);
            });
            if found >= MOST_HITS {
                break;
            }
        }
        for found in self.within.iter().flat_map(|within| within.find_overlapping_iter(bytes)) {
            if take(&self.within_rules[found.pattern().as_usize()], found.start(), found.end()) >= MOST_HITS {
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
