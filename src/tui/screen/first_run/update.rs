//! What keys and mouse do at the first run. Nothing is fetched before Enter.

use ratatui::layout::Position;

use super::State;
use super::view::{Line, page_lines};
use crate::command::{Key, KeyCode, Scope};
use crate::tui::effect::{Effect, Write};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::{Intent, ListIntent, Motion, intent};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, PromptKind, Step};
use crate::tui::status::Level;
use crate::tui::{layout, words};

/// Takes a key; none: it is a command.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Option<Step> {
    let step = match (key.code(), key.typed()) {
        (_, Some(' ')) => {
            toggle(state, state.cursor.selected);
            Step::none()
        }
        (_, Some('a')) => {
            let all = state.packs.iter().all(|(_, chosen)| *chosen);
            state.packs.iter_mut().for_each(|(_, chosen)| *chosen = !all);
            Step::none()
        }
        (_, Some('o')) => Step::go(Go::Prompt(PromptKind::ImportOpml)),
        (_, Some('q')) => Step::go(Go::Quit),
        (KeyCode::Enter, _) => go_on(state, shared),
        (KeyCode::Esc, _) => Step::go(Go::Back),
        _ => return movement(state, shared, key),
    };
    Some(step)
}

/// The keys of the list move here too.
fn movement(state: &mut State, shared: &Shared, key: Key) -> Option<Step> {
    let command = shared.settings.keymap.lookup(&[Scope::List], key)?;
    let Intent::List(ListIntent::Move(motion)) = intent(command) else { return None };
    state.cursor.step(motion, state.packs.len(), usize::from(layout::page(shared.area).body.height));
    Some(Step::none())
}

fn toggle(state: &mut State, n: usize) {
    if let Some((_, chosen)) = state.packs.get_mut(n) {
        *chosen = !*chosen;
    }
}

/// Writes the chosen feeds; the engine asks those that are new as soon as they are in the config.
fn go_on(state: &State, shared: &mut Shared) -> Step {
    let chosen = state.chosen();
    if chosen.is_empty() {
        if shared.feeds.is_empty() {
            shared.say(Level::Note, "no desk is chosen yet: Space chooses one, Esc starts without");
            return Step::none();
        }
        return Step::go(Go::Back);
    }
    if shared.read_only {
        shared.say(Level::Error, words::READ_ONLY);
        return Step::none();
    }
    let id = shared.requests.open(Slot::Action);
    shared.status.poll_asked = true;
    Step { effects: vec![Effect::Write(id, Write::AddFeeds(chosen))], go: Some(Go::Back) }
}

/// Pasted text becomes the address of a feed to add, when it can be one.
pub fn on_paste(text: &str) -> Step {
    let text = text.trim();
    let address = !text.is_empty() && !text.contains(char::is_whitespace) && text.contains(['.', ':']);
    if address { Step::go(Go::Prompt(PromptKind::AddFeed)) } else { Step::none() }
}

/// Takes a mouse event: a click on a desk chooses it or not.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let body = layout::page(shared.area).body;
    match mouse.kind {
        MouseKind::Click if body.contains(Position { x: mouse.column, y: mouse.row }) => {
            let line = usize::from(mouse.row - body.y);
            if let Some(Line::Pack(n)) = page_lines(state, shared).get(line) {
                state.cursor.selected = *n;
                toggle(state, *n);
            }
        }
        MouseKind::Click => {}
        MouseKind::WheelDown => state.cursor.step(Motion::Down, state.packs.len(), usize::from(body.height)),
        MouseKind::WheelUp => state.cursor.step(Motion::Up, state.packs.len(), usize::from(body.height)),
    }
    Step::none()
}

/// Asks for what is lacking: nothing, the packs are at hand.
pub fn settle(_state: &mut State, _shared: &mut Shared) -> Vec<Effect> {
    Vec::new()
}
