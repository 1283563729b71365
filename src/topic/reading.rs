//! An article as the classifier has read it: folded, searched, names resolved, attribution known.

use super::attribution::{Attribution, attribution};
use super::finder::Hit;
use super::folded::{Folded, head};
use super::language::{Spoken, spoken};
use super::names::{Name, Part, resolve};
use super::tables::{Publisher, Rule};
use super::weigh::longest_cues;
use super::why::{Contribution, Place};
use super::{Classifier, Subject};
use crate::model::{Entity, Score};

/// Bytes of a title that count.
const TITLE: usize = 600;
/// Bytes of a text that count: the lead of an article says what it is about, its end names everybody else.
const TEXT: usize = 1200;
/// Folded bytes of the text that are its lead.
pub(super) const LEAD: usize = 220;
/// How a system that re-publishes begins its last sentence, which repeats the title.
const TAIL: &str = "The post ";

/// What was read.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) subject: &'a Subject<'a>,
    title: Folded,
    text: Folded,
    title_hits: Vec<Hit>,
    text_hits: Vec<Hit>,
    title_cues: Vec<Hit>,
    text_cues: Vec<Hit>,
    pub(super) names: Vec<Name>,
    pub(super) spoken: Spoken,
    pub(super) attribution: Attribution,
    /// The feed's own publication, when it is known.
    pub(super) publication: Option<&'static Publisher>,
}

impl<'a> Reading<'a> {
    /// Reads an article.
    pub(super) fn new(classifier: &Classifier, subject: &'a Subject<'a>) -> Self {
        let publication = super::attribution::publication(subject.feed_name);
        let attribution = attribution(subject, publication);
        let mut part = attribution.title.clone();
        part.end = head(subject.title, part.end.min(part.start + TITLE)).len();
        let title = Folded::new(subject.title, part);
        let end = head(subject.text, TEXT);
        // Looking for one letter is much cheaper than for the words.
        let end = end
            .rmatch_indices('T')
            .map(|(at, _)| at)
            .find(|at| end[*at..].starts_with(TAIL))
            .filter(|at| {
                subject.text[*at..].contains("appeared first on") || subject.text[*at..].contains("first appeared on")
            })
            .unwrap_or(end.len());
        let text = Folded::new(subject.text, 0..end);
        let spoken = spoken(subject.language, &[&title, &text]);
        let find =
            |folded: &Folded, original: &str| classifier.finder.find(&classifier.rules, folded, original, spoken.cues);
        let title_hits = find(&title, subject.title);
        let text_hits = find(&text, subject.text);
        let title_cues = longest_cues(&classifier.rules, &title_hits);
        let text_cues = longest_cues(&classifier.rules, &text_hits);
        let trade = publication.is_some_and(|publisher| publisher.trade) || !subject.feed_topics.is_empty();
        let mut reading = Self {
            subject,
            title,
            text,
            title_hits,
            text_hits,
            title_cues,
            text_cues,
            names: Vec::new(),
            spoken,
            attribution,
            publication,
        };
        reading.names = resolve(&classifier.rules, &classifier.entities, reading.parts(), trade);
        reading
    }

    /// Title and text.
    pub(super) fn parts(&self) -> [Part<'_>; 2] {
        [
            Part { text: &self.title, hits: &self.title_hits, cues: &self.title_cues, in_title: true },
            Part { text: &self.text, hits: &self.text_hits, cues: &self.text_cues, in_title: false },
        ]
    }

    /// What a full weight counts at this place of the text.
    pub(super) fn text_share(full: i32, at: usize) -> i32 {
        if at < LEAD { full / 2 } else { full / 4 }
    }

    /// Where a hit stands in the original, and what stands there.
    pub(super) fn place(&self, in_title: bool, hit: Hit) -> (Place, String) {
        let (folded, original) =
            if in_title { (&self.title, self.subject.title) } else { (&self.text, self.subject.text) };
        let range = folded.origin(original, hit.start, hit.end);
        let matched = original.get(range.clone()).unwrap_or("").to_owned();
        (if in_title { Place::Title(range) } else { Place::Text(range) }, matched)
    }

    /// A contribution for what was found at a hit.
    pub(super) fn contribution(
        &self,
        rule: &Rule,
        entity: Option<&Entity>,
        in_title: bool,
        hit: Hit,
        note: &'static str,
    ) -> Contribution {
        let (place, matched) = self.place(in_title, hit);
        Contribution {
            weight: Score(0),
            rule: rule.written.to_string(),
            entity: entity.cloned(),
            matched,
            place,
            home: rule.home.clone(),
            note,
        }
    }
}
