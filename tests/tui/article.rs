//! The reading pane: finding, labels, places, measure, zen, the source.

use insta::assert_snapshot;
use tidings::model::ArticleId;
use tidings::tui::effect::{Effect, Load, Write};
use tidings::tui::event::MouseKind;
use tidings::tui::route::Route;

use super::fixture;
use super::harness::{Harness, Setup};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 12)];

/// The second article has the long text.
fn reading(columns: u16, rows: u16) -> Harness {
    let mut desk = Setup::news().size(columns, rows).open();
    desk.keys("j<Enter>");
    desk
}

/// The same, five times as long.
fn long(setup: Setup) -> Harness {
    let mut setup = setup;
    let article = &mut setup.library.articles[1];
    article.content_html = article.content_html.repeat(5);
    let mut desk = setup.open();
    desk.keys("j<Enter>");
    desk
}

pub(crate) fn places(desk: &Harness) -> Vec<(ArticleId, u16)> {
    let place = |write: &Write| match write {
        Write::Place { article, place } => Some((*article, *place)),
        _ => None,
    };
    desk.library.written.iter().filter_map(place).collect()
}

fn layouts(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Load(_, Load::Article(_)))).count()
}

fn rows_with<'a>(desk: &Harness, text: &'a str) -> (Vec<String>, &'a str) {
    (desk.rows().into_iter().filter(|row| row.contains(text)).collect(), text)
}

pub(crate) fn shows(desk: &Harness, text: &str) -> bool {
    !rows_with(desk, text).0.is_empty()
}

#[test]
fn the_age_above_an_article_goes_on() {
    let mut desk = reading(80, 24);
    let (before, _) = rows_with(&desk, " ago)");
    assert!(!before.is_empty(), "{}", desk.text());
    desk.later(2 * 86_400);
    let (after, _) = rows_with(&desk, " days ago)");
    assert!(!after.is_empty() && after != before, "{}", desk.text());
}

#[test]
fn finding_looks_as_drawn() {
    for (columns, rows) in SIZES {
        let mut desk = reading(columns, rows);
        assert_snapshot!(format!("find_typing_{columns}x{rows}"), desk.keys("/the").screen());
        assert_snapshot!(format!("find_hits_{columns}x{rows}"), desk.keys("<Enter>n").screen());
    }
    let mut desk = Setup::news().no_color().open();
    assert_snapshot!("find_hits_80x24_no_color", desk.keys("j<Enter>/the<Enter>n").screen());
}

#[test]
fn hits_are_gone_to_as_they_are_typed_and_around_the_end() {
    let mut desk = reading(80, 24);
    desk.keys("/");
    assert!(shows(&desk, "find:"), "{}", desk.text());
    assert_eq!(desk.model.route(), Route::Desk, "it is not the search of the library");
    desk.keys("strings");
    assert!(shows(&desk, "1 of 2"), "{}", desk.text());
    desk.keys("<Enter>");
    assert!(shows(&desk, "find: strings") && shows(&desk, "1 of 2"), "{}", desk.text());
    desk.keys("n");
    assert!(shows(&desk, "2 of 2"), "{}", desk.text());
    desk.keys("n");
    assert!(shows(&desk, "1 of 2"), "{}", desk.text());
    desk.keys("N");
    assert!(shows(&desk, "2 of 2"), "{}", desk.text());
    let title = desk.title();
    desk.keys("<Esc>");
    assert!(!shows(&desk, "find:") && desk.title() == title, "{}", desk.text());
    desk.keys("n");
    assert_ne!(desk.title(), title, "n goes to the next unread again");
}

#[test]
fn a_hit_out_of_sight_is_scrolled_to_and_one_that_is_none_scrolls_back() {
    let mut desk = reading(40, 12);
    let scroll = |desk: &Harness| desk.model.desk.browse.article.scroll;
    desk.keys("/background");
    assert!(scroll(&desk) > 0 && shows(&desk, "background"), "{}", desk.text());
    desk.keys("x");
    assert!(scroll(&desk) == 0 && shows(&desk, "not found"), "{}", desk.text());
    desk.keys("<Backspace>");
    assert!(scroll(&desk) > 0);
    desk.keys("<Enter>").resize(80, 24);
    assert!(shows(&desk, "1 of 2") || shows(&desk, "1 of 1"), "they are found anew at another width: {}", desk.text());
    desk.keys("<Esc><Esc>");
    assert!(!desk.model.desk.browse.full, "a second Esc goes back");
}

