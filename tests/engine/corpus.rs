//! Real feeds, day after day: every item once, marks kept, unchanged days all 304, changed titles as updates, gaps
//! noted exactly where a day shares no item with the one before it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::SignedDuration;
use tidings::engine::{PollOutcome, PollRequest};
use tidings::model::Mark;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer};

/// Documents by source and day.
type Captures = BTreeMap<String, BTreeMap<String, String>>;

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/feeds");
    path.is_dir().then_some(path)
}

fn captures(folder: &Path) -> Captures {
    let mut all = Captures::new();
    for source in fs::read_dir(folder).unwrap() {
        let source = source.unwrap().path();
        let days = all.entry(source.file_name().unwrap().to_string_lossy().into_owned()).or_default();
        for day in fs::read_dir(source).unwrap() {
            let day = day.unwrap().path();
            days.insert(day.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(day).unwrap());
        }
    }
    all
}

/// The guids of a document, read by the plainest means: not by the code under test.
fn guids(document: &str) -> BTreeSet<String> {
    document
        .split("<item>")
        .skip(1)
        .map(|item| {
            let inner = |tag: &str| {
                let (_, rest) = item.split_once(&format!("<{tag}"))?;
                let (_, rest) = rest.split_once('>')?;
                rest.split_once("</").map(|(text, _)| text.trim().to_owned())
            };
            inner("guid").or_else(|| inner("link")).expect("every captured item has a guid or a link")
        })
        .collect()
}

/// Serves each source's document of the day chosen by `day`, or the last one before it.
fn serve(captures: Captures, days: Vec<String>, day: Arc<AtomicUsize>) -> TestServer {
    TestServer::start(move |seen| {
        if seen.target.contains("paged=") {
            return Reply::status(404);
        }
        let today = &days[day.load(Ordering::SeqCst)];
        let source = seen.path().trim_matches('/').trim_end_matches(".xml");
        let Some((held, document)) = captures[source].range(..=today.clone()).next_back() else {
            return Reply::status(404);
        };
        let etag = format!("\"{source}-{held}-{}\"", document.len());
        if seen.text("If-None-Match") == etag {
            return Reply::status(304).header("ETag", etag);
        }
        Reply::ok(document.clone()).header("ETag", etag).header("Content-Type", "application/xml; charset=utf-8")
    })
}

#[tokio::test]
async fn seven_real_sources_day_after_day() {
    let Some(corpus) = corpus() else {
        println!("skipped: no corpus");
        return;
    };
    let captures = captures(&corpus.join("reconstructed"));
    let days: Vec<String> =
        captures.values().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    let day = Arc::new(AtomicUsize::new(0));
    let server = serve(captures.clone(), days.clone(), Arc::clone(&day));
    let sources: Vec<&String> = captures.keys().collect();
    let feeds: Vec<String> = sources.iter().map(|source| server.url(&format!("/{source}.xml"))).collect();
    let library = Library::new(&feeds).await;
    let mut expected: HashMap<&String, BTreeSet<String>> = HashMap::new();
    let mut shown: HashMap<&String, BTreeSet<String>> = HashMap::new();
    let (mut gaps, mut not_modified, mut updates, mut marked) = (0, 0, 0, Vec::new());
    for (n, today) in days.iter().enumerate() {
        day.store(n, Ordering::SeqCst);
        library.later(SignedDuration::from_hours(24));
        let before: Vec<_> = library.engine.feeds().await.unwrap().into_iter().map(|feed| feed.facts.gap).collect();
        let (told, summary) = library.poll(PollRequest::Now).await;
        let after: Vec<_> = library.engine.feeds().await.unwrap();
        let mut new_today = 0;
        for (at, source) in sources.iter().enumerate() {
            let found = captures[*source].get(today).map(|document| guids(document));
            let known = expected.entry(source).or_default();
            let gap_noted = after[at].facts.gap != before[at];
            if let Some(found) = found {
                new_today += found.difference(known).count() as u64;
                let last = shown.insert(source, found.clone());
                let gap = last.is_some_and(|last| last.is_disjoint(&found));
                assert_eq!(gap_noted, gap, "{source} on {today}: a gap where a day shares nothing with the one before");
                gaps += usize::from(gap);
                known.extend(found);
            } else {
                assert!(!gap_noted, "{source} on {today}: nothing new came, so there is no gap");
            }
        }
        assert_eq!(summary.new, new_today, "new articles on {today}");
        updates += told.iter().map(|polled| polled.updated).sum::<u64>();
        // The same day once more: everything that is there is 304, and nothing is stored.
        let (again, summary) = library.poll(PollRequest::Now).await;
        assert_eq!(summary.new, 0, "{today}, second poll");
        for polled in again.iter().filter(|polled| polled.outcome != PollOutcome::Error) {
            assert_eq!(polled.status, Some(304), "{today}, second poll");
            not_modified += 1;
        }
        if n == 0 {
            let rows = library.all(Scope::All).await;
            let (read, saved) = (rows[..5].iter().map(|r| r.id).collect::<Vec<_>>(), vec![rows[7].id]);
            library.engine.mark(read.clone(), Mark::Read(true)).await.unwrap();
            library.engine.mark(saved.clone(), Mark::Saved(true)).await.unwrap();
            marked = vec![read, saved];
        }
    }
    let rows = library.all(Scope::All).await;
    let distinct: usize = expected.values().map(BTreeSet::len).sum();
    assert_eq!(rows.len(), distinct, "every distinct item exactly once");
    let read: BTreeSet<_> = rows.iter().filter(|row| row.state.read).map(|row| row.id).collect();
    let saved: BTreeSet<_> = rows.iter().filter(|row| row.state.saved).map(|row| row.id).collect();
    assert_eq!((read, saved), (marked[0].iter().copied().collect(), marked[1].iter().copied().collect()));
    assert_eq!(library.engine.check().await.unwrap(), Vec::<String>::new());
    println!(
        "{} documents of {} sources on {} days: {distinct} distinct items stored once, {gaps} gaps, \
         {updates} updates, {not_modified} answers 304",
        captures.values().map(BTreeMap::len).sum::<usize>(),
        sources.len(),
        days.len()
    );
}

