//! Lists whose rows are slow to come, because a key repeats or because a hundred feeds come in at once.

use tidings::engine::{FeedPolled, Notice, PollOutcome};
use tidings::model::FeedId;
use tidings::tui::effect::{Effect, Load};
use tidings::tui::event::Event;

use super::fixture;
use super::harness::{Harness, Setup};

/// Rows of the list as they are on the screen, between the two rules.
fn list_rows(desk: &Harness) -> Vec<String> {
    let is_rule = |row: &String| row.contains("────");
    desk.rows().into_iter().skip_while(|row| !is_rule(row)).skip(1).take_while(|row| !is_rule(row)).collect()
}

#[test]
fn no_row_is_ever_blank_while_j_is_held_and_the_answers_are_slow() {
    let mut desk = Setup::many(1_300).size(80, 24).open();
    // Rows come so many keys after they were asked for that the cursor waits for them; the far end is dropped meanwhile.
    for (turn, key) in ["j"; 10].iter().chain(&["k"; 10]).enumerate() {
        desk.held = Some(Vec::new());
        for n in 0..150 {
            desk.keys(key);
            if n % 10 > 0 {
                continue;
            }
            let rows = list_rows(&desk);
            assert!(rows.len() > 6, "{}", desk.text());
            assert!(rows.iter().all(|row| !row.trim().is_empty()), "turn {turn}, key {n}:\n{}", desk.text());
        }
        // What the articles are is of no interest here.
        answer(&mut desk, |load| matches!(load, Load::Headlines(_) | Load::Count { .. }));
        if turn == 9 {
            assert_eq!(desk.model.desk.browse.list.number(), Some(1_300), "at the bottom");
            assert!(!desk.model.desk.browse.list.window.at_start, "the front was dropped");
        }
    }
    assert_eq!(desk.model.desk.browse.list.number(), Some(1), "and up again");
}

/// Gives the desk what one kind of request of those held back asks for; gives how many there were.
fn answer(desk: &mut Harness, wanted: impl Fn(&Load) -> bool) -> usize {
    let (now, later): (Vec<Effect>, Vec<Effect>) = std::mem::take(desk.held.as_mut().expect("held"))
        .into_iter()
        .partition(|effect| matches!(effect, Effect::Load(_, load) if wanted(load)));
    desk.held = Some(later);
    let answered = now.len();
    for effect in now {
        let Effect::Load(id, load) = effect else { continue };
        let answer = desk.library.load(load);
        desk.send(Event::Loaded(id, Box::new(answer)));
    }
    answered
}

#[test]
fn arrivals_do_not_put_off_the_first_rows_of_an_empty_list() {
    let mut desk = Setup::empty().open();
    desk.held = Some(Vec::new());
    let news = fixture::news();
    for come in [3, 6, 9] {
        desk.library.articles = news.iter().rev().take(come).cloned().collect();
        desk.library.feeds = fixture::feeds(&desk.library.articles);
        desk.notice(polled());
        assert_eq!(answer(&mut desk, |load| matches!(load, Load::Counts)), 1);
    }
    assert_eq!(answer(&mut desk, |load| matches!(load, Load::Headlines(_))), 1, "one request, which is not called off");
    assert!(!desk.model.desk.browse.list.window.rows().is_empty(), "{}", desk.text());
    assert_eq!(answer(&mut desk, |load| matches!(load, Load::Headlines(_))), 1, "then what came meanwhile");
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 9, "{}", desk.text());
}

fn polled() -> Notice {
    Notice::FeedPolled(FeedPolled {
        feed: FeedId(1),
        outcome: PollOutcome::New,
        new: 3,
        updated: 0,
        status: Some(200),
        bytes: 9,
        next_poll: None,
        error: None,
    })
}