#[test]
fn a_paste_is_looked_for_and_slash_in_the_list_still_searches_the_library() {
    let mut desk = reading(80, 24);
    desk.keys("/").send(tidings::tui::Event::Paste("three\n more".into()));
    assert!(shows(&desk, "1 of 2"), "over the end of a line too: {}", desk.text());
    desk.keys("<Esc><Esc>/");
    assert_eq!(desk.model.route(), Route::Search);
}

#[test]
fn labels_look_as_drawn() {
    for (columns, rows) in SIZES {
        let mut desk = reading(columns, rows);
        assert_snapshot!(format!("labels_{columns}x{rows}"), desk.keys(";").screen());
    }
    let mut desk = Setup::news().no_color().open();
    assert_snapshot!("labels_80x24_no_color", desk.keys("j<Enter>;").screen());
}

#[test]
fn a_label_without_a_number_stands_beside_the_address() {
    let mut desk = reading(80, 24);
    desk.keys("G;");
    let link = desk.rows().into_iter().find(|row| row.contains("Link ")).expect("the row of the page");
    assert!(link.contains("Link a https://feed1.example/1"), "{link}");
    assert!(shows(&desk, "a label opens its link"), "{}", desk.text());
}

#[test]
fn a_label_opens_and_after_y_copies() {
    let mut desk = reading(80, 24);
    desk.keys(";1");
    assert_eq!(desk.opened, ["https://quayside.example/notice"]);
    desk.keys(";y1");
    assert_eq!(desk.copied, ["https://quayside.example/notice"]);
    assert_eq!(desk.opened.len(), 1, "it was copied, not opened");
    desk.keys(";<Esc>");
    assert!(desk.model.desk.browse.article.hints.is_none() && desk.model.desk.browse.full, "Esc ends the labels only");
    desk.keys(";q");
    assert!(desk.text().contains("no label q"), "{}", desk.text());
    assert!(desk.model.desk.browse.article.hints.is_none(), "another key does not leave one caught among the labels");
    desk.keys("G;a");
    assert_eq!(
        desk.opened.last().map(String::as_str),
        Some("https://feed1.example/1"),
        "what has no number has a letter"
    );
    desk.keys("2");
    assert_eq!(
        desk.opened.last().map(String::as_str),
        Some("https://harbour.example/background"),
        "numbers open links"
    );
}

#[test]
fn without_a_link_in_sight_there_are_no_labels() {
    let mut desk = Setup::news().size(40, 12).open();
    desk.keys("j<Enter>");
    let before = desk.model.desk.browse.article.scroll;
    desk.library.articles[0].headline.url.clear();
    desk.keys("<Esc>k<Enter>;");
    assert!(before == 0 && desk.model.desk.browse.article.hints.is_none());
}

#[test]
fn a_place_is_kept_and_told() {
    let mut desk = long(Setup::news());
    desk.keys("<Ctrl-d>");
    let scroll = desk.model.desk.browse.article.scroll;
    assert!(scroll > 0 && places(&desk).is_empty(), "scrolling writes nothing");
    desk.keys("<Esc>");
    let [(article, place)] = places(&desk)[..] else { panic!("{:?}", places(&desk)) };
    assert_eq!(article, ArticleId(999_999));
    assert!((1..1000).contains(&place), "{place}");
    assert!(!desk.text().contains("place"), "nothing is told of it: {}", desk.text());
    desk.keys("jk");
    assert_eq!(desk.model.desk.browse.article.scroll, 0, "what is only looked at begins at its top");
    desk.keys("<Enter>");
    assert_eq!(desk.model.desk.browse.article.scroll, scroll);
    assert!(desk.text().contains("continued at"), "{}", desk.text());
    assert_snapshot!("continued_80x24", desk.screen());
    desk.keys("j");
    assert!(!desk.text().contains("continued at"), "{}", desk.text());
    desk.keys("G<Esc>");
    assert_eq!(places(&desk).last(), Some(&(article, 0)), "read to its end, it begins anew");
    desk.keys("jk<Enter>");
    assert_eq!(desk.model.desk.browse.article.scroll, 0);
    desk.keys("<Esc>j<Enter><Esc>");
    assert_eq!(places(&desk).len(), 2, "what is where it was is not written: {:?}", places(&desk));
}

