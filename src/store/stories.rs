//! Stories: which article leads each, what its row is sorted by, and how it is covered.
//!
//! An article alone has no story in the table and is its own lead. Of the others, the lead is the article whose id is the
//! story's, else (it is gone or hidden) the first that arrived. Its row's date is that of the newest that is no copy.

use std::collections::{BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::counts::Tally;
use super::standing::{STANDING, STANDING_COLUMNS, Standing};
use crate::text::fold;

/// Stories that a transaction touched; they are put right at its end.
pub(super) type Touched = BTreeSet<i64>;

/// An article of a story.
pub(super) struct Member {
    pub(super) standing: Standing,
    pub(super) copy_of: Option<i64>,
    /// Whom it is taken from, folded.
    via: Option<String>,
    /// Its feed's name, folded.
    feed_name: String,
}

/// What the table says of a story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Facts {
    lead: Option<i64>,
    members: i64,
    unread: i64,
    sources: i64,
    latest: i64,
    newest: i64,
}

impl Member {
    /// The publisher that counts as a source: whom it is taken from, else its feed's, but for a copy.
    pub(super) fn publisher(&self) -> Option<&str> {
        self.via.as_deref().or(self.copy_of.is_none().then_some(self.feed_name.as_str()))
    }
}

/// The articles of a story as they arrived; hidden ones too.
pub(super) fn members(conn: &Connection, story: i64) -> rusqlite::Result<Vec<Member>> {
    let at = STANDING_COLUMNS;
    conn.prepare_cached(&format!(
        "SELECT {STANDING}, a.copy_of, v.folded, f.name FROM article a JOIN feed f ON f.id = a.feed
         LEFT JOIN via v ON v.id = a.via WHERE a.story = ?1 ORDER BY a.id"
    ))?
    .query_map([story], |row| {
        Ok(Member {
            standing: Standing::of_row(row)?,
            copy_of: row.get(at)?,
            via: row.get(at + 1)?,
            feed_name: fold(row.get_ref(at + 2)?.as_str()?),
        })
    })?
    .collect()
}

/// What is true of a story with these articles.
fn facts(story: i64, members: &[Member]) -> Facts {
    let shown = || members.iter().filter(|member| member.standing.shown);
    let founder = shown().find(|member| member.standing.article == story);
    let Some(lead) = founder.or_else(|| shown().next()) else { return Facts::default() };
    let lead = lead.standing.article;
    let news = || shown().filter(|member| member.copy_of.is_none() || member.standing.article == lead);
    let sources: HashSet<&str> = shown().filter_map(Member::publisher).collect();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    Facts {
        lead: Some(lead),
        members: number(shown().count()),
        unread: number(shown().filter(|member| !member.standing.read).count()),
        sources: number(sources.len().max(1)),
        latest: news().map(|member| member.standing.date).max().unwrap_or_default(),
        newest: news().map(|member| member.standing.article).max().unwrap_or_default(),
    }
}

/// Puts stories right after their articles changed: lead, row, coverage.
pub(super) fn refresh(tx: &Transaction<'_>, touched: &Touched, tally: &mut Tally) -> rusqlite::Result<()> {
    touched.iter().try_for_each(|story| refresh_one(tx, *story, tally))
}

