//! Labels: stored with the article, changed behind it, and what is asked about entities.

use tidings::model::{ArticleId, EntityKind, Genre, Genres, Labels, Mark, NewArticle, Score};
use tidings::query::{EntityField, EntityWanted, Query, Rows, Scope};
use tidings::store::Told;

use crate::fixture::{Library, START, all, article, entity, moment, topic};

fn labelled(number: u64, age: i64, title: &str) -> NewArticle {
    let mut new = article(number, age, title);
    new.labels = Labels {
        topics: vec![(topic("security"), Score(512)), (topic("air"), Score(270))],
        entities: vec![entity("Zulu Air", EntityKind::AirCarrier), entity("Port of Ängel", EntityKind::Port)],
        genres: [Genre::Analysis].into_iter().collect(),
        via: Some("Morning Ledger".to_owned()),
        ..Labels::default()
    };
    new
}

fn wanted(kinds: EntityField, name: &str, ids: &[&str]) -> Scope {
    let ids = ids.iter().map(ToString::to_string).collect();
    Scope::Search(Query::Entity(EntityWanted { kinds, name: name.to_owned(), ids }))
}

#[tokio::test]
async fn labels_come_with_the_article_and_are_found() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire", "Morning Post"]).await[0].id;
    library.ingest(feed, vec![labelled(1, 60, "labelled"), article(2, 30, "plain")]).await;
    let rows = library.store.headlines(all(Scope::All)).await.expect("read");
    assert_eq!(
        (rows[1].topics.clone(), rows[1].scores.clone()),
        (vec![topic("security"), topic("air")], vec![Score(512), Score(270)])
    );
    assert_eq!(rows[1].entities, labelled(1, 0, "").labels.entities);
    assert_eq!(
        (rows[1].via.as_deref(), rows[1].genres),
        (Some("Morning Ledger"), Genres::default().with(Genre::Analysis))
    );
    assert_eq!((rows[0].topics.len(), rows[0].entities.len(), rows[0].via.clone()), (0, 0, None));
    let not = |query: Query| Scope::Search(Query::Not(Box::new(query)));
    let (both, one, other, none) = (vec!["plain", "labelled"], vec!["labelled"], vec!["plain"], Vec::<&str>::new());
    for (scope, titles) in [
        (Scope::Entity("x:zulu-air".into()), &one),
        (Scope::Entity("x:nobody".into()), &none),
        (Scope::OffTopic, &other),
        (Scope::Topics(vec![topic("air"), topic("security")]), &one),
        (wanted(EntityField::Any, "angel", &[]), &one),
        (wanted(EntityField::Port, "x:port-of-ängel", &[]), &one),
        (wanted(EntityField::Carrier, "angel", &[]), &none),
        (wanted(EntityField::Carrier, "zu", &["x:zulu-air"]), &one),
        (wanted(EntityField::Lane, "nothing", &["x:zulu-air"]), &none),
        (not(Query::Entity(EntityWanted { kinds: EntityField::Any, name: "zulu".into(), ids: Vec::new() })), &other),
        (Scope::Search(Query::Genre(Genre::Analysis)), &one),
        (not(Query::Genre(Genre::Analysis)), &other),
        (Scope::Search(Query::Via("LEDGER".into())), &one),
        (not(Query::Via("ledger".into())), &other),
        (Scope::Search(Query::Source("morning".into())), &one),
        (Scope::Search(Query::Source("wire".into())), &both),
        (Scope::Search(Query::Source("r".into())), &both),
        (not(Query::Source("ledger".into())), &other),
        (Scope::Search(Query::OffTopic), &other),
        (Scope::Search(Query::And(vec![Query::Source("ledger".into()), Query::OffTopic])), &none),
    ] {
        assert_eq!(&library.titles(scope.clone()).await, titles, "{scope:?}");
        let counted = library.store.count(scope.clone(), Rows::Articles, None, 100).await.expect("counted");
        assert_eq!(counted.0, titles.len() as u64, "{scope:?}");
    }
    assert_eq!(library.store.complete_via("mor".into(), 5).await.expect("read"), ["Morning Ledger"]);
    library.assert_sound().await;
}

