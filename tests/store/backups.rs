//! Backups: made in use, listed, rotated, put back.
//!
//! Holds R4.

use jiff::SignedDuration;
use rusqlite::Connection;
use tidings::model::Mark;
use tidings::query::Scope;
use tidings::store::{Store, StoreError, backup_name, list_backups, restore, rotate_backups};

use crate::fixture::{Library, article};

async fn filled() -> Library {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let done = library.ingest(feed, vec![article(1, 60, "kept"), article(2, 50, "also")]).await;
    library.store.mark(done.new, Mark::Saved(true)).await.expect("saved");
    library
}

#[tokio::test]
async fn a_backup_is_made_listed_and_put_back() {
    let library = filled().await;
    let to = library.backups().join(backup_name(library.clock.now()));
    library.store.backup(to.clone()).await.expect("backed up");
    let listed = list_backups(&library.backups()).expect("listed");
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].made, listed[0].articles), (Some(library.clock.now()), Some(2)));
    assert_eq!(listed[0].bytes, std::fs::metadata(&to).expect("there").len());

    let feed = library.store.feeds().await.expect("read")[0].feed.id;
    library.ingest(feed, vec![article(3, 40, "after the backup")]).await;
    let in_use = restore(&library.path(), &library.backups(), &to, &library.clock);
    assert!(in_use.expect_err("in use").to_string().contains("close every tidings"));

    library.store.close().await;
    let aside = restore(&library.path(), &library.backups(), &to, &library.clock).expect("restored");
    let library = library.reopen().await;
    assert_eq!(library.titles(Scope::Saved).await, ["also", "kept"]);
    library.assert_sound().await;
    let aside = aside.expect("the current one was moved aside");
    let old = Connection::open(&aside).expect("opened");
    let articles: i64 = old.query_row("SELECT count(*) FROM article", [], |row| row.get(0)).expect("counted");
    assert_eq!(articles, 3, "nothing of it is lost");
}

#[tokio::test]
async fn a_damaged_database_can_be_replaced_and_a_bad_backup_cannot_replace() {
    let library = filled().await;
    let good = library.backups().join(backup_name(library.clock.now()));
    library.store.backup(good.clone()).await.expect("backed up");
    library.store.close().await;
    std::fs::write(library.path(), b"garbage").expect("written");

    let bad = library.backups().join("bad.db");
    let half = std::fs::read(&good).expect("read");
    std::fs::write(&bad, &half[..half.len() / 2]).expect("written");
    let refused = restore(&library.path(), &library.backups(), &bad, &library.clock);
    assert!(matches!(refused, Err(StoreError::Damaged { .. })), "{refused:?}");
    assert_eq!(std::fs::read(library.path()).expect("read"), b"garbage", "the current file is untouched");

    let aside = restore(&library.path(), &library.backups(), &good, &library.clock).expect("restored").expect("aside");
    assert_eq!(std::fs::read(aside).expect("read"), b"garbage");
    let library = library.reopen().await;
    assert_eq!(library.titles(Scope::All).await.len(), 2);
}

#[tokio::test]
async fn ten_daily_backups_stay_and_others_are_left_alone() {
    let library = filled().await;
    std::fs::create_dir_all(library.backups()).expect("made");
    for name in ["replaced-20200101T000000Z.db", "tidings-mine.db", "notes.txt"] {
        std::fs::write(library.backups().join(name), b"x").expect("written");
    }
    for _ in 0..12 {
        library.clock.advance(SignedDuration::from_hours(24));
        let to = library.backups().join(backup_name(library.clock.now()));
        library.store.backup(to).await.expect("backed up");
        rotate_backups(&library.backups(), None).expect("rotated");
    }
    let listed = list_backups(&library.backups()).expect("listed");
    assert_eq!(listed.len(), 12);
    assert_eq!(listed[0].made, Some(library.clock.now()), "the newest first");
    assert!(library.backups().join("notes.txt").exists());
}

#[tokio::test]
async fn a_failed_backup_leaves_nothing_half_made() {
    let library = filled().await;
    let in_the_way = library.backups().join("taken.db");
    std::fs::create_dir_all(in_the_way.join("inside")).expect("made");
    library.store.backup(in_the_way.clone()).await.expect_err("a folder has that name");
    let left: Vec<_> = std::fs::read_dir(library.backups()).expect("read").flatten().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let store: &Store = &library.store;
    assert_eq!(store.counts().await.expect("counted").articles, 2);
}

#[tokio::test]
async fn copies_that_were_never_finished_go_in_time() {
    let library = filled().await;
    let whole = library.backups().join("mine.db");
    library.store.backup(whole.clone()).await.expect("made");
    let left = |name: &str, hours: u64| {
        let path = library.backups().join(name);
        let file = std::fs::File::create(&path).expect("made");
        let now = file.metadata().and_then(|about| about.modified()).expect("dated");
        file.set_modified(now - std::time::Duration::from_hours(hours)).expect("dated");
        path
    };
    let (old, young) = (left("a.db.1.partial", 25), left("b.db.2.partial", 1));
    rotate_backups(&library.backups(), None).expect("rotated");
    assert!(!old.exists() && young.exists(), "only what was abandoned goes");
    assert!(whole.exists());
}
