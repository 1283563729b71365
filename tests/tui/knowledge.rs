//! What the library in memory knows about stories, names and reasons: computed from its articles, as the engine would.

use std::collections::BTreeMap;

use tidings::engine::{
    Company, Contribution, EntityPage, EntityReason, Explanation, Home, Kinship, Lesson, Place, Preview, StoryLine,
    StoryPage, TopicReason, Undone, Why,
};
use tidings::model::{Article, ArticleId, Coverage, Entity, Headline, Labels, Score, StoryId, TopicId};
use tidings::text::fold;
use tidings::tui::effect::Load;
use tidings::tui::event::Answer;

use super::fixture::now;
use super::library::{Did, Library};

type Concerned = Box<dyn Fn(&Headline) -> bool>;

impl Library {
    fn of_story(&self, story: StoryId) -> Vec<&Headline> {
        let mut rows: Vec<_> = self.articles.iter().map(|a| &a.headline).filter(|h| h.story == story).collect();
        rows.sort_by_key(|h| (h.date, h.id));
        rows
    }

    fn told(&self, headline: &Headline) -> Headline {
        Headline { coverage: self.coverage(headline), ..headline.clone() }
    }

    pub(crate) fn coverage(&self, headline: &Headline) -> Coverage {
        let all = self.of_story(headline.story);
        let others: Vec<_> = all.iter().filter(|h| h.id != headline.id).collect();
        let mut sources: Vec<_> = all.iter().filter(|h| h.copy_of.is_none()).map(|h| h.feed).collect();
        sources.sort();
        sources.dedup();
        Coverage {
            others: others.len() as u32,
            unread: others.iter().filter(|h| !h.state.read).count() as u32,
            sources: sources.len() as u32,
        }
    }

    /// These articles and the copies of their texts.
    pub(crate) fn with_copies(&self, ids: &[ArticleId]) -> Vec<ArticleId> {
        let text = |h: &Headline| h.copy_of.unwrap_or(h.id);
        let of = |id: &ArticleId| self.articles.iter().find(|a| a.headline.id == *id).map(|a| text(&a.headline));
        let texts: Vec<_> = ids.iter().filter_map(of).collect();
        self.articles.iter().filter(|a| texts.contains(&text(&a.headline))).map(|a| a.headline.id).collect()
    }

    fn leads_naming(&self, ids: &[String]) -> Vec<Headline> {
        let names = |h: &&Headline| h.entities.iter().any(|entity| ids.contains(&entity.id));
        let mut leads: Vec<Headline> = self
            .articles
            .iter()
            .map(|a| &a.headline)
            .filter(|h| h.id.0 == h.story.0)
            .filter(|lead| self.of_story(lead.story).iter().any(names))
            .map(|h| self.told(h))
            .collect();
        leads.sort_by_key(|h| std::cmp::Reverse(h.date));
        leads
    }

    pub(crate) fn know(&self, load: Load) -> Answer {
        match load {
            Load::Vias(prefix) => {
                let vias = self.articles.iter().filter_map(|a| a.headline.via.clone());
                Answer::Completions(vias.filter(|via| fold(via).starts_with(&fold(&prefix))).collect())
            }
            Load::EntityNames(_, part) => Answer::Completions(self.like(&part).map(|e| e.name.clone()).collect()),
            Load::Suggestion(words) => Answer::Suggestion(self.like(&words).next().and_then(|entity| {
                let naming = self.articles.iter().filter(|a| a.headline.entities.contains(entity)).count();
                (naming > 0).then(|| (entity.clone(), naming as u64))
            })),
            Load::Story(id) => Answer::Story(self.story(id).map(Box::new)),
            Load::Entity(id) => Answer::Entity(self.entity(&id).map(Box::new)),
            Load::Why(id) => Answer::Why(self.article(id).map(|a| Box::new(self.why(a)))),
            Load::Company(id) => Answer::Company(Box::new(self.company(id))),
            Load::Preview(lesson) => Answer::Preview(self.preview(&lesson)),
            other => unreachable!("not about stories, names or reasons: {other:?}"),
        }
    }

    fn like(&self, part: &str) -> impl Iterator<Item = &Entity> {
        let part = fold(part);
        self.lexicon.iter().map(|entry| &entry.entity).filter(move |entity| fold(&entity.name).contains(&part))
    }

    fn article(&self, id: ArticleId) -> Option<&Article> {
        self.articles.iter().find(|a| a.headline.id == id)
    }

