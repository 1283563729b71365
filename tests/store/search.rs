//! Searching: words, phrases, fields, dates; the index after edits is the index rebuilt.

use rusqlite::Connection;
use tidings::model::Mark;
use tidings::query::{ListRequest, Query, Scope, Text};
use tidings::store::StoreError;

use crate::fixture::{Library, START, all, article, moment, topic};

pub(crate) fn text(words: &[&str], prefix: bool) -> Text {
    Text { words: words.iter().map(ToString::to_string).collect(), prefix }
}

/// A search for one word.
pub(crate) fn word(word: &str) -> Scope {
    Scope::Search(Query::Text(text(&[word], false)))
}

async fn library() -> Library {
    let library = Library::new();
    let feeds = library.subscribe(&["Harbour Gazette", "Dock and Rail"]).await;
    let mut rates = article(1, 60, "Container rates rise at Gdańsk");
    rates.author = Some("Zoë Krämer".to_owned());
    rates.plain_text =
        "Container rates rise at Gdańsk\nBlank sailings and \"free time\" (see NEAR the quay) AND more".to_owned();
    rates.labels.topics = vec![(topic("rates"), tidings::model::Score(300))];
    let mut strike = article(2, 90_000, "Strike closes berths");
    strike.plain_text = "Strike closes berths\nSailings blank out; container yards fill".to_owned();
    library.ingest(feeds[0].id, vec![rates, strike]).await;
    let mut rail = article(1, 30, "Rail yard opens");
    rail.plain_text = "Rail yard opens\ncontainer trains from Łódź".to_owned();
    rail.author = Some("A. Jansen".to_owned());
    library.ingest(feeds[1].id, vec![rail]).await;
    library.index_all().await;
    library
}

#[tokio::test]
async fn queries_find_what_they_say() {
    let library = library().await;
    let saved = library.store.headlines(all(word("strike"))).await.expect("found")[0].id;
    library.store.mark(vec![saved], Mark::Saved(true)).await.expect("saved");
    library.store.mark(vec![saved], Mark::Note(Some("call".into()))).await.expect("noted");
    library.store.mark(vec![saved], Mark::Read(true)).await.expect("read");
    let (rates, strike, rail) = ("Container rates rise at Gdańsk", "Strike closes berths", "Rail yard opens");
    let t = |words: &[&str]| Query::Text(text(words, false));
    let not = |query: Query| Query::Not(Box::new(query));
    let today = moment(START).to_zoned(jiff::tz::TimeZone::system()).date();
    let cases = [
        (t(&["container"]), vec![rail, rates, strike]),
        (t(&["CONTAINER"]), vec![rail, rates, strike]),
        (t(&["blank", "sailings"]), vec![rates]),
        (Query::Text(text(&["cont"], false)), vec![]),
        (Query::Text(text(&["cont"], true)), vec![rail, rates, strike]),
        (Query::Text(text(&["blank", "sail"], true)), vec![rates]),
        (t(&["gdansk"]), vec![rates]),
        (t(&["free", "time"]), vec![rates]),
        (t(&["NEAR"]), vec![rates]),
        (t(&["\""]), vec![rail, rates, strike]),
        (t(&["a\" OR title:\"x"]), vec![]),
        (t(&["gazette"]), vec![rates, strike]),
        (t(&["kramer"]), vec![rates]),
        (Query::Title(text(&["container"], false)), vec![rates]),
        (Query::Title(text(&["open"], true)), vec![rail]),
        (Query::And(vec![t(&["container"]), not(t(&["strike"]))]), vec![rail, rates]),
        (Query::And(vec![t(&["container"]), not(Query::Saved)]), vec![rail, rates]),
        (not(t(&["gazette"])), vec![rail]),
        (not(Query::And(vec![t(&["container"]), not(t(&["rail"]))])), vec![rail]),
        (Query::Or(vec![t(&["strike"]), Query::Author("jansen".into())]), vec![rail, strike]),
        (Query::Author("ZOE".into()), vec![rates]),
        (not(Query::Author("zoe".into())), vec![rail, strike]),
        (Query::Source("dock".into()), vec![rail]),
        (Query::Source("harbour-gazette.example".into()), vec![rates, strike]),
        (Query::And(vec![Query::Source("nowhere".into()), t(&["container"])]), vec![]),
        (Query::Topic(topic("rates")), vec![rates]),
        (not(Query::Topic(topic("rates"))), vec![rail, strike]),
        (Query::Unread, vec![rail, rates]),
        (Query::And(vec![t(&["container"]), Query::Unread]), vec![rail, rates]),
        (not(Query::Unread), vec![strike]),
        (Query::And(vec![t(&["container"]), not(Query::Unread)]), vec![strike]),
        (Query::And(vec![Query::Topic(topic("rates")), not(Query::Unread)]), vec![]),
        (Query::And(vec![Query::Unread, not(Query::Unread)]), vec![]),
        (Query::OffTopic, vec![rail, strike]),
        (Query::And(vec![Query::OffTopic, not(Query::Unread)]), vec![strike]),
        (Query::And(vec![Query::OffTopic, t(&["container"]), Query::Unread]), vec![rail]),
        (not(Query::OffTopic), vec![rates]),
        (not(Query::Text(text(&["harb"], true))), vec![rail]),
        (Query::And(vec![t(&["yard"]), not(Query::Text(text(&["o"], true)))]), vec![]),
        (Query::Or(vec![Query::Noted, Query::Title(text(&["GDAŃ"], true))]), vec![rates, strike]),
        (Query::Text(text(&["Łó"], true)), vec![rail]),
        (Query::Saved, vec![strike]),
        (Query::Noted, vec![strike]),
        (Query::And(vec![Query::Noted, Query::Saved, Query::Unread]), vec![]),
        (Query::And(vec![t(&["container"]), Query::Noted]), vec![strike]),
        (Query::Since(today.yesterday().expect("a day")), vec![rail, rates]),
        (Query::And(vec![t(&["container"]), Query::Since(today.yesterday().expect("a day"))]), vec![rail, rates]),
        (Query::And(vec![t(&["container"]), Query::Before(today.yesterday().expect("a day"))]), vec![strike]),
        (Query::And(vec![]), vec![rail, rates, strike]),
        (Query::Or(vec![]), vec![]),
        (Query::All, vec![rail, rates, strike]),
    ];
    for (query, titles) in cases {
        let scope = Scope::Search(query);
        assert_eq!(library.titles(scope.clone()).await, titles, "{scope:?}");
        let counted =
            library.store.count(scope.clone(), tidings::query::Rows::Articles, None, 100).await.expect("counted");
        assert_eq!(counted.0, titles.len() as u64, "{scope:?}");
        let newer = library
            .store
            .newer(scope.clone(), tidings::query::Rows::Articles, tidings::model::ArticleId(2))
            .await
            .expect("counted");
        assert_eq!(newer, u64::from(titles.contains(&rail)), "{scope:?}");
    }
    let two = library.store.count(word("container"), tidings::query::Rows::Articles, None, 2).await.expect("counted");
    assert_eq!(two.0, 2, "counting stops at the limit");
}

