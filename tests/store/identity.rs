//! Identity over random histories of fetches (THREATS R8): whatever a publisher does to the same article, it stays one
//! article with its marks; and what is not the same article never becomes one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::SignedDuration;
use tidings::feed;
use tidings::model::{ArticleId, FeedId, Mark, NewArticle};
use tidings::query::Scope;

use crate::fixture::{Library, START, all, moment};
use crate::random::Dice;

fn hours(dice: &mut Dice, most: u64) -> i64 {
    i64::try_from(dice.below(most)).expect("small")
}

/// An article as its publisher has it now. Its number never changes and is all that makes it itself.
#[derive(Debug, Clone)]
struct Told {
    number: u64,
    guid: Option<String>,
    https: bool,
    title: String,
    body: u64,
    /// Hours before the start, negative for the future; none: not dated.
    age: Option<i64>,
    /// Shares its guid with the article of the number before, and is never told without it.
    twin: bool,
    /// What changed of what it is recognised by since it was last told: with both it would be another article.
    changed: Option<Changed>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    Guid,
    Title,
}

impl Told {
    fn new(number: u64, dice: &mut Dice) -> Self {
        let guid = match dice.below(4) {
            0 => None,
            1 => Some(format!("http://wire.example/?p={number}")),
            // The same in every feed.
            _ => Some(format!("{number}")),
        };
        let (title, age) = (format!("Berth {number} opens"), Some(hours(dice, 90) - 10));
        Self { number, guid, https: false, title, body: 0, age, twin: false, changed: None }
    }

    fn link(&self, feed: usize) -> String {
        format!("http{}://wire{feed}.example/{}", if self.https { "s" } else { "" }, self.number)
    }

    /// The publisher does something to it that leaves it the same article.
    fn change(&mut self, dice: &mut Dice) {
        match dice.below(7) {
            0 => self.body += 1,
            1 => self.age = (dice.below(5) > 0).then(|| hours(dice, 900) - 100),
            2 => self.https = !self.https,
            3 if self.changed != Some(Changed::Guid) => {
                self.title = format!("Berth {} opens, take {}", self.number, dice.below(1_000));
                self.changed = Some(Changed::Title);
            }
            4 if self.guid.is_some() && self.changed != Some(Changed::Title) => {
                self.guid = Some(format!("g{}-{}", self.number, dice.below(9_999)));
                self.changed = Some(Changed::Guid);
            }
            5 => {
                if let Some(guid) = self.guid.as_mut().filter(|guid| guid.starts_with("http")) {
                    let (_, rest) = guid.split_once("://").expect("an address");
                    *guid = format!("http{}://{rest}", if self.https { "s" } else { "" });
                }
            }
            _ => {}
        }
    }
}

fn document(feed: usize, told: &[&Told]) -> String {
    let mut text = format!("<rss version=\"2.0\"><channel><title>Wire {feed}</title>");
    for one in told {
        write!(text, "<item><title>{}</title><link>{}</link>", one.title, one.link(feed)).expect("written");
        if let Some(guid) = &one.guid {
            write!(text, "<guid isPermaLink=\"false\">{guid}</guid>").expect("written");
        }
        if let Some(age) = one.age {
            write!(text, "<pubDate>{}</pubDate>", moment(START - age * 3_600)).expect("written");
        }
        write!(text, "<description>The text of it, {} times changed.</description></item>", one.body).expect("written");
    }
    text + "</channel></rss>"
}

/// The articles of a document, as the engine makes them.
fn articles(document: &str) -> Vec<NewArticle> {
    let parsed = feed::parse(document.as_bytes(), None, "https://wire.example/feed").expect("a feed");
    let article = |entry: feed::ParsedEntry| NewArticle {
        identity: entry.identity,
        url: entry.url,
        title: entry.title,
        published: entry.published,
        plain_text: entry.summary_html.clone(),
        summary_html: entry.summary_html,
        ..crate::fixture::article(0, 0, "")
    };
    parsed.entries.into_iter().map(article).collect()
}

/// What the library has to have: the numbers of a feed's articles, which of them is which, and which are read.
#[derive(Default)]
struct Model {
    known: BTreeMap<(usize, u64), ArticleId>,
    read: BTreeSet<ArticleId>,
}

