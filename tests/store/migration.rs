//! A library of an older schema is taken over whole: of the first it waits to be labelled and placed, of the second its
//! text index goes on.
//!
//! Holds R4.

use rusqlite::Connection;
use tidings::clock::Clock;
use tidings::model::{ArticleId, EntityKind, Labels, Score};
use tidings::query::{ListRequest, Rows, Scope};
use tidings::store::{Store, UpdateStep, list_backups};

use crate::fixture::{Library, START, all, entity, key, moment, topic};
use crate::full_text::full_text;
use crate::search::word;

/// A library as the first version left it: two feeds, one of them hidden, four articles, one read, one off-topic.
fn first_version(path: &std::path::Path) {
    let conn = Connection::open(path).expect("created");
    conn.execute_batch("PRAGMA journal_mode = wal").expect("set");
    conn.execute_batch(include_str!("../../src/store/migrations/0001_desk.sql")).expect("the first schema");
    conn.execute_batch(&format!(
        "PRAGMA user_version = 1; PRAGMA application_id = {};
         INSERT INTO feed (id, url, config_name, name, topics, enabled, shown, position) VALUES
            (1, 'https://wire.example/feed', 'Wire', 'Wire', x'', 1, 1, 0), (2, 'https://old.example/feed', 'Old', 'Old', x'', 1, 0, 1);
         INSERT INTO counter (kind, key, articles, unread, saved) VALUES (0, 0, 3, 2, 0), (1, 1, 3, 2, 0), (2, 0, 2, 1, 0);",
        0x7469_6469
    ))
    .expect("filled");
    let number = |n: i64| key(n.unsigned_abs());
    for (n, (feed, topics, best, read)) in
        (1_i64..).zip([(1, vec![0_u8], 0, 0), (1, vec![0], 0, 1), (1, vec![], 18, 0), (2, vec![0], 0, 0)])
    {
        let date = START - n * 3_600;
        conn.execute(
            "INSERT INTO article (feed, key, url, title, fetched, date, topics, best, read, saved, noted, shown, in_feed, last_seen, digest)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, ?10, 1, ?5, 0)",
            (feed, number(n), format!("https://news.example/{n}"), format!("Story {n}"), START * 1_000, date, &topics, best, read, feed == 1),
        )
        .expect("stored");
        conn.execute("INSERT INTO article_text VALUES (?1, ?2, '[]', '[]', '', '')", (n, format!("Text {n}")))
            .expect("stored");
        conn.execute("INSERT INTO index_queue VALUES (?1)", [n]).expect("queued");
        if feed == 1 && !topics.is_empty() {
            conn.execute("INSERT INTO article_topic VALUES (0, ?1, ?2, ?3, 1, 0)", (read, date, n)).expect("listed");
        }
        if read == 1 {
            conn.execute("INSERT INTO article_state VALUES (1, ?1, 1, 0, NULL)", [number(n)]).expect("kept");
        }
    }
}

