//! Which of the weighed topics an article gets.

use super::Classifier;
use super::names::{Standing, is_general};
use super::reading::Reading;
use super::tables::{Says, Tier};
use super::weigh::{Sums, TOPICS};
use crate::model::{EntityKind, Score, TopicId};

/// Topics of an article at most.
const MOST: usize = 4;

/// What a topic needs.
pub(super) const THRESHOLD: Score = Score(290);
/// What the best topic of a named entity needs when no topic reaches the threshold.
const FALLBACK: Score = Score(190);
/// What a topic that says what happens needs when the article has a mode of transport and nothing else: one plain word.
const SUBJECT: Score = Score(150);
/// The same for topics whose plain words stand in articles about anything: business, systems, trouble.
const COMMON_SUBJECT: Score = Score(230);
/// What tells that an article is about freight at all: a weak cue.
const HINT: Score = Score(70);
/// What a mode of transport needs when the article has topics but no mode: news of freight is nearly always about one.
const MODE: Score = Score(150);

/// What became of a topic, with a word on why where the score does not say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) assigned: bool,
    pub(super) note: &'static str,
}

/// Whether a topic says how freight moves or who moves it, rather than what happens to it.
pub(super) fn is_mode(topic: TopicId) -> bool {
    matches!(
        topic.get().id,
        "ocean" | "ports" | "air" | "road" | "rail" | "parcel" | "warehouse" | "forwarders" | "bulk" | "fleet"
    )
}

/// Whether a topic's plain words are found in news of everything else.
fn is_common(topic: TopicId) -> bool {
    matches!(topic.get().id, "deals" | "tech" | "disruption")
}

/// Judges all topics; those assigned come best first.
pub(super) fn choose(
    classifier: &Classifier,
    reading: &Reading<'_>,
    sums: &Sums,
) -> (Vec<(TopicId, Score)>, [Verdict; TOPICS]) {
    let mut verdicts = [Verdict { assigned: false, note: "" }; TOPICS];
    let sum = |topic: TopicId| sums.0[topic.index()];
    let always: Vec<TopicId> = classifier.always(reading.subject).collect();
    let never = |topic: TopicId| classifier.not_for(topic, reading.subject.url);
    let names_freight = reading.names.iter().any(|name| {
        let kind = classifier.entities[name.entity as usize].entry.entity.kind;
        name.standing == Standing::Named && kind != EntityKind::Shipper
    });
    // Who writes a cue of his own means it: it needs no company.
    let users_own = reading.parts().into_iter().flat_map(|part| part.cues).any(|hit| {
        let rule = &classifier.rules[hit.rule as usize];
        rule.is_the_users() && matches!(rule.says, Says::Cue(_, Tier::Strong))
    });
    let freight = names_freight
        || users_own
        || reading.publication.is_some_and(|publisher| publisher.trade)
        || TopicId::all().any(|topic| !is_general(topic) && sum(topic) >= HINT);
    for topic in TopicId::all() {
        let verdict = &mut verdicts[topic.index()];
        if never(topic) {
            verdict.note = "the config says that this article has it not";
        } else if always.contains(&topic) {
            *verdict = Verdict { assigned: true, note: "the config says that every article of this feed has it" };
        } else if sum(topic) >= THRESHOLD {
            let needs_freight = is_general(topic) && topic.get().id != "trade";
            if needs_freight && !freight {
                verdict.note = "counts only where something else speaks of freight";
            } else {
                verdict.assigned = true;
            }
        }
    }
    let any = |verdicts: &[Verdict; TOPICS]| TopicId::all().any(|topic| verdicts[topic.index()].assigned);
    let modes = || TopicId::all().filter(|topic| is_mode(*topic));
    if any(&verdicts) && !modes().any(|topic| verdicts[topic.index()].assigned) {
        let best = best(modes(), sums, MODE, never);
        if let Some(topic) = best {
            verdicts[topic.index()] = Verdict {
                assigned: true,
                note: "the best mode of transport: the article has topics but no other mode",
            };
        }
    }
    let subjects = || TopicId::all().filter(|topic| !is_mode(*topic));
    let likely = subjects().filter(|topic| !is_common(*topic) || sum(*topic) >= COMMON_SUBJECT);
    if any(&verdicts)
        && !subjects().any(|topic| verdicts[topic.index()].assigned)
        && let Some(topic) = best(likely, sums, SUBJECT, never)
    {
        verdicts[topic.index()] = Verdict {
            assigned: true,
            note: "the best of what is told of it: the article has a mode of transport and nothing else",
        };
    }
    if !any(&verdicts)
        && names_freight
        && let Some(topic) = best(TopicId::all(), sums, FALLBACK, never)
    {
        verdicts[topic.index()] =
            Verdict { assigned: true, note: "the best topic of a named entity: nothing reached the threshold" };
    }
    let mut chosen: Vec<(TopicId, Score)> =
        TopicId::all().filter(|topic| verdicts[topic.index()].assigned).map(|topic| (topic, sum(topic))).collect();
    chosen.sort_by_key(|(topic, score)| (std::cmp::Reverse(*score), topic.index()));
    for (topic, _) in chosen.iter().skip(MOST) {
        verdicts[topic.index()] = Verdict { assigned: false, note: "four others are stronger" };
    }
    chosen.truncate(MOST);
    (chosen, verdicts)
}

/// The strongest of some topics that has at least so much.
fn best(
    topics: impl Iterator<Item = TopicId>,
    sums: &Sums,
    least: Score,
    never: impl Fn(TopicId) -> bool,
) -> Option<TopicId> {
    let sum = |topic: &TopicId| sums.0[topic.index()];
    topics
        .filter(|topic| sum(topic) >= least && !never(*topic))
        .max_by_key(|topic| (sum(topic), std::cmp::Reverse(topic.index())))
}
