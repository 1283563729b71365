//! What keys and mouse do on the log screen: the keys of the list move and go back here too.

use super::State;
use super::view::{height, rows};
use crate::command::{Key, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::{Intent, ListIntent, Motion, intent};
use crate::tui::model::Shared;
use crate::tui::route::{Go, Step};

/// Lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Takes a key; none: it is a command.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Option<Step> {
    let command = shared.settings.keymap.lookup(&[Scope::List], key)?;
    match intent(command) {
        Intent::List(ListIntent::Move(motion)) => {
            scroll(state, shared, motion);
            Some(Step::none())
        }
        Intent::List(ListIntent::Back) => {
            state.scroll = 0;
            Some(Step::go(Go::Back))
        }
        Intent::List(_)
        | Intent::Article(_)
        | Intent::Selected(_)
        | Intent::Feeds(_)
        | Intent::Page(_)
        | Intent::Story(_)
        | Intent::Why(_)
        | Intent::App(_) => None,
    }
}

fn scroll(state: &mut State, shared: &Shared, motion: Motion) {
    let page = height(shared).saturating_sub(1).max(1);
    let half = (height(shared) / 2).max(1);
    let to = match motion {
        Motion::Down => state.scroll.saturating_add(1),
        Motion::Up => state.scroll.saturating_sub(1),
        Motion::HalfDown => state.scroll.saturating_add(half),
        Motion::HalfUp => state.scroll.saturating_sub(half),
        Motion::PageDown => state.scroll.saturating_add(page),
        Motion::PageUp => state.scroll.saturating_sub(page),
        Motion::Top => 0,
        Motion::Bottom => usize::MAX,
    };
    state.scroll = to.min(rows(shared).len().saturating_sub(height(shared)));
}

/// Takes a mouse event.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let motion = match mouse.kind {
        MouseKind::WheelDown => Motion::Down,
        MouseKind::WheelUp => Motion::Up,
        MouseKind::Click => return Step::none(),
    };
    for _ in 0..NOTCH {
        scroll(state, shared, motion);
    }
    Step::none()
}

/// Asks for what is lacking: nothing, the messages are at hand.
pub fn settle(_state: &mut State, _shared: &mut Shared) -> Vec<Effect> {
    Vec::new()
}
