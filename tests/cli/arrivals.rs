//! `tidings poll`.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};

use crate::home::{Home, fields, lines, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

fn news() -> TestServer {
    TestServer::start(|seen| match seen.path() {
        "/one" if seen.header("If-None-Match").is_some() => Reply::status(304),
        "/one" => Reply::ok(rss(0..3)).header("ETag", "\"1\""),
        "/two" => Reply::ok(rss(10..12)),
        "/wait" => Reply::status(429).header("Retry-After", "3600"),
        _ => Reply::status(404),
    })
}

#[test]
fn each_feed_is_told_as_json_and_the_summary_comes_last() {
    let server = news();
    let home = Home::with_feeds(&[server.url("/one"), server.url("/two")]);
    let told = home.json(&["poll", "--now", "--json"]);
    let (summary, feeds) = told.split_last().unwrap();
    assert_eq!(feeds.len(), 2);
    let wanted = ["bytes", "error", "feed", "name", "new", "next_poll", "outcome", "status", "updated", "v"];
    for feed in feeds {
        assert_eq!(fields(feed), wanted);
        assert_eq!((&feed["outcome"], &feed["status"], &feed["error"]), (&"new".into(), &200.into(), &().into()));
        assert!(text(feed, "next_poll").ends_with('Z'));
    }
    let one = feeds.iter().find(|feed| feed["feed"] == server.url("/one").as_str()).expect("the address as configured");
    assert_eq!((&one["name"], &one["new"]), (&"Feed 0".into(), &3.into()));
    assert_eq!(fields(summary), ["failed", "feeds", "indexed_ms", "new", "stored_ms", "summary", "v"]);
    assert_eq!((&summary["feeds"], &summary["new"], &summary["summary"]), (&2.into(), &5.into(), &true.into()));
    let again = home.json(&["poll", "--now", "--json"]);
    let outcomes: Vec<&str> = again[..2].iter().map(|feed| text(feed, "outcome")).collect();
    assert_eq!(outcomes, ["unchanged", "unchanged"]);
    assert!(again[..2].iter().any(|feed| feed["status"] == 304));
}

#[test]
fn people_are_told_of_news_only() {
    let server = news();
    let home = Home::with_feeds(&[server.url("/one"), server.url("/two")]);
    let first = home.out(&["poll", "--now"]);
    assert!(first.contains("Feed 0: 3 new\n") && first.contains("Feed 1: 2 new\n"), "{first}");
    assert!(first.ends_with("2 feeds: 5 new\n"), "{first}");
    assert_eq!(home.out(&["poll", "--now"]), "2 feeds: 0 new\n");
}

#[test]
fn failing_feeds_are_named_and_cost_the_others_nothing() {
    let server = news();
    let home =
        Home::with_feeds(&[server.url("/one"), server.url("/gone-missing"), server.url("/two"), server.url("/also")]);
    let ran = home.run(&["poll", "--now", "--json"]);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    let failed: Vec<_> = lines(&ran.out).into_iter().filter(|feed| feed["error"].is_string()).collect();
    assert_eq!(failed.len(), 2, "{}", ran.out);
    assert!(failed.iter().all(|feed| feed["outcome"] == "error" && text(feed, "error").contains("404")));
    assert!(
        ran.err.contains("2 feeds failed") && ran.err.contains("Feed 1") && ran.err.contains("Feed 3"),
        "{}",
        ran.err
    );
    assert_eq!(home.articles().len(), 5);
}

#[test]
fn a_retry_after_holds_for_now_and_is_overridden_by_force() {
    let server = news();
    let home = Home::with_feeds(&[server.url("/wait")]);
    assert_eq!(home.run(&["poll", "--now"]).code, Some(3));
    let ran = home.run(&["poll", "--now", "--json"]);
    assert_eq!(ran.code, Some(3), "the last attempt failed: {ran:?}");
    let told = lines(&ran.out);
    assert_eq!(told[0]["outcome"], "waiting");
    assert!(text(&told[0], "error").contains("429"), "{}", told[0]);
    let words = home.run(&["poll", "--now"]).out;
    assert!(words.contains("--force"), "{words}");
    assert_eq!(server.seen().len(), 1, "no request before the time has come");
    home.run(&["poll", "--force"]);
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn only_the_named_feed_is_asked() {
    let server = news();
    let home = Home::with_feeds(&[server.url("/one"), server.url("/two")]);
    home.out(&["poll", "feed 1"]);
    let paths: Vec<String> = server.seen().iter().map(|seen| seen.path().to_owned()).collect();
    assert_eq!(paths, ["/two"]);
    let unknown = home.run(&["poll", "Feed 9"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.err.contains("did you mean: Feed"), "{}", unknown.err);
    assert_eq!(home.run(&["poll", "Feed"]).code, Some(2), "two feeds begin so");
}

#[test]
fn secrets_of_an_address_are_not_printed() {
    let server = news();
    let address = server.url("/missing").replace("http://", "http://me:s3cret@");
    let home = Home::with_feeds(&[address]);
    for arguments in
        [&["poll", "--now", "--json"][..], &["feed", "list", "--json"], &["feed", "list"], &["opml", "export"]]
    {
        let ran = home.run(arguments);
        assert!(!format!("{ran:?}").contains("s3cret"), "{arguments:?}: {ran:?}");
    }
    let told = lines(&home.run(&["poll", "--now", "--json"]).out);
    assert_eq!(text(&told[0], "feed"), server.url("/missing"));
}

#[test]
fn a_signal_ends_a_poll_at_once_with_its_number() {
    let server = TestServer::start(|_| Reply::hang());
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let home = Home::with_feeds(&[server.url("/slow")]);
        let before = server.seen().len();
        let mut child = home.command(&["poll", "--now"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        assert!(server.wait_until(|seen| seen.len() > before), "the feed is not asked");
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code));
        assert_eq!(home.run(&["list"]).code, Some(0), "the library opens again");
    }
}
