//! `tidings config`, `keys`, `completions`, `doctor` and `backup`, and what is said of a home that is not as it should be.

use serde_json::Value;

use crate::home::{Home, Ran, fields, lines, text};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

fn library() -> (TestServer, Home) {
    let server = TestServer::start(|_| Reply::ok(rss(0..3)));
    let home = Home::with_feeds(&[server.url("/feed")]);
    home.poll();
    (server, home)
}

#[test]
fn what_needs_no_library_makes_none() {
    let home = Home::empty();
    for arguments in [
        &["keys"][..],
        &["keys", "--markdown"],
        &["completions", "zsh"],
        &["config", "path"],
        &["config", "example"],
        &["--help"],
        &["--version"],
    ] {
        assert!(!home.out(arguments).is_empty(), "{arguments:?}");
    }
    assert_eq!(home.out(&["config", "path"]), format!("{}\n", home.config().display()));
    assert!(home.out(&["config", "check"]).contains("not there yet"));
    assert!(home.out(&["backup", "list"]).is_empty());
    assert!(!home.dir().exists());
    let mut nowhere = home.command(&["completions", "fish"]);
    assert_eq!(Ran::of(nowhere.env_remove("HOME").env_remove("TIDINGS_DIR")).code, Some(0));
}

#[test]
fn the_flag_names_the_directory_before_the_environment_does() {
    let home = Home::empty();
    let flag = home.root().join("elsewhere");
    let out = home.out(&["config", "path", "--dir", flag.to_str().unwrap()]);
    assert_eq!(out, format!("{}\n", flag.join("config.toml").display()));
    // Which place that is then is the system's affair, and nothing of it is touched here.
    let mut nowhere = home.command(&["config", "path"]);
    let ran = Ran::of(nowhere.env_remove("HOME").env_remove("TIDINGS_DIR").current_dir(home.root()));
    assert!(ran.code == Some(2) || ran.code == Some(0), "{ran:?}");
    assert_eq!(std::fs::read_dir(home.root()).unwrap().count(), 0, "nothing is written to where one happens to be");
}

#[test]
fn every_mistake_in_the_config_is_told_with_its_place() {
    let home =
        Home::with_config("keep_dais = 3\n[network]\ntimeout_seconds = \"x\"\n[[feeds]]\nurl = \"gopher://a\"\n");
    for arguments in [&["config", "check"][..], &["list"], &["poll", "--json"], &["feed", "list"], &["keys"]] {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {ran:?}");
        for place in ["config.toml:1:1: ", "config.toml:3:19: ", "config.toml:5:7: "] {
            assert!(ran.err.contains(place), "{place} in {}", ran.err);
        }
        assert!(ran.err.contains("keep_days"), "the nearest key is named: {}", ran.err);
    }
    assert!(!home.dir().join("tidings.db").exists());
    assert_eq!(home.run(&["backup", "list"]).code, Some(0), "copies can be listed all the same");
}

#[test]
fn the_example_is_a_config_that_changes_nothing() {
    let home = Home::empty();
    let example = home.out(&["config", "example"]);
    let home = Home::with_config(&example);
    assert!(home.out(&["config", "check"]).contains("is fine"));
}

#[test]
fn keys_are_those_of_the_config() {
    let home = Home::with_config("[keys.list]\n\"list.down\" = [\"J\"]\n");
    let home = if home.run(&["config", "check"]).code == Some(0) {
        home
    } else {
        Home::with_config("[keys.list]\ndown = [\"J\"]\n")
    };
    let keys = home.json(&["keys", "--json"]);
    let down: Vec<&Value> = keys.iter().filter(|key| key["command"] == "list.down").collect();
    assert_eq!(fields(down[0]), ["command", "help", "keys", "scope", "v"]);
    assert_eq!(down[0]["keys"], serde_json::json!(["J"]));
    assert!(home.out(&["keys", "--markdown"]).contains("| `J` | next | `list.down` |"));
}

#[test]
fn the_doctor_finds_a_good_library_sound() {
    let (_server, home) = library();
    let ran = home.run(&["doctor", "--json"]);
    let findings = lines(&ran.out);
    assert_eq!(fields(&findings[0]), ["advice", "check", "level", "message", "v"]);
    let level = |check: &str| text(findings.iter().find(|f| f["check"] == check).expect("looked at"), "level");
    for check in
        ["config.file", "database.sound", "directory.rights", "clock.polls", "terminal.term", "terminal.locale"]
    {
        assert_eq!(level(check), "ok", "{check}: {ran:?}");
    }
    assert!(findings.iter().all(|finding| finding["level"] == "ok" || finding["advice"].is_string()));
}

#[test]
fn the_doctor_asks_the_network_only_when_told_to() {
    let (server, home) = library();
    let before = server.seen().len();
    home.run(&["doctor"]);
    assert_eq!(server.seen().len(), before);
    assert!(home.run(&["doctor", "--network"]).out.contains("answers 200"));
    assert_eq!(server.seen().len(), before + 1);
}

#[test]
fn a_damaged_database_is_named_kept_and_can_be_restored() {
    let (_server, home) = library();
    let id = home.articles()[0]["id"].to_string();
    home.out(&["mark", "save", &id]);
    let copy = home.out(&["backup", "create"]);
    let name = std::path::Path::new(copy.trim()).file_name().unwrap().to_str().unwrap().to_owned();
    let listed = home.json(&["backup", "list", "--json"]);
    assert_eq!(fields(&listed[0]), ["articles", "bytes", "made_at", "name", "v"]);
    assert!(listed.iter().any(|backup| text(backup, "name") == name), "{listed:?}");
    let database = home.dir().join("tidings.db");
    for suffix in ["-wal", "-shm"] {
        std::fs::remove_file(home.dir().join(format!("tidings.db{suffix}"))).ok();
    }
    std::fs::write(&database, "garbage ".repeat(1000)).unwrap();
    for arguments in [&["list"][..], &["poll", "--now"], &["doctor"]] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        let words = ran.out + &ran.err;
        assert!(words.contains("tidings.db") && words.contains("backup"), "{words}");
    }
    assert!(std::fs::read(&database).unwrap().starts_with(b"garbage"), "the bad file stays");
    let unknown = home.run(&["backup", "restore", "no-such-copy"]);
    assert_eq!(unknown.code, Some(1));
    assert!(home.out(&["backup", "restore", &name]).contains(&name));
    assert_eq!(home.articles().len(), 3);
    assert_eq!(home.json(&["list", "--saved", "--json"]).len(), 1);
}

#[test]
fn a_database_of_a_newer_tidings_is_left_alone() {
    let (_server, home) = library();
    let database = home.dir().join("tidings.db");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection.execute_batch("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(connection);
    let before = std::fs::read(&database).unwrap();
    for arguments in [&["list"][..], &["doctor"], &["mark", "read", "1"]] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!((ran.out + &ran.err).contains("999"), "{arguments:?}");
    }
    assert_eq!(std::fs::read(&database).unwrap(), before, "not a byte is different");
}
