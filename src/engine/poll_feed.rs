//! One feed's part in a round: ask, read, store, remember.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::article::{Source, article_from};
use super::labelling::Labelling;
use super::shared::Shared;
use super::{FeedPolled, PollOutcome, StoreError, backfill, full_text};
use crate::config::FeedSpec;
use crate::feed::{self, FeedError, ParsedFeed};
use crate::fetch::{Accept, FetchError, Request, Response};
use crate::model::{ArticleId, Feed, FeedStatus, Gap, NewArticle, PollFacts, PollRecord, Validators};

/// Nobody's default is below this; a feed's own `poll_minutes` may be, at the user's own risk.
const FLOOR_MINUTES: u64 = 30;

/// A permanent redirect is believed after this many good polls in a row (THREATS R12).
const MOVED_AFTER: u32 = 2;

/// An attempt so soon after another is the user's impatience; it does not count as a further failure in a row.
const INSISTING: SignedDuration = SignedDuration::from_mins(15);

/// What a poll came to, before it is put into words for the face.
pub(super) struct Polled {
    pub(super) told: FeedPolled,
    /// Whether the network rather than the feed may be at fault. Such a failure is not noted down yet: see [`Doubt`].
    pub(super) doubt: Option<Doubt>,
    /// Articles that came and for which the disk had no room.
    pub(super) unsaved: u64,
}

impl Polled {
    fn of(told: FeedPolled) -> Self {
        Self { told, doubt: None, unsaved: 0 }
    }
}

/// What may be the network's fault: when it is so of every feed, it is.
pub(super) enum Doubt {
    /// The host could not be reached at all.
    Unreachable,
    /// A web page that names no feed, as a network gives in the place of everything until one has logged in.
    Page {
        /// How the page begins.
        begins: bytes::Bytes,
        /// What is noted down of the poll when it is the feed's fault.
        facts: Box<PollFacts>,
    },
}

/// Pages that begin with the same so many bytes are one page: further on it may say whose place it takes.
const PAGE_BEGINS: usize = 256;

/// Polls one feed to its end: whatever happens is that feed's outcome, never an error of the round. `is_last`: no other
/// feed of its host is to be asked in the round.
pub(super) async fn poll_feed(shared: &Arc<Shared>, status: FeedStatus, spec: &FeedSpec, is_last: bool) -> Polled {
    let FeedStatus { feed, facts, .. } = status;
    let now = shared.clock.now();
    let request = Request { last: is_last, ..request_for(&facts, spec) };
    let mut after = facts.clone();
    after.last_attempt = Some(now);
    after.polls = facts.polls.saturating_add(1);
    if facts.last_attempt.is_some_and(|last| now.duration_since(last).abs() < INSISTING) {
        // Asking again right after a failure must not make the feed wait longer: at worst it fails as it did.
        after.failures = facts.failures.saturating_sub(1);
    }
    match shared.fetcher().get(request).await {
        Ok(response) if response.status == 304 => unchanged(shared, &feed, spec, after, &response).await,
        Ok(response) => document(shared, &feed, spec, after, response).await,
        Err(error) => failed(shared, &feed, spec, after, &error).await,
    }
}

/// The request for a feed: asked first where it moved to, once that is believed; its rights stay with the configured
/// address.
fn request_for(facts: &PollFacts, spec: &FeedSpec) -> Request {
    let moved_to = facts.moved_to.clone().filter(|_| facts.moved_polls >= MOVED_AFTER);
    Request { moved_to, validators: facts.validators.clone(), ..feed_request(spec) }
}

/// A request as the feed's own config says: headers, credentials, proxy.
pub(super) fn feed_request(spec: &FeedSpec) -> Request {
    Request {
        url: spec.url.clone(),
        headers: spec.headers.clone(),
        username: spec.username.clone(),
        password_command: spec.password_command.clone(),
        proxy: spec.proxy.clone(),
        subscribed: true,
        accept: Accept::Feed,
        ..Request::default()
    }
}

/// 304: all is as it was.
async fn unchanged(shared: &Shared, feed: &Feed, spec: &FeedSpec, mut facts: PollFacts, response: &Response) -> Polled {
    answered(&mut facts, response, shared.clock.now());
    facts.not_modified = facts.not_modified.saturating_add(1);
    facts.saved_bytes = facts.saved_bytes.saturating_add(facts.last_bytes);
    let stored = shared.store.record_poll(feed.id, facts.clone()).await;
    let mut told = tell(shared, feed, spec, &facts, PollOutcome::Unchanged);
    if let Err(error) = stored {
        told.outcome = PollOutcome::Error;
        told.error = Some(error.to_string());
    }
    Polled::of(told)
}

