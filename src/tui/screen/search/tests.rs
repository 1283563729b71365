//! Typing a query, completing it, its faults, the way to the hits and back, and what it looks like.

use super::{State, completed, draw, list_intent, mouse, on_key, on_paste, open, settle};
use crate::query::{Query, Scope};
use crate::tui::browse::{Focus, Phase};
use crate::tui::effect::{Effect, Load};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::fixture::{SIZES, feed, headline, in_role, key, keys, lines, picture, plain, shared, text};
use crate::tui::intent::{Direction, ListIntent, Motion};
use crate::tui::model::Shared;
use crate::tui::request::{BrowseSlot, Slot};
use crate::tui::route::{Go, Step};
use crate::tui::theme::Role;

struct Desk {
    state: State,
    shared: Shared,
}

impl Desk {
    fn new(columns: u16, rows: u16) -> Self {
        Self::of(shared(columns, rows))
    }

    fn of(shared: Shared) -> Self {
        Self { state: State::new(&shared), shared }
    }

    fn press(&mut self, script: &str) -> Step {
        let steps = keys(script).into_iter().map(|key| on_key(&mut self.state, &mut self.shared, key));
        steps.last().flatten().unwrap_or_default()
    }

    fn typed(&mut self, text: &str) -> Step {
        on_paste(&mut self.state, &mut self.shared, text)
    }

    /// Answers the newest request for rows, as the root would.
    fn answer(&mut self, step: &Step, titles: &[&str]) {
        for effect in &step.effects {
            let Effect::Load(id, load) = effect else { continue };
            let rows = (1..).zip(titles).map(|(n, title)| headline(n, title)).collect();
            let answer = match load {
                Load::Headlines(_) => Answer::Headlines(rows),
                Load::Count { .. } => Answer::Count { all: titles.len() as u64, unread: 0 },
                _ => continue,
            };
            let Slot::Search(slot) = id.slot else { panic!("{id:?}") };
            if self.shared.requests.close(*id) {
                let _ = self.state.browse.answer(&mut self.shared, slot, answer);
            }
        }
        let _ = settle(&mut self.state, &mut self.shared);
    }

    fn picture(&self) -> ratatui::buffer::Buffer {
        picture(&self.shared, |buffer| {
            draw(&self.state, &self.shared, buffer);
        })
    }

    fn text(&self) -> String {
        text(&self.picture())
    }
}

fn asked(step: &Step) -> Vec<Scope> {
    let scope = |effect: &Effect| match effect {
        Effect::Load(_, Load::Headlines(request)) => Some(request.scope.clone()),
        _ => None,
    };
    step.effects.iter().filter_map(scope).collect()
}

#[test]
fn each_key_asks_and_older_answers_are_stale() {
    let mut desk = Desk::new(80, 24);
    let first = desk.press("h");
    let second = desk.press("a");
    assert_eq!((asked(&first).len(), asked(&second).len()), (1, 1));
    let [Effect::Load(old, _), ..] = first.effects.as_slice() else { panic!("{first:?}") };
    assert!(!desk.shared.requests.close(*old), "the answer to what was typed before is not wanted");
    desk.answer(&second, &["Hamburg quay cranes"]);
    assert_eq!(desk.state.browse.list.window.rows().len(), 1);
    assert!(desk.press("Left").effects.is_empty(), "moving the cursor changes nothing of the query");
    assert_eq!(asked(&desk.press("End Space")).len(), 1, "the word is finished now, it stands for itself alone");
    assert_eq!(asked(&desk.press("Space")), [], "another space changes nothing of the query");
}

#[test]
fn the_last_word_finds_what_begins_with_it_and_enter_changes_nothing_of_the_hits() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("canal hap");
    let [Scope::Search(Query::And(parts))] = &asked(&step)[..] else { panic!("{step:?}") };
    let prefixes: Vec<_> = parts.iter().flat_map(Query::terms).map(|t| t.prefix).collect();
    assert_eq!(prefixes, [false, true]);
    assert_eq!(desk.state.browse.hits, ["canal", "hap"]);
    desk.answer(&step, &["Canal: Hapax speaks"]);
    assert!(desk.press("Enter").effects.is_empty());
    assert!(!desk.state.typing);
}

