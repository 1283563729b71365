//! `tidings feed`.

use crate::home::{Home, fields, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

const SITE: &str = "<!doctype html><html><head><title>Harbour site</title>\
    <link rel='alternate' type='application/rss+xml' title='All news' href='/all'>\
    <link rel='alternate' type='application/atom+xml' title='Ports only' href='/ports'></head><body>Hello</body></html>";

fn site() -> TestServer {
    TestServer::start(|seen| match seen.path() {
        "/all" | "/ports" => Reply::ok(rss(0..2)),
        "/" => Reply::ok(SITE).header("Content-Type", "text/html"),
        "/one" => Reply::ok(SITE.replace("application/atom+xml", "text/plain")).header("Content-Type", "text/html"),
        "/plain" => Reply::ok("<!doctype html><p>Nothing here</p>").header("Content-Type", "text/html"),
        _ => Reply::status(404),
    })
}

#[test]
fn a_feed_is_added_with_name_and_topic_and_the_comments_stay() {
    let server = site();
    let home = Home::with_config("# mine\nkeep_days = 9 # days\n");
    let url = server.url("/all");
    let said = home.out(&["feed", "add", &url, "--name", "Dockside", "--topic", "ocean", "--topic", "Ports"]);
    assert_eq!(said, format!("added: Dockside  {url}\n"));
    assert!(home.config_text().starts_with("# mine\nkeep_days = 9 # days\n"), "{}", home.config_text());
    let feeds = home.json(&["feed", "list", "--json"]);
    assert_eq!((feeds.len(), text(&feeds[0], "name"), text(&feeds[0], "feed")), (1, "Dockside", url.as_str()));
    assert_eq!(feeds[0]["topics"], serde_json::json!(["ocean", "ports"]));
    assert!(home.out(&["feed", "add", &url]).contains("already subscribed: Dockside"));
    assert_eq!(home.json(&["feed", "list", "--json"]).len(), 1);
}

#[test]
fn a_site_leads_to_its_feed_and_several_are_listed() {
    let server = site();
    let home = Home::with_config("");
    assert!(home.out(&["feed", "add", &server.url("/one")]).contains(&server.url("/all")));
    let several = home.run(&["feed", "add", &server.url("/")]);
    assert_eq!(several.code, Some(2));
    assert!(several.err.contains(&format!("{}  Ports only", server.url("/ports"))), "{}", several.err);
    let found = home.json(&["feed", "discover", &server.url("/"), "--json"]);
    let titles: Vec<&str> = found.iter().map(|feed| text(feed, "title")).collect();
    assert_eq!(titles, ["All news", "Ports only"]);
    let none = home.run(&["feed", "discover", &server.url("/plain")]);
    assert_eq!(none.code, Some(1));
    assert!(none.err.contains("no feed"), "{}", none.err);
}

#[test]
fn a_wrong_topic_is_refused_before_anything_is_asked() {
    let server = site();
    let home = Home::with_config("");
    let ran = home.run(&["feed", "add", &server.url("/all"), "--topic", "oceam"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("did you mean: ocean"), "{}", ran.err);
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn feeds_are_renamed_muted_and_removed_by_name_or_address() {
    let server = site();
    let home = Home::with_feeds(&[server.url("/all"), server.url("/ports")]);
    home.poll();
    home.out(&["feed", "rename", "feed 0", "Quay “one” & more"]);
    home.out(&["feed", "mute", &server.url("/ports")]);
    let feeds = home.json(&["feed", "list", "--json"]);
    assert_eq!((text(&feeds[0], "name"), &feeds[1]["enabled"]), ("Quay “one” & more", &false.into()));
    let before = server.count("/ports");
    home.poll();
    assert_eq!(server.count("/ports"), before, "a muted feed is not polled");
    home.out(&["feed", "unmute", "Feed 1"]);
    home.poll();
    assert_eq!(server.count("/ports"), before + 1);
    assert_eq!(home.articles().len(), 4);
    home.out(&["feed", "remove", "quay"]);
    assert_eq!((home.articles().len(), home.json(&["feed", "list", "--json"]).len()), (2, 1));
    let ran = home.run(&["feed", "remove", "quay"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("no feed “quay”"), "{}", ran.err);
}

#[test]
fn a_feed_moves_to_the_address_that_its_page_names_and_keeps_its_articles() {
    let server = TestServer::start(|seen| match (seen.path(), seen.number) {
        ("/all", 0) | ("/moved", _) => Reply::ok(rss(0..2)),
        ("/all", _) => Reply::ok(SITE.replace("/all", "/moved")).header("Content-Type", "text/html"),
        _ => Reply::status(404),
    });
    let home = Home::with_feeds(&[server.url("/all")]);
    home.poll();
    assert_eq!(home.run(&["poll", "--now"]).code, Some(3));
    let list = home.out(&["feed", "list"]);
    let named = format!("it names {}", server.url("/moved"));
    assert!(list.contains(&named) && list.contains("`tidings feed move FEED URL` takes that address"), "{list}");
    let before = home.config_text();
    let said = home.out(&["feed", "move", "Feed 0", &server.url("/moved")]);
    assert_eq!(said, format!("moved: Feed 0  {}\n", server.url("/moved")));
    assert_eq!(home.config_text(), before.replace("/all", "/moved"));
    home.poll();
    assert_eq!(home.articles().len(), 2, "they are the same articles");
    let again = home.run(&["feed", "move", "Feed 0", &server.url("/moved")]);
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("already"), "{}", again.err);
}

#[test]
fn health_is_told_with_error_next_poll_and_why() {
    let server = site();
    let home = Home::with_feeds(&[server.url("/all"), server.url("/missing")]);
    assert_eq!(home.run(&["poll", "--now"]).code, Some(3));
    let feeds = home.json(&["feed", "list", "--json"]);
    assert_eq!(
        fields(&feeds[0]),
        [
            "articles",
            "enabled",
            "failures",
            "feed",
            "gap",
            "gone",
            "last_attempt",
            "last_error",
            "last_new",
            "last_status",
            "last_success",
            "moved_to",
            "name",
            "next_poll",
            "not_modified",
            "polls",
            "saved_bytes",
            "site",
            "topics",
            "unread",
            "v",
            "why",
        ]
    );
    assert_eq!((&feeds[0]["unread"], &feeds[0]["last_error"]), (&2.into(), &().into()));
    assert!(text(&feeds[1], "last_error").contains("404") && !text(&feeds[1], "why").is_empty());
    assert_eq!(feeds[1]["last_success"], serde_json::Value::Null);
    let words = home.out(&["feed", "list"]);
    assert!(words.contains("    failed: ") && words.contains("2 articles, 2 unread"), "{words}");
}

#[test]
fn a_check_says_what_is_there_and_stores_nothing() {
    let server = site();
    let home = Home::with_feeds(&[server.url("/all"), server.url("/missing")]);
    let found = home.json(&["feed", "check", "Feed 0", "--json"]);
    assert_eq!(
        (&found[0]["entries"], &found[0]["with_date"], &found[0]["status"]),
        (&2.into(), &2.into(), &200.into())
    );
    assert_eq!(text(&found[0], "title"), "Harbour Ledger");
    assert!(home.out(&["feed", "check", &server.url("/ports")]).contains("entries   2: 2 with a link"));
    for wrong in ["Feed 1".to_owned(), server.url("/plain")] {
        let ran = home.run(&["feed", "check", &wrong]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(3), ""), "{ran:?}");
    }
    assert_eq!(home.articles().len(), 0);
    assert_eq!(home.json(&["feed", "list", "--json"]).len(), 2);
}

#[test]
fn a_file_can_be_a_feed() {
    let home = Home::with_config("");
    let file = home.file("news/feed.xml", &rss(0..3));
    let url = format!("file://{}", file.display());
    home.out(&["feed", "add", &url]);
    home.poll();
    assert_eq!(home.articles().len(), 3);
    assert_eq!(text(&home.articles()[0], "feed"), url);
}
