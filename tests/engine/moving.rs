//! Another address for a feed: everything that is known of it stays, also when that is undone.

use tidings::engine::{FeedEdit, PollRequest, Undone};
use tidings::model::Mark;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, rss};

/// A site whose feed became a page that names another one, on another host of the loopback.
fn moved_site() -> (TestServer, TestServer) {
    let new = TestServer::start_on("127.0.1.9:0", |_| Reply::ok(rss(1..=5)).header("ETag", "\"new\""));
    let address = new.url("/rss");
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let old = TestServer::start(move |_| {
        if asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0 {
            return Reply::ok(rss(1..=3)).header("ETag", "\"old\"");
        }
        let link = format!("<link rel='alternate' type='application/rss+xml' href='{address}'>");
        Reply::ok(format!("<!doctype html><html><head>{link}</head></html>")).header("Content-Type", "text/html")
    });
    (old, new)
}

#[tokio::test]
async fn the_address_that_a_page_names_is_offered_and_taken_with_everything_that_was_there() {
    let (old, new) = moved_site();
    let config = format!(
        "# mine\nkeep_days = 0\n[network]\nhost_spacing_ms = 0\n[[feeds]]\n# no name on purpose\nurl = \"{}\" # the old one\n",
        old.url("/feed")
    );
    let mut library = Library::with_config(&config).await;
    library.poll(PollRequest::Now).await;
    let articles = library.all(Scope::All).await;
    let feed = library.feed().await.feed.id;
    library.engine.mark(vec![articles[0].id], Mark::Saved(true)).await.unwrap();
    library.engine.mark(vec![articles[1].id], Mark::Read(true)).await.unwrap();
    library.poll(PollRequest::Now).await;
    let health = library.engine.health().await.unwrap().remove(0);
    assert_eq!((health.offered, health.status.facts.failures), (Some(new.url("/rss")), 1));

    library.engine.edit_feed(FeedEdit::Move(feed, new.url("/rss"))).await.unwrap();
    let text = || std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap();
    assert_eq!(text(), config.replace(&old.url("/feed"), &new.url("/rss")), "only the address differs");
    let moved = library.feed().await;
    assert_eq!((moved.feed.id, moved.feed.url.as_str(), moved.articles), (feed, new.url("/rss").as_str(), 3));
    assert_eq!((moved.facts.failures, moved.facts.last_error.as_deref(), moved.facts.polls), (0, None, 2));
    assert_eq!(library.engine.health().await.unwrap()[0].offered, None, "nothing more is offered");
    let (_, round) = library.poll(PollRequest::Now).await;
    assert_eq!(round.new, 2, "the three that were there are known");
    assert_eq!(new.seen()[0].header("If-None-Match"), None, "the old address's validator is not the new one's");
    let marks = |rows: &[tidings::model::Headline]| {
        (rows.iter().filter(|row| row.state.saved).count(), rows.iter().filter(|row| row.state.read).count())
    };
    assert_eq!(marks(&library.all(Scope::All).await), (1, 1));

    let words = || Undone::Config(format!("moved Harbour Ledger to {}", new.url("/rss")));
    library.restart().await;
    assert_eq!(library.engine.undo().await.unwrap(), words());
    let back = library.feed().await;
    assert_eq!((back.feed.id, back.feed.url.as_str(), back.articles), (feed, old.url("/feed").as_str(), 5));
    assert_eq!(std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap(), config);
    assert_eq!(library.engine.redo().await.unwrap(), words());
    let again = library.feed().await;
    assert_eq!((again.feed.id, again.articles, marks(&library.all(Scope::All).await)), (feed, 5, (1, 1)));
}

#[tokio::test]
async fn an_open_desk_beside_it_keeps_the_articles_too() {
    let (old, new) = moved_site();
    let library = Library::new(&[old.url("/feed")]).await;
    let desk = library.second_engine().await;
    library.poll(PollRequest::Now).await;
    let feed = library.feed().await.feed.id;
    library.engine.edit_feed(FeedEdit::Move(feed, new.url("/rss"))).await.unwrap();
    desk.reload_config().await.unwrap();
    let feeds = desk.feeds().await.unwrap();
    assert_eq!((feeds.len(), feeds[0].feed.id, feeds[0].articles), (1, feed, 3));
    desk.shutdown().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words_and_changes_nothing() {
    let (old, new) = moved_site();
    let library = Library::new(&[old.url("/feed"), new.url("/rss")]).await;
    let config = std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap();
    let feed = library.engine.feeds().await.unwrap()[0].feed.clone();
    for (to, why) in [
        (new.url("/rss/"), "Feed 1 has"),
        (old.url("/feed"), "already"),
        ("two words".to_owned(), "no address"),
        ("ftp://ledger.example/rss".to_owned(), "no address"),
    ] {
        let error = library.engine.edit_feed(FeedEdit::Move(feed.id, to.clone())).await.unwrap_err().to_string();
        assert!(error.contains(why), "{to}: {error}");
    }
    assert_eq!(std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap(), config);
    assert_eq!(library.engine.feeds().await.unwrap()[0].feed, feed);
    // Where the file cannot be replaced, the library goes back to what the file says.
    let path = library.dir.path().join("config.toml");
    std::fs::write(&path, format!("{config}\nkeep_days = \"broken\"\n")).unwrap();
    library.engine.edit_feed(FeedEdit::Move(feed.id, old.url("/other"))).await.unwrap_err();
    assert_eq!(library.engine.feeds().await.unwrap()[0].feed, feed);
}
