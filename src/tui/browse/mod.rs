//! A list with its article: what the desk and the search share.
//!
//! Rows are loaded in windows around the cursor; nothing that is shown moves unless a key of the user's asks for it.
//! [`Browse::settle`] runs after every event and asks for whatever is missing: rows near an end, the article in sight.

pub mod act;
mod answer;
pub mod article;
mod attached;
mod company;
pub mod groups;
mod knowledge;
mod list;
mod marks;
mod mouse;
pub mod pictures;
pub mod view;
pub mod window;

pub use article::ArticlePane;
pub use list::{Aim, List, Phase, Seek};

use super::effect::{Effect, Load};
use super::layout::{self, Panes, Shape};
use super::model::Shared;
use super::reading::{Shown, Wanted};
use super::request::{BrowseSlot, Slot};
use crate::config::Ui;
use crate::document;
use crate::model::{ArticleId, Headline};
use crate::query::{ListRequest, Order, Page, Rows, Scope};
use window::{STRIDE, Window};

/// Search hits are counted up to here.
const COUNTED_HITS: u64 = 10_000;

/// Lines of the list from which on groups get headings.
const GROUPED_FROM: u16 = 14;

/// Whose list it is, for the slots of its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The desk.
    Desk,
    /// The search.
    Search,
    /// The page of a story: its rows are all there, and none other is asked for.
    Story,
}

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// To the list.
    List,
    /// To the article.
    Article,
}

/// A list with its article.
#[derive(Debug, Clone)]
pub struct Browse {
    /// Whose it is.
    pub owner: Owner,
    /// The list.
    pub list: List,
    /// The article.
    pub article: ArticlePane,
    /// Where the keys go.
    pub focus: Focus,
    /// The article takes the whole height.
    pub full: bool,
    /// There is nothing but the article on the screen.
    pub zen: bool,
    /// Words to be highlighted in titles and text, folded.
    pub hits: Vec<String>,
    /// The library was empty when the desk opened and nobody has touched the list since: it fills as the first
    /// articles come, for there is nothing yet that could jump away from the user.
    pub filling: bool,
    /// What the user wants of the article's pictures.
    pub pictures: pictures::Wish,
}

impl Browse {
    /// A list that has not been asked for yet.
    #[must_use]
    pub fn new(owner: Owner, scope: Scope, rows: Rows, order: Order, unread_only: bool) -> Self {
        Self {
            owner,
            list: List::new(scope, rows, order, unread_only),
            article: ArticlePane::default(),
            focus: Focus::List,
            full: false,
            zen: false,
            hits: Vec::new(),
            filling: false,
            pictures: pictures::Wish::default(),
        }
    }

    /// A list whose first rows are at hand.
    #[must_use]
    pub fn with_rows(mut self, rows: Vec<Headline>, up_to: Option<ArticleId>) -> Self {
        self.filling = rows.is_empty();
        self.list.up_to = up_to;
        self.list.window = Window::top(rows, STRIDE);
        self.list.phase = Phase::Ready;
        self
    }

    /// The slot of one of its requests.
    #[must_use]
    pub fn slot(&self, slot: BrowseSlot) -> Slot {
        match self.owner {
            Owner::Desk => Slot::Desk(slot),
            Owner::Search => Slot::Search(slot),
            Owner::Story => Slot::Story(slot),
        }
    }

    /// Where its parts are on the screen.
    #[must_use]
    pub fn panes(&self, shared: &Shared) -> Panes {
        let (side_by_side_from, measure) = (shared.settings.ui.side_by_side_from, shared.measure());
        if self.zen {
            return layout::zen(shared.area, measure);
        }
        layout::panes(shared.area, Shape { full_article: self.full, side_by_side_from, measure })
    }

    /// Shows another scope from its top.
    pub fn show(&mut self, shared: &mut Shared, scope: Scope) -> Vec<Effect> {
        self.list.scope = scope;
        self.close_article();
        let effects = self.query(shared, None);
        self.list.aim = Aim::Top;
        effects
    }

