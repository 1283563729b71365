//! What an ingest recognises: the same article again, edited, under another guid, returned, read elsewhere.

use tidings::model::{FeedId, Gap, Mark, PollFacts, PollRecord, Score, SkipTimes, Validators};
use tidings::query::Scope;
use tidings::store::{StoreError, Subscription};

use crate::fixture::{Library, START, all, article, ids, key, moment, subscription, topic};

#[tokio::test]
async fn an_edit_is_an_update_and_keeps_date_and_marks() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let first = library.ingest(feed, vec![article(1, 600, "Port shut"), article(2, 500, "Rates up")]).await;
    library.store.mark(first.new.clone(), Mark::Read(true)).await.expect("marked");
    library.index_all().await;
    let same = library.ingest(feed, vec![article(1, 600, "Port shut"), article(2, 500, "Rates up")]).await;
    assert_eq!((same.new.len(), same.updated), (0, 0));

    let mut edited = article(1, 10, "Port open again");
    edited.labels.topics = vec![(topic("ports"), Score(300))];
    let update = library.ingest(feed, vec![edited, article(2, 500, "Rates up")]).await;
    assert_eq!((update.new.len(), update.updated, update.no_overlap), (0, 1, false));
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(rows[1].title, "Port open again");
    assert_eq!((rows[1].date, rows[1].published), (moment(START - 600), Some(moment(START - 10))), "its place stays");
    assert!(rows[1].state.read);
    assert_eq!(library.titles(Scope::Topic(topic("ports"))).await, ["Port open again"]);
    library.index_all().await;
    library.assert_sound().await;

    let mut moved = article(2, 500, "Rates up");
    moved.url = "https://news.example/elsewhere".to_owned();
    let silent = library.ingest(feed, vec![moved]).await;
    assert_eq!(silent.updated, 0, "an address is neither title nor text");
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(rows[0].url, "https://news.example/elsewhere");
}

#[tokio::test]
async fn a_changed_guid_is_the_same_article_but_two_entries_of_a_document_are_two() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let mut old = article(1, 600, "Port shut");
    old.identity.alias = Some(key(100));
    let first = library.ingest(feed, vec![old.clone()]).await;
    library.store.mark(first.new.clone(), Mark::Read(true)).await.expect("marked");

    let mut renamed = old.clone();
    renamed.identity.key = key(2);
    assert_eq!(library.ingest(feed, vec![renamed.clone()]).await.new, vec![]);
    library.assert_sound().await;

    let mut twin = renamed.clone();
    twin.identity.key = key(3);
    let twins = library.ingest(feed, vec![renamed.clone(), twin.clone()]).await;
    assert_eq!(twins.new.len(), 1, "the second entry with link and title of the first is another article");
    let again = library.ingest(feed, vec![twin, renamed]).await;
    assert_eq!((again.new.len(), again.updated), (0, 0), "and both are known from then on");
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(rows.iter().filter(|row| row.state.read).map(|row| row.id).collect::<Vec<_>>(), first.new);
}

#[tokio::test]
async fn a_document_without_anything_known_is_a_gap() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let batch = |from: u64| (from..from + 3).map(|n| article(n, 60, &format!("t{n}"))).collect::<Vec<_>>();
    assert!(!library.ingest(feed, batch(0)).await.no_overlap, "the first document has no before");
    assert!(!library.ingest(feed, batch(2)).await.no_overlap);
    assert!(!library.ingest(feed, Vec::new()).await.no_overlap, "an empty document says nothing");
    assert!(library.ingest(feed, batch(50)).await.no_overlap);
    let page = library.store.ingest(feed, batch(20), library.record(), false).await.expect("stored");
    assert_eq!((page.new.len(), page.no_overlap), (3, false), "an older page is no document of its own");
    assert!(!library.ingest(feed, batch(52)).await.no_overlap);
}

