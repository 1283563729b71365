//! The invented day is whole, looks like real feeds, and is gone afterwards.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::newsroom::Newsroom;
use super::script::{Article, Format, Publication};
use super::*;

fn now() -> Timestamp {
    "2026-10-06T08:00:00Z".parse().unwrap()
}

fn publications() -> Vec<Publication> {
    script::publications().unwrap()
}

fn articles(publications: &[Publication]) -> Vec<&Article> {
    publications.iter().flat_map(|publication| &publication.articles).collect()
}

/// The feed files of a demo that began at `now`, by name.
fn documents(at: Timestamp) -> BTreeMap<String, String> {
    let dir = tempfile::tempdir().unwrap();
    Newsroom::open(publications(), dir.path().to_owned(), Clock::fixed(at)).unwrap();
    read_all(dir.path().to_owned())
}

fn read_all(dir: PathBuf) -> BTreeMap<String, String> {
    let files = fs::read_dir(dir).unwrap().map(Result::unwrap);
    files.map(|f| (f.file_name().into_string().unwrap(), fs::read_to_string(f.path()).unwrap())).collect()
}

/// Titles of a document, read by its own format's rules.
fn titles(name: &str, text: &str) -> Vec<String> {
    if text.starts_with('{') {
        let feed: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let items = feed["items"].as_array().unwrap();
        return items.iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect();
    }
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let (mut open, mut titles) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) {
            quick_xml::events::Event::Start(start) => {
                let element = start.name().as_ref().to_owned();
                if element == "title" && open.last().is_some_and(|parent| parent == "item" || parent == "entry") {
                    titles.push(String::new());
                }
                open.push(element);
            }
            quick_xml::events::Event::End(_) => {
                open.pop();
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, Vec::<String>::new(), "{name} ends inside an element");
    titles
}

#[test]
fn eight_publications_in_three_formats_have_a_day_of_news_and_more_to_come() {
    let publications = publications();
    assert_eq!(publications.len(), 8);
    for format in [Format::Rss, Format::Atom, Format::Json] {
        assert!(publications.iter().any(|p| p.format == format), "no publication writes {format:?}");
    }
    let all = articles(&publications);
    let held = all.iter().filter(|article| article.age.is_none()).count();
    assert!(all.len() - held >= 60, "{} at the start", all.len() - held);
    assert!(held >= 15, "{held} held back");
    let fresh = all.iter().filter(|a| a.age.is_some_and(|age| age < SignedDuration::from_hours(24))).count();
    assert!(fresh >= 50, "{fresh} within a day");
    for publication in &publications {
        assert!(publication.site.ends_with(".example/"), "{} could be somebody's site", publication.site);
        for article in &publication.articles {
            assert!(!article.title.is_empty() && !article.teaser.is_empty(), "{}: {article:?}", publication.name);
            assert!(!article.tags.is_empty(), "{}: no tags", article.title);
        }
        let addresses: HashSet<_> = (0..publication.articles.len()).map(|n| publication.address(n)).collect();
        assert_eq!(addresses.len(), publication.articles.len(), "{}: an address twice", publication.name);
    }
}

#[test]
fn headlines_are_as_long_as_real_ones() {
    let publications = publications();
    let mut lengths: Vec<_> = articles(&publications).iter().map(|a| a.title.chars().count()).collect();
    lengths.sort_unstable();
    let (median, p90) = (lengths[lengths.len() / 2], lengths[lengths.len() * 9 / 10]);
    assert!((58..=70).contains(&median), "median {median}; real ones have 64");
    assert!((74..=84).contains(&p90), "90th percentile {p90}; real ones have 79");
}

#[test]
fn the_texts_show_what_feeds_are_made_of() {
    let publications = publications();
    let all = articles(&publications);
    let bodies: String = all.iter().map(|article| article.body.as_str()).collect();
    for element in [
        "<table>",
        "<ul>",
        "<ol>",
        "<h2>",
        "<h3>",
        "<blockquote>",
        "<a href=",
        "<img src=",
        "<pre>",
        "<dl>",
        "<strong>",
    ] {
        assert!(bodies.contains(element), "no {element}");
    }
    assert!(all.iter().any(|article| article.file.is_some()), "no enclosure");
    let teasers = all.iter().filter(|article| article.body.is_empty()).count();
    assert!(teasers >= 20 && all.len() - teasers >= 20, "{teasers} of {} are teasers only", all.len());
    let languages: BTreeSet<_> = all.iter().filter_map(|article| article.language).collect();
    for language in ["ar", "de", "es", "nl", "zh"] {
        assert!(languages.contains(language), "nothing in {language}: {languages:?}");
    }
    assert!(all.iter().any(|article| article.title.contains('\u{1F4E6}')), "no emoji");
}

