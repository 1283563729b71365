//! Edits of the config's text.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::config::types::FeedSpec;

const HAND_WRITTEN: &str = r#"# My desk
keep_days = 90   # a quarter

# ── Ocean ──

# paywalled since May
[[feeds]]
name = "Harbour Gazette" # the good one
url = "https://harbour.example/feed"
topics = [
    "ocean", # mostly
]

[[feeds]]
  url = 'https://rates.example/rss'
  [feeds.headers]
  X-Desk = "7"

# ── Looks ──
[ui]
theme = "light"
"#;

fn feed(url: &str) -> FeedSpec {
    FeedSpec { url: url.into(), ..FeedSpec::default() }
}

fn add_feed(text: &str, feed: &FeedSpec) -> Result<String, EditError> {
    add_feeds(text, std::slice::from_ref(feed))
}

fn read(text: &str) -> Vec<FeedSpec> {
    let (config, diagnostics) = crate::config::parse(text, Path::new("config.toml"));
    assert_eq!(diagnostics, [], "{text}");
    config.feeds
}

/// What an edit did: the lines that are gone and the lines that are new.
fn changes(before: &str, after: &str) -> String {
    let gone = before.lines().filter(|line| !after.lines().any(|other| other == *line)).map(|line| format!("-{line}"));
    let new = after.lines().filter(|line| !before.lines().any(|other| other == *line)).map(|line| format!("+{line}"));
    gone.chain(new).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_feed_is_added_after_the_others_and_nothing_else_changes() {
    let mut spec = feed("https://quay.example/rss");
    spec.name = Some("Quay \"Weekly\"".into());
    spec.enabled = false;
    let after = add_feed(HAND_WRITTEN, &spec).unwrap();
    assert!(after.contains("  X-Desk = \"7\"\n\n[[feeds]]\nname = "), "{after}");
    let inserted = after.len() - HAND_WRITTEN.len();
    let at = after.find("\n[[feeds]]\nname = 'Quay").or_else(|| after.find("\n[[feeds]]\nname = \"Quay")).unwrap();
    assert_eq!(format!("{}{}", &after[..at], &after[at + inserted..]), HAND_WRITTEN);
    assert_eq!(read(&after)[2], spec);
    assert_eq!(add_feed(&after, &feed("HTTPS://quay.example/rss")).unwrap(), after, "it is there already");
}

#[test]
fn the_first_feed_comes_at_the_end() {
    assert_eq!(add_feed("", &feed("https://a.example/")).unwrap(), "[[feeds]]\nurl = \"https://a.example/\"\n");
    let only_comments = "# keep_days = 60\r\n# [ui]";
    let after = add_feed(only_comments, &feed("https://a.example/")).unwrap();
    assert_eq!(after, "# keep_days = 60\r\n# [ui]\r\n\r\n[[feeds]]\r\nurl = \"https://a.example/\"\r\n");
    let after = add_feeds(&after, &[feed("https://a.example"), feed("https://b.example/")]).unwrap();
    assert_eq!(read(&after).len(), 2);
    assert!(!after.replace("\r\n", "").contains('\n'), "{after:?}");
}

#[test]
fn lists_in_brackets_grow_and_shrink_in_their_own_shape() {
    let one_line = "feeds = [{ url = \"https://a.example/\" }]\n";
    let two = add_feed(one_line, &feed("https://b.example/")).unwrap();
    assert_eq!(two, "feeds = [{ url = \"https://a.example/\" }, { url = \"https://b.example/\" }]\n");
    assert_eq!(remove_feed(&two, "https://b.example/").unwrap(), one_line);
    assert_eq!(remove_feed(&two, "https://a.example/").unwrap(), "feeds = [{ url = \"https://b.example/\" }]\n");
    assert_eq!(remove_feed(one_line, "https://a.example/").unwrap(), "feeds = []\n");
    assert_eq!(read(&add_feed("feeds = []", &feed("https://b.example/")).unwrap()).len(), 1);
    assert_eq!(read(&add_feed("feeds = [\n]", &feed("https://b.example/")).unwrap()).len(), 1);

    let lines = "feeds = [\n  # liner\n  { url = \"https://a.example/\" }, # , good\n  { url = \"https://b.example/\" } # late\n]\n";
    let three = add_feed(lines, &feed("https://c.example/")).unwrap();
    assert_eq!(
        changes(lines, &three),
        "-  { url = \"https://b.example/\" } # late\n+  { url = \"https://b.example/\" }, # late\n+  { url = \"https://c.example/\" },"
    );
    let without = remove_feed(&three, "https://a.example/").unwrap();
    assert_eq!(changes(&three, &without), "-  { url = \"https://a.example/\" }, # , good");
    let renamed = rename_feed(&without, "https://b.example/", "B").unwrap();
    assert!(renamed.contains("{ url = \"https://b.example/\", name = \"B\" }, # late"), "{renamed}");
    let closing = "feeds = [ { url = \"https://a.example/\" },\n { url = \"https://b.example/\" } ]";
    assert_eq!(read(&add_feed(closing, &feed("https://c.example/")).unwrap()).len(), 3);
    for url in ["https://a.example/", "https://b.example/"] {
        assert_eq!(read(&remove_feed(closing, url).unwrap()).len(), 1);
    }
}

#[test]
fn a_feed_with_another_address_keeps_its_place_and_its_comments() {
    let moved = set_address(HAND_WRITTEN, "https://harbour.example/feed", "https://harbour.example/rss").unwrap();
    assert_eq!(
        changes(HAND_WRITTEN, &moved),
        "-url = \"https://harbour.example/feed\"\n+url = \"https://harbour.example/rss\""
    );
    let before = read(HAND_WRITTEN);
    let expected = FeedSpec { url: "https://harbour.example/rss".into(), ..before[0].clone() };
    assert_eq!(read(&moved), [expected, before[1].clone()]);
    let back = set_address(&moved, "https://harbour.example/rss", "https://harbour.example/feed").unwrap();
    assert_eq!(back, HAND_WRITTEN);
    let inline = "feeds = [{ url = 'https://a.example/', name = \"A\" }] # all\n";
    let moved = set_address(inline, "https://a.example", "https://b.example/\"q\"").unwrap();
    assert_eq!(read(&moved)[0].url, "https://b.example/\"q\"");
    assert!(moved.ends_with(", name = \"A\" }] # all\n"), "{moved}");
    assert_eq!(set_address(inline, "https://c.example/", "https://b.example/"), Err(EditError::NoSuchFeed));
}

#[test]
fn a_removed_feed_takes_its_own_lines_and_leaves_comments() {
    let first = remove_feed(HAND_WRITTEN, "https://harbour.example/feed").unwrap();
    assert!(first.contains("# paywalled since May\n"), "{first}");
    assert_eq!(read(&first).len(), 1);
    let second = remove_feed(HAND_WRITTEN, "https://rates.example/rss").unwrap();
    assert_eq!(
        changes(HAND_WRITTEN, &second),
        "-  url = 'https://rates.example/rss'\n-  [feeds.headers]\n-  X-Desk = \"7\""
    );
    assert!(second.contains("]\n\n# ── Looks ──\n"), "{second}");
    assert_eq!(remove_feed(HAND_WRITTEN, "https://nowhere.example/"), Err(EditError::NoSuchFeed));
}

#[test]
fn names_and_mutes_are_written_where_they_belong() {
    let renamed = rename_feed(HAND_WRITTEN, "https://harbour.example/feed", "Gazette").unwrap();
    assert_eq!(
        changes(HAND_WRITTEN, &renamed),
        "-name = \"Harbour Gazette\" # the good one\n+name = \"Gazette\" # the good one"
    );
    let renamed = rename_feed(HAND_WRITTEN, "https://rates.example/rss", "Rates").unwrap();
    assert!(renamed.contains("rss'\n  name = \"Rates\"\n  [feeds.headers]"), "{renamed}");
    let muted = set_enabled(HAND_WRITTEN, "https://harbour.example/feed", false).unwrap();
    assert_eq!(changes(HAND_WRITTEN, &muted), "+enabled = false");
    assert!(!read(&muted)[0].enabled);
    let back = set_enabled(&muted, "https://harbour.example/feed", true).unwrap();
    assert!(read(&back)[0].enabled);
    assert_eq!(set_enabled(HAND_WRITTEN, "https://harbour.example/feed", true).unwrap(), HAND_WRITTEN);
}

#[test]
fn a_broken_text_is_left_alone() {
    let error = add_feed("keep_days = 1\nname = \"open", &feed("https://a.example/")).unwrap_err();
    assert!(matches!(error, EditError::Broken { line: 2, .. }), "{error}");
    assert!(matches!(add_feed("feeds = 3", &feed("https://a.example/")), Err(EditError::TooClever(_))));
}

proptest! {
    #[test]
    fn names_of_any_kind_survive(names in prop::collection::vec("[^\\p{Cc}]{0,20}", 1..5)) {
        let mut text = HAND_WRITTEN.to_owned();
        for (n, name) in names.iter().enumerate() {
            let url = format!("https://new.example/{n}");
            text = add_feed(&text, &feed(&url)).unwrap();
            text = rename_feed(&text, &url, name).unwrap();
            let expected = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            prop_assert_eq!(&read(&text)[n + 2].name, &expected);
        }
        for n in 0..names.len() {
            text = remove_feed(&text, &format!("https://new.example/{n}")).unwrap();
        }
        prop_assert_eq!(text, HAND_WRITTEN);
    }

    #[test]
    fn no_text_is_too_strange(text in any::<String>()) {
        let _ = add_feed(&text, &feed("https://a.example/"));
        let _ = remove_feed(&text, "https://a.example/");
        let _ = rename_feed(&text, "https://a.example/", "A");
        let _ = add_rule(&text, &RuleEdit::NotByName { entity: "Quay".into(), name: text.clone() });
        let _ = crate::config::parse(&text, Path::new("x"));
    }
}
