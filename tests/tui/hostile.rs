//! Any string in any place of the model: nothing of it acts on the terminal, on any screen. Holds R1 and R2 at the screen.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use tidings::model::{Article, Enclosure, Entity, EntityKind, FeedStatus, FullText};
use tidings::tui::sweep::sweep;

use super::harness::{Harness, Setup};

/// What a terminal acts on, told apart from the code that takes it out.
fn acts(c: char) -> bool {
    let n = u32::from(c);
    n < 0x20 || (0x7f..=0x9f).contains(&n) || matches!(n, 0x61c | 0x200e | 0x200f | 0x2028..=0x202e | 0x2066..=0x2069)
}

/// Text with what is trouble far more often than chance has it.
fn nasty() -> impl Strategy<Value = String> {
    let trouble = prop::sample::select(vec![
        "\u{1b}]0;x\u{7}",
        "\u{1b}[2J",
        "\u{1b}",
        "\u{9b}31m",
        "\u{9d}0;x\u{9c}",
        "\r",
        "\n",
        "\t",
        "\u{8}",
        "\u{0}",
        "\u{7f}",
        "\u{85}",
        "\u{202e}",
        "\u{2066}",
        "\u{200f}",
        "\u{61c}",
        "\u{2028}",
        "\u{301}",
        "\u{200d}",
        "\u{fe0f}",
        "👩\u{200d}🔧",
        "🏽",
        "ᄀᄀᄀ",
        "集",
        "ميناء",
        "ก\u{e33}",
        "a",
        " ",
        "",
    ]);
    prop::collection::vec(prop_oneof![4 => trouble.prop_map(str::to_owned), 1 => any::<String>()], 1..6)
        .prop_map(|parts| parts.concat())
}

fn soil(article: &mut Article, text: &str) {
    let own = |before: &str| format!("{before}{text}");
    let row = &mut article.headline;
    row.title = own(&row.title);
    row.feed_name = own("feed");
    row.url = own("https://slipway.example/");
    row.original = Some(own("https://slipway.example/o"));
    row.author = Some(text.to_owned());
    row.via = Some(text.to_owned());
    row.language = Some(text.to_owned());
    row.entities.push(Entity { id: own("oc:"), name: text.to_owned(), kind: EntityKind::OceanCarrier });
    article.summary_html = own("<p>");
    article.content_html = format!(
        "<h1>{text}</h1><pre>{text}</pre><a href='{text}' title='{text}'>{text}</a><img alt='{text}' src='/x'><table><tr><td>{text}</table>"
    );
    article.categories = vec![text.to_owned()];
    article.note = Some(text.to_owned());
    article.enclosures = vec![Enclosure {
        url: own("https://slipway.example/"),
        mime: text.to_owned(),
        bytes: Some(u64::MAX),
        title: Some(text.to_owned()),
        seconds: Some(u32::MAX),
    }];
    if let Some(FullText { html, url, .. }) = &mut article.full_text {
        (*html, *url) = (own("<p>"), own("https://"));
    }
}

fn soil_feed(status: &mut FeedStatus, text: &str) {
    text.clone_into(&mut status.feed.name);
    status.feed.url = format!("https://me:pw@slipway.example/{text}");
    status.feed.site = Some(text.to_owned());
    status.facts.last_error = Some(text.to_owned());
    status.facts.moved_to = Some(text.to_owned());
}

/// Where the screen has something that acts.
fn faults(buffer: &Buffer) -> Vec<String> {
    buffer
        .content
        .iter()
        .map(ratatui::buffer::Cell::symbol)
        .filter(|symbol| symbol.chars().any(acts))
        .map(|symbol| format!("{symbol:?}"))
        .collect()
}

/// Every screen and every overlay once.
const WAYS: [&str; 16] = [
    "",
    "j<Enter>",
    "<Ctrl-d>",
    "i",
    "<Esc>S",
    "<Esc>?",
    "<Esc>:",
    "<Esc>/a<Enter>",
    "<Esc><Esc>F",
    "<Esc>+",
    "<Esc>w",
    "<Esc>m",
    "<Esc>;",
    "<Esc>t",
    "<Esc>O",
    "<Esc>p",
];

fn walk(desk: &mut Harness) -> Vec<String> {
    let mut found = Vec::new();
    for keys in WAYS {
        let mut buffer = desk.keys(keys).buffer();
        sweep(&mut buffer);
        found.extend(faults(&buffer).into_iter().map(|fault| format!("after {keys:?}: {fault}")));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_string_in_any_place_acts_on_the_terminal(text in nasty(), typed in nasty()) {
        let mut setup = Setup::stories();
        setup.library.articles.iter_mut().for_each(|article| soil(article, &text));
        setup.library.feeds.iter_mut().for_each(|feed| soil_feed(feed, &text));
        setup.library.lexicon.iter_mut().for_each(|entry| entry.entity.name.clone_from(&text));
        setup.library.news.values_mut().flatten().for_each(|word| word.clone_from(&text));
        setup.library.refuse = Some(text.clone());
        let mut desk = setup.open();
        prop_assert_eq!(walk(&mut desk), Vec::<String>::new());
        for notice in [
            tidings::engine::Notice::ConfigBroken(text.clone()),
            tidings::engine::Notice::Trouble(text.clone()),
        ] {
            desk.notice(notice);
        }
        desk.keys("<Esc>/").send(tidings::tui::event::Event::Paste(typed));
        prop_assert_eq!(walk(&mut desk), Vec::<String>::new());
    }
}

#[test]
fn the_frame_that_is_drawn_is_swept() {
    // The sweep is worth nothing where nobody calls it, after all that draws text.
    let code = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/tui/runtime/draw.rs")).unwrap();
    let (drawn, swept) = (code.find("view(model, frame);").unwrap(), code.find("sweep(frame.buffer_mut());").unwrap());
    assert!(drawn < swept, "the frame is swept before it is drawn");
}
