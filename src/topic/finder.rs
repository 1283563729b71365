//! Finds every cue and name in a text.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::folded::{Folded, is_word};
use super::language::Languages;
use super::tables::{Rule, Says, Tier};
use super::trie::Trie;

/// Hits kept of one text: a text that consists of cues costs no more than this.
pub(super) const MOST_HITS: usize = 400;

/// Letters of patterns that may begin within a word for which a table of all transitions is made: some hundred kilobytes.
const DENSE: usize = 4_000;

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
    word_rules: Written,
    within: Option<AhoCorasick>,
    within_rules: Written,
    /// The languages of those that may begin within a word: nothing is within the words of another language.
    within_languages: Languages,
}

/// The rules that are written as each pattern is, side by side.
#[derive(Debug)]
struct Written {
    rules: Vec<Brief>,
    /// Where those of each pattern begin; one more for the end of the last.
    begins: Vec<u32>,
}

/// What tells whether a rule is meant where it was found, without a look at the rule itself: there are thousands of them, all
/// over the memory, and most that are found are not meant.
#[derive(Debug, Clone, Copy)]
struct Brief {
    rule: u32,
    languages: Languages,
    open_end: bool,
    plural: bool,
    cased: bool,
    rank: u8,
}

impl Brief {
    fn of(number: u32, rule: &Rule) -> Self {
        let pattern = &rule.pattern;
        let cased = pattern.cased.is_some();
        let (open_end, plural) = (pattern.open_end, pattern.plural);
        Self { rule: number, languages: rule.languages, open_end, plural, cased, rank: rank(rule) }
    }
}

impl Written {
    fn new(all: &[Rule], by_pattern: &[Vec<u32>]) -> Self {
        let mut written = Self { rules: Vec::new(), begins: vec![0] };
        for numbers in by_pattern {
            written.rules.extend(numbers.iter().map(|number| Brief::of(*number, &all[*number as usize])));
            written.begins.push(u32::try_from(written.rules.len()).unwrap_or(u32::MAX));
        }
        written
    }

    fn of(&self, pattern: usize) -> &[Brief] {
        match self.begins.get(pattern..pattern + 2) {
            Some([begin, end]) => &self.rules[*begin as usize..*end as usize],
            _ => &[],
        }
    }
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
        words.numbers.reserve(all.len());
        for (index, rule) in (0..).zip(all) {
            let text = rule.pattern.folded.as_bytes();
            match text.strip_prefix(b" ") {
                Some(word) => words.add(word, index),
                None => within.add(text, index),
            }
        }
        // Of few patterns a table of all transitions stays small. Building fails only beyond 2^31 states; the tables and the
        // config's size limit stay far below.
        let letters: usize = within.texts.iter().map(|text| text.len()).sum();
        let kind = if letters <= DENSE { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
        let builder = || AhoCorasick::builder().kind(Some(kind)).build(&within.texts).ok();
        Self {
            words: Trie::new(&words.texts),
            word_rules: Written::new(all, &words.rules),
            within: if within.texts.is_empty() { None } else { builder() },
            within_rules: Written::new(all, &within.rules),
            within_languages: within
                .rules
                .iter()
                .flatten()
                .fold(Languages::NONE, |languages, number| languages.and(all[*number as usize].languages)),
        }
    }

    /// What is found in a text, from left to right, the longest first; of equal ones what speaks against a topic first.
    pub(super) fn find(&self, all: &[Rule], text: &Folded, original: &str, languages: Languages) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(16);
        let bytes = text.bytes();
        let mut take = |rules: &[Brief], start: usize, end: usize| {
            for brief in rules.iter().filter(|brief| brief.languages.meet(languages)) {
                let Some((start, end)) = whole_words(brief, bytes, start, end) else { continue };
                let alike = |cased: &String| cased_alike(cased, original, text, start, end);
                if !brief.cased || all[brief.rule as usize].pattern.cased.as_ref().is_some_and(alike) {
                    hits.push(Hit { rule: brief.rule, start, end }.ranked(brief.rank));
                }
            }
            hits.len()
        };
        let mut found = 0;
        let mut words = bytes;
        while let Some(space) = words.iter().position(|byte| *byte == b' ').filter(|_| found < MOST_HITS) {
            words = &words[space + 1..];
            let start = bytes.len() - words.len() - 1;
            self.words.find(words, |pattern, length| {
                found = take(self.word_rules.of(pattern), start, start + 1 + length);
            });
        }
        if self.within_languages.meet(languages) {
            for found in self.within.iter().flat_map(|within| within.find_overlapping_iter(bytes)) {
                if take(self.within_rules.of(found.pattern().as_usize()), found.start(), found.end()) >= MOST_HITS {
                    break;
                }
            }
        }
        hits.sort_unstable();
        hits.into_iter().map(Hit::of_ranked).collect()
    }
}

impl Hit {
    /// One number, in the order in which hits are told: by start, the longest first, then by rank and rule. Numbers are
    /// sorted without a branch on any of them.
    fn ranked(self, rank: u8) -> u128 {
        let short = |at: usize| u128::from(u32::try_from(at).unwrap_or(u32::MAX));
        let longest_first = u128::from(u32::MAX) - short(self.end);
        short(self.start) << 96 | longest_first << 64 | u128::from(rank) << 32 | u128::from(self.rule)
    }

    fn of_ranked(ranked: u128) -> Self {
        let part = |shift: u32| u32::try_from(ranked >> shift & u128::from(u32::MAX)).unwrap_or(u32::MAX);
        Self { rule: part(0), start: part(96) as usize, end: (u32::MAX - part(64)) as usize }
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
fn whole_words(rule: &Brief, bytes: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let word = |at: usize| bytes.get(at).is_some_and(|byte| is_word(*byte));
    let end = match () {
        () if !word(end) => end,
        () if rule.open_end => (end..bytes.len()).find(|at| !word(*at)).unwrap_or(bytes.len()),
        () if rule.plural && bytes[end] == b's' && !word(end + 1) => end + 1,
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
