//! Clips go in once, and what the user writes around and within them stays.

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::place::is_marker;
use super::{Clip, ClipSetting, Placed, place_clip};
use crate::export::fixture::article;
use crate::model::Article;

fn setting() -> ClipSetting {
    ClipSetting { quote: 60, zone: TimeZone::UTC }
}

fn clip(article: &Article) -> Clip {
    Clip::of_article(article, &setting())
}

fn added(text: &str, article: &Article) -> String {
    let (text, placed) = place_clip(text, &clip(article));
    assert_eq!(placed, Placed::Added);
    text
}

fn updated(text: &str, article: &Article) -> String {
    let (text, placed) = place_clip(text, &clip(article));
    assert_eq!(placed, Placed::Updated, "{text}");
    text
}

#[test]
fn a_clip_has_its_facts_the_note_and_a_quotation() {
    let mut article = article(7);
    article.note = Some("Ask the agent.\n\nTwice.".into());
    article.headline.original = Some("https://wire.example/q".into());
    let text = added("", &article);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        &lines[1..lines.len() - 1],
        [
            "## [Quay 7 reopens after crane repairs](https://gazette.example/7)",
            "",
            "- Source: Harbour Gazette",
            "- Via: Port Wire",
            "- Author: Jane Doe",
            "- Date: 2026-05-12 09:14",
            "- Link: <https://gazette.example/7>",
            "- Original: <https://wire.example/q>",
            "- Retrieved: 2026-05-13",
            "- Topics: ports, labour",
            "- Note: Ask the agent.",
            "  Twice.",
            "",
            "> Berth 7 took its first ship. See more.",
            "",
        ]
    );
    assert!(is_marker(lines[0]) && is_marker(lines[lines.len() - 1]), "{text}");
}

#[test]
fn clipped_again_it_is_told_anew_at_its_place() {
    let mut first = article(1);
    let text = added(&added("# My clips\n\nBefore.\n", &first), &article(2));
    let text = text.replace("<!-- tidings:clip article", "Between.\n\n<!-- tidings:clip article");
    assert_eq!(updated(&text, &first), text, "nothing is new");
    first.headline.title = "Quay 1 closes again".into();
    first.note = Some("Mine.".into());
    let again = updated(&text, &first);
    assert!(again.contains("Quay 1 closes again") && !again.contains("Quay 1 reopens"), "{again}");
    assert!(again.starts_with("# My clips\n\nBefore.\n\nBetween.\n"), "{again}");
    assert_eq!(again.matches("Between.").count(), 2);
    assert!(again.find("Quay 1 closes").unwrap() < again.find("Quay 2 reopens").unwrap());
}

#[test]
fn what_the_user_writes_within_a_clip_stays() {
    let mut one = article(1);
    let text = added("", &one);
    let text = text
        .replace("- Source: Harbour", "My thoughts.\n\n- Source: Harbour")
        .replace("- Topics:", "- My point: yes\n- Topics:")
        .replace("\n<!-- /tidings", "\n> My own quotation.\n\n```\n- Source: in code\n```\n\n<!-- /tidings");
    one.note = Some("New note.".into());
    let again = updated(&text, &one);
    for mine in
        ["My thoughts.", "- My point: yes", "> My own quotation.", "```\n- Source: in code\n```", "- Note: New note."]
    {
        assert_eq!(again.matches(mine).count(), 1, "{mine} in {again}");
    }
    assert_eq!(again.matches("- Source: Harbour").count(), 1, "{again}");
    assert_eq!(updated(&again, &one), again, "a second time nothing moves");
}

#[test]
fn our_lines_that_the_user_changed_are_not_lost() {
    let one = article(1);
    let text = added("", &one)
        .replace("- Author: Jane Doe", "- Author: Jane Doe, whom I met")
        .replace("> Berth 1 took", "> Berth 1 **really** took");
    let again = updated(&text, &one);
    for line in
        ["- Author: Jane Doe\n", "- Author: Jane Doe, whom I met\n", "> Berth 1 took", "> Berth 1 **really** took"]
    {
        assert_eq!(again.matches(line).count(), 1, "{line:?} in {again}");
    }
    assert_eq!(again.matches("- Retrieved: ").count(), 1);
    assert_eq!(updated(&again, &one), again);
}

#[test]
fn a_changed_quotation_does_not_keep_what_else_is_told_anew() {
    let mut article = article(7);
    article.note = Some("Ask about the cranes.".into());
    let text = added("", &article);
    let quote = text.lines().find(|line| line.starts_with("> ")).expect("a quotation").to_owned();
    let edited = text.replace(&quote, "> In my own words.");
    article.note = Some("Asked about the cranes.".into());
    let after = updated(&edited, &article);
    assert!(after.contains("Asked about the cranes.") && !after.contains("Ask about"), "the old note is ours: {after}");
    assert!(after.contains("\n\n> In my own words.\n"), "{after}");
}