/// A document came: read it, store it, and page back when it does not connect to what was there.
async fn document(
    shared: &Arc<Shared>,
    feed: &Feed,
    spec: &FeedSpec,
    facts: PollFacts,
    mut response: Response,
) -> Polled {
    let bytes = response.body.len() as u64;
    let (url, truncated) = (response.url.clone(), response.truncated);
    let labelling = shared.labelling();
    let expected = shared.store.expect();
    // Held until the articles are ready to be stored, so that read documents do not pile up in memory before the writer.
    let turn = shared.parsing.acquire().await;
    // Not kept any longer than it takes to read it.
    let body = std::mem::take(&mut response.body);
    let begins = bytes::Bytes::copy_from_slice(&body[..body.len().min(PAGE_BEGINS)]);
    let (parsed, articles) =
        match read(shared, &labelling, feed, spec, body, response.content_type.clone(), url.clone()).await {
            Ok(read) => read,
            Err(FeedError::WebPage(feeds)) if feeds.is_empty() => {
                let mut facts = facts;
                facts.last_status = Some(response.status);
                fail(&mut facts, FeedError::WebPage(feeds).to_string());
                let mut told = tell(shared, feed, spec, &facts, PollOutcome::Error);
                told.bytes = bytes;
                return Polled { doubt: Some(Doubt::Page { begins, facts: Box::new(facts) }), ..Polled::of(told) };
            }
            Err(error) => return broken(shared, feed, spec, facts, response.status, bytes, error.to_string()).await,
        };
    if truncated && articles.is_empty() {
        let words = "the answer was cut off before its first article".to_owned();
        return broken(shared, feed, spec, facts, response.status, bytes, words).await;
    }
    let mut after = facts.clone();
    let now = shared.clock.now();
    answered(&mut after, &response, now);
    after.last_bytes = bytes;
    after.ttl_minutes = parsed.ttl_minutes;
    after.skip = parsed.skip;
    if truncated || parsed.truncated {
        // What is complete in it is kept; the next poll must get the whole document, not a 304 for half of it.
        after.validators = Validators::default();
    }
    let record = PollRecord { facts: after.clone(), title: parsed.title.clone(), site: parsed.site.clone() };
    let met = articles.iter().map(|article| article.identity.key).collect();
    let came = articles.len() as u64;
    let ready = shared.store.ready(expected, articles).await;
    drop(turn);
    let ingested = match shared.store.ingest_ready(feed.id, ready, record, true).await {
        Ok(ingested) => ingested,
        Err(error) => {
            let unsaved = if matches!(error, StoreError::DiskFull { .. }) { came } else { 0 };
            let polled = broken(shared, feed, spec, facts, response.status, bytes, error.to_string()).await;
            return Polled { unsaved, ..polled };
        }
    };
    label_again(shared, &labelling, &ingested.new).await;
    full_text::want(shared, spec, &ingested.new).await;
    let mut new = ingested.new.len() as u64;
    if new > 0 {
        after.last_new = Some(now);
    }
    let mut trouble = None;
    if ingested.no_overlap {
        let mut gap = Gap { from: facts.last_success.unwrap_or(now), to: now, filled: 0, closed: false };
        // Noted before it is filled: paging takes a while, and the next document will connect to this one.
        after.gap = Some(gap);
        shared.store.record_poll(feed.id, after.clone()).await.ok();
        let first = backfill::FirstPage { parsed: &parsed, url: &url, met };
        new += backfill::fill(shared, feed, spec, first, &mut after, &mut gap).await;
        after.gap = Some(gap);
    }
    if ingested.no_overlap {
        trouble = shared.store.record_poll(feed.id, after.clone()).await.err();
    }
    if new > 0 || ingested.updated > 0 {
        shared.to_index.notify_one();
        shared.to_place.notify_one();
    }
    let outcome = if new > 0 || ingested.updated > 0 { PollOutcome::New } else { PollOutcome::Unchanged };
    let mut told = tell(shared, feed, spec, &after, outcome);
    (told.new, told.updated, told.bytes) = (new, ingested.updated, bytes);
    if let Some(error) = trouble {
        told.error = Some(error.to_string());
    }
    Polled::of(told)
}

/// Parses a document and makes articles of its entries, off the threads that serve the network.
/// A panic in a parser is this feed's error.
pub(super) async fn read(
    shared: &Shared,
    labelling: &Arc<Labelling>,
    feed: &Feed,
    spec: &FeedSpec,
    body: bytes::Bytes,
    content_type: Option<String>,
    url: String,
) -> Result<(ParsedFeed, Vec<NewArticle>), FeedError> {
    let (mut source, named) = (Source::of(feed.clone()), spec.name.is_some());
    let labelling = Arc::clone(labelling);
    let work = shared.computed(move || {
        let mut parsed = feed::parse(&body, content_type.as_deref(), &url)?;
        let language = parsed.language.clone();
        let entries = std::mem::take(&mut parsed.entries);
        if let Some(title) = parsed.title.clone().filter(|_| !named) {
            // As it will be called once this is stored.
            source.name = title;
        }
        let rules = labelling.classifier();
        let articles =
            entries.into_iter().map(|entry| article_from(entry, &source, language.as_deref(), rules)).collect();
        Ok((parsed, articles))
    });
    work.await.unwrap_or_else(|_| Err(FeedError::NotAFeed("reading it failed in an unexpected way".into())))
}

