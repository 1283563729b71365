//! Feeds: what the config says of them, and which of them are shown.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::columns::{count, topics_from_blob, topics_to_blob};
use super::counts::Tally;
use super::standing::{STANDING, STANDING_COLUMNS, Standing};
use super::stories::{self, Touched};
use super::{StoreError, polls};
use crate::model::{Feed, FeedId, FeedStatus, PollFacts, TopicId};

/// A subscription as the store needs it, from the config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Address as configured.
    pub url: String,
    /// Name from the config.
    pub name: Option<String>,
    /// Default topics.
    pub topics: Vec<TopicId>,
    /// False when muted.
    pub enabled: bool,
}

const COLUMNS: &str = "SELECT id, url, name, site, topics, enabled FROM feed";

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        id: FeedId(row.get(0)?),
        url: row.get(1)?,
        name: row.get(2)?,
        site: row.get(3)?,
        topics: topics_from_blob(row.get_ref(4)?.as_blob()?),
        enabled: row.get(5)?,
    })
}

/// The shown feeds in the order of the config.
pub(super) fn shown(conn: &Connection) -> rusqlite::Result<Vec<Feed>> {
    conn.prepare_cached(&format!("{COLUMNS} WHERE shown = 1 ORDER BY position, id"))?.query_map([], feed)?.collect()
}

/// The shown feeds with facts and counts, in the order of the config.
pub(super) fn with_status(conn: &Connection) -> Result<Vec<FeedStatus>, StoreError> {
    let facts = polls::FACTS;
    let sql = format!(
        "SELECT f.id, f.url, f.name, f.site, f.topics, f.enabled, c.articles, c.unread, p.feed, {facts} FROM feed f
         LEFT JOIN counter c ON c.kind = 1 AND c.key = f.id LEFT JOIN poll p ON p.feed = f.id
         WHERE f.shown = 1 ORDER BY f.position, f.id"
    );
    let status = |row: &Row<'_>| {
        let polled = row.get::<_, Option<i64>>(8)?.is_some();
        Ok(FeedStatus {
            feed: feed(row)?,
            facts: if polled { polls::facts(row, 9)? } else { PollFacts::default() },
            articles: count(row.get::<_, Option<i64>>(6)?.unwrap_or_default()),
            unread: count(row.get::<_, Option<i64>>(7)?.unwrap_or_default()),
        })
    };
    Ok(conn.prepare_cached(&sql)?.query_map([], status)?.collect::<rusqlite::Result<_>>()?)
}

/// A feed as it is stored, to be compared with its subscription.
struct Stored {
    id: i64,
    config_name: Option<String>,
    title: Option<String>,
    topics: Vec<u8>,
    enabled: bool,
    shown: bool,
    position: i64,
}

/// All feeds by their addresses, read at once: a look for each of a thousand took 3 ms before the first frame.
fn stored(conn: &Connection) -> rusqlite::Result<HashMap<String, Stored>> {
    conn.prepare_cached("SELECT url, id, config_name, title, topics, enabled, shown, position FROM feed")?
        .query_map([], |row| {
            let stored = Stored {
                id: row.get(1)?,
                config_name: row.get(2)?,
                title: row.get(3)?,
                topics: row.get(4)?,
                enabled: row.get(5)?,
                shown: row.get(6)?,
                position: row.get(7)?,
            };
            Ok((row.get(0)?, stored))
        })?
        .collect()
}

/// The subscriptions that make a difference, and the shown feeds that are no longer among them.
struct Differences {
    changed: Vec<(i64, Subscription, Option<Stored>)>,
    dropped: Vec<i64>,
}

fn differences(conn: &Connection, subscriptions: &[Subscription]) -> rusqlite::Result<Differences> {
    let (mut seen, mut changed, mut before) = (HashSet::new(), Vec::new(), stored(conn)?);
    // A URL that is written twice counts once, where it stands first.
    let once = subscriptions.iter().filter(|subscription| seen.insert(subscription.url.as_str()));
    for (position, subscription) in (0_i64..).zip(once) {
        let before = before.remove(&subscription.url);
        let same = before.as_ref().is_some_and(|before| {
            before.config_name == subscription.name
                && before.topics == topics_to_blob(&subscription.topics)
                && before.enabled == subscription.enabled
                && before.shown
                && before.position == position
        });
        if !same {
            changed.push((position, subscription.clone(), before));
        }
    }
    // Those that are left are not subscribed.
    let mut dropped: Vec<i64> = before.into_values().filter(|feed| feed.shown).map(|feed| feed.id).collect();
    dropped.sort_unstable();
    Ok(Differences { changed, dropped })
}

