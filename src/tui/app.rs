//! What concerns no screen alone: going from screen to screen, overlays, undo, polls, the terminal.

use super::browse::act::browse_to;
use super::effect::{Effect, Load, Write};
use super::intent::AppIntent;
use super::model::Model;
use super::overlay::{Overlay, help, palette, picker, preview, prompt};
use super::request::Slot;
use super::route::{Choice, Go, PromptKind, Route, Step};
use super::screen::{entity, search, story, why};
use super::status::Level;
use super::{attached_files, notes, update, words};
use crate::engine::PollRequest;
use crate::query::Scope;

/// Carries out a command of the desk as a whole.
pub(super) fn run(model: &mut Model, intent: AppIntent) -> Vec<Effect> {
    match intent {
        AppIntent::Help => {
            model.overlay = Some(Overlay::Help(help::State::new(update::chain(model))));
            Vec::new()
        }
        AppIntent::Palette => {
            model.overlay = Some(Overlay::Palette(palette::State::new(update::chain(model))));
            Vec::new()
        }
        AppIntent::Search => {
            let effects = search::open(&mut model.search, &mut model.shared);
            go_to(model, Route::Search);
            effects
        }
        AppIntent::Poll => {
            model.shared.status.poll_asked = true;
            vec![Effect::Poll(PollRequest::Now)]
        }
        AppIntent::Undo => write(model, Write::Undo),
        AppIntent::Redo => write(model, Write::Redo),
        AppIntent::Health => {
            go_to(model, Route::Health);
            Vec::new()
        }
        AppIntent::Log => {
            go_to(model, Route::Log);
            Vec::new()
        }
        AppIntent::AddFeed => follow(model, Step::go(Go::Prompt(PromptKind::AddFeed))),
        AppIntent::Import => follow(model, Step::go(Go::Prompt(PromptKind::ImportOpml))),
        AppIntent::EditConfig => vec![Effect::EditConfig],
        AppIntent::Theme => {
            let name = model.shared.settings.next_theme().to_owned();
            model.shared.say(Level::Good, &format!("theme: {name}"));
            Vec::new()
        }
        AppIntent::Suspend => vec![Effect::Suspend],
        AppIntent::Redraw => vec![Effect::Redraw],
        AppIntent::Quit => vec![Effect::Quit],
    }
}

fn write(model: &mut Model, write: Write) -> Vec<Effect> {
    if model.shared.read_only {
        model.shared.say(Level::Error, words::READ_ONLY);
        return Vec::new();
    }
    let id = model.shared.requests.open(Slot::Action);
    vec![Effect::Write(id, write)]
}

/// Shows a screen; one that is open already comes forward with what lay on it gone.
fn go_to(model: &mut Model, route: Route) {
    match model.routes.iter().position(|r| *r == route) {
        Some(n) => model.routes.truncate(n + 1),
        None => model.routes.push(route),
    }
}

/// Carries out what a step leads to.
pub(super) fn follow(model: &mut Model, step: Step) -> Vec<Effect> {
    let mut effects = step.effects;
    let Some(go) = step.go else {
        return effects;
    };
    match go {
        Go::To(route) => {
            model.overlay = None;
            go_to(model, route);
        }
        Go::Back if model.routes.len() > 1 => {
            model.routes.pop();
        }
        Go::Back | Go::Quit => effects.push(Effect::Quit),
        Go::Desk(scope) => {
            model.overlay = None;
            model.routes.truncate(1);
            effects.extend(model.desk.browse.show(&mut model.shared, scope));
        }
        Go::CloseOverlay => model.overlay = None,
        Go::Run(command) => {
            model.overlay = None;
            effects.extend(update::run(model, command, None));
        }
        Go::Story(aim) => {
            let from_here = model.route() == Route::Story;
            effects.extend(story::open(&mut model.story, &mut model.shared, aim, from_here));
            model.overlay = None;
            go_to(model, Route::Story);
        }
        Go::Entity(id) => {
            let from_here = model.route() == Route::Entity;
            entity::open(&mut model.entity, &mut model.shared, id, from_here);
            model.overlay = None;
            go_to(model, Route::Entity);
        }
        Go::Why(article) => {
            why::open(&mut model.why, &mut model.shared, article);
            go_to(model, Route::Why);
        }
        Go::Teach(lesson) => {
            let id = model.shared.requests.open(Slot::Preview);
            model.overlay = Some(Overlay::Preview(preview::State::new(lesson.clone())));
            effects.push(Effect::Load(id, Load::Preview(lesson)));
        }
        Go::Chosen(choice) => {
            model.overlay = None;
            effects.extend(chosen(model, choice));
        }
        Go::Note(noted) => effects.extend(notes::open(model, noted)),
        Go::Files(article, files) => effects.extend(attached_files::open(model, article, files)),
        Go::Prompt(kind) => model.overlay = Some(Overlay::Prompt(prompt::State::new(kind))),
        Go::Pick(kind) => {
            let rows = model.desk.browse.list.rows;
            model.overlay = Some(Overlay::Picker(picker::State::new(&model.shared, rows, kind)));
        }
    }
    effects
}

fn chosen(model: &mut Model, choice: Choice) -> Vec<Effect> {
    let scope = match choice {
        Choice::All => Scope::All,
        Choice::Topic(topic) => Scope::Topic(topic),
        Choice::Several(topics) => words::topics_scope(topics),
        Choice::OffTopic => Scope::OffTopic,
        Choice::Covered => Scope::Covered,
        Choice::Entity(id) => return follow(model, Step::go(Go::Entity(id))),
        Choice::Story(aim) => return follow(model, Step::go(Go::Story(aim))),
        Choice::Feed(feed) => Scope::Feed(feed),
        Choice::Link(url) => return browse_to(&mut model.shared, url).effects,
        Choice::AddFeed(address) => return write(model, Write::AddFeed { address, name: None }),
    };
    follow(model, Step::go(Go::Desk(scope)))
}
