//! Labels of any text: they equal the explained ones, reasons add up, what is told as matched stands where it is said to.

use std::sync::LazyLock;

use tidings::document;
use tidings::model::{Score, TopicId};
use tidings::topic::{Classifier, Links, OwnEntity, Place, Rules, Subject, TopicRules, is_teaser};

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(&Rules::default()).0);

/// A title, a newline, and a text of HTML.
pub fn run(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let (title, html) = raw.split_once('\n').unwrap_or((&raw, ""));
    let title = tidings::text::clean_line(title);
    let text = document::plain_text(html);
    let categories: Vec<String> = title.split(',').skip(1).map(tidings::text::clean_line).collect();
    let links = || document::read_html(html, None).links.into_iter().map(|link| (link.text, link.url)).collect();
    let subject = Subject {
        title: &title,
        text: &text,
        categories: &categories,
        feed_name: "Quayside Wire",
        feed_url: "https://quay.example/rss",
        url: "https://quay.example/1",
        links: Links::of(&links),
        ..Subject::default()
    };
    check(&CLASSIFIER, &subject);
    let _ = is_teaser(&text);
    // The user's own rules may be anything too; making them is slow, so only short texts are taken for rules.
    if data.len() <= 64 && data.first().is_some_and(|first| first % 16 == 0) {
        let words: Vec<String> = raw.split([',', '\n']).map(str::to_owned).collect();
        let (classifier, faults) = Classifier::new(&own_rules(&words));
        assert!(faults.iter().all(|fault| !fault.words.is_empty()));
        check(&classifier, &subject);
    }
}

fn check(classifier: &Classifier, subject: &Subject<'_>) {
    let labels = classifier.label(subject);
    let explained = classifier.explain(subject);
    assert_eq!(explained.labels, labels, "the explanation is about other labels");
    assert!(labels.topics.len() <= 4 && labels.entities.len() <= 16, "{labels:?}");
    for (n, entity) in labels.entities.iter().enumerate() {
        assert!(labels.entities[..n].iter().all(|other| other.id != entity.id), "{} is named twice", entity.id);
    }
    for reason in &explained.topics {
        let sum: Score = reason.contributions.iter().map(|part| part.weight).sum();
        assert_eq!(sum, reason.score, "the reasons do not add up: {reason:?}");
        let has = labels.topics.iter().any(|(topic, _)| *topic == reason.topic);
        assert_eq!(has, reason.assigned, "{reason:?}");
        for part in &reason.contributions {
            stands_there(subject, &part.place, &part.matched);
        }
    }
    for reason in &explained.entities {
        stands_there(subject, &reason.place, &reason.matched);
    }
}

fn stands_there(subject: &Subject<'_>, place: &Place, matched: &str) {
    let (text, at) = match place {
        Place::Title(at) => (subject.title, at),
        Place::Text(at) => (subject.text, at),
        _ => return,
    };
    assert_eq!(text.get(at.clone()), Some(matched), "{place:?} is elsewhere");
}

fn own_rules(words: &[String]) -> Rules {
    let topics = TopicId::all().take(2).map(|topic| TopicRules {
        topic,
        cues: words.to_vec(),
        never: words.iter().take(1).cloned().collect(),
        ignore: words.to_vec(),
        always_for: words.to_vec(),
        not_for: words.to_vec(),
    });
    let entity = |name: &String| OwnEntity {
        name: name.clone(),
        kind: Some(tidings::model::EntityKind::Port),
        code: Some(name.clone()),
        aliases: words.to_vec(),
        topics: Vec::new(),
        ignore: words.iter().skip(1).cloned().collect(),
    };
    Rules { topics: topics.collect(), entities: words.iter().take(2).map(entity).collect() }
}
