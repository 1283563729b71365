//! `tidings list --stories`, `--covered`, `why` and `entity`: the beat in the shell.

use serde_json::Value;

use crate::home::{Home, text};
use crate::support::server::{Reply, TestServer};

const STRIKE: &str = "<title>Felixstowe dockers vote for eight-day strike over pay</title><description>Dock workers at the \
     port of Felixstowe have voted by nine to one for an eight-day walkout from 21 June after talks about a seven per cent \
     offer broke down, their union said.</description>";
const STRIKE_TOO: &str = "<title>Eight-day dock strike at Felixstowe to start on 21 June</title><description>Felixstowe \
     dockers will walk out for eight days in June. The union says its members rejected a seven per cent pay offer.\
     </description>";
const CRANES: &str = "<title>Podcast: Santos terminal orders four quay cranes</title><description>They reach across \
     twenty-four rows of containers.</description>";

fn feed(items: &[(&str, u32)]) -> String {
    let item = |(body, n): &(&str, u32)| {
        format!(
            "<item>{body}<link>https://dock.example/{n}</link><guid isPermaLink='false'>{n}</guid>\
             <pubDate>Sun, 31 May 2026 {n:02}:00:00 GMT</pubDate></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!("<rss version='2.0'><channel><title>Dock</title>{items}</channel></rss>")
}

fn library() -> (TestServer, Home) {
    let server = TestServer::start(|seen| match seen.path() {
        "/one" => Reply::ok(feed(&[(STRIKE, 8), (CRANES, 9)])),
        "/two" => Reply::ok(feed(&[(STRIKE_TOO, 11)])),
        _ => Reply::ok(feed(&[(STRIKE, 13)])),
    });
    let home = Home::with_feeds(&[server.url("/one"), server.url("/two"), server.url("/three")]);
    home.poll();
    (server, home)
}

fn numbers(list: &Value, key: &str) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|one| one[key].clone()).collect()
}

#[test]
fn a_story_is_one_row_with_what_else_there_is() {
    let (_server, home) = library();
    let articles = home.articles();
    assert_eq!(articles.len(), 4);
    let strike = articles.iter().find(|article| text(article, "title").starts_with("Felixstowe")).unwrap();
    assert!(numbers(&strike["entities"], "name").iter().any(|name| name.as_str().unwrap().contains("Felixstowe")));
    assert!(numbers(&strike["entities"], "kind").contains(&"port".into()), "{strike}");
    let copies = articles.iter().filter(|article| !article["copy_of"].is_null()).count();
    assert_eq!(copies, 1, "{articles:?}");

    let stories = home.json(&["list", "--stories", "--json"]);
    assert_eq!(stories.len(), 2, "{stories:?}");
    let lead = stories.iter().find(|row| text(row, "title").contains("Felixstowe")).unwrap();
    assert_eq!(lead["id"], lead["story"], "the first article stands for it");
    assert_eq!((&lead["others"], &lead["unread_others"], &lead["sources"]), (&2.into(), &2.into(), &2.into()));
    let cranes = stories.iter().find(|row| text(row, "title").contains("Santos")).unwrap();
    assert_eq!((text(cranes, "genre"), &cranes["others"]), ("podcast", &0.into()));
    let rows = home.out(&["list", "--stories"]);
    let row = rows.lines().find(|line| line.contains("Felixstowe")).unwrap();
    assert!(row.ends_with("over pay  +2"), "{row}");
    assert_eq!(home.json(&["list", "--stories", "felixstowe", "--json"]).len(), 1, "hits of one story are one row");
    assert_eq!(home.json(&["list", "felixstowe", "--json"]).len(), 3);
    assert_eq!(home.run(&["list", "--covered", "felixstowe"]).code, Some(2));

    let id = lead["id"].to_string();
    let shown = home.out(&["show", &id]);
    assert!(shown.contains(&format!("story {id}: 2 other articles, 2 sources")), "{shown}");
    assert!(shown.contains("names ") && shown.contains("Felixstowe"), "{shown}");
}

#[test]
fn reasons_are_printed_with_their_weights_and_homes() {
    let (_server, home) = library();
    let articles = home.articles();
    let other = articles.iter().find(|article| text(article, "title").starts_with("Eight-day")).unwrap();
    let id = other["id"].to_string();
    let why = &home.json(&["why", &id, "--json"])[0];
    let given: Vec<&Value> =
        why["topics"].as_array().unwrap().iter().filter(|topic| topic["assigned"] == true).collect();
    assert_eq!(
        given.iter().map(|topic| &topic["id"]).collect::<Vec<_>>(),
        numbers(&other["topics"], "id").iter().collect::<Vec<_>>()
    );
    for topic in why["topics"].as_array().unwrap() {
        let parts = topic["contributions"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|part| part["weight"].as_f64().unwrap()).sum();
        assert!((sum - topic["score"].as_f64().unwrap()).abs() < 1e-9, "{topic}");
        assert!(parts.iter().all(|part| !text(part, "home").is_empty()), "{topic}");
    }
    assert!(why["kinship"]["score"].as_f64() >= why["kinship"]["threshold"].as_f64(), "{}", why["kinship"]);
    let words = home.out(&["why", &id]);
    for part in ["Topics (a topic needs ", "in the title", "assets/topics/cues/", "Names", "Story ", "words in common"]
    {
        assert!(words.contains(part), "{part:?} is not in\n{words}");
    }
    let ran = home.run(&["why", "4711"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("no article"), "{}", ran.err);
}

#[test]
fn an_entity_is_known_by_its_names_and_a_misspelt_one_is_guessed() {
    let (_server, home) = library();
    let page = &home.json(&["entity", "felixstowe", "--json"])[0];
    assert_eq!((&page["articles"], &page["unread"], text(page, "kind")), (&3.into(), &3.into(), "port"));
    assert_eq!(page["stories"].as_array().unwrap().len(), 1);
    let found = home.json(&["list", "entity:felixstowe", "--json", "--limit", "all"]);
    assert_eq!(found.len(), 3, "a search finds what the page counts");
    let words = home.out(&["entity", "Felixstowe"]);
    assert!(words.contains("3 articles, 3 unread") && words.contains("over pay"), "{words}");
    let ran = home.run(&["entity", "Felixtsowe"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.contains("did you mean") && ran.err.contains("Felixstowe"), "{}", ran.err);
    assert_eq!(home.run(&["entity", "qqqqqqqqqq"]).code, Some(1));
}

#[test]
fn a_rule_that_means_nothing_is_told_where_it_stands_and_stops_nothing() {
    let home = Home::with_config("[topics.rates]\nignore = [\"no such cue anywhere\"]\n");
    assert_eq!(home.out(&["list"]), "");
    let ran = home.run(&["config", "check"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("config.toml:2:11: "), "{}", ran.err);
}
