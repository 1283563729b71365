//! Notes stay with their articles, whatever becomes of the feed.

use jiff::SignedDuration;
use tidings::engine::PollRequest;
use tidings::model::Mark;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, rss};

#[tokio::test]
async fn a_note_survives_new_polls_another_text_and_a_restart() {
    let server = TestServer::start(|seen| {
        let text = rss(1..=3);
        Reply::ok(if seen.number == 0 { text } else { text.replace("took its first ship", "took three ships") })
    });
    let mut library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    let id = library.all(Scope::All).await[1].id;
    let note = "Ask compliance.\nThen the agent: 集装箱";
    let change = library.engine.mark(vec![id], Mark::Note(Some(note.into()))).await.unwrap();
    assert_eq!(change.articles, [id]);
    library.later(SignedDuration::from_hours(30));
    library.poll(PollRequest::Now).await;
    library.restart().await;
    let article = library.engine.article(id).await.unwrap().unwrap();
    assert!(article.feed_html().contains("three ships"), "the publisher changed it: {}", article.feed_html());
    assert_eq!((article.note.as_deref(), article.headline.state.noted), (Some(note), true));
    library.engine.undo().await.unwrap();
    assert_eq!(library.engine.article(id).await.unwrap().unwrap().note, None);
}