#[tokio::test]
async fn articles_become_stories_of_their_own_and_wait_for_labels_and_places() {
    let library = Library::new();
    let (folder, clock) = (tempfile::tempdir().expect("a folder"), library.clock.clone());
    let (path, backups) = (folder.path().join("tidings.db"), folder.path().join("backups"));
    first_version(&path);
    let mut told = Vec::new();
    let store = Store::open_watched(&path, &backups, clock.clone(), &mut |update| told.push(update));
    let store = store.expect("taken over");
    for version in [2, 3, 4] {
        let steps: Vec<UpdateStep> =
            told.iter().filter(|update| update.to == version).map(|update| update.step).collect();
        let whole = [UpdateStep::BackingUp { percent: 100 }, UpdateStep::Checking, UpdateStep::Changing];
        assert!(steps.ends_with(&whole), "to {version}: {steps:?}");
    }
    assert!(told.is_sorted_by_key(|update| update.to), "{told:?}");
    let copies = list_backups(&backups).expect("listed");
    assert_eq!(copies.len(), 3, "a copy was made before each step");
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());

    let counts = store.counts().await.expect("counted");
    assert_eq!((counts.articles, counts.unread, counts.stories, counts.unread_stories), (3, 2, 3, 2));
    assert_eq!((counts.off_topic, counts.unread_off_topic), (1, 1));
    assert_eq!(counts.newest, Some(ArticleId(4)), "what waits to be placed again does not hold lists back");
    let rows = store.headlines(ListRequest { rows: Rows::Stories, ..all(Scope::All) }).await.expect("read");
    assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Story 1", "Story 2", "Story 3"]);
    assert_eq!(rows.iter().map(|row| row.story.0).collect::<Vec<_>>(), [1, 2, 3]);

    assert!(store.unplaced(9).await.expect("read").is_empty(), "labels come first");
    assert_eq!(store.set_fingerprint(77).await.expect("set"), 4);
    let waiting = store.unlabelled(3).await.expect("read");
    assert_eq!(waiting.iter().map(|subject| subject.article.0).collect::<Vec<_>>(), [4, 3, 2], "the newest first");
    let labels = |id: ArticleId| {
        let entities = vec![entity("Port One", EntityKind::Port)];
        (id, Labels { topics: vec![(topic("rail"), Score(310))], entities, ..Labels::default() })
    };
    assert_eq!(store.label(77, waiting.into_iter().map(|subject| labels(subject.article)).collect()).await, Ok(3));
    assert_eq!(store.unlabelled_count().await, Ok(1));
    assert!(store.unplaced(9).await.expect("read").is_empty());
    store.close().await;

    let mut untold = |update| panic!("nothing is left to update: {update}");
    let store = Store::open_watched(&path, &backups, Clock::fixed(moment(START)), &mut untold).expect("opened again");
    assert_eq!(store.set_fingerprint(77).await.expect("set"), 1, "goes on where it was");
    assert_eq!(store.label(77, vec![labels(ArticleId(1))]).await, Ok(1));
    let told = store.told_of(store.unplaced(9).await.expect("read")).await.expect("read");
    assert_eq!(told.iter().map(|told| told.article.0).collect::<Vec<_>>(), [4, 3, 2, 1], "by date, the oldest first");
    assert_eq!((told[0].text.as_str(), told[0].entities.as_slice()), ("Text 4", ["x:port-one".to_owned()].as_slice()));
    let counts = store.counts().await.expect("counted");
    assert_eq!((counts.unread, counts.off_topic, counts.unread_by_topic[topic("rail").index()]), (2, 0, 2));
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
}

/// A library as the second version left it: that of the first, taken over, its first two articles indexed.
fn second_version(path: &std::path::Path) {
    first_version(path);
    let conn = Connection::open(path).expect("opened");
    conn.execute_batch(include_str!("../../src/store/migrations/0002_beat.sql")).expect("the second schema");
    conn.execute_batch(
        "PRAGMA user_version = 2; DELETE FROM index_queue WHERE article <= 2;
         INSERT INTO indexed (article, source) VALUES (1, 'Wire'), (2, 'Wire');
         INSERT INTO article_fts (rowid, title, author, source, body)
            SELECT document, title, author, source, body FROM article_indexed;",
    )
    .expect("indexed");
}

#[tokio::test]
async fn a_library_of_the_second_version_keeps_its_index_and_takes_full_texts() {
    let (folder, clock) = (tempfile::tempdir().expect("a folder"), Clock::fixed(moment(START)));
    let (path, backups) = (folder.path().join("tidings.db"), folder.path().join("backups"));
    second_version(&path);
    let store = Store::open(&path, &backups, clock).expect("taken over");
    assert_eq!(list_backups(&backups).expect("listed").len(), 2, "a copy was made before each step");
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    let titles = async |scope: Scope| -> Vec<String> {
        store.headlines(all(scope)).await.expect("read").into_iter().map(|row| row.title).collect()
    };
    assert_eq!(titles(word("text")).await, ["Story 1", "Story 2"], "what was indexed is found without indexing anew");
    let article = store.article(ArticleId(1)).await.expect("read").expect("there");
    assert_eq!((article.full_text, article.place), (None, 0));
    let kept = store.keep_full_text(ArticleId(1), full_text("The whole of it"), "The whole of it".to_owned()).await;
    assert_eq!(kept, Ok(true));
    while store.index().await.expect("indexed") {}
    assert_eq!(titles(word("text")).await, ["Story 2", "Story 3"], "the old words were taken out exactly");
    assert_eq!(titles(word("whole")).await, ["Story 1"]);
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    store.close().await;
    let conn = Connection::open(&path).expect("opened");
    tidings::store::teach_texts(&conn).expect("taught");
    conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)").expect("it agrees");
}
