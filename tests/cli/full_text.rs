//! `tidings read`, `tidings show --fetch`, and the full texts that a poll fetches.

use std::io::Write;
use std::process::Stdio;

use crate::home::{Home, Ran, fields, lines, text};
use crate::support::library::config_for;
use crate::support::server::{Reply, Seen, TestServer};

const FIELDS: [&str; 12] =
    ["author", "barrier", "canonical", "image", "language", "published", "site", "text", "title", "url", "v", "words"];

/// Invented news, different for each `word`.
fn article(word: &str) -> String {
    let sentence = |n: usize| {
        format!(
            "<p>Paragraph {n} of {word} tells how the harbour master, the pilots and the crane drivers of berth {n} agreed \
             on new hours, so that ships which arrive before noon are unloaded on the same day, and lorries wait less.</p>"
        )
    };
    (1..=8).map(sentence).collect()
}

fn html(head: &str, article: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Crane *falls* at quay</title>\
         <meta property=\"og:site_name\" content=\"Harbour Ledger\"><meta name=\"author\" content=\"Ada Quay\">\
         <meta property=\"article:published_time\" content=\"2026-05-01T06:00:00Z\">{head}</head><body>\
         <nav><a href=/>Home</a></nav><main><article><h1>Crane *falls* at quay</h1>{article}\
         <p>See <a href=\"/map\">the map of the quays</a> for the berths that are shut until further notice.</p></article></main>\
         <footer>Imprint</footer></body></html>"
    )
}

fn serve(seen: &Seen) -> Reply {
    let host = seen.text("Host");
    match seen.path() {
        "/feed" => Reply::ok(format!(
            "<rss version='2.0'><channel><title>L</title><item><title>Crane falls</title><link>http://{host}/page</link>\
             <description>A teaser.</description></item></channel></rss>"
        )),
        "/page" => Reply::ok(html("<link rel=canonical href='/canonical'>", &article("zeppelin")))
            .header("Content-Type", "text/html"),
        "/paywall" => Reply::ok(html(
            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
             \"isAccessibleForFree\":false}</script>",
            &article("preview"),
        ))
        .header("Content-Type", "text/html"),
        "/mixed" => Reply::ok(format!(
            "<rss version='2.0'><channel><title>M</title><item><title>Crane falls</title><link>http://{host}/page</link></item>\
             <item><title>Lock shut</title><link>http://{host}/missing</link></item></channel></rss>"
        )),
        "/paper" => Reply::ok("%PDF-1.7").header("Content-Type", "application/pdf"),
        _ => Reply::status(404),
    }
}

#[test]
fn a_page_is_read_as_json_text_and_markdown() {
    let server = TestServer::start(serve);
    let home = Home::with_feeds(&[]);
    let read = home.json(&["read", &server.url("/page"), "--json"]);
    assert_eq!(read.len(), 1);
    let page = &read[0];
    assert_eq!(fields(page), FIELDS);
    assert_eq!((text(page, "url"), text(page, "canonical")), (&*server.url("/page"), &*server.url("/canonical")));
    assert_eq!((text(page, "title"), text(page, "author")), ("Crane *falls* at quay", "Ada Quay"));
    assert_eq!((text(page, "site"), text(page, "published")), ("Harbour Ledger", "2026-05-01T06:00:00Z"));
    assert!(text(page, "language").starts_with("en"));
    assert_eq!((page["v"].as_i64(), page["barrier"].is_null()), (Some(1), true));
    let body = text(page, "text");
    assert!(body.contains("Paragraph 1 of zeppelin") && body.contains("\nParagraph 2"), "{body}");
    assert!(!body.contains("[1]") && !body.contains("Imprint"), "{body}");
    assert!(page["words"].as_u64().is_some_and(|words| (280..400).contains(&words)), "{}", page["words"]);

    let printed = home.out(&["read", &server.url("/page")]);
    let head: Vec<&str> = printed.lines().take(4).collect();
    assert_eq!(head[0], "Crane *falls* at quay");
    assert_eq!(head[1], "Harbour Ledger | Ada Quay | 2026-05-01 06:00");
    assert_eq!((head[2], head[3]), (server.url("/canonical").as_str(), ""));
    assert!(printed.contains(&format!("Links\n[1] {}\n", server.url("/map"))), "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80 || line.contains("http")), "{printed}");

    let markdown = home.out(&["read", "--markdown", &server.url("/page")]);
    assert!(markdown.starts_with("# Crane \\*falls\\* at quay\n\n"), "{markdown}");
    assert!(markdown.contains(&format!("[the map of the quays]({})", server.url("/map"))), "{markdown}");
    assert_eq!(server.count("/page"), 3);
    assert!(home.articles().is_empty(), "nothing is kept");
}

#[test]
fn what_cannot_be_read_is_told_in_words() {
    let server = TestServer::start(serve);
    let home = Home::with_feeds(&[]);
    let empty = home.file("empty.html", "<html><body><p></p></body></html>");
    let missing = server.url("/missing");
    for (page, words) in [
        (missing.as_str(), "there is no such page"),
        (&server.url("/paper"), "it is a PDF document; a browser opens or downloads it"),
        (&empty.display().to_string(), "the page has no text"),
        ("/no/such/file", "cannot read /no/such/file"),
    ] {
        let ran = home.run(&["read", page]);
        assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""), "{page}: {}", ran.err);
        assert!(ran.err.contains(words), "{page}: {}", ran.err);
    }
    let ran = home.run(&["read", "--base", "dock", &missing]);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    let ran = home.run(&["read", &server.url("/paywall"), "--json"]);
    assert_eq!(ran.code, Some(0), "a preview is text");
    assert_eq!(lines(&ran.out)[0]["barrier"], "paywall");
    assert!(ran.err.contains("the page is for subscribers: this may be only the beginning"), "{}", ran.err);
}

