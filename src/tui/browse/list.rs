//! The list: what it is about, the rows in memory, and where the cursor is.

use jiff::tz::TimeZone;

use super::groups::{Grouping, Line};
use super::window::{STRIDE, Window, cursor};
use crate::model::{ArticleId, Headline};
use crate::query::{ListRequest, Order, Page, Rows, Scope};
use crate::tui::intent::Motion;

/// Rows that stay in sight above and below the cursor.
const CONTEXT: usize = 3;

/// How the list is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Asked for, nothing shown yet.
    Loading,
    /// Shown.
    Ready,
    /// It could not be read: why.
    Failed(String),
}

/// Where the cursor goes when a window has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Aim {
    /// It stays on its article, where that is to be found; else it goes to the top.
    #[default]
    Stay,
    /// To the top of the list, which was asked for.
    Top,
    /// To the bottom of the list, which was asked for.
    Bottom,
}

/// What to do when the next unread row, which is beyond the window, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seek {
    /// Open the article when it has.
    pub open: bool,
}

/// A list with its cursor.
#[derive(Debug, Clone)]
pub struct List {
    /// Which articles.
    pub scope: Scope,
    /// What its rows stand for, in the scopes that have stories.
    pub rows: Rows,
    /// In what order.
    pub order: Order,
    /// Without what was read when it was asked for.
    pub unread_only: bool,
    /// The newest arrival it knows of; later ones are counted, not shown.
    pub up_to: Option<ArticleId>,
    /// The rows in memory.
    pub window: Window,
    /// The cursor: index into the rows in memory.
    pub selected: usize,
    /// The first row in sight.
    pub offset: usize,
    /// How many rows the whole list has.
    pub total: Option<u64>,
    /// How many have arrived since.
    pub newer: u64,
    /// How it is doing.
    pub phase: Phase,
    /// Under way to an unread row beyond the window.
    pub seek: Option<Seek>,
    /// What was asked for to bring marks up to date: the rows after this one (none: from the top), and how many.
    pub refreshing: (Option<ArticleId>, usize),
    /// Rows of group headings are drawn; set by the height of the pane.
    pub grouped: bool,
    /// Where the cursor goes when the window under way has come.
    pub aim: Aim,
}

impl List {
    /// A list that has not been asked for yet.
    #[must_use]
    pub fn new(scope: Scope, rows: Rows, order: Order, unread_only: bool) -> Self {
        Self {
            scope,
            rows,
            order,
            unread_only,
            up_to: None,
            window: Window::default(),
            selected: 0,
            offset: 0,
            total: None,
            newer: 0,
            phase: Phase::Loading,
            seek: None,
            refreshing: (None, 0),
            grouped: false,
            aim: Aim::Stay,
        }
    }

    /// The request for a part of it.
    #[must_use]
    pub fn request(&self, page: Page, limit: usize) -> ListRequest {
        ListRequest {
            scope: self.scope.clone(),
            unread_only: self.unread_only,
            rows: self.rows,
            order: self.order,
            up_to: self.up_to,
            page,
            limit,
        }
    }

    /// Whether its rows stand for stories.
    #[must_use]
    pub fn has_stories(&self) -> bool {
        self.scope.rows(self.rows) == Rows::Stories
    }

