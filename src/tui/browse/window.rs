//! The part of a list that is in memory: a run of rows that grows at both ends and is trimmed behind the cursor.

use std::collections::{HashMap, HashSet};

use crate::model::{ALL_TOPICS, ArticleId, ArticleState, Headline, StoryId};
use crate::query::Cursor;

/// Rows asked for at once.
pub const STRIDE: usize = 200;

/// Rows kept; beyond it the far end is dropped and asked for again when the cursor comes near.
const KEPT: usize = 1_200;

/// Rows between the cursor and an end of the window at which more are asked for.
const MARGIN: usize = 60;

/// A run of rows out of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Window {
    rows: Vec<Headline>,
    /// Nothing precedes the first row.
    pub at_start: bool,
    /// Nothing follows the last row.
    pub at_end: bool,
    /// Place of the first row in the whole list, from 0, where it is known.
    pub first: Option<u64>,
}

impl Window {
    /// The top of a list; `rows` as answered when `asked` were asked for.
    #[must_use]
    pub fn top(rows: Vec<Headline>, asked: usize) -> Self {
        Self { at_start: true, at_end: rows.len() < asked, first: Some(0), rows }
    }

    /// The bottom of a list of `total` rows, where that is known.
    #[must_use]
    pub fn bottom(rows: Vec<Headline>, asked: usize, total: Option<u64>) -> Self {
        let first = total.and_then(|t| t.checked_sub(rows.len() as u64));
        Self { at_start: rows.len() < asked, at_end: true, first, rows }
    }

    /// One row from the middle of a list, to be extended at both ends.
    #[must_use]
    pub fn around(row: Headline) -> Self {
        Self { rows: vec![row], at_start: false, at_end: false, first: None }
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[Headline] {
        &self.rows
    }

    /// Where an article is.
    #[must_use]
    pub fn position(&self, id: ArticleId) -> Option<usize> {
        self.rows.iter().position(|r| r.id == id)
    }

    /// Whether rows should be asked for after the window, with the cursor at `selected`.
    #[must_use]
    pub fn wants_after(&self, selected: usize) -> bool {
        !self.at_end && !self.rows.is_empty() && selected + MARGIN >= self.rows.len()
    }

    /// Whether rows should be asked for before the window.
    #[must_use]
    pub fn wants_before(&self, selected: usize) -> bool {
        !self.at_start && !self.rows.is_empty() && selected < MARGIN
    }

    /// Adds what follows; gives how many rows were dropped at the front.
    pub fn append(&mut self, rows: Vec<Headline>, asked: usize) -> usize {
        self.at_end = rows.len() < asked;
        let new = self.unknown(rows);
        self.rows.extend(new);
        let dropped = self.rows.len().saturating_sub(KEPT);
        if dropped > 0 {
            self.rows.drain(..dropped);
            self.at_start = false;
            self.first = self.first.map(|f| f.saturating_add(dropped as u64));
        }
        dropped
    }

    /// Adds what precedes, in list order; gives how many rows came in front.
    pub fn prepend(&mut self, rows: Vec<Headline>, asked: usize) -> usize {
        self.at_start = rows.len() < asked;
        let mut new = self.unknown(rows);
        let added = new.len();
        new.append(&mut self.rows);
        self.rows = new;
        if self.rows.len() > KEPT {
            self.rows.truncate(KEPT);
            self.at_end = false;
        }
        self.first = if self.at_start { Some(0) } else { self.first.and_then(|f| f.checked_sub(added as u64)) };
        added
    }

    fn unknown(&self, rows: Vec<Headline>) -> Vec<Headline> {
        let known: HashSet<_> = self.rows.iter().map(|row| row.id).collect();
        rows.into_iter().filter(|row| !known.contains(&row.id)).collect()
    }

    /// Changes the marks of an article that is shown; gives how they were.
    pub fn set_state(&mut self, id: ArticleId, change: impl FnOnce(&mut ArticleState)) -> Option<ArticleState> {
        let row = self.rows.iter_mut().find(|r| r.id == id)?;
        let before = row.state;
        change(&mut row.state);
        Some(before)
    }

    /// Marks the rows of a story read, its other articles with them; gives how the rows were.
    pub fn set_story_read(&mut self, story: StoryId) -> Vec<(ArticleId, ArticleState)> {
        let of_story = self.rows.iter_mut().filter(|row| row.story == story);
        let read = |row: &mut Headline| {
            row.coverage.unread = 0;
            let before = row.state;
            row.state.read = true;
            (row.id, before)
        };
        of_story.map(read).filter(|(_, before)| !before.read).collect()
    }

    /// Changes the marks of all rows.
    pub fn set_all(&mut self, mut change: impl FnMut(&mut ArticleState)) {
        self.rows.iter_mut().for_each(|r| change(&mut r.state));
    }

    /// Takes over marks, labels and coverage of rows that were asked for again, those from row `from` on; what they are
    /// sorted by stays as it was, the topics too when the list is `by_topic`. `gone` is applied to rows that the
    /// answer should hold but does not: they do not match the list any more, yet stay where they are. `complete` says
    /// that the answer reaches the end of the list.
    pub fn refresh(
        &mut self,
        fresh: &[Headline],
        from: usize,
        complete: bool,
        by_topic: bool,
        gone: impl Fn(&mut ArticleState),
    ) {
        let last = fresh.last().and_then(|r| self.position(r.id));
        let covered = if complete { self.rows.len() } else { last.map_or(0, |n| n + 1) };
        let fresh: HashMap<_, _> = fresh.iter().map(|row| (row.id, row)).collect();
        for (n, row) in self.rows.iter_mut().enumerate().skip(from) {
            match fresh.get(&row.id) {
                Some(now) => {
                    let mut now = Headline { date: row.date, feed_name: row.feed_name.clone(), ..(*now).clone() };
                    if by_topic {
                        now.topics.clone_from(&row.topics);
                        now.scores.clone_from(&row.scores);
                    }
                    *row = now;
                }
                None if n < covered => gone(&mut row.state),
                None => {}
            }
        }
    }
}

/// The place of a row in any order.
#[must_use]
pub fn cursor(row: &Headline) -> Cursor {
    Cursor {
        feed_name: row.feed_name.clone(),
        topic: row.topics.first().map_or(ALL_TOPICS.len(), |t| t.index()),
        date: row.date,
        id: row.id,
    }
}
