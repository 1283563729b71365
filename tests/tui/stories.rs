//! Stories, names and reasons: what is shown, and what the keys do.

use insta::assert_snapshot;
use tidings::engine::{Lesson, Notice};
use tidings::model::{ArticleId, StoryId, TopicId};
use tidings::query::{Rows, Scope};
use tidings::tui::effect::Write;
use tidings::tui::overlay::Overlay;
use tidings::tui::route::Route;

use super::harness::{Harness, Setup};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 12)];

/// What is shown, with the keys that lead there.
const SHOWN: &[(&str, &str)] = &[
    ("desk", "jj"),
    ("desk_articles", "="),
    ("desk_covered", "C"),
    ("article", "jj<Enter><Ctrl-d><Ctrl-d>"),
    ("story", "jjSjj"),
    ("story_earlier", "jjSG"),
    ("entity", "jjSE<Enter>"),
    ("why", "jjij"),
    ("preview", "jjijn"),
    ("picker_topics", "t<Down><Space><Down><Space>"),
    ("picker_names", "jjS<Down>E"),
    ("search_suggestion", "/tern"),
];

#[test]
fn stories_look_as_drawn() {
    for (name, keys) in SHOWN {
        for (columns, rows) in SIZES {
            let mut desk = Setup::stories().size(columns, rows).open();
            assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.keys(keys).screen());
        }
        let mut desk = Setup::stories().size(120, 36).no_color().open();
        assert_snapshot!(format!("{name}_120x36_no_color"), desk.keys(keys).screen());
        let mut desk = Setup::stories().ui(|ui| ui.ascii = true).open();
        let text = desk.keys(keys).text();
        let foreign: String = desk.library.articles.iter().map(|a| a.headline.title.as_str()).collect();
        let names: String = desk.library.feeds.iter().map(|f| f.feed.name.as_str()).collect();
        let own = |c: &char| !c.is_ascii() && !foreign.contains(*c) && !names.contains(*c) && !"“”©".contains(*c);
        let found: Vec<char> = text.chars().filter(own).collect();
        assert!(found.is_empty(), "{name}: {found:?} in\n{text}");
    }
}

#[test]
fn the_way_back_from_a_story_is_told() {
    let mut desk = Setup::stories().size(120, 36).open();
    desk.keys("jjS");
    let foot = desk.text().lines().last().unwrap_or_default().to_owned();
    assert!(foot.contains("q back") && foot.contains("? help"), "{foot}");
}

fn route(desk: &Harness) -> Route {
    desk.model.route()
}

fn rows(desk: &Harness) -> usize {
    desk.model.desk.browse.list.window.rows().len()
}

/// The desk with the cursor on the story of five.
fn on_the_story() -> Harness {
    let mut desk = Setup::stories().size(120, 36).open();
    desk.keys("jj");
    assert!(desk.title().starts_with("Tern says"), "{}", desk.text());
    desk
}

fn read(desk: &Harness, id: i64) -> bool {
    desk.library.articles.iter().any(|a| a.headline.id == ArticleId(id) && a.headline.state.read)
}

#[test]
fn rows_are_stories_and_the_key_shows_every_article() {
    let mut desk = Setup::stories().size(120, 36).open();
    assert_eq!(rows(&desk), 21, "18, a story before, one of five, one of two");
    assert!(desk.text().contains("· stories ·") && desk.text().contains(" +4 "), "{}", desk.text());
    assert!(desk.text().contains("0 All 18 "), "the bar counts stories: {}", desk.text());
    desk.keys("jj=");
    assert_eq!((rows(&desk), desk.model.desk.browse.list.rows), (26, Rows::Articles));
    assert!(desk.text().contains("every article") && desk.text().contains("0 All 23 "), "{}", desk.text());
    desk.keys("2");
    assert_eq!(desk.model.desk.browse.list.rows, Rows::Articles, "the mode stays");
    desk.keys("'=");
    assert!(desk.text().contains("a row is an article here"), "{}", desk.text());
}

