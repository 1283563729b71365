//! Full texts in the reading pane: teasers, fetching, what stands in the way, the feed's text beside the page's.

use insta::assert_snapshot;
use tidings::engine::{Notice, Obstacle, PageOutcome};
use tidings::model::{ArticleId, Barrier, FullText, Picture};

use tidings::tui::effect::Write;

use super::article::{places, shows};
use super::harness::Setup;

fn page() -> FullText {
    let text = "<p>The pilots’ union said that it would meet the port on Thursday.</p>".repeat(40);
    FullText {
        url: "https://www.harbour.example/pilots".into(),
        author: Some("Ada Quay".into()),
        picture: Some(Picture {
            url: "https://harbour.example/p.jpg".into(),
            alt: "A pilot boat".into(),
            credit: Some("J. Doe".into()),
        }),
        html: text,
        pages: 2,
        fetched: "2026-04-28T09:50:00Z".parse().expect("a time"),
        ..FullText::default()
    }
}

#[test]
fn a_teaser_says_so_and_f_fetches_the_text() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("<Enter>");
    assert_snapshot!("teaser_120x36", desk.screen());
    assert!(shows(&desk, "teaser only") && shows(&desk, "f fetch full text"), "{}", desk.text());
    desk.library.page_outcome = Some(PageOutcome::Kept { words: 480, barrier: None });
    desk.library.page = Some(page());
    desk.held = Some(Vec::new());
    desk.keys("f");
    assert!(shows(&desk, "fetching feed0.example"), "{}", desk.text());
    desk.keys("f");
    assert!(shows(&desk, "still fetching"), "{}", desk.text());
    // Keys go on meanwhile.
    desk.keys("<Ctrl-d><Esc>j");
    desk.release();
    desk.keys("k<Enter>").later(60);
    assert!(shows(&desk, "The pilots’ union said") && shows(&desk, "3 min"), "{}", desk.text());
    assert!(!shows(&desk, "teaser only"), "{}", desk.text());
    assert!(shows(&desk, "Ada Quay"), "the page knows the author: {}", desk.text());
    desk.keys("G");
    assert!(shows(&desk, "full text from harbour.example (2 pages), fetched 09:50"), "{}", desk.text());
    assert!(shows(&desk, "A pilot boat — J. Doe"), "{}", desk.text());
    assert_snapshot!("full_text_end_120x36", desk.screen());
    desk.keys("\\");
    assert!(shows(&desk, "in short.") && shows(&desk, "feed’s text"), "the feed's text: {}", desk.text());
    desk.keys("\\");
    assert!(shows(&desk, "<p>The pilots"), "the source: {}", desk.text());
    desk.keys("\\g");
    assert!(shows(&desk, "The pilots’ union said") && !shows(&desk, "<p>"), "the full text: {}", desk.text());
}

#[test]
fn the_text_that_comes_is_shown_at_once_from_its_top() {
    let mut setup = Setup::news().size(80, 24);
    setup.library.articles[1].place = 500;
    let mut desk = setup.open();
    desk.library.page_outcome = Some(PageOutcome::Kept { words: 1_812, barrier: None });
    desk.library.page = Some(page());
    desk.keys("j<Enter>f");
    assert!(shows(&desk, "full text, 1,812 words, 8 min"), "{}", desk.text());
    assert!(shows(&desk, "The pilots’ union said"), "{}", desk.text());
    assert_eq!(desk.model.desk.browse.article.scroll, 0);
    assert_eq!(places(&desk), [(ArticleId(999_999), 0)], "the place of the feed's text means nothing any more");
}

#[test]
fn what_stands_in_the_way_is_named_with_what_to_do_now() {
    let open = |outcome: Option<PageOutcome>, refuse: Option<&str>| {
        let mut desk = Setup::news().size(120, 36).open();
        desk.library.page_outcome = outcome;
        desk.library.page = Some(page());
        desk.keys("<Enter>");
        desk.library.refuse = refuse.map(str::to_owned);
        desk.keys("f");
        desk
    };
    let desk = open(Some(PageOutcome::NothingMore(Some(Barrier::Paywall))), None);
    assert!(shows(&desk, "the page of feed0.example is for subscribers; o opens it in the browser"), "{}", desk.text());
    assert!(shows(&desk, "· the page is for subscribers · o open in browser"), "{}", desk.text());
    let desk = open(Some(PageOutcome::NothingMore(None)), None);
    assert!(shows(&desk, "feed0.example has no more text than the feed; o opens it in the browser"), "{}", desk.text());
    assert!(!shows(&desk, "f fetch full text"), "it would give the same again: {}", desk.text());
    let mut desk = open(Some(PageOutcome::Kept { words: 90, barrier: Some(Barrier::Registration) }), None);
    assert!(shows(&desk, "90 words; the page is for registered readers, so this may be only"), "{}", desk.text());
    desk.later(60);
    let desk = open(None, Some("the server answered 503"));
    assert!(
        shows(&desk, "no full text, o opens it in the browser: feed0.example: the server answered 503"),
        "{}",
        desk.text()
    );
}