    fn story(&self, id: StoryId) -> Option<StoryPage> {
        let rows = self.of_story(id);
        let first = rows.first()?;
        let line = |headline: &&Headline| StoryLine {
            headline: self.told(headline),
            teaser: format!("{}, in short.", headline.title),
            news: self.news.get(&headline.id).cloned().unwrap_or_default(),
            kinship: (rows.len() > 1).then(|| kinship(headline)),
        };
        let mut entities: BTreeMap<Entity, u32> = BTreeMap::new();
        let mut topics: BTreeMap<TopicId, u32> = BTreeMap::new();
        let mut activity: Vec<u32> = Vec::new();
        for row in &rows {
            row.entities.iter().for_each(|entity| *entities.entry(entity.clone()).or_default() += 1);
            row.topics.iter().for_each(|topic| *topics.entry(*topic).or_default() += 1);
            let bin = usize::try_from(row.date.duration_since(first.date).as_hours() / 6).expect("oldest first");
            activity.resize(activity.len().max(bin + 1), 0);
            activity[bin] += 1;
        }
        let mut entities: Vec<_> = entities.into_iter().collect();
        entities.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let ids: Vec<String> = entities.iter().map(|(entity, _)| entity.id.clone()).collect();
        let earlier = self.leads_naming(&ids).into_iter().filter(|lead| lead.story != id && lead.date < first.date);
        Some(StoryPage {
            id,
            lines: rows.iter().map(line).collect(),
            sources: self.coverage(first).sources,
            entities,
            topics: topics.into_iter().collect(),
            activity,
            earlier: earlier.map(|lead| (lead.clone(), lead.coverage.sources)).collect(),
        })
    }

    fn entity(&self, id: &str) -> Option<EntityPage> {
        let entry = self.lexicon.iter().find(|entry| entry.entity.id == id)?.clone();
        let naming: Vec<&Headline> =
            self.articles.iter().map(|a| &a.headline).filter(|h| h.entities.contains(&entry.entity)).collect();
        let mut days = vec![0; 90];
        let mut with: BTreeMap<Entity, u32> = BTreeMap::new();
        for row in &naming {
            let back = usize::try_from(now().duration_since(row.date).as_hours() / 24).expect("not in the future");
            if let Some(day) = 89_usize.checked_sub(back) {
                days[day] += 1;
            }
            let others = row.entities.iter().filter(|entity| entity.id != id);
            others.for_each(|entity| *with.entry(entity.clone()).or_default() += 1);
        }
        let unread = naming.iter().filter(|h| !h.state.read).count() as u64;
        let mut with: Vec<_> = with.into_iter().collect();
        with.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        Some(EntityPage {
            articles: (naming.len() as u64, unread),
            days,
            until: now(),
            with,
            stories: self.leads_naming(&[id.to_owned()]),
            entry,
        })
    }

    fn why(&self, article: &Article) -> Why {
        let headline = self.told(&article.headline);
        let title = &headline.title;
        let end = title.find(' ').unwrap_or(title.len());
        let table = |name: &'static str, line| Home::Table { file: name, line };
        let topic = |(n, topic): (usize, &TopicId)| {
            let cue = Contribution {
                weight: Score(270),
                rule: title[..end].to_lowercase(),
                entity: None,
                matched: title[..end].to_owned(),
                place: Place::Title(0..end),
                home: table("assets/topics/cues/ocean.tsv", 14),
                note: "strong cue",
            };
            let entity = headline.entities.first().map(|entity| Contribution {
                weight: Score(180),
                rule: entity.name.clone(),
                entity: Some(entity.clone()),
                matched: entity.name.clone(),
                place: Place::Text(3..9),
                home: table("assets/lexicon/carriers.tsv", 3),
                note: "its first topic",
            });
            let contributions: Vec<_> = if n == 0 { vec![cue] } else { Vec::new() }.into_iter().chain(entity).collect();
            let score = contributions.iter().map(|c| c.weight).sum();
            TopicReason { topic: *topic, score, assigned: true, note: String::new(), contributions }
        };
        let mut topics: Vec<_> = headline.topics.iter().enumerate().map(topic).collect();
        topics.push(TopicReason {
            topic: TopicId::from_id("deals").expect("a topic"),
            score: Score(60),
            assigned: false,
            note: String::new(),
            contributions: vec![Contribution {
                weight: Score(60),
                rule: "bid".into(),
                entity: None,
                matched: "bids".into(),
                place: Place::Text(10..14),
                home: Home::Config("topics.deals.cues".into()),
                note: "in the text, a quarter",
            }],
        });
        let entity = |entity: &Entity| EntityReason {
            entity: entity.clone(),
            named: true,
            rule: entity.name.clone(),
            matched: entity.name.clone(),
            place: Place::Title(0..3),
            home: table("assets/lexicon/carriers.tsv", 3),
            note: "counts only beside other freight words; found “shippers”".into(),
        };
        let remarks = headline.via.iter().map(|via| format!("via {via}: the title begins with it")).collect();
        Why {
            explanation: Explanation {
                labels: Labels::default(),
                topics,
                threshold: Score(200),
                entities: headline.entities.iter().map(entity).collect(),
                remarks,
            },
            kinship: (headline.coverage.others > 0).then(|| kinship(&headline)),
            headline,
        }
    }

