//! What an arriving article costs the classifier and the newsroom: `cargo bench --bench stories`, or a part of it with
//! `-- usual` or `-- dense` behind, and another number of remembered articles with a number. The checksums tell whether a
//! change that should only be faster gives the same stories.
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
    let remembered = wanted.iter().find_map(|word| word.parse().ok()).unwrap_or(made_up::A_MONTH);
    let parts: Vec<&String> = wanted.iter().filter(|word| word.parse::<i64>().is_err()).collect();
    let wants = |part: &str| parts.is_empty() || parts.iter().any(|word| *word == part);
    let (classifier, _) = Classifier::new(&Rules::default());
    if wants("usual") {
        usual(&classifier, remembered);
    }
    if wants("dense") {
        dense(&classifier);
    }
}

/// The last articles of a month are remembered, 100,000 unless told otherwise, and further ones arrive.
fn usual(classifier: &Classifier, remembered: i64) {
    let mut dice = Dice::new(7);
    let mut room = Newsroom::new();
    let all: Vec<Telling> = (0..made_up::A_MONTH + 2 * ARRIVALS).map(|n| made_up::article(&mut dice, n)).collect();
    let (before, after) = all.split_at(usize::try_from(made_up::A_MONTH).expect("a small number"));
    let before = &before[usize::try_from(made_up::A_MONTH - remembered).unwrap_or_default()..];
    let (alone, polled) = after.split_at(after.len() / 2);
    let start = Instant::now();
    for telling in before {
        let story = StoryId(telling.article.0);
        room.remember(telling, Placement { article: telling.article, story, copy_of: None });
    }
    println!("usual: remembered {} articles in {:.2?}", room.len(), start.elapsed());
    if let Some(memory) = resident() {
        println!("usual: resident memory {memory} MiB, the tellings themselves included");
    }
    arrive("usual: one by one", classifier, &mut room, alone, 1);
    // A round has what some feeds brought; what a round brought is placed in one go.
    arrive("usual: in a round of 20", classifier, &mut room, &polled[..polled.len() / 2], 20);
    arrive("usual: in a round of 100", classifier, &mut room, &polled[polled.len() / 2..], 100);
    let start = Instant::now();
    let mut fresh = Newsroom::new();
    for batch in all[..10_000].chunks(20) {
        black_box(fresh.arrive(batch));
    }
    println!("usual: 10,000 arrivals in batches of 20, nothing remembered: {:.2?}", start.elapsed());
    let start = Instant::now();
    room.forget_before(all[10_000].date);
    println!("usual: forgetting 10,000: {:.2?}, {} left", start.elapsed(), room.len());
}

/// Lets articles arrive so many at a time, and tells what each cost: the time of those that came together, shared out.
fn arrive(what: &str, classifier: &Classifier, room: &mut Newsroom, arrivals: &[Telling], together: usize) {
    // Made-up words mean nothing to the classifier, so it gets articles of the trade of the same length.
    let mut dice = Dice::new(23);
    let (mut classify, mut place, mut both) = (Vec::new(), Vec::new(), Vec::new());
    let mut stories = Stories::default();
    for batch in arrivals.chunks(together) {
        let like_them: Vec<Telling> =
            batch.iter().map(|telling| templates::article(&mut dice, telling.article.0, 3)).collect();
        let each = u32::try_from(batch.len()).expect("a small number");
        let labelled = timed(|| like_them.iter().for_each(|telling| drop(label(classifier, telling)))).1 / each;
        let (placements, placed) = timed(|| room.arrive(batch));
        stories.take(placements);
        classify.push(labelled);
        place.push(placed / each);
        both.push(labelled + placed / each);
    }
    tell(&format!("{what}, classify"), classify);
    tell(&format!("{what}, place"), place);
    tell(&format!("{what}, classify and place"), both);
    stories.tell(what);
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

/// What work cost in time of the processor: what other programs do meanwhile is none of it.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = processor_time();
    let result = work();
    (result, processor_time().saturating_sub(start))
}

/// Time that this thread had the processor.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
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