#[tokio::test]
async fn text_and_names_are_searched_together() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    library.ingest(feed, vec![labelled(1, 60, "cargo one"), article(2, 30, "cargo two")]).await;
    library.index_all().await;
    let cargo = || Query::Text(crate::search::text(&["cargo"], false));
    for other in [
        Query::Source("ledger".into()),
        Query::Via("ledger".into()),
        Query::Genre(Genre::Analysis),
        Query::Entity(EntityWanted { kinds: EntityField::Any, name: "zulu".into(), ids: Vec::new() }),
        Query::Not(Box::new(Query::OffTopic)),
    ] {
        let scope = Scope::Search(Query::And(vec![cargo(), other]));
        assert_eq!(library.titles(scope.clone()).await, ["cargo one"], "{scope:?}");
    }
}

#[tokio::test]
async fn labelling_anew_keeps_marks_and_counts() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let done =
        library.ingest(feed, vec![labelled(1, 60, "one"), labelled(2, 50, "two"), labelled(3, 40, "three")]).await;
    library.place_all().await;
    library.store.mark(vec![done.new[0]], Mark::Read(true)).await.expect("marked");
    library.store.mark(vec![done.new[1]], Mark::Saved(true)).await.expect("saved");
    assert_eq!(library.store.set_fingerprint(1).await, Ok(3));
    let subjects = library.store.unlabelled(9).await.expect("read");
    assert_eq!(subjects.iter().map(|subject| subject.title.as_str()).collect::<Vec<_>>(), ["one", "two", "three"]);
    let new = Labels {
        topics: vec![(topic("rail"), Score(300))],
        entities: vec![entity("Zulu Air", EntityKind::AirCarrier)],
        ..Labels::default()
    };
    let old = labelled(1, 0, "").labels;
    let all_three =
        vec![(subjects[0].article, new.clone()), (subjects[1].article, new.clone()), (subjects[2].article, old)];
    assert_eq!(library.store.label(2, all_three.clone()).await, Ok(0), "those are other rules");
    assert_eq!(library.store.label(1, all_three.clone()).await, Ok(2), "the third has the labels it had");
    assert_eq!(library.store.unlabelled_count().await, Ok(0));
    assert_eq!(library.store.label(1, all_three).await, Ok(0), "labelling twice changes nothing");
    library.assert_sound().await;
    let rows = library.store.headlines(all(Scope::Topic(topic("rail")))).await.expect("read");
    assert_eq!(rows.len(), 2);
    assert_eq!(library.titles(Scope::Topic(topic("security"))).await, ["three"]);
    let counts = library.store.counts().await.expect("counted");
    assert_eq!(
        (counts.unread, counts.saved, counts.unread_by_topic[topic("rail").index()]),
        (2, 1, 2 - u64::from(rows[0].state.read) - u64::from(rows[1].state.read))
    );
    library.store.label_again(vec![done.new[0], ArticleId(99)]).await.expect("asked");
    assert_eq!(library.store.unlabelled(9).await.expect("read").len(), 1);
    library.assert_sound().await;
}

#[tokio::test]
async fn an_edit_brings_new_labels_and_is_placed_again_only_when_its_words_changed() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    library.ingest(feed, vec![labelled(1, 60, "one")]).await;
    library.place_all().await;
    let mut moved = labelled(1, 60, "one");
    moved.url = "https://news.example/moved".into();
    moved.labels.topics.truncate(1);
    library.ingest(feed, vec![moved]).await;
    assert_eq!(library.titles(Scope::Topic(topic("air"))).await, Vec::<String>::new());
    assert_eq!(library.store.unplaced_count().await, Ok(0));
    library.ingest(feed, vec![labelled(1, 60, "one and more")]).await;
    assert_eq!(library.store.unplaced_count().await, Ok(1));
    let counts = library.store.counts().await.expect("counted");
    assert!(counts.newest.is_some(), "an edit holds no list back");
    library.place_all().await;
    assert_eq!(library.store.unplaced_count().await, Ok(0));
    library.assert_sound().await;
}

