//! The library: taking articles in, lists a screen at a time, searches.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput};
use tidings::model::NewArticle;
use tidings::query::{ListRequest, Query, Scope, Text};
use tokio::runtime::Runtime;

use crate::made_up;
use crate::store_fixture::{Library, all, article};

/// Articles of the library in which lists and searches are measured.
const STORED: u64 = 20_000;

fn news(numbers: std::ops::Range<u64>) -> Vec<NewArticle> {
    numbers
        .map(|number| {
            let mut article = article(number, i64::try_from(number).unwrap() * 60, &made_up::title(number as usize));
            article.summary_html = made_up::body(number as usize);
            article.plain_text = format!("{} number{number}", article.summary_html.replace(['<', '>'], " "));
            article
        })
        .collect()
}

fn library(runtime: &Runtime) -> Library {
    runtime.block_on(async {
        let library = Library::new();
        let feed = library.subscribe(&["Quay"]).await.remove(0);
        for start in (0..STORED).step_by(1_000) {
            library.ingest(feed.id, news(start..start + 1_000)).await;
        }
        library.place_all().await;
        library.index_all().await;
        library
    })
}

/// A feed of a hundred articles, taken in by one transaction that is on the disk at its end.
pub(crate) fn arrivals(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let library = Library::new();
    let feed = runtime.block_on(library.subscribe(&["Quay"])).remove(0);
    let mut from = 0;
    let mut group = criterion.benchmark_group("store");
    group.throughput(Throughput::Elements(100));
    group.bench_function("take in a hundred articles", |bench| {
        bench.iter_batched(
            || {
                from += 100;
                news(from..from + 100)
            },
            |articles| runtime.block_on(library.ingest(feed.id, articles)),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

/// The newest fifty articles, as the desk asks for them.
pub(crate) fn lists(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let library = library(&runtime);
    let page = |scope: Scope| ListRequest { limit: 50, ..all(scope) };
    criterion.bench_function("a screen of all articles", |bench| {
        bench.iter(|| runtime.block_on(library.store.headlines(black_box(page(Scope::All)))).unwrap());
    });
}

/// A word of every article, one of a single article, and the beginning of a word.
pub(crate) fn searches(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let library = library(&runtime);
    let mut group = criterion.benchmark_group("search");
    for (name, word, prefix) in
        [("common", "demurrage", false), ("rare", "number777", false), ("as typed", "demu", true)]
    {
        let scope = Scope::Search(Query::Text(Text { words: vec![word.to_owned()], prefix }));
        let request = ListRequest { limit: 50, ..all(scope) };
        group.bench_function(name, |bench| {
            bench.iter(|| runtime.block_on(library.store.headlines(black_box(request.clone()))).unwrap());
        });
    }
    group.finish();
}
