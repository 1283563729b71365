//! The emphasis and the link that hold at a point of the text. They nest as they like: `<b>x<i>y</b>z</i>`.

use std::borrow::Cow;

use url::Url;

use super::raised::note_number;
use crate::document::blocks::Style;
use crate::document::tags::Format;
use crate::document::work::steps;

/// Most elements of emphasis that are open at once; further ones change nothing.
const MAX_OPEN: usize = 64;
/// Most bytes of a link's text that are looked at.
const MAX_LINK_TEXT: usize = 300;

/// A link that is open.
#[derive(Debug)]
pub(super) struct OpenLink {
    pub(super) url: Url,
    /// Its number, once text has come.
    pub(super) number: Option<usize>,
    /// The text so far, cut.
    pub(super) text: String,
}

impl OpenLink {
    /// Remembers what the link says.
    pub(super) fn remember(&mut self, word: &str) {
        if self.text.len() < MAX_LINK_TEXT {
            self.text.push_str(&word[..word.floor_char_boundary(MAX_LINK_TEXT)]);
        }
    }
}

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Formats {
    open: Vec<(String, Format)>,
    style: Style,
    pub(super) link: Option<OpenLink>,
    /// A link to another place of the same document is open.
    pub(super) local: bool,
}

impl Formats {
    /// The style that holds.
    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// How many are open: for [`Self::truncate`].
    pub(super) fn len(&self) -> usize {
        self.open.len()
    }

    /// The element `name` begins.
    pub(super) fn open(&mut self, name: &str, format: Format) {
        if self.open.len() < MAX_OPEN {
            self.open.push((name.to_owned(), format));
            self.restyle();
        }
    }

    /// The innermost element `name` ends, whatever else is open.
    pub(super) fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.remove(at);
            self.restyle();
        }
    }

    /// Closes what has been opened since there were `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        if count < self.open.len() {
            self.open.truncate(count);
            self.restyle();
        }
    }

    /// Whether what is written is the credit of a picture.
    pub(super) fn is_credit(&self) -> bool {
        self.open.iter().any(|(_, format)| *format == Format::Credit)
    }

    /// Whether an element `name` is open that holds a credit.
    pub(super) fn is_credit_in(&self, name: &str) -> bool {
        self.open.iter().any(|(open, format)| *format == Format::Credit && open == name)
    }

    /// Whether words are more than written: they name a link.
    pub(super) fn looks_at_words(&self) -> bool {
        self.link.is_some() || self.local
    }

    fn restyle(&mut self) {
        steps(self.open.len());
        self.style = Style::default();
        for (_, format) in &self.open {
            match format {
                Format::Bold => self.style.bold = true,
                Format::Italic => self.style.italic = true,
                Format::Code => self.style.code = true,
                Format::Struck => self.style.struck = true,
                Format::Small => self.style.dim = true,
                Format::Credit | Format::Plain => {}
            }
        }
    }

    /// A word as it is set: the number of a note is raised, and has no brackets, which are for links.
    pub(super) fn shape<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let number = if self.local { note_number(word) } else { None };
        number.map_or(Cow::Borrowed(word), Cow::Owned)
    }

    /// Whether a word only leads back from a note to where it is mentioned, or names the place of a heading.
    pub(super) fn is_way_back(&self, word: &str) -> bool {
        self.local
            && word
                .chars()
                .all(|c| matches!(c, '↩' | '⏎' | '⤴' | '⤶' | '↑' | '^' | '#' | '¶' | '§' | '\u{fe0e}' | '\u{fe0f}'))
    }
}
