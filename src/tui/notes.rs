//! Notes between the editor and the library: nothing that was typed is lost, whatever becomes of its writing.

use std::collections::BTreeMap;

use super::effect::{Effect, Load, Write};
use super::event::Answer;
use super::model::{Model, Shared};
use super::overlay::{Overlay, note};
use super::request::{RequestId, Slot};
use super::route::Noted;
use super::status::Level;
use super::{app, words};
use crate::command::CommandId;
use crate::model::{ArticleId, Mark};

/// Notes that are not in the library.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// Under way, by request.
    writing: BTreeMap<u64, (ArticleId, String)>,
    /// What was typed last and not kept.
    dropped: Option<(ArticleId, String)>,
}

impl Notes {
    /// A write has succeeded.
    pub(super) fn kept(&mut self, request: RequestId) {
        self.writing.remove(&request.serial);
    }

    /// What is being written on this article.
    #[must_use]
    pub(super) fn under_way(&self, article: ArticleId) -> Option<&str> {
        self.writing.values().rev().find(|(of, _)| *of == article).map(|(_, text)| text.as_str())
    }

    /// Remembers what was typed and is not kept.
    pub(super) fn drop(&mut self, article: ArticleId, text: String) {
        self.dropped = Some((article, text));
    }

    /// What was typed on this article and not kept; asked once.
    fn take(&mut self, article: ArticleId) -> Option<String> {
        self.dropped.take_if(|(of, _)| *of == article).map(|(_, text)| text)
    }
}

/// Writes a note; an empty one is none.
pub(super) fn write(shared: &mut Shared, article: ArticleId, text: String) -> Effect {
    let request = shared.requests.open(Slot::Action);
    let note = Some(text.clone()).filter(|text| !text.is_empty());
    shared.notes.writing.insert(request.serial, (article, text));
    Effect::Write(request, Write::Mark(vec![article], Mark::Note(note)))
}

/// It could not be written; false: this was no note. The text is there when the note is opened again.
pub(super) fn failed(shared: &mut Shared, request: RequestId, error: &str) -> bool {
    let Some((article, text)) = shared.notes.writing.remove(&request.serial) else { return false };
    shared.notes.drop(article, text);
    let key = shared.key(CommandId::ArticleNote);
    shared.say(Level::Error, &format!("the note is not kept: {error}; {key} has its text"));
    true
}

/// Opens the note on an article.
pub(super) fn open(model: &mut Model, noted: Noted) -> Vec<Effect> {
    let shared = &mut model.shared;
    let typed = shared.notes.take(noted.article);
    let article = noted.article;
    let unknown = noted.note.is_none();
    model.overlay = Some(Overlay::Note(Box::new(note::State::new(shared, noted, typed))));
    if unknown { vec![Effect::Load(shared.requests.open(Slot::Note), Load::Whole(article))] } else { Vec::new() }
}

/// The note that is to be edited came: what was typed meanwhile goes into it.
pub(super) fn came(model: &mut Model, answer: Answer) -> Vec<Effect> {
    let (Some(Overlay::Note(state)), Answer::Whole(article)) = (&mut model.overlay, answer) else {
        return Vec::new();
    };
    let Some(article) = article else {
        model.overlay = None;
        model.shared.say(Level::Note, words::ARTICLE_GONE);
        return Vec::new();
    };
    if article.headline.id != state.article {
        return Vec::new();
    }
    let step = note::came(state, &mut model.shared, article.note.unwrap_or_default());
    app::follow(model, step)
}

/// The editor is done with it.
pub(super) fn edited(model: &mut Model, outcome: Result<String, String>) {
    match (outcome, &mut model.overlay) {
        (Ok(text), Some(Overlay::Note(state))) => note::replace(state, &mut model.shared, &text),
        (Ok(_), _) => {}
        (Err(error), _) => model.shared.say(Level::Error, &error),
    }
}

/// The desk ends while a note is being written: it is kept.
pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Note(state)) => note::kept(&state, &mut model.shared).into_iter().collect(),
        other => {
            model.overlay = other;
            Vec::new()
        }
    }
}