#[test]
fn events_are_told_by_several_publications() {
    let mut tellers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for publication in publications() {
        for article in &publication.articles {
            if let Some(story) = article.story {
                tellers.entry(story).or_default().insert(publication.name);
            }
        }
    }
    let shared = tellers.values().filter(|names| names.len() >= 2).count();
    assert!(shared >= 6, "{tellers:?}");
    assert!(tellers["canal"].len() >= 3, "{tellers:?}");
}

#[test]
fn every_document_is_well_formed_and_has_its_articles() {
    let documents = documents(now());
    assert_eq!(documents.len(), 8, "{:?}", documents.keys());
    for publication in publications() {
        let name = publication.file_name();
        let expected: BTreeSet<_> =
            publication.articles.iter().filter(|a| a.age.is_some()).map(|a| a.title.to_owned()).collect();
        let found = titles(&name, &documents[&name]);
        assert_eq!(found.len(), expected.len(), "{name}");
        if publication.format == Format::Json {
            assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected, "{name}");
        }
    }
}

#[test]
fn the_day_depends_on_the_hour_alone() {
    assert_eq!(documents(now()), documents(now()));
    let later = documents(now() + SignedDuration::from_hours(5));
    for (name, text) in documents(now()) {
        assert_ne!(text, later[&name], "{name} has fixed dates");
    }
    let quayside = &documents(now())["quayside.rss"];
    assert!(quayside.contains("<pubDate>Tue, 06 Oct 2026 07:54:00 GMT</pubDate>"), "{quayside}");
}

#[test]
fn held_back_news_arrives_dated_now_until_none_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(now());
    let publications = publications();
    let held = articles(&publications).iter().filter(|article| article.age.is_none()).count();
    let mut newsroom = Newsroom::open(publications, dir.path().to_owned(), clock.clone()).unwrap();
    let count = || -> usize { read_all(dir.path().to_owned()).iter().map(|(n, t)| titles(n, t).len()).sum() };
    let before = count();
    let (mut arrived, mut rounds) = (0, 0);
    loop {
        clock.advance(SignedDuration::from_hours(1));
        let new = newsroom.publish_next().unwrap();
        arrived += new;
        assert_eq!(count(), before + arrived, "an article of the documents was lost");
        if new == 0 {
            break;
        }
        rounds += 1;
        let an_hour_on = (now() + SignedDuration::from_hours(rounds) - SignedDuration::from_mins(1)).to_string();
        let all = read_all(dir.path().to_owned());
        let rss = jiff::fmt::rfc2822::DateTimePrinter::new();
        let rss = rss.timestamp_to_rfc9110_string(&an_hour_on.parse().unwrap()).unwrap();
        assert!(
            all.values().any(|text| text.contains(&an_hour_on) || text.contains(&rss)),
            "nothing is dated {an_hour_on}"
        );
    }
    assert_eq!(arrived, held);
}

#[test]
fn the_config_subscribes_to_all_of_them_and_the_directory_is_removed() {
    let demo = prepare(Clock::fixed(now())).unwrap();
    let root = demo.paths().dir.parent().unwrap().to_owned();
    let config: toml::Table = fs::read_to_string(&demo.paths().config).unwrap().parse().unwrap();
    let feeds = config["feeds"].as_array().unwrap();
    assert_eq!(feeds.len(), 8);
    for feed in feeds {
        let path = url::Url::parse(feed["url"].as_str().unwrap()).unwrap().to_file_path().unwrap();
        assert!(path.starts_with(&root) && path.is_file(), "{}", path.display());
    }
    drop(demo);
    assert!(!root.exists(), "{} is left behind", root.display());
}
