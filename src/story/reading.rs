//! What is taken in of an article before it is compared: terms, figures, keys of its address and title, a sketch of its text.

use std::sync::LazyLock;

use super::Telling;
use super::address::canonical;
use super::digest::{Digest, digest};
use super::letters::Letters;
use super::lex::{Figure, Token, TokenKind, lex_into};
use super::prior::{figure_term, prior};
use super::sketch::sketch;
use super::stem::{TermId, fold_into, hash, term, term_of_bytes};
use super::title::{bare_text, bare_title};
use super::wordlist::WordList;

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

/// A figure that an article tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Told {
    pub(super) figure: Figure,
    pub(super) in_title: bool,
}

/// An article taken in.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Each term once, by id.
    pub(super) terms: Vec<Drafted>,
    /// Telling figures.
    pub(super) figures: Vec<Told>,
    /// Small counts in the title ("two ships"), a bit for each up to 31.
    pub(super) counts: u32,
    /// Kinds of events that the title tells, a bit each.
    pub(super) events: u32,
    /// Key of its address; 0 without.
    pub(super) address: u64,
    /// Key of its title; 0 when too short to mean anything.
    pub(super) title: u64,
    /// Key of its title without the words that have figures; 0 likewise, and without such words.
    pub(super) title_shape: u64,
    /// Of title and text.
    pub(super) sketch: Box<[u32]>,
    /// Changes when anything that is compared does.
    pub(super) fingerprint: u64,
}

/// The beginning of a title that is looked at, attribution and publisher off.
pub(super) fn short_title(title: &str) -> &str {
    bare_title(&title[..title.floor_char_boundary(TITLE_BYTES)])
}

/// What is needed while an article is read, kept for the next one: large pieces of memory are dear to get and to give back.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    letters: Letters,
    tokens: Vec<Token>,
    lower: Vec<u8>,
    ids: Vec<TermId>,
    terms: Vec<(Token, Drafted)>,
    packed: Vec<u64>,
}

/// Takes in an article.
pub(super) fn read(telling: &Telling, scratch: &mut Scratch) -> Reading {
    let title = short_title(&telling.title);
    let text = bare_text(&telling.text, title, TEXT_BYTES);
    scratch.letters.read(title, text);
    let letters = &scratch.letters;
    let mut reading = Reading {
        terms: Vec::new(),
        figures: Vec::new(),
        counts: 0,
        events: 0,
        address: canonical(&telling.url).map_or(0, |address| digest(address.as_bytes())),
        title: title_key(letters.title()),
        title_shape: title_shape(letters.title()),
        sketch: sketch(letters.all()),
        fingerprint: fingerprint(telling, title, text),
    };
    scratch.packed.clear();
    collect(title, TITLE_TOKENS, true, &mut reading, scratch);
    collect(text, TEXT_TOKENS, false, &mut reading, scratch);
    // Numbers are sorted without a branch on any of them.
    scratch.packed.sort_unstable();
    scratch.packed.dedup_by_key(|packed| *packed >> 32);
    reading.terms = scratch.packed.iter().map(|packed| Drafted::unpacked(*packed)).collect();
    reading.figures.truncate(12);
    reading
}

/// In a packed term: it stands in the text alone. A share is not below 0, so its first bit is free for that.
const IN_TEXT: u64 = 1 << 31;

impl Drafted {
    /// One number, in the order of ids; of one term that of the title first: a word of the title is one of the title only.
    fn packed(self) -> u64 {
        let place = if self.in_title { 0 } else { IN_TEXT };
        u64::from(self.id) << 32 | place | u64::from(self.share.to_bits())
    }

    fn unpacked(packed: u64) -> Self {
        let [share, id] = [packed & (IN_TEXT - 1), packed >> 32].map(|half| u32::try_from(half).unwrap_or_default());
        Self { id, share: f32::from_bits(share), in_title: packed & IN_TEXT == 0 }
    }
}

/// Words after which a title tells what went before: the rest is not its own news.
const BACKGROUND: [&str; 12] =
    ["after", "following", "amid", "despite", "since", "nach", "trotz", "apres", "tras", "despues", "dopo", "ondanks"];

/// The same, quickly asked.
static BACKGROUND_WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::new(BACKGROUND.map(|word| (word, 0))));

/// Where the news of a title ends and its background begins.
pub(super) fn news_end(title: &str) -> usize {
    let mut at = 0;
    for (n, word) in title.split(' ').enumerate() {
        // A title that begins with its background has the news behind a comma; three words are the least news there is.
        if n >= 3 && BACKGROUND_WORDS.get_folded(word).is_some() {
            return at;
        }
        at += word.len() + 1;
    }
    title.len()
}

/// The terms of one field, in order.
pub(super) fn terms_of(text: &str, most: usize) -> Vec<(Token, Drafted)> {
    let mut scratch = Scratch::default();
    take_terms(text, most, &mut scratch);
    scratch.terms
}