    /// Asks for the list anew, with all that has arrived, keeping the cursor on `keep` where that is still to be found.
    pub fn query(&mut self, shared: &mut Shared, keep: Option<Headline>) -> Vec<Effect> {
        self.list.up_to = shared.counts.newest;
        self.list.newer = 0;
        self.ask(shared, keep)
    }

    /// Asks for the same list again because feeds came, went or were renamed. What has arrived meanwhile is counted and
    /// not shown: that is for the user to ask for.
    pub fn query_again(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.filling || self.list.up_to.is_none() {
            return self.query(shared, self.list.current().cloned());
        }
        let mut effects = self.ask(shared, self.list.current().cloned());
        effects.extend(self.arrived(shared));
        effects
    }

    fn ask(&mut self, shared: &mut Shared, keep: Option<Headline>) -> Vec<Effect> {
        self.list.seek = None;
        self.list.aim = Aim::Stay;
        for slot in [BrowseSlot::After, BrowseSlot::Before, BrowseSlot::Seek, BrowseSlot::Refresh, BrowseSlot::Newer] {
            shared.requests.forget(self.slot(slot));
        }
        let deep = self.list.selected >= STRIDE / 2 || !self.list.window.at_start;
        let mut effects = vec![self.count(shared)];
        if let Some(row) = keep.filter(|_| deep) {
            // Far down: the row itself is the new window, and grows at both ends.
            shared.requests.forget(self.slot(BrowseSlot::Window));
            self.list.window = Window::around(row);
            self.list.selected = 0;
            self.list.offset = 0;
            self.list.phase = Phase::Ready;
            return effects;
        }
        let id = shared.requests.open(self.slot(BrowseSlot::Window));
        if self.list.window.rows().is_empty() {
            self.list.phase = Phase::Loading;
        }
        effects.push(Effect::Load(id, Load::Headlines(self.list.request(Page::First, STRIDE))));
        effects
    }

    /// The user did something: from now on what is on the screen changes only by the user's keys.
    pub fn touched(&mut self) {
        self.filling &= self.list.window.rows().is_empty();
    }

    /// Asks how many rows the whole list has.
    pub fn count(&self, shared: &mut Shared) -> Effect {
        let id = shared.requests.open(self.slot(BrowseSlot::Total));
        let (scope, rows, up_to) = (self.list.scope.clone(), self.list.rows, self.list.up_to);
        Effect::Load(id, Load::Count { scope, rows, up_to, most: COUNTED_HITS })
    }

    /// Asks how many have arrived since; asks for the list itself when it is empty, for then nothing can jump.
    pub fn arrived(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.filling && shared.requests.is_open(self.slot(BrowseSlot::Window)) {
            // What was asked for is shown before more is asked for, or arrivals would put it off one after the other.
            let _ = shared.requests.want(self.slot(BrowseSlot::Window));
            return Vec::new();
        }
        if self.list.window.rows().is_empty() && self.list.phase != Phase::Loading {
            return self.query(shared, None);
        }
        if self.filling {
            let effects = self.query(shared, None);
            self.list.aim = Aim::Top;
            return effects;
        }
        let Some(than) = self.list.up_to else {
            return Vec::new();
        };
        let (scope, rows) = (self.list.scope.clone(), self.list.rows);
        let request = shared.requests.want(self.slot(BrowseSlot::Newer));
        request.map(|id| Effect::Load(id, Load::Newer { scope, rows, than })).into_iter().collect()
    }

    /// Asks for the rows in memory again, after marks were made elsewhere or labels changed. They stay where they are.
    pub fn refresh(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let rows = self.list.window.rows();
        let Some(first) = rows.first().filter(|_| self.owner != Owner::Story) else {
            return Vec::new();
        };
        let after = (!self.list.window.at_start).then_some(first.id);
        let page = if after.is_some() { Page::After(window::cursor(first)) } else { Page::First };
        let request = self.list.request(page, rows.len());
        let Some(id) = shared.requests.want(self.slot(BrowseSlot::Refresh)) else {
            return Vec::new();
        };
        self.list.refreshing = (after, request.limit);
        vec![Effect::Load(id, Load::Headlines(request))]
    }