#[tokio::test]
async fn a_beginning_of_very_many_words_is_found_in_title_text_author_and_source() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire", "Conning Tower"]).await;
    let with = |n: u8, title: &str, text: &str| {
        let mut one = article(n.into(), i64::from(n) * 60, title);
        one.plain_text = format!("{title}\n{text}");
        one
    };
    let many: Vec<String> = (0..400).map(|n| format!("con{n}")).collect();
    let mut by_conrad = with(4, "By somebody", "nothing");
    by_conrad.author = Some("Conrad Quay".to_owned());
    let arrived = vec![
        with(1, "Many", &many.join(" ")),
        with(2, "Çontrary", "accents"),
        with(3, "None", "falcon ácon 货con Łcon"),
        by_conrad,
        with(5, "After others", "货运 “CONTAINER”"),
        with(6, "Nor here", "货运"),
    ];
    library.ingest(feed[0].id, arrived).await;
    library.ingest(feed[1].id, vec![with(7, "Of the tower", "nothing")]).await;
    library.index_all().await;
    let con = || Query::Text(text(&["con"], true));
    let all_of_them = vec!["Many", "Çontrary", "By somebody", "After others", "Of the tower"];
    let quay = Query::Text(text(&["quay"], false));
    for (query, wanted) in [
        (con(), all_of_them.clone()),
        (Query::And(vec![con(), Query::Unread]), all_of_them),
        (Query::And(vec![con(), quay.clone()]), vec!["By somebody"]),
        (Query::And(vec![con(), Query::Not(Box::new(quay))]), vec!["Many", "Çontrary", "After others", "Of the tower"]),
        (Query::Not(Box::new(con())), vec!["None", "Nor here"]),
        (Query::Title(text(&["con"], true)), vec!["Çontrary"]),
    ] {
        let scope = Scope::Search(query);
        assert_eq!(library.titles(scope.clone()).await, wanted, "{scope:?}");
        let counted =
            library.store.count(scope.clone(), tidings::query::Rows::Articles, None, 100).await.expect("counted");
        assert_eq!(counted.0, wanted.len() as u64, "{scope:?}");
    }
}

