//! Pages of feeds with `full_text = "auto"`, fetched behind the arrivals: one at a time a host, spaced, and not for ever.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;
use url::Url;

use super::{Again, PageOutcome, keep_page};
use crate::config::{FeedSpec, FullTextMode};
use crate::engine::Answer;
use crate::engine::shared::Shared;
use crate::model::{ArticleId, FeedId};
use crate::store::WantedPage;

/// Pages of one feed that one poll asks for at most: the newest.
const A_ROUND: usize = 50;
/// So often a page is asked for before it is given up.
const ATTEMPTS: u32 = 3;
/// A page that failed is asked for again after this long, times its attempts.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(30);
/// Whoever takes a page up has this long, before another process may.
const CLAIM: SignedDuration = SignedDuration::from_mins(10);
/// Between two pages of a host passes so many times what passes between two polls of it.
const SPACINGS: u32 = 5;
/// Hosts asked at once.
const HOSTS: usize = 6;
/// How often an open desk looks for pages that were put off.
const EVERY: Duration = Duration::from_mins(10);

/// What a round of pages came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WantedRound {
    /// Articles that have their full text now.
    pub kept: u64,
    /// Pages that had no more than the feed.
    pub nothing_more: u64,
    /// Pages that could not be read, in the order in which that became known.
    pub failed: Vec<FailedPage>,
    /// Pages that the next round takes up.
    pub left: u64,
}

/// A page that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedPage {
    /// Its article.
    pub article: ArticleId,
    /// That article's feed.
    pub feed: FeedId,
    /// That article's title.
    pub title: String,
    /// The address, as the feed has it.
    pub url: String,
    /// Why, in words that name the address.
    pub error: String,
    /// It will be asked for again.
    pub again: bool,
}

/// Lets the pages of new articles wait, where their feed says so. `new` is in the order of arrival, the newest last.
pub(in crate::engine) async fn want(shared: &Shared, spec: &FeedSpec, new: &[ArticleId]) {
    if spec.full_text != FullTextMode::Auto || new.is_empty() {
        return;
    }
    let newest = new[new.len().saturating_sub(A_ROUND)..].to_vec();
    if let Err(error) = shared.store.want_pages(newest).await {
        tracing::warn!(%error, "pages of {} are not fetched", spec.url);
    }
}

/// Fetches what waits after every round, and what was put off when its time has come. Ends with the desk.
pub(in crate::engine) async fn worker(shared: Arc<Shared>) {
    loop {
        tokio::select! {
            () = shared.to_fetch.notified() => {}
            () = sleep(EVERY) => {}
        }
        if let Err(error) = fetch_wanted(&shared, None, |_| {}).await {
            tracing::warn!(%error, "full texts were not fetched");
        }
    }
}

/// Fetches the pages that wait; `until` no more are begun. `each` hears how far it is.
pub(in crate::engine) async fn fetch_wanted(
    shared: &Arc<Shared>,
    until: Option<Instant>,
    mut each: impl FnMut(&WantedRound) + Send,
) -> Answer<WantedRound> {
    let mut round = WantedRound::default();
    if shared.store.is_read_only() {
        return Ok(round);
    }
    let by_host = wanted_by_host(shared, &mut round).await?;
    if by_host.is_empty() {
        return Ok(round);
    }
    let turns = Arc::new(Semaphore::new(HOSTS));
    // Dropped with us, and its tasks with it.
    let mut hosts = JoinSet::new();
    let (done, mut told) = tokio::sync::mpsc::unbounded_channel();
    for pages in by_host {
        let (shared, turns, done) = (Arc::clone(shared), Arc::clone(&turns), done.clone());
        hosts.spawn(async move {
            // It is never closed; were it, going on without a turn is better than not at all.
            let _turn = turns.acquire().await.ok();
            one_host(&shared, pages, until, |outcome| done.send(outcome).is_ok()).await;
        });
    }
    drop(done);
    while let Some(outcome) = told.recv().await {
        round.left = round.left.saturating_sub(1);
        match outcome {
            Fetched::Kept => round.kept += 1,
            Fetched::NothingMore => round.nothing_more += 1,
            Fetched::Failed(failed) => round.failed.push(*failed),
            Fetched::TakenElsewhere => {}
        }
        each(&round);
    }
    Ok(round)
}

/// What became of one page.
#[derive(Debug)]
enum Fetched {
    Kept,
    NothingMore,
    Failed(Box<FailedPage>),
    TakenElsewhere,
}

/// A page with what the config says of its feed.
type Wanted = (WantedPage, FeedSpec);

