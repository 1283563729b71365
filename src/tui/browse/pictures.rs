//! The pictures of the article beside the list: shown when the user asks, or by themselves where the config says so.

use ratatui::layout::Rect;

use super::{Browse, Focus, article};
use crate::config::ImageMode;
use crate::model::ArticleId;
use crate::tui::effect::Effect;
use crate::tui::layout::Panes;
use crate::tui::model::Shared;
use crate::tui::reading::Shown;
use crate::tui::status::Level;
use crate::tui::words;

/// Most pictures shown of one article.
const MOST: usize = 40;

/// Of the pane's height, in percent, that a picture takes at most.
const MOST_OF_HEIGHT: u32 = 60;

/// Columns and rows of pictures by their addresses.
pub type Sizes = Vec<(String, (u16, u16))>;

/// What the user wants of the pictures.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Shown or hidden by the user's key, for this article alone.
    by_key: Option<(ArticleId, bool)>,
}

/// A picture, or a part of it, that is on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InSight {
    /// Its address.
    pub url: String,
    /// The number of its figure in the article.
    pub figure: usize,
    /// Columns and rows of the whole.
    pub size: (u16, u16),
    /// Where its visible part is.
    pub area: Rect,
    /// Rows of it above that part.
    pub above: u16,
}

impl Browse {
    /// Shows the pictures of the article, or hides them again.
    pub fn toggle_pictures(&mut self, shared: &mut Shared) {
        let Some(current) = self.list.current() else { return };
        let id = current.id;
        if let Some(words) = words::no_pictures(shared, current) {
            shared.say(Level::Note, &words);
            return;
        }
        let show = !self.shows_pictures(shared);
        if show && self.article.reading().is_some_and(|reading| reading.pictures.is_empty()) {
            let words = match self.article.shown {
                Shown::Source => "the source shows no pictures; \\ goes back to the text",
                _ => "this article has no pictures",
            };
            shared.say(Level::Note, words);
            return;
        }
        self.pictures.by_key = Some((id, show));
        if show {
            shared.pictures.forgive();
            let urls = self.article.reading().map_or(&[][..], |reading| &reading.pictures);
            let lacking = urls.iter().take(MOST).filter(|url| shared.pictures.lacks(url)).count();
            if let Some(words) = words::pictures_come(lacking) {
                shared.say(Level::Note, &words);
            }
        }
    }

    /// Whether the pictures of the article under the cursor are to be seen.
    #[must_use]
    pub fn shows_pictures(&self, shared: &Shared) -> bool {
        let Some(current) = self.list.current() else { return false };
        if words::no_pictures(shared, current).is_some() {
            return false;
        }
        match self.pictures.by_key {
            Some((of, show)) if of == current.id => show,
            // A list that is looked through asks nobody for anything: only what is opened does.
            Some(_) | None => {
                let mode = shared.images_of(current.feed).unwrap_or(shared.settings.ui.images);
                mode == ImageMode::Auto && self.focus == Focus::Article
            }
        }
    }

    /// Asks for what is to be seen and not here yet.
    pub fn settle_pictures(&self, shared: &mut Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.shows_pictures(shared) {
            return effects;
        }
        let Some(reading) = self.article.reading().filter(|reading| !reading.pictures.is_empty()) else {
            return effects;
        };
        if shared.pictures.must_ask() {
            effects.push(Effect::ProbePictures);
        }
        let lacking = reading.pictures.iter().take(MOST).filter(|url| shared.pictures.must_fetch(url));
        effects.extend(lacking.map(|url| Effect::Picture(url.clone())));
        effects
    }

    /// The sizes to lay the article out with.
    #[must_use]
    pub fn picture_sizes(&self, shared: &Shared, panes: &Panes) -> Sizes {
        let id = self.list.current().map(|row| row.id);
        let Some(reading) = self.article.reading().filter(|reading| Some(reading.wanted.article) == id) else {
            return Sizes::new();
        };
        if reading.pictures.is_empty() || !self.shows_pictures(shared) {
            return Sizes::new();
        }
        let columns = article::text_width(panes.article, shared.measure());
        let rows = u32::from(panes.article.height) * MOST_OF_HEIGHT / 100;
        let room = (columns, u16::try_from(rows).unwrap_or(u16::MAX));
        let sized = reading.pictures.iter().take(MOST).filter_map(|url| {
            let size = shared.pictures.size(url, room)?;
            Some((url.clone(), size))
        });
        sized.collect()
    }

    /// The pictures that are on the screen, from the top.
    #[must_use]
    pub fn pictures_in_sight(&self, panes: &Panes) -> Vec<InSight> {
        let Some(reading) = self.article.reading() else { return Vec::new() };
        let pane = Rect { height: self.article_height(panes.article), ..panes.article };
        let found = self.article.pictures_in_sight(pane).into_iter().filter_map(|(figure, area, above)| {
            let (url, size) = reading.placed.get(figure).cloned().flatten()?;
            // Laid out for a wider pane a moment ago: left out until it is laid out for this one.
            (area.width == size.0).then_some(InSight { url, figure, size, area, above })
        });
        found.collect()
    }
}