fn refresh_one(tx: &Transaction<'_>, story: i64, tally: &mut Tally) -> rusqlite::Result<()> {
    let members = members(tx, story)?;
    let alone = matches!(members.as_slice(), [only] if only.standing.article == story);
    if alone {
        tx.prepare_cached("UPDATE article SET story = NULL WHERE id = ?1")?.execute([story])?;
    }
    if alone || members.is_empty() {
        tx.prepare_cached("DELETE FROM story WHERE id = ?1")?.execute([story])?;
    }
    let facts = facts(story, &members);
    for Member { standing, .. } in &members {
        let leads = facts.lead == Some(standing.article);
        let row = leads.then_some(if alone { standing.date } else { facts.latest });
        if standing.row != row {
            tx.prepare_cached("UPDATE article SET row_date = ?2 WHERE id = ?1")?.execute((standing.article, row))?;
            standing.change(&Standing { row, ..standing.clone() }, tx, tally)?;
        }
    }
    if !alone && !members.is_empty() {
        let Facts { lead, members, unread, sources, latest, newest } = facts;
        tx.prepare_cached(
            "INSERT OR REPLACE INTO story (id, lead, members, unread, sources, latest, newest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((story, lead, members, unread, sources, latest, newest))?;
    }
    Ok(())
}

/// A shown article of a story was marked read or unread.
pub(super) fn count_mark(tx: &Transaction<'_>, story: i64, read: bool) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE story SET unread = unread + ?2 WHERE id = ?1")?
        .execute((story, if read { -1 } else { 1 }))
        .map(drop)
}

/// An article goes: its first copy becomes the original of the others. Its story is to be refreshed once it is gone.
pub(super) fn depart(tx: &Transaction<'_>, article: i64, touched: &mut Touched) -> rusqlite::Result<()> {
    let story: Option<i64> = tx
        .prepare_cached("SELECT story FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))
        .optional()?
        .flatten();
    touched.extend(story);
    let copies: Vec<(i64, Option<i64>)> = tx
        .prepare_cached("SELECT id, story FROM article WHERE copy_of = ?1 ORDER BY id")?
        .query_map([article], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if let Some((first, _)) = copies.first() {
        for (copy, story) in &copies {
            tx.prepare_cached("UPDATE article SET copy_of = ?2 WHERE id = ?1")?
                .execute((copy, Some(first).filter(|first| *first != copy)))?;
            touched.extend(*story);
        }
    }
    Ok(())
}

/// The copies of an article and what it is a copy of: all that have its text, itself left out.
pub(super) fn same_text(conn: &Connection, article: i64) -> rusqlite::Result<Vec<i64>> {
    let original: Option<i64> = conn
        .prepare_cached("SELECT coalesce(copy_of, id) FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))
        .optional()?;
    conn.prepare_cached("SELECT id FROM article WHERE copy_of = ?1 UNION SELECT id FROM article WHERE id = ?1")?
        .query_map([original], |row| row.get(0))?
        .filter(|id| id.as_ref().map_or(true, |id| *id != article))
        .collect()
}

/// Stories with an article of this feed: their sources may change with its name.
pub(super) fn with_feed(tx: &Transaction<'_>, feed: i64) -> rusqlite::Result<Touched> {
    tx.prepare_cached("SELECT DISTINCT story FROM article WHERE story IS NOT NULL AND feed = ?1")?
        .query_map([feed], |row| row.get(0))?
        .collect()
}

/// Stories that differ from what their articles say, in words.
pub(super) fn faults(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut select = conn.prepare("SELECT id, lead, members, unread, sources, latest, newest FROM story")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let story: i64 = row.get(0)?;
        let kept = Facts {
            lead: row.get(1)?,
            members: row.get(2)?,
            unread: row.get(3)?,
            sources: row.get(4)?,
            latest: row.get(5)?,
            newest: row.get(6)?,
        };
        let members = members(conn, story)?;
        let truth = facts(story, &members);
        if kept != truth {
            faults.push(format!("story {story}: {kept:?}, counted {truth:?}"));
        }
        let leads: Vec<(i64, Option<i64>)> =
            members.iter().filter(|m| m.standing.row.is_some()).map(|m| (m.standing.article, m.standing.row)).collect();
        let expected: Vec<(i64, Option<i64>)> = truth.lead.map(|lead| (lead, Some(truth.latest))).into_iter().collect();
        if leads != expected {
            faults.push(format!("story {story}: rows {leads:?} instead of {expected:?}"));
        }
    }
    Ok(faults)
}
