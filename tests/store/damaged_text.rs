//! One article whose text is damaged: it is told, and nothing else stands still for it.

use rusqlite::Connection;

use crate::fixture::{Library, article};
use crate::search::word;

#[tokio::test]
async fn one_damaged_text_keeps_no_other_article_from_being_labelled_placed_and_found() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let new = library.ingest(feed, vec![article(1, 60, "Crane falls"), article(2, 30, "Lock opens")]).await.new;
    let [lock, crane] = new[..] else { panic!("{new:?}") };
    let conn = Connection::open(library.path()).expect("opened");
    let damaged = conn.execute("UPDATE article_text SET texts = x'0100ff' WHERE article = ?1", [crane.0]);
    assert_eq!(damaged, Ok(1));
    drop(conn);

    library.store.label_again(vec![crane, lock]).await.expect("noted");
    let subjects = library.store.unlabelled(10).await.expect("read");
    assert_eq!(
        subjects.iter().map(|subject| subject.text.is_empty()).filter(|empty| *empty).count(),
        1,
        "{subjects:?}"
    );
    assert_eq!(subjects.len(), 2);
    assert_eq!(library.store.unplaced(10).await.expect("read").len(), 2);
    library.index_all().await;
    assert_eq!(library.titles(word("lock")).await, ["Lock opens"]);
    assert_eq!(library.titles(word("crane")).await, ["Crane falls"], "by its title");
    let told = library.store.article(crane).await.expect_err("it is not shown as an article without a text");
    assert!(told.to_string().contains("damaged"), "{told}");
    let found = library.store.check().await.expect("checked");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("text is damaged"), "{found:?}");
}
