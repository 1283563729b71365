//! What keys and answers do in the search. Each key that changes the query asks anew; answers to older ones are stale.

use ratatui::layout::Position;
use tui_input::Input;

use super::State;
use super::{completion, suggestion};
use crate::command::{Key, KeyCode};
use crate::model::TopicId;
use crate::query::{self, Query, Rows, Scope};
use crate::text::tokens;
use crate::tui::browse::{Browse, Owner, Phase};
use crate::tui::effect::Effect;
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::{ListIntent, Motion};
use crate::tui::model::Shared;
use crate::tui::request::BrowseSlot;
use crate::tui::route::{Go, PickerKind, Step};
use crate::tui::times;
use crate::tui::widget::input;

/// The search is shown, its last query with it, brought up to date.
pub fn open(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    state.typing = true;
    state.browse.leave_zen();
    completion::end(state, shared);
    if state.is_searching() {
        let keep = state.browse.list.current().cloned();
        return state.browse.query(shared, keep);
    }
    Vec::new()
}

/// Takes a key while something is typed; none: it is a command.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Option<Step> {
    if !state.typing {
        return None;
    }
    let shifted = key == Key::new(KeyCode::Tab, false, false, true);
    let step = match key.code() {
        KeyCode::Esc => clear_or_close(state, shared),
        KeyCode::Enter => to_the_hits(state, shared),
        KeyCode::Tab => {
            let accepted = state.menu.is_none() && suggestion::accept(state);
            let mut effects = if accepted { Vec::new() } else { completion::next(state, shared, shifted) };
            effects.extend(ask(state, shared));
            effects.into()
        }
        KeyCode::Down => state.browse.move_by(shared, Motion::Down).into(),
        KeyCode::Up => state.browse.move_by(shared, Motion::Up).into(),
        KeyCode::PageDown => state.browse.move_by(shared, Motion::PageDown).into(),
        KeyCode::PageUp => state.browse.move_by(shared, Motion::PageUp).into(),
        _ if input::edit(&mut state.input, key) => {
            completion::end(state, shared);
            ask(state, shared).into()
        }
        _ => return None,
    };
    Some(step)
}

fn clear_or_close(state: &mut State, shared: &mut Shared) -> Step {
    if state.menu.is_some() {
        completion::end(state, shared);
        return Step::none();
    }
    if state.input.value().is_empty() {
        return Step::go(Go::Back);
    }
    state.input = Input::default();
    completion::end(state, shared);
    ask(state, shared).into()
}

/// The keys go to the hits from now on, unless there is nothing to go to.
fn to_the_hits(state: &mut State, shared: &mut Shared) -> Step {
    if state.menu.is_some() {
        completion::end(state, shared);
        return Step::none();
    }
    // An end that may be unfinished while it is typed is a fault once it is done.
    state.error = query::parse(state.input.value(), today(shared)).err();
    let nothing = state.browse.list.phase == Phase::Ready && state.browse.list.window.rows().is_empty();
    state.typing = state.error.is_some() || !state.is_searching() || nothing;
    Step::none()
}

fn today(shared: &Shared) -> jiff::civil::Date {
    times::day(shared.now, &shared.zone)
}

/// Asks for what is typed, if that is something else than what was asked for before.
fn ask(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let mut effects = suggestion::ask(state, shared);
    effects.extend(ask_hits(state, shared));
    effects
}

fn ask_hits(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let query = match query::parse_unfinished(state.input.value(), today(shared)) {
        Ok(query) => query,
        Err(error) => {
            state.error = Some(error);
            return Vec::new();
        }
    };
    state.error = None;
    if query == Query::All {
        return forget(state, shared);
    }
    let terms = query.terms();
    state.browse.hits = terms.iter().flat_map(|term| &term.words).flat_map(|word| tokens(word)).collect();
    let scope = Scope::Search(query);
    if state.browse.list.scope == scope && !matches!(state.browse.list.phase, Phase::Failed(_)) {
        return Vec::new();
    }
    state.browse.show(shared, scope)
}

