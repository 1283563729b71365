//! Undo and redo over random commands of every kind: each step gives back the exact state that was before it.

use std::collections::BTreeMap;

use tidings::engine::{FeedEdit, Lesson, PollRequest, Undone};
use tidings::model::{ArticleId, ArticleState, Mark, StoryId, TopicId};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};

use crate::beat::{CRANES, Item, SOUP, STRIKE, STRIKE_TOO, document};
use crate::library::{Library, Reply, TestServer};

/// All that a command may change.
#[derive(Debug, Clone, PartialEq)]
struct Everything {
    config: String,
    feeds: Vec<(String, String, bool)>,
    articles: BTreeMap<ArticleId, Row>,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    state: ArticleState,
    note: Option<String>,
    story: StoryId,
    copy_of: Option<ArticleId>,
    topics: Vec<TopicId>,
}

async fn everything(library: &Library) -> Everything {
    let mut articles = BTreeMap::new();
    for row in library.all(Scope::All).await {
        let note = library.engine.article(row.id).await.unwrap().unwrap().note;
        let (state, story, copy_of, topics) = (row.state, row.story, row.copy_of, row.topics);
        articles.insert(row.id, Row { state, note, story, copy_of, topics });
    }
    let feeds = library.engine.feeds().await.unwrap().into_iter();
    Everything {
        config: std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap(),
        feeds: feeds.map(|status| (status.feed.name, status.feed.url, status.feed.enabled)).collect(),
        articles,
    }
}

/// Waits until the library has the labels of its config and every article its place.
async fn settled(library: &Library) -> Everything {
    library.poll(PollRequest::Now).await;
    everything(library).await
}

/// A small generator with a fixed start, so that a failure can be repeated (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// Does something; gives words for it. What is refused leaves everything as it is.
async fn command(library: &Library, dice: &mut Dice) -> String {
    let rows = library.all(Scope::All).await;
    let feeds = library.engine.feeds().await.unwrap();
    let mut one = || rows[dice.below(rows.len())].id;
    let (article, other) = (one(), one());
    let feed = feeds[dice.below(feeds.len())].feed.id;
    let topic = TopicId::all().nth(dice.below(20)).unwrap();
    let yes = dice.below(2) == 0;
    let request = ListRequest {
        scope: if yes { Scope::All } else { Scope::Feed(feed) },
        unread_only: dice.below(2) == 0,
        rows: Rows::Articles,
        order: Order::Date,
        up_to: None,
        page: Page::First,
        limit: 2,
    };
    let engine = &library.engine;
    let n = dice.below(1_000);
    match dice.below(13) {
        0 => format!("{:?}", engine.mark(vec![article, other], Mark::Read(yes)).await),
        1 => format!("{:?}", engine.mark(vec![article], Mark::Saved(yes)).await),
        2 => format!("{:?}", engine.mark(vec![article], Mark::Note(Some(format!("note {n}")))).await),
        3 => format!("{:?}", engine.mark(vec![article], Mark::Note(None)).await),
        4 => format!("{:?}", engine.mark_all(request, Mark::Read(yes)).await),
        5 => format!("{:?}", engine.mark_story_read(StoryId(article.0)).await),
        6 | 7 => format!("split {article}: {:?}", engine.split(article).await),
        8 | 9 => format!("merge {article} {other}: {:?}", engine.merge(article, other).await),
        10 => format!("{:?}", engine.edit_feed(FeedEdit::Rename(feed, format!("Name {n}"))).await),
        11 => format!("{:?}", engine.edit_feed(FeedEdit::Enable(feed, yes)).await),
        _ => {
            let lesson =
                if yes { Lesson::WrongTopic { topic, article } } else { Lesson::AlwaysForFeed { topic, feed } };
            format!("{:?}", engine.teach(lesson).await)
        }
    }
}

fn news() -> TestServer {
    TestServer::start(|seen| {
        let more = |from: u32| -> Vec<Item<'static>> {
            let titles = ["Canal tolls rise by a tenth", "Rail yard closes for works", "Air cargo rates ease in May"];
            (from..)
                .zip(titles)
                .map(|(n, title)| (n, n % 24, title, "Nobody was surprised by it, least of all us."))
                .collect()
        };
        let (title, site, mut items) = match seen.path() {
            "/one" => ("Harbour Ledger", "https://ledger.example/", vec![STRIKE, CRANES]),
            "/two" => ("Quay Weekly", "https://quay.example/", vec![STRIKE_TOO, SOUP]),
            _ => ("Box Wire", "https://boxwire.example/", vec![(5, 13, STRIKE.2, STRIKE.3)]),
        };
        items.extend(more(10 + title.len() as u32));
        Reply::ok(document(title, site, &items))
    })
}

async fn history(seed: u64) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
    let server = news();
    let urls = ["/one", "/two", "/three"].map(|path| server.url(path));
    let mut library = Library::new(&urls).await;
    // The past, what is now, and what could be done again.
    let mut states = vec![settled(&library).await];
    let (mut at, mut told) = (0, vec!["the start".to_owned()]);
    for step in 0..40 {
        let words = match dice.below(6) {
            0 | 1 if at > 0 || dice.below(4) == 0 => {
                let undone = library.engine.undo().await.unwrap();
                assert_eq!(undone == Undone::Nothing, at == 0, "seed {seed}, step {step}: {undone:?}\n{told:#?}");
                at = at.saturating_sub(1);
                format!("undo: {undone:?}")
            }
            2 if at + 1 < states.len() => {
                let redone = library.engine.redo().await.unwrap();
                assert_ne!(redone, Undone::Nothing, "seed {seed}, step {step}\n{told:#?}");
                at += 1;
                format!("redo: {redone:?}")
            }
            3 if dice.below(4) == 0 => {
                library.restart().await;
                "a restart".to_owned()
            }
            _ => {
                let words = command(&library, &mut dice).await;
                let now = settled(&library).await;
                // What changes nothing is no step, and what could be done again stays so.
                if now != states[at] {
                    states.truncate(at + 1);
                    states.push(now);
                    at += 1;
                }
                words
            }
        };
        told.push(words);
        let now = settled(&library).await;
        assert_eq!(now, states[at], "seed {seed}, step {step}, after\n{told:#?}");
    }
    while at > 0 {
        library.engine.undo().await.unwrap();
        at -= 1;
        assert_eq!(settled(&library).await, states[at], "seed {seed}, on the way back to {at}, after\n{told:#?}");
    }
    assert_eq!(library.engine.check().await.unwrap(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_step_back_gives_the_exact_state_that_was() {
    let seeds = std::env::var("TIDINGS_SEEDS").map_or(3, |seeds| seeds.parse().unwrap());
    for seed in 1..=seeds {
        history(seed).await;
    }
}
