//! How well stories are told from each other, on articles with labelled stories: run with `ERRORS=1` to see every wrong pair.
//! The labelled articles are not part of the repository; without them the test says so.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::type_complexity,
    clippy::needless_for_each,
    reason = "this is all test code"
)]

mod corpus;
mod score;

use std::collections::{BTreeMap, HashSet};

use tidings::model::ArticleId;
use tidings::story::Newsroom;

use corpus::Labelled;
use score::Figures;

/// The story of each article: all placed at once, or one after the other in the order of their dates.
fn place(articles: &[Labelled], at_once: bool) -> Vec<i64> {
    let tellings: Vec<_> = articles.iter().map(|article| article.telling.clone()).collect();
    let mut room = Newsroom::new();
    let mut places: BTreeMap<ArticleId, i64> = BTreeMap::new();
    for batch in tellings.chunks(if at_once { tellings.len().max(1) } else { 1 }) {
        places.extend(room.arrive(batch).into_iter().map(|placement| (placement.article, placement.story.0)));
    }
    articles.iter().map(|article| places[&article.telling.article]).collect()
}

fn report(name: &str, figures: &Figures) {
    println!(
        "{name:<28} pairs P {:.3} R {:.3} F1 {:.3} (R {:.3} within a week), B3 F1 {:.3} (doing nothing {:.3}), must not merge: {} of {} merged",
        figures.precision(),
        figures.recall(),
        figures.f1(),
        figures.near_recall(),
        figures.b_cubed,
        figures.b_cubed_alone,
        figures.merged,
        figures.must_not
    );
}

#[test]
fn labelled_stories_are_found() {
    let Some((articles, apart)) = corpus::load() else {
        println!("skipped: no corpus");
        return;
    };
    let places = place(&articles, true);
    let all = Figures::of(&articles, &places, &apart, |_| true);
    report("all at once", &all);
    report("one by one", &Figures::of(&articles, &place(&articles, false), &apart, |_| true));
    // By fifths of the stories: what these figures vary by, and what a part left out would have told.
    let folds: HashSet<u8> = articles.iter().map(|article| article.fold).collect();
    for fold in 0..folds.len().max(1) {
        let in_fold = |article: &Labelled| usize::from(article.fold) == fold;
        report(&format!("stories of fifth {}", fold + 1), &Figures::of(&articles, &places, &apart, in_fold));
    }
    let bare: Vec<Labelled> = articles.iter().map(Labelled::title_only).collect();
    report("titles only", &Figures::of(&bare, &place(&bare, true), &apart, |_| true));
    if std::env::var_os("ERRORS").is_some() {
        for (kind, one, other) in score::errors(&articles, &places) {
            println!("{kind}  {one} | {other}");
        }
    }
    assert!(all.precision() >= floors::PRECISION, "precision of pairs fell to {:.3}", all.precision());
    assert!(all.recall() >= floors::RECALL, "recall of pairs fell to {:.3}", all.recall());
    assert!(
        all.merged_share() <= floors::MERGED,
        "{} of {} pairs that must not merge are merged",
        all.merged,
        all.must_not
    );
}

/// What must not get worse.
mod floors {
    pub(crate) const PRECISION: f64 = 0.90;
    pub(crate) const RECALL: f64 = 0.75;
    pub(crate) const MERGED: f64 = 0.08;
}