async fn history(seed: u64) {
    let mut dice = Dice::new(seed);
    let library = Library::new();
    let feeds: Vec<FeedId> = library.subscribe(&["Wire", "Post"]).await.iter().map(|feed| feed.id).collect();
    let mut told: Vec<Vec<Told>> = vec![Vec::new(), Vec::new()];
    let mut model = Model::default();
    for step in 0..40 {
        let at = format!("seed {seed}, step {step}");
        let feed = usize::from(dice.below(2) == 1);
        publish(&mut told[feed], &mut dice);
        let mut out: Vec<&Told> = Vec::new();
        for one in &told[feed] {
            let before = out.last().is_some_and(|last| last.number + 1 == one.number);
            if if one.twin { before && dice.below(3) > 0 } else { dice.below(4) > 0 } {
                out.push(one);
            }
        }
        let numbers: Vec<u64> = out.iter().map(|one| one.number).collect();
        if dice.below(2) == 0 {
            out.reverse();
        }
        let document = document(feed, &out);
        let complete = dice.below(5) > 0;
        let done =
            library.store.ingest(feeds[feed], articles(&document), library.record(), complete).await.expect("ingested");
        let new = numbers.iter().filter(|number| !model.known.contains_key(&(feed, **number))).count();
        assert_eq!(done.new.len(), new, "{at}: new articles of\n{document}");
        let rows = library.store.headlines(all(Scope::Feed(feeds[feed]))).await.expect("read");
        for one in &out {
            let own: Vec<_> = rows.iter().filter(|row| row.url == one.link(feed)).collect();
            let [row] = own[..] else { panic!("{at}: {} rows of {one:?}", own.len()) };
            assert_eq!(row.title, one.title, "{at}");
            assert!(row.date <= library.clock.now(), "{at}: {} is in the future", row.date);
            let known = *model.known.entry((feed, one.number)).or_insert(row.id);
            assert_eq!(known, row.id, "{at}: {one:?} is another article now");
        }
        for row in library.store.headlines(all(Scope::All)).await.expect("read") {
            assert_eq!(row.state.read, model.read.contains(&row.id), "{at}: the mark of {row:?}");
        }
        for one in told[feed].iter_mut().filter(|one| numbers.contains(&one.number)) {
            one.changed = None;
        }
        mark(&library, &mut model, &mut dice).await;
        library.clock.advance(SignedDuration::from_mins(hours(&mut dice, 600)));
    }
    let stored = library.store.headlines(all(Scope::All)).await.expect("read").len();
    assert_eq!(stored, model.known.len(), "seed {seed}: nothing is there twice, and nothing went");
    library.assert_sound().await;
}

/// News comes, some of it under a guid that is taken, and what is there is changed: one thing a fetch.
fn publish(told: &mut Vec<Told>, dice: &mut Dice) {
    for _ in 0..dice.below(3) {
        let mut one = Told::new(told.len() as u64, dice);
        if let Some(last) = told.last().filter(|last| !last.twin && dice.below(6) == 0) {
            one = Told { guid: last.guid.clone(), twin: last.guid.is_some(), ..one };
        }
        told.push(one);
    }
    let twins: BTreeSet<u64> =
        told.iter().filter(|one| one.twin).flat_map(|one| [one.number, one.number - 1]).collect();
    for one in told.iter_mut().filter(|one| !twins.contains(&one.number)) {
        if dice.below(3) == 0 {
            one.change(dice);
        }
    }
}

async fn mark(library: &Library, model: &mut Model, dice: &mut Dice) {
    let ids: Vec<ArticleId> = model.known.values().copied().collect();
    for _ in 0..dice.below(3).min(ids.len() as u64) {
        let id = ids[usize::try_from(dice.below(ids.len() as u64)).expect("small")];
        let read = dice.below(3) > 0;
        library.store.mark(vec![id], Mark::Read(read)).await.expect("marked");
        if read {
            model.read.insert(id)
        } else {
            model.read.remove(&id)
        };
    }
}

#[tokio::test]
async fn an_article_is_itself_through_any_history_of_fetches() {
    for seed in 1..=crate::random::seeds(12) {
        history(seed).await;
    }
}
