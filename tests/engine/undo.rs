//! Undo and redo over random commands of every kind: each step gives back the exact state that was before it.

use std::collections::BTreeMap;

use tidings::engine::{Answer, FeedEdit, Lesson, PollRequest, Undone};
use tidings::model::{ALL_TOPICS, ArticleId, ArticleState, Mark, StoryId, TopicId};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};

use crate::beat::{CRANES, SOUP, STRIKE, STRIKE_TOO, document};
use crate::library::{Library, Reply, TestServer, config_for};

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
    // The key of a story may be another one; what is told of it is the articles that are in it.
    let mut first: BTreeMap<StoryId, StoryId> = BTreeMap::new();
    for (id, row) in &mut articles {
        row.story = *first.entry(row.story).or_insert(StoryId(id.0));
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

/// Makes one story of two; all of both are in it then.
async fn merge(library: &Library, article: ArticleId, other: ArticleId) -> Answer<String> {
    let before = everything(library).await.articles;
    let words = library.engine.merge(article, other).await?;
    let after = everything(library).await.articles;
    for (id, row) in &before {
        if [article, other].iter().any(|one| row.story == before[one].story) {
            assert_eq!(
                after[id].story, after[&article].story,
                "{id} was lost when {article} and {other} were put together"
            );
        }
    }
    Ok(words)
}

/// Does something; gives words for it. What is refused leaves everything as it is.
async fn command(library: &Library, dice: &mut Dice) -> String {
    let rows = library.all(Scope::All).await;
    let feeds = library.engine.feeds().await.unwrap();
    let mut one = || rows[dice.below(rows.len())].id;
    let (article, other) = (one(), one());
    let feed = feeds[dice.below(feeds.len())].feed.id;
    let topic = TopicId::all().nth(dice.below(ALL_TOPICS.len())).unwrap();
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
        8 | 9 => format!("merge {article} {other}: {:?}", merge(library, article, other).await),
        10 => format!("{:?}", engine.edit_feed(FeedEdit::Rename(feed, format!("Name {n}"))).await),
        11 => format!("{:?}", engine.edit_feed(FeedEdit::Enable(feed, yes)).await),
        _ => {
            let lesson =
                if yes { Lesson::WrongTopic { topic, article } } else { Lesson::AlwaysForFeed { topic, feed } };
            format!("{:?}", engine.teach(lesson).await)
        }
    }
}

/// What all three publications bring, word for word.
const EVERYWHERE: [(&str, &str); 3] = [
    (
        "Norr Canal raises its tolls by a tenth from January",
        "The authority of the Norr Canal said that ships of more than 5,000 teu will pay a tenth more from January, its \
         first rise in six years; owners had asked for a year of grace and did not get it.",
    ),
    (
        "Lindenfurt marshalling yard closes for eleven days of track works",
        "Trains to the south will be led round by way of Ostermark while the yard at Lindenfurt gets new points and a \
         signal box, the network said; wagons that wait longer than a day pay no storage.",
    ),
    (
        "Freighter rates out of Sablon ease as the melon season ends",
        "A kilogram from Sablon to the northern hubs cost 3.10 last week, 40 cents less than in April, two forwarders \
         said, because the last melons are flown out and the cut flowers have not begun.",
    ),
];

fn news() -> TestServer {
    TestServer::start(|seen| {
        let (title, site, mut items) = match seen.path() {
            "/one" => ("Harbour Ledger", "https://ledger.example/", vec![STRIKE, CRANES]),
            "/two" => ("Quay Weekly", "https://quay.example/", vec![STRIKE_TOO, SOUP]),
            _ => ("Box Wire", "https://boxwire.example/", vec![(5, 13, STRIKE.2, STRIKE.3)]),
        };
        let from = 10 + u32::try_from(title.len()).unwrap();
        items.extend((from..).zip(EVERYWHERE).map(|(n, (title, text))| (n, n % 24, title, text)));
        Reply::ok(document(title, site, &items))
    })
}

async fn history(seed: u64) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
    let server = news();
    let urls = ["/one", "/two", "/three"].map(|path| server.url(path));
    // One after the other, so that the articles have the same ids each time.
    let mut library = Library::with_config(&config_for(&urls, "concurrency = 1")).await;
    // The past, what is now, and what could be done again.
    let mut states = vec![settled(&library).await];
    let (mut at, mut told) = (0_usize, vec!["the start".to_owned()]);
    for step in 0..30 {
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
    let seeds = std::env::var("TIDINGS_SEEDS").map_or(2, |seeds| seeds.parse().unwrap());
    for seed in 1..=seeds {
        history(seed).await;
    }
}