#[test]
fn a_page_that_is_a_file_says_so_and_is_downloaded_by_the_key_of_files() {
    let mut desk = Setup::news().size(120, 36).open();
    let pdf = Obstacle { words: "is a PDF document".into(), is_file: true };
    desk.library.page_outcome = Some(PageOutcome::NoPage(pdf));
    desk.keys("<Enter>f");
    let toast = "the page of feed0.example is a PDF document; o opens it in the browser, P downloads it";
    assert!(shows(&desk, toast), "{}", desk.text());
    desk.later(60);
    let read = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(read.contains("· the page is a PDF document · o open in browser · P download"), "{}", desk.text());
    assert!(!shows(&desk, "f full text") && !shows(&desk, "f fetch"), "it is not offered again: {}", desk.text());
    desk.keys("Pd");
    let asked = Write::Download { article: ArticleId(1_000_000), url: "https://feed0.example/0".into() };
    assert_eq!(desk.library.written.last(), Some(&asked));
}

#[test]
fn long_words_are_read_whole() {
    let refused = Obstacle { words: "is refused to readers that are not browsers (403)".into(), is_file: false };
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let mut desk = Setup::news().size(columns, rows).open();
        desk.library.page_outcome = Some(PageOutcome::NoPage(refused.clone()));
        desk.keys("<Enter>f");
        assert_snapshot!(format!("long_message_{columns}x{rows}"), desk.screen());
        let read = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let whole =
            "the page of feed0.example is refused to readers that are not browsers (403); o opens it in the browser";
        assert!(read.contains(whole), "at {columns}x{rows}: {}", desk.text());
        desk.later(60);
        assert!(!shows(&desk, "feed0.example is refused"), "it leaves: {}", desk.text());
    }
    // Also of a host with a longer name, on the narrowest terminal.
    let mut setup = Setup::news().size(40, 12);
    setup.library.articles[0].headline.url = "https://www.harbour-and-canal-gazette.example/0".into();
    let mut desk = setup.open();
    desk.library.page_outcome = Some(PageOutcome::NoPage(refused));
    desk.keys("f");
    let read = desk.text().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(read.contains("gazette.example is refused") && read.contains("opens it in the browser"), "{}", desk.text());
    let mut desk = Setup::news().size(80, 24).open();
    desk.library.refuse = Some("the disk is full ".repeat(30));
    desk.keys("m");
    let told: Vec<String> = desk.rows().into_iter().filter(|row| row.contains("disk is full")).collect();
    assert!(told.len() == 2 && told[1].trim_end().ends_with('…'), "two lines and no more: {told:#?}");
}

#[test]
fn without_a_page_or_a_place_to_keep_it_nothing_is_fetched() {
    let mut setup = Setup::news();
    setup.library.articles[0].headline.url.clear();
    let mut desk = setup.open();
    desk.keys("f");
    assert!(shows(&desk, "this article has no link to a page"), "{}", desk.text());
    let mut setup = Setup::news();
    setup.read_only = true;
    let mut desk = setup.open();
    desk.keys("f");
    assert!(shows(&desk, "nothing can be saved"), "{}", desk.text());
    assert!(desk.library.written.is_empty());
}

#[test]
fn the_demo_offers_no_page_of_its_invented_articles() {
    let mut setup = Setup::news().size(120, 36);
    setup.invented = true;
    let mut desk = setup.open();
    desk.keys("<Enter>");
    assert!(shows(&desk, "teaser only"), "{}", desk.text());
    for offered in ["fetch full text", "f full text", "open in browser"] {
        assert!(!shows(&desk, offered), "{offered}: {}", desk.text());
    }
    desk.keys("f");
    assert!(shows(&desk, "the news and addresses of the demo are invented"), "{}", desk.text());
    assert!(desk.library.written.iter().all(|write| !matches!(write, Write::FullText(_))), "nothing is asked for");
}

#[test]
fn a_text_that_comes_by_itself_is_shown_where_nobody_reads() {
    for (keys, renewed) in [("", true), ("<Enter>", false)] {
        let mut desk = Setup::news().size(120, 36).open();
        desk.keys(keys);
        desk.library.articles[0].full_text = Some(page());
        desk.notice(Notice::ArticleChanged(ArticleId(1_000_000)));
        assert_eq!(shows(&desk, "The pilots’ union said"), renewed, "{keys}: {}", desk.text());
    }
    let mut desk = Setup::news().size(120, 36).open();
    desk.library.articles[0].full_text = Some(page());
    desk.notice(Notice::ArticleChanged(ArticleId(999_999)));
    assert!(!shows(&desk, "The pilots’ union said"), "another article changed: {}", desk.text());
}
