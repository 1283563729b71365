//! The headings that part a list: days, sources or topics, by its order.

use jiff::{Timestamp, tz::TimeZone};

use crate::model::{Headline, TopicId};
use crate::query::Order;
use crate::tui::{times, words};

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
    /// It is the list of what is covered most: one group.
    pub covered: bool,
    /// The zone that days are counted in.
    pub zone: &'a TimeZone,
}

/// One group: what its rows have in common. Days are kept as stretches of time, so that a thousand rows are compared
/// without a thousand calendars.
enum Group<'a> {
    Day { from: Timestamp, to: Timestamp },
    Source(&'a str),
    Topic(Option<TopicId>),
    All,
}

impl Group<'_> {
    fn holds(&self, row: &Headline) -> bool {
        match self {
            Group::Day { from, to } => (*from..*to).contains(&row.date),
            Group::Source(name) => row.feed_name == *name,
            Group::Topic(topic) => row.topics.first() == topic.as_ref(),
            Group::All => true,
        }
    }
}

impl Grouping<'_> {
    fn group<'a>(&self, row: &'a Headline) -> Group<'a> {
        if self.covered {
            return Group::All;
        }
        match self.order {
            Order::Date => {
                let (from, to) = times::bounds_of_day(row.date, self.zone);
                Group::Day { from, to }
            }
            Order::Source => Group::Source(&row.feed_name),
            Order::Topic => Group::Topic(row.topics.first().copied()),
        }
    }

    /// Whether two rows are in one group.
    #[must_use]
    pub fn same(&self, one: &Headline, other: &Headline) -> bool {
        self.group(one).holds(other)
    }

    /// The heading of a row's group.
    #[must_use]
    pub fn title(&self, row: &Headline, now: Timestamp) -> String {
        if self.covered {
            return words::COVERED.to_owned();
        }
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
        let mut group = None;
        for (n, row) in rows.iter().enumerate().skip(offset) {
            let begins = !group.as_ref().is_some_and(|group: &Group<'_>| group.holds(row));
            if begins {
                group = Some(self.group(row));
            }
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
        let group = self.group(rows.get(n)?);
        let begin = rows[..n].iter().rposition(|r| !group.holds(r));
        let end = rows[n..].iter().position(|r| !group.holds(r)).map(|len| n + len);
        if (begin.is_none() && !at_start) || (end.is_none() && !at_end) {
            return None;
        }
        let rows = &rows[begin.map_or(0, |b| b + 1)..end.unwrap_or(rows.len())];
        Some((rows.iter().filter(|r| !r.state.read).count(), rows.len()))
    }
}
