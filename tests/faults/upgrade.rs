//! F9: a library of every released schema is brought up to date, with a copy before; whatever fails on the way, by a kill or
//! for want of room, leaves it as it was or as it shall be.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::disk::{self, EIO, ENOSPC, Event, Failing};
use crate::place::{Place, USUAL};
use crate::replay::Dice;
use crate::times;

/// Every released schema. A new one is added here with its migration.
const RELEASED: [&str; 4] = [
    include_str!("../../src/store/migrations/0001_desk.sql"),
    include_str!("../../src/store/migrations/0002_beat.sql"),
    include_str!("../../src/store/migrations/0003_reading.sql"),
    include_str!("../../src/store/migrations/0004_texts.sql"),
];
/// Articles in a fixture.
const ARTICLES: usize = 30;
/// Calls that fail and kills, of each kind; `TIDINGS_TEST_CALLS` sets another number (0: every call).
const CALLS: usize = 3;

/// A library as the release with this schema left it: a feed, its articles, the third of them saved, the fourth read.
fn library(schema: usize) -> Place {
    let place = Place::with_feeds(&["http://127.0.0.1:9/feed".to_owned()]);
    let conn = Connection::open(place.database()).unwrap();
    conn.execute_batch("PRAGMA journal_mode = wal").unwrap();
    conn.execute_batch(RELEASED[0]).unwrap();
    conn.execute_batch(&format!(
        "PRAGMA application_id = {};
         INSERT INTO feed (id, url, config_name, name, topics, enabled, shown, position)
            VALUES (1, 'http://127.0.0.1:9/feed', 'Feed 0', 'Feed 0', x'', 1, 1, 0);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ARTICLES})
         INSERT INTO article (feed, key, url, title, fetched, date, topics, best, read, saved, noted, shown, in_feed, last_seen, digest)
            SELECT 1, unhex(printf('%016x', i)), 'https://news.example/' || i, 'Story ' || i, 1780000000000, 1780000000 - i, x'', 18,
                i = 4, i = 3, 0, 1, 1, 1780000000000, 0 FROM n;
         INSERT INTO article_text SELECT id, 'Text of ' || title || hex(zeroblob(3000)), '[]', '[]', '', '' FROM article;
         INSERT INTO article_state SELECT feed, key, read, saved, NULL FROM article WHERE id IN (3, 4);
         INSERT INTO index_queue SELECT id FROM article;
         INSERT INTO counter (kind, key, articles, unread, saved) VALUES (0, 0, {ARTICLES}, {ARTICLES} - 1, 1), (1, 1, {ARTICLES}, {ARTICLES} - 1, 1);",
        0x7469_6469
    ))
    .unwrap();
    // From the fourth on they compute with functions of the program: it takes those steps itself.
    let own = schema.min(3);
    for later in &RELEASED[1..own] {
        conn.execute_batch(later).unwrap();
    }
    conn.pragma_update(None, "user_version", i64::try_from(own).unwrap()).unwrap();
    drop(conn);
    if own < schema {
        place.run(&["list"]).well();
        std::fs::remove_dir_all(place.dir().join("backups")).unwrap();
    }
    place
}

fn schema(place: &Place) -> usize {
    let version: i64 = place.connection().query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    usize::try_from(version).unwrap()
}

/// All is there, and nothing that is counted is wrong.
fn verify(place: &Place, what: &str) {
    let articles = place.list(&[]);
    assert_eq!(articles.len(), ARTICLES, "{what}");
    assert_eq!(place.list(&["is:saved"])[0]["title"], "Story 3", "{what}");
    assert_eq!(place.list(&["is:unread"]).len(), ARTICLES - 1, "{what}");
    assert_eq!((schema(place), place.integrity().as_str()), (RELEASED.len(), "ok"), "{what}");
    let checked = place.run(&["doctor", "--json"]);
    assert!(checked.out.contains("the database is sound"), "{what}: {checked:?}");
}

