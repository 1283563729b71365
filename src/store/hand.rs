//! What the user said about stories: rules about two articles, each pair once.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::journal::{self, Entry};
use super::{StoreError, stories};
use crate::model::{ArticleId, HandRule, Step};

fn rule(row: &Row<'_>) -> rusqlite::Result<HandRule> {
    Ok(HandRule { article: ArticleId(row.get(0)?), other: ArticleId(row.get(1)?), together: row.get(2)? })
}

/// All rules.
pub(super) fn all(conn: &Connection) -> Result<Vec<HandRule>, StoreError> {
    let mut select = conn.prepare_cached("SELECT article, other, together FROM hand_rule ORDER BY article, other")?;
    Ok(select.query_map([], rule)?.collect::<rusqlite::Result<_>>()?)
}

/// The rule with the lower id first: what is said of a pair holds both ways.
fn of_pair(one: i64, two: i64, together: bool) -> HandRule {
    HandRule { article: ArticleId(one.min(two)), other: ArticleId(one.max(two)), together }
}

/// What is said of a pair now.
fn said(conn: &Connection, rule: HandRule) -> rusqlite::Result<Option<HandRule>> {
    let together = conn
        .prepare_cached("SELECT together FROM hand_rule WHERE article = ?1 AND other = ?2")?
        .query_row((rule.article.0, rule.other.0), |row| row.get(0))
        .optional()?;
    Ok(together.map(|together| HandRule { together, ..rule }))
}

/// Lifts rules and sets others.
pub(super) fn replace(tx: &Transaction<'_>, lifted: &[HandRule], set: &[HandRule]) -> rusqlite::Result<()> {
    let mut delete = tx.prepare_cached("DELETE FROM hand_rule WHERE article = ?1 AND other = ?2")?;
    for rule in lifted {
        delete.execute((rule.article.0, rule.other.0))?;
    }
    let mut insert =
        tx.prepare_cached("INSERT OR REPLACE INTO hand_rule (article, other, together) VALUES (?1, ?2, ?3)")?;
    for rule in set {
        insert.execute((rule.article.0, rule.other.0, rule.together))?;
    }
    Ok(())
}

/// Those of the rules whose articles are both here.
pub(super) fn still_there(conn: &Connection, rules: Vec<HandRule>) -> rusqlite::Result<Vec<HandRule>> {
    let mut select = conn.prepare_cached("SELECT count(*) = 2 FROM article WHERE id IN (?1, ?2)")?;
    let mut kept = Vec::new();
    for rule in rules {
        if select.query_row((rule.article.0, rule.other.0), |row| row.get(0))? {
            kept.push(rule);
        }
    }
    Ok(kept)
}

/// Sets rules and lifts those that stand against them and `lifted`, as one change. None when that changes nothing.
fn write(
    tx: &Transaction<'_>,
    at: i64,
    set: Vec<HandRule>,
    mut lifted: Vec<HandRule>,
    words: String,
) -> Result<Option<Step>, StoreError> {
    let mut new = Vec::new();
    for rule in set {
        let before = said(tx, rule)?;
        if before != Some(rule) {
            new.push(rule);
            lifted.extend(before.filter(|before| !lifted.contains(before)));
        }
    }
    if new.is_empty() && lifted.is_empty() {
        return Ok(None);
    }
    replace(tx, &lifted, &new)?;
    journal::record(tx, at, &Entry::Hand { set: &new, lifted: &lifted, words: &words })?;
    Ok(Some(Step::Hand { set: new, lifted, words }))
}

/// The title of an article and the ids of its story, itself included; none when it is gone.
fn company(tx: &Transaction<'_>, article: i64) -> rusqlite::Result<Option<(String, Vec<i64>)>> {
    let found: Option<(String, Option<i64>)> = tx
        .prepare_cached("SELECT title, story FROM article WHERE id = ?1")?
        .query_row([article], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((title, story)) = found else { return Ok(None) };
    let members = match story {
        Some(story) => stories::members(tx, story)?.into_iter().map(|member| member.standing.article).collect(),
        None => vec![article],
    };
    Ok(Some((title, members)))
}

/// See `Store::split`.
pub(super) fn split(tx: &Transaction<'_>, article: i64, at: i64) -> Result<Option<Step>, StoreError> {
    let Some((title, members)) = company(tx, article)? else { return Ok(None) };
    let others = members.into_iter().filter(|member| *member != article);
    let set: Vec<HandRule> = others.map(|other| of_pair(article, other, false)).collect();
    if set.is_empty() {
        return Ok(None);
    }
    write(tx, at, set, Vec::new(), format!("split off: {title}"))
}

/// See `Store::merge`.
pub(super) fn merge(tx: &Transaction<'_>, article: i64, into: i64, at: i64) -> Result<Option<Step>, StoreError> {
    let (Some((title, ones)), Some((_, others))) = (company(tx, article)?, company(tx, into)?) else { return Ok(None) };
    if article == into || ones.contains(&into) {
        return Ok(None);
    }
    let mut lifted = Vec::new();
    for one in &ones {
        for other in &others {
            lifted.extend(said(tx, of_pair(*one, *other, false))?.filter(|rule| !rule.together));
        }
    }
    // All of both, as they are now: a rule about two of them would part them from those they were with.
    let with = |centre: i64, all: &[i64]| -> Vec<HandRule> {
        all.iter().filter(|one| **one != centre).map(|one| of_pair(centre, *one, true)).collect()
    };
    let set = [vec![of_pair(article, into, true)], with(article, &ones), with(into, &others)].concat();
    write(tx, at, set, lifted, format!("put together: {title}"))
}

/// Rules for the journal.
pub(super) fn rules_to_json(rules: &[HandRule]) -> String {
    let rules: Vec<(i64, i64, bool)> = rules.iter().map(|rule| (rule.article.0, rule.other.0, rule.together)).collect();
    serde_json::json!(rules).to_string()
}

/// Rules from the journal; a damaged entry gives none.
pub(super) fn rules_from_json(json: &str) -> Vec<HandRule> {
    let rules: Vec<(i64, i64, bool)> = serde_json::from_str(json).unwrap_or_default();
    rules.into_iter().map(|(one, two, together)| of_pair(one, two, together)).collect()
}
