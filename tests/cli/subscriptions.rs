//! `tidings opml` and `tidings import`.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use rusqlite::Connection;

use crate::home::{Home, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

const NAMES: [&str; 6] =
    ["Plain", "Quotes \" and ' here", "A < B & C > D", "Größe 集装箱 ميناء", "emoji 🚢", "  spaced   out "];

fn opml(outlines: &str) -> String {
    format!("<?xml version='1.0'?><opml version='2.0'><head><title>x</title></head><body>{outlines}</body></opml>")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn subscriptions(home: &Home) -> Vec<(String, String, String)> {
    let feeds = home.json(&["feed", "list", "--json"]);
    feeds.iter().map(|f| (text(f, "name").to_owned(), text(f, "feed").to_owned(), f["topics"].to_string())).collect()
}

#[test]
fn subscriptions_survive_a_round_trip() {
    let address = |n: usize| format!("http://dock.example/{n}?a=1&amp;b=2");
    let named = NAMES.iter().enumerate();
    let mut outlines: Vec<String> =
        named.map(|(n, name)| format!("<outline text=\"{}\" xmlUrl='{}'/>", escaped(name), address(n))).collect();
    let deep = "<outline text='Deep' xmlUrl='http://deep.example/'/>";
    outlines.push(format!("<outline text='Ocean'><outline text='ports'>{deep}</outline></outline>"));
    let home = Home::with_config("");
    let file = home.file("in.opml", &opml(&outlines.concat()));
    assert_eq!(home.out(&["opml", "import", file.to_str().unwrap()]), "7 feeds added\n");
    let first = subscriptions(&home);
    assert_eq!((first[1].0.as_str(), first[2].0.as_str()), (NAMES[1], NAMES[2]));
    assert_eq!(first[6].2, "[\"ocean\",\"ports\"]", "folders that name topics");
    assert!(first[0].1.ends_with("?a=1&b=2"));
    let exported = home.out(&["opml", "export"]);
    let other = Home::with_config("");
    let mut child =
        other.command(&["opml", "import", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(exported.as_bytes()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(subscriptions(&other), first);
    assert_eq!(home.out(&["opml", "import", file.to_str().unwrap()]), "0 feeds added, 7 subscribed already\n");
}

#[test]
fn what_cannot_be_a_feed_is_skipped_by_name_and_nothing_runs() {
    let home = Home::with_config("");
    let canary = home.root().join("canary");
    let run = format!("touch {}", canary.display());
    let addresses =
        [&format!("exec:{run}"), &format!("|{run}"), &format!("filter:{run}:http://a.example/"), "feed.xml", ""];
    let bad = addresses.map(|url| format!("<outline type='rss' text='bad' xmlUrl='{url}'/>")).concat();
    let good = "<outline type='rss' text='good' xmlUrl='http://good.example/' filtercmd='touch x'/>";
    let file = home.file("in.opml", &opml(&(bad + &good.repeat(2))));
    let ran = home.run(&["opml", "import", file.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("1 feed added"), "{}", ran.out);
    assert!(ran.err.contains("skipped: exec:") && ran.err.contains("skipped: feed.xml"), "{}", ran.err);
    assert_eq!(subscriptions(&home).len(), 1);
    assert!(!canary.exists());
    for wrong in ["no xml at all", "<html></html>", ""] {
        let file = home.file("wrong.opml", wrong);
        assert_eq!(home.run(&["opml", "import", file.to_str().unwrap()]).code, Some(1), "{wrong:?}");
    }
    assert_eq!(home.run(&["opml", "import", "missing.opml"]).code, Some(1));
}

#[test]
fn secrets_stay_out_of_an_export() {
    let home = Home::with_feeds(&["http://me:s3cret@dock.example/feed".into()]);
    let ran = home.run(&["opml", "export"]);
    assert!(ran.out.contains("http://dock.example/feed") && !ran.out.contains("s3cret"), "{}", ran.out);
    assert!(ran.err.contains("left out of 1 address"), "{}", ran.err);
}

fn newsboat(home: &Home, urls: &str, read: &[&str]) {
    home.file(".newsboat/urls", urls);
    let cache = Connection::open(home.root().join(".newsboat/cache.db")).unwrap();
    cache
        .execute_batch(
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
             author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
             content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
             enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '')",
        )
        .unwrap();
    for n in 0..4 {
        let url = format!("https://ledger.example/{n}");
        let unread = !read.contains(&url.as_str());
        let insert = "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread) VALUES (?1, 't', '', ?1, 'f', 0, '', ?2)";
        cache.execute(insert, (&url, unread)).unwrap();
    }
}

fn read_titles(home: &Home) -> Vec<String> {
    home.json(&["list", "is:read", "--json"]).iter().map(|article| text(article, "url").to_owned()).collect()
}

#[test]
fn newsboat_is_taken_over_with_tags_and_read_marks() {
    let server = TestServer::start(|_| Reply::ok(rss(0..4)));
    let home = Home::with_config("[network]\nhost_spacing_ms = 0\n");
    let urls = format!(
        "# my feeds\n{} ocean daily \"~Ledger\"\n\"exec:touch /tmp/x\"\nquery:Unread:unread = \"yes\"\n",
        server.url("/feed")
    );
    newsboat(&home, &urls, &["https://ledger.example/1", "https://ledger.example/3"]);
    let ran = home.run(&["import", "newsboat"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("1 feed added") && ran.out.contains("2 articles marked read"), "{}", ran.out);
    assert!(ran.err.contains("exec:") && ran.err.contains("daily"), "{}", ran.err);
    assert_eq!(subscriptions(&home), [("Ledger".to_owned(), server.url("/feed"), "[\"ocean\"]".to_owned())]);
    assert_eq!(read_titles(&home), ["https://ledger.example/3", "https://ledger.example/1"]);
    assert!(home.root().join(".newsboat/cache.db").exists(), "newsboat's own files stay");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn without_a_poll_only_stored_articles_are_marked() {
    let server = TestServer::start(|_| Reply::ok(rss(0..4)));
    let home = Home::with_config("[network]\nhost_spacing_ms = 0\n");
    newsboat(&home, &server.url("/feed"), &["https://ledger.example/2"]);
    let ran = home.run(&["import", "newsboat", "--no-poll"]);
    assert_eq!((ran.code, server.seen().len()), (Some(0), 0));
    assert!(ran.out.contains("0 articles marked read") && ran.err.contains("again"), "{ran:?}");
    home.poll();
    home.out(&["import", "newsboat", "--no-poll"]);
    assert_eq!(read_titles(&home), ["https://ledger.example/2"]);
}

#[test]
fn a_newsboat_that_is_not_there_is_told() {
    let home = Home::with_config("");
    let ran = home.run(&["import", "newsboat"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("--urls FILE"), "{}", ran.err);
    let urls = home.file("u", "http://dock.example/\n");
    let broken = home.file("cache.db", "no database");
    let ran = home.run(&["import", "newsboat", "--no-poll", "--urls", path(&urls), "--cache", path(&broken)]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(std::fs::read_to_string(&broken).unwrap(), "no database", "it is not touched");
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
