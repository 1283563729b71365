//! The state of the reading pane: what was asked for and came, where it is scrolled to.

use std::sync::Arc;

use ratatui::layout::Rect;

use super::place::Anchor;
use super::{Around, Find, Hints, Place};
use crate::document::LineKind;
use crate::engine::Company;
use crate::model::ArticleId;
use crate::text::width;
use crate::tui::intent::Motion;
use crate::tui::reading::{Reading, Shown, Wanted};

/// The state of the pane.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about the article on show")]
pub struct ArticlePane {
    /// What was asked for last.
    pub wanted: Option<Wanted>,
    /// What came; may be of an article shown before, see [`ArticlePane::reading`].
    loaded: Option<Arc<Reading>>,
    /// The article is not there any more.
    pub gone: bool,
    /// It could not be read: why.
    pub failed: Option<String>,
    /// The article whose company was asked for last.
    pub company_of: Option<ArticleId>,
    company: Option<(ArticleId, Company)>,
    /// The rows around the text, as they were settled last.
    pub(in crate::tui::browse) around: Around,
    /// Rows scrolled away.
    pub scroll: usize,
    /// What of the article is shown.
    pub shown: Shown,
    /// Something of this article but its text is another now: it is asked for again, where it is.
    pub outdated: Option<ArticleId>,
    /// What is looked for in the text.
    pub find: Option<Find>,
    /// Links are labelled, to be opened by their labels.
    pub hints: Option<Hints>,
    /// The place to which it was continued, in percent, until it is scrolled.
    pub continued: Option<usize>,
    /// The keys go to this article, or have since it was shown last: its place is kept when it is left.
    pub(super) opened: bool,
    /// The user scrolled it.
    moved: bool,
    /// What is to be at the top whatever the width, until it is scrolled.
    anchor: Option<Anchor>,
    /// The anchor stands for another layout than that which is shown.
    unsettled: bool,
    /// The place in the text while something else is shown.
    kept: Option<Anchor>,
    /// Rows in all, above the text and of the text, and the height of the pane, when it was settled last.
    rows: usize,
    above: usize,
    text: usize,
    pub(super) height: usize,
}

impl ArticlePane {
    /// Another article or another layout was asked for; a new article starts at its top.
    pub fn want(&mut self, wanted: Wanted) {
        if self.wanted.as_ref().is_none_or(|before| before.article != wanted.article) {
            self.scroll = 0;
            self.find = None;
            (self.moved, self.anchor, self.kept, self.continued) = (false, None, None, None);
        } else if self.anchor.is_none() {
            self.anchor = self.top();
        }
        self.hints = None;
        self.wanted = Some(wanted);
        self.gone = false;
        self.failed = None;
    }

    /// It came.
    pub fn show(&mut self, reading: Option<Reading>) {
        self.gone = reading.is_none();
        if let (Some(find), Some(reading)) = (&mut self.find, &reading) {
            find.look(&reading.lines);
        }
        self.loaded = reading.map(Arc::new);
        self.unsettled = true;
    }

