//! "Did you mean": the entity that plain words of a query may mean, which a search by its id finds under all its names.

use std::ops::Range;

use tui_input::Input;

use super::State;
use crate::model::Entity;
use crate::query::{complete, quote_value};
use crate::tui::effect::{Effect, Load};
use crate::tui::event::Answer;
use crate::tui::model::Shared;
use crate::tui::request::Slot;

/// Letters from which on words are looked up.
const LEAST: usize = 3;

/// What may be meant by words of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The words, in characters of the query.
    at: Range<usize>,
    /// The words as typed.
    words: String,
    /// Whom they mean, and how many articles name it; none until that is known, or when there is none.
    pub meant: Option<(Entity, u64)>,
}

/// Asks whom the words of the query may mean, unless that was asked before.
pub(super) fn ask(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let found = plain_words(state.input.value()).filter(|(_, words)| words.chars().count() >= LEAST);
    let Some((at, words)) = found else {
        state.suggestion = None;
        shared.requests.forget(Slot::Suggestion);
        return Vec::new();
    };
    if let Some(suggestion) = &mut state.suggestion
        && suggestion.words == words
    {
        suggestion.at = at;
        return Vec::new();
    }
    let id = shared.requests.open(Slot::Suggestion);
    state.suggestion = Some(Suggestion { at, words: words.clone(), meant: None });
    vec![Effect::Load(id, Load::Suggestion(words))]
}

/// It is known whom they may mean.
pub(super) fn came(state: &mut State, answer: Answer) {
    if let (Some(suggestion), Answer::Suggestion(meant)) = (&mut state.suggestion, answer) {
        suggestion.meant = meant;
    }
}

/// What Tab would use now: whom the words mean, unless Tab has the word before the cursor to complete.
pub(super) fn offered(state: &State) -> Option<(&Entity, u64)> {
    let suggestion = state.suggestion.as_ref().filter(|_| state.typing && state.menu.is_none())?;
    let (entity, articles) = suggestion.meant.as_ref()?;
    let completion = complete(state.input.value(), state.input.cursor());
    let completes = completion.from_library.is_some() || !completion.candidates.is_empty();
    let word = !completion.replace.is_empty();
    (!(word && completes)).then_some((entity, *articles))
}

/// Writes the entity in place of the words. False: none is offered.
pub(super) fn accept(state: &mut State) -> bool {
    let Some(id) = offered(state).map(|(entity, _)| entity.id.clone()) else { return false };
    let Some(suggestion) = state.suggestion.take() else { return false };
    let typed: Vec<char> = state.input.value().chars().collect();
    let part = |range: Range<usize>| typed.get(range).unwrap_or_default().iter().collect::<String>();
    let (before, after) = (part(0..suggestion.at.start), part(suggestion.at.end..typed.len()));
    let field = format!("entity:{}", quote_value(&id));
    let space = if after.starts_with(' ') { "" } else { " " };
    let end = before.chars().count() + field.chars().count() + 1;
    state.input = Input::new(format!("{before}{field}{space}{after}")).with_cursor(end);
    true
}

/// The longest run of plain words: no fields, phrases, groups or `-`.
fn plain_words(text: &str) -> Option<(Range<usize>, String)> {
    let chars: Vec<char> = text.chars().collect();
    let plain = |word: &str| {
        !word.starts_with('-') && !word.contains([':', '"', '(', ')', '*']) && !word.eq_ignore_ascii_case("or")
    };
    let mut runs: Vec<(Range<usize>, String)> = Vec::new();
    let (mut at, mut going) = (0, false);
    for word in chars.split(|c| c.is_whitespace()) {
        let (from, to) = (at, at + word.len());
        at = to + 1;
        let word: String = word.iter().collect();
        if word.is_empty() {
            continue;
        }
        if !plain(&word) {
            going = false;
            continue;
        }
        match runs.last_mut().filter(|_| going) {
            Some((range, words)) => {
                range.end = to;
                words.push(' ');
                words.push_str(&word);
            }
            None => runs.push((from..to, word)),
        }
        going = true;
    }
    runs.into_iter().max_by_key(|(_, words)| words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_found_among_fields() {
        let words = |text: &str| plain_words(text).map(|(at, words)| (at.start, at.end, words));
        assert_eq!(words("hapag topic:rates since:7d -podcast"), Some((0, 5, "hapag".into())));
        assert_eq!(words("is:unread Nord  Kanal -x"), Some((10, 21, "Nord Kanal".into())), "as it was typed");
        assert_eq!(words("a OR hafen \"suez canal\""), Some((5, 10, "hafen".into())));
        assert_eq!(words("topic:rates \"x y\" (a)"), None);
        assert_eq!(words(""), None);
    }
}
