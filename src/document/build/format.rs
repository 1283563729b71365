//! The emphasis and the link that hold at a point of the text. They nest as they like: `<b>x<i>y</b>z</i>`.

use std::borrow::Cow;

use url::Url;

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

    /// Whether words are more than written: they name a link, or are raised or lowered.
    pub(super) fn looks_at_words(&self) -> bool {
        let shaped = |format: &Format| matches!(format, Format::Superscript | Format::Subscript);
        self.link.is_some() || self.local || self.open.iter().any(|(_, format)| shaped(format))
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
                Format::Superscript | Format::Subscript | Format::Credit | Format::Plain => {}
            }
        }
    }

    /// A word as it is set: raised and lowered figures get their own characters, so that 10⁶ does not read as 106. The
    /// number of a note is raised, and has no brackets: those are for links.
    pub(super) fn shape<'a>(&self, word: &'a str) -> Cow<'a, str> {
        let raised = self.open.iter().rev().find(|(_, f)| matches!(f, Format::Superscript | Format::Subscript));
        let bare = word.trim_start_matches('[').trim_end_matches(']');
        match raised {
            Some((_, Format::Subscript)) => figures(word, SUBSCRIPT),
            Some(_) if self.local || is_number(bare) => figures(bare, SUPERSCRIPT),
            Some(_) => figures(word, SUPERSCRIPT),
            None if self.local && bare.len() < word.len() && is_number(bare) => figures(bare, SUPERSCRIPT),
            None => Cow::Borrowed(word),
        }
    }

    /// Whether a word only leads back from a note to where it is mentioned, or names the place of a heading.
    pub(super) fn is_way_back(&self, word: &str) -> bool {
        self.local
            && word
                .chars()
                .all(|c| matches!(c, '↩' | '⏎' | '⤴' | '⤶' | '↑' | '^' | '#' | '¶' | '§' | '\u{fe0e}' | '\u{fe0f}'))
    }
}

/// Characters that have a raised or a lowered form, and that form.
type Forms = [(char, char); 18];

const SUPERSCRIPT: Forms = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    (',', ','),
];
const SUBSCRIPT: Forms = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('n', 'ₙ'),
    (',', ','),
];

/// The word in other figures, when each of its characters has one.
fn figures(word: &str, forms: Forms) -> Cow<'_, str> {
    let shaped: Option<String> =
        word.chars().map(|c| forms.iter().find(|(plain, _)| *plain == c).map(|(_, form)| *form)).collect();
    shaped.map_or(Cow::Borrowed(word), Cow::Owned)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}
