//! The rows of an article: what is above its text, the text itself, what is below.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::measure::text_width;
use super::{ArticlePane, header, trailer};
use crate::document::{Line, LineKind, Span, Style};
use crate::text::wrap;
use crate::tui::browse::Browse;
use crate::tui::model::Shared;
use crate::tui::reading::is_marker;
use crate::tui::theme::Role;
use crate::tui::words;

/// What a piece of a row leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A link of the text, from 0.
    Link(usize),
    /// An article below this one, from 0.
    Companion(usize),
    /// The article's own page.
    Page,
    /// Where it was first published.
    Original,
}

/// A run of text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its role.
    pub role: Role,
    /// Emphasis on top of that.
    pub emphasis: Modifier,
    /// The text.
    pub text: String,
    /// What it leads to.
    pub target: Option<Target>,
    /// It is the number of what it leads to, and gives way to a label.
    pub marker: bool,
}

impl Piece {
    /// A piece that leads nowhere.
    #[must_use]
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, emphasis: Modifier::empty(), text: text.into(), target: None, marker: false }
    }

    /// A piece that leads somewhere.
    #[must_use]
    pub fn leading(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }

    /// The number of what it leads to.
    #[must_use]
    pub fn number(number: usize, target: Target) -> Self {
        Self { marker: true, ..Self::new(Role::Key, format!("[{number}]")).leading(target) }
    }

    fn of(kind: LineKind, span: &Span) -> Self {
        let marker = is_marker(span);
        let target = span.link.map(Target::Link);
        Self { role: role(kind, span), emphasis: emphasis(span.style), text: span.text.clone(), target, marker }
    }
}

/// A row of the pane.
pub type Row = Vec<Piece>;

/// What stands around the text of an article; made once for each event, so that no frame is made of anything but what is there.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Title and meta line.
    above: Vec<Row>,
    /// What the pane tells of it, the rest of its story, attachments and links.
    below: Vec<Row>,
}

impl Around {
    /// Of the article under the cursor, in this pane. Title and meta line may be wider than the text.
    pub(in crate::tui::browse) fn of(browse: &Browse, shared: &Shared, pane: Rect) -> Self {
        let width = usize::from(text_width(pane, shared.measure()));
        let whole = usize::from(pane.width.saturating_sub(2)).max(width);
        let reading = browse.article.reading();
        let Some(headline) = browse.list.current() else { return Self::default() };
        let mut below = Vec::new();
        if let Some(reading) = reading {
            below = trailer::rows(reading, browse.article.company(), headline, shared, (width, whole));
        } else if let Some(error) = &browse.article.failed {
            below.extend(wrapped(Role::Error, error, width));
        } else if browse.article.gone {
            below.push(vec![Piece::new(Role::Warning, words::ARTICLE_GONE)]);
        }
        Self { above: header::rows(headline, reading, shared, whole), below }
    }
}

/// The rows of an article.
#[derive(Debug)]
pub struct Parts<'a> {
    around: &'a Around,
    text: &'a [Line],
}

impl<'a> Parts<'a> {
    /// The rows of the pane, as it was settled last.
    #[must_use]
    pub fn of(pane: &'a ArticlePane) -> Self {
        Self { around: &pane.around, text: pane.reading().map_or(&[], |reading| &reading.lines) }
    }

    /// How many rows there are above the text, of it, and below it.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        (self.around.above.len(), self.text.len(), self.around.below.len())
    }

    /// Row `n`.
    #[must_use]
    pub fn row(&self, n: usize) -> Option<Row> {
        if let Some(row) = self.around.above.get(n) {
            return Some(row.clone());
        }
        let n = n - self.around.above.len();
        if let Some(line) = self.text.get(n) {
            return Some(line.spans.iter().map(|span| Piece::of(line.kind, span)).collect());
        }
        self.around.below.get(n - self.text.len()).cloned()
    }

    /// The line of the text that row `n` is.
    #[must_use]
    pub fn line(&self, n: usize) -> Option<usize> {
        n.checked_sub(self.around.above.len()).filter(|line| *line < self.text.len())
    }
}

fn role(kind: LineKind, span: &Span) -> Role {
    if span.style.dim {
        return Role::Dim;
    }
    if span.link.is_some() {
        return Role::Link;
    }
    match kind {
        LineKind::Heading => Role::Heading,
        LineKind::Quote => Role::Quote,
        LineKind::Code => Role::Code,
        LineKind::Text if span.style.code => Role::Code,
        LineKind::Text | LineKind::Picture { .. } => Role::Text,
    }
}

/// Emphasis is a matter of style, never of signs in the text.
fn emphasis(style: Style) -> Modifier {
    let mut emphasis = Modifier::empty();
    emphasis.set(Modifier::BOLD, style.bold && !style.dim);
    emphasis.set(Modifier::ITALIC, style.italic);
    emphasis.set(Modifier::CROSSED_OUT, style.struck);
    emphasis
}

/// A text over as many rows as it takes.
pub(super) fn wrapped(role: Role, text: &str, width: usize) -> Vec<Row> {
    wrap(text, width).into_iter().map(|line| vec![Piece::new(role, line)]).collect()
}
