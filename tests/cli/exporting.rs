//! `tidings export` and `tidings clip`.

use std::path::Path;

use serde_json::Value;

use crate::home::{Home, fields, text};
use crate::support::server::{Reply, TestServer};

/// Three invented articles, the last with a title made to be trouble.
const NEWS: &str = "<rss version='2.0'><channel><title>Harbour Gazette</title>\
    <item><title>Quay 7 reopens</title><link>http://gazette.example/7?utm_source=rss</link><author>Jane Doe</author>\
    <pubDate>12 May 2026 09:00:00 GMT</pubDate><description>&lt;p&gt;Berth 7 took its &lt;b&gt;first&lt;/b&gt; ship.&lt;/p&gt;</description></item>\
    <item><title>Rates rise</title><link>http://gazette.example/8</link><pubDate>11 May 2026 09:00:00 GMT</pubDate>\
    <description>&lt;p&gt;Up 5 % &lt;img src='http://gazette.example/p.png' alt='A chart'&gt;&lt;/p&gt;</description></item>\
    <item><title>A ]`{}&quot;&lt;/script&gt; --&gt; @x \\ % title</title><link>http://gazette.example/9</link>\
    <pubDate>10 May 2026 09:00:00 GMT</pubDate><description>Odd.</description></item></channel></rss>";

