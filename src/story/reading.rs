//! What is taken in of an article before it is compared: terms, figures, keys of its address and title, a sketch of its text.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Telling;
use super::address::canonical;
use super::lex::{Token, TokenKind, lex};
use super::prior::{figure_term, prior};
use super::sketch::sketch;
use super::stem::{TermId, fold_into, hash, term};
use super::title::{bare_text, bare_title};

/// Tokens of a title and of a text that are looked at, and bytes of the text. A teaser has about 40 words.
pub(super) const TITLE_TOKENS: usize = 32;
const TEXT_TOKENS: usize = 64;
pub(super) const TEXT_BYTES: usize = 640;
const TITLE_BYTES: usize = 480;

/// Words a title has at least when its repetition elsewhere means a copy.
const TITLE_WORDS: usize = 4;

/// Share of articles from which a word is not even kept.
const COMMON: f32 = 0.3;

/// A term with the share of articles that are assumed to have it before counting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drafted {
    pub(super) id: TermId,
    pub(super) share: f32,
    pub(super) in_title: bool,
}

/// An article taken in.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Each term once, by id.
    pub(super) terms: Vec<Drafted>,
    /// Telling figures, in percent apart.
    pub(super) figures: Vec<(f64, bool)>,
    /// Key of its address; 0 without.
    pub(super) address: u64,
    /// Key of its title; 0 when too short to mean anything.
    pub(super) title: u64,
    /// Of title and text.
    pub(super) sketch: Box<[u32]>,
    /// Changes when anything that is compared does.
    pub(super) fingerprint: u64,
}

/// The beginning of a title that is looked at, attribution and publisher off.
pub(super) fn short_title(title: &str) -> &str {
    let end = title.char_indices().map(|(n, _)| n).take_while(|n| *n <= TITLE_BYTES).last().unwrap_or(0);
    bare_title(if title.len() <= TITLE_BYTES { title } else { &title[..end] })
}

/// Takes in an article.
pub(super) fn read(telling: &Telling) -> Reading {
    let title = short_title(&telling.title);
    let text = bare_text(&telling.text, title, TEXT_BYTES);
    let mut reading = Reading {
        terms: Vec::with_capacity(TITLE_TOKENS + TEXT_TOKENS),
        figures: Vec::new(),
        address: canonical(&telling.url).map_or(0, |address| key(&address)),
        title: title_key(title),
        sketch: sketch(title, text),
        fingerprint: fingerprint(telling, title, text),
    };
    collect(title, TITLE_TOKENS, true, &mut reading);
    collect(text, TEXT_TOKENS, false, &mut reading);
    reading.terms.retain(|term| term.share < COMMON);
    // A word of the title is one of the title only.
    reading.terms.sort_unstable_by_key(|term| (term.id, !term.in_title));
    reading.terms.dedup_by_key(|term| term.id);
    reading.figures.truncate(12);
    reading
}

/// The terms of one field, in order.
pub(super) fn terms_of(text: &str, most: usize) -> Vec<(Token, Drafted)> {
    let prior = prior();
    let mut folded = String::new();
    let mut terms: Vec<(Token, Drafted)> = Vec::with_capacity(most);
    let mut before: Option<TermId> = None;
    for token in lex(text, most) {
        let (id, share) = match token.kind {
            TokenKind::Figure(figure) => {
                before = None;
                figure_term(figure)
            }
            TokenKind::Pair => {
                before = None;
                (hash(text[token.place.clone()].as_bytes()), 2e-3)
            }
            TokenKind::Word => {
                fold_into(&text[token.place.clone()], &mut folded);
                folded.retain(|c| c != '.');
                let plain = term(&folded);
                let joined = before.and_then(|first| prior.pair(first, plain));
                before = Some(plain);
                if let Some(joined) = joined
                    && let Some((last, drafted)) = terms.last_mut()
                {
                    // Two words that are one: the term of the first becomes that of both.
                    drafted.id = joined;
                    drafted.share = prior.share(joined);
                    last.place.end = token.place.end;
                    continue;
                }
                let id = prior.form(plain);
                (id, prior.share(id))
            }
        };
        terms.push((token, Drafted { id, share, in_title: false }));
    }
    terms
}

fn collect(text: &str, most: usize, in_title: bool, reading: &mut Reading) {
    for (token, drafted) in terms_of(text, most) {
        if let TokenKind::Figure(figure) = token.kind
            && figure.is_telling()
            && !reading.figures.contains(&(figure.value, figure.percent))
        {
            reading.figures.push((figure.value, figure.percent));
        }
        reading.terms.push(Drafted { in_title, ..drafted });
    }
}

fn title_key(title: &str) -> u64 {
    let mut words = 0;
    let mut letters = 0;
    let mut hasher = DefaultHasher::new();
    let mut folded = String::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        fold_into(word, &mut folded);
        folded.hash(&mut hasher);
        words += 1;
        letters += folded.chars().count();
    }
    if words >= TITLE_WORDS && letters >= 16 || words > 0 && letters >= 24 { hasher.finish().max(1) } else { 0 }
}

fn key(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

fn fingerprint(telling: &Telling, title: &str, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (title, text, &telling.url, telling.feed, telling.date.as_second(), &telling.entities).hash(&mut hasher);
    hasher.finish()
}
