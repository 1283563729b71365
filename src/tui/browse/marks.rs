//! Marks are painted at once; the store's answer is the acknowledgement, its refusal takes the paint off again.

use super::Browse;
use crate::model::{ArticleId, ArticleState, Change, Mark};
use crate::query::Page;
use crate::tui::effect::{Effect, Write};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::status::Level;
use crate::tui::words;

/// Puts a mark on a state.
pub(super) fn apply(state: &mut ArticleState, mark: &Mark) {
    match mark {
        Mark::Read(read) => state.read = *read,
        Mark::Saved(saved) => state.saved = *saved,
        Mark::Note(note) => state.noted = note.is_some(),
    }
}

/// The mark that was there before a change that set `mark` where it was different.
fn reverse(mark: &Mark) -> Mark {
    match mark {
        Mark::Read(read) => Mark::Read(!read),
        Mark::Saved(saved) => Mark::Saved(!saved),
        // What the note was is not known here; the rows are asked for again anyway.
        Mark::Note(note) => Mark::Note(if note.is_some() { None } else { Some(String::new()) }),
    }
}

impl Browse {
    /// Marks one article: on the screen now, in the store as soon as it can.
    pub fn mark(&mut self, shared: &mut Shared, id: ArticleId, mark: Mark) -> Vec<Effect> {
        if refuse(shared) {
            return Vec::new();
        }
        let Some(before) = self.list.window.set_state(id, |s| apply(s, &mark)) else {
            return Vec::new();
        };
        let mut after = before;
        apply(&mut after, &mark);
        if after == before {
            return Vec::new();
        }
        self.count_mark(shared, id, before, after);
        let request = shared.requests.open(Slot::Action);
        shared.pending_marks.insert(request.serial, vec![(id, before)]);
        vec![Effect::Write(request, Write::Mark(vec![id], mark))]
    }

    /// Marks all that the list shows read, as one change.
    pub fn mark_all_read(&mut self, shared: &mut Shared) -> Vec<Effect> {
        if refuse(shared) || self.list.window.rows().is_empty() {
            return Vec::new();
        }
        let before: Vec<_> = self.list.window.rows().iter().map(|r| (r.id, r.state)).collect();
        for (id, state) in &before {
            self.count_mark(shared, *id, *state, ArticleState { read: true, ..*state });
        }
        self.list.window.set_all(|s| s.read = true);
        let request = shared.requests.open(Slot::Action);
        shared.pending_marks.insert(request.serial, before);
        vec![Effect::Write(request, Write::MarkAll(self.list.request(Page::First, 0), Mark::Read(true)))]
    }

    /// Takes the paint off again.
    pub fn restore(&mut self, before: &[(ArticleId, ArticleState)]) {
        for (id, state) in before {
            self.list.window.set_state(*id, |s| *s = *state);
        }
    }

    /// Shows a change that was stored; an undone one the other way round.
    pub fn show_change(&mut self, change: &Change, undone: bool) {
        let mark = if undone { reverse(&change.mark) } else { change.mark.clone() };
        for id in &change.articles {
            self.list.window.set_state(*id, |s| apply(s, &mark));
        }
    }

    /// Moves the counters along with the paint; the store's own counts follow and stand.
    pub(super) fn count_mark(&self, shared: &mut Shared, id: ArticleId, before: ArticleState, after: ArticleState) {
        let step = |count: &mut u64, was: bool, is: bool| match (was, is) {
            (false, true) => *count = count.saturating_add(1),
            (true, false) => *count = count.saturating_sub(1),
            (true, true) | (false, false) => {}
        };
        step(&mut shared.counts.unread, !before.read, !after.read);
        step(&mut shared.counts.saved, before.saved, after.saved);
        let row = self.list.window.position(id).and_then(|n| self.list.window.rows().get(n));
        let Some(row) = row else { return };
        // A story is unread while its lead is, and it has the key of the article it began with.
        let leads = self.list.has_stories() || row.story.0 == row.id.0;
        if leads {
            step(&mut shared.counts.unread_stories, !before.read, !after.read);
        }
        for topic in &row.topics {
            let counts =
                [(true, &mut shared.counts.unread_by_topic), (leads, &mut shared.counts.unread_stories_by_topic)];
            for (_, counts) in counts.into_iter().filter(|(counted, _)| *counted) {
                if let Some(count) = counts.get_mut(topic.index()) {
                    step(count, !before.read, !after.read);
                }
            }
        }
    }
}

pub(super) fn refuse(shared: &mut Shared) -> bool {
    if shared.read_only {
        shared.say(Level::Error, words::READ_ONLY);
    }
    shared.read_only
}
