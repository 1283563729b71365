//! What the keys of list and article do. All of it is at once: what has to be waited for comes back as an answer.

use super::{Aim, Browse, Focus, Seek};
use crate::document::clean_url;
use crate::engine::citation;
use crate::model::{Headline, Mark};
use crate::query::{Order, Page};
use crate::tui::browse::window::STRIDE;
use crate::tui::effect::{Effect, Load, Write};
use crate::tui::full_text;
use crate::tui::intent::{Direction, Motion, SelectedIntent};
use crate::tui::model::Shared;
use crate::tui::request::{BrowseSlot, Slot};
use crate::tui::route::{Go, Step};
use crate::tui::status::Level;
use crate::tui::words;

impl Browse {
    /// Moves the cursor. Top and bottom are those of the whole list.
    pub fn move_by(&mut self, shared: &mut Shared, motion: Motion) -> Vec<Effect> {
        self.list.seek = None;
        let page = match motion {
            Motion::Top if !self.list.window.at_start => Page::First,
            Motion::Bottom if !self.list.window.at_end => Page::Last,
            Motion::Top
            | Motion::Bottom
            | Motion::Down
            | Motion::Up
            | Motion::HalfDown
            | Motion::HalfUp
            | Motion::PageDown
            | Motion::PageUp => {
                let height = usize::from(self.panes(shared).list.height);
                self.list.step(motion, height);
                return Vec::new();
            }
        };
        self.list.aim = if page == Page::Last { Aim::Bottom } else { Aim::Top };
        let id = shared.requests.open(self.slot(BrowseSlot::Window));
        vec![Effect::Load(id, Load::Headlines(self.list.request(page, STRIDE)))]
    }

    /// Turns the wheel over the list.
    pub fn scroll_list(&mut self, shared: &Shared, down: bool, by: usize) {
        let height = usize::from(self.panes(shared).list.height);
        let grouping = self.list.grouping(&shared.zone);
        self.list.scroll(down, by, height, &grouping);
    }

    /// Opens the selected article: focuses it where there is room, gives it the whole height where there is not.
    pub fn open(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(current) = self.list.current().cloned() else {
            return Vec::new();
        };
        let panes = self.panes(shared);
        self.full = self.full || !panes.roomy || panes.article.is_empty();
        self.focus = Focus::Article;
        if shared.settings.mark_on_open && !current.state.read && !shared.read_only {
            return self.mark(shared, current.id, Mark::Read(true));
        }
        Vec::new()
    }

    /// Back from the article to the list. False: it was the list already.
    pub fn close_article(&mut self) -> bool {
        let was = self.full || self.focus == Focus::Article;
        (self.full, self.zen) = (false, false);
        (self.article.find, self.article.hints) = (None, None);
        self.focus = Focus::List;
        was
    }

    /// Moves the focus between list and article.
    pub fn toggle_focus(&mut self, shared: &mut Shared) {
        match self.focus {
            Focus::Article => {
                self.close_article();
            }
            Focus::List if self.panes(shared).article.is_empty() => {
                self.full = true;
                self.focus = Focus::Article;
            }
            Focus::List => self.focus = Focus::Article,
        }
    }

    /// Marks the selected article read and goes to the next unread.
    pub fn read_next(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let Some(current) = self.list.current().cloned() else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        if !current.state.read {
            effects = self.mark(shared, current.id, Mark::Read(true));
        }
        effects.extend(self.go_unread(shared, Direction::Next, false));
        effects
    }

    /// Goes to the nearest unread row, and opens it if asked to.
    pub fn go_unread(&mut self, shared: &mut Shared, direction: Direction, open: bool) -> Vec<Effect> {
        let down = direction == Direction::Next;
        if let Some(n) = self.list.nearest_unread(down) {
            self.list.selected = n;
            return if open { self.open(shared) } else { Vec::new() };
        }
        let window = &self.list.window;
        let known = if down { window.at_end } else { window.at_start };
        let edge = if down { self.list.request_after() } else { self.list.request_before() };
        let Some(mut request) = edge.filter(|_| !known) else {
            let words = words::no_unread(direction, shared);
            shared.say(Level::Note, &words);
            return Vec::new();
        };
        request.unread_only = true;
        request.limit = 1;
        self.list.seek = Some(Seek { open });
        vec![Effect::Load(shared.requests.open(self.slot(BrowseSlot::Seek)), Load::Headlines(request))]
    }

