//! Windows of a list, put together, are the list: in every scope and order, with ties, in both directions.

use tidings::model::{ALL_TOPICS, ArticleId, EntityKind, FeedId, Headline, Mark};
use tidings::query::{Cursor, EntityField, EntityWanted, ListRequest, Order, Page, Query, Rows, Scope};
use tidings::text::fold;

use crate::fixture::{Library, article, entity, ids, topic};

/// Feeds whose names sort otherwise than they are configured, two of them alike but for case; many articles of equal dates.
async fn mixed() -> (Library, Vec<FeedId>) {
    let library = Library::new();
    let names = ["Zeta Post", "Älpen Cargo", "alpen cargo", "Dock and Rail", "Empty Wire"];
    let feeds: Vec<FeedId> = library.subscribe(&names).await.iter().map(|feed| feed.id).collect();
    let topics = ["ocean", "air", "rail", "fleet"];
    for (at, feed) in (0_u64..).zip(feeds.iter().take(4)) {
        let articles = (0..23).map(|n| {
            let age = i64::try_from((n * 7 + at * 3) % 9).expect("small") * 60;
            let mut new = article(n, age, &format!("cargo {at} {n}"));
            new.labels.entities = (0..n % 3).map(|n| entity(&format!("Port {n}"), EntityKind::Port)).collect();
            new.labels.topics = topics
                .iter()
                .skip(usize::try_from(n).expect("small") % 5)
                .map(|id| (topic(id), tidings::model::Score(300)))
                .collect();
            new
        });
        library.ingest(*feed, articles.collect()).await;
    }
    library.index_all().await;
    let rows = library.store.headlines(crate::fixture::all(Scope::All)).await.expect("read");
    library.place_all().await;
    // Stories of two to five articles across feeds and dates, some of them copies.
    let mut by_arrival = ids(&rows);
    by_arrival.sort_unstable();
    for (n, first) in by_arrival.iter().enumerate().take(12) {
        let members: Vec<ArticleId> = by_arrival.iter().skip(20 + n).step_by(17).take(1 + n % 4).copied().collect();
        library.place(*first, &members[1..], &members[..1]).await;
    }
    library.assert_sound().await;
    let every_third = ids(&rows).into_iter().step_by(3).collect();
    library.store.mark(every_third, Mark::Read(true)).await.expect("marked");
    let every_fifth = ids(&rows).into_iter().step_by(5).collect();
    library.store.mark(every_fifth, Mark::Saved(true)).await.expect("saved");
    (library, feeds)
}

fn cursor(row: &Headline) -> Cursor {
    Cursor {
        feed_name: row.feed_name.clone(),
        topic: row.topics.first().map_or(ALL_TOPICS.len(), |topic| topic.index()),
        date: row.date,
        id: row.id,
    }
}

/// The rows sorted as the order says, from the definition.
fn sorted(mut rows: Vec<Headline>, order: Order) -> Vec<Headline> {
    rows.sort_by_key(|row| {
        let group = match order {
            Order::Date => (String::new(), 0),
            Order::Source => (fold(&row.feed_name), 0),
            Order::Topic => (String::new(), cursor(row).topic),
        };
        (group, std::cmp::Reverse((row.date, row.id)))
    });
    rows
}

async fn down(library: &Library, request: &ListRequest) -> Vec<Headline> {
    let mut rows: Vec<Headline> = Vec::new();
    loop {
        let page = rows.last().map_or(Page::First, |last| Page::After(cursor(last)));
        let window = library.store.headlines(ListRequest { page, ..request.clone() }).await.expect("read");
        if window.is_empty() {
            return rows;
        }
        assert!(window.len() <= request.limit);
        rows.extend(window);
    }
}

async fn up(library: &Library, request: &ListRequest) -> Vec<Headline> {
    let mut rows: Vec<Headline> = Vec::new();
    loop {
        let page = rows.first().map_or(Page::Last, |first| Page::Before(cursor(first)));
        let mut window = library.store.headlines(ListRequest { page, ..request.clone() }).await.expect("read");
        if window.is_empty() {
            return rows;
        }
        window.extend(rows);
        rows = window;
    }
}

