//! The words beside a name: what an `@name` needs, and what makes it the name of a ship.

use std::collections::BTreeMap;

use super::folded::is_word;
use super::tables::TABLES;
use crate::model::EntityKind;

/// The phrases that stand beside names of a kind: those before them by their last letter and those behind by their first, so
/// that few have to be compared.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    before: BTreeMap<u8, Vec<String>>,
    after: BTreeMap<u8, Vec<String>>,
}

impl Neighbours {
    /// Takes in a folded phrase; `before` the name or behind it.
    pub(super) fn add(&mut self, before: bool, phrase: String) {
        let letter = if before { phrase.bytes().last() } else { phrase.bytes().next() };
        let side = if before { &mut self.before } else { &mut self.after };
        side.entry(letter.unwrap_or_default()).or_default().push(phrase);
    }

    /// Whether one of them stands next to the name at `start..end` of a folded text.
    fn stand_by(&self, text: &[u8], start: usize, end: usize) -> bool {
        let head = text.get(..start).and_then(|head| head.strip_suffix(b" ")).unwrap_or_default();
        let tail = text.get(end..).unwrap_or_default();
        let tail = tail.strip_prefix(b"'s").unwrap_or(tail).strip_prefix(b" ").unwrap_or_default();
        let ends = |phrase: &String| {
            head.strip_suffix(phrase.as_bytes()).is_some_and(|rest| rest.last().is_none_or(|byte| !is_word(*byte)))
        };
        let begins = |phrase: &String| {
            tail.strip_prefix(phrase.as_bytes()).is_some_and(|rest| rest.first().is_none_or(|byte| !is_word(*byte)))
        };
        let before = head.last().and_then(|letter| self.before.get(letter));
        let after = tail.first().and_then(|letter| self.after.get(letter));
        before.is_some_and(|phrases| phrases.iter().any(ends))
            || after.is_some_and(|phrases| phrases.iter().any(begins))
    }
}

/// What stands between two names of a list: `ports of Los Angeles and Long Beach`.
const BETWEEN: [&[u8]; 11] =
    [b" and ", b" , ", b" & ", b" , and ", b" or ", b" to ", b" und ", b" et ", b" y ", b" en ", b" e "];

/// Whether a word of its kind stands next to the name at `start..end` of a folded text.
pub(super) fn of_its_kind(kind: EntityKind, text: &[u8], start: usize, end: usize) -> bool {
    TABLES.neighbours[kind as usize].stand_by(text, start, end)
}

/// Whether what stands between two names makes them one list.
pub(super) fn listed(text: &[u8], first_end: usize, second_start: usize) -> bool {
    text.get(first_end..second_start).is_some_and(|between| BETWEEN.contains(&between))
}

/// Whether a place's name is part of a ship's: right after a line's name (`CMA CGM San Antonio`), or before `Express`.
pub(super) fn in_a_ships_name(text: &[u8], start: usize, end: usize, after_a_line: bool) -> bool {
    let follows = |word: &[u8]| {
        let rest = text.get(end..).and_then(|rest| rest.strip_prefix(b" ")).unwrap_or(b"");
        rest.strip_prefix(word).is_some_and(|rest| rest.first().is_none_or(|byte| !is_word(*byte)))
    };
    follows(b"express") || (after_a_line && !of_its_kind(EntityKind::Port, text, start, end))
}
