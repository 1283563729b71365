//! Tab in the search: names of fields and their values, the library's own among them.

use std::ops::Range;

use tui_input::Input;

use super::State;
use crate::query::{LibraryValue, complete, quote_value};
use crate::text::fold;
use crate::tui::effect::{Effect, Load};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::status::Level;

/// Several completions of one word; the selected one is in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// As they are written into the text.
    pub candidates: Vec<String>,
    /// The one that is in the text.
    pub selected: usize,
    /// Where it is, in characters.
    at: Range<usize>,
}

/// A word whose completions were asked of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The whole text as it was.
    text: String,
    /// The word, in characters.
    at: Range<usize>,
}

/// Completes the word before the cursor, or goes on to the next completion of it.
pub(super) fn next(state: &mut State, shared: &mut Shared, back: bool) -> Vec<Effect> {
    if let Some(mut menu) = state.menu.take() {
        let last = menu.candidates.len().saturating_sub(1);
        menu.selected = match (back, menu.selected) {
            (true, 0) => last,
            (true, n) => n - 1,
            (false, n) if n >= last => 0,
            (false, n) => n + 1,
        };
        choose(state, menu);
        return Vec::new();
    }
    let completion = complete(state.input.value(), state.input.cursor());
    match completion.from_library {
        Some((LibraryValue::Source, typed)) => {
            let wanted = fold(&typed);
            let names = shared.feeds.iter().map(|f| &f.feed.name).filter(|name| fold(name).contains(&wanted));
            let names = names.map(|name| quote_value(name)).collect();
            offer(state, shared, completion.replace, names);
        }
        Some((LibraryValue::Author, typed)) => {
            return ask(state, shared, completion.replace, Load::Authors(typed));
        }
        Some((LibraryValue::Entity(field), typed)) => {
            return ask(state, shared, completion.replace, Load::EntityNames(field, typed));
        }
        Some((LibraryValue::Via, typed)) => return ask(state, shared, completion.replace, Load::Vias(typed)),
        None => offer(state, shared, completion.replace, completion.candidates),
    }
    Vec::new()
}

fn ask(state: &mut State, shared: &mut Shared, at: Range<usize>, load: Load) -> Vec<Effect> {
    state.awaited = Some(Awaited { text: state.input.value().to_owned(), at });
    vec![Effect::Load(shared.requests.open(Slot::Completion), load)]
}

/// The library's completions came; they are of no use when the text has changed meanwhile.
pub(super) fn came(state: &mut State, shared: &mut Shared, values: &[String]) {
    let Some(awaited) = state.awaited.take().filter(|a| a.text == state.input.value()) else {
        return;
    };
    let values = values.iter().map(|value| quote_value(value)).collect();
    offer(state, shared, awaited.at, values);
}

/// Ends the going through completions; the one in the text stays.
pub(super) fn end(state: &mut State, shared: &mut Shared) {
    state.menu = None;
    if state.awaited.take().is_some() {
        shared.requests.forget(Slot::Completion);
    }
}

fn offer(state: &mut State, shared: &mut Shared, at: Range<usize>, mut candidates: Vec<String>) {
    candidates.dedup();
    match candidates.as_slice() {
        [] => shared.say(Level::Note, "nothing completes this"),
        [one] => {
            // After a value comes the next word, after the name of a field its value.
            let space = if one.ends_with(':') { "" } else { " " };
            let text = format!("{one}{space}");
            replace(state, at, &text);
        }
        [_, _, ..] => choose(state, Menu { candidates, selected: 0, at }),
    }
}

fn choose(state: &mut State, mut menu: Menu) {
    let Some(text) = menu.candidates.get(menu.selected) else { return };
    menu.at = replace(state, menu.at.clone(), text);
    state.menu = Some(menu);
}

/// Writes `text` in place of a part of what is typed, the cursor behind it; gives where it is now.
fn replace(state: &mut State, at: Range<usize>, text: &str) -> Range<usize> {
    let typed = state.input.value();
    let before: String = typed.chars().take(at.start).collect();
    let after: String = typed.chars().skip(at.end).collect();
    let end = before.chars().count() + text.chars().count();
    state.input = Input::new(format!("{before}{text}{after}")).with_cursor(end);
    at.start..end
}