    fn company(&self, id: ArticleId) -> Company {
        let Some(article) = self.article(id) else { return Company::default() };
        let headline = &article.headline;
        let ids: Vec<String> = headline.entities.iter().map(|entity| entity.id.clone()).collect();
        let related = self.leads_naming(&ids).into_iter().filter(|lead| lead.story != headline.story);
        let story = self.of_story(headline.story).into_iter().filter(|h| h.id != id);
        Company { story: story.map(|h| self.told(h)).collect(), related: related.take(5).collect() }
    }

    /// Those whose topic goes when the lesson is learned; with the rule.
    fn concerned(&self, lesson: &Lesson) -> (String, Option<TopicId>, Vec<ArticleId>) {
        let (rule, topic, concerned): (_, _, Concerned) = match lesson.clone() {
            Lesson::NeverByCue { topic, cue } => (
                format!("[topics.{}] ignore = [{cue:?}]", topic.get().id),
                Some(topic),
                Box::new(move |h| h.topics.contains(&topic) && fold(&h.title).contains(&fold(&cue))),
            ),
            Lesson::WrongTopic { topic, article } => (
                format!("[topics.{}] not_for = [\"https://…\"]", topic.get().id),
                Some(topic),
                Box::new(move |h| h.id == article),
            ),
            Lesson::AlwaysForFeed { topic, feed } => (
                format!("[topics.{}] always_for = [\"Quayside\"]", topic.get().id),
                None,
                Box::new(move |h| h.feed == feed && !h.topics.contains(&topic)),
            ),
            Lesson::NotEntity { entity, name } => (
                format!("[[entities]] name = {:?}, ignore = [{name:?}]", entity.name),
                None,
                Box::new(move |h| h.entities.contains(&entity)),
            ),
        };
        let ids = self.articles.iter().map(|a| &a.headline).filter(|h| concerned(h)).map(|h| h.id).collect();
        (rule, topic, ids)
    }

    fn preview(&self, lesson: &Lesson) -> Preview {
        let (rule, _, ids) = self.concerned(lesson);
        let titles = ids.iter().filter_map(|id| self.article(*id)).map(|a| a.headline.title.clone());
        let examples = titles.take(5).collect();
        Preview { rule, changed: ids.len() as u64, of: self.articles.len() as u64, examples }
    }

    pub(crate) fn teach(&mut self, lesson: &Lesson) -> String {
        let (rule, topic, ids) = self.concerned(lesson);
        let before = self.articles.clone();
        for article in self.articles.iter_mut().filter(|a| ids.contains(&a.headline.id)) {
            article.headline.topics.retain(|of| Some(*of) != topic);
        }
        self.did(Did::Else(Undone::Config(rule.clone()), before, self.articles.clone()));
        rule
    }

    pub(crate) fn split(&mut self, id: ArticleId) -> String {
        let before = self.articles.clone();
        let mut words = String::new();
        for article in self.articles.iter_mut().filter(|a| a.headline.id == id) {
            article.headline.story = StoryId(id.0);
            words = format!("split off: {}", article.headline.title);
        }
        self.did(Did::Else(Undone::Story(words.clone()), before, self.articles.clone()));
        words
    }

    pub(crate) fn merge(&mut self, id: ArticleId, into: ArticleId) -> String {
        let before = self.articles.clone();
        let story = |id| self.article(id).map(|a| a.headline.story);
        let (Some(one), Some(other)) = (story(id), story(into)) else { return String::new() };
        let older = one.min(other);
        for article in self.articles.iter_mut().filter(|a| [one, other].contains(&a.headline.story)) {
            article.headline.story = older;
        }
        let words = "joined two stories".to_owned();
        self.did(Did::Else(Undone::Story(words.clone()), before, self.articles.clone()));
        words
    }
}

fn kinship(headline: &Headline) -> Kinship {
    let names = headline.entities.iter().map(|entity| entity.id.clone());
    Kinship {
        score: 0.61,
        threshold: 0.26,
        words: vec!["tern".into(), "offer".into()],
        entities: names.take(1).collect(),
        saturated: Vec::new(),
        same_text: if headline.copy_of.is_some() { 0.97 } else { 0.0 },
        by_hand: None,
    }
}
