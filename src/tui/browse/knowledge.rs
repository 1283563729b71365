//! What the keys do with stories, names and reasons of the selected article.

use super::{Browse, company, marks};
use crate::document::clean_url;
use crate::model::{ArticleState, Headline};
use crate::query::Rows;
use crate::tui::browse::act::browse_to;
use crate::tui::effect::{Effect, Write};
use crate::tui::model::{Joining, Shared};
use crate::tui::request::Slot;
use crate::tui::route::{Go, PickerKind, Step, StoryAim};
use crate::tui::status::Level;
use crate::tui::words;

impl Browse {
    /// Rows are stories, or every article, where the list has stories.
    pub fn toggle_stories(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if self.list.scope.rows(Rows::Stories) == self.list.scope.rows(Rows::Articles) {
            shared.say(Level::Note, words::NO_STORIES_HERE);
            return Vec::new();
        }
        self.list.rows = match self.list.rows {
            Rows::Stories => Rows::Articles,
            Rows::Articles => Rows::Stories,
        };
        shared.say(Level::Good, words::rows(self.list.rows));
        let keep = self.list.current().cloned();
        self.query(shared, keep)
    }

    /// Opens where the text was first published.
    pub(super) fn open_original(shared: &mut Shared, current: &Headline) -> Step {
        match (&current.original, &current.via) {
            (Some(original), _) => browse_to(shared, clean_url(original)),
            (None, Some(via)) => {
                shared.say(Level::Note, &format!("it is taken from {via}, but does not link to the original"));
                Step::none()
            }
            (None, None) => {
                shared.say(Level::Note, "this article names no original");
                Step::none()
            }
        }
    }

    /// Shows its story.
    pub(super) fn show_story(current: &Headline) -> Step {
        Step::go(Go::Story(StoryAim { story: current.story, article: Some(current.id), open: false }))
    }

    /// Lets one of its names be picked.
    pub(super) fn pick_name(shared: &mut Shared, current: &Headline) -> Step {
        match current.entities.as_slice() {
            [] => {
                shared.say(Level::Note, "this article names nobody that is known here");
                Step::none()
            }
            [one] => Step::go(Go::Entity(one.id.clone())),
            several => Step::go(Go::Pick(PickerKind::Names(several.to_vec()))),
        }
    }

    /// Marks its whole story read: on the screen now, in the store as soon as it can.
    pub(super) fn mark_story_read(&mut self, shared: &mut Shared, current: &Headline) -> Vec<Effect> {
        if marks::refuse(shared) {
            return Vec::new();
        }
        if current.state.read && current.coverage.unread == 0 {
            shared.say(Level::Note, "all of its story is read");
            return Vec::new();
        }
        let before = self.list.window.set_story_read(current.story);
        for (id, state) in &before {
            self.count_mark(shared, *id, *state, ArticleState { read: true, ..*state });
        }
        let request = shared.requests.open(Slot::Action);
        shared.pending_marks.insert(request.serial, before);
        vec![Effect::Write(request, Write::StoryRead(current.story))]
    }

    /// Splits it off its story.
    pub(super) fn split(shared: &mut Shared, current: &Headline) -> Vec<Effect> {
        if marks::refuse(shared) {
            return Vec::new();
        }
        if current.coverage.others == 0 {
            shared.say(Level::Note, "it is the only article of its story");
            return Vec::new();
        }
        vec![Effect::Write(shared.requests.open(Slot::Action), Write::Split(current.id))]
    }

    /// Marks its story to be joined, or joins it with the one marked before.
    pub(super) fn join(shared: &mut Shared, current: &Headline) -> Vec<Effect> {
        if marks::refuse(shared) {
            return Vec::new();
        }
        let Some(marked) = shared.joining.take() else {
            shared.joining = Some(Joining { article: current.id, story: current.story, title: current.title.clone() });
            let words = words::joining(shared);
            shared.say(Level::Note, &words);
            return Vec::new();
        };
        if marked.story == current.story {
            shared.say(Level::Note, "these are one story already; nothing was joined");
            return Vec::new();
        }
        let write = Write::Merge { article: current.id, into: marked.article };
        vec![Effect::Write(shared.requests.open(Slot::Action), write)]
    }

    /// Opens one of the articles under this one, from 0. None: there is no such one.
    pub(super) fn open_companion(&self, n: usize) -> Option<Step> {
        let headline = company::companions(self.article.company()?).nth(n)?;
        let aim = StoryAim { story: headline.story, article: Some(headline.id), open: true };
        Some(Step::go(Go::Story(aim)))
    }
}