#[tokio::test]
async fn poll_facts_come_back_as_they_went() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let t = |s| Some(moment(START + s));
    let facts = PollFacts {
        last_attempt: t(1),
        last_success: t(2),
        last_new: t(3),
        failures: 4,
        last_error: Some("timed out".into()),
        last_status: Some(503),
        validators: Validators { etag: Some(b"W/\"\xff\"".to_vec()), last_modified: Some(b"Mon".to_vec()) },
        retry_after: t(5),
        gone: true,
        max_age_s: Some(u64::from(u32::MAX)),
        ttl_minutes: Some(60),
        skip: SkipTimes { hours: 0x00ff_00ff, days: 0x7f },
        moved_to: Some("https://b.example/".into()),
        moved_polls: 2,
        polls: 9,
        not_modified: 8,
        last_bytes: 7,
        saved_bytes: 6,
        gap: Some(Gap { from: moment(1), to: moment(2), filled: 3, closed: true }),
    };
    library.store.record_poll(feed, facts.clone()).await.expect("stored");
    let library = library.reopen().await;
    let status = library.store.feeds().await.expect("read");
    assert_eq!(status[0].facts, facts);
}

#[tokio::test]
async fn an_unknown_feed_gets_nothing() {
    let library = Library::new();
    let record = PollRecord { facts: PollFacts::default(), title: None, site: None };
    let refused = library.store.ingest(FeedId(77), vec![article(1, 0, "x")], record, true).await;
    assert!(matches!(refused, Err(StoreError::Other { .. })), "{refused:?}");
    assert_eq!(library.titles(Scope::All).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_feed_taken_out_is_hidden_and_comes_back_whole() {
    let library = Library::new();
    let feeds = library.subscribe(&["Wire", "Gazette"]).await;
    let mut first = article(1, 60, "hidden cargo");
    first.labels.topics = vec![(topic("air"), Score(300))];
    let stored = library.ingest(feeds[0].id, vec![first]).await;
    library.ingest(feeds[1].id, vec![article(1, 60, "shown cargo")]).await;
    library.store.mark(stored.new.clone(), Mark::Saved(true)).await.expect("saved");
    library.index_all().await;

    let left = library.subscribe(&["Gazette"]).await;
    assert_eq!(left.len(), 1);
    let counts = library.store.counts().await.expect("counted");
    assert_eq!((counts.articles, counts.unread, counts.saved), (1, 1, 0));
    assert_eq!(counts.unread_by_topic.iter().sum::<u64>(), 0);
    for scope in [Scope::Saved, Scope::Topic(topic("air")), Scope::Feed(feeds[0].id), crate::search::word("hidden")] {
        assert_eq!(library.titles(scope.clone()).await, Vec::<String>::new(), "{scope:?}");
    }
    let late = library.ingest(feeds[0].id, vec![article(2, 50, "a poll that was under way")]).await;
    assert_eq!(late.new.len(), 1);
    assert_eq!(library.titles(Scope::All).await, ["shown cargo"]);
    library.assert_sound().await;

    let back = library.subscribe(&["Gazette", "Wire"]).await;
    assert_eq!(
        back.iter().map(|feed| feed.id).collect::<Vec<_>>(),
        [feeds[1].id, feeds[0].id],
        "the order of the config"
    );
    assert_eq!(library.titles(Scope::Saved).await, ["hidden cargo"]);
    assert_eq!(library.titles(Scope::Topic(topic("air"))).await, ["hidden cargo"]);
    assert_eq!(library.store.counts().await.expect("counted").articles, 3);
    library.assert_sound().await;
}

#[tokio::test]
async fn names_come_from_the_config_then_the_feed_then_the_host() {
    let library = Library::new();
    let mut plain = subscription("Wire");
    plain.name = None;
    let feed = library.store.set_subscriptions(vec![plain.clone()]).await.expect("subscribed")[0].clone();
    assert_eq!(feed.name, "wire.example");
    let record =
        PollRecord { title: Some("The Wire".into()), site: Some("https://wire.example".into()), ..library.record() };
    library.store.ingest(feed.id, vec![article(1, 0, "one")], record, true).await.expect("stored");
    library.index_all().await;
    let feed = library.store.feeds().await.expect("read")[0].feed.clone();
    assert_eq!((feed.name.as_str(), feed.site.as_deref()), ("The Wire", Some("https://wire.example")));
    assert_eq!(library.titles(crate::search::word("wire")).await, ["one"], "a feed's name finds its articles");

    plain.name = Some("Morning".into());
    library.store.set_subscriptions(vec![plain]).await.expect("renamed");
    library.index_all().await;
    assert_eq!(library.titles(crate::search::word("wire")).await, Vec::<String>::new());
    assert_eq!(library.titles(crate::search::word("morning")).await, ["one"]);
    library.assert_sound().await;
}

#[tokio::test]
async fn an_address_can_change_and_keeps_the_articles() {
    let library = Library::new();
    let feeds = library.subscribe(&["Wire", "Gazette"]).await;
    library.ingest(feeds[0].id, vec![article(1, 0, "one")]).await;
    let taken = library.store.set_feed_url(feeds[0].id, feeds[1].url.clone()).await;
    assert!(taken.is_err());
    library.store.set_feed_url(feeds[0].id, "https://new.example/feed".into()).await.expect("changed");
    let rows = library.store.headlines(all(Scope::Feed(feeds[0].id))).await.expect("read");
    assert_eq!(ids(&rows).len(), 1);
    assert_eq!(library.store.feeds().await.expect("read")[0].feed.url, "https://new.example/feed");
}

#[tokio::test]
async fn what_was_read_elsewhere_is_read_here_also_when_it_arrives_later() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    library.ingest(feed, vec![article(1, 60, "here"), article(2, 50, "not read")]).await;
    let urls = vec!["http://news.example/1/".to_owned(), "https://news.example/7".to_owned()];
    let change = library.store.mark_urls_read(urls).await.expect("marked");
    assert_eq!(change.articles.len(), 1, "http and https are one, and so is a slash at the end");
    library.ingest(feed, vec![article(7, 40, "later"), article(8, 30, "new")]).await;
    let unread = |rows: Vec<tidings::model::Headline>| {
        rows.into_iter().filter(|row| !row.state.read).map(|row| row.title).collect::<Vec<_>>()
    };
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(unread(rows), ["new", "not read"]);
    library.store.undo().await.expect("undone");
    library.ingest(feed, vec![article(8, 30, "new")]).await;
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(unread(rows), ["new", "not read", "here"]);
    library.assert_sound().await;
}

#[tokio::test]
async fn a_feed_whose_address_was_changed_in_the_config_keeps_its_articles_and_marks() {
    let library = Library::new();
    let feeds = library.subscribe(&["Wire", "Gazette"]).await;
    let mut record = library.record();
    record.facts.moved_to = Some("https://new.example/rss".into());
    record.facts.moved_polls = 3;
    let stored = library.store.ingest(feeds[0].id, vec![article(1, 0, "kept")], record, true).await.expect("ingested");
    library.store.mark(stored.new.clone(), Mark::Saved(true)).await.expect("saved");
    let other = subscription("Gazette");
    let at = |url: &str| Subscription { url: url.to_owned(), name: None, ..other.clone() };
    for url in ["https://new.example/rss", "http://new.example/rss/"] {
        let now = library.store.set_subscriptions(vec![at(url), other.clone()]).await.expect("subscribed");
        assert_eq!((now[0].id, now[0].url.as_str()), (feeds[0].id, url));
        assert_eq!(library.titles(Scope::Saved).await, ["kept"]);
    }
    let facts = library.store.feeds().await.expect("read")[0].facts.clone();
    assert_eq!((facts.moved_to, facts.moved_polls), (None, 0), "it is there now");
    let now = library.store.set_subscriptions(vec![at("https://elsewhere.example/"), other]).await.expect("subscribed");
    assert_ne!(now[0].id, feeds[0].id, "what only takes its place is another feed");
    library.assert_sound().await;
}
