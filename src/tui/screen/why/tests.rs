//! What can be taught from which row, and what the page looks like at any size.

use super::{State, answer, draw, open, why_intent};
use crate::engine::{Contribution, EntityReason, Explanation, Home, Lesson, Place, TopicReason, Why};
use crate::model::{ArticleId, Entity, EntityKind, Labels, Score, TopicId};
use crate::tui::event::Answer;
use crate::tui::fixture::{SIZES, headline, picture, plain, shared, text};
use crate::tui::intent::WhyIntent;
use crate::tui::model::Shared;
use crate::tui::route::Go;

fn one() -> Entity {
    Entity { id: "oc:one".into(), name: "ONE".into(), kind: EntityKind::OceanCarrier }
}

fn topic(id: &str) -> TopicId {
    TopicId::from_id(id).expect("a topic")
}

fn why() -> Why {
    let home = || Home::Table { file: "assets/topics/cues/rates.tsv", line: 12 };
    let contribution = |entity: Option<Entity>, place| Contribution {
        weight: Score(-150),
        rule: "surcharge*".into(),
        entity,
        matched: "surcharges".into(),
        place,
        home: home(),
        note: "speaks against it",
    };
    let reason = |topic, assigned, contributions| TopicReason {
        topic,
        score: Score(-150),
        assigned,
        note: String::new(),
        contributions,
    };
    let name = |named| EntityReason {
        entity: one(),
        named,
        rule: "=?ONE".into(),
        matched: "ONE".into(),
        place: Place::Title(0..3),
        home: home(),
        note: "counts only beside other freight words; none was found".into(),
    };
    Why {
        headline: headline(1, "ONE sees surcharges"),
        explanation: Explanation {
            labels: Labels::default(),
            topics: vec![
                reason(
                    topic("rates"),
                    true,
                    vec![contribution(None, Place::Text(0..3)), contribution(Some(one()), Place::Title(0..3))],
                ),
                reason(topic("deals"), false, vec![contribution(None, Place::Feed)]),
            ],
            threshold: Score(200),
            entities: vec![name(true), name(false)],
            remarks: vec!["via Ledger Times: the title begins with it".into()],
        },
        kinship: None,
    }
}

fn opened(shared: &mut Shared) -> State {
    let mut state = State::default();
    open(&mut state, shared, ArticleId(1));
    let _ = answer(&mut state, shared, Answer::Why(Some(Box::new(why()))));
    state
}

#[test]
fn a_row_teaches_what_it_can_and_says_what_it_cannot() {
    let mut shared = shared(120, 36);
    let mut state = opened(&mut shared);
    let feed = headline(1, "").feed;
    let never = Lesson::NeverByCue { topic: topic("rates"), cue: "surcharge*".into() };
    let wrong = Lesson::WrongTopic { topic: topic("rates"), article: ArticleId(1) };
    let not_one = Lesson::NotEntity { entity: one(), name: "=?ONE".into() };
    let always = |id| Lesson::AlwaysForFeed { topic: topic(id), feed };
    // Rows: rates, its cue, its name; deals, the feed's rule; the name that counts, the one that does not.
    for (row, intent, expected) in [
        (0, WhyIntent::Never, None),
        (1, WhyIntent::Never, Some(never)),
        (2, WhyIntent::Never, None),
        (4, WhyIntent::Never, None),
        (0, WhyIntent::Wrong, Some(wrong.clone())),
        (1, WhyIntent::Wrong, Some(wrong)),
        (3, WhyIntent::Wrong, None),
        (5, WhyIntent::Wrong, None),
        (2, WhyIntent::NotEntity, Some(not_one.clone())),
        (5, WhyIntent::NotEntity, Some(not_one)),
        (6, WhyIntent::NotEntity, None),
        (0, WhyIntent::NotEntity, None),
        (1, WhyIntent::Always, Some(always("rates"))),
        (3, WhyIntent::Always, Some(always("deals"))),
        (5, WhyIntent::Always, None),
    ] {
        state.selected = row;
        let go = why_intent(&mut state, &mut shared, intent).go;
        assert_eq!(go, expected.clone().map(Go::Teach), "row {row}, {intent:?}");
        assert_eq!(expected.is_none(), shared.status.toast(shared.now).is_some(), "row {row}, {intent:?}");
        shared.status = crate::tui::status::Status::default();
    }
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for mut shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let mut gone = State::default();
            let _ = answer(&mut gone, &mut shared, Answer::Why(None));
            for state in [opened(&mut shared), gone] {
                let text = text(&picture(&shared, |buffer| {
                    draw(&state, &shared, buffer);
                }));
                assert!(!shared.settings.glyphs.ascii || text.is_ascii(), "{columns}x{rows}: {text}");
            }
        }
    }
}