#[test]
fn esc_clears_then_closes_and_the_query_stays_for_the_next_time() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("canal");
    desk.answer(&step, &["Canal tolls", "Canal draught"]);
    let _ = desk.press("Enter");
    let back = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Back);
    assert_eq!(back.go, Some(Go::Back));
    let again = open(&mut desk.state, &mut desk.shared);
    assert!(desk.state.typing && desk.state.input.value() == "canal" && !again.is_empty());
    assert_eq!(desk.press("Esc").go, None);
    assert_eq!(desk.state.input.value(), "");
    assert!(!desk.state.is_searching() && desk.state.browse.list.window.rows().is_empty());
    assert!(!desk.shared.requests.is_open(Slot::Search(BrowseSlot::Window)), "nobody waits for it any more");
    assert_eq!(desk.press("Esc").go, Some(Go::Back));
}

#[test]
fn n_steps_through_hits_whatever_their_marks() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("canal");
    desk.answer(&step, &["Canal one", "Canal two", "Canal three"]);
    let _ = desk.press("Enter");
    for expected in [1, 2, 2] {
        let _ = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Unread(Direction::Next));
        assert_eq!(desk.state.browse.list.selected, expected);
    }
    let _ = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Unread(Direction::Previous));
    assert_eq!(desk.state.browse.list.selected, 1);
    let _ = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Open);
    assert_eq!(desk.state.browse.focus, Focus::Article);
    let back = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Back);
    assert_eq!((back.go, desk.state.browse.focus), (None, Focus::List), "out of the article first");
    assert_eq!(on_key(&mut desk.state, &mut desk.shared, key("j")).map(|s| s.effects), None, "keys are commands now");
    let _ = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Move(Motion::Top));
    let to = list_intent(&mut desk.state, &mut desk.shared, ListIntent::Topic(2));
    assert!(matches!(to.go, Some(Go::Desk(Scope::Topic(_)))));
}

#[test]
fn a_fault_is_told_under_its_place_and_the_hits_stay() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("canal");
    desk.answer(&step, &["Canal tolls"]);
    let step = desk.press("Space s o r c e : x");
    assert!(step.effects.is_empty() && desk.state.error.is_some());
    let rows = lines(&desk.picture());
    let place = rows[0].find("sorce").expect("the query is drawn");
    assert_eq!(rows[1].find('^'), Some(place), "{rows:#?}");
    assert!(rows[1].contains("source"), "what could be meant is told: {rows:#?}");
    assert!(rows[2].contains("Canal tolls"), "{rows:#?}");
    let _ = desk.press("Enter");
    assert!(desk.state.typing, "there is nothing to go to");
}

#[test]
fn wide_characters_do_not_move_the_caret_and_a_long_query_keeps_it_on_the_line() {
    let mut desk = Desk::new(80, 24);
    let _ = desk.typed("集装箱 sorce:x");
    let rows = lines(&desk.picture());
    let column = |row: &str, byte: usize| crate::text::width(&row[..byte]);
    let place = column(&rows[0], rows[0].find("sorce").expect("the query is drawn"));
    assert_eq!(rows[1].find('^'), Some(place), "{rows:#?}");
    let mut desk = Desk::new(40, 24);
    let _ = desk.typed(&format!("{} sorce:x", "集装箱 ".repeat(40)));
    assert!(lines(&desk.picture())[2].contains("sorce"), "the message stays: {}", desk.text());
}

#[test]
fn tab_completes_fields_values_and_names_of_feeds() {
    let mut desk = Desk::new(80, 24);
    desk.shared.feeds = vec![feed(1, "Harbour Gazette"), feed(2, "Quayside"), feed(3, "Harbour Master")];
    let _ = desk.press("s o Tab");
    assert_eq!(desk.state.input.value(), "source:", "the only field that begins so");
    let _ = desk.press("h Tab");
    assert_eq!(desk.state.input.value(), "source:\"Harbour Gazette\"");
    assert!(desk.text().contains("\"Harbour Master\""), "the others are shown");
    let _ = desk.press("Tab");
    assert_eq!(desk.state.input.value(), "source:\"Harbour Master\"");
    let _ = desk.press("Tab Shift-Tab Shift-Tab");
    assert_eq!(desk.state.input.value(), "source:\"Harbour Gazette\"", "round and back");
    let _ = desk.press("Enter");
    assert!(desk.state.menu.is_none() && desk.state.typing, "Enter takes it");
    let _ = desk.press("Space t o p i c : r o Tab");
    assert_eq!(desk.state.input.value(), "source:\"Harbour Gazette\" topic:road ");
}