/// Puts the terms of one field into the scratch, in order.
fn take_terms(text: &str, most: usize, scratch: &mut Scratch) {
    let prior = prior();
    let Scratch { tokens, lower, ids, terms, .. } = scratch;
    lex_into(text, most, tokens);
    lower.clear();
    lower.extend_from_slice(text.as_bytes());
    lower.make_ascii_lowercase();
    // Hashed first and looked up then: looks into a large table do not wait for each other when little stands between them.
    ids.clear();
    term_ids(text, lower, tokens, ids);
    terms.clear();
    let mut before: Option<TermId> = None;
    for (token, plain) in tokens.drain(..).zip(ids.iter().copied()) {
        let (id, share) = match token.kind {
            TokenKind::Figure(figure) => {
                before = None;
                figure_term(figure)
            }
            TokenKind::Pair => {
                before = None;
                (plain, 2e-3)
            }
            TokenKind::Word => {
                let joined = before.and_then(|first| prior.pair(first, plain));
                before = Some(plain);
                if let Some((joined, share)) = joined
                    && let Some((last, drafted)) = terms.last_mut()
                {
                    // Two words that are one: the term of the first becomes that of both.
                    drafted.id = joined;
                    drafted.share = share;
                    last.place.end = token.place.end;
                    continue;
                }
                prior.word(plain)
            }
        };
        terms.push((token, Drafted { id, share, in_title: false }));
    }
}

/// What each token is compared as, other forms not looked up; 0 for figures. `lower` is the text with ASCII in lower case.
fn term_ids(text: &str, lower: &[u8], tokens: &[Token], ids: &mut Vec<TermId>) {
    let mut folded = String::new();
    let id = |token: &Token| match token.kind {
        _ if token.plain => term_of_bytes(&lower[token.place.clone()]),
        TokenKind::Figure(_) => 0,
        TokenKind::Pair => hash(text[token.place.clone()].as_bytes()),
        TokenKind::Word => {
            fold_into(&text[token.place.clone()], &mut folded);
            folded.retain(|c| c != '.');
            term(&folded)
        }
    };
    ids.extend(tokens.iter().map(id));
}

fn collect(text: &str, most: usize, in_title: bool, reading: &mut Reading, scratch: &mut Scratch) {
    let news = if in_title { news_end(text) } else { 0 };
    take_terms(text, most, scratch);
    for (token, drafted) in &scratch.terms {
        let in_title = token.place.start < news;
        if in_title {
            reading.counts |= small_count(text, token);
            reading.events |= prior().events(drafted.id);
        }
        if let TokenKind::Figure(figure) = token.kind
            && figure.is_telling()
            && !reading.figures.iter().any(|told| told.figure == figure)
        {
            reading.figures.push(Told { figure, in_title });
        }
        if drafted.share < COMMON {
            scratch.packed.push(Drafted { in_title, ..*drafted }.packed());
        }
    }
}

/// Number words from two to twelve, folded: English, German, French, Spanish, Dutch, Italian.
const NUMBERS: [(u32, &[&str]); 11] = [
    (2, &["two", "zwei", "deux", "dos", "twee", "due"]),
    (3, &["three", "drei", "trois", "tres", "drie", "tre"]),
    (4, &["four", "vier", "quatre", "cuatro", "quattro"]),
    (5, &["five", "funf", "cinq", "cinco", "vijf", "cinque"]),
    (6, &["six", "sechs", "seis", "zes", "sei"]),
    (7, &["seven", "sieben", "sept", "siete", "zeven", "sette"]),
    (8, &["eight", "acht", "huit", "ocho", "otto"]),
    (9, &["nine", "neun", "neuf", "nueve", "negen", "nove"]),
    (10, &["ten", "zehn", "dix", "diez", "tien", "dieci"]),
    (11, &["eleven", "elf", "onze", "once", "undici"]),
    (12, &["twelve", "dozen", "zwolf", "douze", "doce", "twaalf", "dodici"]),
];

/// The same, quickly asked.
static NUMBER_NAMES: LazyLock<WordList> =
    LazyLock::new(|| WordList::new(NUMBERS.iter().flat_map(|(n, names)| names.iter().map(move |name| (*name, *n)))));

/// The bit of a small count, 0 for anything else.
fn small_count(text: &str, token: &Token) -> u32 {
    match token.kind {
        TokenKind::Figure(figure) if !figure.percent && !figure.is_telling() => {
            (2..=31u32).find(|n| (f64::from(*n) - figure.value).abs() < 1e-9).map_or(0, |n| 1 << n)
        }
        TokenKind::Word => NUMBER_NAMES.get(&text[token.place.clone()]).map_or(0, |n| 1 << n),
        _ => 0,
    }
}

/// The key of a title by its letters.
fn title_key(letters: &[u8]) -> u64 {
    let count = letters.split(|byte| *byte == b' ').count() - 1;
    // A letter beyond ASCII is one: the first of its bytes counts.
    let letters_alone = letters.iter().filter(|byte| **byte & 0xc0 != 0x80).count() - count;
    if count >= TITLE_WORDS && letters_alone >= 16 || count > 0 && letters_alone >= 24 { digest(letters) } else { 0 }
}

/// The key of a title without the words that have figures; 0 when there are none.
fn title_shape(letters: &[u8]) -> u64 {
    let has_figure = |word: &[u8]| word.iter().any(u8::is_ascii_digit);
    if !has_figure(letters) {
        return 0;
    }
    let words = letters.split_inclusive(|byte| *byte == b' ').filter(|word| !has_figure(word));
    title_key(&words.flatten().copied().collect::<Vec<u8>>())
}

fn fingerprint(telling: &Telling, title: &str, text: &str) -> u64 {
    let mut digest = Digest::default();
    for text in [title, text, &telling.url] {
        digest.add(text.as_bytes());
    }
    digest.add_number(telling.feed.0.cast_unsigned());
    digest.add_number(telling.date.as_second().cast_unsigned());
    for entity in &telling.entities {
        digest.add(entity.as_bytes());
    }
    digest.get()
}
