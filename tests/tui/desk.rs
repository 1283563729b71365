//! The desk: what is shown, and what keys and mouse do.

use insta::assert_snapshot;
use jiff::SignedDuration;
use tidings::engine::{FeedPolled, Notice, PollOutcome, PollRequest};
use tidings::model::{ArticleId, FeedId, StoryId};
use tidings::tui::effect::{Effect, Write};
use tidings::tui::event::MouseKind;
use tidings::tui::route::Route;

use super::fixture;
use super::harness::{Harness, Setup};

#[test]
fn looks_as_drawn() {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        assert_snapshot!(format!("desk_{columns}x{rows}"), Setup::news().size(columns, rows).open().screen());
        assert_snapshot!(
            format!("desk_{columns}x{rows}_no_color"),
            Setup::news().size(columns, rows).no_color().open().screen()
        );
        assert_snapshot!(format!("desk_{columns}x{rows}_empty"), Setup::empty().size(columns, rows).open().screen());
    }
    assert_snapshot!("desk_180x40_side_by_side", Setup::news().size(180, 40).open().keys("j").screen());
    assert_snapshot!("desk_80x24_ascii", Setup::news().ui(|ui| ui.ascii = true).open().screen());
}

#[test]
fn an_article_looks_as_drawn() {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let mut desk = Setup::news().size(columns, rows).open();
        assert_snapshot!(format!("article_{columns}x{rows}"), desk.keys("j<Enter>").screen());
        let mut desk = Setup::news().size(columns, rows).no_color().open();
        assert_snapshot!(format!("article_{columns}x{rows}_no_color"), desk.keys("j<Enter><Ctrl-d>").screen());
    }
}

fn unread(desk: &Harness) -> u64 {
    desk.library.counts().unread
}

#[test]
fn space_marks_read_and_goes_to_the_next_unread() {
    let mut desk = Setup::news().open();
    let before = unread(&desk);
    desk.keys("6j");
    desk.keys("0").keys("gg");
    let first = desk.title();
    desk.keys("<Space>");
    assert_ne!(desk.title(), first);
    assert_eq!(unread(&desk), before - 1);
    assert!(desk.text().contains("marked read: Pilots’ walkout"), "{}", desk.text());
    // The seventh row is read already and is passed by.
    desk.keys("<Space><Space><Space><Space><Space>");
    assert!(desk.title().starts_with("Container line accuses"), "{}", desk.title());
    desk.keys("u");
    assert_eq!(unread(&desk), before - 5, "undo takes back the last one");
    assert!(desk.text().contains("undone: marked read"), "{}", desk.text());
    desk.keys("U");
    assert_eq!(unread(&desk), before - 6);
}

#[test]
fn nothing_moves_when_rows_are_read_in_an_unread_only_list_until_a_key_asks() {
    let mut desk = Setup::news().ui(|ui| ui.show_all = false).open();
    let rows = |desk: &Harness| desk.model.desk.browse.list.window.rows().iter().map(|r| r.id).collect::<Vec<_>>();
    let before = rows(&desk);
    desk.keys("<Space><Space>").notice(Notice::MarksChanged);
    assert_eq!(rows(&desk), before, "read rows stay where they are");
    assert!(desk.model.desk.browse.list.window.rows()[0].state.read);
    desk.keys("HH");
    assert_eq!(rows(&desk).len(), before.len() - 2, "asked for anew, they are gone");
}

#[test]
fn marks_made_elsewhere_are_painted_where_the_rows_stand() {
    let mut desk = Setup::news().open();
    let id = desk.model.desk.browse.list.window.rows()[3].id;
    let change = Write::Mark(vec![id], tidings::model::Mark::Read(true));
    desk.library.write(change).expect("written");
    let before = desk.model.desk.browse.list.selected;
    desk.notice(Notice::MarksChanged);
    assert!(desk.model.desk.browse.list.window.rows()[3].state.read);
    assert_eq!(desk.model.desk.browse.list.selected, before);
}

#[test]
fn marks_made_elsewhere_reach_a_window_in_the_middle_and_touch_nothing_else() {
    let mut desk = deep(Setup::many(1_500).ui(|ui| ui.show_all = false));
    let rows = |desk: &Harness| desk.model.desk.browse.list.window.rows().to_vec();
    let before = rows(&desk);
    assert!(!desk.model.desk.browse.list.window.at_start, "the window is in the middle of the list");
    desk.library.write(Write::Mark(vec![before[5].id], tidings::model::Mark::Read(true))).expect("written");
    desk.notice(Notice::MarksChanged);
    let read: Vec<_> = rows(&desk).iter().enumerate().filter(|(_, r)| r.state.read).map(|(n, _)| n).collect();
    assert_eq!(read, [5], "only the row that was read elsewhere is read");
}

