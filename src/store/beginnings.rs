//! The words of the text index that begin with what is typed.
//!
//! FTS5 without an index of beginnings puts the lists of all such words together before it gives the newest hit. So the common
//! words are asked for by name, which stops at the newest hits, and FTS5's star is left what is rare. The hits are the same.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;

use rusqlite::{Connection, OptionalExtension};

use super::leaves::{Leaf, Leaves, last_word, leaves, words_of};
use crate::query::{Query, Text};
use crate::text::fold;

/// What words of the index begin with, or one of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The whole word.
    Word(String),
    /// All words that begin so; together they are in few articles.
    Beginning(String),
}

/// How many parts a beginning is taken apart into. Each costs a look into each segment of the index: some 15 µs.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// So many words are asked for one by one.
    words: usize,
    /// Beyond them: so many common ones are, at most.
    common: usize,
    /// So many parts in all; else fewer are called common.
    parts: usize,
}

impl Limits {
    /// For an index of so many segments.
    fn of(segments: usize) -> Self {
        let words = (1_024 / segments.max(1)).clamp(16, 256);
        Self { words, common: words / 2, parts: words * 2 }
    }
}

/// The beginnings of a query, taken apart.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    parts: HashMap<String, Vec<Part>>,
    /// Those of very many words, which most articles have some of: as typed, and folded.
    everywhere: HashMap<String, String>,
}

/// So many rows are found by looking at the newest articles' own words, where most articles have them.
const WINDOW: usize = 1_000;
/// Articles that a page of a word's list tells, about: 9 bytes each.
const ON_A_PAGE: i64 = 455;

impl Beginnings {
    /// Those of all texts of a query that are in the index. For up to [`WINDOW`] rows, those that most articles have are not
    /// taken apart where looking at the newest articles does.
    pub(super) fn of(conn: &Connection, query: &Query, rows: usize) -> rusqlite::Result<Self> {
        let mut typed = Vec::new();
        gather(query, &mut typed);
        let mut beginnings = Self::default();
        for (at, word) in typed.iter().enumerate() {
            if typed[..at].contains(word) {
                continue;
            }
            let Some(folded) = as_indexed(word) else { continue };
            let found = leaves(conn, &folded)?;
            let mut reader = Reader { conn, beginning: &folded, leaves: &found.pages };
            let limits = Limits::of(found.segments);
            let few = if found.all { reader.few_words(limits)? } else { None };
            let parts = if few.is_some() {
                few
            } else if rows <= WINDOW
                && is_alone(query, word)
                && !typed[at + 1..].contains(word)
                && found.is_everywhere(conn)?
            {
                beginnings.everywhere.insert((*word).to_owned(), folded);
                None
            } else if found.all {
                reader.taken_apart(limits)?
            } else {
                None
            };
            if let Some(parts) = parts {
                beginnings.parts.insert((*word).to_owned(), parts);
            }
        }
        Ok(beginnings)
    }

    /// The folded beginning, where that is all of a query's text, and most articles have it.
    pub(super) fn everywhere(&self, query: &Query) -> Option<&str> {
        let Query::Text(Text { words, prefix: true }) = query else { return None };
        let [word] = words.as_slice() else { return None };
        self.everywhere.get(word).map(String::as_str)
    }

    /// The parts of a typed beginning; none where the star is as good.
    pub(super) fn parts(&self, typed: &str) -> Option<&[Part]> {
        self.parts.get(typed).map(Vec::as_slice).filter(|parts| !parts.is_empty())
    }
}

impl Leaves {
    /// Whether most articles are likely to have one of these words.
    fn is_everywhere(&self, conn: &Connection) -> rusqlite::Result<bool> {
        let told = self.pages.iter().map(|leaf| leaf.runs_on + 1).sum::<i64>().saturating_mul(ON_A_PAGE);
        let articles: i64 = conn.query_row("SELECT coalesce(max(id), 0) FROM article", [], |row| row.get(0))?;
        Ok(told >= articles / 2)
    }
}

/// Whether a beginning alone is what a query, or one of the parts that must all match, asks for.
fn is_alone(query: &Query, word: &str) -> bool {
    match query {
        Query::And(parts) => parts.iter().any(|part| is_alone(part, word)),
        Query::Text(Text { words, prefix: true }) => matches!(words.as_slice(), [only] if only == word),
        _ => false,
    }
}

/// The last words of a query's texts, where they are beginnings.
fn gather<'q>(query: &'q Query, into: &mut Vec<&'q str>) {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| gather(part, into)),
        Query::Not(part) => gather(part, into),
        Query::Text(Text { words, prefix: true }) | Query::Title(Text { words, prefix: true }) => {
            into.extend(words.last().map(String::as_str));
        }
        _ => {}
    }
}

/// A word as the index has it, if it is certain to be one word of letters that FTS5's `unicode61 remove_diacritics 2` folds as
/// [`fold`] does: of ASCII, and of Latin letters up to U+017F.
fn as_indexed(word: &str) -> Option<String> {
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž') && !is_odd(c);
    (!word.is_empty() && word.chars().all(known)).then(|| fold(word))
}