#[tokio::test]
async fn a_changed_title_is_an_update_of_the_same_article() {
    let Some(corpus) = corpus() else {
        println!("skipped: no corpus");
        return;
    };
    let captures = captures(&corpus.join("reconstructed"));
    let table = fs::read_to_string(corpus.join("title-revisions.tsv")).unwrap();
    let mut revisions: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        revisions.entry((cells[0].into(), cells[1].into())).or_default().push(cells[3].into());
    }
    assert!(revisions.len() >= 8, "{} revised URLs", revisions.len());
    let mut done = 0;
    for ((source, url), titles) in &revisions {
        // A document that has the article; where none was captured, one is written around its URL.
        let item = format!(
            "<item><title>@@</title><link>{url}</link><guid>{url}</guid><pubDate>Mon, 04 May 2026 08:00:00 GMT</pubDate></item>"
        );
        let written = format!("<rss version=\"2.0\"><channel><title>{source}</title>{item}</channel></rss>");
        let captured = captures[source].values().find(|document| document.contains(url.as_str()));
        let versions: Vec<String> = titles
            .iter()
            .map(|title| {
                let title = title.replace('&', "&amp;").replace('<', "&lt;");
                match captured {
                    Some(document) => with_title(document, url, &title),
                    None => written.replace("@@", &title),
                }
            })
            .collect();
        let count = guids(&versions[0]).len();
        let server = TestServer::start(move |seen| Reply::ok(versions[seen.number.min(versions.len() - 1)].clone()));
        let library = Library::new(&[server.url("/feed")]).await;
        library.poll(PollRequest::Now).await;
        let first = library.all(Scope::All).await;
        let row = first.iter().find(|row| row.url == *url).unwrap();
        library.engine.mark(vec![row.id], Mark::Read(true)).await.unwrap();
        let (told, _) = library.poll(PollRequest::Now).await;
        assert_eq!((told[0].new, told[0].updated), (0, 1), "{url}");
        let rows = library.all(Scope::All).await;
        let now = rows.iter().find(|row| row.url == *url).unwrap();
        assert_eq!(rows.len(), count, "{url}");
        assert_eq!((now.id, now.state.read), (row.id, true), "the same article, still read: {url}");
        assert_ne!(now.title, row.title);
        done += 1;
    }
    println!("{done} changed titles: {done} updates, no duplicate");
}

/// The document with another title for the item at `url`.
fn with_title(document: &str, url: &str, title: &str) -> String {
    let mut items: Vec<String> = document.split("<item>").map(str::to_owned).collect();
    for item in items.iter_mut().skip(1).filter(|item| item.contains(&format!("<link>{url}</link>"))) {
        let (start, end) = (item.find("<title>").unwrap() + 7, item.find("</title>").unwrap());
        item.replace_range(start..end, title);
    }
    items.join("<item>")
}
