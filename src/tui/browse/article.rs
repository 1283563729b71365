//! The article pane: title, meta line, text, links and attachments as one run of rows that scrolls.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::{Browse, company};
use crate::command::CommandId;
use crate::document::{LineKind, Span, clean_url};
use crate::engine::Company;
use crate::model::{ArticleId, Headline};
use crate::text::{humanize, wrap};
use crate::tui::event::Reading;
use crate::tui::intent::Motion;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::{times, words};

/// The state of the pane.
#[derive(Debug, Clone, Default)]
pub struct ArticlePane {
    /// What was asked for last: article, width, ASCII only.
    pub wanted: Option<(ArticleId, u16, bool)>,
    /// What came; may be of an article shown before, see [`ArticlePane::reading`].
    loaded: Option<Arc<Reading>>,
    /// The article is not there any more.
    pub gone: bool,
    /// It could not be read: why.
    pub failed: Option<String>,
    /// The article whose company was asked for last.
    pub company_of: Option<ArticleId>,
    company: Option<(ArticleId, Company)>,
    /// Rows scrolled away.
    pub scroll: usize,
    /// Scroll at the last page once it is known (reading on upwards).
    rows: usize,
    height: usize,
}

impl ArticlePane {
    /// Another article or another width was asked for; a new article starts at its top.
    pub fn want(&mut self, wanted: (ArticleId, u16, bool)) {
        if self.wanted.is_none_or(|w| w.0 != wanted.0) {
            self.scroll = 0;
        }
        self.wanted = Some(wanted);
        self.gone = false;
        self.failed = None;
    }

    /// It came.
    pub fn show(&mut self, reading: Option<Reading>) {
        self.gone = reading.is_none();
        self.loaded = reading.map(Arc::new);
    }

    /// The text of the article wanted, if it is here; at another width while the new one is under way.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        let wanted = self.wanted?;
        self.loaded.as_deref().filter(|r| r.article.headline.id == wanted.0)
    }

    /// What stands under the article that was asked about last came.
    pub fn show_company(&mut self, company: Company) {
        self.company = self.company_of.map(|id| (id, company));
    }

    /// What stands under the article wanted, if it is here.
    #[must_use]
    pub fn company(&self) -> Option<&Company> {
        let wanted = self.wanted?;
        self.company.as_ref().filter(|(id, _)| *id == wanted.0).map(|(_, company)| company)
    }

    /// Takes the present number of rows and the height of the pane into account.
    pub fn settle(&mut self, rows: usize, height: usize) {
        self.rows = rows;
        self.height = height;
        if self.reading().is_some() {
            self.scroll = self.scroll.min(self.furthest());
        }
    }

    fn furthest(&self) -> usize {
        self.rows.saturating_sub(self.height)
    }

    /// Whether its last row is in sight.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.scroll >= self.furthest()
    }

    /// How much has been in sight, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let seen = self.scroll.saturating_add(self.height).min(self.rows);
        seen.saturating_mul(100).checked_div(self.rows).unwrap_or(100)
    }

    /// Scrolls. A page keeps one row of what was in sight.
    pub fn scroll(&mut self, motion: Motion) {
        let page = self.height.saturating_sub(1).max(1);
        let half = (self.height / 2).max(1);
        let to = match motion {
            Motion::Down => self.scroll.saturating_add(1),
            Motion::Up => self.scroll.saturating_sub(1),
            Motion::HalfDown => self.scroll.saturating_add(half),
            Motion::HalfUp => self.scroll.saturating_sub(half),
            Motion::PageDown => self.scroll.saturating_add(page),
            Motion::PageUp => self.scroll.saturating_sub(page),
            Motion::Top => 0,
            Motion::Bottom => usize::MAX,
        };
        self.scroll = to.min(self.furthest());
    }
}

/// The width of the text in a pane: one column stays free on the left, and lines are no longer than the measure.
#[must_use]
pub fn text_width(pane: Rect, measure: u16) -> u16 {
    pane.width.saturating_sub(2).min(measure.max(20)).max(1)
}

/// A row of the pane: runs of text with their roles.
pub type Row = Vec<(Role, String)>;

/// The rows of an article: what is above its text, the text itself, what is below.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Title and meta line.
    pub above: Vec<Row>,
    /// The text.
    pub text: &'a [crate::document::Line],
    /// Attachments and links.
    pub below: Vec<Row>,
}

