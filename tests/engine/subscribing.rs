//! Adding, renaming, muting and removing feeds, and taking it back.

use tidings::config::FeedSpec;
use tidings::engine::{AddOutcome, FeedEdit, PollRequest, Undone};
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, rss};

fn site() -> TestServer {
    TestServer::start(|seen| match seen.path() {
        "/" => Reply::ok(
            "<html><head><link rel='alternate' type='application/rss+xml' title='Ledger' href='/feed'></head></html>",
        )
        .header("Content-Type", "text/html"),
        "/two" => Reply::ok(
            "<html><head><link rel='alternate' type='application/rss+xml' title='News' href='/feed'>\
             <link rel='alternate' type='application/atom+xml' title='Rates' href='/rates'></head></html>",
        )
        .header("Content-Type", "text/html"),
        "/bare" => Reply::ok("<html><body>No links here</body></html>").header("Content-Type", "text/html"),
        "/feed" | "/rates" => Reply::ok(rss(1..=3)),
        _ => Reply::status(404),
    })
}

fn asked(url: String) -> FeedSpec {
    FeedSpec { url, enabled: true, ..FeedSpec::default() }
}

#[tokio::test]
async fn a_site_leads_to_its_feed_and_the_config_keeps_its_comments() {
    let server = site();
    let library = Library::with_config("# my desk\nkeep_days = 0 # all of it\n[network]\nhost_spacing_ms = 0\n").await;
    let outcome = library.engine.add_feed(asked(server.url("/"))).await.unwrap();
    let AddOutcome::Added(spec) = outcome else { panic!("{outcome:?}") };
    assert_eq!((spec.url.clone(), spec.name.as_deref()), (server.url("/feed"), Some("Ledger")));
    let text = std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap();
    assert!(
        text.starts_with("# my desk\nkeep_days = 0 # all of it\n") && text.contains(&server.url("/feed")),
        "{text}"
    );
    let again = library.engine.add_feed(asked(server.url("/feed/"))).await.unwrap();
    assert_eq!(again, AddOutcome::AlreadyThere("Ledger".into()));
    assert_eq!(library.poll(PollRequest::Due).await.1.new, 3);
}

#[tokio::test]
async fn several_feeds_are_offered_and_usual_places_are_tried() {
    let server = site();
    let library = Library::new(&[]).await;
    let outcome = library.engine.add_feed(asked(server.url("/two"))).await.unwrap();
    let AddOutcome::Choose(found) = outcome else { panic!("{outcome:?}") };
    assert_eq!(found.iter().map(|(title, _)| title.as_str()).collect::<Vec<_>>(), ["News", "Rates"]);
    let outcome = library.engine.add_feed(asked(server.url("/bare"))).await.unwrap();
    assert!(matches!(&outcome, AddOutcome::Added(spec) if spec.url.starts_with(&server.url("/feed"))), "{outcome:?}");
}

#[tokio::test]
async fn removing_hides_and_undo_after_a_restart_brings_everything_back() {
    let server = site();
    let mut library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    let feed = library.feed().await.feed.id;
    library.engine.edit_feed(FeedEdit::Rename(feed, "Quay news".into())).await.unwrap();
    assert_eq!(library.feed().await.feed.name, "Quay news");
    library.engine.edit_feed(FeedEdit::Enable(feed, false)).await.unwrap();
    assert_eq!(library.poll(PollRequest::Now).await.0.len(), 0, "a muted feed is not polled");
    library.engine.edit_feed(FeedEdit::Remove(feed)).await.unwrap();
    assert_eq!(library.all(Scope::All).await.len(), 0);
    library.restart().await;
    for words in ["removed Quay news", "muted Quay news", "renamed Feed 0 to Quay news"] {
        assert_eq!(library.engine.undo().await.unwrap(), Undone::Config(words.into()));
    }
    assert_eq!(library.engine.undo().await.unwrap(), Undone::Nothing);
    let feed = library.feed().await;
    assert_eq!((feed.feed.name.as_str(), feed.feed.enabled, feed.articles), ("Feed 0", true, 3));
    assert_eq!(library.engine.redo().await.unwrap(), Undone::Config("renamed Feed 0 to Quay news".into()));
    assert_eq!(library.feed().await.feed.name, "Quay news");
}

#[tokio::test]
async fn an_undo_never_overwrites_what_was_edited_by_hand() {
    let server = site();
    let library = Library::new(&[server.url("/feed")]).await;
    let feed = library.feed().await.feed.id;
    library.engine.edit_feed(FeedEdit::Rename(feed, "Quay news".into())).await.unwrap();
    let path = library.dir.path().join("config.toml");
    let edited = std::fs::read_to_string(&path).unwrap() + "# by hand\n";
    std::fs::write(&path, &edited).unwrap();
    let error = library.engine.undo().await.unwrap_err();
    assert!(error.to_string().contains("edited since"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), edited);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_of_two_processes_at_once_are_all_kept() {
    let library = Library::new(&[]).await;
    let other = library.second_engine().await;
    let add = |engine: &tidings::engine::EngineHandle, desk: &'static str| {
        let engine = engine.clone();
        tokio::spawn(async move {
            for n in 0..15 {
                engine.add_feeds(vec![asked(format!("https://{desk}.example/{n}"))]).await.expect("added");
            }
        })
    };
    let (air, ocean) = (add(&library.engine, "air"), add(&other, "ocean"));
    air.await.unwrap();
    ocean.await.unwrap();
    let text = std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap();
    assert_eq!(text.matches("[[feeds]]").count(), 30, "{text}");
    assert_eq!(library.engine.feeds().await.unwrap().len(), 30, "and the library shows them all");
    other.shutdown().await;
}

#[tokio::test]
async fn credentials_stay_with_the_host_they_were_given_for() {
    let feeds = site();
    let elsewhere = feeds.url("/feed");
    let page = TestServer::start(move |_| {
        let link = format!("<link rel='alternate' type='application/rss+xml' title='Away' href='{elsewhere}'>");
        Reply::ok(format!("<html><head>{link}</head></html>")).header("Content-Type", "text/html")
    });
    let library = Library::new(&[]).await;
    let spec = FeedSpec { headers: vec![("X-Api-Key".into(), "s3cret".into())], ..asked(page.url("/")) };
    let outcome = library.engine.add_feed(spec).await.unwrap();
    let AddOutcome::Added(spec) = outcome else { panic!("{outcome:?}") };
    assert_eq!((spec.url.clone(), spec.headers.len()), (feeds.url("/feed"), 0));
    library.poll(PollRequest::Now).await;
    assert!(feeds.seen().iter().all(|seen| seen.header("X-Api-Key").is_none()), "the key went to another host");
}

#[tokio::test]
async fn a_config_that_vanishes_is_no_wish_to_have_no_feeds() {
    let server = site();
    let library = Library::new(&[server.url("/feed")]).await;
    std::fs::remove_file(library.dir.path().join("config.toml")).unwrap();
    let error = library.engine.reload_config().await.unwrap_err();
    assert!(error.to_string().contains("is gone"), "{error}");
    assert_eq!(library.engine.feeds().await.unwrap().len(), 1);
}