#[tokio::test]
async fn windows_put_together_are_the_sorted_list() {
    let (library, feeds) = mixed().await;
    let text = |word: &str| Query::Text(tidings::query::Text { words: vec![word.to_owned()], prefix: false });
    let port = EntityWanted { kinds: EntityField::Port, name: "port".into(), ids: Vec::new() };
    let scopes = [
        (Scope::All, Rows::Articles),
        (Scope::All, Rows::Stories),
        (Scope::Topic(topic("air")), Rows::Articles),
        (Scope::Topic(topic("air")), Rows::Stories),
        (Scope::Topics(vec![topic("air"), topic("fleet")]), Rows::Articles),
        (Scope::Topics(vec![topic("fleet"), topic("ocean")]), Rows::Stories),
        (Scope::Entity("x:port-1".into()), Rows::Articles),
        (Scope::OffTopic, Rows::Stories),
        (Scope::Feed(feeds[1]), Rows::Articles),
        (Scope::Saved, Rows::Articles),
        (Scope::Search(text("cargo")), Rows::Articles),
        (Scope::Search(Query::Entity(port)), Rows::Articles),
        (Scope::Search(Query::Not(Box::new(text("2")))), Rows::Articles),
        (Scope::Search(Query::Or(vec![text("3"), Query::Topic(topic("ocean")), Query::Saved])), Rows::Articles),
    ];
    let everything = library.store.headlines(crate::fixture::all(Scope::All)).await.expect("read");
    let middle = everything[everything.len() / 2].id;
    let mut checked = 0;
    let kinds = scopes.len();
    for (scope, rows) in scopes {
        for unread_only in [false, true] {
            for up_to in [None, Some(middle)] {
                let whole = ListRequest { rows, ..crate::fixture::all(scope.clone()) };
                let members = library.store.headlines(ListRequest { unread_only, up_to, ..whole }).await.expect("read");
                assert!(!members.is_empty(), "{scope:?}");
                assert!(members.iter().all(|row| up_to.is_none_or(|bound| row.id <= bound)));
                assert!(members.iter().all(|row| !(unread_only && row.state.read)));
                for order in [Order::Date, Order::Source, Order::Topic] {
                    let expected = ids(&sorted(members.clone(), order));
                    let request = ListRequest {
                        scope: scope.clone(),
                        unread_only,
                        rows,
                        order,
                        up_to,
                        page: Page::First,
                        limit: 5,
                    };
                    let what = format!("{scope:?} {rows:?} {order:?} unread {unread_only} up to {up_to:?}");
                    assert_eq!(ids(&down(&library, &request).await), expected, "down: {what}");
                    assert_eq!(ids(&up(&library, &request).await), expected, "up: {what}");
                    checked += 1;
                }
            }
        }
    }
    assert_eq!(checked, kinds * 2 * 2 * 3);
}

#[tokio::test]
async fn scopes_hold_what_they_say() {
    let (library, feeds) = mixed().await;
    let everything = library.store.headlines(crate::fixture::all(Scope::All)).await.expect("read");
    assert_eq!(everything.len(), 92);
    let air = topic("air");
    for (scope, belongs) in [
        (Scope::Topic(air), (|row, _| row.topics.contains(&topic("air"))) as fn(&Headline, FeedId) -> bool),
        (Scope::Feed(feeds[1]), |row, feed| row.feed == feed),
        (Scope::Saved, |row, _| row.state.saved),
    ] {
        let listed = library.store.headlines(crate::fixture::all(scope.clone())).await.expect("read");
        let expected: Vec<_> = everything.iter().filter(|row| belongs(row, feeds[1])).cloned().collect();
        assert_eq!(ids(&listed), ids(&expected), "{scope:?}");
        let unread = expected.iter().filter(|row| !row.state.read).count() as u64;
        let counted = library.store.count(scope.clone(), Rows::Articles, None, 1_000).await.expect("counted");
        assert_eq!(counted, (expected.len() as u64, unread), "{scope:?}");
        let bound = expected[expected.len() / 2].id;
        let below: Vec<_> = expected.iter().filter(|row| row.id <= bound).collect();
        let counted = library.store.count(scope.clone(), Rows::Articles, Some(bound), 1_000).await.expect("counted");
        assert_eq!(counted.0, below.len() as u64, "up to {bound}: {scope:?}");
        let newer = library.store.newer(scope.clone(), Rows::Articles, bound).await.expect("counted");
        assert_eq!(newer, (expected.len() - below.len()) as u64, "newer than {bound}: {scope:?}");
    }
}

#[tokio::test]
async fn a_list_can_be_paged_from_a_row_that_is_gone_or_renamed() {
    let (library, _) = mixed().await;
    let request = ListRequest { order: Order::Source, limit: 5, ..crate::fixture::all(Scope::All) };
    let rows = library.store.headlines(request.clone()).await.expect("read");
    let mut place = cursor(&rows[4]);
    place.feed_name = "Bravo".to_owned();
    let after = library.store.headlines(ListRequest { page: Page::After(place.clone()), ..request.clone() }).await;
    let before = library.store.headlines(ListRequest { page: Page::Before(place), ..request }).await;
    assert_eq!(after.expect("read")[0].feed_name, "Dock and Rail");
    assert_eq!(fold(&before.expect("read")[4].feed_name), "alpen cargo");
}

#[tokio::test]
async fn entries_without_dates_keep_the_order_of_their_document() {
    let library = Library::new();
    let feed = library.subscribe(&["Wire"]).await[0].id;
    let undated = ["top", "second", "third"].iter().zip(0..).map(|(title, n)| {
        let mut new = article(n, 0, title);
        new.published = None;
        new
    });
    library.ingest(feed, undated.collect()).await;
    assert_eq!(library.titles(Scope::All).await, ["top", "second", "third"]);
    let ahead = vec![article(9, -86_400, "from tomorrow")];
    library.clock.advance(jiff::SignedDuration::from_secs(60));
    library.ingest(feed, ahead).await;
    let rows = library.store.headlines(crate::fixture::all(Scope::All)).await.expect("read");
    assert_eq!(
        (rows[0].title.as_str(), rows[0].date),
        ("from tomorrow", library.clock.now()),
        "a future date is the fetch"
    );
}
