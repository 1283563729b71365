//! Entities: numbered once, listed by article, and what is asked about one.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};

use super::columns::{numbers_from_blob, numbers_to_blob};
use crate::model::{Entity, EntityKind};
use crate::query::EntityWanted;
use crate::text::fold;

/// Entities an article keeps at most.
const ENTITIES: usize = 16;
/// Entities that one name of a query means at most.
const MEANT: usize = 256;
/// Articles that are looked at for the company an entity keeps.
const COMPANY: i64 = 2_000;

/// Numbers of entities that were looked up in this transaction.
#[derive(Debug, Default)]
pub(super) struct Numbers(HashMap<String, i64>);

impl Numbers {
    /// The column of an article's entities; what the lexicon says of one now is kept.
    pub(super) fn column(&mut self, tx: &Transaction<'_>, entities: &[Entity]) -> rusqlite::Result<Vec<u8>> {
        let mut numbers: Vec<i64> = Vec::with_capacity(entities.len());
        for entity in entities.iter().take(ENTITIES) {
            let number = if let Some(number) = self.0.get(&entity.id) {
                *number
            } else {
                let number = number(tx, entity)?;
                self.0.insert(entity.id.clone(), number);
                number
            };
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        Ok(numbers_to_blob(&numbers))
    }
}

fn number(tx: &Transaction<'_>, entity: &Entity) -> rusqlite::Result<i64> {
    let kind = entity.kind.id();
    let known: Option<(i64, bool)> = tx
        .prepare_cached("SELECT number, name = ?2 AND kind = ?3 FROM entity WHERE id = ?1")?
        .query_row((&entity.id, &entity.name, kind), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match known {
        Some((number, true)) => Ok(number),
        Some((number, false)) => {
            tx.prepare_cached("UPDATE entity SET name = ?2, folded = ?3, kind = ?4 WHERE number = ?1")?.execute((
                number,
                &entity.name,
                fold(&entity.name),
                kind,
            ))?;
            Ok(number)
        }
        None => tx.prepare_cached("INSERT INTO entity (id, name, folded, kind) VALUES (?1, ?2, ?3, ?4)")?.insert((
            &entity.id,
            &entity.name,
            fold(&entity.name),
            kind,
        )),
    }
}

/// Lists an article under its entities.
pub(super) fn list(tx: &Transaction<'_>, column: &[u8], date: i64, article: i64) -> rusqlite::Result<()> {
    let mut insert =
        tx.prepare_cached("INSERT OR REPLACE INTO article_entity (entity, date, article) VALUES (?1, ?2, ?3)")?;
    numbers_from_blob(column).into_iter().try_for_each(|number| insert.execute((number, date, article)).map(drop))
}

/// Takes an article off the lists of its entities.
pub(super) fn unlist(tx: &Transaction<'_>, column: &[u8], date: i64, article: i64) -> rusqlite::Result<()> {
    let mut delete =
        tx.prepare_cached("DELETE FROM article_entity WHERE entity = ?1 AND date = ?2 AND article = ?3")?;
    numbers_from_blob(column).into_iter().try_for_each(|number| delete.execute((number, date, article)).map(drop))
}

/// Gives the entities of a column their names; each is read once.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<i64, Entity>);

impl Names {
    /// The entities of an article's column, in their order. A kind that this version does not know leaves its entity out.
    pub(super) fn of_column(&mut self, conn: &Connection, column: &[u8]) -> rusqlite::Result<Vec<Entity>> {
        let mut entities = Vec::new();
        for number in numbers_from_blob(column) {
            if let Some(entity) = self.0.get(&number) {
                entities.push(entity.clone());
            } else if let Some(entity) = of_number(conn, number)? {
                entities.push(entity.clone());
                self.0.insert(number, entity);
            }
        }
        Ok(entities)
    }
}

fn of_number(conn: &Connection, number: i64) -> rusqlite::Result<Option<Entity>> {
    let found: Option<(String, String, String)> = conn
        .prepare_cached("SELECT id, name, kind FROM entity WHERE number = ?1")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(found.and_then(|(id, name, kind)| Some(Entity { id, name, kind: EntityKind::from_id(&kind)? })))
}

/// The number of the entity with this id; none when no article ever named it.
pub(super) fn of_id(conn: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT number FROM entity WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()
}

/// The numbers of all that a query's name means, of the kinds of its field.
pub(super) fn wanted(conn: &Connection, wanted: &EntityWanted) -> rusqlite::Result<Vec<i64>> {
    let name = fold(&wanted.name);
    let mut select = conn.prepare_cached("SELECT number, id, kind, instr(folded, ?1) > 0 FROM entity")?;
    let mut rows = select.query([&name])?;
    let mut numbers = Vec::new();
    while let Some(row) = rows.next()? {
        let id = row.get_ref(1)?.as_str()?;
        let meant = row.get::<_, bool>(3)?
            || id.eq_ignore_ascii_case(&wanted.name)
            || wanted.ids.iter().any(|known| known == id);
        let kind = EntityKind::from_id(row.get_ref(2)?.as_str()?);
        if meant && kind.is_some_and(|kind| wanted.kinds.admits(kind)) && numbers.len() < MEANT {
            numbers.push(row.get(0)?);
        }
    }
    Ok(numbers)
}

/// Articles of shown feeds that name the entity on each of `days` days of 24 hours that end at `until`, oldest first.
pub(super) fn days(conn: &Connection, id: &str, days: usize, until: Timestamp) -> rusqlite::Result<Vec<u32>> {
    const DAY: i64 = 86_400;
    let mut counts = vec![0_u32; days];
    let Some(number) = of_id(conn, id)? else { return Ok(counts) };
    let end = until.as_second();
    let from = end.saturating_sub(i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY));
    let mut select = conn.prepare_cached(
        "SELECT t.date FROM article_entity t CROSS JOIN article a ON a.id = t.article
         WHERE t.entity = ?1 AND t.date > ?2 AND t.date <= ?3 AND a.shown = 1",
    )?;
    let mut rows = select.query((number, from, end))?;
    while let Some(row) = rows.next()? {
        let back = usize::try_from(end.saturating_sub(row.get(0)?) / DAY).unwrap_or(usize::MAX);
        if let Some(count) = days.checked_sub(back.saturating_add(1)).and_then(|at| counts.get_mut(at)) {
            *count = count.saturating_add(1);
        }
    }
    Ok(counts)
}

/// Who else the newest articles name that name the entity: most often first, then by name.
pub(super) fn company(conn: &Connection, id: &str, limit: usize) -> rusqlite::Result<Vec<(Entity, u32)>> {
    let Some(number) = of_id(conn, id)? else { return Ok(Vec::new()) };
    let mut counts: HashMap<i64, u32> = HashMap::new();
    let mut select = conn.prepare_cached(
        "SELECT a.entities FROM article_entity t CROSS JOIN article a ON a.id = t.article
         WHERE t.entity = ?1 AND a.shown = 1 ORDER BY t.date DESC, t.article DESC LIMIT ?2",
    )?;
    let mut rows = select.query((number, COMPANY))?;
    while let Some(row) = rows.next()? {
        for other in numbers_from_blob(row.get_ref(0)?.as_blob()?) {
            *counts.entry(other).or_default() += u32::from(other != number);
        }
    }
    let mut found = Vec::new();
    for (other, articles) in counts.into_iter().filter(|(_, articles)| *articles > 0) {
        found.extend(of_number(conn, other)?.map(|entity| (entity, articles)));
    }
    found.sort_by(|(a, most), (b, more)| more.cmp(most).then_with(|| a.name.cmp(&b.name)));
    found.truncate(limit);
    Ok(found)
}

/// Articles whose column and rows of entities differ, in words.
pub(super) fn faults(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut listed: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut select = conn.prepare("SELECT article, entity FROM article_entity")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        listed.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    let mut wrong = 0_u64;
    let mut select = conn.prepare("SELECT id, entities FROM article")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let mut kept = numbers_from_blob(row.get_ref(1)?.as_blob()?);
        kept.sort_unstable();
        let mut listed = listed.remove(&row.get::<_, i64>(0)?).unwrap_or_default();
        listed.sort_unstable();
        wrong += u64::from(kept != listed);
    }
    Ok(if wrong > 0 { vec![format!("{wrong} articles with other entities than their rows")] } else { Vec::new() })
}
