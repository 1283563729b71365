//! What a note that is being written remembers.

use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::command::Key;
use crate::model::ArticleId;
use crate::text::clean_block;
use crate::tui::model::Shared;
use crate::tui::route::Noted;
use crate::tui::theme::Role;

/// Longest note, in bytes.
pub(super) const LONGEST: usize = 64 << 10;

/// The state of a note.
#[derive(Debug, Clone)]
pub struct State {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// The note as it is in the library; none while it is read.
    pub(super) before: Option<String>,
    /// What is typed.
    pub(super) text: TextArea<'static>,
    /// What was typed before the note came.
    pub(super) early: Vec<Early>,
}

/// Something typed before there was anything to type it into.
#[derive(Debug, Clone)]
pub(super) enum Early {
    Key(Key),
    Paste(String),
}

impl State {
    /// A note as far as it is known; `typed` is what was typed before and not kept.
    #[must_use]
    pub fn new(shared: &Shared, noted: Noted, typed: Option<String>) -> Self {
        let text = area(shared, typed.as_ref().or(noted.note.as_ref()).map_or("", String::as_str));
        // What was typed before is not overwritten by what is in the library.
        let before = noted.note.or_else(|| typed.map(|_| String::new()));
        Self { article: noted.article, title: noted.title, before, text, early: Vec::new() }
    }

    /// The text as it would be kept: clean, without white space around it.
    #[must_use]
    pub fn cleaned(&self) -> String {
        let text = clean_block(&self.text.lines().join("\n"));
        let text = text.trim_end().trim_start_matches(['\n', ' ']);
        text[..text.floor_char_boundary(LONGEST)].to_owned()
    }

    /// Bytes that can still be typed.
    pub(super) fn room(&self) -> usize {
        let bytes: usize = self.text.lines().iter().map(|line| line.len() + 1).sum();
        LONGEST.saturating_sub(bytes.saturating_sub(1))
    }
}

/// A text to type in, the cursor at its end. The terminal's own cursor stands for that of the text.
pub(super) fn area(shared: &Shared, text: &str) -> TextArea<'static> {
    let text = clean_block(text);
    let text = &text[..text.floor_char_boundary(LONGEST)];
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_style(shared.settings.theme.style(Role::Text));
    area.set_cursor_style(Style::new());
    area.set_cursor_line_style(Style::new());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}