#[test]
fn authors_are_asked_of_the_library_unless_one_types_on() {
    let mut desk = Desk::new(80, 24);
    let _ = desk.typed("author:a");
    let authors = || Answer::Completions(vec!["Ada Quay".into(), "Ada Pier".into()]);
    let step = desk.press("Tab");
    assert!(
        matches!(&step.effects[..], [Effect::Load(id, Load::Authors(a))] if a == "a" && id.slot == Slot::Completion)
    );
    let effects = completed(&mut desk.state, &mut desk.shared, authors());
    assert_eq!(desk.state.input.value(), "author:\"Ada Quay\"");
    assert!(!effects.is_empty(), "what was completed is searched for");
    let _ = desk.press("Ctrl-u a u t h o r : a Tab b");
    assert!(!desk.shared.requests.is_open(Slot::Completion), "the answer is not wanted any more");
    let _ = completed(&mut desk.state, &mut desk.shared, authors());
    assert_eq!(desk.state.input.value(), "author:ab");
}

#[test]
fn what_can_be_searched_for_is_shown_while_nothing_is() {
    let desk = Desk::new(80, 24);
    let text = desk.text();
    for field in crate::query::FIELDS {
        assert!(text.contains(&format!("{}:", field.name)), "{} is missing: {text}", field.name);
    }
    assert!(text.contains("1,498 articles can be searched") && text.contains("Tab complete"), "{text}");
}

#[test]
fn hits_are_counted_highlighted_and_those_in_the_body_are_told() {
    for no_color in [false, true] {
        let mut desk = Desk::new(80, 24);
        if no_color {
            desk.shared = plain(desk.shared);
        }
        let step = desk.typed("canal");
        desk.answer(&step, &["New lock for the Canal, old tolls", "Draught limits eased", "Canál 运河"]);
        let drawn = desk.picture();
        let rows = lines(&drawn);
        assert!(rows[0].ends_with("3 of 1,498"), "{}", rows[0]);
        let theme = &desk.shared.settings.theme;
        assert!(in_role(&drawn, 4, theme, Role::Hit).ends_with("Canál"), "{rows:#?}");
        assert!(rows[3].contains("body match") && !rows[2].contains("body match"), "{rows:#?}");
    }
}

#[test]
fn no_hits_and_failure_are_told() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("zzz");
    assert!(!desk.text().contains("Nothing matches"), "not before it is known");
    desk.answer(&step, &[]);
    assert!(desk.text().contains("Nothing matches."), "{}", desk.text());
    let _ = desk.press("Enter");
    assert!(desk.state.typing, "there is nothing to go to");
    desk.state.browse.list.phase = Phase::Failed("the library cannot be read".into());
    assert!(desk.text().contains("the library cannot be read"));
}

#[test]
fn a_click_goes_to_a_hit_and_back_to_the_query() {
    let mut desk = Desk::new(80, 24);
    let step = desk.typed("canal");
    desk.answer(&step, &["Canal one", "Canal two"]);
    let click = |row| Mouse { kind: MouseKind::Click, column: 30, row };
    let _ = mouse(&mut desk.state, &mut desk.shared, click(3));
    assert_eq!((desk.state.typing, desk.state.browse.list.selected), (false, 1));
    let _ = mouse(&mut desk.state, &mut desk.shared, click(0));
    assert!(desk.state.typing);
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for ascii in [false, true] {
            let shared = shared(columns, rows);
            let mut desk = Desk::of(if ascii { plain(shared) } else { shared });
            assert!(!ascii || desk.text().is_ascii(), "{columns}x{rows}: {}", desk.text());
            let _ = desk.press("t Tab Tab");
            desk.text();
            let _ = desk.typed(" 集装箱 sorce:x");
            desk.text();
            let step = desk.press("Esc c a n a l");
            desk.answer(&step, &["Canal one", "集装箱"]);
            desk.text();
        }
    }
}
