//! Files as they may lie there: new, newer, damaged, read-only, without their log, with no room.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use tidings::clock::Clock;
use tidings::model::Mark;
use tidings::query::Scope;
use tidings::store::{Store, StoreError, newsboat_read_urls};

use crate::fixture::{Library, all, article};

fn open(path: &Path) -> Result<Store, StoreError> {
    Store::open(path, &path.with_file_name("backups"), Clock::system())
}

/// A closed library of two articles, one of them saved.
async fn closed() -> Library {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let done = library.ingest(feed, vec![article(1, 60, "one"), article(2, 50, "two")]).await;
    library.store.mark(vec![done.new[0]], Mark::Saved(true)).await.expect("saved");
    library.store.close().await;
    library
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/deep/tidings.db");
    let store = open(&path).expect("created with its folders");
    let feed = store.set_subscriptions(vec![crate::fixture::subscription("Wire")]).await.expect("set")[0].id;
    store.ingest(feed, vec![], Library::new().record(), true).await.expect("stored");
    let _lock = store.try_poll_lock().expect("locked");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("new")), 0o700);
    for name in ["tidings.db", "tidings.db-wal", "poll.lock"] {
        assert_eq!(mode(&path.with_file_name(name)), 0o600, "{name}");
    }
}

#[tokio::test]
async fn a_newer_database_is_refused_and_not_touched() {
    let library = closed().await;
    let conn = Connection::open(library.path()).expect("opened");
    conn.pragma_update(None, "user_version", 999).expect("set");
    conn.close().expect("closed");
    let before = fs::read(library.path()).expect("read");
    let refused = open(&library.path());
    assert!(matches!(refused, Err(StoreError::Newer { found: 999, .. })), "{refused:?}");
    assert!(refused.expect_err("refused").to_string().contains("newer tidings"));
    assert_eq!(fs::read(library.path()).expect("read"), before);
}

#[tokio::test]
async fn damage_is_named_and_the_file_left_alone() {
    let library = closed().await;
    let good = fs::read(library.path()).expect("read");
    let mut header = good.clone();
    header[..16].fill(b'x');
    for (what, bytes) in
        [("garbage", b"not a database".to_vec()), ("header", header), ("half", good[..good.len() / 2].to_vec())]
    {
        fs::write(library.path(), &bytes).expect("written");
        let error = open(&library.path()).expect_err(what);
        assert!(matches!(error, StoreError::Damaged { .. }), "{what}: {error}");
        assert!(error.to_string().contains("tidings.db"), "{what}: {error}");
        assert_eq!(fs::read(library.path()).expect("read"), bytes, "{what}");
    }
    // Pages in the middle: found when they are read, or by the check.
    let mut pages = good.clone();
    let from = pages.len() / 4;
    pages[from..].fill(0xff);
    fs::write(library.path(), &pages).expect("written");
    let told = match open(&library.path()) {
        Err(error) => error,
        Ok(store) => store.headlines_now(&all(Scope::All)).expect_err("the pages are gone"),
    };
    assert!(matches!(told, StoreError::Damaged { .. }), "{told}");
}

#[tokio::test]
async fn a_copy_without_its_log_opens_with_what_was_written_back() {
    let library = closed().await;
    let copy = library.folder.path().join("copy.db");
    fs::copy(library.path(), &copy).expect("copied");
    let store = open(&copy).expect("opened");
    assert_eq!(store.counts().await.expect("counted").saved, 1);
}

#[tokio::test]
async fn a_log_left_behind_by_a_kill_is_taken_up() {
    let library = closed().await.reopen().await;
    let feed = library.store.feeds().await.expect("read")[0].feed.id;
    library.ingest(feed, vec![article(3, 40, "three")]).await;
    // What a killed process leaves: the file and its log, no index of the log.
    let other = tempfile::tempdir().expect("a folder");
    let to = other.path().join("tidings.db");
    for suffix in ["", "-wal"] {
        let name = format!("tidings.db{suffix}");
        fs::copy(library.folder.path().join(&name), other.path().join(&name)).expect("copied");
    }
    let store = open(&to).expect("opened");
    assert_eq!(store.counts().await.expect("counted").articles, 3);
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
}

#[cfg(unix)]
#[tokio::test]
async fn a_read_only_library_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let library = closed().await;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    set(&library.path(), 0o400);
    set(library.folder.path(), 0o500);
    if fs::OpenOptions::new().write(true).open(library.path()).is_ok() {
        println!("rights do not bind this user; the read-only file system is tested elsewhere");
    } else {
        let store = open(&library.path()).expect("opened for reading");
        assert!(store.is_read_only());
        let rows = store.headlines(all(Scope::All)).await.expect("read");
        assert_eq!(rows.len(), 2);
        let refused = store.mark(vec![rows[0].id], Mark::Read(true)).await;
        assert!(matches!(refused, Err(StoreError::ReadOnly { .. })), "{refused:?}");
        assert!(matches!(store.try_poll_lock(), Err(StoreError::ReadOnly { .. })));
        store.close().await;
    }
    set(library.folder.path(), 0o700);
}

#[test]
fn newsboat_read_marks_are_found_also_in_a_damaged_cache() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cache.db");
    let conn = Connection::open(&path).expect("made");
    conn.execute_batch(
        "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT, title TEXT, url TEXT, unread INTEGER NOT NULL);
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
         INSERT INTO rss_item (guid, title, url, unread) SELECT i, 'invented ' || i, 'https://n.example/' || i, i % 2 FROM n;
         INSERT INTO rss_item (url, unread) VALUES (NULL, 0), ('', 0), (X'ff', 0);",
    )
    .expect("filled");
    conn.close().expect("closed");
    let urls = newsboat_read_urls(&path).expect("read");
    assert_eq!((urls.len(), urls[0].as_str()), (2_000, "https://n.example/2"));

    let mut bytes = fs::read(&path).expect("read");
    let from = bytes.len() / 2;
    bytes[from..].fill(0xff);
    fs::write(&path, &bytes).expect("written");
    let some = newsboat_read_urls(&path).expect("what comes before the damage");
    assert!(!some.is_empty() && some.len() < 2_000, "{}", some.len());
    fs::write(&path, b"nothing of the kind").expect("written");
    assert!(newsboat_read_urls(&path).is_err());
    assert!(newsboat_read_urls(&folder.path().join("missing")).is_err());
}
