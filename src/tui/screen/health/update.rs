//! What keys and answers do on the health screen.

use super::State;
use crate::tui::effect::{Effect, Load};
use crate::tui::event::{Answer, Mouse};
use crate::tui::intent::FeedsIntent;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step};

/// Carries out what a key means.
pub fn feeds_intent(_state: &mut State, _shared: &mut Shared, _intent: FeedsIntent) -> Step {
    Step::go(Go::Back)
}

/// The health came.
pub fn answer(state: &mut State, _shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    if let Answer::Health(feeds) = answer {
        state.feeds = Some(feeds);
    }
    Vec::new()
}

/// The feeds or their facts have changed: what is shown is asked for again.
pub fn changed(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.feeds.is_none() {
        return Vec::new();
    }
    shared.requests.want(Slot::Health).map(|id| Effect::Load(id, Load::Health)).into_iter().collect()
}

/// Takes a mouse event.
pub fn mouse(_state: &mut State, _shared: &mut Shared, _mouse: Mouse) -> Step {
    Step::none()
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.feeds.is_some() || shared.requests.is_open(Slot::Health) {
        return Vec::new();
    }
    vec![Effect::Load(shared.requests.open(Slot::Health), Load::Health)]
}
