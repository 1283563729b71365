//! The demo's invented day, read by the engine as any news is: it shows what tidings makes of news.

use std::collections::{BTreeMap, BTreeSet};

use tidings::clock::Clock;
use tidings::config;
use tidings::demo;
use tidings::engine::{EngineHandle, EngineOptions, PollRequest};
use tidings::model::{Headline, StoryId};
use tidings::query::{ListRequest, Order, Page, Rows, Scope};
use tidings::store::Store;

use crate::support::library::start_of_test;

async fn news() -> (demo::Demo, EngineHandle, Vec<Headline>) {
    let clock = Clock::fixed(start_of_test());
    let demo = demo::prepare(clock.clone()).unwrap();
    let paths = demo.paths().clone();
    let loaded = config::load(&paths.config);
    assert_eq!(loaded.diagnostics, []);
    let store = Store::open(&paths.database, &paths.backups, clock.clone()).unwrap();
    let engine = EngineHandle::new(EngineOptions {
        paths: Some(paths),
        config: loaded.config,
        store,
        clock,
        asks_servers: false,
    });
    engine.adopt_config().await.unwrap();
    engine.poll_and_wait(PollRequest::Now, |polled| assert_eq!(polled.error, None)).await.unwrap();
    let request = ListRequest {
        scope: Scope::All,
        unread_only: false,
        rows: Rows::Articles,
        order: Order::Date,
        up_to: None,
        page: Page::First,
        limit: 500,
    };
    let rows = engine.headlines(request).await.unwrap();
    (demo, engine, rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invented_day_has_stories_copies_names_and_attribution() {
    let (_demo, engine, rows) = news().await;
    let mut stories: BTreeMap<StoryId, Vec<&Headline>> = BTreeMap::new();
    for row in &rows {
        stories.entry(row.story).or_default().push(row);
    }
    let told: Vec<&Vec<&Headline>> = stories.values().filter(|story| story.len() > 1).collect();
    let titles = |story: &[&Headline]| story.iter().map(|row| row.title.clone()).collect::<Vec<_>>();
    let list: Vec<Vec<String>> = told.iter().map(|story| titles(story)).collect();
    let publishers = |story: &[&Headline]| story.iter().map(|row| row.feed).collect::<BTreeSet<_>>().len();
    assert!(told.iter().filter(|story| publishers(story) >= 2).count() >= 4, "{list:#?}");
    for (one, other) in [
        ("Suez Canal convoys halted", "Aster Grace aground"),
        ("end the €150 exemption", "€2 handling fee"),
        ("fulfilment centre outside Lyon", "fire near Lyon"),
    ] {
        let together = list.iter().any(|titles| {
            titles.iter().any(|title| title.contains(one)) && titles.iter().any(|title| title.contains(other))
        });
        assert!(together, "{one} and {other} are not one story: {list:#?}");
    }
    assert!(rows.iter().any(|row| row.copy_of.is_some()), "no copy");
    let named = rows.iter().filter(|row| !row.entities.is_empty()).count();
    assert!(named * 4 >= rows.len(), "{named} of {} articles name anybody", rows.len());
    let off = rows.iter().filter(|row| row.topics.is_empty()).map(|row| &row.title).collect::<Vec<_>>();
    assert!(off.len() * 5 <= rows.len(), "off-topic: {off:#?}");
    let taken: Vec<&Headline> = rows.iter().filter(|row| row.original.is_some()).collect();
    assert!(!taken.is_empty(), "nothing is taken from elsewhere");
    let genres: BTreeSet<&str> = rows.iter().flat_map(|row| row.genres.iter()).map(tidings::model::Genre::id).collect();
    assert!(genres.len() >= 2, "{genres:?}");
    let page = engine.entity("Suez Canal".into()).await.unwrap().expect("it is in the lexicon");
    assert!(page.articles.0 >= 3, "{:?}", page.articles);
    engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_asks_no_server_and_keeps_nothing_elsewhere() {
    let (demo, engine, rows) = news().await;
    let refused = engine.full_text(rows[0].id).await.unwrap_err();
    assert!(refused.0.contains("the demo asks no server"), "{refused}");
    let refused = engine.discover("quay.example".into()).await.unwrap_err();
    assert!(refused.0.contains("the demo asks no server"), "{refused}");
    let words = engine.clip(rows[0].id).await.unwrap();
    let folder = demo.paths().dir.parent().unwrap();
    assert!(folder.join("clips.md").is_file(), "{words}");
}