/// Copies that were made before a step, by the schema that they were made before.
fn copies(place: &Place) -> Vec<usize> {
    let names = std::fs::read_dir(place.dir().join("backups")).into_iter().flatten().flatten();
    let names = names.map(|entry| entry.file_name().into_string().unwrap());
    let mut found: Vec<usize> = names
        .filter(|name| !name.ends_with(".partial"))
        .filter_map(|name| name.strip_prefix("before-schema-")?.split('-').next()?.parse().ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn f09_every_released_schema_is_brought_up_with_a_copy_before() {
    let migrations = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store/migrations")).unwrap().count();
    assert_eq!(migrations, RELEASED.len(), "a schema was added: add it here");
    for from in 1..=RELEASED.len() {
        let place = library(from);
        let ran = place.run(&["list"]).well();
        assert_eq!(ran.out.lines().count(), ARTICLES, "schema {from}");
        let steps: Vec<usize> = (from + 1..=RELEASED.len()).collect();
        assert_eq!(copies(&place), steps, "a copy before each step from schema {from}");
        verify(&place, &format!("schema {from}"));
        // The way back: the copy can be restored, and is brought up again.
        if let Some(step) = steps.first() {
            let listed = place.run(&["backup", "list"]).well().out;
            let copy =
                listed.split_whitespace().find(|word| word.starts_with(&format!("before-schema-{step}-"))).unwrap();
            place.run(&["backup", "restore", copy]).well();
            assert_eq!(schema(&place), from, "the copy is as it was");
            place.desk(USUAL).wait_for("Story 1");
            verify(&place, "restored");
        }
    }
}

#[test]
fn f09_what_is_salvaged_of_an_older_library_has_its_texts() {
    for from in 1..=RELEASED.len() {
        let place = library(from);
        let ran = place.run(&["backup", "salvage"]).well();
        let made = Connection::open(ran.out.trim()).unwrap();
        let texts: i64 =
            made.query_row("SELECT count(*) FROM article_text WHERE length(texts) > 40", [], |row| row.get(0)).unwrap();
        assert_eq!(texts, i64::try_from(ARTICLES).unwrap(), "schema {from}: {ran:?}");
    }
}

#[test]
fn f09_a_kill_in_the_middle_leaves_it_old_or_new() {
    let (mut dice, mut longest) = (Dice(3), Duration::from_millis(400));
    let mut seen = std::collections::BTreeSet::new();
    for kill in 0..times("TIDINGS_TEST_KILLS", 8).min(200) {
        let place = library(1 + kill % 2);
        let began = Instant::now();
        let mut child = place.start(&["list"]);
        std::thread::sleep(longest.mul_f64(dice.below(1000) as f64 / 1000.0));
        if child.try_wait().unwrap().is_some() {
            longest = began.elapsed().min(longest);
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let between = schema(&place);
        assert_eq!(place.integrity(), "ok", "kill {kill}");
        seen.insert(between);
        // A step that was begun had its copy.
        let wanted: Vec<usize> = (2 + kill % 2..=between).collect();
        assert!(
            wanted.iter().all(|step| copies(&place).contains(step)),
            "kill {kill}: {wanted:?}, {:?}",
            copies(&place)
        );
        verify(&place, &format!("kill {kill}, which left schema {between}"));
    }
    println!("kills left the schemas {seen:?}");
}

#[test]
fn f09_an_update_that_fails_rolls_back() {
    if disk::library().is_none() {
        return;
    }
    let (wanted, mut dice, mut tried) = (times("TIDINGS_TEST_CALLS", CALLS), Dice(9), 0);
    for from in [1, 2] {
        for (errno, how) in [(ENOSPC, 'g'), (EIO, 'o')] {
            let (mut call, mut trials) = (1, 0);
            while wanted == 0 || trials < wanted {
                let place = library(from);
                let log = tempfile::tempdir().unwrap();
                let log = log.path().join("calls");
                let failing = Failing { call, errno, how };
                let ran = disk::run(&place, &log, Some(failing), &["list"]);
                if !disk::events(&log).iter().any(|event| matches!(event, Event::Failed { .. })) {
                    break;
                }
                let what = format!("schema {from}, {failing:?}: {ran:?}");
                assert!(matches!(ran.code, Some(0 | 1)) && !ran.err.contains("panicked"), "{what}");
                if ran.code == Some(1) && errno == ENOSPC {
                    assert!(ran.err.contains("disk is full"), "it says why: {what}");
                }
                assert_eq!(place.integrity(), "ok", "{what}");
                verify(&place, &what);
                trials += 1;
                call += if wanted == 0 { 1 } else { 1 + u32::try_from(dice.below(40)).unwrap() };
            }
            tried += trials;
        }
    }
    assert!(tried > 4, "only {tried} calls failed");
    println!("{tried} calls that failed in an update");
}
