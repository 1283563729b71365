//! One feed's articles and poll facts, stored in one transaction: all or none.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::arrival::{Arrival, hash};
use super::columns::{list_date, millis};
use super::counts::Tally;
use super::entities::{self, Numbers};
use super::labels::{self, LabelColumns};
use super::standing::Standing;
use super::stories::{self, Touched};
use super::{StoreError, feeds, index, places, polls, sighting, texts};
use crate::model::{ArticleId, FeedId, PollRecord};

/// What an ingest did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Newly stored articles.
    pub new: Vec<ArticleId>,
    /// Articles whose title or text changed.
    pub updated: u64,
    /// True when the document shared no article with what this feed had before (and it had some).
    pub no_overlap: bool,
}

/// An ingest under way.
struct Ingest<'t, 'c> {
    tx: &'t Transaction<'c>,
    feed: i64,
    shown: bool,
    now: Timestamp,
    /// When what this document has was seen, in milliseconds.
    seen_at: i64,
    complete: bool,
    tally: Tally,
    numbers: Numbers,
    /// Keys of authors' names that were looked up.
    authors: HashMap<String, i64>,
    touched: Touched,
    done: Ingested,
    held: Held,
    /// Stored articles that an entry of this document was found to be.
    seen: HashSet<i64>,
}

/// Of what the tables hold anything: where they hold nothing, nothing is looked for, an article at a time.
#[derive(Clone, Copy)]
struct Held {
    /// Articles of this feed.
    articles: bool,
    /// States of articles of this feed.
    states: bool,
    /// Addresses that another reader had read.
    read_elsewhere: bool,
}

impl Held {
    fn read(tx: &Transaction<'_>, feed: FeedId) -> rusqlite::Result<Self> {
        tx.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM article WHERE feed = ?1), EXISTS (SELECT 1 FROM article_state WHERE feed = ?1),
                EXISTS (SELECT 1 FROM read_elsewhere)",
        )?
        .query_row([feed.0], |row| {
            Ok(Self { articles: row.get(0)?, states: row.get(1)?, read_elsewhere: row.get(2)? })
        })
    }
}

/// Stores a document's articles and the poll's record, which learns when it brought something new. `complete` is false for
/// an older page.
///
/// The entries are taken from the last to the first: publishers put the newest first, so ids grow with time, and
/// entries without dates keep the order of the document in a list that shows the newest first.
pub(super) fn ingest(
    tx: &Transaction<'_>,
    feed: FeedId,
    arrivals: &[Arrival],
    record: &PollRecord,
    complete: bool,
    now: Timestamp,
) -> Result<Ingested, StoreError> {
    let Some(shown) = feeds::keep_description(tx, feed, record.title.as_deref(), record.site.as_deref())? else {
        return Err(StoreError::other("the articles are not stored", format!("there is no feed {feed}")));
    };
    let before = in_feed(tx, feed)?;
    let last_success = polls::read(tx, feed)?.last_success;
    // A clock that was set back makes nothing older than it is.
    let known = sighting::known(tx)?;
    let mut ingest = Ingest {
        tx,
        feed: feed.0,
        shown,
        now,
        seen_at: millis(now).max(known),
        complete,
        tally: Tally::default(),
        numbers: Numbers::default(),
        authors: HashMap::new(),
        touched: Touched::new(),
        done: Ingested::default(),
        held: Held::read(tx, feed)?,
        seen: HashSet::new(),
    };
    let mut strangers = Vec::new();
    for arrival in arrivals.iter().rev() {
        match ingest.find(BY_KEY, arrival.article.identity.key)? {
            Some(id) => ingest.meet(id, arrival, &before)?,
            None => strangers.push(arrival),
        }
    }
    // Only now by link and title: an entry whose key is known has the first right to its article.
    for arrival in strangers {
        let known = match arrival.article.identity.alias {
            Some(alias) => ingest.find(BY_ALIAS, alias)?.filter(|id| !ingest.seen.contains(id)),
            None => None,
        };
        match known {
            Some(id) => {
                ingest.adopt_key(id, arrival)?;
                ingest.meet(id, arrival, &before)?;
            }
            None => ingest.insert(arrival)?,
        }
    }
    if let (Some(first), Some(last)) = (ingest.done.new.first(), ingest.done.new.last()) {
        index::enqueue_all(tx, *first, *last)?;
        places::arrive(tx, *first, *last)?;
    }
    let met = ingest.seen.len() > ingest.done.new.len();
    ingest.done.no_overlap = complete && !arrivals.is_empty() && !before.is_empty() && !met;
    if complete && !arrivals.is_empty() {
        let last_seen = millis(last_success.unwrap_or(now)).max(known);
        let mut leave = tx.prepare_cached("UPDATE article SET in_feed = 0, last_seen = ?2 WHERE id = ?1")?;
        for id in before.difference(&ingest.seen) {
            leave.execute((id, last_seen))?;
        }
    }
    let mut facts = record.facts.clone();
    if !ingest.done.new.is_empty() {
        facts.last_new = Some(now);
    }
    polls::write(tx, feed, &facts)?;
    let Ingest { mut tally, touched, done, .. } = ingest;
    stories::refresh(tx, &touched, &mut tally)?;
    tally.write(tx)?;
    Ok(done)
}

