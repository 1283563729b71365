//! The one way the model changes: an event in, effects out. This file only routes; screens and overlays do the work.

use ratatui::layout::Rect;

use super::browse::{Browse, Focus};
use super::effect::Effect;
use super::event::{Answer, Event, Mouse};
use super::intent::{Intent, intent};
use super::layout;
use super::model::Model;
use super::request::{RequestId, Slot};
use super::route::{Route, Step};
use super::screen::{desk, entity, first_run, health, log, search, story, why};
use super::status::Level;
use super::{answers, app, attached_files, notes, notices, overlay, words};
use crate::command::{
    self, ARTICLE_CHAIN, CommandId, ENTITY_CHAIN, FEEDS_CHAIN, Key, KeyCode, LIST_CHAIN, STORY_CHAIN, Scope, WHY_CHAIN,
};
use crate::engine::Notice;

/// Keys that count on screens that have none of their own.
const BARE_CHAIN: &[Scope] = &[Scope::Everywhere];

/// Changes the model by an event; gives what shall be done.
#[must_use]
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    if matches!(event, Event::Key(_) | Event::Paste(_) | Event::Mouse(_)) {
        model.desk.browse.touched();
    }
    // Polls that are done are counted in the status line, which nothing else depends on: a round may have thousands of them.
    let is_settled = matches!(&event, Event::Notice(notice) if matches!(**notice, Notice::FeedPolled(_)));
    let mut effects = match event {
        Event::Key(key) => on_key(model, key),
        Event::Paste(text) => on_paste(model, &text),
        Event::Mouse(mouse) => on_mouse(model, mouse),
        Event::Resized { columns, rows } => {
            model.shared.area = Rect::new(0, 0, columns, rows);
            Vec::new()
        }
        Event::Tick(now) => {
            model.shared.now = now;
            Vec::new()
        }
        Event::Notice(notice) => notices::take(model, *notice),
        Event::Loaded(id, answer) => on_answer(model, id, *answer),
        Event::Failed(id, error) => on_failure(model, id, &error),
        Event::Reconfigured(settings) => {
            if settings.ui.picture_protocol != model.shared.settings.ui.picture_protocol {
                model.shared.pictures.forget_canvas();
            }
            if settings.ui.measure != model.shared.settings.ui.measure {
                model.shared.own_measure = None;
            }
            model.shared.settings = *settings;
            Vec::new()
        }
        Event::Picture { url, outcome } => {
            model.shared.pictures.came(&url, outcome.as_ref().ok().copied());
            if let Err(why) = outcome {
                model.shared.say(Level::Error, &words::picture_failed(&url, &why));
            }
            Vec::new()
        }
        Event::Canvas(canvas) => {
            model.shared.pictures.set_canvas(canvas);
            if let Some(words) = words::terminal_without_pictures(&model.shared) {
                model.shared.say(Level::Note, &words);
            }
            Vec::new()
        }
        Event::NoteEdited(outcome) => {
            notes::edited(model, outcome);
            Vec::new()
        }
        Event::Trouble(words) => {
            model.shared.say(Level::Error, &words);
            Vec::new()
        }
    };
    if !is_settled {
        effects.extend(settle(model));
    }
    effects
}

/// Lets the screen shown ask for what it lacks.
pub(super) fn settle(model: &mut Model) -> Vec<Effect> {
    if layout::is_too_small(model.shared.area) {
        return Vec::new();
    }
    let mut effects = leave_closed(model);
    effects.extend(settle_shown(model));
    effects
}

/// Screens that were closed leave their articles.
fn leave_closed(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (route, browse) in [(Route::Search, &mut model.search.browse), (Route::Story, &mut model.story.browse)] {
        if !model.routes.contains(&route) {
            effects.extend(browse.leave(&mut model.shared));
        }
    }
    effects
}

/// The desk ends: what is still to be written.
#[must_use]
pub fn leave(model: &mut Model) -> Vec<Effect> {
    let mut effects = notes::leave(model);
    for browse in [&mut model.desk.browse, &mut model.search.browse, &mut model.story.browse] {
        effects.extend(browse.leave(&mut model.shared));
    }
    effects
}

fn settle_shown(model: &mut Model) -> Vec<Effect> {
    match model.route() {
        Route::Desk => {
            let mut effects = Vec::new();
            if std::mem::take(&mut model.desk.stale) {
                effects = model.desk.browse.query_again(&mut model.shared);
            }
            effects.extend(model.desk.browse.settle(&mut model.shared));
            effects
        }
        Route::Search => search::settle(&mut model.search, &mut model.shared),
        Route::Story => story::settle(&mut model.story, &mut model.shared),
        Route::Entity => entity::settle(&mut model.entity, &mut model.shared),
        Route::Why => why::settle(&mut model.why, &mut model.shared),
        Route::Health => health::settle(&mut model.health, &mut model.shared),
        Route::Log => log::settle(&mut model.log, &mut model.shared),
        Route::FirstRun => first_run::settle(&mut model.first_run, &mut model.shared),
    }
}

