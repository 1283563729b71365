//! The config: any text gives a config and diagnostics that can be shown; an edit does what it says and nothing else.

use std::path::Path;

use tidings::config::{self, Config, EditError, FeedSpec, RuleEdit, TopicList};
use tidings::model::TopicId;

use super::clean::is_forbidden;
use super::material::Material;

/// The text of a config; bytes from the end choose what is edited.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (before, diagnostics) = config::parse(&text, Path::new("config.toml"));
    for diagnostic in &diagnostics {
        assert!(diagnostic.line >= 1 && diagnostic.column >= 1, "{diagnostic:?}");
        assert!(diagnostic.line <= text.matches('\n').count() + 1, "{diagnostic:?}");
        for shown in [diagnostic.to_string(), diagnostic.with_excerpt()] {
            let bad = shown.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(bad, None, "{shown:?}");
        }
    }
    let style = text.lines().next().unwrap_or_default();
    drop(config::parse_style(style));
    // What is repaired on the way is not the same after an edit.
    if diagnostics.is_empty() {
        edits(&text, &before, &mut Material::new(data));
    }
}

fn edits(text: &str, before: &Config, choices: &mut Material<'_>) {
    let name = Some(tidings::text::clean_line("Ne\"w\\ \u{1b}feed 港"));
    let new = FeedSpec { name, url: "https://new-feed.example/rss?a=1&b=%22".to_owned(), ..FeedSpec::default() };
    if before.feeds.iter().any(|feed| feed.url == new.url) {
        return;
    }
    let mut expected = before.clone();
    expected.feeds.push(new.clone());
    if let Some(added) = edited(config::add_feeds(text, std::slice::from_ref(&new)), &expected, text) {
        edited(config::remove_feed(&added, &new.url), before, &added);
    }
    if let Some(chosen) = (!before.feeds.is_empty()).then(|| choices.below(before.feeds.len())) {
        let url = before.feeds[chosen].url.clone();
        let mut expected = before.clone();
        expected.feeds.remove(chosen);
        edited(config::remove_feed(text, &url), &expected, text);
        let length = choices.below(24);
        let name = String::from_utf8_lossy(choices.take(length)).trim().to_owned();
        let shown: String = name.chars().filter(|c| !is_forbidden(*c)).collect();
        if shown == name && !name.is_empty() {
            let mut expected = before.clone();
            expected.feeds[chosen].name = Some(tidings::text::clean_line(&name));
            edited(config::rename_feed(text, &url, &name), &expected, text);
        }
        for enabled in [true, false] {
            let mut expected = before.clone();
            expected.feeds[chosen].enabled = enabled;
            edited(config::set_enabled(text, &url, enabled), &expected, text);
        }
        let mut expected = before.clone();
        expected.feeds[chosen].url.clone_from(&new.url);
        edited(config::set_address(text, &url, &new.url), &expected, text);
    }
    let Some(topic) = TopicId::all().nth(choices.below(20)) else { return };
    let list = [TopicList::Ignore, TopicList::AlwaysFor, TopicList::NotFor][choices.below(3)];
    let rule = RuleEdit::Topic { topic, list, text: "https://quay.example/\"1\"".to_owned() };
    if let Ok(taught) = config::add_rule(text, &rule) {
        let (after, diagnostics) = config::parse(&taught, Path::new("config.toml"));
        assert_eq!(diagnostics, [], "a rule spoils the config:\n{taught}");
        assert_eq!(after.feeds, before.feeds, "a rule changes the feeds:\n{taught}");
        assert!(after.rules.topics.iter().any(|rules| rules.topic == topic), "the rule is not there:\n{taught}");
    }
}

/// The text after an edit, which says what was expected of it; none where the edit was refused with a reason.
fn edited(done: Result<String, EditError>, expected: &Config, before: &str) -> Option<String> {
    match done {
        Err(error) => {
            assert!(!matches!(error, EditError::Broken { .. }), "a sound text is called broken: {error}\n{before}");
            None
        }
        Ok(text) => {
            let (after, diagnostics) = config::parse(&text, Path::new("config.toml"));
            assert_eq!(diagnostics, [], "an edit spoils the config:\n{before}\n---\n{text}");
            assert_eq!(after, *expected, "an edit does something else:\n{before}\n---\n{text}");
            Some(text)
        }
    }
}
