//! Articles find their story: arrivals are placed in the order of their dates, by one process at a time.

use std::collections::BTreeSet;
use std::iter;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::computing::computed;
pub(super) use super::room::Rooms;
use super::room::{Room, telling};
use super::shared::Shared;
use super::{Answer, EngineError, Notice};
use crate::model::{ArticleId, HandRule, Placement};
use crate::store::PlaceLock;
use crate::story::{self, Heard, Kinship, Telling};

/// What waits is looked through for so many at a time: each time all of it is, so that this is not to be done for every turn.
const LOOKED_UP: usize = 65_536;
/// Arrivals placed at a time, and how often so many in one turn.
const AT_ONCE: usize = 2_000;
const BATCHES: usize = 6;
/// Words of so many are read at a time.
const HEARD_AT_ONCE: usize = 256;
/// Arrivals placed at a time are not further apart, so that old and new ones do not need all that is between them.
const APART: SignedDuration = SignedDuration::from_hours(24 * 15);
/// Arrivals of a moment are placed together.
const MOMENT: Duration = Duration::from_millis(250);
/// How often the lock is tried while another process places, and for how long.
const LOCK_RETRY: Duration = Duration::from_millis(20);
const LOCK_PATIENCE: Duration = Duration::from_mins(2);

/// Places what arrives while a desk is open: the first arrivals at once, for somebody may wait before an empty screen, and
/// what comes within a moment of them together.
pub(super) async fn worker(shared: Arc<Shared>) {
    let mut waiting = Waiting::default();
    loop {
        let began = tokio::time::Instant::now();
        match place_some(&shared, &mut waiting).await {
            // Lists show what arrived once it has its place, in whatever story.
            Ok(Some(_)) => shared.tell(Notice::ArticlesChanged),
            Ok(None) => {
                waiting = Waiting::default();
                shared.to_place.notified().await;
            }
            Err(error) => {
                shared.tell(Notice::Trouble(format!("new articles could not be put into their stories: {error}")));
                shared.to_place.notified().await;
            }
        }
        tokio::time::sleep_until(began + MOMENT).await;
    }
}

/// Places all that waits for it, new arrivals first; begins nothing more after `until`. Gives how many articles have
/// another story than before.
pub(super) async fn settle(shared: &Shared, until: Option<Instant>) -> Answer<u64> {
    let (mut changed, mut waiting) = (0, Waiting::default());
    while until.is_none_or(|until| Instant::now() < until) {
        match place_some(shared, &mut waiting).await? {
            Some(more) => changed += more,
            None => break,
        }
    }
    if changed > 0 {
        shared.tell(Notice::ArticlesChanged);
    }
    Ok(changed)
}

/// What waits for its place, as it was looked up last: looking it up goes through all arrivals.
#[derive(Default)]
struct Waiting {
    articles: Vec<ArticleId>,
    /// How many of them had their turn.
    done: usize,
    /// How the database stood then: another process may have placed some of them since.
    version: Option<i64>,
}

/// Places some of what waits for it; gives how many articles have another story than before, or none when there was nothing
/// to place.
async fn place_some(shared: &Shared, waiting: &mut Waiting) -> Answer<Option<u64>> {
    if shared.store.is_read_only() {
        return Ok(None);
    }
    // Not held over all turns: whoever wants to know why waits for one.
    let mut rooms = shared.rooms.lock().await;
    let is_through = waiting.done == waiting.articles.len();
    if is_through && shared.store.unplaced_count().await? == 0 {
        return Ok(None);
    }
    let _alone = alone(shared).await?;
    rooms.heed_others(shared).await?;
    if is_through || waiting.version != rooms.version() {
        let before = std::mem::replace(&mut waiting.articles, shared.store.unplaced(LOOKED_UP).await?);
        if waiting.articles.is_empty() || waiting.articles == before {
            // What waits for its labels comes later. The same ones again can not be placed.
            return Ok(None);
        }
        (waiting.done, waiting.version) = (0, rooms.version());
    }
    let from = waiting.done;
    waiting.done = waiting.articles.len().min(from + AT_ONCE * BATCHES);
    let placed = turn(shared, &mut rooms, &waiting.articles[from..waiting.done]).await;
    if placed.is_err() {
        // What is not written is not so.
        rooms.forget();
        *waiting = Waiting::default();
    }
    placed.map(Some)
}

/// Places these. While one batch is thought about, the one before is written and the words of the one after are read.
async fn turn(shared: &Shared, rooms: &mut Rooms, waiting: &[ArticleId]) -> Answer<u64> {
    let (mut changed, mut thought) = (0, Vec::new());
    let mut batches = waiting.chunks(AT_ONCE);
    let mut arrived = heard(shared, batches.next().unwrap_or_default()).await?;
    loop {
        let next = batches.next();
        let mut spans = spans(std::mem::take(&mut arrived)).into_iter().peekable();
        while let Some(arrivals) = spans.next() {
            let read = heard(shared, next.filter(|_| spans.peek().is_none()).unwrap_or_default());
            let (placements, written, read) =
                tokio::join!(place(shared, rooms, arrivals), shared.store.place(std::mem::take(&mut thought)), read);
            (thought, arrived) = (placements?, read?);
            changed += written?;
        }
        if arrived.is_empty() {
            // The last one, or all articles of a batch are gone: what was left out then waits still.
            break;
        }
    }
    Ok(changed + shared.store.place(thought).await?)
}