impl<'a> Parts<'a> {
    /// The rows of the article under the cursor, in this pane. Title and meta line may be wider than the text.
    #[must_use]
    pub fn of(browse: &'a Browse, shared: &Shared, pane: Rect) -> Self {
        let width = usize::from(text_width(pane, shared.settings.ui.measure));
        let whole = usize::from(pane.width.saturating_sub(2));
        let reading = browse.article.reading();
        let Some(headline) = browse.list.current() else {
            return Self { above: Vec::new(), text: &[], below: Vec::new() };
        };
        let text = reading.map_or(&[][..], |r| &r.lines);
        let mut below = Vec::new();
        if let Some(reading) = reading {
            below = trailer(reading, browse.article.company(), headline, shared, (width, whole.max(width)));
        } else if let Some(error) = &browse.article.failed {
            below.extend(wrapped(Role::Error, error, width));
        } else if browse.article.gone {
            below.push(vec![(Role::Warning, words::ARTICLE_GONE.to_owned())]);
        }
        Self { above: header(headline, shared, whole.max(width)), text, below }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.above.len() + self.text.len() + self.below.len()
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Row `n`.
    #[must_use]
    pub fn row(&self, n: usize) -> Option<Row> {
        if let Some(row) = self.above.get(n) {
            return Some(row.clone());
        }
        let n = n - self.above.len();
        if let Some(line) = self.text.get(n) {
            return Some(line.spans.iter().map(|s| (role(line.kind, s), s.text.clone())).collect());
        }
        self.below.get(n - self.text.len()).cloned()
    }
}

/// The role of a run of text. Emphasis is added when it is drawn.
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
        LineKind::Text if span.style.bold => Role::Heading,
        LineKind::Text if span.style.italic => Role::Quote,
        LineKind::Text | LineKind::Picture { .. } => Role::Text,
    }
}

fn header(headline: &Headline, shared: &Shared, width: usize) -> Vec<Row> {
    let mut rows = wrapped(Role::Headline, &headline.title, width);
    let dot = format!(" {} ", shared.settings.glyphs.dot);
    let mut meta = vec![words::source(headline)];
    meta.extend(headline.author.clone());
    meta.push(match headline.published {
        Some(_) => {
            let date = words::date(headline);
            format!(
                "{} ({})",
                times::date_and_time(date, &shared.zone),
                humanize::ago(times::seconds(date, shared.now))
            )
        }
        None => format!("no date; first seen {}", times::date_and_time(headline.fetched, &shared.zone)),
    });
    let topics: Vec<_> = headline.topics.iter().map(|t| words::topic(*t)).collect();
    if !topics.is_empty() {
        meta.push(topics.join(", "));
    }
    meta.extend(headline.genres.iter().map(|genre| words::genre(genre).to_owned()));
    rows.extend(wrapped(Role::Dim, &meta.join(&dot), width));
    rows.extend(company::names(&headline.entities, shared, width));
    rows.push(Vec::new());
    rows
}

fn trailer(
    reading: &Reading,
    company: Option<&Company>,
    headline: &Headline,
    shared: &Shared,
    (width, whole): (usize, usize),
) -> Vec<Row> {
    let article = &reading.article;
    let mut rows: Vec<Row> = vec![Vec::new()];
    if let Some(why) = &reading.plain_because {
        rows.extend(wrapped(Role::Warning, why, width));
        rows.push(Vec::new());
    }
    if article.content_html.is_empty() && !article.headline.url.is_empty() {
        let rule = shared.settings.glyphs.horizontal.repeat(2);
        let letters: usize = reading.lines.iter().flat_map(|l| &l.spans).map(|s| s.text.chars().count()).sum();
        let teaser = if letters == 0 { "title only".to_owned() } else { format!("teaser only ({letters} characters)") };
        let (key, dot) = (shared.key(CommandId::ArticleBrowse), shared.settings.glyphs.dot);
        rows.extend(wrapped(Role::Dim, &format!("{rule} {teaser} {dot} {key} opens it in the browser {rule}"), width));
        rows.push(Vec::new());
    }
    if let Some(company) = company {
        rows.extend(company::rows(company, reading.links.len(), shared, whole));
    }
    if let Some(note) = &article.note {
        rows.extend(labelled("Note", note, width));
    }
    for enclosure in &article.enclosures {
        rows.extend(labelled("File", &words::enclosure(enclosure), width));
    }
    for (n, link) in reading.links.iter().enumerate() {
        let label = if n == 0 { "Links" } else { "" };
        let dash = shared.settings.glyphs.dash;
        let text = if link.text.is_empty() || link.text == link.url {
            format!("[{}] {}", n + 1, link.url)
        } else {
            format!("[{}] {} {dash} {}", n + 1, link.text, link.url)
        };
        rows.extend(labelled(label, &text, width));
    }
    if let Some(original) = &headline.original {
        let taken_from = headline.via.as_ref().map(|via| format!(" ({via})")).unwrap_or_default();
        let key = shared.key(CommandId::ArticleOriginal);
        rows.extend(labelled("First", &format!("{}{taken_from}  {key} opens it", clean_url(original)), width));
    }
    if !article.headline.url.is_empty() {
        rows.extend(labelled("Link", &clean_url(&article.headline.url), width));
    }
    if let Some(why) = company::why(headline, shared) {
        rows.extend(labelled("Why", &why, width));
    }
    rows
}

/// Columns of the labels below an article.
const LABEL: usize = 7;

fn labelled(label: &str, text: &str, width: usize) -> Vec<Row> {
    let lines = wrap(text, width.saturating_sub(LABEL).max(1));
    let rows = lines.into_iter().enumerate().map(|(n, line)| {
        let label = if n == 0 { label } else { "" };
        vec![(Role::Dim, format!("{label:<LABEL$}")), (Role::Text, line)]
    });
    rows.collect()
}

fn wrapped(role: Role, text: &str, width: usize) -> Vec<Row> {
    wrap(text, width).into_iter().map(|line| vec![(role, line)]).collect()
}
