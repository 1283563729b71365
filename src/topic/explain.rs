//! The labels of an article with every reason for them.

use super::choose::{THRESHOLD, Verdict, choose};
use super::genre::genres;
use super::names::{Name, Standing};
use super::reading::Reading;
use super::weigh::{Book, Sums, TOPICS, weigh};
use super::why::{EntityReason, Explanation, TopicReason};
use super::{Classifier, Subject, attribution};
use crate::model::{Entity, Genre, Labels, Score, TopicId};

/// Entities of an article at most.
const MOST_ENTITIES: usize = 16;

impl Classifier {
    /// The labels of an article. Time is bounded whatever the text is.
    #[must_use]
    pub fn label(&self, subject: &Subject<'_>) -> Labels {
        let reading = Reading::new(self, subject);
        let mut sums = Sums::default();
        weigh(self, &reading, &mut sums);
        self.labels(&reading, choose(self, &reading, &sums).0, &genres(subject, reading.parts()[1].text))
    }

    /// The same, with every reason. The labels in it equal [`Classifier::label`]'s.
    #[must_use]
    pub fn explain(&self, subject: &Subject<'_>) -> Explanation {
        let reading = Reading::new(self, subject);
        let mut book = Book::default();
        weigh(self, &reading, &mut book);
        let (chosen, verdicts) = choose(self, &reading, &book.sums);
        let genres = genres(subject, reading.parts()[1].text);
        let labels = self.labels(&reading, chosen, &genres);
        let remarks = remarks(&reading, &labels, genres);
        let topics = reasons(book, &verdicts, &labels);
        let entities = reading.names.iter().map(|name| self.entity_reason(&reading, name)).collect();
        Explanation { labels, topics, threshold: THRESHOLD, entities, remarks }
    }

    fn labels(&self, reading: &Reading<'_>, topics: Vec<(TopicId, Score)>, genres: &[(Genre, String)]) -> Labels {
        let mut entities: Vec<Entity> = Vec::new();
        for name in reading.names.iter().filter(|name| name.standing == Standing::Named) {
            let entity = &self.entities[name.entity as usize].entry.entity;
            if entities.len() < MOST_ENTITIES && entities.iter().all(|known| known.id != entity.id) {
                entities.push(entity.clone());
            }
        }
        let via = reading.attribution.via.as_ref().map(|(name, _)| (*name).to_owned());
        let original = attribution::original(reading.subject, via.as_deref());
        let tag = reading.subject.language.filter(|tag| !tag.is_empty()).map(str::to_owned);
        let language = tag.or_else(|| reading.spoken.seen.map(str::to_owned));
        Labels { topics, entities, genres: genres.iter().map(|(genre, _)| *genre).collect(), via, original, language }
    }

    fn entity_reason(&self, reading: &Reading<'_>, name: &Name) -> EntityReason {
        let rule = &self.rules[name.hit.rule as usize];
        let entity = self.entities[name.entity as usize].entry.entity.clone();
        let (place, matched) = reading.place(name.in_title, name.hit);
        let note = match name.standing {
            Standing::Named => String::new(),
            Standing::NoSignal => "counts only where something else in the article speaks of freight".to_owned(),
            Standing::NoNeighbour => format!("counts only next to a word for a {}", entity.kind.words()),
            Standing::ShipsName => "part of the name of a ship".to_owned(),
            Standing::Background => {
                format!(
                    "a name of this kind ({}) counts where the title has it; texts name many in passing",
                    entity.kind.words()
                )
            }
        };
        let named = name.standing == Standing::Named;
        EntityReason { entity, named, rule: rule.written.to_string(), matched, place, home: rule.home.clone(), note }
    }
}

/// Topics with contributions, best first, those assigned before the others.
fn reasons(book: Book, verdicts: &[Verdict; TOPICS], labels: &Labels) -> Vec<TopicReason> {
    let mut topics: Vec<TopicReason> = TopicId::all()
        .map(|topic| TopicReason {
            topic,
            score: book.sums.0[topic.index()],
            assigned: labels.topics.iter().any(|(assigned, _)| *assigned == topic),
            note: verdicts[topic.index()].note.to_owned(),
            contributions: Vec::new(),
        })
        .collect();
    for (topic, contribution) in book.entries {
        topics[topic.index()].contributions.push(contribution);
    }
    topics.retain(|reason| !reason.contributions.is_empty() || !reason.note.is_empty());
    for reason in &mut topics {
        reason.contributions.sort_by_key(|contribution| std::cmp::Reverse(contribution.weight));
    }
    topics.sort_by_key(|reason| (!reason.assigned, std::cmp::Reverse(reason.score), reason.topic.index()));
    topics
}

fn remarks(reading: &Reading<'_>, labels: &Labels, genres: Vec<(Genre, String)>) -> Vec<String> {
    let mut remarks: Vec<String> =
        genres.into_iter().map(|(genre, how)| format!("{}: {how}", Genre::ALL[genre as usize].2)).collect();
    if let Some((name, how)) = &reading.attribution.via {
        remarks.push(format!("via {name}: {how}"));
    }
    if let Some(original) = &labels.original {
        remarks.push(format!("original: {original}"));
    }
    let cues: Vec<&str> = reading.spoken.cues.codes().collect();
    remarks.push(match (reading.spoken.seen, &labels.language) {
        (Some(seen), Some(tag)) if !tag.to_lowercase().starts_with(seen) => {
            format!("language {seen}: by its words; the feed says {tag}")
        }
        (Some(seen), _) => format!("language {seen}"),
        (None, Some(tag)) => format!("language {tag}, says the feed; cues count that are {}", cues.join(", ")),
        (None, None) => "language not told: cues of every language count".to_owned(),
    });
    remarks
}