fn library() -> Home {
    let server = TestServer::start(|_| Reply::ok(NEWS));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    home
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_format_goes_to_standard_output() {
    let home = library();
    for (format, begins, has) in [
        ("md", "---\ntitle: \"News: gazette OR quay OR rates\"", "## Quay 7 reopens\n"),
        ("html", "<!DOCTYPE html>\n", "Content-Security-Policy"),
        ("csl-json", "[\n{", "\"URL\": \"http://gazette.example/7\""),
        ("bibtex", "@article{feed-0-20260512-", "title = {{Quay 7 reopens}}"),
        ("eml", "From: \"tidings\" <noreply@tidings.invalid>\r\n", "multipart/alternative"),
    ] {
        let printed = home.out(&["export", "gazette OR quay OR rates", "--format", format]);
        assert!(printed.starts_with(begins), "{format}: {printed}");
        assert!(printed.contains(has), "{format} has no {has}: {printed}");
        assert!(!printed.contains("<img") && !printed.contains("<script"), "{format}: {printed}");
    }
    let all = home.json(&["export", "--format", "json"]);
    let shown: Vec<Value> = home
        .articles()
        .iter()
        .map(|article| home.json(&["show", &article["id"].to_string(), "--json"]).remove(0))
        .collect();
    assert_eq!(all, shown, "as show prints it, newest first");
    assert!(fields(&all[0]).contains(&"text"));
    let two = home.json(&["export", "--format", "json", "--limit", "2"]);
    assert_eq!(two, shown[..2]);
    let book = home.command(&["export", "--format", "epub"]).output().unwrap();
    assert!(book.status.success() && book.stdout.starts_with(b"PK"), "a book in a pipe");
}

#[test]
fn a_file_is_never_replaced_unless_that_is_wanted() {
    let home = library();
    let file = home.root().join("news.html");
    let path = file.to_str().unwrap();
    let ran = home.run(&["export", "quay", "--format", "html", "--output", path]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert!(ran.err.contains("wrote 1 article to"), "{}", ran.err);
    let first = std::fs::read_to_string(&file).unwrap();
    assert!(first.contains("<h1>Quay 7 reopens</h1>"));
    let ran = home.run(&["export", "rates", "--format", "html", "--output", path]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("exists already") && ran.err.contains("--force"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    home.out(&["export", "rates", "--format", "html", "--output", path, "--force"]);
    assert!(std::fs::read_to_string(&file).unwrap().contains("<h1>Rates rise</h1>"));
    let ran =
        home.run(&["export", "zeppelin", "--format", "html", "--output", home.root().join("none").to_str().unwrap()]);
    assert_eq!((ran.code, home.root().join("none").exists()), (Some(0), false), "{}", ran.err);
}

#[test]
fn one_file_for_each_article_has_a_name_that_every_system_takes() {
    let home = library();
    let folder = home.root().join("notes/2026");
    let path = folder.to_str().unwrap();
    let export = ["export", "--format", "md", "--output", path, "--one-per-article"];
    home.out(&export);
    let names = files(&folder);
    let ids: Vec<String> = home.articles().iter().map(|article| article["id"].to_string()).collect();
    assert_eq!(
        names,
        [
            format!("2026-05-10-a-script-x-title-{}.md", ids[2]),
            format!("2026-05-11-rates-rise-{}.md", ids[1]),
            format!("2026-05-12-quay-7-reopens-{}.md", ids[0]),
        ]
    );
    std::fs::remove_file(folder.join(&names[0])).unwrap();
    let ran = home.run(&export);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("2 of 3 files exist already, nothing was written"), "{}", ran.err);
    assert_eq!(files(&folder), names[1..]);
    home.out(&["export", "--format", "md", "--output", path, "--one-per-article", "--force"]);
    assert_eq!(files(&folder), names);
    home.out(&["export", "quay", "--format", "eml", "--output", path]);
    assert!(folder.join(names[2].replace(".md", ".eml")).exists(), "a folder gets a file of a name of ours");
}

#[test]
fn what_cannot_be_exported_is_said() {
    let home = library();
    for (arguments, code, words) in [
        (&["export", "--format", "pdf"][..], 2, "csl-json"),
        (&["export"][..], 2, "--format"),
        (&["export", "topic:prots", "--format", "md"], 2, "ports"),
        (&["export", "--ids", "1", "4711", "--format", "md"], 1, "no article 4711"),
        (&["export", "--format", "md", "--one-per-article"], 2, "--output"),
        (&["export", "--format", "md", "--one-per-article", "--output", "-"], 2, "--output DIR"),
        (&["export", "--format", "md", "--output", "/nowhere/at/all.md"], 1, "--output"),
    ] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains(words) && ran.out.is_empty(), "{arguments:?}: {ran:?}");
    }
    assert_eq!(home.out(&["export", "zeppelin", "--format", "csl-json"]), "[]\n", "an empty list is well");
}

#[test]
fn clips_go_to_the_users_file_once() {
    let home = library();
    let ids: Vec<String> = home.articles().iter().map(|article| article["id"].to_string()).collect();
    let ran = home.run(&["clip", &ids[0], &ids[2]]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "clipped to ~/tidings-clips.md: Quay 7 reopens");
    assert_eq!(lines.len(), 2);
    let file = home.root().join("tidings-clips.md");
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("## [Quay 7 reopens](http://gazette.example/7)\n"), "{written}");
    assert!(
        written.contains("- Author: Jane Doe\n") && written.contains("> Berth 7 took its first ship.\n"),
        "{written}"
    );
    std::fs::write(&file, format!("Mine.\n\n{written}")).unwrap();
    assert!(home.out(&["clip", &ids[0]]).starts_with("updated in ~/tidings-clips.md"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("Mine.\n\n{written}"));
    assert!(home.out(&["clip", "--story", &ids[1]]).starts_with("clipped to"));
    let story = std::fs::read_to_string(&file).unwrap();
    assert!(story.contains("- Story: 1 article, 1 source, 2026-05-11\n"), "{story}");
    assert!(story.contains("- Told by: [Rates rise](http://gazette.example/8), Feed 0, 2026-05-11\n"), "{story}");
    let ran = home.run(&["clip", "4711"]);
    assert_eq!(ran.code, Some(1));
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let ran = home.run(&["clip", &ids[0]]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("not clipped to ~/tidings-clips.md: it is not a file"), "{}", ran.err);
    assert_eq!(text(&home.articles()[0], "title"), "Quay 7 reopens");
}
