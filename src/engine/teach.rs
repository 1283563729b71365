//! Lessons: each is one readable rule in the config, and what it would change can be told before.

use std::sync::Arc;

use super::article::{Source, labels_of};
use super::computing::computed;
use super::labelling::{Labelling, ready, sources};
use super::shared::Shared;
use super::subscriptions::{edit_config, read_config};
use super::{Answer, EngineError, Lesson, Preview};
use crate::config::{self, RuleEdit, TopicList};
use crate::model::{ArticleId, FeedId, FeedStatus};
use crate::store::Unlabelled;

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

/// What a lesson would change. Every stored article that it could be about is labelled by
/// the rules as they are and as they would be.
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
        let (now, then, feeds, about) = (Arc::clone(&now), Arc::clone(&then), Arc::clone(&feeds), rule.clone());
        let changed = computed(move || {
            let nothing = Source::default();
            let differs = |one: &Unlabelled| {
                let source = feeds.get(&one.feed).unwrap_or(&nothing);
                may_touch(&about, one, source)
                    && labels_of(one, source, now.classifier()) != labels_of(one, source, then.classifier())
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

/// Letters of a rule's first word that a text has wherever the rule is found, whatever the ending of the word is there.
const STEM: usize = 3;

/// False for articles that a rule can not be about: most of a library, which then need not be labelled twice.
fn may_touch(rule: &RuleEdit, one: &Unlabelled, source: &Source) -> bool {
    match rule {
        RuleEdit::Topic { list: TopicList::NotFor, text, .. } => one.url == *text,
        RuleEdit::Topic { list: TopicList::AlwaysFor, text, .. } => {
            source.url == *text || letters(&source.name) == letters(text)
        }
        RuleEdit::Topic { list: TopicList::Ignore, text, .. } | RuleEdit::NotByName { name: text, .. } => {
            let stem: String = text.chars().skip_while(|c| !c.is_alphanumeric()).take(STEM).collect();
            // What folds to other letters is left to the classifier.
            if stem.len() < STEM || !stem.is_ascii() {
                return true;
            }
            let has = |text: &str| {
                !text.is_ascii() || text.as_bytes().windows(STEM).any(|part| part.eq_ignore_ascii_case(stem.as_bytes()))
            };
            has(&one.title) || has(&one.text) || one.categories.iter().any(|category| has(category))
        }
    }
}

fn letters(text: &str) -> String {
    crate::text::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TopicId;

    fn article(title: &str) -> Unlabelled {
        Unlabelled {
            article: ArticleId(1),
            feed: FeedId(1),
            title: title.into(),
            text: String::new(),
            summary_html: String::new(),
            content_html: String::new(),
            categories: vec!["Ports".into()],
            url: "https://quay.example/1".into(),
            language: None,
            enclosure: String::new(),
        }
    }

    #[test]
    fn only_what_a_rule_can_not_be_about_is_passed_over() {
        let source =
            Source { name: "Quay & Crane".into(), url: "https://quay.example/feed".into(), topics: Vec::new() };
        let topic = TopicId::from_id("deals").unwrap();
        let touches = |list, text: &str, title: &str| {
            may_touch(&RuleEdit::Topic { topic, list, text: text.into() }, &article(title), &source)
        };
        assert!(touches(TopicList::Ignore, "=?Bid*", "Rival BIDDERS wait"));
        assert!(!touches(TopicList::Ignore, "takeover", "Rival bidders wait"));
        assert!(touches(TopicList::Ignore, "takeover", "Häfen warten"), "letters that fold are not judged here");
        assert!(touches(TopicList::Ignore, "ports", "Rival bidders wait"), "categories count");
        assert!(touches(TopicList::AlwaysFor, "quay & crane", ""));
        assert!(touches(TopicList::AlwaysFor, "https://quay.example/feed", ""));
        assert!(!touches(TopicList::AlwaysFor, "Quay", ""));
        assert!(touches(TopicList::NotFor, "https://quay.example/1", ""));
        assert!(!touches(TopicList::NotFor, "https://quay.example/2", ""));
    }
}
