//! What the page of a story remembers and what it looks like at any size.

use super::{State, answer, article_intent, changed, draw, open, page_intent, settle};
use crate::engine::{StoryLine, StoryPage};
use crate::model::{ArticleId, StoryId};
use crate::tui::effect::{Effect, Load};
use crate::tui::event::Answer;
use crate::tui::fixture::{SIZES, headline, lines, picture, plain, shared, text};
use crate::tui::intent::{ArticleIntent, Motion, PageIntent};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, StoryAim};

fn page(articles: i64) -> StoryPage {
    let line = |n| StoryLine {
        headline: headline(n, "Quay cranes are ordered by the terminal of Norrvik after all"),
        teaser: "The terminal said so.".into(),
        news: vec!["$12m".into()],
        kinship: None,
    };
    StoryPage {
        id: StoryId(1),
        lines: (1..=articles).map(line).collect(),
        sources: 2,
        entities: Vec::new(),
        topics: Vec::new(),
        activity: vec![1, 0, 2],
        earlier: vec![(headline(90, "The terminal looks for cranes"), 3)],
    }
}

fn opened(shared: &mut Shared, aim: StoryAim) -> State {
    let mut state = State::new();
    open(&mut state, shared, aim, false);
    let effects = settle(&mut state, shared);
    let [Effect::Load(id, Load::Story(StoryId(1)))] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(shared.requests.close(*id));
    let _ = answer(&mut state, shared, Answer::Story(Some(Box::new(page(3)))));
    state
}

fn aim(article: Option<i64>, open: bool) -> StoryAim {
    StoryAim { story: StoryId(1), article: article.map(ArticleId), open }
}

fn drawn(state: &State, shared: &Shared) -> String {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    lines(&picture).join("\n")
}

#[test]
fn the_article_that_was_meant_is_selected_and_stays_so_when_the_story_grows() {
    let mut shared = shared(120, 36);
    let mut state = opened(&mut shared, aim(Some(2), false));
    assert_eq!(state.selected(), 1);
    changed(&mut state);
    assert_eq!(settle(&mut state, &mut shared).len(), 1, "it is asked for again");
    let mut grown = page(4);
    grown.lines.rotate_right(1);
    let _ = answer(&mut state, &mut shared, Answer::Story(Some(Box::new(grown))));
    assert_eq!(state.selected(), 2, "the same article, one further down");
    let _ = answer(&mut state, &mut shared, Answer::Story(None));
    assert!(drawn(&state, &shared).contains("This story is not there any more."), "{}", drawn(&state, &shared));
}

#[test]
fn an_article_that_was_opened_from_elsewhere_leads_back_there() {
    let mut shared = shared(80, 24);
    let mut state = opened(&mut shared, aim(Some(3), true));
    assert!(state.browse.full && state.browse.list.selected == 2);
    assert_eq!(article_intent(&mut state, &mut shared, ArticleIntent::Back).go, Some(Go::Back));
    let mut state = opened(&mut shared, aim(Some(3), false));
    let _ = page_intent(&mut state, &mut shared, PageIntent::Open);
    assert_eq!(article_intent(&mut state, &mut shared, ArticleIntent::Back).go, None);
    assert!(!state.browse.full, "back to the timeline");
}

#[test]
fn the_cursor_goes_on_from_articles_to_earlier_stories() {
    let mut shared = shared(120, 36);
    let mut state = opened(&mut shared, aim(None, false));
    let _ = page_intent(&mut state, &mut shared, PageIntent::Move(Motion::Bottom));
    assert_eq!((state.selected(), state.earlier), (3, Some(0)));
    let step = page_intent(&mut state, &mut shared, PageIntent::Open);
    let expected = StoryAim { story: StoryId(90), article: None, open: false };
    assert_eq!(step.go, Some(Go::Story(expected)));
    let _ = page_intent(&mut state, &mut shared, PageIntent::Move(Motion::Up));
    assert_eq!((state.selected(), state.earlier), (2, None));
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for mut shared in [shared(columns, rows), plain(shared(columns, rows))] {
            let empty = State::new();
            let state = opened(&mut shared, aim(None, false));
            shared.requests.forget(Slot::StoryPage);
            for state in [empty, state] {
                let text = text(&picture(&shared, |buffer| {
                    draw(&state, &shared, buffer);
                }));
                assert!(!shared.settings.glyphs.ascii || text.is_ascii(), "{columns}x{rows}: {text}");
            }
        }
    }
}
