//! Every screen but the desk, and everything that lies on top of one: what it looks like, and the ways between them.

use insta::assert_snapshot;
use jiff::SignedDuration;
use tidings::config::FeedSpec;
use tidings::engine::{AddOutcome, FeedEdit};
use tidings::model::{FeedStatus, Gap};
use tidings::query::Scope;
use tidings::tui::Pack;
use tidings::tui::effect::Write;
use tidings::tui::event::Event;
use tidings::tui::route::Route;

use super::fixture;
use super::harness::{Harness, Setup};

fn packs() -> Vec<Pack> {
    let feed = |name: &str| FeedSpec {
        name: Some(name.to_owned()),
        url: format!("https://{}.example/feed", name.to_lowercase().replace(' ', "-")),
        enabled: true,
        ..FeedSpec::default()
    };
    let pack = |name: &str, feeds: &[&str]| Pack {
        name: name.to_owned(),
        feeds: feeds.iter().map(|name| feed(name)).collect(),
    };
    vec![
        pack("Ocean & ports", &["Harbour Gazette", "Quayside", "海运日报", "Anchor & Chain", "Box Weekly"]),
        pack("Air", &["Airfreight Ledger"]),
        pack("Road & rail", &["Overland Weekly", "Siding"]),
        pack("Parcel & e-commerce", &["Last Mile", "Doorstep"]),
        pack("Trade & customs", &["Tariff Letter", "Border Notes"]),
        pack("Whole supply chain", &["Overland Weekly", "Quayside"]),
    ]
}

/// The feeds in every condition that there is.
fn in_trouble(feeds: &mut [FeedStatus]) {
    let ago = |minutes| fixture::now().checked_sub(SignedDuration::from_mins(minutes)).expect("in range");
    for feed in feeds.iter_mut() {
        feed.facts.last_attempt = Some(ago(12));
        feed.facts.last_success = Some(ago(12));
        (feed.facts.polls, feed.facts.not_modified, feed.facts.saved_bytes) = (40, 31, 2_400_000);
        (feed.facts.failures, feed.facts.last_error) = (0, None);
    }
    let [well, waiting, failing, gone, muted, ..] = feeds else { panic!("five feeds") };
    well.facts.gap = Some(Gap { from: ago(464), to: ago(119), filled: 14, closed: true });
    waiting.facts.failures = 1;
    waiting.facts.last_error = Some("429 Too Many Requests".into());
    waiting.facts.retry_after = Some(ago(-106));
    failing.facts.failures = 3;
    failing.facts.last_error = Some("the answer is a web page, not a feed; it names https://ledger.example/rss".into());
    failing.facts.last_success = Some(ago(4_000));
    gone.facts.gone = true;
    muted.feed.enabled = false;
}

/// A screen or overlay, with the keys that lead to what is shown of it.
struct Shown {
    name: &'static str,
    keys: &'static str,
    setup: fn() -> Setup,
    /// At every size, with and without colour; otherwise at 80x24 in colour only.
    everywhere: bool,
}

fn news() -> Setup {
    let mut setup = Setup::news();
    in_trouble(&mut setup.library.feeds);
    setup
}

fn first_run() -> Setup {
    let mut setup = Setup::empty();
    setup.first_run = Some(packs());
    setup
}

const SHOWN: &[Shown] = &[
    Shown { name: "search_nothing_typed", keys: "/", setup: news, everywhere: true },
    Shown { name: "search_typing", keys: "/ports", setup: news, everywhere: false },
    Shown { name: "search_hits", keys: "/line<Enter>j", setup: news, everywhere: true },
    Shown { name: "search_fault", keys: "/canal topc:ocean", setup: news, everywhere: false },
    Shown { name: "search_completing", keys: "/topic:r<Tab><Tab>", setup: news, everywhere: false },
    Shown { name: "search_no_hits", keys: "/zeppelin", setup: news, everywhere: false },
    Shown { name: "search_empty_library", keys: "/", setup: Setup::empty, everywhere: false },
    Shown { name: "health", keys: "Fjj", setup: news, everywhere: true },
    Shown { name: "health_empty", keys: "F", setup: Setup::empty, everywhere: false },
    Shown { name: "help", keys: "?", setup: news, everywhere: true },
    Shown { name: "help_filtered", keys: "?read", setup: news, everywhere: false },
    Shown { name: "palette", keys: ":", setup: news, everywhere: true },
    Shown { name: "palette_filtered", keys: ":unread", setup: news, everywhere: false },
    Shown { name: "picker_topics", keys: "t<Down>", setup: news, everywhere: true },
    Shown { name: "picker_feeds", keys: "p", setup: news, everywhere: false },
    Shown { name: "prompt_add", keys: "+quay.example", setup: news, everywhere: true },
    Shown { name: "prompt_rename", keys: "Fe", setup: news, everywhere: false },
    Shown { name: "prompt_move", keys: "Fjjm", setup: news, everywhere: false },
    Shown { name: "first_run", keys: " jj ", setup: first_run, everywhere: true },
    Shown { name: "log", keys: "s<Down>m:past messages<Enter>", setup: news, everywhere: true },
];