/// True when [`set_subscriptions`] would change something.
pub(super) fn differ(conn: &Connection, subscriptions: &[Subscription]) -> rusqlite::Result<bool> {
    let differences = differences(conn, subscriptions)?;
    Ok(!differences.changed.is_empty() || !differences.dropped.is_empty())
}

/// Makes the feeds match the config. A feed that is gone from it is hidden with its articles; nothing is deleted.
pub(super) fn set_subscriptions(tx: &Transaction<'_>, subscriptions: &[Subscription]) -> Result<(), StoreError> {
    follow_addresses(tx, subscriptions)?;
    let Differences { changed, dropped } = differences(tx, subscriptions)?;
    let mut tally = Tally::default();
    for feed in dropped {
        tx.execute("UPDATE feed SET shown = 0 WHERE id = ?1", [feed])?;
        show_articles(tx, feed, false, &mut tally)?;
    }
    for (position, subscription, before) in changed {
        let title = before.as_ref().and_then(|before| before.title.clone());
        let name = shown_name(subscription.name.as_deref(), title.as_deref(), &subscription.url);
        let topics = topics_to_blob(&subscription.topics);
        match before {
            None => {
                tx.prepare_cached(
                    "INSERT INTO feed (url, config_name, name, topics, enabled, shown, position) VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
                )?
                .execute((&subscription.url, &subscription.name, name, topics, subscription.enabled, position))?;
            }
            Some(before) => {
                tx.prepare_cached(
                    "UPDATE feed SET config_name = ?2, topics = ?3, enabled = ?4, shown = 1, position = ?5 WHERE id = ?1",
                )?
                .execute((before.id, &subscription.name, topics, subscription.enabled, position))?;
                rename(tx, before.id, &name)?;
                if !before.shown {
                    show_articles(tx, before.id, true, &mut tally)?;
                }
            }
        }
    }
    Ok(tally.write(tx)?)
}

/// Gives feeds whose address was changed in the config their new one, so that their articles and marks stay: a feed that is
/// gone from the config goes on as one that is new in it when it is known to have moved there, or when they differ in
/// nothing but http or https and a last slash, or in the path under one host and one given name.
fn follow_addresses(tx: &Transaction<'_>, subscriptions: &[Subscription]) -> rusqlite::Result<()> {
    let Differences { changed, mut dropped } = differences(tx, subscriptions)?;
    for (_, new, before) in changed {
        if before.is_some() {
            continue;
        }
        let mut same = Vec::new();
        for &id in &dropped {
            let (url, name, moved_to): (String, Option<String>, Option<String>) = tx
                .prepare_cached("SELECT f.url, f.config_name, p.moved_to FROM feed f LEFT JOIN poll p ON p.feed = f.id WHERE f.id = ?1")?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let named_alike = name.is_some() && name == new.name && host(&url) == host(&new.url);
            let moved = moved_to.is_some_and(|to| bare(&to) == bare(&new.url));
            if moved || named_alike || bare(&url) == bare(&new.url) {
                same.push(id);
            }
        }
        let [only] = same[..] else { continue };
        tx.execute("UPDATE feed SET url = ?2 WHERE id = ?1", (only, &new.url))?;
        forget_address(tx, only)?;
        dropped.retain(|id| *id != only);
    }
    Ok(())
}

/// What the old address said of itself does not hold for the new one.
fn forget_address(tx: &Transaction<'_>, feed: i64) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE poll SET moved_to = NULL, moved_polls = 0, gone = 0, failures = 0, last_error = NULL, last_status = NULL,
            etag = NULL, last_modified = NULL WHERE feed = ?1",
        [feed],
    )?;
    Ok(())
}

/// An address without http or https and a last slash.
fn bare(url: &str) -> &str {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    rest.trim_end_matches('/')
}

/// The name a feed is shown by.
fn shown_name(config_name: Option<&str>, title: Option<&str>, url: &str) -> String {
    let given = [config_name, title].into_iter().flatten().map(str::trim).find(|name| !name.is_empty());
    given.map_or_else(|| host(url).to_owned(), str::to_owned)
}

/// The host of a URL, for a feed without any name: no userinfo, no port, no path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or(host) };
    if name.is_empty() { rest } else { name }
}

