//! What is new in each article of a story: words, names and figures that none of the earlier ones has.

use std::collections::HashSet;

use super::Telling;
use super::lex::{Token, TokenKind};
use super::reading::{Drafted, TEXT_BYTES, TITLE_TOKENS, short_title, terms_of};
use super::stem::TermId;
use super::title::bare_text;

/// Share of articles from which a word is too common to be news.
const COMMON: f32 = 4e-3;

/// Tokens of a text that are looked at.
const TEXT_TOKENS: usize = 120;

/// Words of a phrase at most.
const PHRASE: usize = 3;

/// Something new, as it stands in the text.
struct Novelty {
    /// Share of articles that are assumed to have its rarest word: the smaller the better.
    share: f32,
    text: String,
}

/// Words and figures of each telling that none of the earlier ones has: what is new in it, the rarest first, at most `limit`,
/// as they stand in the text. In the order given, oldest first. The first one has nothing new: there was nothing before.
#[must_use]
pub fn novelties(tellings: &[Telling], limit: usize) -> Vec<Vec<String>> {
    let mut known: HashSet<TermId> = HashSet::new();
    tellings
        .iter()
        .enumerate()
        .map(|(n, telling)| {
            let title = short_title(&telling.title);
            let text = bare_text(&telling.text, title, TEXT_BYTES);
            let fields = [(title, terms_of(title, TITLE_TOKENS)), (text, terms_of(text, TEXT_TOKENS))];
            let mut new = Vec::new();
            let mut here = HashSet::new();
            for (field, terms) in &fields {
                phrases(field, terms, &known, &mut here, &mut new);
            }
            known.extend(fields.iter().flat_map(|(_, terms)| terms.iter().map(|(_, drafted)| drafted.id)));
            new.sort_by(|a, b| a.share.total_cmp(&b.share));
            if n == 0 { Vec::new() } else { new.into_iter().take(limit).map(|novelty| novelty.text).collect() }
        })
        .collect()
}

fn phrases(
    field: &str,
    terms: &[(Token, Drafted)],
    known: &HashSet<TermId>,
    here: &mut HashSet<TermId>,
    new: &mut Vec<Novelty>,
) {
    let is_new = |(token, drafted): &(Token, Drafted)| {
        let telling = match token.kind {
            TokenKind::Figure(figure) => figure.is_telling(),
            TokenKind::Word | TokenKind::Pair => drafted.share < COMMON,
        };
        telling && !known.contains(&drafted.id)
    };
    let mut at = 0;
    while let Some(first) = terms.get(at) {
        at += 1;
        if !is_new(first) || !here.insert(first.1.id) {
            continue;
        }
        let (mut place, mut share) = (first.0.place.clone(), first.1.share);
        // New words in a row, all names or none of them, are one thing: "Haim Sakal", "golden share".
        let mut words = 1;
        while let Some(next) = terms.get(at) {
            let gap = field.get(place.end..next.0.place.start);
            let joins = first.0.kind == TokenKind::Word
                && next.0.kind == TokenKind::Word
                && matches!(gap, Some(" " | "-"))
                && is_capital(field, place.start) == is_capital(field, next.0.place.start);
            if words >= PHRASE || !joins || !is_new(next) || !here.insert(next.1.id) {
                break;
            }
            place.end = next.0.place.end;
            share = share.min(next.1.share);
            words += 1;
            at += 1;
        }
        new.push(Novelty { share, text: field[place].to_owned() });
    }
}

fn is_capital(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_uppercase)
}
