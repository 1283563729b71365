//! The classifier behind the config, and the library labelled anew when the rules are others than before.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use super::article::{Source, labels_of};
use super::computing::computed;
use super::shared::{Shared, subscriptions};
use super::{Answer, Notice};
use crate::config::FeedSpec;
use crate::model::{ArticleId, FeedId, Labels};
use crate::query::{Cursor, ListRequest, Order, Page, Rows, Scope};
use crate::store::Unlabelled;
use crate::topic::{Classifier, RuleFault, Rules};

/// Articles labelled at a time: some tens of milliseconds of computing, and one short transaction.
const BATCH: usize = 400;

/// Between two batches everybody else may work.
const PAUSE: Duration = Duration::from_millis(5);

/// The rules of a config, and the classifier that is made of them when it is first needed: never on the way to the first
/// frame.
#[derive(Debug)]
pub(super) struct Labelling {
    pub(super) rules: Rules,
    made: OnceLock<(Classifier, Vec<RuleFault>)>,
}

impl Labelling {
    pub(super) fn new(rules: Rules) -> Arc<Self> {
        Arc::new(Self { rules, made: OnceLock::new() })
    }

    /// The classifier; the first call takes some milliseconds, or waits for whoever makes it already.
    pub(super) fn classifier(&self) -> &Classifier {
        &self.made.get_or_init(|| Classifier::new(&self.rules)).0
    }

    /// What the labels of these rules are stored under; known without the classifier.
    pub(super) fn fingerprint(&self) -> u64 {
        self.rules.fingerprint()
    }

    /// Rules that mean nothing.
    pub(super) fn faults(&self) -> &[RuleFault] {
        &self.made.get_or_init(|| Classifier::new(&self.rules)).1
    }
}

/// The labelling in force, its classifier made.
pub(super) async fn ready(shared: &Shared) -> Answer<Arc<Labelling>> {
    let labelling = shared.labelling();
    if labelling.made.get().is_some() {
        return Ok(labelling);
    }
    computed(move || {
        labelling.classifier();
        labelling
    })
    .await
}

/// The labelling in force, its classifier in the making: whoever needs it waits for it then, and the first requests do not.
pub(super) fn preparing(shared: &Shared) -> Arc<Labelling> {
    let labelling = shared.labelling();
    if labelling.made.get().is_none() {
        let to_make = Arc::clone(&labelling);
        // Not waited for: should it fail, so does whoever needs it, and tells.
        drop(tokio::task::spawn_blocking(move || {
            to_make.classifier();
            crate::story::prepare();
        }));
    }
    labelling
}

/// What the rules know of the feeds: shown ones; of an article whose feed is hidden nothing but itself counts.
pub(super) async fn sources(shared: &Shared) -> Answer<HashMap<FeedId, Source>> {
    let feeds = shared.store.feeds().await?;
    Ok(feeds.into_iter().map(|status| (status.feed.id, Source::of(status.feed))).collect())
}

/// Makes the stored feeds those of the config. The articles of a feed whose default topics changed wait for new labels.
pub(super) async fn adopt_feeds(shared: &Shared, feeds: &[FeedSpec]) -> Answer<()> {
    let before = shared.store.feeds().await?;
    shared.store.set_subscriptions(subscriptions(feeds)).await?;
    for status in before.into_iter().filter(|status| status.articles > 0) {
        if feeds.iter().any(|feed| feed.url == status.feed.url && feed.topics != status.feed.topics) {
            label_feed_again(shared, status.feed.id).await?;
        }
    }
    Ok(())
}

async fn label_feed_again(shared: &Shared, feed: FeedId) -> Answer<()> {
    let mut page = Page::First;
    loop {
        let request = ListRequest {
            scope: Scope::Feed(feed),
            unread_only: false,
            rows: Rows::Articles,
            order: Order::Date,
            up_to: None,
            page,
            limit: BATCH,
        };
        let rows = shared.store.headlines(request).await?;
        let Some(last) = rows.last() else { break };
        page = Page::After(Cursor::of(last));
        shared.store.label_again(rows.iter().map(|row| row.id).collect()).await?;
    }
    shared.to_label.notify_one();
    Ok(())
}

/// Labels the library as the config says now and looks after it until the engine ends.
pub(super) async fn worker(shared: Arc<Shared>) {
    loop {
        tell_faults(&shared).await;
        if !shared.store.is_read_only()
            && let Err(error) = bring_up(&shared, None).await
        {
            shared.tell(Notice::Trouble(format!("the library could not be labelled anew: {error}")));
        }
        shared.to_label.notified().await;
    }
}

/// Labels what waits for it, the newest first; ends early at `until`. Gives how many articles have other labels now.
pub(super) async fn bring_up(shared: &Arc<Shared>, until: Option<Instant>) -> Answer<u64> {
    let mut changed = 0;
    'rules: loop {
        let labelling = shared.labelling();
        let fingerprint = labelling.fingerprint();
        let mut left = shared.store.set_fingerprint(fingerprint).await?;
        if left == 0 {
            // Where nothing waits no classifier is made: a desk that was just opened does without its memory.
            break;
        }
        let feeds = Arc::new(sources(shared).await?);
        let mut last = None;
        while left > 0 && until.is_none_or(|until| Instant::now() < until) {
            if !Arc::ptr_eq(&labelling, &shared.labelling()) {
                continue 'rules;
            }
            let batch = shared.store.unlabelled(BATCH).await?;
            let first = batch.first().map(|one| one.article);
            if first.is_some() && first == last {
                // Another process goes by other rules; it labels, and what it wrote will be seen.
                break;
            }
            last = first;
            // Counting takes longer than labelling a batch: how many are left is known but for what came meanwhile.
            left = if first.is_none() { 0 } else { left.saturating_sub(batch.len() as u64).max(1) };
            let (with, of) = (Arc::clone(&labelling), Arc::clone(&feeds));
            let labels = shared.computed(move || labelled(&batch, &with, &of)).await?;
            changed += shared.store.label(fingerprint, labels).await?;
            shared.tell(Notice::Labelling { left });
            tokio::time::sleep(PAUSE).await;
        }
        break;
    }
    if changed > 0 {
        shared.tell(Notice::ArticlesChanged);
    }
    shared.to_place.notify_one();
    Ok(changed)
}

fn labelled(batch: &[Unlabelled], labelling: &Labelling, feeds: &HashMap<FeedId, Source>) -> Vec<(ArticleId, Labels)> {
    let unknown = Source::default();
    let source = |feed| feeds.get(&feed).unwrap_or(&unknown);
    batch.iter().map(|one| (one.article, labels_of(one, source(one.feed), labelling.classifier()))).collect()
}

/// Tells the rules of the config that mean nothing, where they stand. All others are in force.
async fn tell_faults(shared: &Arc<Shared>) {
    if shared.labelling().rules == Rules::default() {
        return;
    }
    let Ok(labelling) = ready(shared).await else { return };
    let faults = labelling.faults();
    let Some(paths) = shared.paths.as_ref().filter(|_| !faults.is_empty()) else { return };
    let text = crate::config::read_text(&paths.config).ok().flatten().unwrap_or_default();
    let lines: Vec<String> =
        crate::config::rule_faults(&text, &paths.config, faults).iter().map(ToString::to_string).collect();
    shared.tell(Notice::Trouble(lines.join("\n")));
}