/// What waits, by host, those with the newest article first. What is not wanted any more is taken off the queue.
async fn wanted_by_host(shared: &Shared, round: &mut WantedRound) -> Answer<Vec<Vec<Wanted>>> {
    let waiting = shared.store.wanted_pages(shared.clock.now()).await?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let config = shared.config();
    let specs: HashMap<&str, &FeedSpec> = config.feeds.iter().map(|spec| (spec.url.as_str(), spec)).collect();
    let feeds = shared.store.feeds().await?;
    let feeds: HashMap<FeedId, &str> = feeds.iter().map(|status| (status.feed.id, status.feed.url.as_str())).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut hosts: Vec<Vec<Wanted>> = Vec::new();
    for page in waiting {
        let spec = feeds.get(&page.feed).and_then(|url| specs.get(url)).filter(|spec| is_auto(spec));
        let (Some(spec), Some(host)) = (spec, host_of(&page.url).filter(|_| page.attempts < ATTEMPTS)) else {
            shared.store.forget_page(page.article).await?;
            continue;
        };
        let place = *places.entry(host).or_insert_with(|| {
            hosts.push(Vec::new());
            hosts.len() - 1
        });
        hosts[place].push((page, (*spec).clone()));
        round.left += 1;
    }
    Ok(hosts)
}

fn host_of(url: &str) -> Option<String> {
    Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned))
}

fn is_auto(spec: &FeedSpec) -> bool {
    spec.full_text == FullTextMode::Auto && spec.enabled
}

/// Fetches the pages of one host, one after the other, until it fails in a way that the next one would, too. `told` hears
/// of each, and says whether to go on.
async fn one_host(
    shared: &Arc<Shared>,
    pages: Vec<Wanted>,
    until: Option<Instant>,
    told: impl Fn(Fetched) -> bool + Send,
) {
    let host = pages.first().and_then(|(page, _)| host_of(&page.url)).unwrap_or_default();
    match shared.store.host_left_alone(host, shared.clock.now()).await {
        Ok(None) => {}
        Ok(Some(_)) => return,
        Err(error) => return tracing::warn!(%error, "full texts were not fetched"),
    }
    let pause = Duration::from_millis(shared.config().network.host_spacing_ms).saturating_mul(SPACINGS);
    for (n, (page, spec)) in pages.into_iter().enumerate() {
        if n > 0 {
            sleep(pause).await;
        }
        if until.is_some_and(|until| Instant::now() >= until) {
            return;
        }
        let (fetched, go_on) = match one_page(shared, page, spec).await {
            Ok(done) => done,
            Err(error) => {
                tracing::warn!(%error, "a full text was not kept");
                return;
            }
        };
        if !told(fetched) || !go_on {
            return;
        }
    }
}

/// Fetches one page; gives whether its host may be asked for another.
async fn one_page(shared: &Arc<Shared>, page: WantedPage, spec: FeedSpec) -> Answer<(Fetched, bool)> {
    let (store, now) = (&shared.store, shared.clock.now());
    let after = |span: SignedDuration| now.checked_add(span).unwrap_or(now);
    if !store.claim_page(page.article, now, after(CLAIM)).await? {
        return Ok((Fetched::TakenElsewhere, true));
    }
    let Some(article) = store.article(page.article).await?.filter(|article| article.full_text.is_none()) else {
        store.forget_page(page.article).await?;
        return Ok((Fetched::TakenElsewhere, true));
    };
    let (feed, title) = (article.headline.feed, article.headline.title.clone());
    let trouble = match keep_page(shared, article, spec).await {
        Ok(PageOutcome::Kept { .. }) => return Ok((Fetched::Kept, true)),
        Ok(PageOutcome::NothingMore(_) | PageOutcome::NoPage(_)) => {
            store.forget_page(page.article).await?;
            return Ok((Fetched::NothingMore, true));
        }
        Err(trouble) => trouble,
    };
    tracing::info!(page.url, trouble.words, "a full text was not to be had");
    let attempts = page.attempts.saturating_add(1);
    let again = trouble.again != Again::Never && attempts < ATTEMPTS;
    match trouble.again {
        Again::Never => store.forget_page(page.article).await?,
        _ if attempts >= ATTEMPTS => store.forget_page(page.article).await?,
        Again::NotBefore(until) => store.put_page_off(page.article, until).await?,
        Again::Later => {
            let wait = AGAIN_AFTER.checked_mul(i32::try_from(attempts).unwrap_or(i32::MAX)).unwrap_or(AGAIN_AFTER);
            store.put_page_off(page.article, after(wait)).await?;
        }
    }
    let WantedPage { article, url, .. } = page;
    let failed = FailedPage { article, feed, title, url, error: trouble.words, again };
    Ok((Fetched::Failed(Box::new(failed)), trouble.again == Again::Never))
}