/// The newest article of a feed by each of its identities.
const BY_KEY: &str = "SELECT id FROM article WHERE feed = ?1 AND key = ?2 ORDER BY id DESC LIMIT 1";
const BY_ALIAS: &str = "SELECT id FROM article WHERE feed = ?1 AND alias = ?2 ORDER BY id DESC LIMIT 1";

/// The articles of the feed's last complete document.
fn in_feed(tx: &Transaction<'_>, feed: FeedId) -> rusqlite::Result<HashSet<i64>> {
    tx.prepare_cached("SELECT id FROM article INDEXED BY article_in_feed WHERE feed = ?1 AND in_feed = 1")?
        .query_map([feed.0], |row| row.get(0))?
        .collect()
}

impl Ingest<'_, '_> {
    fn find(&self, by: &str, identity: [u8; 16]) -> rusqlite::Result<Option<i64>> {
        // What this document brought itself is never looked for.
        if !self.held.articles {
            return Ok(None);
        }
        self.tx.prepare_cached(by)?.query_row((self.feed, identity), |row| row.get(0)).optional()
    }

    /// An entry that is stored already: notes that it was seen, and takes the publisher's edits over.
    fn meet(&mut self, id: i64, arrival: &Arrival, before: &HashSet<i64>) -> rusqlite::Result<()> {
        self.seen.insert(id);
        if self.complete && !before.contains(&id) {
            self.tx.prepare_cached("UPDATE article SET in_feed = 1 WHERE id = ?1")?.execute([id])?;
        } else if !self.complete {
            self.tx
                .prepare_cached("UPDATE article SET last_seen = ?2 WHERE id = ?1 AND in_feed = 0")?
                .execute((id, self.seen_at))?;
        }
        let digest: i64 =
            self.tx.prepare_cached("SELECT digest FROM article WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
        if digest == arrival.digest { Ok(()) } else { self.edit(id, arrival) }
    }

    /// Takes over what the publisher changed. The date by which it is sorted stays, and so do the marks.
    fn edit(&mut self, id: i64, arrival: &Arrival) -> rusqlite::Result<()> {
        let new = &arrival.article;
        let author = self.author(new.author.as_deref())?;
        let (title_differs, author_differs, before): (bool, bool, Vec<u8>) = self
            .tx
            .prepare_cached(
                "SELECT a.title <> ?2, a.author IS NOT ?3, t.texts FROM article a JOIN article_text t ON t.article = a.id
                 WHERE a.id = ?1",
            )?
            .query_row((id, &new.title, author), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        // What was damaged differs from what is there now.
        let (before, after) = (texts::unpack(&before).unwrap_or_default(), texts::unpack(&arrival.texts)?);
        let text_differs = title_differs || before.summary != after.summary || before.content != after.content;
        let tale_differs = title_differs || before.plain != after.plain;
        if tale_differs {
            places::again(self.tx, id)?;
        }
        if tale_differs || author_differs {
            index::forget(self.tx, id)?;
            index::enqueue(self.tx, id)?;
        }
        let (numbers, touched, tally) = (&mut self.numbers, &mut self.touched, &mut self.tally);
        labels::write(self.tx, id, &arrival.labels, &new.labels, numbers, touched, tally)?;
        self.tx
            .prepare_cached(
                "UPDATE article SET alias = ?2, url = ?3, original = ?4, title = ?5, author = ?6, published = ?7,
                    updated = ?8, language = ?9, digest = ?10 WHERE id = ?1",
            )?
            .execute(params![
                id,
                new.identity.alias,
                new.url,
                new.original,
                new.title,
                author,
                new.published.map(millis),
                new.updated.map(millis),
                new.language,
                arrival.digest
            ])?;
        self.tx
            .prepare_cached("UPDATE article_text SET categories = ?2, enclosures = ?3, texts = ?4 WHERE article = ?1")?
            .execute((id, &arrival.categories, &arrival.enclosures, &arrival.texts))?;
        self.done.updated += u64::from(text_differs);
        Ok(())
    }

    /// The publisher changed the guid: the article goes on under the new key, and its state with it.
    fn adopt_key(&self, id: i64, arrival: &Arrival) -> rusqlite::Result<()> {
        let new = arrival.article.identity.key;
        self.tx
            .prepare_cached(
                "UPDATE OR REPLACE article_state SET key = ?3 WHERE feed = ?1 AND key = (SELECT key FROM article WHERE id = ?2)",
            )?
            .execute((self.feed, id, new))?;
        self.tx.prepare_cached("UPDATE article SET key = ?2 WHERE id = ?1")?.execute((id, new))?;
        Ok(())
    }

    fn insert(&mut self, arrival: &Arrival) -> rusqlite::Result<()> {
        let new = &arrival.article;
        let key = new.identity.key;
        let (mut read, saved, noted) = self.surviving_state(key)?;
        if !read && self.held.read_elsewhere && is_read_elsewhere(self.tx, &new.url)? {
            read = true;
            self.tx
                .prepare_cached(
                    "INSERT INTO article_state (feed, key, read, saved) VALUES (?1, ?2, 1, 0)
                     ON CONFLICT (feed, key) DO UPDATE SET read = 1",
                )?
                .execute((self.feed, key))?;
        }
        let date = list_date(new.published, self.now);
        let author = self.author(new.author.as_deref())?;
        let via = labels::via_id(self.tx, new.labels.via.as_deref())?;
        let entities = self.numbers.column(self.tx, &new.labels.entities)?;
        let LabelColumns { topics, best, scores, genres } = &arrival.labels;
        let row = self.shown.then_some(date);
        let now = millis(self.now);
        let id = self
            .tx
            .prepare_cached(
                "INSERT INTO article (feed, key, alias, url, original, title, author, published, updated, fetched, date, language,
                    topics, best, read, saved, noted, shown, in_feed, last_seen, digest, scores, entities, genres, via, row_date)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                    ?23, ?24, ?25, ?26)",
            )?
            .insert(params![
                self.feed,
                key,
                new.identity.alias,
                new.url,
                new.original,
                new.title,
                author,
                new.published.map(millis),
                new.updated.map(millis),
                now,
                date,
                new.language,
                topics,
                best,
                read,
                saved,
                noted,
                self.shown,
                self.complete,
                self.seen_at,
                arrival.digest,
                scores,
                entities,
                genres,
                via,
                row
            ])?;
        self.tx
            .prepare_cached(
                "INSERT INTO article_text (article, categories, enclosures, texts) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((id, &arrival.categories, &arrival.enclosures, &arrival.texts))?;
        entities::list(self.tx, &entities, date, id)?;
        let (topics, best) = (topics.clone(), *best);
        let (feed, shown) = (self.feed, self.shown);
        Standing { article: id, feed, topics, best, date, read, saved, shown, row }.enter(self.tx, &mut self.tally)?;
        self.seen.insert(id);
        self.done.new.push(ArticleId(id));
        Ok(())
    }

    /// The state of an article that was here before it aged out.
    fn surviving_state(&self, key: [u8; 16]) -> rusqlite::Result<(bool, bool, bool)> {
        if !self.held.states {
            return Ok((false, false, false));
        }
        let state = self
            .tx
            .prepare_cached("SELECT read, saved, note IS NOT NULL FROM article_state WHERE feed = ?1 AND key = ?2")?
            .query_row((self.feed, key), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(state.unwrap_or_default())
    }

    /// The key of an author's name, kept once; None for none.
    fn author(&mut self, name: Option<&str>) -> rusqlite::Result<Option<i64>> {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
        if let Some(id) = self.authors.get(name) {
            return Ok(Some(*id));
        }
        let id = author_id(self.tx, name)?;
        self.authors.insert(name.to_owned(), id);
        Ok(Some(id))
    }
}

fn author_id(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<i64> {
    let known =
        tx.prepare_cached("SELECT id FROM author WHERE name = ?1")?.query_row([name], |row| row.get(0)).optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    let folded = crate::text::fold(name);
    tx.prepare_cached("INSERT INTO author (name, folded) VALUES (?1, ?2)")?.insert((name, folded))
}

/// The hash by which an address is remembered as read elsewhere; http and https are one, and so is a last slash.
pub(super) fn address_hash(url: &str) -> i64 {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    hash(&[rest.trim_end_matches('/').as_bytes()])
}

fn is_read_elsewhere(tx: &Transaction<'_>, url: &str) -> rusqlite::Result<bool> {
    tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM read_elsewhere WHERE address = ?1 AND active = 1)")?
        .query_row([address_hash(url)], |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use crate::clock::Clock;
    use crate::model::{Identity, NewArticle, PollFacts, PollRecord};
    use crate::store::actor::Turn;
    use crate::store::{Store, StoreError, Subscription};

    /// An article that stays large when it is packed.
    fn large(number: u8) -> NewArticle {
        let mut last = u64::from(number);
        let mut noise = || {
            // Knuth's MMIX generator, <https://www-cs-faculty.stanford.edu/~knuth/mmix.html>.
            last = last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("{:x} ", last >> 20)
        };
        NewArticle {
            identity: Identity { key: [number; 16], alias: None },
            url: String::new(),
            original: None,
            title: format!("Invented {number}"),
            author: None,
            published: None,
            updated: None,
            language: None,
            summary_html: (0..1_500).map(|_| noise()).collect(),
            content_html: String::new(),
            plain_text: String::new(),
            categories: Vec::new(),
            enclosures: Vec::new(),
            labels: crate::model::Labels::default(),
        }
    }

    #[tokio::test]
    async fn a_full_disk_takes_nothing_in_half_and_is_told_and_recovers() {
        let store = Store::in_memory(Clock::system()).expect("made");
        let url = "https://a.example/".to_owned();
        let feed = Subscription { url, name: None, topics: Vec::new(), enabled: true };
        let feed = store.set_subscriptions(vec![feed]).await.expect("subscribed")[0].id;
        let limit = |pages: i64| {
            let set = move |conn: &mut rusqlite::Connection| {
                let kept: i64 = conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))?;
                Ok(kept)
            };
            store.0.writer.ask(Turn::Urgent, "limiting", set)
        };
        let pages = limit(1).await.expect("the size it has");
        limit(pages + 20).await.expect("limited");
        let record = PollRecord { facts: PollFacts::default(), title: None, site: None };
        let documents: Vec<NewArticle> = (0..40).map(large).collect();
        let full = store.ingest(feed, documents.clone(), record.clone(), true).await;
        assert_eq!(full, Err(StoreError::DiskFull { what: "40 articles".into() }));
        assert_eq!(store.counts().await.expect("counted").articles, 0);
        limit(1_000_000).await.expect("room again");
        assert_eq!(store.ingest(feed, documents, record, true).await.expect("stored").new.len(), 40);
        assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    }
}
