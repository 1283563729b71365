//! The most covered stories: by the number of distinct publishers within the last 48 hours of the library.
//!
//! A copy counts nobody but whom it is taken from. Among stories of as many publishers, those come first whose coverage is
//! fresher (each publisher weighs half after 24 hours), then the latest. One publisher is no coverage.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::columns::{count as unsigned, date_time};
use super::{StoreError, rows, stories};
use crate::model::{ArticleId, Headline};
use crate::query::{ListRequest, Page};

/// Seconds before the newest article that count.
const WINDOW: i64 = 48 * 3_600;
/// Seconds in which a publisher's weight halves.
const HALF_LIFE: f64 = 24.0 * 3_600.0;

/// A story and its coverage within the window.
struct Ranked {
    lead: i64,
    read: bool,
    sources: usize,
    weight: f64,
    latest: i64,
}

/// The date of the newest shown article that had arrived by then.
pub(super) fn newest_date(conn: &Connection, up_to: Option<ArticleId>) -> rusqlite::Result<Option<i64>> {
    let mut select = conn.prepare_cached(
        "SELECT date FROM article INDEXED BY list_date WHERE shown = 1 AND read = ?1 AND id <= ?2 ORDER BY date DESC, id DESC LIMIT 1",
    )?;
    let mut newest = None;
    for read in [0, 1] {
        let date: Option<i64> =
            select.query_row((read, up_to.map_or(i64::MAX, |id| id.0)), |row| row.get(0)).optional()?;
        newest = newest.max(date);
    }
    Ok(newest)
}

/// All of them, the most covered first, from what had arrived by `up_to`.
fn ranked(conn: &Connection, up_to: Option<ArticleId>) -> Result<Vec<Ranked>, StoreError> {
    let Some(newest) = newest_date(conn, up_to)? else { return Ok(Vec::new()) };
    let (from, last) = (newest.saturating_sub(WINDOW), up_to.map_or(i64::MAX, |id| id.0));
    let stories: Vec<(i64, i64)> = conn
        .prepare_cached(
            "SELECT id, lead FROM story INDEXED BY story_latest WHERE latest > ?1 AND sources > 1 AND lead <= ?2",
        )?
        .query_map((from, last), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut ranked = Vec::new();
    for (story, lead) in stories {
        let members = stories::members(conn, story)?;
        let mut publishers: HashMap<&str, i64> = HashMap::new();
        for member in
            members.iter().filter(|m| m.standing.shown && m.standing.article <= last && m.standing.date > from)
        {
            if let Some(publisher) = member.publisher() {
                let latest = publishers.entry(publisher).or_insert(member.standing.date);
                *latest = (*latest).max(member.standing.date);
            }
        }
        let age = |date: i64| f64::from(i32::try_from(newest.saturating_sub(date)).unwrap_or(i32::MAX));
        let read = members.iter().any(|member| member.standing.article == lead && member.standing.read);
        ranked.push(Ranked {
            lead,
            read,
            sources: publishers.len(),
            weight: publishers.values().map(|date| (-age(*date) / HALF_LIFE).exp2()).sum(),
            latest: publishers.values().copied().max().unwrap_or_default(),
        });
    }
    ranked.retain(|story| story.sources > 1);
    ranked.sort_by(|a, b| {
        let by_weight = b.weight.total_cmp(&a.weight);
        b.sources.cmp(&a.sources).then(by_weight).then((b.latest, b.lead).cmp(&(a.latest, a.lead)))
    });
    Ok(ranked)
}

/// The leads of the most covered stories. Their coverage says how many publishers there are within the window, and their
/// date is that of the latest of them. There is one page.
pub(super) fn headlines(conn: &Connection, request: &ListRequest) -> Result<Vec<Headline>, StoreError> {
    if matches!(request.page, Page::After(_) | Page::Before(_)) {
        return Ok(Vec::new());
    }
    let mut ranked = ranked(conn, request.up_to)?;
    ranked.retain(|story| !(request.unread_only && story.read));
    ranked.truncate(request.limit);
    let mut headlines = rows::headlines(conn, ranked.iter().map(|story| story.lead))?;
    for (headline, story) in headlines.iter_mut().zip(ranked) {
        headline.coverage.sources = u32::try_from(story.sources).unwrap_or(u32::MAX);
        headline.date = date_time(story.latest);
    }
    Ok(headlines)
}

/// All and unread of them.
pub(super) fn count(conn: &Connection, up_to: Option<ArticleId>) -> Result<(u64, u64), StoreError> {
    let ranked = ranked(conn, up_to)?;
    let number = |count: usize| unsigned(i64::try_from(count).unwrap_or(i64::MAX));
    Ok((number(ranked.len()), number(ranked.iter().filter(|story| !story.read).count())))
}