/// A desk whose rows in memory begin and end within the list.
fn deep(setup: Setup) -> Harness {
    let mut desk = setup.open();
    desk.keys("G");
    for _ in 0..500 {
        desk.keys("k");
    }
    desk
}

#[test]
fn rows_under_way_for_a_window_that_went_are_dropped() {
    let mut desk = Setup::many(1_000).open();
    for _ in 0..139 {
        desk.keys("j");
    }
    // The next rows are asked for, and then the end of the list; the answers come the other way round.
    desk.held = Some(Vec::new());
    desk.keys("jjG");
    let mut held = desk.held.take().expect("held");
    held.reverse();
    desk.held = Some(held);
    desk.release();
    let rows = desk.model.desk.browse.list.window.rows();
    let ordered = rows.windows(2).all(|pair| pair[0].date >= pair[1].date);
    assert!(ordered && desk.title().ends_with("(999)"), "{} rows, {}", rows.len(), desk.title());
}

#[test]
fn a_mark_is_painted_before_it_is_stored_and_comes_off_when_that_fails() {
    let mut desk = Setup::news().open();
    desk.held = Some(Vec::new());
    desk.keys("s");
    let saved = |desk: &Harness| desk.model.desk.browse.list.window.rows()[0].state.saved;
    assert!(saved(&desk), "painted at once");
    assert!(!desk.text().contains("saved:"), "the toast is the acknowledgement and waits");
    desk.library.refuse = Some("the disk is full; free some space and press s again".into());
    desk.release();
    assert!(!saved(&desk), "nothing was stored, nothing is shown");
    assert!(desk.text().contains("the disk is full"), "{}", desk.text());
    desk.library.refuse = None;
    desk.keys("s");
    assert!(saved(&desk) && desk.text().contains("saved: Pilots’"), "{}", desk.text());
    desk.later(60);
    assert!(!desk.text().contains("saved: Pilots’"), "a toast leaves");
    desk.keys(":").keys("messages").keys("<Enter>");
    assert_eq!(desk.model.route(), Route::Log);
    assert!(desk.text().contains("saved: Pilots’"), "and stays in the log: {}", desk.text());
}

#[test]
fn new_arrivals_are_counted_and_shown_only_when_asked_for() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("jj");
    let (selected, before) = (desk.title(), desk.rows());
    let mut fresh = fixture::news()[0].clone();
    fresh.headline.id = ArticleId(2_000_000);
    fresh.headline.story = StoryId(2_000_000);
    fresh.headline.title = "Breakbulk terminal floods overnight".into();
    fresh.headline.date = fixture::now();
    desk.library.articles.push(fresh);
    desk.notice(Notice::PollStarted { feeds: 5 }).notice(polled(1));
    assert!(desk.text().contains("1 new (.)"), "{}", desk.text());
    assert!(desk.text().contains("1 of 5 feeds"), "progress in place: {}", desk.text());
    assert_eq!(desk.title(), selected);
    assert_eq!(desk.rows()[3..16], before[3..16], "no row has moved");
    desk.notice(Notice::PollFinished { new: 1, failed: 0, next_poll: None });
    desk.keys(".");
    assert_eq!(desk.title(), "Breakbulk terminal floods overnight");
    assert!(!desk.text().contains("new (.)"), "{}", desk.text());
}

/// A feed brought so many new articles.
pub(crate) fn polled(new: u64) -> Notice {
    Notice::FeedPolled(FeedPolled {
        feed: FeedId(1),
        outcome: PollOutcome::New,
        new,
        updated: 0,
        status: Some(200),
        bytes: 9,
        next_poll: None,
        error: None,
    })
}

#[test]
fn the_first_fetch_fills_an_empty_list_by_itself() {
    let mut desk = Setup::empty().open();
    desk.notice(Notice::PollStarted { feeds: 2 });
    let news = fixture::news();
    desk.library.articles = news.iter().rev().take(3).cloned().collect();
    desk.library.feeds = fixture::feeds(&desk.library.articles);
    desk.notice(polled(3));
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 3, "{}", desk.text());
    // The second feed's news goes in between, for nobody has touched the list yet.
    desk.library.articles = news.clone();
    desk.notice(polled(15));
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), news.len(), "{}", desk.text());
    assert!(desk.title().starts_with("Pilots’ walkout"), "the cursor stays at the top: {}", desk.text());
    desk.keys("j");
    let mut fresh = news[0].clone();
    fresh.headline.id = ArticleId(2_000_000);
    fresh.headline.story = StoryId(2_000_000);
    desk.library.articles.push(fresh);
    desk.notice(polled(1));
    assert!(desk.text().contains("1 new (.)"), "after a key nothing moves by itself: {}", desk.text());
}

