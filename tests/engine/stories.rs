//! Stories: one event is one story, hands decide for good, and two processes never place at once.

use std::collections::{BTreeMap, BTreeSet};

use tidings::engine::{PollRequest, Undone};
use tidings::model::{ArticleId, Mark, StoryId};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};

use crate::beat::{library, newsroom, row, rows};
use crate::library::Library;

const FIRST: &str = "https://ledger.example/1";
const OTHER: &str = "https://quay.example/2";
const COPY: &str = "https://boxwire.example/5";
const CRANES: &str = "https://ledger.example/3";

async fn places(library: &Library) -> BTreeMap<String, StoryId> {
    rows(library).await.into_iter().map(|row| (row.url, row.story)).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_poll_ends_when_every_article_is_in_its_story() {
    let server = newsroom();
    let library = library(&server, "").await;
    let (first, other, copy) = (row(&library, FIRST).await, row(&library, OTHER).await, row(&library, COPY).await);
    assert_eq!((first.story, first.copy_of), (StoryId(first.id.0), None), "the story has the key of its first article");
    assert_eq!((other.story, other.copy_of), (first.story, None));
    assert_eq!((copy.story, copy.copy_of), (first.story, Some(first.id)));
    assert_eq!((first.coverage.others, first.coverage.sources), (2, 2), "a copy is no source of its own");
    let request = ListRequest {
        scope: Scope::All,
        unread_only: false,
        rows: Rows::Stories,
        order: Order::Date,
        up_to: None,
        page: Page::First,
        limit: 10,
    };
    let stories = library.engine.headlines(request).await.unwrap();
    let distinct: BTreeSet<StoryId> = places(&library).await.into_values().collect();
    assert_eq!(stories.len(), distinct.len(), "one row a story");
    assert!(stories.iter().any(|row| row.url == FIRST), "the lead stands for its story");

    let page = library.engine.story(first.story).await.unwrap().unwrap();
    let urls: Vec<&str> = page.lines.iter().map(|line| line.headline.url.as_str()).collect();
    assert_eq!(urls, [FIRST, OTHER, COPY]);
    assert_eq!((page.sources, page.activity.iter().sum::<u32>()), (2, 3));
    assert!(page.lines.iter().all(|line| line.kinship.is_some() && !line.teaser.is_empty()));
    assert!(page.lines[2].news.is_empty(), "a copy says nothing new: {:?}", page.lines[2].news);
    let why = library.engine.why(other.id).await.unwrap().unwrap();
    assert!(why.kinship.is_some_and(|kinship| kinship.score >= kinship.threshold && !kinship.words.is_empty()));
    let company = library.engine.company(other.id).await.unwrap();
    assert_eq!(company.story.iter().map(|row| row.id).collect::<Vec<ArticleId>>(), [first.id, copy.id]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_marks_copies_but_no_siblings_unless_the_whole_story_is_meant() {
    let server = newsroom();
    let library = library(&server, "").await;
    let first = row(&library, FIRST).await;
    library.engine.mark(vec![first.id], Mark::Read(true)).await.unwrap();
    assert!(row(&library, COPY).await.state.read);
    assert!(!row(&library, OTHER).await.state.read);
    library.engine.mark_story_read(first.story).await.unwrap();
    assert!(row(&library, OTHER).await.state.read);
    library.engine.undo().await.unwrap();
    assert!(!row(&library, OTHER).await.state.read);
    assert!(row(&library, FIRST).await.state.read);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hands_decide_for_good() {
    let server = newsroom();
    let mut library = library(&server, "").await;
    let before = places(&library).await;
    let (first, other) = (row(&library, FIRST).await, row(&library, OTHER).await);
    let words = library.engine.split(other.id).await.unwrap();
    assert!(words.contains("Eight-day dock strike"), "{words}");
    assert_eq!(row(&library, OTHER).await.story, StoryId(other.id.0));
    assert!(library.engine.split(other.id).await.is_err(), "it is alone now");

    // A restart, and arrivals that make the newsroom look at them again.
    library.restart().await;
    library.poll(PollRequest::Force).await;
    assert_eq!(row(&library, OTHER).await.story, StoryId(other.id.0));
    assert_eq!(row(&library, COPY).await.story, first.story);
    let undone = library.engine.undo().await.unwrap();
    assert!(matches!(undone, Undone::Story(_)), "{undone:?}");
    assert_eq!(places(&library).await, before);
    library.engine.redo().await.unwrap();
    assert_eq!(row(&library, OTHER).await.story, StoryId(other.id.0));
    library.engine.undo().await.unwrap();

    let cranes = row(&library, CRANES).await;
    library.engine.merge(cranes.id, first.id).await.unwrap();
    assert_eq!(row(&library, CRANES).await.story, first.story);
    library.restart().await;
    library.poll(PollRequest::Force).await;
    assert_eq!(row(&library, CRANES).await.story, first.story, "put together by hand");
    let why = library.engine.why(cranes.id).await.unwrap().unwrap();
    assert_eq!(why.kinship.and_then(|kinship| kinship.by_hand), Some(true));
    library.engine.undo().await.unwrap();
    assert_eq!(places(&library).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_engines_on_one_library_agree() {
    let server = newsroom();
    let library = library(&server, "").await;
    let before = places(&library).await;
    let second = library.second_engine().await;
    // Each has the latest stories in memory; each says something about them; neither works on with what it knew.
    let (first, other) = (row(&library, FIRST).await, row(&library, OTHER).await);
    second.split(other.id).await.unwrap();
    let cranes = row(&library, CRANES).await;
    library.engine.merge(cranes.id, first.id).await.unwrap();
    let now = places(&library).await;
    assert_eq!((now[OTHER], now[CRANES]), (StoryId(other.id.0), first.story));
    let (one, two) = tokio::join!(
        library.engine.poll_and_wait(PollRequest::Force, |_| ()),
        second.poll_and_wait(PollRequest::Force, |_| ())
    );
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert_eq!(places(&library).await, now);
    second.undo().await.unwrap();
    library.engine.undo().await.unwrap();
    assert_eq!(places(&library).await, before);
    assert_eq!(library.engine.check().await.unwrap(), Vec::<String>::new());
    second.shutdown().await;
}
