//! Lessons: each is one readable rule in the config, and what it would change can be told before.

use std::sync::Arc;

use super::article::labels_of;
use super::labelling::{Labelling, computed, ready, sources};
use super::shared::Shared;
use super::subscriptions::{edit_config, read_config};
use super::{Answer, EngineError, Lesson, Preview};
use crate::config::{self, RuleEdit, TopicList};
use crate::model::{ArticleId, FeedId, FeedStatus};

/// Articles looked at at a time.
const BATCH: usize = 1_000;
/// Titles shown of what would change.
const EXAMPLES: usize = 5;

/// Writes a lesson into the config; gives the rule in words.
pub(super) async fn teach(shared: &Arc<Shared>, lesson: Lesson) -> Answer<String> {
    let rule = rule_of(shared, lesson).await?;
    let known = shared.config().rules.clone();
    edit_config(shared, format!("taught {rule}"), |text| config::add_rule(text, &rule)).await?;
    Ok(if shared.config().rules == known { format!("config.toml says so already: {rule}") } else { rule.to_string() })
}

/// What a lesson would change. Every stored article is labelled by the rules as they are and as they would be.
pub(super) async fn preview(shared: &Arc<Shared>, lesson: Lesson) -> Answer<Preview> {
    let rule = rule_of(shared, lesson).await?;
    let paths = shared.paths.as_ref().ok_or_else(|| EngineError("there is no config file here".into()))?;
    let text = read_config(paths)?;
    let text = config::add_rule(&text, &rule).map_err(|error| EngineError(error.to_string()))?;
    let (taught, faults) = config::parse(&text, &paths.config);
    if let Some(fault) = faults.first() {
        return Err(EngineError(fault.to_string()));
    }
    let (now, then) = (ready(shared).await?, Labelling::new(taught.rules));
    let feeds = Arc::new(sources(shared).await?);
    let mut preview = Preview { rule: rule.to_string(), changed: 0, of: 0, examples: Vec::new() };
    let mut below: Option<ArticleId> = None;
    loop {
        let batch = shared.store.subjects(below, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(preview) };
        below = Some(last.article);
        preview.of += batch.len() as u64;
        let (now, then, feeds) = (Arc::clone(&now), Arc::clone(&then), Arc::clone(&feeds));
        let changed = computed(move || {
            let nothing = super::article::Source::default();
            let differs = |one: &crate::store::Unlabelled| {
                let source = feeds.get(&one.feed).unwrap_or(&nothing);
                labels_of(one, source, now.classifier()) != labels_of(one, source, then.classifier())
            };
            batch.into_iter().filter(differs).map(|one| one.title).collect::<Vec<String>>()
        })
        .await?;
        preview.changed += changed.len() as u64;
        preview.examples.extend(changed.into_iter().take(EXAMPLES - preview.examples.len()));
    }
}

/// The rule that a lesson is.
async fn rule_of(shared: &Shared, lesson: Lesson) -> Answer<RuleEdit> {
    Ok(match lesson {
        Lesson::NeverByCue { topic, cue } => RuleEdit::Topic { topic, list: TopicList::Ignore, text: cue },
        Lesson::AlwaysForFeed { topic, feed } => {
            let feeds = shared.store.feeds().await?;
            let text = feed_in_words(&feeds, feed)
                .ok_or_else(|| EngineError("that feed is no longer in config.toml".into()))?;
            RuleEdit::Topic { topic, list: TopicList::AlwaysFor, text }
        }
        Lesson::WrongTopic { topic, article } => {
            let row = shared.store.headlines_of(vec![article]).await?.pop();
            let row = row.ok_or_else(|| EngineError("that article is gone".into()))?;
            if row.url.is_empty() {
                return Err(EngineError("the article has no address, so no rule can be about it".into()));
            }
            RuleEdit::Topic { topic, list: TopicList::NotFor, text: row.url }
        }
        Lesson::NotEntity { entity, name } => {
            let labelling = ready(shared).await?;
            let by_name = labelling.classifier().entity(&entity.name).map(|entry| &entry.entity.id);
            // A name that several have does not say which one is meant.
            let entity = if by_name == Some(&entity.id) { entity.name } else { entity.id };
            RuleEdit::NotByName { entity, name }
        }
    })
}

/// How a rule names a feed: by its name where no other has it, else by its address.
fn feed_in_words(feeds: &[FeedStatus], id: FeedId) -> Option<String> {
    let feed = &feeds.iter().find(|status| status.feed.id == id)?.feed;
    let alone = feeds.iter().filter(|status| status.feed.name.eq_ignore_ascii_case(&feed.name)).count() == 1;
    Some(if alone { feed.name.clone() } else { feed.url.clone() })
}