    /// The text of the article wanted, if it is here; at another width while the new one is under way.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        let wanted = self.wanted.as_ref()?;
        self.loaded.as_deref().filter(|r| r.wanted.article == wanted.article)
    }

    /// The article is another one now: it is asked for again, and starts at its top.
    pub fn renew(&mut self) {
        self.wanted = None;
        self.shown = Shown::Text;
    }

    /// The same when this is the article, and it has not been opened or scrolled.
    pub fn renew_unread(&mut self, article: ArticleId) {
        if !self.opened && !self.moved && self.wanted.as_ref().is_some_and(|wanted| wanted.article == article) {
            self.renew();
        }
    }

    /// What stands under the article that was asked about last came.
    pub fn show_company(&mut self, company: Company) {
        self.company = self.company_of.map(|id| (id, company));
    }

    /// What stands under the article wanted, if it is here.
    #[must_use]
    pub fn company(&self) -> Option<&Company> {
        let wanted = self.wanted.as_ref()?;
        self.company.as_ref().filter(|(id, _)| *id == wanted.article).map(|(_, company)| company)
    }

    /// Takes the present rows (above the text, of the text, below it) and the height of the pane into account.
    pub fn settle(&mut self, (above, text, below): (usize, usize, usize), height: usize) {
        self.unsettled |= self.above != above;
        (self.above, self.text, self.height) = (above, text, height);
        self.rows = above + text + below;
        if self.reading().is_none() {
            return;
        }
        if std::mem::take(&mut self.unsettled)
            && let Some(anchor) = self.anchor.take()
        {
            self.scroll = self.row_of(&anchor);
            self.anchor = Some(anchor);
        }
        self.scroll = self.scroll.min(self.furthest());
    }

    fn row_of(&self, anchor: &Anchor) -> usize {
        match (anchor, self.reading()) {
            (Anchor::Text { before, of, letters }, Some(reading)) => {
                self.above + Anchor::line(*before, *of, letters, reading)
            }
            (Anchor::Above(row), _) => (*row).min(self.above),
            (Anchor::Below(row), _) => self.above + self.text + row,
            (Anchor::Text { .. }, None) => 0,
        }
    }

    /// What is at the top.
    fn top(&self) -> Option<Anchor> {
        let reading = self.reading()?;
        let line = match self.scroll.checked_sub(self.above) {
            None => return Some(Anchor::Above(self.scroll)),
            Some(line) if line < self.text => line,
            Some(line) => return Some(Anchor::Below(line - self.text)),
        };
        Some(Anchor::at_line(reading, line))
    }

    /// How far it is read: the beginning again where the end of the text has been in sight. None while it is not here.
    pub(super) fn place(&self) -> Option<Place> {
        let reading = self.reading()?;
        let of_text = reading.wanted.shown == Shown::Text;
        let end_seen = of_text && self.scroll + self.height >= self.above + self.text;
        let anchor = if of_text { self.anchor.clone().or_else(|| self.top()) } else { self.kept.clone() };
        Some(anchor.filter(|_| !end_seen).map_or(Place::START, Place::at))
    }

    /// The keys go to it from now on. Where it was left before, it goes on, unless the user has scrolled it already.
    pub(super) fn open(&mut self, left: Option<&Place>) {
        let Some(stored) = self.reading().map(Place::stored) else { return };
        if std::mem::replace(&mut self.opened, true) || self.moved || self.scroll > 0 {
            return;
        }
        let place = left.cloned().unwrap_or(stored);
        if place.thousandths > 0 {
            self.scroll = self.row_of(&place.anchor).min(self.furthest());
            self.anchor = Some(place.anchor);
            self.continued = Some(self.percent());
        }
    }

    /// Shows something else of the article, from its top; the text again where it was.
    pub(super) fn turn_to(&mut self, shown: Shown) {
        let before = std::mem::replace(&mut self.shown, shown);
        if before == Shown::Text {
            self.kept = self.anchor.take().or_else(|| self.top());
        }
        self.anchor = if shown == Shown::Text { self.kept.take() } else { Some(Anchor::Above(0)) };
        self.find = None;
    }

    pub(super) fn furthest(&self) -> usize {
        self.rows.saturating_sub(self.height)
    }

    /// Whether its last row is in sight.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.scroll >= self.furthest()
    }

    /// How much of the text has been in sight, in percent.
    #[must_use]
    pub fn percent(&self) -> usize {
        let seen = self.scroll.saturating_add(self.height).saturating_sub(self.above).min(self.text);
        seen.saturating_mul(100).checked_div(self.text).unwrap_or(100)
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
        self.scroll_to(to);
    }

    /// Scrolls to a row.
    pub(super) fn scroll_to(&mut self, row: usize) {
        self.scroll = row.min(self.furthest());
        (self.moved, self.anchor, self.continued, self.hints) = (true, None, None, None);
    }

    /// Brings a line of the text in sight, with something before it, unless it is in sight.
    pub(super) fn bring_in_sight(&mut self, line: usize) {
        let row = self.above + line;
        if row < self.scroll || row >= self.scroll + self.height {
            self.scroll_to(row.saturating_sub(self.height / 3));
        }
    }

    /// The first line of the text that is in sight.
    pub(super) fn first_line_in_sight(&self) -> usize {
        self.scroll.saturating_sub(self.above)
    }

    /// Where pictures are in sight, in a pane at `area`: the number of the figure, the cells it takes there, and the first
    /// of its rows that is in sight.
    #[must_use]
    pub fn pictures_in_sight(&self, area: Rect) -> Vec<(usize, Rect, u16)> {
        let Some(reading) = self.reading() else { return Vec::new() };
        let mut found: Vec<(usize, Rect, u16)> = Vec::new();
        for y in 0..area.height.min(u16::try_from(self.height).unwrap_or(u16::MAX)) {
            let Some(n) = (self.scroll + usize::from(y)).checked_sub(self.above) else { continue };
            let Some(line) = reading.lines.get(n) else { break };
            let LineKind::Picture { figure, row } = line.kind else { continue };
            if let Some((last, rect, first)) = found.last_mut()
                && *last == figure
                && first.saturating_add(rect.height) == row
            {
                rect.height += 1;
                continue;
            }
            // The last span is the room itself; what stands before it are bars and indents.
            let before = line.spans.iter().rev().skip(1);
            let indent: usize = 1 + before.map(|span| width(&span.text)).sum::<usize>();
            let indent = u16::try_from(indent).unwrap_or(u16::MAX).min(area.width);
            let size = reading.placed.get(figure).and_then(Option::as_ref);
            let wide = size.map_or(0, |(_, (columns, _))| *columns).min(area.width - indent);
            found.push((figure, Rect { x: area.x + indent, y: area.y + y, width: wide, height: 1 }, row));
        }
        found
    }
}
