//! What the keys and the mouse do on the desk.

use ratatui::layout::Position;

use super::State;
use crate::command::{CommandId, Key, KeyCode};
use crate::model::TopicId;
use crate::query::Scope;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::ListIntent;
use crate::tui::model::Shared;
use crate::tui::route::{Go, PickerKind, Step};
use crate::tui::screen::desk::view::bar_columns;
use crate::tui::status::Level;
use crate::tui::widget::topic_bar;
use crate::tui::words;

/// Carries out what a key of the list means. `key` is the key itself, where there was one.
pub fn list_intent(state: &mut State, shared: &mut Shared, intent: ListIntent, key: Option<Key>) -> Step {
    let browse = &mut state.browse;
    match intent {
        ListIntent::Move(motion) => browse.move_by(shared, motion).into(),
        ListIntent::Open => browse.open(shared).into(),
        ListIntent::ReadNext => browse.read_next(shared).into(),
        ListIntent::Unread(direction) => browse.go_unread(shared, direction, false).into(),
        ListIntent::MarkAllRead => browse.mark_all_read(shared).into(),
        ListIntent::ToggleShown => browse.toggle_shown(shared).into(),
        ListIntent::Order => browse.next_order(shared).into(),
        ListIntent::ShowNew => browse.show_new(shared).into(),
        ListIntent::Focus => {
            browse.toggle_focus(shared);
            Step::none()
        }
        ListIntent::Stories => browse.toggle_stories(shared).into(),
        ListIntent::Covered => browse.show(shared, Scope::Covered).into(),
        ListIntent::All => browse.show(shared, Scope::All).into(),
        ListIntent::Topic(number) => match TopicId::from_index(number.wrapping_sub(1)) {
            Some(topic) if browse.list.scope == Scope::Topic(topic) => browse.show(shared, Scope::All).into(),
            Some(topic) => browse.show(shared, Scope::Topic(topic)).into(),
            None => Step::none(),
        },
        ListIntent::AddTopic(number) => match TopicId::from_index(number.wrapping_sub(1)) {
            Some(topic) => {
                let scope = with_or_without(&browse.list.scope, topic);
                browse.show(shared, scope).into()
            }
            None => Step::none(),
        },
        ListIntent::Topics => Step::go(Go::Pick(PickerKind::Topics)),
        ListIntent::Feeds => Step::go(Go::Pick(PickerKind::Feeds)),
        ListIntent::Saved => browse.show(shared, Scope::Saved).into(),
        ListIntent::Back => back(state, shared, key),
    }
}

/// The topics of a scope with one more, or without it when it is one of them.
fn with_or_without(scope: &Scope, topic: TopicId) -> Scope {
    let mut topics = match scope {
        Scope::Topic(one) => vec![*one],
        Scope::Topics(several) => several.clone(),
        Scope::All
        | Scope::Entity(_)
        | Scope::Covered
        | Scope::OffTopic
        | Scope::Feed(_)
        | Scope::Saved
        | Scope::Search(_) => Vec::new(),
    };
    match topics.iter().position(|other| *other == topic) {
        Some(n) => {
            topics.remove(n);
        }
        None => topics.push(topic),
    }
    words::topics_scope(topics)
}

/// Back: out of the article, then out of a scope to everything, then out of the program; the last only by a key like
/// `q`, not by one that is pressed once too often (Esc, h, an arrow).
pub fn back(state: &mut State, shared: &mut Shared, key: Option<Key>) -> Step {
    if state.browse.close_article() {
        return Step::none();
    }
    if state.browse.list.scope != Scope::All {
        return state.browse.show(shared, Scope::All).into();
    }
    let careless = [KeyCode::Esc, KeyCode::Left, KeyCode::Backspace, KeyCode::Char('h')];
    if key.is_some_and(|k| careless.contains(&k.code())) {
        let keys = shared.settings.keymap.keys_of(CommandId::ListBack);
        let quits = keys.iter().find(|k| !careless.contains(&k.code())).copied();
        let quits = quits.map_or_else(|| shared.key(CommandId::AppQuit), |key| key.to_string());
        shared.say(Level::Note, &format!("this is the top; {quits} quits"));
        return Step::none();
    }
    Step::go(Go::Quit)
}

/// Takes a mouse event.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let panes = state.browse.panes(shared);
    let on_bar = panes.bar.contains(Position { x: mouse.column, y: mouse.row });
    if !on_bar || state.browse.full || mouse.kind != MouseKind::Click {
        return state.browse.mouse(shared, mouse).into();
    }
    let column = usize::from(mouse.column - panes.bar.x);
    let bar = topic_bar::bar(shared, &state.browse.list, bar_columns(&state.browse, shared));
    match bar.entries.into_iter().find(|e| e.columns.contains(&column)) {
        Some(topic_bar::Entry { scope: Some(scope), .. }) => state.browse.show(shared, scope).into(),
        Some(_) => Step::go(Go::Pick(PickerKind::Topics)),
        // Beyond the entries is the pill.
        None if state.browse.list.newer > 0 && column >= bar_columns(&state.browse, shared) => {
            state.browse.show_new(shared).into()
        }
        None => Step::none(),
    }
}
