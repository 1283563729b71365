//! The place in an article is kept: at once for this session, and in the library when the article is left.

use crate::tui::browse::{Browse, Focus};
use crate::tui::effect::{Effect, Write};
use crate::tui::model::Shared;
use crate::tui::request::Slot;

impl Browse {
    /// The article is left: its place is kept. Nothing happens unless it was opened.
    pub(in crate::tui) fn leave(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if !std::mem::take(&mut self.article.opened) {
            return Vec::new();
        }
        let Some((place, reading)) = self.article.place().zip(self.article.reading()) else {
            return Vec::new();
        };
        let article = reading.wanted.article;
        let stored = shared.places.get(&article).map_or(reading.article.place, |place| place.thousandths);
        let now = place.thousandths;
        shared.places.insert(article, place);
        if now == stored || shared.read_only {
            return Vec::new();
        }
        vec![Effect::Write(shared.requests.open(Slot::Place), Write::Place { article, place: now })]
    }

    /// Lets the article in sight go on where it was left, once the keys go to it.
    pub(in crate::tui::browse) fn go_on_reading(&mut self, shared: &Shared) {
        if self.focus == Focus::Article
            && let Some(wanted) = &self.article.wanted
        {
            self.article.open(shared.places.get(&wanted.article));
        }
    }
}