#[test]
fn the_same_figure_shows_all_again_and_with_alt_topics_add_up() {
    let mut desk = Setup::stories().size(120, 36).open();
    let topic = |n: usize| TopicId::from_index(n - 1).expect("a topic");
    desk.keys("3");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::Topic(topic(3)));
    desk.keys("<Alt-2>");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::Topics(vec![topic(2), topic(3)]));
    assert!(desk.text().contains("Freight rates + Ports"), "{}", desk.text());
    assert!(rows(&desk) > 2);
    desk.keys("#");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::Topic(topic(2)), "a second time drops it");
    desk.keys("2");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::All);
    desk.keys("t<Down><Space><Down><Down><Space><Enter>");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::Topics(vec![topic(1), topic(3)]), "taken in the picker");
    desk.keys("toff<Enter>");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::OffTopic);
    assert!(desk.text().contains("No articles in Off-topic."), "{}", desk.text());
}

#[test]
fn what_is_covered_most_comes_first_with_its_sources() {
    let mut desk = Setup::stories().size(120, 36).open();
    desk.keys("C");
    assert!(desk.title().starts_with("Tern says"), "{}", desk.text());
    assert!(desk.text().contains("Most covered of the last 48 hours, by number of sources"), "{}", desk.text());
    assert!(desk.model.desk.browse.list.window.at_end, "it is not paged");
    desk.keys("q");
    assert_eq!(desk.model.desk.browse.list.scope, Scope::All);
}

#[test]
fn reading_a_row_reads_copies_and_a_reads_the_whole_story() {
    let mut desk = on_the_story();
    desk.keys("S<Down><Down><Down>m");
    assert!(read(&desk, 900_005) && read(&desk, 900_004), "its copy is read with it");
    assert!(!read(&desk, 900_003), "its sibling is not");
    desk.keys("<Esc>").notice(Notice::MarksChanged);
    let row = |desk: &Harness| desk.model.desk.browse.list.current().cloned().expect("a row");
    assert_eq!((row(&desk).coverage.others, row(&desk).coverage.unread), (4, 2), "+n stays, two of it unread");
    desk.keys("a");
    assert_eq!(desk.library.written.last(), Some(&Write::StoryRead(StoryId(900_002))));
    assert!((900_002..=900_006).all(|id| read(&desk, id)));
    assert!(row(&desk).state.read && row(&desk).coverage.unread == 0, "painted where it stands");
    desk.keys("a");
    assert!(desk.text().contains("all of its story is read"), "{}", desk.text());
    desk.keys("u");
    assert!(!read(&desk, 900_003) && read(&desk, 900_004), "one change, taken back as one");
}