/// These with their words read; those that are gone are left out. While the words of some are read, the next are fetched.
async fn heard(shared: &Shared, articles: &[ArticleId]) -> Answer<Vec<Heard>> {
    let (mut all, mut told) = (Vec::with_capacity(articles.len()), Vec::new());
    for step in articles.chunks(HEARD_AT_ONCE).chain(iter::once(&[][..])) {
        let tellings: Vec<Telling> = std::mem::take(&mut told).into_iter().map(telling).collect();
        let hear = async {
            if tellings.is_empty() { Ok(Vec::new()) } else { shared.computed(move || story::hear(tellings)).await }
        };
        let fetch = async { if step.is_empty() { Ok(Vec::new()) } else { shared.store.told_of(step.to_vec()).await } };
        let (heard, fetched) = tokio::join!(hear, fetch);
        all.extend(heard?);
        told = fetched?;
    }
    Ok(all)
}

/// Finds the places of arrivals that are dated near each other; they are still to be written.
async fn place(shared: &Shared, rooms: &mut Rooms, arrivals: Vec<Heard>) -> Answer<Vec<Placement>> {
    let (Some(first), Some(last)) = (arrivals.first().map(Heard::date), arrivals.last().map(Heard::date)) else {
        return Ok(Vec::new());
    };
    let ids: Vec<ArticleId> = arrivals.iter().map(Heard::article).collect();
    let mut room = rooms.take(shared, first, last).await?;
    let (room, mut placements) = shared
        .computed(move || {
            let placements = room.newsroom.arrive_heard(arrivals);
            (room, placements)
        })
        .await?;
    // Those that stay where they were are told too, or they would wait for ever.
    let told: BTreeSet<ArticleId> = placements.iter().map(|placement| placement.article).collect();
    let stay: Vec<ArticleId> = ids.into_iter().filter(|id| !told.contains(id)).collect();
    if !stay.is_empty() {
        let rows = shared.store.headlines_of(stay).await?;
        placements.extend(rows.iter().map(|row| Placement { article: row.id, story: row.story, copy_of: row.copy_of }));
    }
    rooms.put_back(room, last);
    Ok(placements)
}

/// Cuts what is in the order of its dates wherever it gets too far apart.
fn spans(mut arrivals: Vec<Heard>) -> Vec<Vec<Heard>> {
    let (mut begins, mut first) = (Vec::new(), None);
    for (n, date) in arrivals.iter().map(Heard::date).enumerate() {
        if first.is_none_or(|first| date.duration_since(first) > APART) {
            begins.push(n);
            first = Some(date);
        }
    }
    // Nearly always it is one, and stays where it is in the memory.
    let mut spans: Vec<Vec<Heard>> = begins.into_iter().rev().map(|n| arrivals.split_off(n)).collect();
    spans.reverse();
    spans
}

/// Places anew what a rule of the user's touches; the store has the rule already.
pub(super) async fn obey(shared: &Shared, set: &[HandRule], lifted: &[HandRule]) -> Answer<()> {
    let articles: BTreeSet<ArticleId> = set.iter().chain(lifted).flat_map(|rule| [rule.article, rule.other]).collect();
    let articles: Vec<ArticleId> = articles.into_iter().collect();
    let mut rooms = shared.rooms.lock().await;
    let _alone = alone(shared).await?;
    rooms.heed_others(shared).await?;
    let dates: Vec<Timestamp> = shared.store.told_of(articles.clone()).await?.iter().map(|told| told.date).collect();
    let (Some(first), Some(last)) = (dates.iter().min().copied(), dates.iter().max().copied()) else {
        return Ok(());
    };
    let mut room = rooms.take(shared, first, last).await?;
    let (set, lifted) = (set.to_vec(), lifted.to_vec());
    let (room, placements) = computed(move || {
        for rule in lifted {
            room.newsroom.forget_rule(rule);
        }
        for rule in set {
            room.newsroom.obey(rule);
        }
        let placements = room.newsroom.rearrange(&articles);
        (room, placements)
    })
    .await?;
    shared.store.place(placements).await?;
    rooms.put_back(room, last);
    shared.tell(Notice::ArticlesChanged);
    Ok(())
}

/// Why each of these articles, given with their dates, is in its story.
pub(super) async fn kinships(shared: &Shared, articles: Vec<(ArticleId, Timestamp)>) -> Answer<Vec<Option<Kinship>>> {
    let dates = articles.iter().map(|(_, date)| *date);
    let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else { return Ok(Vec::new()) };
    let mut rooms = shared.rooms.lock().await;
    rooms.heed_others(shared).await?;
    let room: Room = rooms.take(shared, first, last).await?;
    let (room, kinships) = computed(move || {
        let kinships = articles.iter().map(|(article, _)| room.newsroom.kinship(*article)).collect();
        (room, kinships)
    })
    .await?;
    rooms.put_back(room, last);
    Ok(kinships)
}

/// Waits until no other process places articles.
async fn alone(shared: &Shared) -> Answer<PlaceLock> {
    let began = Instant::now();
    while began.elapsed() < LOCK_PATIENCE {
        if let Some(lock) = shared.store.try_place_lock()? {
            return Ok(lock);
        }
        tokio::time::sleep(LOCK_RETRY).await;
    }
    Err(EngineError("another tidings has been sorting articles for minutes; is one stopped (Ctrl-Z)?".into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedId;

    #[test]
    fn old_and_new_arrivals_are_placed_apart() {
        let telling = |id, day: i64| Telling {
            article: ArticleId(id),
            feed: FeedId(1),
            date: Timestamp::from_second(day * 86_400).unwrap(),
            url: String::new(),
            title: String::new(),
            text: String::new(),
            entities: Vec::new(),
            language: None,
        };
        let spans = spans(story::hear(vec![telling(1, 0), telling(2, 15), telling(3, 16), telling(4, 400)]));
        let ids: Vec<Vec<i64>> =
            spans.iter().map(|span| span.iter().map(|heard| heard.article().0).collect()).collect();
        assert_eq!(ids, [vec![1, 2], vec![3], vec![4]]);
    }
}
