//! Where the rows of an entity's page lead, and what it looks like at any size.

use super::{State, answer, draw, open, page_intent, settle};
use crate::engine::{EntityEntry, EntityPage};
use crate::model::{ArticleId, Entity, EntityKind, StoryId};
use crate::query::Scope;
use crate::tui::event::Answer;
use crate::tui::fixture::{SIZES, headline, lines, now, picture, plain, shared, text};
use crate::tui::intent::{Motion, PageIntent};
use crate::tui::model::Shared;
use crate::tui::route::{Go, StoryAim};

fn entity(id: &str, name: &str) -> Entity {
    Entity { id: id.into(), name: name.into(), kind: EntityKind::Port }
}

fn page() -> EntityPage {
    let mut days = vec![0; 90];
    (days[0], days[83], days[89]) = (1, 4, 2);
    EntityPage {
        entry: EntityEntry {
            entity: entity("po:norrvik", "Norrvik"),
            aliases: vec!["=?Norrvik".into(), "Port of Norrvik".into(), "@Norrvik Havn".into()],
            code: Some("XXNRV".into()),
            position: Some((-59.5, 17.25)),
        },
        articles: (7, 3),
        days,
        until: now(),
        with: (0..12).map(|n| (entity(&format!("po:{n}"), "Ostermoor"), 12 - n)).collect(),
        stories: vec![headline(5, "Norrvik orders cranes"), headline(9, "Norrvik dredges")],
    }
}

fn opened(shared: &mut Shared) -> State {
    let mut state = State::default();
    open(&mut state, shared, "po:norrvik".into(), false);
    assert_eq!(settle(&mut state, shared).len(), 1);
    let _ = answer(&mut state, shared, Answer::Entity(Some(Box::new(page()))));
    state
}

#[test]
fn each_row_leads_where_it_says() {
    let mut shared = shared(120, 36);
    let mut state = opened(&mut shared);
    let mut leads = |motions: &[Motion]| {
        for motion in motions {
            let _ = page_intent(&mut state, &mut shared, PageIntent::Move(*motion));
        }
        page_intent(&mut state, &mut shared, PageIntent::Open).go
    };
    assert_eq!(leads(&[]), Some(Go::Desk(Scope::Entity("po:norrvik".into()))));
    assert_eq!(leads(&[Motion::Down]), Some(Go::Entity("po:0".into())));
    let article = StoryAim { story: StoryId(9), article: Some(ArticleId(9)), open: true };
    assert_eq!(leads(&[Motion::Bottom]), Some(Go::Story(article)));
    assert_eq!(shared.names.get("po:norrvik").map(String::as_str), Some("Norrvik"));
}

#[test]
fn going_from_name_to_name_leads_back_the_same_way() {
    let mut shared = shared(120, 36);
    let mut state = opened(&mut shared);
    let _ = page_intent(&mut state, &mut shared, PageIntent::Move(Motion::Down));
    open(&mut state, &mut shared, "po:0".into(), true);
    assert_eq!(page_intent(&mut state, &mut shared, PageIntent::Back).go, None);
    assert_eq!((state.wanted.as_deref(), state.selected), (Some("po:norrvik"), 1));
    assert_eq!(page_intent(&mut state, &mut shared, PageIntent::Back).go, Some(Go::Back));
    open(&mut state, &mut shared, "po:1".into(), false);
    assert_eq!(state.trail, [], "who comes from elsewhere goes back there");
}

#[test]
fn the_curve_is_told_in_figures() {
    let mut shared = shared(120, 36);
    let state = opened(&mut shared);
    let drawn = lines(&picture(&shared, |buffer| {
        draw(&state, &shared, buffer);
    }))
    .join("\n");
    for told in [
        "7 articles, 6 in the last 7 days, at most 4 a day (2026-04-22)",
        "59.50 S, 17.25 E",
        "Port of Norrvik, Norrvik Havn",
        "port · XXNRV · po:norrvik",
    ] {
        assert!(drawn.contains(told), "no {told:?} in\n{drawn}");
    }
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for mut shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let mut missing = State::default();
            let _ = answer(&mut missing, &mut shared, Answer::Entity(None));
            for state in [opened(&mut shared), missing] {
                let text = text(&picture(&shared, |buffer| {
                    draw(&state, &shared, buffer);
                }));
                assert!(!shared.settings.glyphs.ascii || text.is_ascii(), "{columns}x{rows}: {text}");
            }
        }
    }
}
