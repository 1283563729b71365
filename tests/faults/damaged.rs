//! F7: a database that is damaged in any way is named and left as it is; a copy can be restored, and what can still be read
//! can be salvaged.

use std::fs::{read, remove_file, write};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, start};

/// A library of many articles, one of them saved, one with a note in it, and all of it in the file itself.
fn library(articles: u32) -> (Newsroom, Place) {
    let news = Newsroom::open(articles);
    let place = Place::polled(&news.feed());
    place.run(&["mark", "save", &place.id_of(&title(3))]).well();
    place.run(&["mark", "read", &place.id_of(&title(4))]).well();
    settle(&place);
    (news, place)
}

/// Writes the log back.
fn settle(place: &Place) {
    place.connection().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    without_log(place);
}

fn without_log(place: &Place) {
    for suffix in ["-wal", "-shm"] {
        remove_file(place.dir().join(format!("tidings.db{suffix}"))).ok();
    }
}

fn run(place: &Place, arguments: &[&str]) -> Ran {
    Ran::of(start(&mut place.command(&[], arguments)))
}

/// The name of the newest copy, as it is listed.
fn newest_copy(place: &Place) -> String {
    let copies = place.run(&["backup", "list", "--json"]).well();
    let newest: serde_json::Value = serde_json::from_str(copies.out.lines().next().unwrap()).unwrap();
    newest["name"].as_str().unwrap().to_owned()
}

#[test]
fn f07_damage_is_named_and_the_file_left_as_it_is() {
    let (_news, place) = library(10);
    place.run(&["backup", "create"]).well();
    let copy = newest_copy(&place);
    settle(&place);
    let good = read(place.database()).unwrap();
    let mut header = good.clone();
    header[..512].fill(b'x');
    let cases = [("header", header), ("cut", good[..good.len() / 2].to_vec()), ("empty", Vec::new())];
    for (what, bytes) in cases {
        write(place.database(), &bytes).unwrap();
        for arguments in
            [&["list"][..], &["poll"], &["mark", "read", "1"], &["feed", "list"], &["export", "--format", "md"]]
        {
            let ran = run(&place, arguments);
            assert_eq!(ran.code, Some(1), "{what} {arguments:?}: {ran:?}");
            let restore = format!("`tidings backup restore {copy}`");
            for words in [place.database().to_str().unwrap(), "is damaged", "left as it is", &restore, "backup salvage"]
            {
                assert!(ran.err.contains(words), "{what} {arguments:?}: {words} is missing: {ran:?}");
            }
        }
        let mut desk = place.desk((200, 24));
        assert_eq!(desk.wait_exit(), 1, "{what}");
        desk.assert_restored();
        assert!(desk.screen().contains("tidings backup restore"), "{what}: {}", desk.screen());
        assert!(read(place.database()).unwrap() == bytes, "{what}: the file was changed");
    }
    // The subscriptions are in a file of their own, and the words are true.
    assert!(place.config_text().contains("/feed"));
    place.run(&["backup", "restore", &copy]).well();
    assert_eq!((place.list(&[]).len(), place.list(&["is:saved"]).len()), (10, 1));
    let aside = std::fs::read_dir(place.dir().join("backups")).unwrap().flatten();
    let kept: Vec<String> = aside.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(kept.iter().any(|name| name.starts_with("replaced-")), "the bad file is kept: {kept:?}");
}

#[test]
fn f07_a_database_that_is_gone_is_told_as_long_as_its_copy_is_there() {
    let (news, place) = library(10);
    place.run(&["backup", "create"]).well();
    let copy = newest_copy(&place);
    settle(&place);
    let restore = format!("`tidings backup restore {copy}`");
    remove_file(place.database()).unwrap();
    let checked = run(&place, &["doctor"]);
    assert!(checked.out.contains("tidings.db is missing, but there are copies of it"), "{checked:?}");
    // Whoever reads the first words may be nobody: a job that runs at night.
    for arguments in [&["poll"][..], &["list"], &["poll", "--now"]] {
        let ran = run(&place, arguments).well();
        assert!(ran.err.contains("tidings.db was missing") && ran.err.contains(&restore), "{arguments:?}: {ran:?}");
    }
    let mut desk = place.desk((80, 24));
    desk.wait("what brings it back", |screen| {
        let read = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        read.contains("tidings.db was missing") && read.contains(&restore) && read.contains("brings the old one back")
    });
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    // The words are true, and then there are none.
    place.run(&["backup", "restore", &copy]).well();
    assert_eq!((place.list(&[]).len(), place.list(&["is:saved"]).len()), (10, 1));
    assert_eq!(run(&place, &["list"]).well().err, "");
    // Who wants the new one takes the copy away.
    settle(&place);
    remove_file(place.database()).unwrap();
    assert!(run(&place, &["list"]).well().err.contains(&restore));
    std::fs::remove_dir_all(place.dir().join("backups")).unwrap();
    assert_eq!(run(&place, &["list"]).well().err, "");
    // A first start is silent.
    let first = Place::with_feeds(&[news.feed()]);
    assert_eq!(run(&first, &["list"]).well().err, "");
}