#[test]
fn a_long_list_is_loaded_in_windows_and_scrolls_to_both_ends() {
    let mut desk = Setup::many(1_000).open();
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 200);
    desk.keys("G");
    assert!(desk.title().ends_with("(999)"), "{}", desk.title());
    assert!(desk.text().contains("1,000/1,000"), "{}", desk.text());
    for _ in 0..60 {
        desk.keys("<PgUp>");
    }
    let here = desk.title();
    let n: usize = here[here.rfind('(').unwrap_or(0) + 1..here.len() - 1].parse().expect("a number");
    assert!(n < 400, "sixty pages above the end: {here}");
    desk.keys("g");
    assert!(desk.title().ends_with("(0)"), "{}", desk.title());
    for _ in 0..250 {
        desk.keys("j");
    }
    assert!(desk.title().ends_with("(250)"), "{}", desk.title());
    assert!(desk.text().contains("251/1,000"), "{}", desk.text());
}

#[test]
fn the_next_unread_is_found_beyond_the_rows_in_memory() {
    let mut setup = Setup::many(1_000);
    for article in &mut setup.library.articles {
        article.headline.state.read = !article.headline.title.ends_with("(700)");
    }
    let mut desk = setup.open();
    desk.keys("n");
    assert!(desk.title().ends_with("(700)"), "{}", desk.title());
    desk.keys("j");
    assert!(desk.title().ends_with("(701)"), "the rows around it have come: {}", desk.title());
    desk.keys("kk");
    assert!(desk.title().ends_with("(699)"), "{}", desk.title());
    desk.keys("jn");
    assert!(desk.title().ends_with("(700)"), "there is no other: {}", desk.title());
}

#[test]
fn rows_of_context_stay_in_sight() {
    let mut desk = Setup::many(300).open();
    for key in ["j", "k"] {
        for _ in 0..100 {
            desk.keys(key);
            let list = &desk.model.desk.browse.list;
            let line = list.selected - list.offset;
            let edge = list.selected < 3;
            assert!((edge || line >= 3) && line <= 8, "row {} is at line {line} of 12", list.selected);
        }
    }
}

#[test]
fn topics_feeds_and_saved_ones_are_a_key_away() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("3");
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 3, "{}", desk.text());
    assert!(desk.text().contains("Ports & terminals"), "{}", desk.text());
    desk.keys("'");
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 2);
    desk.keys("p").keys("over").keys("<Enter>");
    assert!(desk.text().contains("Overland Weekly"), "{}", desk.text());
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 3);
    desk.keys("t").keys("fleet").keys("<Enter>");
    assert!(desk.title().starts_with("Second-hand tankers"), "{}", desk.title());
    desk.keys("<Esc>");
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 18, "back to everything");
    desk.keys("v");
    assert!(desk.rows()[2].contains("Airfreight Ledger"), "{}", desk.text());
}

#[test]
fn the_way_out_is_q_at_the_top_and_nothing_careless() {
    let mut desk = Setup::news().open();
    desk.keys("<Enter>").keys("<Esc>").keys("<Esc>").keys("<Left>").keys("h");
    assert_eq!(desk.asked, [], "only q leaves the desk");
    assert!(desk.text().contains("q quits"), "{}", desk.text());
    desk.keys("q");
    assert_eq!(desk.asked, [Effect::Quit]);
}

#[test]
fn opening_marks_read_and_reading_on_goes_through_the_unread() {
    let mut desk = Setup::news().open();
    let before = unread(&desk);
    desk.keys("<Enter>");
    assert_eq!(unread(&desk), before - 1);
    assert!(desk.text().contains("1/18 · Disruption · Harbour Gazette"), "{}", desk.text());
    // A short article: its end is in sight, so Space reads on.
    desk.keys("<Space>");
    assert!(desk.title().starts_with("Meridian"), "{}", desk.title());
    assert_eq!(unread(&desk), before - 2);
    // A long one: Space scrolls first.
    desk.keys("<Space>");
    assert!(desk.title().starts_with("Meridian"), "{}", desk.title());
    for _ in 0..4 {
        desk.keys("<Space>");
    }
    assert!(!desk.title().starts_with("Meridian"), "{}", desk.title());
}