#[test]
fn without_its_markers_it_is_appended() {
    let one = article(1);
    let text = added("", &one);
    for broken in [
        text.lines().skip(1).collect::<Vec<_>>().join("\n"),
        text.lines().filter(|line| !line.starts_with("<!-- /")).collect::<Vec<_>>().join("\n"),
        text.replace("<!-- /tidings:clip", "<!-- /tidings:clipped"),
    ] {
        let again = added(&broken, &one);
        assert!(again.starts_with(broken.trim_end()), "{again}");
        assert_eq!(updated(&again, &one), again, "the new one is found");
    }
    // The beginning of one and the end of another are not one clip.
    let two = added(&text, &article(2));
    let torn: Vec<&str> = two.lines().collect();
    let torn = [&torn[..4], &torn[torn.len() - 4..], &[""]].concat().join("\n");
    assert!(added(&torn, &one).starts_with(&torn));
}

#[test]
fn windows_line_ends_stay() {
    let text = added("# Mine\r\n", &article(1));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(updated(&text, &article(1)), text);
}

#[test]
fn a_story_has_all_its_sources() {
    let mut told: Vec<_> = (1..=3).map(|n| article(n).headline).collect();
    told[2].feed_name = "Ferry Post".into();
    told[2].via = None;
    told[2].published = "2026-05-13T01:00:00Z".parse().ok();
    let clip = Clip::of_story(&article(1), &told, 2, &setting());
    let (text, _) = place_clip("", &clip);
    for line in [
        "## [Quay 1 reopens after crane repairs](https://gazette.example/1)\n",
        "- Story: 3 articles, 2 sources, 2026-05-12 to 2026-05-13\n",
        "- Told by: [Quay 2 reopens after crane repairs](https://gazette.example/2), Harbour Gazette, via Port Wire, Jane Doe, \
         2026-05-12\n",
        "- Told by: [Quay 3 reopens after crane repairs](https://gazette.example/3), Ferry Post, Jane Doe, 2026-05-13\n",
    ] {
        assert!(text.contains(line), "{line} is not in {text}");
    }
    assert_eq!(place_clip(&text, &clip), (text.clone(), Placed::Updated));
    assert_eq!(place_clip(&text, &Clip::of_article(&article(1), &setting())).1, Placed::Added, "another clip");
}

#[test]
fn no_quotation_is_longer_than_wished() {
    let mut paged = article(1);
    paged.full_text = Some(crate::model::FullText {
        html: "<h2>News</h2><p>The page tells the whole of it.</p>".into(),
        ..crate::model::FullText::default()
    });
    let (text, _) = place_clip("", &Clip::of_article(&paged, &setting()));
    assert!(text.contains("> The page tells the whole of it."), "the page's text where it is kept: {text}");
    let none = Clip::of_article(&article(1), &ClipSetting { quote: 0, ..setting() });
    let (text, _) = place_clip("", &none);
    assert!(!text.contains("\n>"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_title_breaks_a_clip(title in "[\\]\\[`{}\"'\n\u{1b}\u{202e}<>!/:#>*_\\\\@%a-c \u{1f6a2}م-]{0,30}", tail in "(<!-- /?tidings:clip (article-x )?-->|)") {
        let mut hostile = article(1);
        hostile.headline.title = format!("{title}{tail}\n{tail}");
        hostile.headline.author = Some(format!("{tail}{title}"));
        hostile.content_html = format!("<p>{tail} {title}</p>\n<p>{tail}</p>");
        hostile.note = Some(format!("{title}\n{tail}"));
        let text = added(&added("Mine.\n", &hostile), &article(2));
        prop_assert_eq!(text.lines().filter(|line| is_marker(line)).count(), 4, "{}", text);
        prop_assert_eq!(updated(&text, &hostile), text);
    }

    #[test]
    fn nothing_that_the_user_wrote_is_lost(mine in prop::collection::vec("[a-z]{6,9}", 1..6), places in prop::collection::vec(0_usize..40, 1..6)) {
        let mut one = article(1);
        let text = added(&added("", &one), &article(2));
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (word, place) in mine.iter().zip(&places) {
            lines.insert(place % (lines.len() + 1), word.clone());
        }
        one.headline.title = "Another title".into();
        let (again, _) = place_clip(&format!("{}\n", lines.join("\n")), &clip(&one));
        for (word, _) in mine.iter().zip(&places) {
            prop_assert!(again.lines().any(|line| line == word), "{} is not in {}", word, again);
        }
    }
}