/// Nothing is searched for any more: what was found goes, and what is under way is stale.
fn forget(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let effects = state.browse.leave(shared);
    let list = &state.browse.list;
    let (order, unread_only) = (list.order, list.unread_only);
    for slot in [
        BrowseSlot::Window,
        BrowseSlot::After,
        BrowseSlot::Before,
        BrowseSlot::Seek,
        BrowseSlot::Total,
        BrowseSlot::Newer,
        BrowseSlot::Refresh,
        BrowseSlot::Article,
        BrowseSlot::Company,
    ] {
        shared.requests.forget(state.browse.slot(slot));
    }
    state.browse = Browse::new(Owner::Search, Scope::All, Rows::Articles, order, unread_only);
    effects
}

/// Takes pasted text.
pub fn on_paste(state: &mut State, shared: &mut Shared, text: &str) -> Step {
    if !state.typing {
        return Step::none();
    }
    input::paste(&mut state.input, text);
    completion::end(state, shared);
    ask(state, shared).into()
}

/// Carries out what a key of the list means among the hits.
pub fn list_intent(state: &mut State, shared: &mut Shared, intent: ListIntent) -> Step {
    let browse = &mut state.browse;
    match intent {
        ListIntent::Move(motion) => browse.move_by(shared, motion).into(),
        ListIntent::Open => browse.open(shared).into(),
        ListIntent::ReadNext => browse.read_next(shared).into(),
        ListIntent::Unread(direction) => browse.go_hit(shared, direction, false).into(),
        ListIntent::MarkAllRead => browse.mark_all_read(shared).into(),
        ListIntent::ToggleShown => browse.toggle_shown(shared).into(),
        ListIntent::Order => browse.next_order(shared).into(),
        ListIntent::ShowNew => browse.show_new(shared).into(),
        ListIntent::Focus => {
            browse.toggle_focus(shared);
            Step::none()
        }
        ListIntent::Back => {
            if browse.close_article() {
                return Step::none();
            }
            Step::go(Go::Back)
        }
        ListIntent::Stories => browse.toggle_stories(shared).into(),
        ListIntent::Covered => Step::go(Go::Desk(Scope::Covered)),
        ListIntent::All => Step::go(Go::Desk(Scope::All)),
        ListIntent::Topic(number) | ListIntent::AddTopic(number) => match TopicId::from_index(number.wrapping_sub(1)) {
            Some(topic) => Step::go(Go::Desk(Scope::Topic(topic))),
            None => Step::none(),
        },
        ListIntent::Saved => Step::go(Go::Desk(Scope::Saved)),
        ListIntent::Topics => Step::go(Go::Pick(PickerKind::Topics)),
        ListIntent::Feeds => Step::go(Go::Pick(PickerKind::Feeds)),
    }
}

/// Completions came.
pub fn completed(state: &mut State, shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    if let Answer::Completions(values) = answer {
        completion::came(state, shared, &values);
    }
    ask(state, shared)
}

/// It is known whom the words may mean.
pub fn suggested(state: &mut State, answer: Answer) -> Vec<Effect> {
    suggestion::came(state, answer);
    Vec::new()
}

/// Takes a mouse event: a click on the query types on, one on a hit goes there.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let panes = state.browse.panes(shared);
    let at = Position { x: mouse.column, y: mouse.row };
    if mouse.kind == MouseKind::Click && panes.bar.contains(at) {
        state.typing = true;
        return Step::none();
    }
    if !state.is_searching() {
        return Step::none();
    }
    if mouse.kind == MouseKind::Click && (panes.list.contains(at) || panes.article.contains(at)) {
        completion::end(state, shared);
        state.typing = state.browse.list.window.rows().is_empty();
    }
    state.browse.mouse(shared, mouse).into()
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.is_searching() { state.browse.settle(shared) } else { Vec::new() }
}