/// Gives a feed another name; its articles are indexed again, because a search finds them by it.
fn rename(tx: &Transaction<'_>, feed: i64, name: &str) -> rusqlite::Result<()> {
    let renamed = tx.prepare_cached("UPDATE feed SET name = ?2 WHERE id = ?1 AND name <> ?2")?.execute((feed, name))?;
    if renamed > 0 {
        tx.execute("INSERT OR IGNORE INTO index_queue SELECT id FROM article WHERE feed = ?1", [feed])?;
        // Two names that are now one, or one that is now two, are other sources; no row moves by it.
        let mut tally = Tally::default();
        stories::refresh(tx, &stories::with_feed(tx, feed)?, &mut tally)?;
        tally.write(tx)?;
    }
    Ok(())
}

/// Keeps what a document says of its feed: title and site. Returns the feed's `shown`; None when there is no such feed.
pub(super) fn keep_description(
    tx: &Transaction<'_>,
    feed: FeedId,
    title: Option<&str>,
    site: Option<&str>,
) -> rusqlite::Result<Option<bool>> {
    let found: Option<(bool, String, Option<String>, Option<String>)> = tx
        .prepare_cached("SELECT shown, url, config_name, title FROM feed WHERE id = ?1")?
        .query_row([feed.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    let Some((shown, url, config_name, before)) = found else { return Ok(None) };
    tx.prepare_cached(
        "UPDATE feed SET title = coalesce(?2, title), site = coalesce(?3, site)
         WHERE id = ?1 AND (title IS NOT coalesce(?2, title) OR site IS NOT coalesce(?3, site))",
    )?
    .execute((feed.0, title, site))?;
    if title.is_some() && title != before.as_deref() {
        rename(tx, feed.0, &shown_name(config_name.as_deref(), title, &url))?;
    }
    Ok(Some(shown))
}

/// Changes a feed's address; its articles stay, what its polls said of the old one goes. A hidden feed that has it makes room; a shown one does not.
pub(super) fn set_url(tx: &Transaction<'_>, feed: FeedId, url: &str) -> Result<(), StoreError> {
    let other: Option<(i64, bool)> = tx
        .query_row("SELECT id, shown FROM feed WHERE url = ?1 AND id <> ?2", (url, feed.0), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    match other {
        Some((_, true)) => return Err(StoreError::other("the address is not changed", "another feed has it already")),
        Some((hidden, false)) => {
            tx.execute("UPDATE feed SET url = 'replaced:' || id || ':' || url WHERE id = ?1", [hidden])?;
        }
        None => {}
    }
    if tx.execute("UPDATE feed SET url = ?2 WHERE id = ?1", (feed.0, url))? == 0 {
        return Err(StoreError::other("the address is not changed", format!("there is no feed {feed}")));
    }
    Ok(forget_address(tx, feed.0)?)
}

/// Takes a feed's articles into all lists and counters, or out of them. Stories that they are in get other leads.
fn show_articles(tx: &Transaction<'_>, feed: i64, show: bool, tally: &mut Tally) -> rusqlite::Result<()> {
    let mut touched = Touched::new();
    let mut select = tx.prepare_cached(&format!("SELECT {STANDING}, a.story FROM article a WHERE a.feed = ?1"))?;
    let mut rows = select.query([feed])?;
    while let Some(row) = rows.next()? {
        let (before, story): (Standing, Option<i64>) = (Standing::of_row(row)?, row.get(STANDING_COLUMNS)?);
        let row = (show && story.is_none()).then_some(before.date);
        before.change(&Standing { shown: show, row, ..before.clone() }, tx, tally)?;
        touched.extend(story);
    }
    tx.execute(
        "UPDATE article SET shown = ?2, row_date = CASE WHEN ?2 AND story IS NULL THEN date END WHERE feed = ?1",
        (feed, show),
    )?;
    stories::refresh(tx, &touched, tally)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_without_a_name_is_called_by_its_host() {
        assert_eq!(host("https://user:pw@news.example.org:8080/feed?x=1"), "news.example.org");
        assert_eq!(host("http://[::1]:80/a"), "[::1]:80");
        assert_eq!(host("file:///srv/feed.xml"), "/srv/feed.xml");
        assert_eq!(shown_name(Some("  "), Some("Harbour Gazette"), "https://a/"), "Harbour Gazette");
        assert_eq!(shown_name(Some("Gazette"), Some("Harbour Gazette"), "https://a/"), "Gazette");
    }
}
