//! Footnotes and abbreviations: what explains a word elsewhere, and how it is told in running text.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::inline::clean;
use crate::document::blocks::Style;
use crate::document::sink::attribute;

/// Most abbreviations that are explained.
const MAX_EXPLAINED: usize = 500;
/// Longest explanation and longest abbreviation, in bytes.
const MAX_TITLE: usize = 120;
const MAX_SHORT: usize = 16;

impl Builder {
    /// A link to another place of the document: its target is not told, but the number of a note is (see
    /// [`super::format::Formats::shape`]).
    pub(super) fn open_local_link(&mut self) {
        self.formats.local = true;
    }

    /// An abbreviation begins.
    pub(super) fn open_abbreviation(&mut self, tag: &Tag) {
        let title = attribute(tag, "title").unwrap_or_default();
        if title.len() > MAX_TITLE || self.explained.len() >= MAX_EXPLAINED {
            return;
        }
        let title = crate::text::clean_line(&clean(title));
        // Microformats have times and places in it.
        let is_words = title.contains(' ') && !title.chars().any(|c| c.is_ascii_digit());
        self.abbreviation = (is_words && !self.explained.contains(&title)).then_some(title);
    }

    /// It ends: the first time, what it stands for follows, unless it was said just before.
    pub(super) fn close_abbreviation(&mut self) {
        let Some(title) = self.abbreviation.take() else { return };
        let (style, link) = (self.formats.style(), self.formats.link.as_ref().and_then(|link| link.number));
        let top = self.top();
        let said = top.inline.end(MAX_TITLE * 2);
        let short = said.rsplit([' ', '\u{a0}', '(']).next().unwrap_or_default().len();
        if top.code.is_none()
            && (1..=MAX_SHORT).contains(&short)
            && !said.to_lowercase().contains(&title.to_lowercase())
        {
            top.inline.push_space(Style::default(), None);
            top.inline.push_word(&format!("({title})"), style.and(Style::DIM), link);
        }
        self.explained.insert(title);
    }
}
