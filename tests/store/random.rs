//! Counters and copies stay right through any sequence of operations.
//!
//! Holds R4.

use jiff::SignedDuration;
use tidings::model::{ALL_TOPICS, ArticleId, EntityKind, Labels, Mark, Placement, Score, StoryId, TopicId};
use tidings::query::{ListRequest, Rows, Scope};

use crate::fixture::{Library, all, article, entity, ids, key};

/// A small generator with a fixed start, so that a failure can be repeated (xorshift64).
pub(crate) struct Dice(u64);

/// How many histories a test tries: so many, unless the environment asks for more (`TIDINGS_SEEDS`).
pub(crate) fn seeds(few: u64) -> u64 {
    std::env::var("TIDINGS_SEEDS").map_or(few, |seeds| seeds.parse().expect("a number"))
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed.max(1)))
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

#[tokio::test]
async fn counters_agree_with_a_recount_after_any_operations() {
    let names = ["Wire", "Gazette", "Post", "Dock"];
    for seed in 1..=seeds(4) {
        let mut dice = Dice::new(seed);
        let library = Library::new();
        let feeds = library.subscribe(&names).await;
        let mut known: Vec<ArticleId> = Vec::new();
        for step in 0..90 {
            match dice.below(19) {
                0..=3 => {
                    let feed = feeds[usize::try_from(dice.below(4)).expect("small")].id;
                    let from = dice.below(30);
                    let mut articles = Vec::new();
                    for n in from..from + dice.below(12) {
                        let title = format!("cargo {n} {}", dice.below(3));
                        let mut new = article(n, i64::try_from(dice.below(5)).expect("small"), &title);
                        new.identity.alias = (dice.below(2) == 0).then(|| key(1_000 + n));
                        let topics: Vec<u64> =
                            (0..dice.below(4)).map(|_| dice.below(ALL_TOPICS.len() as u64)).collect();
                        let topics = topics.into_iter();
                        new.labels.topics = topics
                            .filter_map(|t| Some((TopicId::from_index(usize::try_from(t).ok()?)?, Score(300))))
                            .collect();
                        let entities = (0..dice.below(3)).map(|_| dice.below(6));
                        new.labels.entities =
                            entities.map(|n| entity(&format!("Port {n}"), EntityKind::Port)).collect();
                        new.labels.via = (dice.below(4) == 0)
                            .then(|| names[usize::try_from(dice.below(4)).expect("small")].to_owned());
                        articles.push(new);
                    }
                    let complete = dice.below(4) > 0;
                    let done =
                        library.store.ingest(feed, articles, library.record(), complete).await.expect("ingested");
                    known.extend(done.new);
                }
                4..=6 => {
                    let picks: Vec<u64> = (0..dice.below(6)).map(|_| dice.below(known.len().max(1) as u64)).collect();
                    let some = picks.into_iter().filter_map(|at| known.get(usize::try_from(at).ok()?).copied());
                    let some: Vec<ArticleId> = some.collect();
                    let mark = match dice.below(5) {
                        0 => Mark::Read(true),
                        1 => Mark::Read(false),
                        2 => Mark::Saved(dice.below(2) == 0),
                        3 => Mark::Note(Some("n".into())),
                        _ => Mark::Note(None),
                    };
                    library.store.mark(some, mark).await.expect("marked");
                }
                7 => {
                    let request = ListRequest { unread_only: dice.below(2) == 0, ..all(Scope::All) };
                    library.store.mark_all(request, Mark::Read(dice.below(3) > 0)).await.expect("marked");
                }
                8 => drop(library.store.undo().await.expect("undone")),
                9 => drop(library.store.redo().await.expect("redone")),
                10 => {
                    let shown: Vec<&str> = names.iter().filter(|_| dice.below(3) > 0).copied().collect();
                    library.subscribe(&shown).await;
                }
                11..=13 => {
                    // Anything may be placed anywhere, also what is gone.
                    let pick = |dice: &mut Dice| {
                        known.get(usize::try_from(dice.below(known.len().max(1) as u64)).ok()?).copied()
                    };
                    let mut placements = Vec::new();
                    for _ in 0..dice.below(10) {
                        if let (Some(article), Some(story), Some(other)) =
                            (pick(&mut dice), pick(&mut dice), pick(&mut dice))
                        {
                            let story = StoryId(if dice.below(3) == 0 { article.0 } else { story.0 });
                            placements.push(Placement {
                                article,
                                story,
                                copy_of: (dice.below(3) == 0).then_some(other),
                            });
                        }
                    }
                    library.store.place(placements).await.expect("placed");
                    if let Some(article) = pick(&mut dice) {
                        match dice.below(4) {
                            0 => drop(library.store.split(article).await.expect("split")),
                            1 => drop(library.store.merge(article, known[0]).await.expect("merged")),
                            2 => drop(
                                library.store.mark_story(StoryId(article.0), Mark::Read(true)).await.expect("marked"),
                            ),
                            _ => {}
                        }
                    }
                }
                14 => {
                    let fingerprint = dice.below(3);
                    library.store.set_fingerprint(fingerprint).await.expect("set");
                    let waiting = library.store.unlabelled(7).await.expect("read");
                    let labels = |dice: &mut Dice| Labels {
                        topics: TopicId::from_index(usize::try_from(dice.below(20)).expect("small"))
                            .map(|t| (t, Score(200)))
                            .into_iter()
                            .collect(),
                        entities: vec![entity(&format!("Port {}", dice.below(6)), EntityKind::Port)],
                        via: (dice.below(2) == 0).then(|| "Wire".to_owned()),
                        ..Labels::default()
                    };
                    let labels = waiting.into_iter().map(|subject| (subject.article, labels(&mut dice))).collect();
                    library.store.label(fingerprint, labels).await.expect("labelled");
                }
                15 => library.place_all().await,
                16 | 17 => {
                    for _ in 0..dice.below(4) {
                        let at = usize::try_from(dice.below(known.len().max(1) as u64)).expect("small");
                        let Some(&id) = known.get(at) else { continue };
                        let words = format!("berth {} of {}", dice.below(5), dice.below(40));
                        let there = library.store.article(id).await.expect("read").is_some();
                        match dice.below(3) {
                            0 => library.store.set_place(id, 7).await.expect("set"),
                            1 => library.store.want_pages(vec![id]).await.expect("wanted"),
                            _ => {
                                let text = crate::full_text::full_text(&words);
                                let kept = library.store.keep_full_text(id, text, words).await.expect("kept");
                                assert_eq!(kept, there, "seed {seed}, step {step}");
                            }
                        }
                    }
                }
                _ => {
                    library.clock.advance(SignedDuration::from_hours(20));
                    let day = SignedDuration::from_hours(24);
                    let before = library.clock.now().checked_sub(day).expect("in range");
                    library.store.retain(before).await.expect("aged out");
                    library.store.index().await.expect("indexed");
                }
            }
            let faults = library.store.check().await.expect("checked");
            assert_eq!(faults, Vec::<String>::new(), "seed {seed}, step {step}");
        }
        let counts = library.store.counts().await.expect("counted");
        let rows = library.store.headlines(all(Scope::All)).await.expect("read");
        assert_eq!(counts.articles, rows.len() as u64);
        assert_eq!(counts.unread, rows.iter().filter(|row| !row.state.read).count() as u64);
        let stories = ListRequest { rows: Rows::Stories, ..all(Scope::All) };
        let stories = library.store.headlines(stories).await.expect("read");
        assert_eq!(counts.stories, stories.len() as u64);
        assert_eq!(counts.unread_stories, stories.iter().filter(|row| !row.state.read).count() as u64);
        let covered: u64 = stories.iter().map(|row| 1 + u64::from(row.coverage.others)).sum();
        assert_eq!(covered, counts.articles, "every shown article is in the story of exactly one row");
        assert_eq!(counts.off_topic, rows.iter().filter(|row| row.topics.is_empty()).count() as u64);
        assert_eq!(counts.saved, rows.iter().filter(|row| row.state.saved).count() as u64);
        assert!(ids(&rows).len() > 10 || counts.articles < 11);
        library.index_all().await;
        let path = library.path();
        library.store.close().await;
        let conn = rusqlite::Connection::open(path).expect("opened");
        tidings::store::teach_texts(&conn).expect("taught");
        let agrees = "INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)";
        conn.execute_batch(agrees).unwrap_or_else(|error| panic!("the text index, seed {seed}: {error}"));
    }
}
