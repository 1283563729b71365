//! F8: a database that a newer tidings wrote is refused by every command and not a byte of it changes.

use std::fs::read;

use crate::newsroom::Newsroom;
use crate::place::Place;

#[test]
fn f08_a_database_of_a_newer_tidings() {
    let place = Place::polled(&Newsroom::open(10).feed());
    let known: i64 = place.connection().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    place.connection().execute_batch("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let before = read(place.database()).unwrap();
    let words = format!("was written by a newer tidings (schema 999 > {known}); update tidings");
    let commands: [&[&str]; 19] = [
        &["list"],
        &["list", "quay", "--json"],
        &["poll"],
        &["poll", "--now", "--json"],
        &["show", "1"],
        &["why", "1"],
        &["entity", "maersk"],
        &["mark", "read", "1"],
        &["mark", "save", "--query", "quay"],
        &["export", "--format", "md"],
        &["clip", "1"],
        &["feed", "list"],
        &["feed", "add", "http://127.0.0.1:9/feed"],
        &["feed", "rename", "Feed 0", "Other"],
        &["feed", "remove", "Feed 0"],
        &["opml", "export"],
        &["doctor"],
        &["backup", "create"],
        &["import", "newsboat", "--no-poll"],
    ];
    for arguments in commands {
        let ran = place.run(arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!((ran.out + &ran.err).contains(&words), "{arguments:?}");
        assert!(read(place.database()).unwrap() == before, "{arguments:?}: the file was changed");
    }
    let mut desk = place.desk((200, 24));
    assert_eq!(desk.wait_exit(), 1);
    desk.assert_restored();
    assert!(desk.screen().contains(&words), "{}", desk.screen());
    assert!(read(place.database()).unwrap() == before, "the file was changed");
    assert!(place.config_text().contains("Feed 0"), "nor was the config");
}
