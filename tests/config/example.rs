//! `config.example.toml` tells the truth: what it shows are the defaults, and nothing is left out.
//!
//! Lines that begin with `#` and no space are settings; taking the `#` away from them is what a user does. Feeds, rules,
//! themes and keys have no defaults: the file shows one of each, and these are looked at apart.

use std::path::Path;

use tidings::config::{self, Config, EXAMPLE, FeedSpec, KEYS};

fn read(text: &str) -> Config {
    let (config, diagnostics) = config::parse(text, Path::new("config.example.toml"));
    assert_eq!(diagnostics, [], "{text}");
    config
}

/// The example with the `#` taken away from its settings.
fn uncommented() -> String {
    let lines =
        EXAMPLE.lines().map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn as_it_is_it_changes_nothing() {
    assert_eq!(read(EXAMPLE), Config::default());
}

#[test]
fn uncommented_it_says_the_defaults() {
    let config = read(&uncommented());
    let [feed] = &config.feeds[..] else { panic!("one feed is shown: {:?}", config.feeds) };
    let [theme] = &config.ui.themes[..] else { panic!("one theme is shown: {:?}", config.ui.themes) };
    assert!(theme.roles.len() > 1);
    // Every key of a feed is shown; the one with a default shows it.
    let default = FeedSpec::default();
    assert_eq!(feed.enabled, default.enabled);
    assert!(feed.name.is_some() && feed.username.is_some() && feed.password_command.is_some(), "{feed:?}");
    assert!(feed.proxy.is_some() && feed.poll_minutes.is_some() && !feed.headers.is_empty(), "{feed:?}");
    assert!(config.keys.len() > 1, "keys are shown: {:?}", config.keys);
    let [topic] = &config.rules.topics[..] else { panic!("one topic is shown: {:?}", config.rules.topics) };
    let lists = [&topic.cues, &topic.never, &topic.ignore, &topic.always_for, &topic.not_for];
    assert!(lists.iter().all(|list| !list.is_empty()), "{topic:?}");
    let [entity] = &config.rules.entities[..] else { panic!("one entity is shown: {:?}", config.rules.entities) };
    assert!(entity.kind.is_some() && entity.code.is_some() && !entity.topics.is_empty(), "{entity:?}");
    assert!(!entity.aliases.is_empty() && !entity.ignore.is_empty(), "{entity:?}");
    let programs = &config.programs;
    let vectors = [&programs.browser, &programs.player, &programs.editor];
    assert!(vectors.iter().all(|words| !words.is_empty()), "{programs:?}");
    let mut rest = config;
    rest.programs = config::Programs::default();
    rest.feeds.clear();
    rest.rules = tidings::topic::Rules::default();
    rest.ui.themes.clear();
    rest.keys.clear();
    assert_eq!(rest, Config::default());
}

#[test]
fn every_key_is_in_it() {
    let text = uncommented();
    let mut section = "";
    let mut shown = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']);
            section = section.split_once('.').filter(|(room, _)| *room == "topics").map_or(section, |(room, _)| room);
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            shown.push((section, key));
        }
    }
    for (section, keys) in KEYS {
        for key in *keys {
            let is_section = section.is_empty() && KEYS.iter().any(|(name, _)| name == key);
            let is_named = section.is_empty() && matches!(*key, "themes" | "keys");
            if !is_section && !is_named {
                assert!(shown.contains(&(*section, *key)), "[{section}] {key} is not shown");
            }
        }
    }
    assert!(shown.contains(&("keys", "preset")));
    for role in config::ROLES {
        let mut words = EXAMPLE.split(|c: char| !c.is_alphanumeric());
        assert!(words.any(|word| word == role), "the role {role} is not named");
    }
}

/// A key of the list that nothing reads would take any value without a word.
#[test]
fn every_key_is_read() {
    for (section, keys) in KEYS {
        for key in *keys {
            let header = match *section {
                "" => String::new(),
                "feeds" | "entities" => format!("[[{section}]]\n"),
                "topics" => "[topics.rates]\n".to_owned(),
                name => format!("[{name}]\n"),
            };
            let text = format!("{header}{key} = 1979-05-27\n");
            let (_, diagnostics) = config::parse(&text, Path::new("config.toml"));
            let line = text.lines().count();
            assert!(
                diagnostics.iter().any(|fault| fault.line == line && !fault.message.starts_with("there is no key")),
                "[{section}] {key} takes a date: {diagnostics:?}"
            );
        }
    }
}
