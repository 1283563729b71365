//! Stories: rows, leads, coverage, marks of copies, splits and merges, what is most covered.

use tidings::model::{ArticleId, FeedId, HandRule, Headline, Mark, NewArticle, Step, StoryId};
use tidings::query::{ListRequest, Rows, Scope};

use crate::fixture::{Library, START, all, article, ids, moment, topic};

const HOUR: i64 = 3_600;

fn stories(scope: Scope) -> ListRequest {
    ListRequest { rows: Rows::Stories, ..all(scope) }
}

fn new(number: u64, hours: i64, title: &str) -> NewArticle {
    let mut new = article(number, hours * HOUR, title);
    new.labels.topics = vec![(topic("ocean"), tidings::model::Score(300))];
    new
}

async fn rows(library: &Library) -> Vec<Headline> {
    library.store.headlines(stories(Scope::All)).await.expect("read")
}

async fn arrive(library: &Library, feed: FeedId, article: NewArticle) -> ArticleId {
    library.store.ingest(feed, vec![article], library.record(), false).await.expect("ingested").new[0]
}

/// Five articles of three feeds; the first three are one story, and the third a copy of the first.
async fn desk() -> (Library, Vec<FeedId>, Vec<ArticleId>) {
    let library = Library::new();
    let feeds: Vec<FeedId> = library.subscribe(&["Wire", "Gazette", "Post"]).await.iter().map(|feed| feed.id).collect();
    let mut articles = Vec::new();
    for (n, hours, feed, title) in [
        (1, 30, 0, "crane falls"),
        (2, 20, 1, "crane fell: two hurt"),
        (3, 10, 2, "crane falls again in print"),
        (4, 25, 0, "rates up"),
        (5, 15, 1, "tug sold"),
    ] {
        articles.push(arrive(&library, feeds[feed], new(n, hours, title)).await);
    }
    library.place_all().await;
    assert_eq!(library.place(articles[0], &articles[1..2], &articles[2..3]).await, 2);
    library.assert_sound().await;
    (library, feeds, articles)
}

#[tokio::test]
async fn a_story_is_one_row_by_its_first_article_at_the_date_of_its_newest_news() {
    let (library, feeds, articles) = desk().await;
    let rows = rows(&library).await;
    assert_eq!(ids(&rows), [articles[4], articles[0], articles[3]], "the copy lifts nothing");
    assert_eq!(rows[1].date, moment(START - 20 * HOUR));
    let coverage = rows[1].coverage;
    assert_eq!((coverage.others, coverage.unread, coverage.sources), (2, 2, 2), "a copy is no source");
    let of = |scope: Scope| library.store.count(scope, Rows::Stories, None, 100);
    assert_eq!(of(Scope::All).await, Ok((3, 3)));
    assert_eq!(of(Scope::Topic(topic("ocean"))).await, Ok((3, 3)));
    assert_eq!(of(Scope::Feed(feeds[0])).await, Ok((2, 2)), "articles where there are no stories");
    let in_feed = library.store.headlines(stories(Scope::Feed(feeds[1]))).await.expect("read");
    assert_eq!(ids(&in_feed), [articles[4], articles[1]]);
    assert_eq!(in_feed[1].coverage.others, 2, "with their coverage");
    assert_eq!((in_feed[1].story, in_feed[1].copy_of), (StoryId(articles[0].0), None));

    let story = library.store.story(StoryId(articles[0].0)).await.expect("read").expect("it is there");
    assert_eq!(story.members.iter().map(|(row, _)| row.id).collect::<Vec<_>>(), articles[..3]);
    assert_eq!((story.lead, story.sources, story.members[2].0.copy_of), (articles[0], 2, Some(articles[0])));
    let alone = library.store.story(StoryId(articles[3].0)).await.expect("read").expect("a story of one");
    assert_eq!((alone.members.len(), alone.sources), (1, 1));
    assert_eq!(library.store.story(StoryId(articles[1].0)).await, Ok(None));
}

