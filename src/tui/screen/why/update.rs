//! What keys, mouse and answers do on the page of reasons.

use ratatui::layout::Position;

use super::State;
use super::lessons::{entity_of, lesson};
use super::lines::lines;
use crate::model::ArticleId;
use crate::tui::effect::{Effect, Load};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::{Motion, PageIntent, WhyIntent};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step};
use crate::tui::status::Level;
use crate::tui::widget::outline;
use crate::tui::words;

/// The reasons of an article are to be shown.
pub fn open(state: &mut State, shared: &mut Shared, article: ArticleId) {
    shared.requests.forget(Slot::Why);
    *state = State { wanted: Some(article), ..State::default() };
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.asked {
        return Vec::new();
    }
    let Some(wanted) = state.wanted else { return Vec::new() };
    let Some(id) = shared.requests.want(Slot::Why) else { return Vec::new() };
    state.asked = true;
    vec![Effect::Load(id, Load::Why(wanted))]
}

/// Rules or labels have changed: it is asked for again when it is shown.
pub fn changed(state: &mut State) {
    state.asked = false;
}

/// The reasons came.
pub fn answer(state: &mut State, shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    let Answer::Why(why) = answer else { return Vec::new() };
    if shared.requests.take_again(Slot::Why) {
        state.asked = false;
    }
    state.gone = why.is_none();
    state.why = why.map(|why| *why);
    state.selected = state.selected.min(state.rows().len().saturating_sub(1));
    Vec::new()
}

/// Carries out what a key means.
pub fn page_intent(state: &mut State, shared: &mut Shared, intent: PageIntent) -> Step {
    match intent {
        PageIntent::Move(motion) => {
            move_by(state, shared, motion);
            Step::none()
        }
        PageIntent::Open => enter(state, shared),
        PageIntent::Back => Step::go(Go::Back),
    }
}

fn enter(state: &State, shared: &mut Shared) -> Step {
    let of = state.why.as_ref().zip(state.row()).and_then(|(why, row)| entity_of(why, row));
    if let Some(reason) = of {
        return Step::go(Go::Entity(reason.entity.id.clone()));
    }
    let words = words::lessons(shared);
    shared.say(Level::Note, &words);
    Step::none()
}

/// Carries out what can be taught.
pub fn why_intent(state: &mut State, shared: &mut Shared, intent: WhyIntent) -> Step {
    match lesson(state, intent) {
        Ok(lesson) => Step::go(Go::Teach(lesson)),
        Err(words) => {
            shared.say(Level::Note, words);
            Step::none()
        }
    }
}

fn move_by(state: &mut State, shared: &Shared, motion: Motion) {
    let height = usize::from(layout::page(shared.area).body.height);
    state.selected = outline::moved(state.selected, motion, state.rows().len(), height);
}

/// Takes a mouse event: a click selects.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    match mouse.kind {
        MouseKind::WheelDown => move_by(state, shared, Motion::Down),
        MouseKind::WheelUp => move_by(state, shared, Motion::Up),
        MouseKind::Click => {
            let area = layout::page(shared.area).body;
            let at = Position { x: mouse.column, y: mouse.row };
            if let Some(row) = outline::row_at(area, &lines(state, shared, area), state.selected, at) {
                state.selected = row;
            }
        }
    }
    Step::none()
}
