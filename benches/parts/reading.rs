//! From bytes to articles with their labels, and from an article to lines.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use tidings::document::{Setting, layout, read_html};
use tidings::topic::{Classifier, Rules, Subject};

use crate::made_up;

/// Repairing and parsing a feed of a hundred articles.
pub(crate) fn feeds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("repair and parse");
    for (name, document) in [("rss", made_up::rss(100)), ("atom", made_up::atom(100))] {
        group.throughput(Throughput::Bytes(document.len() as u64));
        group.bench_function(name, |bench| {
            bench.iter(|| {
                tidings::feed::parse(black_box(document.as_bytes()), None, "https://quay.example/feed").unwrap()
            });
        });
        // What the parser underneath costs by itself, for the ratio.
        group.bench_function(format!("{name}, feed-rs alone"), |bench| {
            bench.iter(|| feed_rs::parser::parse(black_box(document.as_bytes())).unwrap());
        });
    }
    group.finish();
}

/// An article of 3.5 KB and one of 35 KB, read and laid out at the usual measure.
pub(crate) fn articles(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("article");
    for (name, html) in [("3.5 KB", made_up::body(1)), ("35 KB", (0..10).map(made_up::body).collect())] {
        group.throughput(Throughput::Bytes(html.len() as u64));
        group.bench_function(format!("read {name}"), |bench| {
            bench.iter(|| read_html(black_box(&html), Some("https://quay.example/1")));
        });
        let document = read_html(&html, Some("https://quay.example/1"));
        let setting = Setting { width: 80, ..Setting::default() };
        group.bench_function(format!("lay out {name}"), |bench| bench.iter(|| layout(black_box(&document), &setting)));
    }
    group.finish();
}

/// Topics, names, genre and source of an article, and making the classifier itself.
pub(crate) fn labels(criterion: &mut Criterion) {
    let (classifier, _) = Classifier::new(&Rules::default());
    let articles: Vec<(String, String)> = (0..200)
        .map(|number| {
            let document = read_html(&made_up::body(number), None);
            (made_up::title(number), tidings::document::text(&document))
        })
        .collect();
    let mut next = articles.iter().cycle();
    criterion.bench_function("classify", |bench| {
        bench.iter(|| {
            let (title, text) = next.next().unwrap();
            let subject = Subject { title, text, feed_name: "Quay", ..Subject::default() };
            classifier.label(black_box(&subject))
        });
    });
    criterion
        .bench_function("make the classifier", |bench| bench.iter(|| Classifier::new(black_box(&Rules::default()))));
}