/// Whose keys count where the user is.
#[must_use]
pub fn chain(model: &Model) -> &'static [Scope] {
    let of_browse = |browse: &Browse| if browse.focus == Focus::Article { ARTICLE_CHAIN } else { LIST_CHAIN };
    match model.route() {
        Route::Desk => of_browse(&model.desk.browse),
        Route::Search => of_browse(&model.search.browse),
        Route::Story if model.story.browse.focus == Focus::Article => ARTICLE_CHAIN,
        Route::Story => STORY_CHAIN,
        Route::Entity => ENTITY_CHAIN,
        Route::Why => WHY_CHAIN,
        Route::Health => FEEDS_CHAIN,
        Route::Log | Route::FirstRun => BARE_CHAIN,
    }
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let shared = &mut model.shared;
    if let Some(overlay) = &mut model.overlay {
        let step = overlay::on_key(overlay, shared, key);
        return app::follow(model, step);
    }
    // A screen on which something is typed takes the keys first.
    let taken = match model.routes.last() {
        Some(Route::Search) => search::on_key(&mut model.search, shared, key),
        Some(Route::FirstRun) => first_run::on_key(&mut model.first_run, shared, key),
        Some(Route::Log) => log::on_key(&mut model.log, shared, key),
        Some(Route::Desk | Route::Story | Route::Entity | Route::Why | Route::Health) | None => None,
    };
    let taken = taken.or_else(|| {
        reader(&model.routes, &mut model.desk, &mut model.search, &mut model.story)?.article_key(shared, key)
    });
    if let Some(step) = taken {
        return app::follow(model, step);
    }
    if key.code() == KeyCode::Esc && model.shared.joining.take().is_some() {
        model.shared.say(Level::Note, "nothing was joined");
        return Vec::new();
    }
    if let Some(command) = model.shared.settings.keymap.lookup(chain(model), key) {
        return run(model, command, Some(key));
    }
    if let Some(words) = command::explain_unbound(key) {
        model.shared.say(Level::Note, words);
    }
    Vec::new()
}

/// The list with its article that the keys go to.
fn reader<'a>(
    routes: &[Route],
    desk: &'a mut desk::State,
    search: &'a mut search::State,
    story: &'a mut story::State,
) -> Option<&'a mut Browse> {
    match routes.last()? {
        Route::Desk => Some(&mut desk.browse),
        Route::Search => Some(&mut search.browse),
        Route::Story => Some(&mut story.browse),
        Route::Entity | Route::Why | Route::Health | Route::Log | Route::FirstRun => None,
    }
}

/// Carries out a command, by key or from the palette.
pub(super) fn run(model: &mut Model, command: CommandId, key: Option<Key>) -> Vec<Effect> {
    let shared = &mut model.shared;
    let route = model.routes.last().copied().unwrap_or(Route::Desk);
    let step = match (intent(command), route) {
        (Intent::App(intent), _) => return app::run(model, intent),
        (Intent::List(intent), Route::Desk) => desk::list_intent(&mut model.desk, shared, intent, key),
        (Intent::List(intent), Route::Search) => search::list_intent(&mut model.search, shared, intent),
        (Intent::Article(intent), Route::Desk) => model.desk.browse.article_intent(shared, intent),
        (Intent::Article(intent), Route::Search) => model.search.browse.article_intent(shared, intent),
        (Intent::Selected(intent), Route::Desk) => model.desk.browse.selected_intent(shared, intent),
        (Intent::Selected(intent), Route::Search) => model.search.browse.selected_intent(shared, intent),
        (Intent::Article(intent), Route::Story) => story::article_intent(&mut model.story, shared, intent),
        (Intent::Selected(intent), Route::Story) => story::selected_intent(&mut model.story, shared, intent),
        (Intent::Page(intent), Route::Story) => story::page_intent(&mut model.story, shared, intent),
        (Intent::Story(intent), Route::Story) => story::story_intent(&mut model.story, shared, intent),
        (Intent::Page(intent), Route::Entity) => entity::page_intent(&mut model.entity, shared, intent),
        (Intent::Page(intent), Route::Why) => why::page_intent(&mut model.why, shared, intent),
        (Intent::Why(intent), Route::Why) => why::why_intent(&mut model.why, shared, intent),
        (Intent::Feeds(intent), Route::Health) => health::feeds_intent(&mut model.health, shared, intent),
        // The chains keep keys from getting here, and the palette lists only what can be done where the user is.
        (
            Intent::List(_)
            | Intent::Article(_)
            | Intent::Selected(_)
            | Intent::Feeds(_)
            | Intent::Page(_)
            | Intent::Story(_)
            | Intent::Why(_),
            _,
        ) => Step::none(),
    };
    app::follow(model, step)
}

