//! Full texts: kept with their article, searched, and gone with it; reading places; the queue of wanted pages.

use jiff::SignedDuration;
use rusqlite::Connection;
use tidings::model::{ArticleId, Barrier, FullText, Mark, Picture};
use tidings::query::{Query, Scope};
use tidings::store::WantedPage;

use crate::fixture::{Library, START, article, moment};
use crate::search::word;

/// A full text of this words.
pub(crate) fn full_text(words: &str) -> FullText {
    FullText {
        url: "https://news.example/full".to_owned(),
        title: Some("Its own title".to_owned()),
        author: Some("Zoë Krämer".to_owned()),
        published: Some(moment(START - 500)),
        site: Some("Harbour Gazette".to_owned()),
        picture: Some(Picture {
            url: "https://news.example/quay.jpg".to_owned(),
            alt: "A \"quay\"".to_owned(),
            credit: None,
        }),
        html: format!("<p>{words}</p>"),
        pages: 2,
        fetched: moment(START),
        barrier: Some(Barrier::Paywall),
    }
}

async fn keep(library: &Library, id: ArticleId, words: &str) -> bool {
    library.store.keep_full_text(id, full_text(words), words.to_owned()).await.expect("kept")
}

async fn library() -> (Library, ArticleId, ArticleId) {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let new = library.ingest(feed, vec![article(1, 60, "Crane falls"), article(2, 30, "Lock opens")]).await.new;
    library.index_all().await;
    let [lock, crane] = new[..] else { panic!("{new:?}") };
    (library, crane, lock)
}

#[tokio::test]
async fn a_full_text_is_kept_as_it_came_and_searched_in_place_of_the_feeds() {
    let (library, crane, lock) = library().await;
    assert_eq!(library.store.article(crane).await.expect("read").expect("there").full_text, None);
    assert_eq!(library.titles(word("short")).await, ["Lock opens", "Crane falls"]);
    assert!(keep(&library, crane, "The boom gave way at berth nine, 集装箱运价上涨").await);
    library.index_all().await;
    let kept = library.store.article(crane).await.expect("read").expect("there");
    assert_eq!(kept.full_text, Some(full_text("The boom gave way at berth nine, 集装箱运价上涨")));
    assert_eq!(kept.html(), "<p>The boom gave way at berth nine, 集装箱运价上涨</p>");
    assert_eq!(library.titles(word("boom")).await, ["Crane falls"]);
    assert_eq!(library.titles(word("运价")).await, ["Crane falls"]);
    assert_eq!(library.titles(word("short")).await, ["Lock opens"], "the feed's text is no longer what is searched");
    assert_eq!(library.titles(word("crane")).await, ["Crane falls"], "the title still is");

    assert!(keep(&library, crane, "The jib held").await, "another one takes its place");
    library.index_all().await;
    assert_eq!(library.titles(word("boom")).await, Vec::<String>::new());
    assert_eq!(library.titles(word("jib")).await, ["Crane falls"]);

    // The publisher edits the feed's text and the title: the full text stays, and is found under the new title.
    let feed = library.store.feeds().await.expect("read")[0].feed.id;
    let mut edited = article(1, 60, "Crane collapses");
    edited.plain_text = "something else".to_owned();
    library.ingest(feed, vec![edited, article(2, 30, "Lock opens")]).await;
    library.index_all().await;
    assert_eq!(library.titles(word("jib")).await, ["Crane collapses"]);
    assert_eq!(library.titles(word("else")).await, Vec::<String>::new());
    assert!(!keep(&library, ArticleId(4_711), "nobody").await, "an article that is gone has none");

    let has = |query: Query| Scope::Search(query);
    let lacks = Query::Not(Box::new(Query::FullText));
    assert_eq!(library.titles(has(Query::FullText)).await, ["Crane collapses"]);
    assert_eq!(library.titles(has(lacks)).await, ["Lock opens"]);
    assert!(keep(&library, lock, "The gate swung open").await);
    library.store.mark(vec![lock], Mark::Saved(true)).await.expect("saved");
    assert_eq!(library.titles(has(Query::FullText)).await, ["Lock opens", "Crane collapses"], "newest first");
    for (with, titles) in [
        (Query::Saved, vec!["Lock opens"]),
        (Query::Unread, vec!["Lock opens", "Crane collapses"]),
        (Query::Source("wire".to_owned()), vec!["Lock opens", "Crane collapses"]),
        (Query::Noted, vec![]),
    ] {
        assert_eq!(library.titles(has(Query::And(vec![Query::FullText, with]))).await, titles);
    }
    let text = tidings::query::parse("jib has:fulltext", jiff::civil::date(2026, 1, 1)).expect("it can be read");
    assert_eq!(library.titles(has(text)).await, ["Crane collapses"]);
    library.assert_sound().await;

    let path = library.path();
    library.store.close().await;
    let conn = Connection::open(path).expect("opened");
    tidings::store::teach_texts(&conn).expect("taught");
    conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)").expect("it agrees");
}

