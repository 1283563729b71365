//! Answers that concern no screen alone: counts, feeds, and what became of the user's actions.

use super::effect::Effect;
use super::event::Answer;
use super::model::Model;
use super::overlay::{Overlay, preview, prompt};
use super::request::{RequestId, Slot};
use super::route::{Go, PickerKind, Step};
use super::screen::{entity, story, why};
use super::status::Level;
use super::{app, full_text, notes, words};
use crate::engine::{AddOutcome, Undone};
use crate::model::{Change, Mark};

/// Takes counts or feeds.
pub(super) fn facts(model: &mut Model, slot: Slot, answer: Answer) -> Vec<Effect> {
    let shared = &mut model.shared;
    let mut effects = Vec::new();
    match answer {
        Answer::Counts(counts) => {
            let arrived = counts.newest > shared.counts.newest;
            shared.counts = counts;
            if arrived {
                effects = model.desk.browse.arrived(shared);
            }
        }
        Answer::Feeds(feeds) => shared.feeds = feeds,
        // An answer of another kind than the question cannot come about.
        Answer::Headlines(_)
        | Answer::Count { .. }
        | Answer::Newer(_)
        | Answer::Health(_)
        | Answer::Article(_)
        | Answer::Completions(_)
        | Answer::Story(_)
        | Answer::Entity(_)
        | Answer::Why(_)
        | Answer::Company(_)
        | Answer::Preview(_)
        | Answer::Suggestion(_)
        | Answer::Taught(_)
        | Answer::Regrouped(_)
        | Answer::Marked(_)
        | Answer::Undone(_)
        | Answer::Redone(_)
        | Answer::FeedAdded(_)
        | Answer::FeedsAdded(_)
        | Answer::FeedEdited(_)
        | Answer::FullText(..)
        | Answer::Whole(_)
        | Answer::Parts(_)
        | Answer::Done(_) => {}
    }
    if model.shared.requests.take_again(slot) {
        effects.extend(model.shared.reload(slot));
    }
    effects
}

/// Takes what became of an action.
pub(super) fn action(model: &mut Model, id: RequestId, answer: Answer) -> Vec<Effect> {
    model.shared.pending_marks.remove(&id.serial);
    let now = model.shared.now;
    if let Some(Overlay::Prompt(state)) = &mut model.overlay
        && prompt::is_waiting(state, id)
        && !matches!(answer, Answer::FeedAdded(AddOutcome::Choose(_)))
    {
        model.overlay = None;
    }
    match answer {
        Answer::Marked(change) => {
            model.shared.notes.kept(id);
            show_change(model, &change, false);
            if change.id.is_some() {
                model.shared.status.say_undoable(now, &words::change(&change));
            }
            model.shared.reload_facts()
        }
        Answer::Undone(undone) => undo_words(model, undone, true),
        Answer::Redone(undone) => undo_words(model, undone, false),
        Answer::FeedAdded(AddOutcome::Choose(found)) => {
            app::follow(model, Step::go(Go::Pick(PickerKind::FoundFeeds(found))))
        }
        Answer::FeedAdded(AddOutcome::Added(feed)) => {
            let name = feed.name.unwrap_or(feed.url);
            model.shared.status.say_undoable(now, &format!("added: {name}"));
            model.shared.reload_facts()
        }
        Answer::FeedAdded(AddOutcome::AlreadyThere(name)) => {
            model.shared.say(Level::Note, &format!("you have it already: {name}"));
            Vec::new()
        }
        Answer::FeedsAdded(n) => {
            model.shared.status.say_undoable(now, &words::feeds_added(n));
            model.shared.reload_facts()
        }
        Answer::FeedEdited(edit) => {
            let text = words::feed_edit(&edit, &model.shared);
            model.shared.status.say_undoable(now, &text);
            model.shared.reload_facts()
        }
        Answer::Taught(rule) => {
            if matches!(&model.overlay, Some(Overlay::Preview(state)) if preview::is_waiting(state, id)) {
                model.overlay = None;
            }
            model.shared.status.say_undoable(now, &format!("learned: {rule}"));
            why::changed(&mut model.why);
            model.shared.reload_facts()
        }
        Answer::Regrouped(text) => {
            model.shared.status.say_undoable(now, &text);
            regrouped(model)
        }
        Answer::FullText(article, outcome) => full_text::came(model, id, article, outcome),
        Answer::Done(text) => {
            model.shared.say(Level::Good, &text);
            Vec::new()
        }
        // An answer of another kind than the question cannot come about.
        Answer::Headlines(_)
        | Answer::Count { .. }
        | Answer::Newer(_)
        | Answer::Counts(_)
        | Answer::Feeds(_)
        | Answer::Health(_)
        | Answer::Article(_)
        | Answer::Completions(_)
        | Answer::Story(_)
        | Answer::Entity(_)
        | Answer::Why(_)
        | Answer::Company(_)
        | Answer::Preview(_)
        | Answer::Whole(_)
        | Answer::Parts(_)
        | Answer::Suggestion(_) => Vec::new(),
    }
}