    /// Keeps the cursor in sight, and asks for rows and for the article that are in sight or soon will be.
    pub fn settle(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let panes = self.panes(shared);
        self.list.grouped = panes.list.height >= GROUPED_FROM;
        if !panes.list.is_empty() {
            let zone = shared.zone.clone();
            let grouping = self.list.grouping(&zone);
            self.list.settle(usize::from(panes.list.height), &grouping);
        }
        let mut effects = Vec::new();
        if self.list.window.wants_after(self.list.selected) {
            self.extend(shared, BrowseSlot::After, &mut effects);
        }
        if self.list.window.wants_before(self.list.selected) {
            self.extend(shared, BrowseSlot::Before, &mut effects);
        }
        effects.extend(self.settle_article(shared, &panes));
        effects
    }

    fn extend(&mut self, shared: &mut Shared, slot: BrowseSlot, effects: &mut Vec<Effect>) {
        let request = if slot == BrowseSlot::After { self.list.request_after() } else { self.list.request_before() };
        let slot = self.slot(slot);
        // While the whole window is being replaced, its ends are of no interest.
        if shared.requests.is_open(slot) || shared.requests.is_open(self.slot(BrowseSlot::Window)) {
            return;
        }
        if let Some(request) = request {
            effects.push(Effect::Load(shared.requests.open(slot), Load::Headlines(request)));
        }
    }

    fn settle_article(&mut self, shared: &mut Shared, panes: &Panes) -> Vec<Effect> {
        let id = self.list.current().map(|current| current.id);
        let same = self.article.wanted.as_ref().is_none_or(|wanted| Some(wanted.article) == id);
        let mut effects = Vec::new();
        if !same || self.focus == Focus::List {
            effects = self.leave(shared);
        }
        let Some(id) = id else {
            self.article = ArticlePane::default();
            shared.requests.forget(self.slot(BrowseSlot::Article));
            shared.requests.forget(self.slot(BrowseSlot::Company));
            return effects;
        };
        if panes.article.is_empty() {
            return effects;
        }
        if !same {
            self.article.shown = Shown::default();
        }
        let setting = document::Setting {
            width: usize::from(article::text_width(panes.article, shared.measure())),
            ascii: shared.settings.glyphs.ascii,
            pictures: Vec::new(),
        };
        let pictures = self.picture_sizes(shared, panes);
        let wanted = Wanted { article: id, setting, shown: self.article.shown, pictures };
        if self.article.outdated.take() == Some(id) || self.article.wanted.as_ref() != Some(&wanted) {
            self.article.want(wanted.clone());
            let request = shared.requests.open(self.slot(BrowseSlot::Article));
            effects.push(Effect::Load(request, Load::Article(wanted)));
        }
        effects.extend(self.settle_company(shared, id));
        self.article.around = article::Around::of(self, shared, panes.article);
        let rows = article::Parts::of(&self.article).counts();
        self.article.settle(rows, usize::from(self.article_height(panes.article)));
        self.go_on_reading(shared);
        effects.extend(self.settle_pictures(shared));
        effects
    }

    /// Asks for what stands under the article, unless that is known or under way.
    fn settle_company(&mut self, shared: &mut Shared, id: ArticleId) -> Option<Effect> {
        if self.article.company_of == Some(id) {
            return None;
        }
        self.article.company_of = Some(id);
        Some(Effect::Load(shared.requests.open(self.slot(BrowseSlot::Company)), Load::Company(id)))
    }
}

/// What `main` asks the store for before the engine starts: the rows of the first frame.
#[must_use]
pub fn first_request(ui: &Ui, newest: Option<ArticleId>) -> ListRequest {
    let mut list = List::new(Scope::All, Rows::default(), ui.order, !ui.show_all);
    list.up_to = newest;
    list.request(Page::First, STRIDE)
}
