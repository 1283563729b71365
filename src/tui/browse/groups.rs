//! The headings that part a list: days, sources or topics, by its order.

use jiff::{Timestamp, tz::TimeZone};

use crate::model::Headline;
use crate::query::Order;
use crate::tui::times;

/// A line of the list as drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of the group that row `n` belongs to.
    Heading(usize),
    /// Row `n`.
    Row(usize),
}

/// What parts a list into groups.
#[derive(Debug, Clone)]
pub struct Grouping<'a> {
    /// The order of the list.
    pub order: Order,
    /// The zone that days are counted in.
    pub zone: &'a TimeZone,
}

impl Grouping<'_> {
    /// Whether two rows are in one group.
    #[must_use]
    pub fn same(&self, one: &Headline, other: &Headline) -> bool {
        match self.order {
            Order::Date => times::day(one.date, self.zone) == times::day(other.date, self.zone),
            Order::Source => one.feed_name == other.feed_name,
            Order::Topic => one.topics.first() == other.topics.first(),
        }
    }

    /// The heading of a row's group.
    #[must_use]
    pub fn title(&self, row: &Headline, now: Timestamp) -> String {
        match self.order {
            Order::Date => times::day_heading(times::day(row.date, self.zone), times::day(now, self.zone)),
            Order::Source => row.feed_name.clone(),
            Order::Topic => row.topics.first().map_or("No topic", |t| t.get().name).to_owned(),
        }
    }

    /// Lines from row `offset` on, at most `height`: the group of the first row stands above it, further headings where groups begin.
    #[must_use]
    pub fn lines(&self, rows: &[Headline], offset: usize, height: usize) -> Vec<Line> {
        let mut lines = Vec::with_capacity(height);
        for (n, row) in rows.iter().enumerate().skip(offset) {
            let begins = n == offset || rows.get(n.wrapping_sub(1)).is_none_or(|before| !self.same(before, row));
            // A heading needs a row below it.
            if begins && lines.len() + 1 < height {
                lines.push(Line::Heading(n));
            } else if begins && n != offset {
                break;
            }
            if lines.len() >= height {
                break;
            }
            lines.push(Line::Row(n));
        }
        lines
    }

    /// Unread and all rows of the group that row `n` is in; none when the group reaches beyond the rows in memory.
    #[must_use]
    pub fn counts(&self, rows: &[Headline], n: usize, at_start: bool, at_end: bool) -> Option<(usize, usize)> {
        let row = rows.get(n)?;
        let begin = rows[..n].iter().rposition(|r| !self.same(r, row));
        let end = rows[n..].iter().position(|r| !self.same(r, row)).map(|len| n + len);
        if (begin.is_none() && !at_start) || (end.is_none() && !at_end) {
            return None;
        }
        let group = &rows[begin.map_or(0, |b| b + 1)..end.unwrap_or(rows.len())];
        Some((group.iter().filter(|r| !r.state.read).count(), group.len()))
    }
}
