//! The pages about stories, entities and reasons, put together from what the store and the rules know.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::article::{Source, explained};
use super::computing::computed;
use super::labelling::{ready, sources};
use super::room::telling;
use super::shared::Shared;
use super::{Answer, Company, EntityPage, StoryLine, StoryPage, Why, stories};
use crate::model::{ArticleId, StoryId};
use crate::query::{Rows, Scope};
use crate::store::{StoredCompany, StoredStory, Told};
use crate::story::{Telling, novelties, related};
use crate::text::fold;
use crate::topic::EntityEntry;

/// Characters of a teaser.
const TEASER: usize = 320;
/// New words and figures shown of each article.
const NOVELTIES: usize = 8;
/// Seconds of a bar of a story's activity, and how many bars there are at most: the last 30 days of a story that goes on.
const BAR: i64 = 6 * 60 * 60;
const BARS: usize = 120;
/// Earlier stories of the thread.
const EARLIER: usize = 5;
/// Rare names that a thread is followed by.
const THREAD: usize = 4;
/// Related articles shown, and the candidates that are compared.
const RELATED: usize = 5;
const CANDIDATES: usize = 80;
/// Days of an entity's page.
const DAYS: usize = 90;
/// Companions and stories of an entity's page.
const COMPANIONS: usize = 20;
const STORIES: usize = 50;
/// Entities offered.
const OFFERED: usize = 20;
/// Entities among which a misspelt one is looked for.
const SPELLINGS: usize = 2_000;

/// A story with all its articles.
pub(super) async fn story(shared: &Shared, id: StoryId) -> Answer<Option<StoryPage>> {
    let Some(StoredStory { id, lead, sources, members }) = shared.store.story(id).await? else { return Ok(None) };
    let dates = members.iter().map(|(row, _)| (row.id, row.date)).collect();
    let kinships = if members.len() > 1 { stories::kinships(shared, dates).await? } else { vec![None] };
    let tellings: Vec<Telling> = members.iter().map(|(_, told)| telling(told.clone())).collect();
    let news = computed(move || novelties(&tellings, NOVELTIES)).await?;
    let rare = rarest(&kinships, &members);
    // What is compared is the feeds' text, as it was when the articles were placed; what is read is the page's where it is kept.
    let pages = shared.store.full_text_beginnings(members.iter().map(|(row, _)| row.id).collect()).await?;
    let mut lines: Vec<StoryLine> = Vec::with_capacity(members.len());
    for (((headline, told), kinship), news) in members.into_iter().zip(kinships).zip(news) {
        let page = pages.get(&headline.id).map(|page| after_title(page, &headline.title));
        let teaser = teaser(page.unwrap_or(&told.text));
        lines.push(StoryLine { headline, teaser, news, kinship });
    }
    let began = lines.first().map(|line| line.headline.date);
    let earlier = match began {
        Some(began) if !rare.is_empty() => shared.store.earlier_stories(rare, began, id, EARLIER).await?,
        _ => Vec::new(),
    };
    // Oldest first, but for the lead: of two that came at once it may be the younger one.
    if let Some(at) = lines.iter().position(|line| line.headline.id == lead) {
        lines[..=at].rotate_right(1);
    }
    let dates: Vec<Timestamp> = lines.iter().map(|line| line.headline.date).collect();
    Ok(Some(StoryPage {
        id,
        sources,
        entities: counted(lines.iter().flat_map(|line| line.headline.entities.iter().cloned())),
        topics: counted(lines.iter().flat_map(|line| line.headline.topics.iter().copied())),
        activity: activity(&dates),
        earlier,
        lines,
    }))
}

/// The names that a story is about: those that made it one, the rarest first; of a single article all that it names.
fn rarest(kinships: &[Option<crate::story::Kinship>], members: &[(crate::model::Headline, Told)]) -> Vec<String> {
    let mut rare: Vec<String> = Vec::new();
    for id in kinships.iter().flatten().flat_map(|kinship| &kinship.entities) {
        if !rare.contains(id) {
            rare.push(id.clone());
        }
    }
    if let [(only, _)] = members {
        rare = only.entities.iter().map(|entity| entity.id.clone()).collect();
    }
    rare.truncate(THREAD);
    rare
}

/// A page's text without its title, where it begins with that.
fn after_title<'a>(text: &'a str, title: &str) -> &'a str {
    match text.split_once('\n') {
        Some((first, rest)) if fold(first.trim()) == fold(title.trim()) => rest,
        _ => text,
    }
}

fn teaser(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut teaser: String = line.chars().take(TEASER).collect();
    if teaser.len() < line.len() {
        // Not in the middle of a word.
        if let Some((whole, _)) = teaser.rsplit_once(' ') {
            teaser.truncate(whole.len());
        }
    }
    teaser
}

