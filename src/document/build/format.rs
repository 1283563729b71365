//! The emphasis and the link that hold at a point of the text. They nest as they like: `<b>x<i>y</b>z</i>`.

use std::borrow::Cow;

use url::Url;

use crate::document::blocks::Style;
use crate::document::tags::Format;

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

    fn restyle(&mut self) {
        self.style = Style::default();
        for (_, format) in &self.open {
            match format {
                Format::Bold => self.style.bold = true,
                Format::Italic => self.style.italic = true,
                Format::Code => self.style.code = true,
                Format::Struck => self.style.struck = true,
                Format::Small => self.style.dim = true,
                Format::Superscript | Format::Subscript => {}
            }
        }
    }

    /// A word as it is set: raised and lowered figures get their own characters, so that 10⁶ does not read as 106.
    pub(super) fn shape<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let Some((_, format)) = self.open.last() else { return Cow::Borrowed(word) };
        let figures: [char; 12] = match format {
            Format::Superscript => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁺', '⁻'],
            Format::Subscript => ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉', '₊', '₋'],
            _ => return Cow::Borrowed(word),
        };
        let shaped: Option<String> = word
            .chars()
            .map(|c| "0123456789+-".find(c).or_else(|| (c == '−').then_some(11)).map(|index| figures[index]))
            .collect();
        shaped.map_or(Cow::Borrowed(word), Cow::Owned)
    }
}