/// Letters of that range that FTS5 folds otherwise.
fn is_odd(c: char) -> bool {
    matches!(c, 'İ' | 'ŉ' | 'Ŀ' | 'ŀ')
}

/// The shortest beginning of a rare word that no common word has; the word itself where there is none.
fn apart_from(common: &BTreeSet<String>, rare: &str) -> Part {
    // In their order, what shares most of its beginning with a word stands right beside it.
    let below = (Bound::Unbounded, Bound::Excluded(rare));
    let above = (Bound::Excluded(rare), Bound::Unbounded);
    let beside = [common.range::<str, _>(below).next_back(), common.range::<str, _>(above).next()];
    let shared = beside.into_iter().flatten().map(|word| shared_bytes(word, rare)).max().unwrap_or(0);
    match rare[shared..].chars().next() {
        Some(next) => Part::Beginning(rare[..shared + next.len_utf8()].to_owned()),
        None => Part::Word(rare.to_owned()),
    }
}

/// How many bytes two words have in common at their beginning, in whole characters.
fn shared_bytes(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
}

/// How far a reading came.
enum Read {
    All,
    /// As told to.
    Stopped,
    /// What is there is not as FTS5 is known to write it.
    Unknown,
}

/// Reads the words of the index that have a beginning.
struct Reader<'r> {
    conn: &'r Connection,
    beginning: &'r str,
    leaves: &'r [Leaf],
}

impl Reader<'_> {
    /// All words, where they are few.
    fn few_words(&mut self, limits: Limits) -> rusqlite::Result<Option<Vec<Part>>> {
        let mut few = BTreeSet::new();
        let all = self.each_word(|word| {
            if !few.contains(word) {
                few.insert(word.to_owned());
            }
            few.len() <= limits.words
        })?;
        Ok(matches!(all, Read::All).then(|| few.into_iter().map(Part::Word).collect()))
    }

    /// The common words by name, and beginnings that take in the rest. None: FTS5's star is to do it.
    fn taken_apart(&mut self, limits: Limits) -> rusqlite::Result<Option<Vec<Part>>> {
        let mut most = limits.common;
        while most > 0 {
            let common = self.common_words(most)?;
            if common.is_empty() {
                break;
            }
            let mut parts = BTreeSet::new();
            let all = self.each_word(|word| {
                if !common.contains(word) {
                    parts.insert(apart_from(&common, word));
                }
                parts.len() + common.len() <= limits.parts
            })?;
            match all {
                Read::All => {
                    parts.extend(common.into_iter().map(Part::Word));
                    return Ok(Some(parts.into_iter().collect()));
                }
                Read::Unknown => break,
                Read::Stopped => most /= 4,
            }
        }
        Ok(None)
    }

    /// Gives the words to `take` until it says no; those of several segments several times.
    fn each_word(&mut self, mut take: impl FnMut(&str) -> bool) -> rusqlite::Result<Read> {
        let mut goes_on = true;
        for leaf in self.leaves {
            let Some(page) = self.page(leaf)? else { continue };
            let known = words_of(&page, |word| {
                if let Some(word) = word.strip_prefix(MAIN)
                    && word.starts_with(self.beginning.as_bytes())
                    && goes_on
                {
                    let Ok(word) = std::str::from_utf8(word) else { return false };
                    goes_on = take(word);
                }
                true
            });
            if known.is_none() {
                return Ok(Read::Unknown);
            }
            if !goes_on {
                return Ok(Read::Stopped);
            }
        }
        Ok(Read::All)
    }

    /// The words whose lists are longest, of those that fill more than a page; `most` of them.
    fn common_words(&mut self, most: usize) -> rusqlite::Result<BTreeSet<String>> {
        let mut long: Vec<&Leaf> = self.leaves.iter().filter(|leaf| leaf.runs_on > 0).collect();
        long.sort_by_key(|leaf| std::cmp::Reverse(leaf.runs_on));
        let mut common = BTreeSet::new();
        for leaf in long.into_iter().take(most) {
            if let Some(page) = self.page(leaf)?
                && let Some(word) = last_word(&page)
                && let Some(word) = word.strip_prefix(MAIN).and_then(|word| std::str::from_utf8(word).ok())
                && word.starts_with(self.beginning)
            {
                common.insert(word.to_owned());
            }
        }
        Ok(common)
    }

    /// A page; none where FTS5, which merges step by step, is done with it.
    fn page(&self, leaf: &Leaf) -> rusqlite::Result<Option<Vec<u8>>> {
        let mut select = self.conn.prepare_cached("SELECT block FROM article_fts_data WHERE id = ?1")?;
        select.query_row([leaf.id], |row| row.get(0)).optional()
    }
}

/// What the words of the index itself begin with, rather than those of an index of beginnings.
const MAIN: &[u8] = b"0";

#[cfg(test)]
mod tests;
