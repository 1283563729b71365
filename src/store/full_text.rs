//! The full text of articles, how far they were read, and the queue of pages that are fetched without being asked for.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::json;

use super::columns::{count, millis, time};
use super::{StoreError, WantedPage, index};
use crate::model::{ArticleId, Barrier, FeedId, FullText, Picture};

/// So much of a text is indexed, in bytes: taking it in or out of the index then ends within 50 ms.
const INDEXED: usize = 1 << 20;

/// Characters of a full text that tell how it begins.
const BEGINNING: i64 = 1_000;

/// The end of an article: its places are thousandths.
const WHOLE: u16 = 1_000;

/// Keeps the text of an article's page, in place of an older one; false when the article is gone.
pub(super) fn keep(tx: &Transaction<'_>, id: i64, text: &FullText, plain: &str) -> Result<bool, StoreError> {
    let date: Option<i64> =
        tx.prepare_cached("SELECT date FROM article WHERE id = ?1")?.query_row([id], |row| row.get(0)).optional()?;
    let Some(date) = date else { return Ok(false) };
    index::forget(tx, id)?;
    let picture = text.picture.as_ref().map(|picture| json!([picture.url, picture.alt, picture.credit]).to_string());
    tx.prepare_cached(
        "INSERT OR REPLACE INTO full_text (article, date, fetched, published, pages, barrier, url, title, author, site, picture,
            plain, html) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        id,
        date,
        millis(text.fetched),
        text.published.map(millis),
        text.pages,
        text.barrier.map(Barrier::id),
        text.url,
        text.title,
        text.author,
        text.site,
        picture,
        &plain[..plain.floor_char_boundary(INDEXED)],
        text.html
    ])?;
    index::enqueue(tx, id)?;
    forget_page(tx, id)?;
    Ok(true)
}

/// The full text of an article, when it is kept.
pub(super) fn of_article(conn: &Connection, id: i64) -> rusqlite::Result<Option<FullText>> {
    conn.prepare_cached(
        "SELECT fetched, published, pages, barrier, url, title, author, site, picture, html FROM full_text WHERE article = ?1",
    )?
    .query_row([id], full_text)
    .optional()
}

/// How the full texts of these articles begin, as text without markup, by article; those without one are left out.
pub(super) fn beginnings(conn: &Connection, ids: &[ArticleId]) -> Result<HashMap<ArticleId, String>, StoreError> {
    let mut select = conn.prepare_cached("SELECT substr(plain, 1, ?2) FROM full_text WHERE article = ?1")?;
    let mut found = HashMap::new();
    for id in ids {
        if let Some(text) = select.query_row((id.0, BEGINNING), |row| row.get(0)).optional()? {
            found.insert(*id, text);
        }
    }
    Ok(found)
}

fn full_text(row: &Row<'_>) -> rusqlite::Result<FullText> {
    Ok(FullText {
        fetched: time(row.get(0)?),
        published: row.get::<_, Option<i64>>(1)?.map(time),
        pages: count(row.get(2)?),
        barrier: row.get::<_, Option<String>>(3)?.as_deref().and_then(Barrier::from_id),
        url: row.get(4)?,
        title: row.get(5)?,
        author: row.get(6)?,
        site: row.get(7)?,
        picture: row.get::<_, Option<String>>(8)?.as_deref().and_then(picture),
        html: row.get(9)?,
    })
}

/// The picture in its column; a damaged one is none.
fn picture(json: &str) -> Option<Picture> {
    let (url, alt, credit) = serde_json::from_str(json).ok()?;
    Some(Picture { url, alt, credit })
}

/// Remembers how far an article was read; from the beginning is not written down.
pub(super) fn set_place(tx: &Transaction<'_>, id: i64, place: u16) -> Result<(), StoreError> {
    if place == 0 {
        tx.prepare_cached("DELETE FROM reading_place WHERE article = ?1")?.execute([id])?;
    } else {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO reading_place (article, place) SELECT id, ?2 FROM article WHERE id = ?1",
        )?
        .execute((id, place.min(WHOLE)))?;
    }
    Ok(())
}

/// Lets pages of these articles wait to be fetched, unless they are kept already.
pub(super) fn want(tx: &Transaction<'_>, articles: &[ArticleId]) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached(
        "INSERT OR IGNORE INTO page_wanted (article, attempts, after)
         SELECT id, 0, 0 FROM article WHERE id = ?1 AND id NOT IN (SELECT article FROM full_text)",
    )?;
    for article in articles {
        insert.execute([article.0])?;
    }
    Ok(())
}

/// The pages that wait and may be asked for now, the latest arrivals first.
pub(super) fn wanted(conn: &Connection, now: Timestamp) -> Result<Vec<WantedPage>, StoreError> {
    let mut select = conn.prepare_cached(
        // What waits is looked through, not the library: a plain join is done the other way round, for the order's sake.
        "SELECT a.id, a.feed, a.url, w.attempts FROM page_wanted w CROSS JOIN article a ON a.id = w.article
         WHERE w.after <= ?1 ORDER BY w.article DESC",
    )?;
    let page = |row: &Row<'_>| {
        Ok(WantedPage {
            article: ArticleId(row.get(0)?),
            feed: FeedId(row.get(1)?),
            url: row.get(2)?,
            attempts: count(row.get(3)?),
        })
    };
    Ok(select.query_map([millis(now)], page)?.collect::<rusqlite::Result<_>>()?)
}

/// Takes a waiting page up: nobody else does before `until`. False when somebody did, or it waits no more.
pub(super) fn claim(tx: &Transaction<'_>, id: i64, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
    let taken = tx
        .prepare_cached(
            "UPDATE page_wanted SET attempts = attempts + 1, after = ?3 WHERE article = ?1 AND after <= ?2",
        )?
        .execute((id, millis(now), millis(until)))?;
    Ok(taken > 0)
}

/// Puts a page off.
pub(super) fn put_off(tx: &Transaction<'_>, id: i64, until: Timestamp) -> Result<(), StoreError> {
    tx.prepare_cached("UPDATE page_wanted SET after = ?2 WHERE article = ?1")?.execute((id, millis(until)))?;
    Ok(())
}

/// Leaves a host alone until then; those whose time has come are forgotten.
pub(super) fn leave_alone(
    tx: &Transaction<'_>,
    host: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM host_left_alone WHERE until <= ?1")?.execute([millis(now)])?;
    tx.prepare_cached(
        "INSERT INTO host_left_alone (host, until) VALUES (?1, ?2) ON CONFLICT (host) DO UPDATE SET until = max(until, ?2)",
    )?
    .execute((host, millis(until)))?;
    Ok(())
}

/// Until when a host is to be left alone.
pub(super) fn left_alone(conn: &Connection, host: &str, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let until = conn
        .prepare_cached("SELECT until FROM host_left_alone WHERE host = ?1 AND until > ?2")?
        .query_row((host, millis(now)), |row| row.get(0))
        .optional()?;
    Ok(until.map(time))
}

/// A page that is not waited for any more.
pub(super) fn forget_page(tx: &Transaction<'_>, id: i64) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM page_wanted WHERE article = ?1")?.execute([id])?;
    Ok(())
}
