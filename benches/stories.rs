//! What an arriving article costs the newsroom with 100,000 articles remembered: `cargo bench --bench stories`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints what it measures"
)]

use std::time::Instant;

use jiff::Timestamp;
use tidings::model::{ArticleId, FeedId, Placement, StoryId};
use tidings::story::{Newsroom, Telling};

/// Articles that are there before anything is measured, over thirty days, and arrivals that are measured.
const REMEMBERED: i64 = 100_000;
const ARRIVALS: i64 = 5_000;

/// A made-up vocabulary in which the word of rank n occurs about 1/n as often as the first, as in real text.
struct Author {
    state: u64,
}

impl Author {
    fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.state >> 33
    }

    fn word(&mut self, text: &mut String) {
        const SYLLABLES: [&str; 16] =
            ["ba", "ren", "to", "mi", "gas", "ke", "lun", "so", "pra", "wex", "do", "fir", "na", "cro", "ze", "hu"];
        let even = (self.number() % 1_000_000) as f64 / 1_000_000.0;
        let mut rank = (60_000f64.powf(even)) as usize;
        loop {
            text.push_str(SYLLABLES[rank % 16]);
            rank /= 16;
            if rank == 0 {
                break;
            }
        }
        text.push(' ');
    }

    /// One of three articles tells an event that others of the hour tell too.
    fn article(&mut self, n: i64) -> Telling {
        let event = if n % 3 == 0 { n / 12 } else { n + 10_000_000 };
        let mut subject = Self { state: event.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15) };
        let (mut title, mut text) = (String::new(), String::new());
        for _ in 0..5 {
            subject.word(&mut title);
        }
        for _ in 0..10 {
            subject.word(&mut text);
        }
        for _ in 0..5 {
            self.word(&mut title);
        }
        for _ in 0..30 {
            self.word(&mut text);
        }
        Telling {
            article: ArticleId(n),
            feed: FeedId(n % 150),
            date: Timestamp::from_second(1_900_000_000 + n * 30 * 86_400 / REMEMBERED).expect("a date in range"),
            url: format!("https://feed{}.example/{n}", n % 150),
            title,
            text,
            entities: vec![format!("oc:{}", self.number() % 2_000), format!("pt:{}", self.number() % 2_000)],
            language: None,
        }
    }
}

fn main() {
    let mut author = Author { state: 7 };
    let mut room = Newsroom::new();
    let all: Vec<Telling> = (0..REMEMBERED + ARRIVALS).map(|n| author.article(n)).collect();
    let (before, after) = all.split_at(usize::try_from(REMEMBERED).expect("a small number"));
    let start = Instant::now();
    for telling in before {
        room.remember(
            telling,
            Placement { article: telling.article, story: StoryId(telling.article.0), copy_of: None },
        );
    }
    println!("remembered {} articles in {:.2?}", room.len(), start.elapsed());
    if let Some(memory) = resident() {
        println!("resident memory {memory} MiB, the tellings themselves included");
    }
    let mut times: Vec<u128> = Vec::with_capacity(after.len());
    for telling in after {
        let start = Instant::now();
        std::hint::black_box(room.arrive(std::slice::from_ref(telling)));
        times.push(start.elapsed().as_nanos());
    }
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] as f64 / 1e3;
    println!(
        "arrive, one by one: median {:.1} us, 95 % {:.1} us, 99 % {:.1} us, most {:.1} us",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    let start = Instant::now();
    let mut fresh = Newsroom::new();
    for batch in before[..10_000].chunks(20) {
        std::hint::black_box(fresh.arrive(batch));
    }
    println!("10,000 arrivals in batches of 20: {:.2?}", start.elapsed());
    let start = Instant::now();
    room.forget_before(all[10_000].date);
    println!("forgetting 10,000: {:.2?}, {} left", start.elapsed(), room.len());
}

/// Memory of this process in MiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = status.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4 / 1_024)
}