#[test]
fn a_place_of_another_day_is_gone_to() {
    let mut setup = Setup::news();
    setup.library.articles[1].place = 400;
    let mut desk = long(setup);
    assert!(desk.model.desk.browse.article.scroll > 0 && desk.text().contains("continued at"), "{}", desk.text());
    let before = desk.text();
    desk.resize(60, 24).resize(80, 24);
    assert_eq!(desk.text(), before, "another width and back changes nothing");
    desk.keys("n");
    assert!(places(&desk).is_empty(), "it was not scrolled: {:?}", places(&desk));
}

#[test]
fn the_place_is_written_when_the_desk_ends_and_when_another_article_comes() {
    let mut desk = long(Setup::news());
    desk.keys("<Ctrl-d>n");
    assert_eq!(places(&desk).len(), 1, "{:?}", places(&desk));
    desk.keys("<Esc>k<Enter>G<PgUp>");
    let effects = tidings::tui::update::leave(&mut desk.model);
    let written = effects.iter().filter(|effect| matches!(effect, Effect::Write(_, Write::Place { .. }))).count();
    let title = desk.title();
    assert_eq!(written, 1, "{title}: {effects:?}");
    assert_eq!(tidings::tui::update::leave(&mut desk.model).len(), 0, "it is left once");
}

#[test]
fn a_place_that_cannot_be_stored_is_nothing_to_tell() {
    let mut desk = long(Setup::news());
    desk.library.refuse = Some("the disk is full".into());
    desk.keys("<Ctrl-d><Esc>");
    assert_eq!(places(&desk).len(), 1);
    assert!(!desk.text().contains("the disk is full"), "{}", desk.text());
}

#[test]
fn scrolling_never_lays_out_again() {
    let mut desk = Setup::news().size(80, 24).open();
    desk.held = Some(Vec::new());
    desk.keys("j<Enter>");
    assert_eq!(layouts(desk.held.as_deref().unwrap_or_default()), 1);
    desk.release();
    desk.held = Some(Vec::new());
    desk.keys("jjkkgG").keys("<Ctrl-d><Ctrl-u><PgDn><PgUp>").keys("/the<Enter>nnN<Esc>;").keys("<Esc>");
    desk.mouse(MouseKind::WheelDown, 10, 10).mouse(MouseKind::WheelUp, 10, 10).later(3_600);
    assert_eq!(layouts(desk.held.as_deref().unwrap_or_default()), 0, "{:?}", desk.held);
    desk.keys("<");
    assert_eq!(layouts(desk.held.as_deref().unwrap_or_default()), 1, "another measure does");
}

#[test]
fn lines_are_made_shorter_and_longer() {
    let mut desk = reading(120, 36);
    let width = |desk: &Harness| desk.model.desk.browse.article.reading().map(|r| r.wanted.setting.width);
    assert_eq!(width(&desk), Some(80));
    desk.keys("<").keys("<");
    assert_eq!(width(&desk), Some(72));
    assert!(desk.text().contains("lines of 72 columns"), "{}", desk.text());
    desk.keys(">>>>");
    assert_eq!(width(&desk), Some(88));
    desk.keys("<Esc>jk<Enter>");
    assert_eq!(width(&desk), Some(88), "kept for the session");
    desk.keys(&">".repeat(20));
    assert_eq!(width(&desk), Some(118));
    assert!(desk.text().contains("the pane is no wider: 118 columns"), "{}", desk.text());
    desk.keys("<");
    assert_eq!(width(&desk), Some(114), "one step from what is seen");
    for _ in 0..40 {
        desk.keys("<");
    }
    assert_eq!(width(&desk), Some(20));
    assert!(desk.text().contains("lines are no shorter: 20 columns"), "{}", desk.text());
}

#[test]
fn zen_looks_as_drawn_and_any_way_back_leads_back() {
    for (columns, rows) in SIZES {
        let mut desk = reading(columns, rows);
        assert_snapshot!(format!("zen_{columns}x{rows}"), desk.keys("z").screen());
    }
    let mut desk = reading(120, 36);
    // What is told of it stands in the status line for a while.
    let above = |desk: &Harness| desk.text().lines().take(34).collect::<Vec<_>>().join("\n");
    for back in ["z", "<Esc>", "q", "h", "<Left>", "<Tab>"] {
        let before = above(&desk);
        desk.keys("z");
        assert!(!shows(&desk, "Pilots’") && !shows(&desk, "0 All"), "{}", desk.text());
        desk.keys(back);
        assert_eq!(above(&desk), before, "{back}");
    }
    desk.keys("zn");
    assert!(desk.model.desk.browse.zen, "the next one is read likewise");
    desk.keys("/the<Enter>");
    assert!(shows(&desk, " of "), "the tally has a place: {}", desk.text());
}

