//! What an arriving article costs the classifier and the newsroom: `cargo bench --bench stories`, or a part of it with
//! `-- usual` or `-- dense` behind. The checksums tell whether a change that should only be faster gives the same stories.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints what it measures"
)]

mod dice;
mod made_up;
mod templates;

use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use dice::Dice;
use tidings::model::{ArticleId, Placement, StoryId};
use tidings::story::{Newsroom, Telling};
use tidings::topic::{Classifier, Rules, Subject};

/// Arrivals that are measured one by one.
const ARRIVALS: i64 = 5_000;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|word| word == part);
    let (classifier, _) = Classifier::new(&Rules::default());
    if wants("usual") {
        usual(&classifier);
    }
    if wants("dense") {
        dense(&classifier);
    }
}

/// 100,000 articles of a month are remembered, and further ones arrive.
fn usual(classifier: &Classifier) {
    let mut dice = Dice::new(7);
    let mut room = Newsroom::new();
    let all: Vec<Telling> = (0..made_up::A_MONTH + ARRIVALS).map(|n| made_up::article(&mut dice, n)).collect();
    let (before, after) = all.split_at(usize::try_from(made_up::A_MONTH).expect("a small number"));
    let start = Instant::now();
    for telling in before {
        let story = StoryId(telling.article.0);
        room.remember(telling, Placement { article: telling.article, story, copy_of: None });
    }
    println!("usual: remembered {} articles in {:.2?}", room.len(), start.elapsed());
    if let Some(memory) = resident() {
        println!("usual: resident memory {memory} MiB, the tellings themselves included");
    }
    // Made-up words mean nothing to the classifier, so it gets an article of the trade of the same length.
    let (mut classify, mut place, mut both) = (Vec::new(), Vec::new(), Vec::new());
    let mut stories = Stories::default();
    for telling in after {
        let like_it = templates::article(&mut dice, telling.article.0, 3);
        let labelled = timed(|| label(classifier, &like_it)).1;
        let (placements, placed) = timed(|| room.arrive(std::slice::from_ref(telling)));
        stories.take(placements);
        classify.push(labelled);
        place.push(placed);
        both.push(labelled + placed);
    }
    tell("usual: classify, one by one", classify);
    tell("usual: place, one by one", place);
    tell("usual: classify and place", both);
    stories.tell("usual");
    let start = Instant::now();
    let mut fresh = Newsroom::new();
    for batch in before[..10_000].chunks(20) {
        black_box(fresh.arrive(batch));
    }
    println!("usual: 10,000 arrivals in batches of 20: {:.2?}", start.elapsed());
    let start = Instant::now();
    room.forget_before(all[10_000].date);
    println!("usual: forgetting 10,000: {:.2?}, {} left", start.elapsed(), room.len());
}

/// 10,000 articles of a few patterns arrive as a cold poll brings them, and the last of them again one by one.
fn dense(classifier: &Classifier) {
    let mut dice = Dice::new(11);
    let all: Vec<Telling> = (0..templates::ARTICLES)
        .map(|n| {
            let mut telling = templates::article(&mut dice, n, 1);
            telling.entities = label(classifier, &telling);
            telling
        })
        .collect();
    let (mut room, mut stories) = (Newsroom::new(), Stories::default());
    let start = Instant::now();
    for batch in all.chunks(2_000) {
        stories.take(room.arrive(batch));
    }
    let each = start.elapsed() / u32::try_from(all.len()).expect("a small number");
    println!("dense: {} arrivals in batches of 2,000: {each:.1?} each", all.len());
    stories.tell("dense");
    let (mut room, mut stories) = (Newsroom::new(), Stories::default());
    let mut place = Vec::new();
    for telling in &all {
        let (placements, placed) = timed(|| room.arrive(std::slice::from_ref(telling)));
        stories.take(placements);
        place.push(placed);
    }
    tell("dense: place, one by one", place.split_off(place.len() / 2));
    stories.tell("dense");
}

/// The entities of an article, as the classifier finds them.
fn label(classifier: &Classifier, telling: &Telling) -> Vec<String> {
    let subject = Subject {
        title: &telling.title,
        text: &telling.text,
        url: &telling.url,
        feed_name: "Harbour Post",
        feed_url: "https://harbour.example/feed",
        ..Subject::default()
    };
    let labels = black_box(classifier.label(&subject));
    labels.entities.iter().map(|entity| entity.id.clone()).collect()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_nanos() as f64 / 1e3;
    println!(
        "{what}: median {:.1} us, 95 % {:.1} us, 99 % {:.1} us, most {:.1} us",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// Where articles were put last.
#[derive(Default)]
struct Stories(HashMap<ArticleId, Placement>);

impl Stories {
    fn take(&mut self, placements: Vec<Placement>) {
        self.0.extend(placements.into_iter().map(|placement| (placement.article, placement)));
    }

    fn tell(&self, what: &str) {
        let mut placements: Vec<Placement> = self.0.values().copied().collect();
        placements.sort_unstable_by_key(|placement| placement.article);
        let sum = placements.iter().fold(0xcbf2_9ce4_8422_2325, |sum: u64, placement| {
            let copied = placement.copy_of.map_or(-1, |original| original.0);
            [placement.article.0, placement.story.0, copied]
                .iter()
                .fold(sum, |sum, number| (sum ^ number.unsigned_abs()).wrapping_mul(0x0100_0000_01b3))
        });
        let joined = placements.iter().filter(|placement| placement.story.0 != placement.article.0).count();
        println!("{what}: {joined} of {} in the story of another, checksum {sum:016x}", placements.len());
    }
}

/// Memory of this process in MiB, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = status.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4 / 1_024)
}
