//! What keys, mouse and answers do on the page of an entity.

use ratatui::layout::Position;

use super::State;
use super::lines::lines;
use super::state::Row;
use crate::query::Scope;
use crate::tui::effect::{Effect, Load};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::{Motion, PageIntent};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step, StoryAim};
use crate::tui::widget::outline;

/// An entity is to be shown; `from_here`: the user comes from another entity's page, and goes back to it.
pub fn open(state: &mut State, shared: &mut Shared, id: String, from_here: bool) {
    let mut trail = std::mem::take(&mut state.trail);
    match state.wanted.take() {
        Some(before) if from_here => trail.push((before, state.selected)),
        Some(_) | None => trail.clear(),
    }
    show(state, shared, id, 0);
    state.trail = trail;
}

fn show(state: &mut State, shared: &mut Shared, id: String, selected: usize) {
    shared.requests.forget(Slot::EntityPage);
    *state = State { wanted: Some(id), selected, ..State::default() };
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.asked {
        return Vec::new();
    }
    let Some(wanted) = state.wanted.clone() else { return Vec::new() };
    let Some(id) = shared.requests.want(Slot::EntityPage) else { return Vec::new() };
    state.asked = true;
    vec![Effect::Load(id, Load::Entity(wanted))]
}

/// Marks or labels have changed: it is asked for again when it is shown.
pub fn changed(state: &mut State) {
    state.asked = false;
}

/// The page came.
pub fn answer(state: &mut State, shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    let Answer::Entity(page) = answer else { return Vec::new() };
    if shared.requests.take_again(Slot::EntityPage) {
        state.asked = false;
    }
    state.missing = page.is_none();
    if let Some(page) = &page {
        let entity = &page.entry.entity;
        shared.names.insert(entity.id.clone(), entity.name.clone());
    }
    state.page = page.map(|page| *page);
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
        PageIntent::Open => enter(state),
        PageIntent::Back => match state.trail.pop() {
            Some((before, selected)) => {
                let trail = std::mem::take(&mut state.trail);
                show(state, shared, before, selected);
                state.trail = trail;
                Step::none()
            }
            None => Step::go(Go::Back),
        },
    }
}

fn enter(state: &State) -> Step {
    let (Some(page), Some(row)) = (&state.page, state.rows().get(state.selected).copied()) else {
        return Step::none();
    };
    match row {
        Row::Articles => Step::go(Go::Desk(Scope::Entity(page.entry.entity.id.clone()))),
        Row::With(n) => page.with.get(n).map_or_else(Step::none, |(with, _)| Step::go(Go::Entity(with.id.clone()))),
        Row::Story(n) => page.stories.get(n).map_or_else(Step::none, |lead| {
            Step::go(Go::Story(StoryAim { story: lead.story, article: Some(lead.id), open: true }))
        }),
    }
}

fn move_by(state: &mut State, shared: &Shared, motion: Motion) {
    let height = usize::from(layout::page(shared.area).body.height);
    state.selected = outline::moved(state.selected, motion, state.rows().len(), height);
}

/// Takes a mouse event: a click selects, one on the selected row opens it.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    match mouse.kind {
        MouseKind::WheelDown => move_by(state, shared, Motion::Down),
        MouseKind::WheelUp => move_by(state, shared, Motion::Up),
        MouseKind::Click => {
            let area = layout::page(shared.area).body;
            let at = Position { x: mouse.column, y: mouse.row };
            match outline::row_at(area, &lines(state, shared, area), state.selected, at) {
                Some(row) if row == state.selected => return enter(state),
                Some(row) => state.selected = row,
                None => {}
            }
        }
    }
    Step::none()
}