#[tokio::test]
async fn a_list_that_is_shown_keeps_its_rows_in_place_while_stories_grow() {
    let (library, feeds, articles) = desk().await;
    let up_to = library.store.counts().await.expect("counted").newest;
    let before = library.store.headlines(ListRequest { up_to, ..stories(Scope::All) }).await.expect("read");
    let late = arrive(&library, feeds[2], new(6, 1, "crane: inquiry")).await;
    let fresh = arrive(&library, feeds[2], new(7, 2, "barge adrift")).await;
    assert_eq!(library.store.counts().await.expect("counted").newest, up_to, "not before it has its place");
    assert_eq!(library.store.newer(Scope::All, Rows::Stories, articles[4]).await, Ok(0));
    library.place_all().await;
    library.place(articles[0], &[late], &[]).await;

    let after = library.store.headlines(ListRequest { up_to, ..stories(Scope::All) }).await.expect("read");
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(before[1].date, after[1].date);
    assert_eq!(after[1].coverage.others, 3, "the number grows where it stands");
    for scope in [Scope::All, Scope::Topic(topic("ocean"))] {
        assert_eq!(
            library.store.newer(scope.clone(), Rows::Stories, articles[4]).await,
            Ok(2),
            "a new one and a lifted one"
        );
        assert_eq!(library.store.count(scope, Rows::Stories, up_to, 100).await, Ok((3, 3)));
    }
    assert_eq!(ids(&rows(&library).await), [articles[0], fresh, articles[4], articles[3]]);
    library.store.mark(vec![articles[0]], Mark::Read(true)).await.expect("read");
    let unread = ListRequest { up_to, unread_only: true, ..stories(Scope::All) };
    assert_eq!(ids(&library.store.headlines(unread).await.expect("read")), [articles[4], articles[3]]);
    let newest = arrive(&library, feeds[0], new(8, 0, "crane: arrest")).await;
    library.place(articles[0], &[newest], &[]).await;
    let row = rows(&library).await[0].clone();
    assert_eq!(
        (row.id, row.state.read, row.coverage.unread),
        (articles[0], true, 3),
        "new coverage does not make it unread"
    );
    library.assert_sound().await;
}

#[tokio::test]
async fn who_has_read_an_article_has_read_its_copies_and_nothing_else() {
    let (library, feeds, articles) = desk().await;
    let change = library.store.mark(vec![articles[2]], Mark::Read(true)).await.expect("read");
    assert_eq!(change.articles, [articles[2], articles[0]]);
    let title = change.title.clone().expect("one article and its copy");
    assert_eq!(library.store.article(articles[2]).await.expect("read").expect("there").headline.title, title);
    let counts = library.store.counts().await.expect("counted");
    assert_eq!((counts.unread, counts.unread_stories), (3, 2));
    assert_eq!(counts.unread_stories_by_topic[topic("ocean").index()], 2);
    let row = rows(&library).await[1].clone();
    assert_eq!((row.state.read, row.coverage.unread), (true, 1));
    // A copy that comes later has been read already.
    let late = arrive(&library, feeds[1], new(6, 1, "crane falls")).await;
    library.place(articles[0], &[], &[late]).await;
    assert!(library.store.article(late).await.expect("read").expect("there").headline.state.read);
    library.store.undo().await.expect("undone");
    assert_eq!(library.store.counts().await.expect("counted").unread, 5, "both at once");
    library.assert_sound().await;

    let change = library.store.mark_all(stories(Scope::All), Mark::Read(true)).await.expect("read");
    assert_eq!(change.articles.len(), 4, "the leads and the copy, not the sibling");
    assert_eq!(change.title, None, "they are not one article and its copies");
    assert_eq!(library.store.counts().await.expect("counted").unread, 1);
    library.store.undo().await.expect("undone");
    let change = library.store.mark_story(StoryId(articles[0].0), Mark::Read(true)).await.expect("read");
    assert_eq!(change.articles.len(), 3);
    let change = library.store.mark_story(StoryId(articles[3].0), Mark::Read(true)).await.expect("read");
    assert_eq!(change.articles, [articles[3]]);
    library.assert_sound().await;
}

#[tokio::test]
async fn when_the_lead_goes_the_next_leads_and_the_story_stays() {
    let (library, _, articles) = desk().await;
    library.subscribe(&["Gazette", "Post"]).await;
    let rows = rows(&library).await;
    assert_eq!(ids(&rows), [articles[4], articles[1]]);
    assert_eq!((rows[1].story, rows[1].coverage.others), (StoryId(articles[0].0), 1));
    library.assert_sound().await;
    // The hidden feed's articles age out: the copy becomes the original.
    library.store.mark(vec![articles[1], articles[2], articles[4]], Mark::Saved(true)).await.expect("saved");
    library.clock.advance(jiff::SignedDuration::from_hours(24 * 90));
    let before = library.clock.now().checked_sub(jiff::SignedDuration::from_hours(24)).expect("in range");
    assert_eq!(library.store.retain(before).await, Ok(2));
    library.assert_sound().await;
    let copy = library.store.article(articles[2]).await.expect("read").expect("there").headline;
    assert_eq!((copy.copy_of, copy.story, copy.coverage.sources), (None, StoryId(articles[0].0), 2));
    library.subscribe(&["Wire", "Gazette", "Post"]).await;
    library.assert_sound().await;
}

#[tokio::test]
async fn one_article_becomes_a_story_of_its_own_again() {
    let (library, _, articles) = desk().await;
    library.place(articles[1], &[articles[1]], &[]).await;
    library.place(articles[2], &[articles[2]], &[]).await;
    assert_eq!(rows(&library).await.len(), 5);
    assert!(rows(&library).await.iter().all(|row| row.coverage.others == 0 && row.story.0 == row.id.0));
    library.assert_sound().await;
    // Original and copy change sides.
    library.place(articles[2], &[articles[2]], &[articles[0]]).await;
    library.assert_sound().await;
    library.place(articles[0], &[articles[0]], &[articles[2]]).await;
    library.assert_sound().await;
    let copy = library.store.article(articles[2]).await.expect("read").expect("there").headline;
    assert_eq!(copy.copy_of, Some(articles[0]));
}