#[test]
fn the_source_is_shown_and_the_text_again_where_it_was() {
    let mut desk = long(Setup::news());
    desk.keys("<Ctrl-d>");
    let before = desk.model.desk.browse.article.scroll;
    desk.keys("\\");
    assert!(shows(&desk, "<p>Shippers have shown") && shows(&desk, "source"), "{}", desk.text());
    assert_snapshot!("source_80x24", desk.screen());
    desk.keys("G\\");
    assert_eq!(desk.model.desk.browse.article.scroll, before);
    assert!(!shows(&desk, "<p>"), "{}", desk.text());
    desk.keys("\\<Esc>");
    assert_eq!(places(&desk).len(), 1, "the place is that in the text: {:?}", places(&desk));
    desk.keys("jk");
    assert!(!shows(&desk, "<p>"), "another article is shown as text: {}", desk.text());
}

#[test]
fn control_characters_of_the_source_do_nothing() {
    let mut setup = Setup::news();
    setup.library.articles[0].summary_html = "<p>a\u{1b}]0;owned\u{7}\u{202e}b\t<b>\u{0}c</b></p>".into();
    let mut desk = setup.open();
    desk.keys("<Enter>\\");
    assert!(desk.text().chars().all(|c| c == '\n' || !c.is_control()), "{:?}", desk.text());
    assert!(shows(&desk, "<p>a]0;owned"), "{}", desk.text());
}

#[test]
fn the_articles_of_a_story_are_gone_through_in_order() {
    let mut desk = Setup::stories().size(120, 36).open();
    desk.keys("jj<Enter>");
    let first = desk.title();
    desk.keys("]");
    assert!(
        desk.model.route() == Route::Story || desk.text().contains("newest article of its story"),
        "{}",
        desk.text()
    );
    let mut seen = vec![first];
    for _ in 0..8 {
        let title = desk.model.story.browse.list.current().map(|row| row.title.clone()).unwrap_or_default();
        seen.push(title);
        desk.keys("]");
    }
    assert!(desk.text().contains("this is the newest article of its story"), "{}\n{seen:?}", desk.text());
    for _ in 0..8 {
        desk.keys("[");
    }
    assert!(desk.text().contains("this is the first article of its story"), "{}", desk.text());
    desk.keys("<Esc>");
    assert_eq!(desk.model.route(), Route::Desk, "back where it was opened from");
    let mut desk = reading(80, 24);
    desk.keys("]");
    assert!(shows(&desk, "it is the only article of its story"), "{}", desk.text());
}

#[test]
fn the_chooser_of_all_links_is_there_by_name() {
    let mut desk = reading(80, 24);
    desk.keys(":article.links<Enter>");
    assert!(shows(&desk, "1  notice to customers"), "{}", desk.text());
}

#[test]
fn a_title_as_long_as_they_come_and_an_article_of_nothing_bear_it_all() {
    for (columns, rows) in SIZES {
        let mut setup = Setup::news().size(columns, rows);
        let article = &mut setup.library.articles[0];
        article.headline.title = "Prolonged negotiations ".repeat(20);
        article.summary_html.clear();
        article.headline.author = None;
        let mut desk = setup.open();
        for keys in ["<Enter>", "/x", "<Enter>", ";", "<Esc>", "z", "G", "\\", "\\", "z", ">", "f", "]"] {
            desk.keys(keys).buffer();
        }
        assert!(desk.text().contains("title only") || rows == 12 || columns == 80, "{}", desk.text());
    }
}

#[test]
fn the_terminal_is_given_the_links_in_sight_and_none_under_an_overlay() {
    let mut desk = reading(80, 24);
    let links = |desk: &Harness| tidings::tui::view::hyperlinks(&desk.model);
    let seen = links(&desk);
    assert!(!seen.is_empty());
    for link in &seen {
        let buffer = desk.buffer();
        let text: String = link.area.positions().map(|at| buffer[at].symbol()).collect();
        let told = ["notice", "customers", "[1]", "background", "[2]", "feed1.example", "quayside", "harbour"];
        assert!(told.iter().any(|part| text.contains(part)), "{text:?} is no link: {link:?}");
    }
    assert!(seen.iter().any(|link| link.url == "https://quayside.example/notice"), "{seen:?}");
    desk.keys("?");
    assert_eq!(links(&desk), []);
    let now = fixture::now();
    assert_eq!(desk.model.shared.now, now);
}
