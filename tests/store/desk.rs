//! The main job: articles arrive, are listed, read, marked, counted.

use tidings::model::{Enclosure, Mark, Score};
use tidings::query::Scope;

use crate::fixture::{Library, all, article, topic};

#[tokio::test]
async fn articles_arrive_and_are_listed_read_and_counted() {
    let library = Library::new();
    let feeds = library.subscribe(&["Harbour Gazette", "Dock and Rail"]).await;
    let mut first = article(1, 60, "Blank sailings rise");
    first.labels.topics = vec![(topic("rates"), Score(420)), (topic("ocean"), Score(300))];
    first.author = Some("A. Jansen".to_owned());
    first.categories = vec!["Ocean".to_owned()];
    let file = Enclosure {
        url: "https://a/x.mp3".into(),
        mime: "audio/mpeg".into(),
        bytes: Some(9),
        title: None,
        seconds: None,
    };
    first.enclosures = vec![file];
    let done = library.ingest(feeds[0].id, vec![first.clone(), article(2, 3_600, "Crane strike ends")]).await;
    library.ingest(feeds[1].id, vec![article(1, 120, "Rail works in spring")]).await;

    assert_eq!((done.new.len(), done.updated, done.no_overlap), (2, 0, false));
    assert_eq!(
        library.titles(Scope::All).await,
        ["Blank sailings rise", "Rail works in spring", "Crane strike ends"],
        "newest first; the same key in two feeds is two articles"
    );
    assert_eq!(library.titles(Scope::Topic(topic("ocean"))).await, ["Blank sailings rise"]);
    assert_eq!(library.titles(Scope::Feed(feeds[1].id)).await, ["Rail works in spring"]);
    let rows = library.store.headlines_now(&all(Scope::All)).expect("read at once");
    assert_eq!(rows.len(), 3);

    let change = library.store.mark(vec![rows[0].id], Mark::Read(true)).await.expect("marked");
    assert_eq!((change.articles, change.title.as_deref()), (vec![rows[0].id], Some("Blank sailings rise")));
    let again = library.store.mark(vec![rows[0].id], Mark::Read(true)).await.expect("marked");
    assert_eq!((again.id, again.articles), (None, vec![]), "what is read already is no change");

    let counts = library.store.counts().await.expect("counted");
    assert_eq!((counts.articles, counts.unread, counts.saved), (3, 2, 0));
    assert_eq!(counts.unread_by_topic[topic("ocean").index()], 0);
    assert_eq!(counts.newest.map(|id| id.0), Some(3), "the first fetch of all is shown before it has its places");
    library.place_all().await;
    let counts = library.store.counts().await.expect("counted");
    assert_eq!((counts.newest.map(|id| id.0), counts.stories, counts.unread_stories), (Some(3), 3, 2));

    let read = library.store.article(rows[0].id).await.expect("read").expect("it is there");
    assert!(read.headline.state.read && !read.headline.state.saved);
    assert_eq!(
        (read.headline.author.as_deref(), read.headline.topics),
        (Some("A. Jansen"), vec![topic("rates"), topic("ocean")])
    );
    assert_eq!((read.enclosures, read.categories), (first.enclosures, first.categories));
    library.ingest(feeds[1].id, vec![article(1, 120, "Rail works in spring"), article(2, 60, "Quay closed")]).await;
    let counts = library.store.counts().await.expect("counted");
    assert_eq!(counts.newest.map(|id| id.0), Some(3), "later ones are not shown before they have their places");
    library.place_all().await;
    assert_eq!(library.store.counts().await.expect("counted").newest.map(|id| id.0), Some(4));
    library.assert_sound().await;
}
