//! F11: the log or its index is missing, or is that of another moment.

use std::fs::{copy, read, remove_file, write};

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};

/// The files of a library as a killed desk leaves them: the file, its log with a mark in it, and the index of the log.
fn left_behind() -> (Newsroom, Place) {
    let news = Newsroom::open(10);
    let place = Place::polled(&news.feed());
    let other = Place::empty();
    let writer = place.connection();
    writer.execute_batch("PRAGMA wal_autocheckpoint = 0").unwrap();
    place.run(&["mark", "save", &place.id_of(&title(3))]).well();
    // Held open all the while, so that nobody writes the log back.
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE feed SET position = position; COMMIT").unwrap();
    for name in ["tidings.db", "tidings.db-wal", "tidings.db-shm", "config.toml"] {
        copy(place.dir().join(name), other.dir().join(name)).unwrap();
    }
    (news, other)
}

fn beside(place: &Place, suffix: &str) -> std::path::PathBuf {
    place.dir().join(format!("tidings.db{suffix}"))
}

#[test]
fn f11_a_log_without_its_index_is_taken_up() {
    for index in [None, Some(Vec::new()), Some(vec![0xff; 32_768]), Some(vec![0; 32_768])] {
        let (_news, place) = left_behind();
        let what = format!("index of {:?} bytes", index.as_ref().map(Vec::len));
        match index {
            None => remove_file(beside(&place, "-shm")).unwrap(),
            Some(bytes) => write(beside(&place, "-shm"), bytes).unwrap(),
        }
        assert_eq!(place.list(&["is:saved"]).len(), 1, "{what}: what the log has is there");
        assert_eq!(place.integrity(), "ok", "{what}");
        assert_eq!(place.list(&[]).len(), 10, "{what}");
    }
}

#[test]
fn f11_a_file_without_its_log_opens_with_what_was_written_back() {
    let (_news, place) = left_behind();
    remove_file(beside(&place, "-wal")).unwrap();
    assert_eq!(place.list(&[]).len(), 10);
    assert_eq!(place.integrity(), "ok");
    place.desk(USUAL).wait_selected(&title(9));
    place.run(&["mark", "save", &place.id_of(&title(3))]).well();
    assert_eq!(place.list(&["is:saved"]).len(), 1);
}

#[test]
fn f11_a_log_of_another_moment_is_not_mixed_in() {
    let (news, place) = left_behind();
    let (log, index) = (read(beside(&place, "-wal")).unwrap(), read(beside(&place, "-shm")).unwrap());
    place.run(&["mark", "save", &place.id_of(&title(4))]).well();
    news.bring_out(200);
    place.run(&["poll", "--now"]).well();
    let before = place.list(&[]).len();
    for with_index in [false, true] {
        write(beside(&place, "-wal"), &log).unwrap();
        if with_index {
            write(beside(&place, "-shm"), &index).unwrap();
        } else {
            remove_file(beside(&place, "-shm")).ok();
        }
        // Pages of the old log may stand in the place of newer ones: that is damage, which is told and can be salvaged.
        let ran = place.run(&["list", "--limit", "all"]);
        assert!(!ran.err.contains("panicked"), "{ran:?}");
        let checked = place.run(&["doctor"]);
        assert!(!checked.err.contains("panicked"), "{checked:?}");
        let salvaged = place.run(&["backup", "salvage"]).well();
        println!("of {before} articles: {}", salvaged.err.lines().next().unwrap_or_default());
    }
}

#[test]
fn f11_a_file_that_lacks_pages_says_that_its_log_may_be_missing() {
    let (_news, place) = left_behind();
    let file = read(place.database()).unwrap();
    write(place.database(), &file[..file.len() - 3 * 4096]).unwrap();
    remove_file(beside(&place, "-wal")).unwrap();
    let ran = place.run(&["list"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("cut short, or its log, tidings.db-wal, is missing"), "{ran:?}");
}
