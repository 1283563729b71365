//! What is printed is safe, and it is said when it cannot be.
//!
//! Holds R1 and R18.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::home::{Home, Ran, lines, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

/// Escapes in every place that is printed: as themselves, as character references, as C1, as bidi controls.
const HOSTILE: &str = "<rss version='2.0'><channel><title>Dock &#27;]0;owned&#7; &#x9b;31m</title>\
    <item><title>Crane &#x1b;[31m\u{9b}2J \u{202e}tsaf &amp;#27;[5m &#x2066;x</title><link>http://dock.example/1</link>\
    <author>A &#8;&#127;&#x85; B</author><category>&#27;[1m</category>\
    <description>&lt;p title='&#27;'&gt;Text &amp;#x1b;]52;c;eA== &#x90;q &lt;/p&gt;</description></item></channel></rss>";

fn acts(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[test]
fn no_control_character_of_a_feed_is_printed() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => Reply::ok(HOSTILE),
        _ => Reply::raw("HTTP/1.1 500 \x1b[31mred\x07\r\nContent-Length: 0\r\n\r\n"),
    });
    let config = format!(
        "[network]\nhost_spacing_ms = 0\n[[feeds]]\nurl = '{}'\n[[feeds]]\nurl = '{}'\n",
        server.url("/feed"),
        server.url("/x")
    );
    let home = Home::with_config(&config);
    let mut printed = vec![home.run(&["poll", "--now"]), home.run(&["poll", "--now", "--json"])];
    let id = home.articles()[0]["id"].to_string();
    for arguments in [
        &["list"][..],
        &["list", "--json", "--text"],
        &["show", &id],
        &["show", &id, "--json"],
        &["feed", "list"],
        &["feed", "list", "--json"],
        &["feed", "check", &server.url("/feed")],
        &["opml", "export"],
    ] {
        printed.push(home.run(arguments));
    }
    for Ran { code, out, err } in &printed {
        assert!(matches!(code, Some(0 | 3)), "{out}{err}");
        let bad: Vec<char> = out.chars().chain(err.chars()).filter(|c| acts(*c)).collect();
        assert!(bad.is_empty(), "{bad:?} in {out}{err}");
    }
    assert!(text(&home.articles()[0], "title").starts_with("Crane"), "the title is still there");
}

#[test]
fn a_reader_that_leaves_is_a_good_end() {
    let server = TestServer::start(|_| Reply::ok(rss(0..600)));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    let mut child = home
        .command(&["list", "--limit", "all", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(lines(&first).len(), 1);
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure_that_is_told() {
    let server = TestServer::start(|_| Reply::ok(rss(0..3)));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    for arguments in [
        &["list"][..],
        &["list", "--json"],
        &["poll", "--now"],
        &["completions", "bash"],
        &["keys"],
        &["opml", "export"],
    ] {
        let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
        let ended = home.command(arguments).stdout(full()).output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {err}");
        assert!(err.contains("could not be written") && !err.contains("panicked"), "{err}");
        let ended = home.command(arguments).stdout(full()).stderr(full()).output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{arguments:?} with nowhere to say it");
    }
}

#[test]
fn words_go_to_standard_error_and_data_to_standard_output() {
    let home = Home::with_config("");
    for arguments in [&["list"][..], &["feed", "list"], &["feed", "list", "--json"], &["backup", "list"]] {
        assert_eq!(home.out(arguments), "", "{arguments:?}");
    }
    let poll = home.run(&["poll"]);
    assert_eq!((poll.code, poll.out.as_str()), (Some(0), "0 feeds: 0 new\n"));
    assert!(poll.err.contains("feed add"), "{}", poll.err);
}
