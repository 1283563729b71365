//! What the page of a story remembers.

use ratatui::layout::Rect;

use crate::engine::StoryPage;
use crate::query::{Order, Rows, Scope};
use crate::tui::browse::{Browse, Owner};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::route::StoryAim;

/// From this width on the selected article has a pane beside the timeline.
const WIDE: u16 = 100;

/// The state of the page of a story.
#[derive(Debug, Clone)]
pub struct State {
    /// What is shown, or under way.
    pub aim: Option<StoryAim>,
    /// The story, when it has come.
    pub page: Option<StoryPage>,
    /// It is not there any more.
    pub gone: bool,
    /// It was asked for.
    pub asked: bool,
    /// Its articles, the selected one and its text.
    pub browse: Browse,
    /// The selected one of the earlier stories; none while an article is selected.
    pub earlier: Option<usize>,
    /// An article was opened from elsewhere: closing it leads back there.
    pub direct: bool,
    /// The stories that the user came through, the last one last.
    pub trail: Vec<StoryAim>,
}

impl State {
    /// No story.
    #[must_use]
    pub fn new() -> Self {
        Self {
            aim: None,
            page: None,
            gone: false,
            asked: false,
            browse: no_articles(),
            earlier: None,
            direct: false,
            trail: Vec::new(),
        }
    }

    /// The selected row: articles first, then earlier stories.
    #[must_use]
    pub fn selected(&self) -> usize {
        self.earlier.map_or(self.browse.list.selected, |n| self.browse.list.window.rows().len() + n)
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.browse.list.window.rows().len() + self.page.as_ref().map_or(0, |page| page.earlier.len())
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize) {
        let articles = self.browse.list.window.rows().len();
        self.earlier = row.checked_sub(articles);
        if self.earlier.is_none() {
            self.browse.list.selected = row;
        }
    }
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

/// A list of the articles of a story, before they have come.
pub(super) fn no_articles() -> Browse {
    Browse::new(Owner::Story, Scope::All, Rows::Articles, Order::Date, false)
}

/// Where the parts of the page are: the timeline, the rule beside it, the selected article; the latter two empty where the
/// terminal is narrow.
pub(super) fn regions(shared: &Shared) -> (Rect, Rect, Rect) {
    let body = layout::page(shared.area).body;
    if body.width < WIDE {
        return (body, Rect::default(), Rect::default());
    }
    let left = body.width / 100 * 60 + body.width % 100 * 60 / 100;
    let timeline = Rect { width: left, ..body };
    let divider = Rect { x: body.x + left, width: 1, ..body };
    let article = Rect { x: body.x + left + 1, width: body.width - left - 1, ..body };
    (timeline, divider, article)
}