#[tokio::test]
async fn the_index_that_grew_is_the_index_rebuilt() {
    let library = library().await;
    let feeds = library.subscribe(&["Harbour Gazette", "Dock and Rail", "Wire"]).await;
    let mut edited = article(2, 90_000, "Strike over");
    edited.author = Some("N. N.".to_owned());
    library.ingest(feeds[0].id, vec![edited]).await;
    library.index_all().await;
    let mut renamed = crate::fixture::subscription("Dock and Rail");
    renamed.name = Some("Dock, Rail and Road".to_owned());
    library.store.set_subscriptions(vec![crate::fixture::subscription("Harbour Gazette"), renamed]).await.expect("set");
    library.index_all().await;
    assert_eq!(library.titles(word("berths")).await, Vec::<String>::new());
    assert_eq!(library.titles(word("road")).await, ["Rail yard opens"]);

    let terms = |conn: &Connection| -> Vec<(String, String, i64, i64)> {
        conn.execute_batch("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, article_fts, instance)")
            .expect("made");
        let mut select =
            conn.prepare("SELECT term, col, doc, offset FROM temp.terms ORDER BY 1, 3, 2, 4").expect("read");
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        let rows = rows.expect("read").collect::<Result<_, _>>().expect("read");
        conn.execute_batch("DROP TABLE temp.terms").expect("dropped");
        rows
    };
    let path = library.path();
    library.store.close().await;
    let conn = Connection::open(path).expect("opened");
    let grown = terms(&conn);
    tidings::store::teach_texts(&conn).expect("taught");
    conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('integrity-check', 1)").expect("it agrees");
    conn.execute_batch("INSERT INTO article_fts (article_fts) VALUES ('rebuild')").expect("rebuilt");
    assert!(grown.len() > 30);
    assert_eq!(grown, terms(&conn));
}

#[tokio::test]
async fn a_newer_search_takes_the_place_of_an_older_one() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    for batch in 0..10_u64 {
        let articles = (0..400).map(|n| article(batch * 1_000 + n, 60, "container rates and sailings"));
        library.ingest(feed, articles.collect()).await;
    }
    library.index_all().await;
    // Nested text is looked up afresh for each part: slow on purpose.
    let part = |n: usize| Query::Or(vec![Query::Text(text(&["sailings"], false)), Query::Author(format!("x{n}"))]);
    let slow = Query::Not(Box::new(Query::And((0..150).map(part).collect())));
    let request = ListRequest { limit: 50, ..all(Scope::Search(slow)) };
    let old = (library.store.headlines(request.clone()), library.store.headlines(request));
    let newer = library.store.headlines(ListRequest { limit: 50, ..all(word("rates")) });
    let (first, second, newer) = tokio::join!(old.0, old.1, newer);
    assert_eq!(newer.expect("the newest is answered").len(), 50);
    assert!(matches!(second, Err(StoreError::Interrupted)), "what waited is called off: {second:?}");
    assert!(matches!(first, Err(StoreError::Interrupted)), "what ran is interrupted: {first:?}");
    assert_eq!(library.titles(word("sailings")).await.len(), 4_000, "and the thread goes on");
}

#[tokio::test]
async fn scripts_without_spaces_are_found_inside_a_run() {
    let library = library().await;
    let feed = library.store.feeds().await.expect("read")[1].feed.id;
    let mut rates = article(8, 20, "集装箱运价上涨");
    rates.plain_text = "集装箱运价上涨\n上海港拥堵".to_owned();
    library.ingest(feed, vec![rates]).await;
    library.index_all().await;
    let title = |word: &str| Scope::Search(Query::Title(text(&[word], false)));
    assert_eq!(library.titles(word("运价")).await.len(), 1);
    assert_eq!(library.titles(word("拥堵")).await.len(), 1);
    assert_eq!(library.titles(word("空运")).await.len(), 0);
    assert_eq!((library.titles(title("运价")).await.len(), library.titles(title("拥堵")).await.len()), (1, 0));
    let both = Query::And(vec![
        Query::Text(text(&["运价"], false)),
        Query::Not(Box::new(Query::Text(text(&["拥堵"], false)))),
    ]);
    assert_eq!(library.titles(Scope::Search(both)).await.len(), 0);
}

#[tokio::test]
async fn names_are_completed() {
    let library = library().await;
    assert_eq!(library.store.complete_author("zo".into(), 9).await.expect("read"), ["Zoë Krämer"]);
    assert_eq!(library.store.complete_author("D".into(), 9).await.expect("read"), ["Dock and Rail"]);
    assert_eq!(library.store.complete_author(String::new(), 2).await.expect("read").len(), 2);
}