#[tokio::test]
async fn an_entity_has_days_company_and_stories() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let day = 86_400;
    let done = library
        .ingest(
            feed,
            vec![
                labelled(1, 60, "today"),
                labelled(2, day + 60, "yesterday"),
                labelled(3, 40 * day, "long ago"),
                article(4, 10, "other"),
            ],
        )
        .await;
    library.place_all().await;
    let id = || "x:zulu-air".to_owned();
    assert_eq!(library.store.newest_date().await, Ok(Some(moment(START - 10))));
    assert_eq!(library.store.entity_days(id(), 3, moment(START)).await, Ok(vec![0, 1, 1]));
    assert_eq!(library.store.entity_days("x:nobody".into(), 2, moment(START)).await, Ok(vec![0, 0]));
    let company = library.store.entity_company(id(), 9).await.expect("read");
    assert_eq!(company, vec![(entity("Port of Ängel", EntityKind::Port), 3)]);
    // Arrivals are stored from the last to the first.
    let [_, long_ago, yesterday, today] = done.new[..] else { panic!("{done:?}") };
    library.place(yesterday, &[today], &[]).await;
    let stories = library.store.entity_stories(id(), 9).await.expect("read");
    assert_eq!(stories.iter().map(|row| row.id).collect::<Vec<_>>(), [yesterday, long_ago]);
    let earlier = library
        .store
        .earlier_stories(vec![id()], moment(START - 2 * day), tidings::model::StoryId(1), 9)
        .await
        .expect("read");
    assert_eq!(earlier.iter().map(|(row, sources)| (row.id, *sources)).collect::<Vec<_>>(), [(long_ago, 1)]);
    let beside = library.store.company(today, 9).await.expect("read").expect("it is there");
    assert_eq!(beside.told.article, today);
    assert_eq!(beside.story.iter().map(|row| row.id).collect::<Vec<_>>(), [yesterday], "without itself");
    let related = |told: &[Told]| told.iter().map(|told| told.article).collect::<Vec<_>>();
    assert_eq!(related(&beside.candidates), [long_ago], "its own story is left out");
    let beside = library.store.company(long_ago, 9).await.expect("read").expect("it is there");
    assert_eq!((beside.story.len(), related(&beside.candidates)), (0, vec![today, yesterday]), "the newest first");
    let beside = library.store.company(long_ago, 1).await.expect("read").expect("it is there");
    assert_eq!(related(&beside.candidates), [today]);
    assert_eq!(library.store.company(ArticleId(99), 9).await, Ok(None));
}

#[tokio::test]
async fn a_word_of_the_title_relates_what_is_of_about_that_time() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let day = 86_400;
    let arrived = vec![
        article(1, 60, "Zanzibar quay opens"),
        article(2, 170 * day, "Cranes for Zanzibar"),
        article(3, 200 * day, "Zanzibar dredged"),
    ];
    let done = library.ingest(feed, arrived).await;
    library.place_all().await;
    library.index_all().await;
    let [dredged, cranes, opens] = done.new[..] else { panic!("{done:?}") };
    for (of, wanted) in [(opens, vec![cranes]), (cranes, vec![opens, dredged]), (dredged, vec![cranes])] {
        let beside = library.store.company(of, 9).await.expect("read").expect("it is there");
        let related: Vec<ArticleId> = beside.candidates.iter().map(|told| told.article).collect();
        assert_eq!(related, wanted, "beside {of:?}");
    }
}
