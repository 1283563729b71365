//! Labels: what is stored is what is explained, lessons change what their previews say, and marks stay.

use std::collections::BTreeMap;

use tidings::engine::{Lesson, Notice, PollRequest, Undone};
use tidings::model::{Headline, Mark, Score, TopicId};
use tidings::query::{EntityField, EntityWanted, Query, Rows, Scope};

use crate::beat::{CRANES, Item, document, library, newsroom, row, rows};
use crate::library::{Library, Reply, TestServer};

/// A short excerpt of somebody else's piece, as blogs of the trade bring it.
const EXCERPT: Item<'_> = (
    7,
    7,
    "FT: Alibaba questioned about 'possible espionage' at Liège hub",
    "<p>Officials want to know what the freight hub at Liège airport sees.</p><p>THE FINANCIAL TIMES reports:</p>\
     <blockquote><p>Security services have asked what its software can read of customs papers.</p></blockquote>\
     <p>The full post is <a href=\"https://ft.example/liege?utm_source=rss\">here</a>.</p>",
);

fn topic(id: &str) -> TopicId {
    TopicId::from_id(id).unwrap()
}

async fn excerpt() -> (TestServer, Library, Headline) {
    let server =
        TestServer::start(|_| Reply::ok(document("Harbour Ledger", "https://ledger.example/", &[EXCERPT, CRANES])));
    let library = Library::new(&[server.url("/feed")]).await;
    library.poll(PollRequest::Now).await;
    let row = row(&library, "https://ledger.example/7").await;
    (server, library, row)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_excerpt_is_shown_as_taken_from_whom_it_is_taken() {
    let (_server, library, row) = excerpt().await;
    assert_eq!(row.via.as_deref(), Some("Financial Times"), "{row:?}");
    assert_eq!(row.original.as_deref(), Some("https://ft.example/liege"), "tracking parameters do not count");
    let names: Vec<&str> = row.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert!(names.contains(&"Alibaba"), "{names:?}");
    assert!(names.iter().any(|name| name.starts_with("Liège")), "{names:?}");
    assert!(row.topics.contains(&topic("security")), "{:?}", row.topics);
    let via = Scope::Search(Query::Via("financial".into()));
    let found: Vec<_> = library.all(via).await.into_iter().map(|found| found.id).collect();
    assert_eq!(found, [row.id]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reasons_add_up_and_end_in_the_stored_labels() {
    let server = newsroom();
    let library = library(&server, "[topics.ports]\ncues = [\"pea soup\"]\n").await;
    let (_other, seed, _) = excerpt().await;
    let mut labelled = 0;
    for (library, row) in rows(&library)
        .await
        .into_iter()
        .map(|row| (&library, row))
        .chain(rows(&seed).await.into_iter().map(|row| (&seed, row)))
    {
        let why = library.engine.why(row.id).await.unwrap().unwrap();
        let labels = &why.explanation.labels;
        let topics: Vec<(TopicId, Score)> = row.topics.iter().copied().zip(row.scores.iter().copied()).collect();
        assert_eq!(labels.topics, topics, "{}", row.title);
        assert_eq!(labels.entities, row.entities, "{}", row.title);
        assert_eq!((labels.genres, &labels.via, &labels.original), (row.genres, &row.via, &row.original));
        assert_eq!(labels.language, row.language);
        for reason in &why.explanation.topics {
            let sum: Score = reason.contributions.iter().map(|part| part.weight).sum();
            assert_eq!(sum, reason.score, "{}: {:?}", row.title, reason);
            labelled += usize::from(reason.assigned);
        }
    }
    assert!(labelled >= 5, "only {labelled} topics were given");
}

/// Topics, their scores, the number of entities; read, saved, noted.
type Facts = (Vec<TopicId>, Vec<Score>, usize, bool, bool, bool);

/// What must be the same after labelling anew: everything but what is taught.
fn state(rows: &[Headline]) -> BTreeMap<String, Facts> {
    let facts = |row: &Headline| {
        (row.topics.clone(), row.scores.clone(), row.entities.len(), row.state.read, row.state.saved, row.state.noted)
    };
    rows.iter().map(|row| (row.url.clone(), facts(row))).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn labelling_anew_changes_nothing_twice_and_no_mark_ever() {
    let server = newsroom();
    let mut library = library(&server, "").await;
    let soup = row(&library, "https://quay.example/4").await;
    assert_eq!(soup.topics, [], "nobody moves soup");
    library.engine.mark(vec![soup.id], Mark::Read(true)).await.unwrap();
    library.engine.mark(vec![soup.id], Mark::Saved(true)).await.unwrap();
    library.engine.mark(vec![soup.id], Mark::Note(Some("try it".into()))).await.unwrap();
    let before = state(&rows(&library).await);
    let config = library.dir.path().join("config.toml");
    let plain = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("{plain}[topics.ports]\ncues = [\"pea soup\"]\n")).unwrap();
    for _ in 0..2 {
        // A round at whose end the library is labelled by the rules as they are now.
        library.restart().await;
        library.poll(PollRequest::Due).await;
        let mut after = state(&rows(&library).await);
        let (_, soup) = after.remove_entry("https://quay.example/4").unwrap();
        assert_eq!(soup.0, [topic("ports")]);
        assert_eq!((soup.3, soup.4, soup.5), (true, true, true), "marks stay");
        let mut rest = before.clone();
        rest.remove("https://quay.example/4");
        assert_eq!(after, rest, "a rule changed what it is not about");
    }
    std::fs::write(&config, plain).unwrap();
    library.restart().await;
    library.poll(PollRequest::Due).await;
    assert_eq!(state(&rows(&library).await), before, "without the rule all is as it was");
    assert_eq!(library.engine.check().await.unwrap(), Vec::<String>::new(), "the counters were kept");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lesson_changes_what_its_preview_says_and_can_be_undone() {
    let server = newsroom();
    let library = library(&server, "").await;
    let strike = row(&library, "https://ledger.example/1").await;
    let feed = strike.feed;
    let why = library.engine.why(strike.id).await.unwrap().unwrap();
    let given = why.explanation.topics.iter().find(|reason| reason.assigned).expect("a strike has a topic");
    let cue = given.contributions.iter().find(|part| part.entity.is_none() && part.weight.0 > 0).expect("a cue");
    let felixstowe = strike.entities.iter().find(|entity| entity.name.contains("Felixstowe")).expect("a port").clone();
    let named = why.explanation.entities.iter().find(|reason| reason.entity == felixstowe).expect("a reason");
    let lessons = [
        (Lesson::NeverByCue { topic: given.topic, cue: cue.rule.clone() }, "ignore = ["),
        (Lesson::AlwaysForFeed { topic: topic("air"), feed }, "[topics.air] always_for = [\"Harbour Ledger\"]"),
        (Lesson::WrongTopic { topic: given.topic, article: strike.id }, "not_for = [\"https://ledger.example/1\"]"),
        (Lesson::NotEntity { entity: felixstowe.clone(), name: named.rule.clone() }, "[[entities]] name = "),
    ];
    let before = state(&rows(&library).await);
    let text = std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap();
    for (lesson, words) in lessons {
        let old = rows(&library).await;
        let preview = library.engine.preview(lesson.clone()).await.unwrap();
        assert!(preview.rule.contains(words), "{}", preview.rule);
        assert_eq!(preview.of, 5);
        let rule = library.engine.teach(lesson.clone()).await.unwrap();
        assert_eq!(rule, preview.rule);
        library.poll(PollRequest::Due).await;
        let new = rows(&library).await;
        let differ = |(old, new): &(&Headline, &Headline)| {
            (&old.topics, &old.scores, &old.entities) != (&new.topics, &new.scores, &new.entities)
        };
        let changed = old.iter().zip(&new).filter(differ).count() as u64;
        assert_eq!(changed, preview.changed, "{words}");
        assert!(changed > 0, "{words} changes nothing");
        assert_eq!(preview.examples.len() as u64, changed.min(5));
        match &lesson {
            Lesson::WrongTopic { topic, .. } => {
                assert!(!row(&library, "https://ledger.example/1").await.topics.contains(topic));
            }
            Lesson::AlwaysForFeed { topic, feed } => {
                assert!(new.iter().filter(|row| row.feed == *feed).all(|row| row.topics.contains(topic)));
            }
            Lesson::NotEntity { entity, .. } => {
                assert!(!row(&library, "https://ledger.example/1").await.entities.contains(entity));
            }
            Lesson::NeverByCue { .. } => {}
        }
        let again = library.engine.teach(lesson).await.unwrap();
        assert!(again.contains("already"), "{again}");
        let undone = library.engine.undo().await.unwrap();
        assert!(matches!(&undone, Undone::Config(words) if words.starts_with("taught ")), "{undone:?}");
        library.poll(PollRequest::Due).await;
        assert_eq!(state(&rows(&library).await), before, "{words}: undone");
    }
    assert_eq!(std::fs::read_to_string(library.dir.path().join("config.toml")).unwrap(), text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entitys_page_counts_what_a_search_finds() {
    let server = newsroom();
    let library =
        library(&server, "[[entities]]\nname = \"Pea Soup Line\"\nkind = \"forwarder\"\naliases = [\"pea soup\"]\n")
            .await;
    let strike = row(&library, "https://ledger.example/1").await;
    for name in ["Felixstowe", "pea soup", "own:pea-soup-line"] {
        let Some(page) = library.engine.entity(name.into()).await.unwrap() else {
            assert!(name.starts_with("own:"), "{name} is not known");
            continue;
        };
        let wanted = EntityWanted { kinds: EntityField::Any, name: name.into(), ids: Vec::new() };
        let search = Scope::Search(Query::Entity(wanted));
        let found = library.engine.count(search.clone(), Rows::Articles, None, 1_000).await.unwrap();
        assert_eq!(page.articles, found, "{name}");
        assert!(found.0 > 0, "{name} is in no article");
        assert_eq!(u64::from(page.days.iter().sum::<u32>()), found.0, "{name}: all are of the last days");
        assert!(!page.stories.is_empty());
        library.engine.mark(vec![strike.id], Mark::Read(true)).await.unwrap();
    }
    assert_eq!(library.engine.entity("nobody at all".into()).await.unwrap(), None);
    let near: Vec<String> =
        library.engine.entities_like("Felixtsowe").into_iter().map(|entry| entry.entity.name).collect();
    assert!(near.iter().any(|name| name.contains("Felixstowe")), "{near:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_desk_labels_by_itself_what_a_lesson_or_an_edit_is_about() {
    let server = newsroom();
    let library = library(&server, "").await;
    let mut notices = library.engine.notices();
    library.engine.start();
    let strike = row(&library, "https://ledger.example/1").await;
    let topics = async |wanted: bool| {
        let mut now = Vec::new();
        for _ in 0..500 {
            now = row(&library, "https://ledger.example/1").await.topics;
            if now.contains(&topic("air")) == wanted {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{now:?}");
    };
    library.engine.teach(Lesson::AlwaysForFeed { topic: topic("air"), feed: strike.feed }).await.unwrap();
    topics(true).await;
    library.engine.undo().await.unwrap();
    topics(false).await;
    // As an editor does it: the file changes, and the desk finds out.
    let config = library.dir.path().join("config.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, format!("{text}[topics.air]\ncues = [\"eight-day\"]\nignore = [\"no such cue\"]\n"))
        .unwrap();
    topics(true).await;
    let mut told = Vec::new();
    while let Ok(notice) = notices.try_recv() {
        told.push(notice);
    }
    assert!(told.iter().any(|notice| matches!(notice, Notice::Labelling { left: 0 })), "{told:?}");
    assert!(told.contains(&Notice::ArticlesChanged));
    let idle = told.iter().any(|notice| matches!(notice, Notice::Trouble(words) if words.contains("no such cue")));
    assert!(idle, "a rule that means nothing is told: {told:?}");
    library.engine.shutdown().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn default_topics_of_a_feed_count_for_what_is_stored_already() {
    let server = newsroom();
    let mut library = library(&server, "").await;
    let config = library.dir.path().join("config.toml");
    let plain = std::fs::read_to_string(&config).unwrap();
    let strike = row(&library, "https://ledger.example/1").await;
    let before = (strike.topics, strike.scores);
    std::fs::write(
        &config,
        plain.replacen("name = \"Harbour Ledger\"\n", "name = \"Harbour Ledger\"\ntopics = [\"ports\"]\n", 1),
    )
    .unwrap();
    library.restart().await;
    library.poll(PollRequest::Due).await;
    let strike = row(&library, "https://ledger.example/1").await;
    assert_ne!((strike.topics.clone(), strike.scores.clone()), before, "the default topic counts");
    let ports = strike.topics.iter().position(|given| *given == topic("ports")).expect("it has the default topic");
    assert!(strike.scores[ports] >= Score(100));
    std::fs::write(&config, plain).unwrap();
    library.restart().await;
    library.poll(PollRequest::Due).await;
    let strike = row(&library, "https://ledger.example/1").await;
    assert_eq!((strike.topics, strike.scores), before);
}
