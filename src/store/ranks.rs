//! The rank of a row: what an order sorts by before the date.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::query::{Cursor, Order};
use crate::text::fold;

/// The rank of a row in an order; even numbers, so that a cursor whose name is gone fits between.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ranks {
    /// Every row has rank 0.
    Date,
    /// By the place of the feed's folded name among all names: feed and rank.
    Source { names: Vec<String>, feeds: HashMap<i64, i64> },
    /// Twice the index of the best topic.
    Topic,
}

impl Ranks {
    /// The ranks of an order as the feeds are named now.
    pub(super) fn of(conn: &Connection, order: Order) -> rusqlite::Result<Self> {
        match order {
            Order::Date => Ok(Self::Date),
            Order::Topic => Ok(Self::Topic),
            Order::Source => {
                let feeds: Vec<(i64, String)> = conn
                    .prepare_cached("SELECT id, name FROM feed WHERE shown = 1")?
                    .query_map([], |row| Ok((row.get(0)?, fold(row.get_ref(1)?.as_str()?))))?
                    .collect::<rusqlite::Result<_>>()?;
                let mut names: Vec<String> = feeds.iter().map(|(_, name)| name.clone()).collect();
                names.sort_unstable();
                names.dedup();
                let feeds = feeds.into_iter().map(|(feed, name)| (feed, rank_of_name(&names, &name))).collect();
                Ok(Self::Source { names, feeds })
            }
        }
    }

    /// The rank of a row.
    pub(super) fn of_row(&self, feed: i64, best: i64) -> i64 {
        match self {
            Self::Date => 0,
            Self::Source { feeds, .. } => feeds.get(&feed).copied().unwrap_or(i64::MAX),
            Self::Topic => best.saturating_mul(2),
        }
    }

    /// The rank of a cursor; odd when its feed has another name by now.
    pub(super) fn of_cursor(&self, cursor: &Cursor) -> i64 {
        match self {
            Self::Date => 0,
            Self::Source { names, .. } => rank_of_name(names, &fold(&cursor.feed_name)),
            Self::Topic => i64::try_from(cursor.topic).unwrap_or(i64::MAX).saturating_mul(2),
        }
    }
}

fn rank_of_name(names: &[String], name: &str) -> i64 {
    let rank = |at: usize| i64::try_from(at).unwrap_or(i64::MAX).saturating_mul(2);
    match names.binary_search_by(|other| other.as_str().cmp(name)) {
        Ok(at) => rank(at),
        Err(at) => rank(at).saturating_sub(1),
    }
}
