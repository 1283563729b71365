//! From the selected row to what can be learned from it, or to why not.

use super::State;
use super::state::Row;
use crate::engine::{Contribution, EntityReason, Lesson, Place, TopicReason, Why};
use crate::tui::intent::WhyIntent;

/// The lesson that a key asks for on the selected row; otherwise what to do instead, in words.
pub(super) fn lesson(state: &State, intent: WhyIntent) -> Result<Lesson, &'static str> {
    let why = state.why.as_ref().ok_or("the reasons have not come yet")?;
    let row = state.row().ok_or("there is no reason to teach anything about")?;
    match intent {
        WhyIntent::Never => never(why, row),
        WhyIntent::Always => {
            let topic = topic_of(why, row).ok_or("select a topic, or one of its reasons")?;
            Ok(Lesson::AlwaysForFeed { topic: topic.topic, feed: why.headline.feed })
        }
        WhyIntent::Wrong => {
            let topic = topic_of(why, row).ok_or("select the topic that is wrong")?;
            if !topic.assigned {
                return Err("the article does not have this topic anyway");
            }
            Ok(Lesson::WrongTopic { topic: topic.topic, article: why.headline.id })
        }
        WhyIntent::NotEntity => {
            let reason = entity_of(why, row).ok_or("select the name that means somebody else")?;
            if !reason.named {
                return Err("this name does not count here anyway");
            }
            Ok(Lesson::NotEntity { entity: reason.entity.clone(), name: reason.rule.clone() })
        }
    }
}

fn never(why: &Why, row: Row) -> Result<Lesson, &'static str> {
    let Row::Contribution(n, m) = row else {
        return Err("select the cue that shall not count");
    };
    let found = why.explanation.topics.get(n).and_then(|topic| Some((topic, topic.contributions.get(m)?)));
    let (topic, cue) = found.ok_or("select the cue that shall not count")?;
    if cue.entity.is_some() {
        return Err("this counts for a name, not for a cue; not-entity says that the name means somebody else");
    }
    if cue.place == Place::Feed {
        return Err("this is a rule about the whole feed; it is in the config, and can be taken out there");
    }
    Ok(Lesson::NeverByCue { topic: topic.topic, cue: cue.rule.clone() })
}

fn topic_of(why: &Why, row: Row) -> Option<&TopicReason> {
    match row {
        Row::Topic(n) | Row::Contribution(n, _) => why.explanation.topics.get(n),
        Row::Entity(_) => None,
    }
}

/// The entity of a row: its own, or the one that a contribution comes from.
pub(super) fn entity_of(why: &Why, row: Row) -> Option<&EntityReason> {
    let entities = &why.explanation.entities;
    match row {
        Row::Entity(n) => entities.get(n),
        Row::Contribution(n, m) => {
            let of: &Contribution = why.explanation.topics.get(n)?.contributions.get(m)?;
            let id = &of.entity.as_ref()?.id;
            entities.iter().find(|reason| reason.entity.id == *id && reason.named)
        }
        Row::Topic(_) => None,
    }
}