#[test]
fn files_and_standard_input_are_read_without_a_request() {
    let home = Home::with_feeds(&[]);
    let page = html("", &article("kite"));
    let file = home.file("page.html", &page).display().to_string();
    let base = ["--base", "https://dock.example/news/1", "--json"];
    for name in [file.clone(), format!("file://{file}")] {
        let read = home.json(&[&["read", &name], base.as_slice()].concat());
        assert!(text(&read[0], "text").contains("Paragraph 8 of kite"), "{read:?}");
        assert_eq!(text(&read[0], "url"), "https://dock.example/news/1");
    }
    assert!(home.out(&["read", &file]).contains("Paragraph 8 of kite"), "without a base");
    let mut child = home.command(&["read", "-", "--base", "https://dock.example/news/1"]);
    let mut child = child.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    let printed = String::from_utf8(ended.stdout).unwrap();
    assert!(printed.contains("[1] https://dock.example/map\n"), "{printed}");
}

#[test]
fn show_fetches_the_page_when_asked_and_shows_it_from_then_on() {
    let server = TestServer::start(serve);
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    let id = home.articles()[0]["id"].to_string();
    let before = home.json(&["show", &id, "--json"]);
    assert_eq!((text(&before[0], "text"), before[0]["full_text"].as_bool()), ("A teaser.", Some(false)));
    assert_eq!(server.count("/page"), 0);
    let fetched = home.json(&["show", &id, "--fetch", "--json"]);
    assert!(text(&fetched[0], "text").contains("zeppelin") && fetched[0]["full_text"] == true, "{fetched:?}");
    assert_eq!(home.json(&["list", "zeppelin", "has:fulltext", "--json", "--text"]), fetched);
    let shown = home.out(&["show", &id]);
    assert!(shown.contains(&format!("full text of {} | fetched ", server.url("/canonical"))), "{shown}");
    assert!(shown.contains("Paragraph 8 of zeppelin"), "{shown}");
    assert_eq!(server.count("/page"), 1);
    let ran = Ran::of(&mut home.command(&["show", "--fetch", "4711"]));
    assert_eq!(ran.code, Some(1));
}

#[test]
fn a_poll_fetches_the_pages_of_feeds_that_say_auto() {
    let server = TestServer::start(serve);
    let home = Home::with_config(&(config_for(&[server.url("/feed")], "") + "full_text = \"auto\"\n"));
    let ran = home.run(&["poll", "--now", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(lines(&ran.out).len(), 2, "a feed and the summary: {}", ran.out);
    assert_eq!(ran.err, "full texts: 1 kept\n");
    assert_eq!(home.json(&["list", "zeppelin", "has:fulltext", "--json"]).len(), 1, "and it is searched");
    assert_eq!(home.run(&["poll", "--now"]).err, "", "nothing more to say");
    assert_eq!(server.count("/page"), 1);
}

#[test]
fn pages_that_fail_are_named_with_the_reason() {
    let server = TestServer::start(serve);
    let config = config_for(&[server.url("/mixed")], "") + "full_text = \"auto\"\n";
    let home = Home::with_config(&config);
    let ran = home.run(&["poll", "--now"]);
    assert_eq!(ran.code, Some(0), "no feed failed: {}", ran.err);
    let missing = server.url("/missing");
    let why = format!("{missing}: the server answered 404: there is no such page");
    assert_eq!(ran.err, format!("full texts: 1 kept, 1 failed\n  Feed 0, Lock shut: {why}\n"));

    let home = Home::with_config(&config);
    let ran = home.run(&["poll", "--now", "--json"]);
    let told = lines(&ran.out);
    assert_eq!(told.len(), 3, "a feed, a page, the summary last: {}", ran.out);
    let page = &told[1];
    assert_eq!(fields(page), ["again", "article", "error", "feed", "full_text", "name", "title", "url", "v"]);
    assert_eq!((text(page, "title"), text(page, "url")), ("Lock shut", &*missing));
    assert_eq!((text(page, "error"), text(page, "feed")), (&*why, &*server.url("/mixed")));
    assert_eq!((page["again"].as_bool(), page["full_text"].as_bool()), (Some(false), Some(false)));
    assert_eq!(told[2]["summary"], true);
}