#[tokio::test]
async fn it_stays_as_long_as_the_article_and_goes_with_it() {
    let (library, crane, lock) = library().await;
    for id in [crane, lock] {
        assert!(keep(&library, id, "All of the text").await);
        library.store.set_place(id, 420).await.expect("set");
    }
    library.store.want_pages(vec![crane]).await.expect("wanted");
    library.index_all().await;
    library.store.mark(vec![lock], Mark::Saved(true)).await.expect("saved");
    let feed = library.store.feeds().await.expect("read")[0].feed.id;
    library.clock.advance(SignedDuration::from_hours(24));
    library.ingest(feed, vec![article(3, 0, "New")]).await;
    library.clock.advance(SignedDuration::from_hours(24 * 400));
    let before = library.clock.now().checked_sub(SignedDuration::from_hours(24 * 60)).expect("in range");
    assert_eq!(library.store.retain(before).await.expect("aged out"), 1);
    library.assert_sound().await;
    let kept = library.store.article(lock).await.expect("read").expect("saved ones never age out");
    assert_eq!((kept.full_text.map(|text| text.html), kept.place), (Some("<p>All of the text</p>".to_owned()), 420));
    assert_eq!(library.titles(Scope::Search(Query::FullText)).await, ["Lock opens"]);
    let path = library.path();
    library.store.close().await;
    let conn = Connection::open(path).expect("opened");
    for table in ["full_text", "reading_place"] {
        let left: i64 = conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("read");
        assert_eq!(left, 1, "{table}");
    }
    tidings::store::teach_texts(&conn).expect("taught");
    conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)").expect("it agrees");
}

#[tokio::test]
async fn places_survive_a_restart_and_the_beginning_is_none() {
    let (library, crane, lock) = library().await;
    library.store.set_place(crane, 333).await.expect("set");
    library.store.set_place(lock, 60_000).await.expect("set");
    library.store.set_place(ArticleId(4_711), 5).await.expect("nothing to set");
    let library = library.reopen().await;
    let place = async |id| library.store.article(id).await.expect("read").expect("there").place;
    assert_eq!((place(crane).await, place(lock).await), (333, 1_000));
    library.store.set_place(crane, 0).await.expect("set");
    assert_eq!(place(crane).await, 0);
    library.assert_sound().await;
}

#[tokio::test]
async fn wanted_pages_wait_for_one_taker_at_a_time() {
    let (library, crane, lock) = library().await;
    let now = library.clock.now();
    let later = |minutes: i64| now.checked_add(SignedDuration::from_mins(minutes)).expect("in range");
    assert!(keep(&library, lock, "There already").await);
    library.store.want_pages(vec![crane, lock, ArticleId(4_711)]).await.expect("wanted");
    let library = library.reopen().await;
    let store = &library.store;
    let wanted = store.wanted_pages(now).await.expect("read");
    let feed = store.feeds().await.expect("read")[0].feed.id;
    let page = WantedPage { article: crane, feed, url: "https://news.example/1".to_owned(), attempts: 0 };
    assert_eq!(wanted, [page], "not what is kept already, nor what is gone");
    assert!(store.claim_page(crane, now, later(10)).await.expect("claimed"));
    assert!(!store.claim_page(crane, now, later(10)).await.expect("asked"), "somebody else has it");
    assert!(store.wanted_pages(now).await.expect("read").is_empty());
    assert_eq!(store.wanted_pages(later(10)).await.expect("read")[0].attempts, 1, "should he never come back");
    store.put_page_off(crane, later(30)).await.expect("put off");
    assert!(!store.claim_page(crane, later(29), later(60)).await.expect("asked"));
    assert!(store.claim_page(crane, later(30), later(60)).await.expect("claimed"));
    store.forget_page(crane).await.expect("forgotten");
    assert!(!store.claim_page(crane, later(90), later(99)).await.expect("asked"));
    library.assert_sound().await;
}

#[tokio::test]
async fn a_host_is_left_alone_until_its_time_has_come() {
    let (library, ..) = library().await;
    let now = library.clock.now();
    let later = |minutes: i64| now.checked_add(SignedDuration::from_mins(minutes)).expect("in range");
    let store = &library.store;
    store.leave_host_alone("a.example".into(), now, later(20)).await.expect("noted");
    store.leave_host_alone("a.example".into(), now, later(5)).await.expect("noted");
    let until = async |host: &str, at| store.host_left_alone(host.to_owned(), at).await.expect("read");
    assert_eq!(until("a.example", now).await, Some(later(20)), "the longest counts");
    assert_eq!(until("a.example", later(20)).await, None);
    assert_eq!(until("b.example", now).await, None);
}
