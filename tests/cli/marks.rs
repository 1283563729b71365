//! `tidings mark`.

use crate::home::{Home, fields};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

fn library() -> Home {
    let server = TestServer::start(|_| Reply::ok(rss(0..4)));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    home
}

fn ids(home: &Home, query: &str) -> Vec<String> {
    home.json(&["list", query, "--json"]).iter().map(|article| article["id"].to_string()).collect()
}

#[test]
fn marks_are_counted_kept_and_asked_for() {
    let home = library();
    let all = ids(&home, "");
    assert_eq!(home.out(&["mark", "read", &all[0], &all[1]]), "2 articles marked read\n");
    assert_eq!(home.out(&["mark", "read", &all[0]]), "0 articles marked read\n", "nothing changed, and all is well");
    assert_eq!(ids(&home, "is:unread"), all[2..]);
    assert_eq!(home.json(&["list", "--unread", "--json"]).len(), 2);
    home.out(&["mark", "save", &all[3]]);
    assert_eq!(ids(&home, "is:saved"), all[3..]);
    assert_eq!(home.json(&["list", "--saved", "--json"]).len(), 1);
    assert_eq!(home.json(&["list", "quay", "--saved", "--json"]).len(), 1);
    home.out(&["mark", "unsave", &all[3]]);
    home.out(&["mark", "unread", &all[0]]);
    assert_eq!((ids(&home, "is:saved").len(), ids(&home, "is:unread").len()), (0, 3));
}

#[test]
fn a_query_marks_all_that_match() {
    let home = library();
    assert_eq!(home.out(&["mark", "read", "--query", "title:\"quay 2\""]), "1 article marked read\n");
    assert_eq!(home.out(&["mark", "read", "--query", "is:unread"]), "3 articles marked read\n");
    assert_eq!(home.out(&["mark", "read", "--query", "zeppelin"]), "0 articles marked read\n");
    assert_eq!(home.run(&["mark", "read", "--query", "topic:"]).code, Some(2));
}

#[test]
fn unknown_numbers_are_named_and_the_others_are_marked() {
    let home = library();
    let all = ids(&home, "");
    let ran = home.run(&["mark", "save", "4711", &all[0], "4712", "--json"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("4711") && ran.err.contains("4712"), "{}", ran.err);
    let told = &crate::home::lines(&ran.out)[0];
    assert_eq!(fields(told), ["articles", "changed", "mark", "unknown", "v"]);
    assert_eq!(told["changed"], 1);
    assert_eq!(ids(&home, "is:saved"), all[..1]);
}
