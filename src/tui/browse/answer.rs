//! What list and article do with the answers to their requests.

use super::window::{STRIDE, Window};
use super::{Aim, Browse, Phase};
use crate::model::{ArticleState, Headline};
use crate::query::{Order, Scope};
use crate::tui::effect::Effect;
use crate::tui::event::Answer;
use crate::tui::model::Shared;
use crate::tui::reading::Reading;
use crate::tui::request::BrowseSlot;
use crate::tui::status::Level;
use crate::tui::words;

impl Browse {
    /// Takes an answer that is still wanted.
    pub fn answer(&mut self, shared: &mut Shared, slot: BrowseSlot, answer: Answer) -> Vec<Effect> {
        match (slot, answer) {
            (BrowseSlot::Window, Answer::Headlines(rows)) => {
                // What is under way belongs to the window that goes.
                for slot in [BrowseSlot::After, BrowseSlot::Before, BrowseSlot::Seek, BrowseSlot::Refresh] {
                    shared.requests.forget(self.slot(slot));
                }
                self.show_window(rows);
                if shared.requests.take_again(self.slot(BrowseSlot::Window)) && self.filling {
                    return self.arrived(shared);
                }
            }
            (BrowseSlot::After, Answer::Headlines(rows)) => {
                let dropped = self.list.window.append(rows, STRIDE);
                self.list.selected = self.list.selected.saturating_sub(dropped);
                self.list.offset = self.list.offset.saturating_sub(dropped);
            }
            (BrowseSlot::Before, Answer::Headlines(rows)) => {
                let added = self.list.window.prepend(rows, STRIDE);
                self.list.selected += added;
                self.list.offset += added;
            }
            (BrowseSlot::Seek, Answer::Headlines(rows)) => return self.found_unread(shared, rows),
            (BrowseSlot::Refresh, Answer::Headlines(rows)) => {
                self.refreshed(&rows);
                if shared.requests.take_again(self.slot(BrowseSlot::Refresh)) {
                    return self.refresh(shared);
                }
            }
            (BrowseSlot::Total, Answer::Count { all, unread }) => {
                let rows_follow = shared.requests.is_open(self.slot(BrowseSlot::Window));
                self.counted(all, unread, rows_follow);
            }
            (BrowseSlot::Newer, Answer::Newer(newer)) => {
                self.list.newer = newer;
                if shared.requests.take_again(self.slot(BrowseSlot::Newer)) {
                    return self.arrived(shared);
                }
            }
            (BrowseSlot::Article, Answer::Article(reading)) => self.article_came(reading),
            (BrowseSlot::Company, Answer::Company(company)) => self.article.show_company(*company),
            // An answer of another kind than the question cannot come about; were it to, it would change nothing.
            (
                BrowseSlot::Window
                | BrowseSlot::After
                | BrowseSlot::Before
                | BrowseSlot::Seek
                | BrowseSlot::Refresh
                | BrowseSlot::Total
                | BrowseSlot::Newer
                | BrowseSlot::Article
                | BrowseSlot::Company,
                _,
            ) => {}
        }
        Vec::new()
    }

    /// Takes the news that a request failed.
    pub fn failed(&mut self, shared: &mut Shared, slot: BrowseSlot, error: &str) {
        match slot {
            BrowseSlot::Window if self.list.window.rows().is_empty() => {
                self.list.phase = Phase::Failed(error.to_owned());
            }
            BrowseSlot::Article => self.article.failed = Some(error.to_owned()),
            // Asking again at once would fail again at once: the ends are taken for final until the list is asked for anew.
            BrowseSlot::After => self.list.window.at_end = true,
            BrowseSlot::Before => self.list.window.at_start = true,
            BrowseSlot::Seek => self.list.seek = None,
            BrowseSlot::Window | BrowseSlot::Total | BrowseSlot::Newer | BrowseSlot::Refresh | BrowseSlot::Company => {}
        }
        shared.say(Level::Error, error);
    }

    /// A window came in place of the one shown. Whether it is the top or the bottom of the list follows from which way
    /// the user went: `G` asks for the bottom with the cursor to be put on its last row.
    fn show_window(&mut self, rows: Vec<Headline>) {
        let keep = self.list.current().map(|r| r.id);
        let aim = std::mem::take(&mut self.list.aim);
        self.list.phase = Phase::Ready;
        if aim == Aim::Bottom {
            self.list.window = Window::bottom(rows, STRIDE, self.list.total);
            self.list.selected = self.list.window.rows().len().saturating_sub(1);
            self.list.offset = self.list.selected;
            return;
        }
        self.list.window = Window::top(rows, STRIDE);
        // What is covered most is one list that is not paged.
        self.list.window.at_end |= self.list.scope == Scope::Covered;
        if self.list.window.at_end {
            self.list.total = Some(self.list.window.rows().len() as u64);
        }
        let kept = keep.filter(|_| aim == Aim::Stay).and_then(|id| self.list.window.position(id));
        let moved = kept.unwrap_or(0);
        // The row stays at its height on the screen where the list allows.
        let height = self.list.selected.saturating_sub(self.list.offset);
        self.list.selected = moved;
        self.list.offset = moved.saturating_sub(height);
    }

    fn found_unread(&mut self, shared: &mut Shared, rows: Vec<Headline>) -> Vec<Effect> {
        let Some(seek) = self.list.seek.take() else {
            return Vec::new();
        };
        let Some(row) = rows.into_iter().next() else {
            shared.say(Level::Note, words::NO_UNREAD);
            return Vec::new();
        };
        if let Some(n) = self.list.window.position(row.id) {
            self.list.selected = n;
        } else {
            self.list.window = Window::around(row);
            self.list.selected = 0;
            self.list.offset = 0;
            shared.requests.forget(self.slot(BrowseSlot::After));
            shared.requests.forget(self.slot(BrowseSlot::Before));
        }
        if seek.open { self.open(shared) } else { Vec::new() }
    }

    fn refreshed(&mut self, rows: &[Headline]) {
        let (after, asked) = self.list.refreshing;
        let from = match after.map(|id| self.list.window.position(id)) {
            None => 0,
            Some(Some(n)) => n + 1,
            // The row it began after is no longer in memory.
            Some(None) => return,
        };
        let complete = rows.len() < asked;
        let (unread_only, saved) = (self.list.unread_only, self.list.scope == Scope::Saved);
        let by_topic = self.list.order == Order::Topic;
        self.list.window.refresh(rows, from, complete, by_topic, |state: &mut ArticleState| {
            // What does not match any more has lost the mark that the list is about.
            if unread_only && !saved {
                state.read = true;
            } else if saved && !unread_only {
                state.saved = false;
            }
        });
    }

    /// Takes the count; while the rows it counts are still under way, those shown say nothing about it.
    fn counted(&mut self, all: u64, unread: u64, rows_follow: bool) {
        let total = if self.list.unread_only { unread } else { all };
        if rows_follow {
            self.list.total = Some(total);
            return;
        }
        // Rows that were read since stay in an unread-only list, and count while they are there.
        let here = self.list.window.rows().len() as u64;
        self.list.total = Some(total.max(here));
        if self.list.window.at_end && !self.list.window.at_start && self.list.window.first.is_none() {
            self.list.window.first = total.checked_sub(here);
        }
    }

    fn article_came(&mut self, reading: Option<Box<Reading>>) {
        self.article.show(reading.map(|r| *r));
    }
}