    /// What parts it into groups.
    #[must_use]
    pub fn grouping<'a>(&self, zone: &'a TimeZone) -> Grouping<'a> {
        Grouping { order: self.order, covered: self.scope == Scope::Covered, zone }
    }

    /// The request for what follows the rows in memory.
    #[must_use]
    pub fn request_after(&self) -> Option<ListRequest> {
        let last = self.window.rows().last()?;
        Some(self.request(Page::After(cursor(last)), STRIDE))
    }

    /// The request for what precedes the rows in memory.
    #[must_use]
    pub fn request_before(&self) -> Option<ListRequest> {
        let first = self.window.rows().first()?;
        Some(self.request(Page::Before(cursor(first)), STRIDE))
    }

    /// The row under the cursor.
    #[must_use]
    pub fn current(&self) -> Option<&Headline> {
        self.window.rows().get(self.selected)
    }

    /// Place of the cursor in the whole list, from 1, where it is known.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        let first = self.window.first?;
        self.current().map(|_| first + self.selected as u64 + 1)
    }

    /// Rows in memory in the direction of travel from the cursor that are unread: the nearest.
    #[must_use]
    pub fn nearest_unread(&self, down: bool) -> Option<usize> {
        let rows = self.window.rows();
        if down {
            let from = (self.selected + 1).min(rows.len());
            return rows[from..].iter().position(|r| !r.state.read).map(|n| n + from);
        }
        rows[..self.selected.min(rows.len())].iter().rposition(|r| !r.state.read)
    }

    /// Moves the cursor within the rows in memory, in a pane of `height` lines. Half pages keep the eye's place.
    pub fn step(&mut self, motion: Motion, height: usize) {
        let last = self.window.rows().len().saturating_sub(1);
        let page = height.saturating_sub(1).max(1);
        let half = (height / 2).max(1);
        let (down, by) = match motion {
            Motion::Down => (true, 1),
            Motion::Up => (false, 1),
            Motion::HalfDown => (true, half),
            Motion::HalfUp => (false, half),
            Motion::PageDown => (true, page),
            Motion::PageUp => (false, page),
            Motion::Top => (false, usize::MAX),
            Motion::Bottom => (true, usize::MAX),
        };
        let before = self.selected;
        self.selected = if down { before.saturating_add(by).min(last) } else { before.saturating_sub(by) };
        if by > 1 {
            let moved = self.selected.abs_diff(before);
            self.offset = if down { self.offset.saturating_add(moved) } else { self.offset.saturating_sub(moved) };
        }
    }

    /// Scrolls by `by` rows without moving the cursor further than it must to stay in sight.
    pub fn scroll(&mut self, down: bool, by: usize, height: usize, grouping: &Grouping<'_>) {
        let last = self.window.rows().len().saturating_sub(1);
        self.offset = if down { self.offset.saturating_add(by).min(last) } else { self.offset.saturating_sub(by) };
        self.offset = self.offset.min(self.last_offset(height, grouping));
        let shown = self.lines(height, grouping);
        let rows: Vec<_> = shown.iter().filter_map(|l| if let Line::Row(n) = l { Some(*n) } else { None }).collect();
        let (Some(&first), Some(&end)) = (rows.first(), rows.last()) else { return };
        let upper = if first == 0 { 0 } else { (first + CONTEXT).min(end) };
        let lower = if end == last { last } else { end.saturating_sub(CONTEXT).max(upper) };
        self.selected = self.selected.clamp(upper, lower.max(upper));
    }

    /// Lines in sight.
    #[must_use]
    pub fn lines(&self, height: usize, grouping: &Grouping<'_>) -> Vec<Line> {
        let rows = self.window.rows();
        if self.grouped {
            return grouping.lines(rows, self.offset, height);
        }
        (self.offset..rows.len()).take(height).map(Line::Row).collect()
    }

    /// Brings the cursor into sight with its rows of context, moving as little as can be.
    pub fn settle(&mut self, height: usize, grouping: &Grouping<'_>) {
        let last = self.window.rows().len().saturating_sub(1);
        self.selected = self.selected.min(last);
        let context = CONTEXT.min(height.saturating_sub(1) / 2);
        self.offset = self.offset.min(self.selected.saturating_sub(context));
        let target = (self.selected + context).min(last);
        if target >= self.offset + height {
            // Everything further up cannot hold the target whatever the headings.
            self.offset = target + 1 - height.max(1);
        }
        while self.offset < self.selected && !self.shows(target, height, grouping) {
            self.offset += 1;
        }
        self.offset = self.offset.min(self.last_offset(height, grouping));
    }

    fn shows(&self, row: usize, height: usize, grouping: &Grouping<'_>) -> bool {
        self.lines(height, grouping).contains(&Line::Row(row))
    }

    /// The offset at which the end of the rows is at the bottom of the pane, so that no space is wasted below it.
    fn last_offset(&self, height: usize, grouping: &Grouping<'_>) -> usize {
        let rows = self.window.rows();
        let mut offset = rows.len().saturating_sub(1);
        let mut headings = usize::from(self.grouped);
        for n in (0..rows.len()).rev() {
            // The first line in sight is always a heading; each group that begins below it needs one more.
            if self.grouped && n + 1 < rows.len() && !grouping.same(&rows[n], &rows[n + 1]) {
                headings += 1;
            }
            if rows.len() - n + headings > height {
                break;
            }
            offset = n;
        }
        offset
    }
}
