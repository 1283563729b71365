//! What a key costs while 100,000 stored articles are labelled anew behind it: `cargo bench --bench relabel`.
//! With `ARTICLES` in the environment as many as that.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints what it measures"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use tidings::clock::Clock;
use tidings::config::{self, Paths};
use tidings::engine::{EngineHandle, EngineOptions, Notice};
use tidings::model::{ArticleId, FeedId, Identity, Labels, Mark, NewArticle, PollFacts, PollRecord};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};
use tidings::store::Store;
use tokio::sync::broadcast;

const FEEDS: u64 = 100;
/// Keys pressed while nothing else is done, and articles whose company is asked for.
const KEYS: usize = 300;
const ASKED: usize = 500;
/// Between two keys.
const PAUSE: Duration = Duration::from_millis(8);

/// Made-up numbers, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = self.roll(of.len() as u64);
        of[at as usize]
    }

    /// An invented piece of news about names of the trade.
    fn article(&mut self, n: u64, articles: u64, newest: Timestamp) -> NewArticle {
        const WHO: [&str; 8] = ["Maersk", "MSC", "Hapag-Lloyd", "DHL", "CMA CGM", "DSV", "Kuehne+Nagel", "FedEx"];
        const WHERE: [&str; 8] =
            ["Rotterdam", "Los Angeles", "Singapore", "Antwerp", "Felixstowe", "Shanghai", "Santos", "Durban"];
        const WHAT: [&str; 8] = [
            "raises the peak season surcharge for containers",
            "orders twelve methanol vessels",
            "meets dockers over a strike at the terminal",
            "opens a warehouse for parcels",
            "diverts sailings around the Cape",
            "sees spot rates fall on the transpacific",
            "buys a customs broker",
            "tests electric trucks on a drayage lane",
        ];
        const SYLLABLES: [&str; 8] = ["ren", "to", "mi", "gas", "lun", "pra", "wex", "cro"];
        // Some words are shared by few: some of these by twenty articles.
        let mut rare = Self(n / 20);
        let rare: String = (0..6).map(|_| rare.one(&SYLLABLES)).collect();
        let title = format!("{} {} in {} {rare}", self.one(&WHO), self.one(&WHAT), self.one(&WHERE));
        let mut text = String::new();
        for _ in 0..120 {
            match self.roll(20) {
                0 => text.push_str(self.one(&WHERE)),
                1 => text.push_str(self.one(&WHAT)),
                _ => (0..=self.roll(3)).for_each(|_| text.push_str(self.one(&SYLLABLES))),
            }
            text.push(' ');
        }
        // Over three years, the newest last.
        let age =
            SignedDuration::from_secs(i64::try_from((articles - n) * 3 * 365 * 86_400 / articles).expect("small"));
        let mut key = [0; 16];
        key[..8].copy_from_slice(&n.to_be_bytes());
        NewArticle {
            identity: Identity { key, alias: None },
            url: format!("https://news.example/{n}"),
            original: None,
            title,
            author: Some(format!("Author {}", n % 50)),
            published: newest.checked_sub(age).ok(),
            updated: None,
            language: Some("en".to_owned()),
            summary_html: format!("<p>{text}</p>"),
            content_html: String::new(),
            plain_text: text,
            categories: Vec::new(),
            enclosures: Vec::new(),
            labels: Labels::default(),
        }
    }
}

/// Times of one kind.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn tell(&mut self, what: &str) {
        self.0.sort_unstable();
        let at = |share: f64| {
            let place = ((self.0.len().max(1) - 1) as f64 * share) as usize;
            self.0.get(place).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        println!(
            "{what:<44} n {:>5}   p50 {:>7.2} ms   p95 {:>7.2} ms   p99 {:>7.2} ms   most {:>7.2} ms",
            self.0.len(),
            at(0.5),
            at(0.95),
            at(0.99),
            at(1.0)
        );
    }
}

/// What was seen of the library over a while.
#[derive(Default)]
struct Seen {
    read: Times,
    marked: Times,
    waited: Times,
}

impl Seen {
    fn tell(&mut self, when: &str) {
        self.read.tell(&format!("{when}: an article is read"));
        self.marked.tell(&format!("{when}: a mark is saved (fsync)"));
        self.waited.tell(&format!("{when}: the writer's step is waited for"));
    }
}

fn config(feeds: u64, rule: &str) -> String {
    let mut text = String::from("keep_days = 0\n");
    for n in 0..feeds {
        writeln!(text, "[[feeds]]\nname = \"Feed {n}\"\nurl = \"http://127.0.0.1:9/{n}\"").expect("written");
    }
    text + rule
}

/// The library, filled as polls fill it, but without labels: nothing is due for hours.
async fn fill(store: &Store, articles: u64, now: Timestamp) {
    let mut dice = Dice(7);
    let feeds: Vec<FeedId> = store.feeds().await.expect("feeds").iter().map(|status| status.feed.id).collect();
    let each = articles / FEEDS;
    for round in 0..FEEDS {
        let feed = feeds[round as usize];
        let facts = PollFacts { last_attempt: Some(now), last_success: Some(now), polls: 1, ..PollFacts::default() };
        let news = (round * each..(round + 1) * each).map(|n| dice.article(n, articles, now)).collect();
        store.ingest(feed, news, PollRecord { facts, title: None, site: None }, true).await.expect("stored");
    }
}