#[test]
fn f07_something_else_in_its_place_is_named() {
    let (_news, place) = library(10);
    remove_file(place.database()).unwrap();
    std::fs::create_dir(place.database()).unwrap();
    write(place.database().join("mine"), "not yours").unwrap();
    for arguments in [&["list"][..], &["poll"], &["doctor"], &["backup", "salvage"]] {
        let ran = run(&place, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        let words = format!("{}{}", ran.out, ran.err);
        assert!(words.contains(place.database().to_str().unwrap()) && words.contains("file"), "{arguments:?}: {ran:?}");
    }
    assert_eq!(read(place.database().join("mine")).unwrap(), b"not yours");
}

#[test]
fn f07_pages_that_are_bad_are_told_when_they_are_met_and_the_rest_is_salvaged() {
    let (_news, place) = library(400);
    let good = read(place.database()).unwrap();
    let pages = good.len() / 4096;
    // One after the other: pages of every kind are hit somewhere.
    let mut salvaged_of = Vec::new();
    for hit in 0..10 {
        let mut bad = good.clone();
        for page in (1..pages).filter(|page| page % 10 == hit) {
            bad[page * 4096..(page + 1) * 4096].fill(0xff);
        }
        write(place.database(), &bad).unwrap();
        let salvaged = run(&place, &["backup", "salvage"]);
        assert!(!salvaged.err.contains("panicked"), "{salvaged:?}");
        assert!(read(place.database()).unwrap() == bad, "the bad file was changed");
        if salvaged.code == Some(0) {
            let articles: u64 = {
                let copies = place.run(&["backup", "list", "--json"]).well();
                let listed = copies.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
                listed.filter_map(|copy| copy["articles"].as_u64()).min().unwrap()
            };
            salvaged_of.push(articles);
        }
        // It is told, not crashed into; what is asked of it besides is not overwritten.
        let ran = run(&place, &["list", "--limit", "all"]);
        assert!(matches!(ran.code, Some(0 | 1)) && !ran.err.contains("panicked"), "{ran:?}");
        if ran.code == Some(1) {
            assert!(ran.err.contains("is damaged") && ran.err.contains("backup salvage"), "{ran:?}");
        }
        without_log(&place);
        for copy in std::fs::read_dir(place.dir().join("backups")).into_iter().flatten().flatten() {
            remove_file(copy.path()).ok();
        }
    }
    println!("with a tenth of the pages gone, of 400 articles were salvaged: {salvaged_of:?}");
    // Where the page is hit from which all articles hang, the feeds and the marks are left, and a poll brings the articles.
    let few = salvaged_of.iter().filter(|articles| **articles < 300).count();
    assert!(salvaged_of.len() == 10 && few <= 1, "of 400: {salvaged_of:?}");
}

#[test]
fn f07_what_is_salvaged_is_a_library_to_work_with() {
    /// So many that the first half of the file has some.
    const ARTICLES: usize = 400;
    let (_news, place) = library(400);
    let good = read(place.database()).unwrap();
    let mut no_header = good.clone();
    no_header[..100].fill(0);
    let mut no_page = good.clone();
    no_page[..4096].fill(b'x');
    let half = good[..good.len() / 4096 / 2 * 4096].to_vec();
    for (what, bytes, all) in [("header", no_header, true), ("first page", no_page, true), ("half", half, false)] {
        write(place.database(), &bytes).unwrap();
        let ran = run(&place, &["backup", "salvage"]);
        assert_eq!(ran.code, Some(0), "{what}: {ran:?}");
        let name = std::path::Path::new(ran.out.trim()).file_name().unwrap().to_str().unwrap().to_owned();
        assert!(ran.err.contains(&format!("tidings backup restore {name}")), "{what}: {ran:?}");
        assert!(read(place.database()).unwrap() == bytes, "{what}: the file was changed");
        place.run(&["backup", "restore", &name]).well();
        let articles = place.list(&[]).len();
        assert!(if all { articles == ARTICLES } else { articles > 0 }, "{what}: {articles} articles: {ran:?}");
        if all {
            assert_eq!(place.list(&["is:saved"])[0]["title"], title(3).as_str(), "{what}");
            assert_eq!(place.list(&["is:unread"]).len(), ARTICLES - 1, "{what}");
        }
        // The next poll knows what is there already, labels and finds it, and nothing that is counted is wrong.
        place.run(&["poll", "--now"]).well();
        assert_eq!(place.list(&[]).len(), ARTICLES, "{what}");
        assert_eq!(place.list(&["item OR walkout"]).len(), ARTICLES, "{what}: the text index has everything");
        let checked = place.run(&["doctor", "--json"]);
        assert!(checked.out.contains("the database is sound"), "{what}: {checked:?}");
        std::fs::remove_dir_all(place.dir().join("backups")).unwrap();
        without_log(&place);
    }
    // Of nothing, nothing can be made, and nothing is.
    write(place.database(), vec![b'x'; 100_000]).unwrap();
    let ran = run(&place, &["backup", "salvage"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("nothing can be read of"), "{ran:?}");
    assert_eq!(place.run(&["backup", "list"]).well().out, "");
}

#[test]
fn f07_a_log_that_is_damaged_costs_what_only_it_had() {
    let (_news, place) = library(10);
    // A process that is killed leaves its log behind: here a copy of the files plays the dead one.
    let connection = place.connection();
    connection
        .execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE article SET title = 'changed' WHERE id = 1")
        .unwrap();
    let log = read(place.dir().join("tidings.db-wal")).unwrap();
    let file = read(place.database()).unwrap();
    drop(connection);
    for (what, bad) in [
        ("garbage", vec![b'x'; log.len()]),
        ("cut", log[..log.len() - 100].to_vec()),
        ("bad frame", log.iter().enumerate().map(|(n, byte)| if n > 60 { !byte } else { *byte }).collect()),
    ] {
        without_log(&place);
        write(place.database(), &file).unwrap();
        write(place.dir().join("tidings.db-wal"), bad).unwrap();
        assert_eq!(place.list(&[]).len(), 10, "{what}");
        assert_eq!(place.integrity(), "ok", "{what}");
        assert_eq!(place.list(&["is:saved"]).len(), 1, "{what}: what was in the file is there");
    }
}