/// Lets what came in while the rules changed be labelled by the new ones.
pub(super) async fn label_again(shared: &Shared, labelling: &Arc<Labelling>, new: &[ArticleId]) {
    if Arc::ptr_eq(labelling, &shared.labelling()) || new.is_empty() {
        return;
    }
    // Where that cannot be written nothing else can, and that is told.
    shared.store.label_again(new.to_vec()).await.ok();
    shared.to_label.notify_one();
}

/// A document that is no feed, or that could not be stored. Nothing that was known is forgotten.
async fn broken(
    shared: &Shared,
    feed: &Feed,
    spec: &FeedSpec,
    mut facts: PollFacts,
    status: u16,
    bytes: u64,
    words: String,
) -> Polled {
    facts.last_status = Some(status);
    fail(&mut facts, words);
    shared.store.record_poll(feed.id, facts.clone()).await.ok();
    let mut told = tell(shared, feed, spec, &facts, PollOutcome::Error);
    told.bytes = bytes;
    Polled::of(told)
}

/// No usable answer.
async fn failed(shared: &Shared, feed: &Feed, spec: &FeedSpec, mut facts: PollFacts, error: &FetchError) -> Polled {
    let now = shared.clock.now();
    let mut outcome = PollOutcome::Error;
    facts.last_status = None;
    let doubt = matches!(error, FetchError::Unreachable { .. }).then_some(Doubt::Unreachable);
    if let FetchError::Status { status, retry_after_s } = error {
        facts.last_status = Some(*status);
        if matches!(*status, 429 | 503) {
            facts.retry_after = retry_after_s.map(|seconds| feed::retry_after_until(seconds, now));
        }
        // Where only the new address said so, the configured one is asked before the feed is given up.
        if *status == 410 && facts.moved_polls < MOVED_AFTER {
            facts.gone = true;
            outcome = PollOutcome::Gone;
        }
    }
    fail(&mut facts, error.to_string());
    if doubt.is_none() {
        shared.store.record_poll(feed.id, facts.clone()).await.ok();
    }
    let told = tell(shared, feed, spec, &facts, outcome);
    Polled { doubt, ..Polled::of(told) }
}

/// Stores the failure of a feed, once it is clear that the network as such is there.
pub(super) async fn record_doubted(shared: &Shared, status: &FeedStatus, doubt: Doubt, error: &str) {
    match doubt {
        Doubt::Unreachable => drop(record_failure(shared, status, error).await),
        Doubt::Page { facts, .. } => drop(shared.store.record_poll(status.feed.id, *facts).await),
    }
}

/// A poll that panicked is its feed's failure: told, remembered, and not tried again at once.
pub(super) async fn panicked(shared: &Shared, status: &FeedStatus, spec: &FeedSpec) -> Polled {
    let facts = record_failure(shared, status, "polling it failed inside tidings; the log has more").await;
    Polled::of(tell(shared, &status.feed, spec, &facts, PollOutcome::Error))
}

async fn record_failure(shared: &Shared, status: &FeedStatus, error: &str) -> PollFacts {
    let mut facts = status.facts.clone();
    facts.last_attempt = Some(shared.clock.now());
    facts.polls = facts.polls.saturating_add(1);
    facts.last_status = None;
    fail(&mut facts, error.to_owned());
    shared.store.record_poll(status.feed.id, facts.clone()).await.ok();
    facts
}

/// Counts a failure. An address that the feed moved to and that fails is not believed any longer.
fn fail(facts: &mut PollFacts, words: String) {
    if facts.moved_polls >= MOVED_AFTER {
        facts.moved_polls = 0;
    }
    facts.failures = facts.failures.saturating_add(1);
    facts.last_error = Some(words);
}

/// What every good answer says.
fn answered(facts: &mut PollFacts, response: &Response, now: Timestamp) {
    facts.last_success = Some(now);
    facts.failures = 0;
    facts.last_error = None;
    facts.last_status = Some(response.status);
    facts.validators = response.validators.clone();
    facts.retry_after = None;
    facts.gone = false;
    facts.max_age_s = response.max_age_s;
    let again = facts.moved_to.is_some() && facts.moved_to == response.moved_to;
    facts.moved_polls =
        if again { facts.moved_polls.saturating_add(1) } else { u32::from(response.moved_to.is_some()) };
    facts.moved_to.clone_from(&response.moved_to);
}

/// A poll's outcome for the face, with the time of the next one.
pub(super) fn tell(
    shared: &Shared,
    feed: &Feed,
    spec: &FeedSpec,
    facts: &PollFacts,
    outcome: PollOutcome,
) -> FeedPolled {
    let config = shared.config();
    let due = feed::due(facts, interval(spec, config.network.poll_minutes), feed.id, shared.clock.now());
    FeedPolled {
        feed: feed.id,
        outcome,
        new: 0,
        updated: 0,
        status: facts.last_status,
        bytes: 0,
        next_poll: due.at,
        error: facts.last_error.clone(),
    }
}

/// Minutes between polls of a feed: its own wish, or the default, which is never below the floor of 30 minutes (R12).
pub(super) fn interval(spec: &FeedSpec, default_minutes: u64) -> u64 {
    spec.poll_minutes.unwrap_or(default_minutes.max(FLOOR_MINUTES))
}
