//! The files of an article on their way into the chooser: those that are attached, and its page where that is a file.

use super::effect::{Effect, Load};
use super::event::Answer;
use super::model::{Model, Shared};
use super::overlay::{Overlay, files};
use super::request::Slot;
use super::status::Level;
use super::words;
use crate::document::clean_url;
use crate::model::{Article, ArticleId, Enclosure};

/// The files of an article.
#[must_use]
pub(super) fn of(article: &Article, shared: &Shared) -> Vec<Enclosure> {
    let mut files = article.enclosures.clone();
    let headline = &article.headline;
    if shared.pages.obstacle(headline.id).is_some_and(|obstacle| obstacle.is_file) {
        let url = clean_url(&headline.url);
        files.push(Enclosure { url, mime: String::new(), bytes: None, title: None, seconds: None });
    }
    files
}

/// Opens the chooser; asks for the files where they are not known, and for what came of them.
pub(super) fn open(model: &mut Model, article: ArticleId, files: Option<Vec<Enclosure>>) -> Vec<Effect> {
    let load = match &files {
        Some(files) => parts(article, files),
        None => Load::Whole(article),
    };
    model.overlay = Some(Overlay::Files(files::State::new(article, files)));
    vec![Effect::Load(model.shared.requests.open(Slot::Files), load)]
}

fn parts(article: ArticleId, files: &[Enclosure]) -> Load {
    Load::Parts(article, files.iter().map(|file| file.url.clone()).collect())
}

/// The files came, or what came of them.
pub(super) fn came(model: &mut Model, answer: Answer) -> Vec<Effect> {
    match (&mut model.overlay, answer) {
        (Some(Overlay::Files(state)), Answer::Whole(article)) => {
            let files = article.map(|article| of(&article, &model.shared)).unwrap_or_default();
            if files.is_empty() {
                model.overlay = None;
                model.shared.say(Level::Note, words::NO_FILES);
                return Vec::new();
            }
            let load = parts(state.article, &files);
            let mut effects = vec![Effect::Load(model.shared.requests.open(Slot::Files), load)];
            effects.extend(files::on_files(state, &mut model.shared, files).effects);
            effects
        }
        (Some(Overlay::Files(state)), Answer::Parts(parts)) => {
            for file in state.files.iter().flatten() {
                model.shared.parts.remove(&file.url);
            }
            model.shared.parts.extend(parts.into_iter().map(|part| (part.url.clone(), part)));
            Vec::new()
        }
        _ => Vec::new(),
    }
}