#[test]
fn every_screen_looks_as_drawn() {
    for Shown { name, keys, setup, everywhere } in SHOWN {
        let sizes: &[(u16, u16)] = if *everywhere { &[(120, 36), (80, 24), (40, 12)] } else { &[(80, 24)] };
        for (columns, rows) in sizes.iter().copied() {
            let mut desk = setup().size(columns, rows).open();
            assert_snapshot!(format!("{name}_{columns}x{rows}"), desk.keys(keys).screen());
            if *everywhere {
                let mut desk = setup().size(columns, rows).no_color().open();
                assert_snapshot!(format!("{name}_{columns}x{rows}_no_color"), desk.keys(keys).screen());
            }
        }
    }
}

#[test]
fn every_screen_can_do_without_unicode_of_its_own() {
    for shown in SHOWN {
        let mut desk = (shown.setup)().ui(|ui| ui.ascii = true).open();
        let text = desk.keys(shown.keys).text();
        let foreign: String = desk.library.articles.iter().map(|a| a.headline.title.as_str()).collect();
        let names: String = desk.library.feeds.iter().map(|f| f.feed.name.as_str()).collect();
        let packs: String = packs().iter().flat_map(|p| p.feeds.clone()).filter_map(|f| f.name).collect();
        let own = |c: &char| !c.is_ascii() && !foreign.contains(*c) && !names.contains(*c) && !packs.contains(*c);
        let found: Vec<char> = text.chars().filter(own).collect();
        assert!(found.is_empty(), "{}: {found:?} in\n{text}", shown.name);
    }
}

fn route(desk: &Harness) -> Route {
    desk.model.route()
}

#[test]
fn a_search_leads_to_an_article_and_back_to_the_desk() {
    let mut desk = news().open();
    desk.keys("/canal");
    assert!(desk.text().contains("of 18"), "{}", desk.text());
    desk.keys("<Enter>");
    let hit = desk.model.search.browse.list.current().cloned().expect("a hit");
    assert!(hit.title.contains("canal"), "{}", hit.title);
    desk.keys("<Enter>");
    assert!(desk.library.articles.iter().any(|a| a.headline.id == hit.id && a.headline.state.read), "opening marks it");
    desk.keys("<Esc><Esc>");
    assert_eq!(route(&desk), Route::Desk);
    desk.keys("/");
    assert_eq!((route(&desk), desk.model.search.input.value()), (Route::Search, "canal"), "the query has stayed");
    desk.keys("<Esc><Esc>");
    assert_eq!(route(&desk), Route::Desk);
}

#[test]
fn stale_answers_of_a_search_never_show() {
    let mut desk = news().open();
    desk.keys("/");
    desk.held = Some(Vec::new());
    desk.keys("por");
    desk.keys("<Ctrl-u>zeppelin");
    desk.release();
    assert!(desk.text().contains("Nothing matches."), "{}", desk.text());
}

#[test]
fn first_run_writes_the_chosen_desks_and_fetches_nothing_before() {
    let mut desk = first_run().open();
    assert_eq!(route(&desk), Route::FirstRun);
    desk.keys(" jj ");
    assert!(desk.library.written.is_empty() && desk.library.polls.is_empty(), "nothing before Enter");
    desk.keys("<Enter>");
    let [Write::AddFeeds(feeds)] = desk.library.written.as_slice() else { panic!("{:?}", desk.library.written) };
    assert_eq!(feeds.len(), 7);
    assert_eq!(route(&desk), Route::Desk);
}