/// How often each is there, most first; of equals the first met comes first.
fn counted<T: Clone + Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<(T, u32)> {
    let mut counted: Vec<(T, u32)> = Vec::new();
    let mut places: HashMap<T, usize> = HashMap::new();
    for one in all {
        let place = *places.entry(one.clone()).or_insert_with(|| {
            counted.push((one, 0));
            counted.len() - 1
        });
        counted[place].1 += 1;
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted
}

/// Articles in each six hours since the first.
fn activity(dates: &[Timestamp]) -> Vec<u32> {
    let Some(began) = dates.iter().min() else { return Vec::new() };
    let mut bars = Vec::new();
    for date in dates {
        let bar = usize::try_from((date.as_second() - began.as_second()) / BAR).unwrap_or(0).min(BARS - 1);
        if bars.len() <= bar {
            bars.resize(bar + 1, 0);
        }
        bars[bar] += 1;
    }
    bars
}

/// All about an entity.
pub(super) async fn entity(shared: &Arc<Shared>, name: &str) -> Answer<Option<EntityPage>> {
    let labelling = ready(shared).await?;
    let Some(entry) = labelling.classifier().entity(name.trim()).cloned() else { return Ok(None) };
    let id = || entry.entity.id.clone();
    let until = shared.store.newest_date().await?.unwrap_or_else(|| shared.clock.now());
    Ok(Some(EntityPage {
        articles: shared.store.count(Scope::Entity(id()), Rows::Articles, None, u64::MAX).await?,
        days: shared.store.entity_days(id(), DAYS, until).await?,
        until,
        with: shared.store.entity_company(id(), COMPANIONS).await?,
        stories: shared.store.entity_stories(id(), STORIES).await?,
        entry,
    }))
}

/// Entities with this in their name; when there is none, the one whose name is written most like it.
pub(super) fn entities_like(shared: &Shared, part: &str) -> Vec<EntityEntry> {
    let labelling = shared.labelling();
    let classifier = labelling.classifier();
    let part = part.trim();
    let found = classifier.entities_like(part, OFFERED);
    if !found.is_empty() {
        return found.into_iter().cloned().collect();
    }
    let Some(initial) = part.chars().next() else { return Vec::new() };
    let near = classifier.entities_like(&initial.to_string(), SPELLINGS);
    let names = near.iter().flat_map(|entry| {
        std::iter::once(entry.entity.name.as_str())
            .chain(entry.aliases.iter().map(|alias| alias.trim_matches(['=', '?'])))
    });
    let Some(meant) = crate::query::nearest(part, names) else { return Vec::new() };
    let is_meant = |entry: &&EntityEntry| {
        entry.entity.name == meant || entry.aliases.iter().any(|alias| alias.trim_matches(['=', '?']) == meant)
    };
    near.into_iter().find(is_meant).cloned().into_iter().collect()
}

/// Why an article has its labels and its story.
pub(super) async fn why(shared: &Arc<Shared>, article: ArticleId) -> Answer<Option<Why>> {
    let above = ArticleId(article.0.saturating_add(1));
    let subject = shared.store.subjects(Some(above), 1).await?.pop().filter(|subject| subject.article == article);
    let headline = shared.store.headlines_of(vec![article]).await?.pop();
    let (Some(subject), Some(headline)) = (subject, headline) else { return Ok(None) };
    let labelling = ready(shared).await?;
    let source = sources(shared).await?.remove(&headline.feed).unwrap_or_else(Source::default);
    let mut explanation = computed(move || explained(&subject, &source, labelling.classifier())).await?;
    if explanation.labels.original.is_none() {
        // The feed itself said where the text was first.
        explanation.labels.original.clone_from(&headline.original);
    }
    let kinship = if headline.coverage.others > 0 || headline.copy_of.is_some() {
        stories::kinships(shared, vec![(article, headline.date)]).await?.pop().flatten()
    } else {
        None
    };
    Ok(Some(Why { headline, explanation, kinship }))
}

/// What stands under an article.
pub(super) async fn company(shared: &Shared, article: ArticleId) -> Answer<Company> {
    let Some(StoredCompany { story, told, candidates }) = shared.store.company(article, CANDIDATES).await? else {
        return Ok(Company::default());
    };
    if candidates.is_empty() {
        return Ok(Company { story, related: Vec::new() });
    }
    let best = computed(move || {
        let candidates: Vec<Telling> = candidates.into_iter().map(telling).collect();
        related(&telling(told), &candidates, RELATED)
    })
    .await?;
    Ok(Company { story, related: shared.store.headlines_of(best).await? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3600).unwrap()
    }

    #[test]
    fn activity_is_counted_in_six_hours_from_the_first() {
        assert_eq!(activity(&[at(10), at(15), at(16), at(28)]), [2, 1, 0, 1]);
        assert_eq!(activity(&[at(0), at(24 * 400)]).len(), BARS, "a story that never ends");
        assert_eq!(activity(&[]), Vec::<u32>::new());
    }

    #[test]
    fn the_most_frequent_come_first_and_the_first_of_equals() {
        assert_eq!(counted(["b", "a", "c", "a", "c"].into_iter()), [("a", 2), ("c", 2), ("b", 1)]);
    }

    #[test]
    fn a_teaser_ends_with_a_word() {
        let teaser = teaser(&"berth\n ".repeat(200));
        assert!(teaser.ends_with("berth berth") && teaser.chars().count() <= TEASER, "{teaser}");
    }
}
