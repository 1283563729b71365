//! What keys, mouse and answers do on the health screen.

use ratatui::layout::Position;

use super::State;
use super::state::regions;
use crate::engine::{FeedEdit, PollRequest};
use crate::model::FeedId;
use crate::query::Scope;
use crate::tui::effect::{Effect, Load, Write};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::{FeedsIntent, Motion};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, PromptKind, Step};
use crate::tui::status::Level;
use crate::tui::words;

/// Carries out what a key means.
pub fn feeds_intent(state: &mut State, shared: &mut Shared, intent: FeedsIntent) -> Step {
    match intent {
        FeedsIntent::Move(motion) => {
            move_by(state, shared, motion);
            Step::none()
        }
        FeedsIntent::Add => Step::go(Go::Prompt(PromptKind::AddFeed)),
        FeedsIntent::Back => {
            // What is shown may be old when the user comes again.
            state.asked = false;
            Step::go(Go::Back)
        }
        FeedsIntent::Open
        | FeedsIntent::Rename
        | FeedsIntent::Readdress
        | FeedsIntent::Mute
        | FeedsIntent::Remove
        | FeedsIntent::Poll
        | FeedsIntent::Force
        | FeedsIntent::Copy => of_the_selected(state, shared, intent),
    }
}

fn of_the_selected(state: &mut State, shared: &mut Shared, intent: FeedsIntent) -> Step {
    let Some(selected) = state.selected() else {
        shared.say(Level::Note, "no feed is selected");
        return Step::none();
    };
    let feed = &selected.status.feed;
    let (id, enabled) = (feed.id, feed.enabled);
    match intent {
        FeedsIntent::Rename => Step::go(Go::Prompt(PromptKind::RenameFeed(id, feed.name.clone()))),
        FeedsIntent::Readdress => {
            let address = selected.offered.as_ref().unwrap_or(&selected.address).clone();
            Step::go(Go::Prompt(PromptKind::MoveFeed(id, feed.name.clone(), address)))
        }
        FeedsIntent::Mute => edit(shared, FeedEdit::Enable(id, !enabled)),
        FeedsIntent::Remove => edit(shared, FeedEdit::Remove(id)),
        FeedsIntent::Poll => poll(shared, id, enabled, PollRequest::Feed(id)),
        FeedsIntent::Force => poll(shared, id, enabled, PollRequest::ForceFeed(id)),
        FeedsIntent::Copy => {
            let address = selected.address.clone();
            shared.say(Level::Good, &format!("copied: {address}"));
            Step::effect(Effect::Copy(address))
        }
        FeedsIntent::Open => {
            state.asked = false;
            Step::go(Go::Desk(Scope::Feed(id)))
        }
        FeedsIntent::Move(_) | FeedsIntent::Add | FeedsIntent::Back => Step::none(),
    }
}

fn edit(shared: &mut Shared, edit: FeedEdit) -> Step {
    if shared.read_only {
        shared.say(Level::Error, words::READ_ONLY);
        return Step::none();
    }
    Step::effect(Effect::Write(shared.requests.open(Slot::Action), Write::EditFeed(edit)))
}

fn poll(shared: &mut Shared, id: FeedId, enabled: bool, request: PollRequest) -> Step {
    if !enabled {
        shared.say(Level::Note, "this feed is muted; unmute it first");
        return Step::none();
    }
    let name = shared.feeds.iter().find(|f| f.feed.id == id).map(|f| f.feed.name.clone());
    shared.say(Level::Note, &format!("asking {}", name.as_deref().unwrap_or("the feed")));
    shared.status.poll_asked = true;
    Step::effect(Effect::Poll(request))
}

fn move_by(state: &mut State, shared: &Shared, motion: Motion) {
    let height = usize::from(regions(shared).list.height);
    let rows = state.feeds().len();
    state.cursor.step(motion, rows, height);
}

/// The health came; the cursor stays on its feed, wherever that is now.
pub fn answer(state: &mut State, shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    if let Answer::Health(mut feeds) = answer {
        // What is polled comes before what is only there to be unmuted; otherwise in the order of the config.
        feeds.sort_by_key(|feed| !feed.status.feed.enabled);
        let kept = state.selected().map(|f| f.status.feed.id);
        if let Some(place) = kept.and_then(|id| feeds.iter().position(|f| f.status.feed.id == id)) {
            state.cursor.selected = place;
        }
        state.feeds = Some(feeds);
    }
    if shared.requests.take_again(Slot::Health) { ask(shared) } else { Vec::new() }
}

/// The feeds or their facts have changed: what is shown is asked for again.
pub fn changed(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    if state.asked { ask(shared) } else { Vec::new() }
}

fn ask(shared: &mut Shared) -> Vec<Effect> {
    shared.requests.want(Slot::Health).map(|id| Effect::Load(id, Load::Health)).into_iter().collect()
}

/// Takes a mouse event: a click selects, one on the selected feed opens it.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let list = regions(shared).list;
    match mouse.kind {
        MouseKind::WheelDown => move_by(state, shared, Motion::Down),
        MouseKind::WheelUp => move_by(state, shared, Motion::Up),
        MouseKind::Click if list.contains(Position { x: mouse.column, y: mouse.row }) => {
            let row = state.cursor.offset + usize::from(mouse.row - list.y);
            if row >= state.feeds().len() {
                return Step::none();
            }
            if row == state.cursor.selected {
                return feeds_intent(state, shared, FeedsIntent::Open);
            }
            state.cursor.selected = row;
        }
        MouseKind::Click => {}
    }
    Step::none()
}

/// Asks for what is lacking, once: when it cannot be had, a message has told why.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let height = usize::from(regions(shared).list.height);
    let rows = state.feeds().len();
    state.cursor.settle(rows, height);
    if std::mem::replace(&mut state.asked, true) { Vec::new() } else { ask(shared) }
}
