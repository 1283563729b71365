//! The files of an article on their way into the chooser.

use super::effect::{Effect, Load};
use super::event::Answer;
use super::model::Model;
use super::overlay::{Overlay, files};
use super::request::Slot;
use super::status::Level;
use super::words;
use crate::model::{ArticleId, Enclosure};

/// Opens the chooser; asks for the files where they are not known.
pub(super) fn open(model: &mut Model, article: ArticleId, files: Option<Vec<Enclosure>>) -> Vec<Effect> {
    let unknown = files.is_none();
    model.overlay = Some(Overlay::Files(files::State::new(article, files)));
    if unknown { vec![Effect::Load(model.shared.requests.open(Slot::Files), Load::Whole(article))] } else { Vec::new() }
}

/// The files came.
pub(super) fn came(model: &mut Model, answer: Answer) -> Vec<Effect> {
    if let (Some(Overlay::Files(state)), Answer::Whole(article)) = (&mut model.overlay, answer) {
        let files = article.map(|article| article.enclosures).unwrap_or_default();
        if files.is_empty() {
            model.overlay = None;
            model.shared.say(Level::Note, words::NO_FILES);
        } else {
            state.files = Some(files);
        }
    }
    Vec::new()
}
