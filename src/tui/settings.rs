//! What the config and the environment say about the desk, as data.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::glyphs::Glyphs;
use super::theme::Theme;
use crate::command::Keymap;
use crate::config::{Config, ImageMode, Ui};

/// The settings of the desk; replaced as a whole when the config is edited.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `[ui]`
    pub ui: Ui,
    /// `mark_on_open`
    pub mark_on_open: bool,
    /// `images` of the feeds that have their own, by address.
    pub feed_images: BTreeMap<String, ImageMode>,
    /// The keys in force.
    pub keymap: Arc<Keymap>,
    /// `NO_COLOR` is set: modifiers only.
    pub no_color: bool,
    /// The styles in force.
    pub theme: Theme,
    /// The characters in force.
    pub glyphs: Glyphs,
}

impl Settings {
    /// Makes the settings of a config. `ascii` and `no_color` are what flags and environment ask for; the config can ask for ASCII too.
    #[must_use]
    pub fn new(ui: Ui, mark_on_open: bool, keymap: Arc<Keymap>, ascii: bool, no_color: bool) -> Self {
        let theme = Theme::named(&ui.theme, &ui.themes, no_color);
        let glyphs = Glyphs::new(ascii || ui.ascii);
        Self { ui, mark_on_open, feed_images: BTreeMap::new(), keymap, no_color, theme, glyphs }
    }

    /// The settings that a config asks for, beside what flags and environment do.
    #[must_use]
    pub fn of(config: &Config, ascii: bool, no_color: bool) -> Self {
        let (keymap, _) = Keymap::build(config.ui.preset, &config.keys);
        let feed_images = config.feeds.iter().filter_map(|feed| Some((feed.url.clone(), feed.images?))).collect();
        let settings = Self::new(config.ui.clone(), config.mark_on_open, Arc::new(keymap), ascii, no_color);
        Self { feed_images, ..settings }
    }

    /// Puts the next theme in force and gives its name.
    pub fn next_theme(&mut self) -> &str {
        let names = Theme::names(&self.ui.themes);
        let at = names.iter().position(|n| *n == self.ui.theme).map_or(0, |n| (n + 1) % names.len().max(1));
        if let Some(name) = names.into_iter().nth(at) {
            self.theme = Theme::named(&name, &self.ui.themes, self.no_color);
            self.ui.theme = name;
        }
        &self.ui.theme
    }
}