#[tokio::test]
async fn splits_and_merges_are_rules_that_can_be_taken_back() {
    let (library, _, articles) = desk().await;
    let apart = |a: usize, b: usize, together| HandRule { article: articles[a], other: articles[b], together };
    let step = library.store.split(articles[1]).await.expect("split");
    let split = vec![apart(0, 1, false), apart(1, 2, false)];
    let words = "split off: crane fell: two hurt".to_owned();
    assert_eq!(step, Some(Step::Hand { set: split.clone(), lifted: vec![], words: words.clone() }));
    assert_eq!(library.store.split(articles[3]).await, Ok(None), "it is alone");
    assert_eq!(library.store.hand_rules().await, Ok(split.clone()));
    let library = library.reopen().await;
    assert_eq!(
        library.store.undo().await,
        Ok(Some(Step::Hand { set: vec![], lifted: split.clone(), words: words.clone() }))
    );
    assert_eq!(library.store.hand_rules().await, Ok(vec![]));
    assert_eq!(library.store.redo().await, Ok(Some(Step::Hand { set: split.clone(), lifted: vec![], words })));
    library.place(articles[1], &[articles[1]], &[]).await;

    let step = library.store.merge(articles[1], articles[0]).await.expect("merged");
    let Some(Step::Hand { set, lifted, .. }) = step else { panic!("{step:?}") };
    let all = vec![apart(0, 1, true), apart(0, 2, true)];
    assert_eq!((set.clone(), lifted.len()), (all, 2), "what kept them apart is lifted, and nobody is left behind");
    assert_eq!(library.store.hand_rules().await, Ok(set));
    library.store.undo().await.expect("undone");
    assert_eq!(library.store.hand_rules().await, Ok(split));
    library.place(articles[0], &[articles[1]], &[]).await;
    assert_eq!(library.store.merge(articles[1], articles[0]).await, Ok(None), "they are one");
    library.assert_sound().await;
}

#[tokio::test]
async fn most_covered_counts_publishers_of_the_last_two_days_of_the_library() {
    let (library, feeds, articles) = desk().await;
    // Another story of two publishers, fresher; one of them by attribution.
    let mut taken = new(6, 5, "tug sold, Ledger says");
    taken.labels.via = Some("Ledger".into());
    let taken = arrive(&library, feeds[1], taken).await;
    let mut copy = new(7, 4, "tug sold, Chronicle says");
    copy.labels.via = Some("Chronicle".into());
    let copy = arrive(&library, feeds[2], copy).await;
    let old =
        [arrive(&library, feeds[0], new(8, 70, "old")).await, arrive(&library, feeds[1], new(9, 69, "old too")).await];
    library.place_all().await;
    library.place(articles[4], &[taken], &[copy]).await;
    library.place(old[0], &old[1..], &[]).await;
    let covered = library.store.headlines(stories(Scope::Covered)).await.expect("read");
    assert_eq!(ids(&covered), [articles[4], articles[0]], "by publishers; what is older does not count");
    assert_eq!(covered[0].coverage.sources, 3, "Gazette, Ledger, and Chronicle although that is a copy");
    assert_eq!(covered[1].coverage.sources, 2);
    assert_eq!(library.store.count(Scope::Covered, Rows::Articles, None, 9).await, Ok((2, 2)));
    library.clock.advance(jiff::SignedDuration::from_hours(24 * 30));
    assert_eq!(
        library.store.headlines(stories(Scope::Covered)).await.expect("read").len(),
        2,
        "the window runs on dates"
    );
    library.assert_sound().await;
}

#[tokio::test]
async fn a_newsroom_can_be_filled_again() {
    let (library, feeds, articles) = desk().await;
    let waiting = arrive(&library, feeds[0], new(6, 1, "waiting")).await;
    let told = library.store.told(moment(START - 26 * HOUR), moment(START)).await.expect("read");
    let places: Vec<(i64, i64)> = told.iter().map(|(told, place)| (told.article.0, place.story.0)).collect();
    let (first, id) = (articles[0].0, |n: usize| articles[n].0);
    assert_eq!(
        places,
        [(id(3), id(3)), (id(1), first), (id(4), id(4)), (id(2), first)],
        "by date, what waits left out"
    );
    assert_eq!(told[3].1.copy_of, Some(articles[0]));
    assert_eq!(library.store.unplaced(9).await.expect("read"), [waiting]);
    let told = library.store.told_of(vec![articles[2], ArticleId(99), articles[0]]).await.expect("read");
    assert_eq!(told.iter().map(|told| told.article).collect::<Vec<_>>(), [articles[2], articles[0]]);
    assert_eq!(told[1].text, "crane falls, in short.");
}