fn undo_words(model: &mut Model, undone: Undone, back: bool) -> Vec<Effect> {
    let verb = if back { "undone" } else { "done again" };
    match undone {
        Undone::Marks(change) => {
            show_change(model, &change, back);
            model.shared.say(Level::Good, &format!("{verb}: {}", words::change(&change)));
        }
        Undone::Config(text) => {
            model.shared.say(Level::Good, &format!("{verb}: {text}"));
            why::changed(&mut model.why);
        }
        Undone::Story(text) => {
            model.shared.say(Level::Good, &format!("{verb}: {text}"));
            return regrouped(model);
        }
        Undone::Nothing => {
            model.shared.say(Level::Note, if back { "nothing to undo" } else { "nothing to do again" });
        }
    }
    model.shared.reload_facts()
}

fn show_change(model: &mut Model, change: &Change, undone: bool) {
    for browse in [&mut model.desk.browse, &mut model.search.browse, &mut model.story.browse] {
        browse.show_change(change, undone);
        let shown = browse.article.wanted.as_ref().map(|wanted| wanted.article);
        if let (Mark::Note(_), Some(id)) = (&change.mark, shown.filter(|id| change.articles.contains(id))) {
            browse.article.outdated = Some(id);
        }
    }
}

/// Stories were split or joined by the user: the list is asked for anew, the cursor stays on its article.
fn regrouped(model: &mut Model) -> Vec<Effect> {
    let mut effects = model.desk.browse.query_again(&mut model.shared);
    effects.extend(model.search.browse.refresh(&mut model.shared));
    pages_changed(model);
    effects.extend(model.shared.reload_facts());
    effects
}

/// What the pages show may be another now; they ask again when they are shown.
pub(super) fn pages_changed(model: &mut Model) {
    model.desk.browse.article.company_of = None;
    model.search.browse.article.company_of = None;
    story::changed(&mut model.story);
    entity::changed(&mut model.entity);
    why::changed(&mut model.why);
}

/// What a lesson would change was counted.
pub(super) fn preview(model: &mut Model, answer: Answer) -> Vec<Effect> {
    if let (Some(Overlay::Preview(state)), Answer::Preview(preview)) = (&mut model.overlay, answer) {
        preview::came(state, preview);
    }
    Vec::new()
}

/// It could not be counted.
pub(super) fn preview_failed(model: &mut Model, error: &str) {
    match &mut model.overlay {
        Some(Overlay::Preview(state)) => preview::failed(state, error),
        Some(_) | None => model.shared.say(Level::Error, error),
    }
}

/// Takes the news that an action failed: what was painted comes off again.
pub(super) fn action_failed(model: &mut Model, id: RequestId, error: &str) -> Vec<Effect> {
    if full_text::failed(&mut model.shared, id, error) {
        return Vec::new();
    }
    let before = model.shared.pending_marks.remove(&id.serial);
    if let Some(Overlay::Prompt(state)) = &mut model.overlay
        && prompt::is_waiting(state, id)
    {
        prompt::failed(state, error);
    }
    if let Some(Overlay::Preview(state)) = &mut model.overlay
        && preview::is_waiting(state, id)
    {
        preview::failed(state, error);
        return Vec::new();
    }
    if notes::failed(&mut model.shared, id, error) {
        return Vec::new();
    }
    model.shared.say(Level::Error, error);
    let Some(before) = before else {
        return Vec::new();
    };
    model.desk.browse.restore(&before);
    model.search.browse.restore(&before);
    model.story.browse.restore(&before);
    model.shared.reload_facts()
}
