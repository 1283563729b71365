//! The words beside a name: what an `@name` needs, and what makes it the name of a ship.

use super::folded::is_word;
use super::tables::TABLES;
use crate::model::EntityKind;

/// What stands between two names of a list: `ports of Los Angeles and Long Beach`.
const BETWEEN: [&[u8]; 11] =
    [b" and ", b" , ", b" & ", b" , and ", b" or ", b" to ", b" und ", b" et ", b" y ", b" en ", b" e "];

/// Whether a word of its kind stands next to the name at `start..end` of a folded text.
pub(super) fn of_its_kind(kind: EntityKind, text: &[u8], start: usize, end: usize) -> bool {
    let phrases = &TABLES.neighbours[kind as usize];
    phrases.iter().any(|(before, phrase)| beside(text, start, end, *before, phrase.as_bytes()))
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

fn beside(text: &[u8], start: usize, end: usize, before: bool, phrase: &[u8]) -> bool {
    // One letter tells most phrases apart, much cheaper than comparing all.
    if before {
        let head = text.get(..start).and_then(|head| head.strip_suffix(b" "));
        if head.and_then(<[u8]>::last) != phrase.last() {
            return false;
        }
        let Some(head) = head.and_then(|head| head.strip_suffix(phrase)) else { return false };
        return head.last().is_none_or(|byte| !is_word(*byte));
    }
    let tail = text.get(end..).unwrap_or(b"");
    let tail = tail.strip_prefix(b"'s").unwrap_or(tail);
    if tail.get(1) != phrase.first() {
        return false;
    }
    let Some(tail) = tail.strip_prefix(b" ").and_then(|tail| tail.strip_prefix(phrase)) else { return false };
    tail.first().is_none_or(|byte| !is_word(*byte))
}