    /// Goes to the next row, whatever its marks: hits while searching.
    pub fn go_hit(&mut self, shared: &mut Shared, direction: Direction, open: bool) -> Vec<Effect> {
        let motion = if direction == Direction::Next { Motion::Down } else { Motion::Up };
        let mut effects = self.move_by(shared, motion);
        if open {
            effects.extend(self.open(shared));
        }
        effects
    }

    /// Hides or shows what is read.
    pub fn toggle_shown(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.list.unread_only = !self.list.unread_only;
        shared.say(Level::Good, if self.list.unread_only { "unread articles only" } else { "read articles too" });
        self.query_keeping(shared)
    }

    /// The next order.
    pub fn next_order(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.list.order = match self.list.order {
            Order::Date => Order::Source,
            Order::Source => Order::Topic,
            Order::Topic => Order::Date,
        };
        shared.say(Level::Good, words::order(self.list.order));
        self.query_keeping(shared)
    }

    /// Shows what has arrived, from the top.
    pub fn show_new(&mut self, shared: &mut Shared) -> Vec<Effect> {
        self.close_article();
        let effects = self.query(shared, None);
        self.list.aim = Aim::Top;
        effects
    }

    fn query_keeping(&mut self, shared: &mut Shared) -> Vec<Effect> {
        let keep = self.list.current().cloned();
        self.query(shared, keep)
    }

    /// What can be done with the selected article.
    pub fn selected_intent(&mut self, shared: &mut Shared, intent: SelectedIntent) -> Step {
        let Some(current) = self.list.current().cloned() else {
            shared.say(Level::Note, "no article is selected");
            return Step::none();
        };
        match intent {
            SelectedIntent::ToggleRead => self.mark(shared, current.id, Mark::Read(!current.state.read)).into(),
            SelectedIntent::ToggleSaved => self.mark(shared, current.id, Mark::Saved(!current.state.saved)).into(),
            SelectedIntent::Browse => match link(&current, shared) {
                Some(url) => browse_to(shared, url),
                None => Step::none(),
            },
            SelectedIntent::Original => Self::open_original(shared, &current),
            SelectedIntent::FullText => full_text::fetch(shared, &current).into(),
            SelectedIntent::Story => Self::show_story(&current),
            SelectedIntent::Why => Step::go(Go::Why(current.id)),
            SelectedIntent::Names => Self::pick_name(shared, &current),
            SelectedIntent::StoryRead => self.mark_story_read(shared, &current).into(),
            SelectedIntent::Split => Self::split(shared, &current).into(),
            SelectedIntent::Join => Self::join(shared, &current).into(),
            SelectedIntent::Note => Self::write_note(shared, current),
            SelectedIntent::Clip => {
                Step::effect(Effect::Write(shared.requests.open(Slot::Action), Write::Clip(current.id)))
            }
            SelectedIntent::Files => self.show_files(shared, &current),
            SelectedIntent::CopyLink => match link(&current, shared) {
                Some(url) => copy(shared, url),
                None => Step::none(),
            },
            SelectedIntent::CopyCitation => {
                let citation = citation(&current, &shared.zone);
                copy(shared, citation)
            }
        }
    }
}

/// Opens an address in the browser; while offline it waits for the network, unless the user insists.
pub fn browse_to(shared: &mut Shared, url: String) -> Step {
    if shared.invented {
        shared.say(Level::Note, words::INVENTED);
        return Step::none();
    }
    if shared.status.offline.is_some() {
        let asked = shared.waiting.ask(&url);
        if let Some(words) = words::waits(asked, shared) {
            shared.say(Level::Note, &words);
            return Step::none();
        }
    }
    Step::effect(Effect::Browse(shared.requests.open(Slot::Action), url))
}

pub(super) fn copy(shared: &mut Shared, text: String) -> Step {
    shared.say(Level::Good, &format!("copied: {text}"));
    Step::effect(Effect::Copy(text))
}

pub(super) fn link(headline: &Headline, shared: &mut Shared) -> Option<String> {
    if headline.url.is_empty() {
        shared.say(Level::Note, "this article has no link");
        return None;
    }
    Some(clean_url(&headline.url))
}