#[test]
fn a_story_is_a_timeline_that_leads_to_its_articles_and_to_earlier_ones() {
    let mut desk = on_the_story();
    desk.keys("S");
    assert_eq!(route(&desk), Route::Story);
    let text = desk.text();
    for told in ["FIRST", "COPY 97 %", "+ $4.5bn, golden share", "3 sources · 5 articles", "Earlier in this thread"] {
        assert!(text.contains(told), "no {told:?} in\n{text}");
    }
    desk.keys("j<Enter>");
    assert!(desk.text().contains("2/5 · Deals · Quayside"), "{}", desk.text());
    assert!(read(&desk, 900_003), "opening marks it");
    desk.keys("n");
    assert!(desk.text().contains("3/5"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.text().contains("Timeline"), "{}", desk.text());
    desk.keys("G<Enter>");
    assert!(desk.text().contains("Tern Lines’ board turns a buyout"), "{}", desk.text());
    assert!(desk.text().contains("1 source · 1 article"), "the earlier story: {}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.text().contains("5 articles"), "back to the story: {}", desk.text());
    desk.keys("<Esc>");
    assert_eq!(route(&desk), Route::Desk);
    assert!(desk.title().starts_with("Tern says"));
}

#[test]
fn an_article_can_be_split_off_and_joined_again_and_both_undone() {
    let mut desk = on_the_story();
    let story = |desk: &Harness, id| {
        desk.library.articles.iter().find(|a| a.headline.id == ArticleId(id)).map(|a| a.headline.story.0)
    };
    desk.keys("SG<Up>X");
    assert_eq!(story(&desk, 900_006), Some(900_006));
    assert!(desk.text().contains("split off: Tern’s board meets") && desk.text().contains("u undo"), "{}", desk.text());
    assert!(desk.text().contains("4 articles"), "the page follows: {}", desk.text());
    desk.keys("u");
    assert_eq!(story(&desk, 900_006), Some(900_002));
    desk.keys("<Esc>");
    assert!(desk.title().starts_with("Tern says"), "{}", desk.text());
    // Joining takes two rows; Esc leaves it.
    desk.keys("J");
    assert!(desk.text().contains("J on an article of another story"), "{}", desk.text());
    desk.keys("<Esc>j");
    assert!(desk.text().contains("nothing was joined"), "{}", desk.text());
    desk.keys("kJJ");
    assert!(desk.text().contains("one story already"), "{}", desk.text());
    desk.keys("JjJ");
    let last = desk.library.written.last().cloned();
    assert!(matches!(last, Some(Write::Merge { into: ArticleId(900_002), .. })), "{last:?}");
    assert_eq!(rows(&desk), 20, "two rows have become one: {}", desk.text());
    desk.keys("uX");
    assert_eq!(rows(&desk), 21);
}

#[test]
fn names_lead_to_pages_and_pages_to_articles() {
    let mut desk = on_the_story();
    desk.keys("E");
    assert!(matches!(desk.model.overlay, Some(Overlay::Picker(_))), "two names: which one?");
    desk.keys("tern<Enter>");
    assert_eq!(route(&desk), Route::Entity);
    assert!(desk.text().contains("◆Tern Lines") && desk.text().contains("ocean carrier · TERN"), "{}", desk.text());
    assert!(desk.text().contains("8, 8 unread"), "{}", desk.text());
    desk.keys("j<Enter>");
    assert!(desk.text().contains("◆Blue Anchor"), "who it appears with: {}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.text().contains(" ◆Tern Lines"), "back to whom the user came from: {}", desk.text());
    desk.keys("jj<Enter>");
    assert_eq!(route(&desk), Route::Story);
    assert!(desk.text().contains("Tern’s board meets") || desk.text().contains("Tern says"), "{}", desk.text());
    desk.keys("<Esc>");
    assert_eq!(route(&desk), Route::Entity, "an article opened from the page leads back to it");
    desk.keys("g<Enter>");
    assert_eq!((route(&desk), rows(&desk)), (Route::Desk, 8), "as many as the page told");
    assert!(desk.text().contains("Tern Lines"), "{}", desk.text());
    desk.keys("qE");
    assert!(!desk.text().contains("oc:tern"), "ids stay out of sight: {}", desk.text());
}

#[test]
fn what_stands_under_an_article_opens_by_number_after_the_links() {
    let mut desk = on_the_story();
    desk.keys("<Enter><Ctrl-d><Ctrl-d>");
    let text = desk.text();
    assert!(text.contains("Also in this story") && text.contains("Related"), "{text}");
    assert!(text.contains("[3] Blue Anchor’s deal is tested"), "{text}");
    desk.keys("3");
    assert_eq!(route(&desk), Route::Story);
    assert!(desk.text().contains("2/5 · Deals · Quayside"), "{}", desk.text());
    desk.keys("q");
    assert_eq!(route(&desk), Route::Desk);
    desk.keys(":pick one of all<Enter>late<Enter>");
    assert_eq!(route(&desk), Route::Story);
    assert!(desk.text().contains("3/5") || desk.text().contains("4/5"), "{}", desk.text());
}

#[test]
fn the_original_opens_and_what_has_none_opens_nothing() {
    let mut desk = Setup::news().open();
    desk.keys("7j").keys("0");
    desk.keys("gjjjjjjj");
    assert!(desk.title().starts_with("Container line accuses"), "{}", desk.text());
    assert!(desk.text().contains("Quayside, via Ledger Times"), "{}", desk.text());
    desk.keys("O");
    assert_eq!(desk.opened, ["https://ledger.example/espionage"]);
    desk.keys("jO");
    assert_eq!(desk.opened.len(), 1);
    assert!(desk.text().contains("names no original"), "{}", desk.text());
}

#[test]
fn reasons_are_told_and_a_lesson_is_previewed_written_and_undone() {
    let mut desk = on_the_story();
    desk.keys("i");
    assert_eq!(route(&desk), Route::Why);
    let text = desk.text();
    for told in ["+2.70", "“Tern”", "assets/topics/cues/ocean.tsv:14", "a topic needs 2.00", "not enough", "4.50"] {
        assert!(text.contains(told), "no {told:?} in\n{text}");
    }
    desk.keys("n");
    assert!(desk.text().contains("select the cue"), "a topic is no cue: {}", desk.text());
    desk.keys("jn");
    assert!(desk.text().contains("[topics.deals] ignore = [\"tern\"]"), "{}", desk.text());
    assert!(desk.text().contains("would change 7 of 26 articles:"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.model.overlay.is_none() && desk.library.written.is_empty(), "Esc writes nothing");
    desk.keys("n<Enter>");
    let expected = Lesson::NeverByCue { topic: TopicId::from_id("deals").expect("a topic"), cue: "tern".into() };
    assert_eq!(desk.library.written, [Write::Teach(expected)]);
    assert!(desk.text().contains("learned: [topics.deals]") && desk.text().contains("u undo"), "{}", desk.text());
    let topics = |desk: &Harness| desk.model.desk.browse.list.current().map(|row| row.topics.len());
    let (selected, before) = (desk.model.desk.browse.list.selected, desk.title());
    desk.notice(Notice::ArticlesChanged);
    assert_eq!(topics(&desk), Some(1), "rows are labelled anew where they stand");
    assert_eq!((desk.model.desk.browse.list.selected, desk.title()), (selected, before));
    desk.keys("u").notice(Notice::ArticlesChanged);
    assert_eq!(topics(&desk), Some(2));
    desk.keys("w");
    assert!(desk.text().contains("not_for") && desk.text().contains("would change 1 of"), "{}", desk.text());
    desk.library.refuse = Some("config.toml cannot be written".into());
    desk.keys("<Enter>");
    assert!(desk.text().contains("⚠ config.toml cannot be written"), "it stays with its error: {}", desk.text());
    desk.keys("<Esc>Gx");
    assert!(desk.text().contains("[[entities]]"), "{}", desk.text());
    desk.keys("<Esc><Enter>");
    assert_eq!(route(&desk), Route::Entity);
}

#[test]
fn a_lesson_that_was_answered_too_late_shows_nothing() {
    let mut desk = on_the_story();
    desk.keys("ij");
    desk.held = Some(Vec::new());
    desk.keys("n<Enter><Esc>");
    desk.release();
    assert!(desk.model.overlay.is_none() && desk.library.written.is_empty(), "{:?}", desk.library.written);
}

#[test]
fn a_search_says_whom_it_may_mean_and_tab_searches_for_it() {
    let mut desk = Setup::stories().open();
    desk.keys("/blue");
    assert!(desk.text().contains("Did you mean ◆Blue Anchor (6 articles)? Tab searches for it"), "{}", desk.text());
    desk.keys("<Tab>");
    assert_eq!(desk.model.search.input.value(), "entity:oc:blue-anchor ");
    assert!(desk.text().contains("6 of 26"), "{}", desk.text());
    assert!(!desk.text().contains("Did you mean"), "{}", desk.text());
    desk.keys("<Ctrl-u>carrier:ter<Tab>");
    assert!(
        desk.model.search.input.value().starts_with("carrier:\"Tern Lines\""),
        "{}",
        desk.model.search.input.value()
    );
    desk.keys("<Ctrl-u>via:led<Tab>");
    assert!(desk.text().contains("1 of 26"), "{}", desk.text());
}

#[test]
fn hits_of_a_query_that_went_wrong_are_told_to_be_old() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("/canal topc:ocean");
    assert!(desk.text().contains("hits of the query before"), "{}", desk.text());
}
