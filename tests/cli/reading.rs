//! `tidings list` and `tidings show`.

use std::collections::BTreeSet;

use crate::home::{Home, fields, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

const ARTICLE: [&str; 20] = [
    "author",
    "copy_of",
    "entities",
    "feed",
    "feed_title",
    "fetched",
    "genre",
    "id",
    "language",
    "note",
    "original",
    "published",
    "read",
    "saved",
    "story",
    "title",
    "topics",
    "url",
    "v",
    "via",
];

fn library(items: u32) -> (TestServer, Home) {
    let server = TestServer::start(move |_| Reply::ok(rss(0..items)));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    (server, home)
}

#[test]
fn everything_is_listed_newest_first_page_after_page() {
    let (server, home) = library(650);
    let articles = home.articles();
    let ids: BTreeSet<i64> = articles.iter().map(|article| article["id"].as_i64().unwrap()).collect();
    assert_eq!((articles.len(), ids.len()), (650, 650), "each once, over the end of a page");
    let dates: Vec<&str> = articles.iter().map(|article| text(article, "published")).collect();
    assert!(dates.is_sorted_by(|newer, older| newer >= older));
    let first = &articles[0];
    assert_eq!(fields(first), ARTICLE);
    assert_eq!((text(first, "feed"), text(first, "feed_title")), (server.url("/feed").as_str(), "Feed 0"));
    assert_eq!(first["topics"][0]["id"], "ports");
    assert!(first["topics"][0]["score"].as_f64().is_some_and(|score| score >= 2.7), "{}", first["topics"]);
    assert_eq!(home.out(&["list"]).lines().count(), 50);
    assert_eq!(home.out(&["list", "--limit", "3"]).lines().count(), 3);
    assert_eq!(home.out(&["list", "--limit", "0"]), "");
}

#[test]
fn queries_find_and_their_errors_point() {
    let (_server, home) = library(30);
    let found = home.json(&["list", "crane", "title:\"quay 7\"", "--json"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(text(&found[0], "title"), "Quay 7 reopens after crane repairs");
    assert_eq!(home.out(&["list", "zeppelin"]), "", "an empty list is well");
    let ran = home.run(&["list", "crane topic:prots"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let lines: Vec<&str> = ran.err.lines().collect();
    let place = lines.iter().position(|line| line.contains("crane topic:prots")).expect("the query is shown");
    assert_eq!(lines[place].find("prots").or(Some(0)), lines[place + 1].find('^'), "{}", ran.err);
    assert!(ran.err.contains("ports"), "the nearest is named: {}", ran.err);
}

#[test]
fn rows_in_a_pipe_are_whole_and_have_no_tabs() {
    let (_server, home) = library(2);
    let rows = home.out(&["list"]);
    let id = &home.articles()[0]["id"];
    assert!(
        rows.starts_with(&format!("{id}  *  2026-05-01 01:00  Feed 0  Quay 1 reopens after crane repairs\n")),
        "{rows}"
    );
    assert!(!rows.contains('\t') && !rows.contains('\u{1b}'));
}

#[test]
fn text_is_given_when_it_is_asked_for() {
    let (_server, home) = library(1);
    let listed = home.json(&["list", "--json", "--text"]);
    assert_eq!(text(&listed[0], "text").trim(), "Berth 0 took its first ship.");
    let id = listed[0]["id"].to_string();
    let shown = home.json(&["show", &id, "--json"]);
    assert_eq!(shown, listed, "show is the same record");
    let read = home.out(&["show", &id]);
    let lines: Vec<&str> = read.lines().collect();
    assert_eq!(lines[0], "Quay 0 reopens after crane repairs");
    assert!(lines[1].starts_with("Feed 0 | 2026-05-01 00:00") && lines[1].ends_with("unread"), "{}", lines[1]);
    assert_eq!(lines[2], "https://ledger.example/0");
    assert!(read.contains("\nBerth 0 took its first ship.\n"), "{read}");
}

#[test]
fn an_article_is_read_with_its_links_and_files() {
    let server = TestServer::start(|_| {
        Reply::ok(
            "<rss version='2.0'><channel><title>D</title><item><title>Lock opens</title><link>http://dock.example/1</link>\
             <enclosure url='http://dock.example/a.mp3' type='audio/mpeg' length='2048'/>\
             <description>&lt;p&gt;See &lt;a href='http://dock.example/map'&gt;the map&lt;/a&gt;.&lt;/p&gt;</description>\
             </item></channel></rss>",
        )
    });
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    let id = home.articles()[0]["id"].to_string();
    let read = home.out(&["show", &id]);
    assert!(read.contains("Links\n[1] http://dock.example/map\n"), "{read}");
    assert!(read.contains("Files\nhttp://dock.example/a.mp3  audio/mpeg, 2.0 KiB\n"), "{read}");
    assert_eq!(server.seen().len(), 1, "reading tells nobody");
}

#[test]
fn an_unknown_article_is_told_in_words() {
    let (_server, home) = library(1);
    for arguments in [["show", "4711"], ["show", "0"]] {
        let ran = home.run(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
        assert!(ran.err.contains("no article"), "{}", ran.err);
    }
    assert_eq!(home.run(&["show", "x"]).code, Some(2));
}