fn on_paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let shared = &mut model.shared;
    if let Some(overlay) = &mut model.overlay {
        let step = overlay::on_paste(overlay, shared, text);
        return app::follow(model, step);
    }
    if reader(&model.routes, &mut model.desk, &mut model.search, &mut model.story)
        .is_some_and(|b| b.article_paste(text))
    {
        return Vec::new();
    }
    match model.routes.last() {
        Some(Route::Search) => {
            let step = search::on_paste(&mut model.search, shared, text);
            app::follow(model, step)
        }
        Some(Route::FirstRun) => {
            let step = first_run::on_paste(text);
            let mut effects = app::follow(model, step);
            if model.overlay.is_some() {
                effects.extend(on_paste(model, text));
            }
            effects
        }
        // Pasted text is never taken for keys.
        Some(Route::Desk | Route::Story | Route::Entity | Route::Why | Route::Health | Route::Log) | None => Vec::new(),
    }
}

fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let shared = &mut model.shared;
    if layout::is_too_small(shared.area) {
        return Vec::new();
    }
    let step = match (&mut model.overlay, model.routes.last()) {
        (Some(overlay), _) => overlay::on_mouse(overlay, shared, mouse),
        (None, Some(Route::Desk)) => desk::mouse(&mut model.desk, shared, mouse),
        (None, Some(Route::Search)) => search::mouse(&mut model.search, shared, mouse),
        (None, Some(Route::Story)) => story::mouse(&mut model.story, shared, mouse),
        (None, Some(Route::Entity)) => entity::mouse(&mut model.entity, shared, mouse),
        (None, Some(Route::Why)) => why::mouse(&mut model.why, shared, mouse),
        (None, Some(Route::Health)) => health::mouse(&mut model.health, shared, mouse),
        (None, Some(Route::Log)) => log::mouse(&mut model.log, shared, mouse),
        (None, Some(Route::FirstRun)) => first_run::mouse(&mut model.first_run, shared, mouse),
        (None, None) => Step::none(),
    };
    app::follow(model, step)
}

fn on_answer(model: &mut Model, id: RequestId, answer: Answer) -> Vec<Effect> {
    if !model.shared.requests.close(id) {
        return Vec::new();
    }
    let shared = &mut model.shared;
    match id.slot {
        Slot::Desk(slot) => model.desk.browse.answer(shared, slot, answer),
        Slot::Search(slot) => model.search.browse.answer(shared, slot, answer),
        Slot::Story(slot) => model.story.browse.answer(shared, slot, answer),
        Slot::StoryPage => story::answer(&mut model.story, shared, answer),
        Slot::EntityPage => entity::answer(&mut model.entity, shared, answer),
        Slot::Why => why::answer(&mut model.why, shared, answer),
        Slot::Preview => answers::preview(model, answer),
        Slot::Suggestion => search::suggested(&mut model.search, answer),
        Slot::Health => health::answer(&mut model.health, shared, answer),
        Slot::Completion => search::completed(&mut model.search, shared, answer),
        Slot::Counts | Slot::Feeds => answers::facts(model, id.slot, answer),
        Slot::Place => Vec::new(),
        Slot::Note => notes::came(model, answer),
        Slot::Files => attached_files::came(model, answer),
        Slot::Action => answers::action(model, id, answer),
    }
}

fn on_failure(model: &mut Model, id: RequestId, error: &str) -> Vec<Effect> {
    if !model.shared.requests.close(id) {
        return Vec::new();
    }
    let shared = &mut model.shared;
    match id.slot {
        Slot::Desk(slot) => model.desk.browse.failed(shared, slot, error),
        Slot::Search(slot) => model.search.browse.failed(shared, slot, error),
        Slot::Story(slot) => model.story.browse.failed(shared, slot, error),
        Slot::Action => return answers::action_failed(model, id, error),
        Slot::Preview => answers::preview_failed(model, error),
        Slot::Note | Slot::Files => {
            model.overlay = None;
            model.shared.say(Level::Error, error);
        }
        // What is only offered is not missed, and a place that is not stored is still known to this session.
        Slot::Suggestion | Slot::Place => {}
        Slot::StoryPage
        | Slot::EntityPage
        | Slot::Why
        | Slot::Health
        | Slot::Completion
        | Slot::Counts
        | Slot::Feeds => shared.say(Level::Error, error),
    }
    Vec::new()
}