async fn ids(engine: &EngineHandle, limit: usize) -> Vec<ArticleId> {
    let request = ListRequest {
        scope: Scope::All,
        unread_only: false,
        rows: Rows::Articles,
        order: Order::Date,
        up_to: None,
        page: Page::First,
        limit,
    };
    engine.headlines(request).await.expect("read").iter().map(|row| row.id).collect()
}

/// Presses keys until `done`: opens an article and marks it; beside that the writer is asked how long it makes one wait.
async fn press(engine: &EngineHandle, store: &Store, ids: &[ArticleId], done: impl Fn(usize) -> bool) -> Seen {
    let mut seen = Seen::default();
    for (n, id) in ids.iter().cycle().enumerate() {
        if done(n) {
            break;
        }
        let began = Instant::now();
        let article = engine.article(*id).await.expect("read").expect("it is there");
        seen.read.0.push(began.elapsed());
        let began = Instant::now();
        engine.mark(vec![*id], Mark::Read(!article.headline.state.read)).await.expect("marked");
        seen.marked.0.push(began.elapsed());
        tokio::time::sleep(PAUSE).await;
        let began = Instant::now();
        store.foreign_version().await.expect("answered");
        seen.waited.0.push(began.elapsed());
        tokio::time::sleep(PAUSE).await;
    }
    seen
}

/// Waits until nothing is left to be labelled.
async fn labelled(notices: &mut broadcast::Receiver<Notice>) {
    loop {
        if let Ok(Notice::Labelling { left: 0 }) = notices.recv().await {
            return;
        }
    }
}

async fn quiet(store: &Store) {
    while store.unlabelled_count().await.expect("counted") + store.unplaced_count().await.expect("counted") > 0
        || store.index().await.expect("indexed")
    {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn relabelled(engine: &EngineHandle, store: &Store, ids: &[ArticleId], change: impl Future<Output = ()>) -> Seen {
    let mut notices = engine.notices();
    let done = Arc::new(AtomicBool::new(false));
    let its = Arc::clone(&done);
    let began = Instant::now();
    change.await;
    let wait = async {
        labelled(&mut notices).await;
        its.store(true, Ordering::Relaxed);
        println!("labelled in {:.2?}", began.elapsed());
    };
    let ((), seen) = tokio::join!(wait, press(engine, store, ids, |_| done.load(Ordering::Relaxed)));
    seen
}

async fn run(folder: &Path, articles: u64) {
    let paths = Paths::in_dir(folder.to_owned());
    std::fs::write(&paths.config, config(FEEDS, "")).expect("written");
    let clock = Clock::system();
    let store = Store::open(&paths.database, &paths.backups, clock.clone()).expect("opened");
    let config_path = paths.config.clone();
    let settings = config::load(&paths.config).config;
    let engine = EngineHandle::new(EngineOptions {
        paths: Some(paths),
        config: settings,
        store: store.clone(),
        clock,
        asks_servers: true,
    });
    engine.adopt_config().await.expect("adopted");
    let began = Instant::now();
    fill(&store, articles, engine.clock().now()).await;
    println!("{articles} articles stored in {:.2?}", began.elapsed());
    let newest = ids(&engine, KEYS).await;
    relabelled(&engine, &store, &newest, async { engine.start() }).await.tell("first labels and index");
    let began = Instant::now();
    quiet(&store).await;
    println!("placed and indexed {:.2?} later", began.elapsed());
    press(&engine, &store, &newest, |n| n >= KEYS).await.tell("idle");
    let rule = "[topics.rates]\ncues = [\"methanol\"]\n";
    let change = async {
        std::fs::write(&config_path, config(FEEDS, rule)).expect("written");
        engine.reload_config().await.expect("reloaded");
    };
    relabelled(&engine, &store, &newest, change).await.tell("after a rule changed");
    quiet(&store).await;
    // Until the housekeeping after all that is done.
    tokio::time::sleep(Duration::from_secs(5)).await;
    let all = ids(&engine, articles as usize).await;
    let (mut company, before) = (Times::default(), processor_ms());
    for id in all.iter().step_by((all.len() / ASKED).max(1)) {
        let began = Instant::now();
        engine.company(*id).await.expect("read");
        company.0.push(began.elapsed());
    }
    company.tell("also in this story, and related");
    if let (Some(before), Some(after)) = (before, processor_ms()) {
        println!("of that {:.2} ms of processor each", (after - before) / company.0.len() as f64);
    }
    engine.shutdown().await;
}

/// Processor time of this process in milliseconds, where the system tells.
fn processor_ms() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in parentheses, may have blanks in it; user and system time are 12th and 13th after it, in hundredths.
    let ticks: Vec<i64> = stat.rsplit_once(')')?.1.split_whitespace().filter_map(|field| field.parse().ok()).collect();
    Some((ticks.get(10)? + ticks.get(11)?) as f64 * 10.0)
}

fn main() {
    let articles = std::env::var("ARTICLES").ok().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().expect("a folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(run(folder.path(), articles));
}
