//! Labels real headlines and compares with labels given by hand: topics and entities, as precision, recall and F1.
//!
//! The headlines are not part of the repository; without them the test says so and passes.

mod corpus;
mod score;

use std::collections::BTreeMap;

use score::Tally;
use tidings::topic::{Classifier, Rules, Subject};

/// The parts of the five-fold split; figures are told for each, so that rules fitted to some lines show.
const FOLDS: u64 = 5;

#[test]
fn labels_are_those_that_people_gave() {
    let Some(rows) = corpus::headlines() else {
        eprintln!("skipped: no corpus");
        return;
    };
    let (classifier, faults) = Classifier::new(&Rules::default());
    assert_eq!(faults, [], "rules that nobody wrote");
    let tell_errors = std::env::var_os("ERRORS").is_some();
    let (mut all, mut entities) = (Tally::default(), Tally::default());
    let mut topics: BTreeMap<String, Tally> = BTreeMap::new();
    let mut folds: Vec<(Tally, Tally)> = vec![Default::default(); usize::try_from(FOLDS).expect("a small number")];
    for row in &rows {
        let subject = Subject {
            title: &row.title,
            text: &row.lead,
            feed_name: &row.publication,
            url: &row.url,
            ..Subject::default()
        };
        let labels = classifier.label(&subject);
        let found = score::neutral(labels.topics.iter().map(|(topic, _)| topic.get().id), &row.topics);
        let named: Vec<&str> = labels.entities.iter().map(|entity| entity.name.as_str()).collect();
        let (of_topics, of_entities) = (score::sets(&found, &row.topics), score::names(&named, &row.entities));
        for topic in found.union(&row.topics) {
            let tally = topics.entry(topic.clone()).or_default();
            tally.add(score::one(found.contains(topic), row.topics.contains(topic)));
        }
        let fold = &mut folds[usize::try_from(corpus::hash(&row.url) % FOLDS).expect("a small number")];
        fold.0.add(of_topics);
        fold.1.add(of_entities);
        all.add(of_topics);
        entities.add(of_entities);
        if tell_errors && found != row.topics {
            let (less, more) =
                (row.topics.difference(&found).collect::<Vec<_>>(), found.difference(&row.topics).collect::<Vec<_>>());
            eprintln!("topic  -{less:?} +{more:?}  {}", row.title);
        }
        if tell_errors && !of_entities.is_whole() {
            eprintln!("entity wanted {:?} got {named:?}  {}", row.entities, row.title);
        }
    }
    eprintln!("{} headlines: topics {all}; entities {entities}", rows.len());
    for (topic, tally) in &topics {
        eprintln!("  {topic:12} {tally} of {}", tally.wanted);
    }
    for (number, (topics, entities)) in (1..).zip(&folds) {
        eprintln!("  fold {number}: topics {topics}; entities {entities}");
    }
    assert!(all.precision() >= 0.90, "topics: precision {:.3} is below 0.90", all.precision());
    assert!(all.recall() >= 0.82, "topics: recall {:.3} is below 0.82", all.recall());
    assert!(entities.f1() >= 0.84, "entities: F1 {:.3} is below 0.84", entities.f1());
}