#[test]
fn links_open_by_number_and_without_tracking() {
    let mut desk = Setup::news().open();
    desk.keys("j<Enter>2");
    assert_eq!(desk.opened, ["https://harbour.example/background"]);
    desk.keys("9");
    assert!(desk.text().contains("no link 9"), "{}", desk.text());
    desk.keys("o");
    assert_eq!(desk.opened.last().map(String::as_str), Some("https://feed1.example/1"));
    desk.keys("y");
    assert_eq!(desk.copied, ["https://feed1.example/1"]);
    desk.keys("Y");
    assert!(desk.copied[1].starts_with("Mika Ash, “Meridian Box Line") && desk.copied[1].contains("2026-04-28"));
}

#[test]
fn an_answer_that_came_too_late_is_dropped() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.held = Some(Vec::new());
    desk.keys("jjj");
    let held = desk.held.take().expect("held");
    assert!(held.len() >= 3, "each row asked for its article");
    // The last question is answered first, then the older ones.
    for effect in held.into_iter().rev() {
        desk.held = Some(vec![effect]);
        desk.release();
    }
    assert!(desk.text().matches("Blue Anchor’s quarterly profit").count() >= 2, "{}", desk.text());
}

#[test]
fn r_is_no_key_and_says_what_it_would_have_meant() {
    let mut desk = Setup::news().open();
    desk.keys("r");
    assert!(desk.text().contains("R polls all feeds"), "{}", desk.text());
    assert_eq!(desk.library.polls, []);
    desk.keys("R");
    assert_eq!(desk.library.polls, [PollRequest::Now]);
}

#[test]
fn the_mouse_selects_opens_and_scrolls_what_is_under_it() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.mouse(MouseKind::Click, 30, 6);
    assert!(desk.title().starts_with("Blue Anchor"), "{}", desk.title());
    let before = unread(&desk);
    desk.mouse(MouseKind::Click, 30, 6);
    assert_eq!(unread(&desk), before - 1, "a click on the selected row opens it");
    desk.mouse(MouseKind::WheelDown, 30, 25);
    desk.mouse(MouseKind::Click, 24, 0);
    assert_eq!(desk.model.desk.browse.list.window.rows().len(), 2, "a click on a topic shows it: {}", desk.text());
    let mut desk = Setup::many(300).open();
    desk.mouse(MouseKind::WheelDown, 30, 6);
    assert_eq!(desk.model.desk.browse.list.offset, 3);
}

#[test]
fn a_terminal_that_is_too_small_says_so_and_comes_back() {
    let mut desk = Setup::news().open();
    desk.resize(30, 8);
    assert!(desk.rows()[0].starts_with("tidings needs 40x12"), "{}", desk.text());
    desk.keys("jj").resize(80, 24);
    assert!(desk.title().starts_with("Prairie"), "{}", desk.title());
    assert!(desk.text().contains("Prairie & Gulf"));
}

#[test]
fn a_library_that_cannot_be_written_says_so_and_refuses_marks() {
    let mut setup = Setup::news();
    setup.read_only = true;
    let mut desk = setup.open();
    assert!(desk.text().contains("read-only"), "{}", desk.text());
    desk.keys("s");
    assert!(desk.text().contains("nothing can be saved"), "{}", desk.text());
    assert_eq!(desk.library.written, []);
}

#[test]
fn offline_and_a_broken_config_are_told_in_words() {
    let mut desk = Setup::news().size(120, 36).open();
    let since = fixture::now().checked_sub(SignedDuration::from_mins(42)).expect("a time");
    desk.notice(Notice::Offline(Some(since)));
    assert!(desk.text().contains("offline since 09:12"), "{}", desk.text());
    desk.notice(Notice::ConfigBroken("config.toml:14:3: unknown key `weigth` (did you mean `weight`?)".into()));
    assert!(desk.text().contains("config.toml:14:3"), "{}", desk.text());
    desk.notice(Notice::Offline(None));
    assert!(!desk.text().contains("offline"), "{}", desk.text());
}

#[test]
fn empty_lists_say_why_and_which_key_helps() {
    let mut desk = Setup::news().ui(|ui| ui.show_all = false).open();
    desk.keys("A0");
    assert!(desk.text().contains("You’re through"), "{}", desk.text());
    assert!(desk.text().contains("H shows what is read"), "{}", desk.text());
    desk.keys("u0");
    assert!(desk.title().starts_with("Pilots’"), "{}", desk.text());
}
