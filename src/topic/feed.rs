//! What the feed says of an article: its categories, its default topics, the beat of its publication, the user's word.

use super::choose::{THRESHOLD, is_mode};
use super::folded::head;
use super::reading::Reading;
use super::weigh::{Ledger, TOPICS};
use super::why::{Contribution, Home, Place};
use super::{Classifier, category};
use crate::model::{Score, TopicId};

/// Categories looked at.
const MOST_CATEGORIES: usize = 24;
/// A category of the feed, and a feed that the user has put to a topic for good.
const CATEGORY: i32 = 300;
/// A default topic of the feed, from the config.
const FEED: i32 = 100;
/// What the feed's own publication writes about throughout.
const BEAT: i32 = 100;

/// Weighs it into a ledger that has the words of the article already.
pub(super) fn feed(classifier: &Classifier, reading: &Reading<'_>, ledger: &mut impl Ledger) {
    let subject = reading.subject;
    let told = |rule: &str, matched: &str, place: Place, home: Home, note: &'static str| Contribution {
        weight: Score(0),
        rule: rule.to_owned(),
        entity: None,
        matched: matched.to_owned(),
        place,
        home,
        note,
    };
    let mut by_category = [false; TOPICS];
    for category in subject.categories.iter().take(MOST_CATEGORIES) {
        let cut = head(category, 80);
        for topic in category::topics_named(cut) {
            if !classifier.ignores_words(topic, cut) && !std::mem::replace(&mut by_category[topic.index()], true) {
                let home = || Home::Table { file: "assets/topics/categories.tsv", line: category::line_of(cut) };
                ledger.add(topic, Score(CATEGORY), || {
                    told(cut, category, Place::Category, home(), "category of the feed")
                });
            }
        }
    }
    for topic in subject.feed_topics {
        let home = Home::Config("feeds.topics".to_owned());
        ledger.add(*topic, Score(FEED), || {
            told(subject.feed_name, subject.feed_name, Place::Feed, home, "default topic of the feed")
        });
    }
    if let Some(publisher) = reading.publication {
        for topic in &publisher.beat {
            let home = Home::Table { file: "assets/topics/publishers.tsv", line: publisher.line };
            // Its beat fills in a mode that is not told; where another is clear, it says nothing.
            let other =
                |other: TopicId| other != *topic && is_mode(other) && ledger.sums().0[other.index()] >= THRESHOLD;
            let (weight, note) = if TopicId::all().any(other) {
                (0, "what the publication writes about: another mode is clear")
            } else {
                (BEAT, "what the publication writes about")
            };
            ledger.add(*topic, Score(weight), || told(publisher.name, subject.feed_name, Place::Feed, home, note));
        }
    }
    for topic in classifier.always(subject) {
        let home = Home::Config(format!("topics.{}.always_for", topic.get().id));
        ledger.add(topic, Score(CATEGORY), || {
            told(subject.feed_name, subject.feed_name, Place::Feed, home, "always for this feed")
        });
    }
}
