//! Undo and redo: any sequence, over restarts, with config edits between.

use tidings::model::{ArticleId, Mark, Step};
use tidings::query::{ListRequest, Scope};

use crate::fixture::{Library, all, article, ids};

async fn with_articles(count: u64) -> (Library, Vec<ArticleId>) {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let age = |n: u64| i64::try_from(n).expect("small");
    library.ingest(feed, (0..count).map(|n| article(n, age(n), &format!("t{n}"))).collect()).await;
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    let ids = ids(&rows);
    (library, ids)
}

async fn note(library: &Library, id: ArticleId) -> Option<String> {
    library.store.article(id).await.expect("read").expect("there").note
}

fn marks(step: Option<Step>) -> (Mark, Vec<ArticleId>) {
    match step {
        Some(Step::Marks(change)) => (change.mark, change.articles),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn changes_are_taken_back_and_done_again_after_restarts() {
    let (library, ids) = with_articles(4).await;
    let set = |id: usize, mark: Mark| library.store.mark(vec![ids[id]], mark);
    set(0, Mark::Read(true)).await.expect("read");
    set(0, Mark::Note(Some("first".into()))).await.expect("noted");
    set(0, Mark::Note(Some("second".into()))).await.expect("noted");
    let (before, after) = ("a = 1 # π".to_owned(), "a = 2".to_owned());
    library.store.journal_config(before.clone(), after.clone(), "renamed".into()).await.expect("kept");
    set(1, Mark::Saved(true)).await.expect("saved");
    let library = library.reopen().await;

    assert_eq!(marks(library.store.undo().await.expect("undone")), (Mark::Saved(true), vec![ids[1]]));
    let config = library.store.undo().await.expect("undone");
    let words = "renamed".to_owned();
    assert_eq!(config, Some(Step::Config { from: after.clone(), to: before.clone(), words: words.clone() }));
    marks(library.store.undo().await.expect("undone"));
    assert_eq!(note(&library, ids[0]).await.as_deref(), Some("first"));
    let library = library.reopen().await;
    marks(library.store.undo().await.expect("undone"));
    assert_eq!(note(&library, ids[0]).await, None);
    marks(library.store.undo().await.expect("undone"));
    assert_eq!(library.store.undo().await.expect("nothing left"), None);
    assert_eq!(library.store.counts().await.expect("counted").unread, 4);

    marks(library.store.redo().await.expect("redone"));
    marks(library.store.redo().await.expect("redone"));
    let library = library.reopen().await;
    assert_eq!(marks(library.store.redo().await.expect("redone")).0, Mark::Note(Some("second".into())));
    assert_eq!(note(&library, ids[0]).await.as_deref(), Some("second"));
    let config = library.store.redo().await.expect("redone");
    assert_eq!(config, Some(Step::Config { from: before, to: after, words }));

    library.store.mark(vec![ids[3]], Mark::Read(true)).await.expect("read");
    assert_eq!(library.store.redo().await.expect("ended"), None, "a new change ends what could be redone");
    library.assert_sound().await;
}

#[tokio::test]
async fn all_that_a_list_shows_is_one_change() {
    let (library, ids) = with_articles(3_000).await;
    library.store.mark(ids[..10].to_vec(), Mark::Read(true)).await.expect("read");
    let request = ListRequest { up_to: Some(ArticleId(2_900)), limit: 7, ..all(Scope::All) };
    let change = library.store.mark_all(request, Mark::Read(true)).await.expect("read");
    assert_eq!(change.articles.len(), 2_900, "what had arrived by then, whatever the window");
    assert_eq!(library.store.counts().await.expect("counted").unread, 90);
    let library = library.reopen().await;
    assert_eq!(marks(library.store.undo().await.expect("undone")).1.len(), 2_900);
    assert_eq!(library.store.counts().await.expect("counted").unread, 2_990);
    library.assert_sound().await;
}

#[tokio::test]
async fn the_journal_keeps_a_thousand_changes() {
    let (library, ids) = with_articles(1).await;
    for n in 0..1_010 {
        library.store.mark(vec![ids[0]], Mark::Read(n % 2 == 0)).await.expect("marked");
    }
    let mut undone = 0;
    while library.store.undo().await.expect("undone").is_some() {
        undone += 1;
    }
    assert_eq!(undone, 1_000);
}

#[tokio::test]
async fn config_texts_do_not_grow_without_end() {
    let (library, _) = with_articles(1).await;
    let text = |n: usize| format!("{n}{}", "#".repeat(600_000));
    for n in 0..12 {
        library.store.journal_config(text(n), text(n + 1), "edit".into()).await.expect("kept");
    }
    let mut undone = 0;
    while library.store.undo().await.expect("undone").is_some() {
        undone += 1;
    }
    assert_eq!(undone, 6, "eight megabytes hold six pairs of 1.2 MB");
}