#[test]
fn a_pasted_address_at_the_first_run_is_one_to_add() {
    let mut desk = first_run().open();
    desk.library.add_outcome = Some(AddOutcome::Choose(vec![
        ("News".into(), "https://quay.example/news.xml".into()),
        ("Comments".into(), "https://quay.example/comments.xml".into()),
    ]));
    desk.send(Event::Paste("https://quay.example\n".into()));
    assert!(desk.text().contains("https://quay.example"), "{}", desk.text());
    desk.keys("<Enter>");
    assert!(desk.text().contains("Several feeds were found"), "{}", desk.text());
    desk.keys("comm<Enter>");
    let last = desk.library.written.last().cloned();
    let expected = Write::AddFeed { address: "https://quay.example/comments.xml".into(), name: None };
    assert_eq!(last, Some(expected));
    assert_eq!(route(&desk), Route::FirstRun, "the desks are still to be chosen");
}

#[test]
fn pickers_and_palette_lead_where_they_say() {
    let mut desk = news().open();
    desk.keys("thouse<Enter>");
    assert!(matches!(desk.model.desk.browse.list.scope, Scope::Topic(t) if t.get().id == "warehouse"));
    desk.keys("pquay<Enter>");
    assert!(matches!(desk.model.desk.browse.list.scope, Scope::Feed(_)));
    desk.keys(":feed health<Enter>");
    assert_eq!(route(&desk), Route::Health);
    desk.keys("e<Ctrl-u>Gazette<Enter>");
    let renamed =
        matches!(desk.library.written.last(), Some(Write::EditFeed(FeedEdit::Rename(_, to))) if to == "Gazette");
    assert!(renamed, "{:?}", desk.library.written);
    desk.keys("?mute<Esc><Esc>q");
    assert_eq!(route(&desk), Route::Desk);
}

#[test]
fn the_address_that_a_page_names_is_a_key_away() {
    let mut desk = news().open();
    desk.keys("Fjj");
    assert!(desk.rows()[23].contains("m move"), "the footer says so: {}", desk.text());
    desk.keys("m<Enter>");
    let Some(Write::EditFeed(FeedEdit::Move(_, to))) = desk.library.written.last() else {
        panic!("{:?}", desk.library.written)
    };
    assert_eq!(to, "https://ledger.example/rss");
    assert!(desk.text().contains("moved to its new address: Airfreight Ledger    u undo"), "{}", desk.text());
    desk.keys("g");
    assert!(!desk.rows()[23].contains("m move"), "nothing is offered for this one: {}", desk.text());
    desk.keys("m");
    assert!(desk.text().contains("https://feed0.example/rss"), "its present address is to be edited: {}", desk.text());
}

#[test]
fn a_gone_feed_is_kept_or_removed_by_the_keys_that_its_line_names() {
    let mut desk = news().size(120, 36).open();
    desk.keys("Fjjj");
    assert!(
        desk.text().contains("410 Gone · d removes it, its 3 articles age out · x keeps them, muted"),
        "{}",
        desk.text()
    );
    desk.keys("x");
    assert!(matches!(desk.library.written.last(), Some(Write::EditFeed(FeedEdit::Enable(_, false)))));
    desk.keys("d");
    assert!(matches!(desk.library.written.last(), Some(Write::EditFeed(FeedEdit::Remove(_)))));
}

#[test]
fn a_prompt_stays_with_its_error() {
    let mut desk = news().open();
    desk.library.refuse = Some("no feed was found at quay.example".into());
    desk.keys("+quay.example<Enter>");
    assert!(desk.text().contains("⚠ no feed was found at quay.example"), "{}", desk.text());
    desk.keys("<Esc>");
    assert!(desk.model.overlay.is_none());
}

#[test]
fn the_keys_of_the_terminal_work_on_top_of_everything() {
    for opened in ["?", ":", "t", "+", "/", ""] {
        let mut desk = news().open();
        desk.keys(opened).keys("<Ctrl-l><Ctrl-c>");
        assert_eq!(desk.asked.len(), 2, "after {opened:?}: {:?}", desk.asked);
    }
}
