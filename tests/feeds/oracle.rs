//! The scoreboard: what Python's feedparser reads of 2,652 documents, and in which of them libxml2 finds items.

use std::fs;

use serde_json::Value;
use tidings::feed::ParsedFeed;
use url::Url;

/// Documents in which libxml2-recover finds items; we find some in at least so many.
const ITEMS_FLOOR: usize = 1_427;

/// Hits of so many chances, with the files of the misses.
#[derive(Default)]
struct Score {
    chances: usize,
    misses: Vec<String>,
}

impl Score {
    fn count(&mut self, hit: bool, miss: impl FnOnce() -> String) {
        self.chances += 1;
        if !hit {
            self.misses.push(miss());
        }
    }

    fn hits(&self) -> usize {
        self.chances - self.misses.len()
    }

    fn percent(&self) -> f64 {
        100.0 * self.hits() as f64 / self.chances.max(1) as f64
    }

    fn print(&self, name: &str, floor: &str) {
        println!("{name:<44} {:>5} of {:>5}  {:>6.2} %  floor {floor}", self.hits(), self.chances, self.percent());
        for miss in self.misses.iter().take(40) {
            println!("    {miss}");
        }
    }
}

#[derive(Default)]
struct Scores {
    items: Score,
    count: Score,
    link: Score,
    date: Score,
}

#[test]
fn reads_what_feedparser_and_libxml2_read() {
    let Some(corpus) = super::corpus() else { return };
    let suites = corpus.join("suites");
    let oracle = fs::read_to_string(suites.join("oracle.jsonl")).unwrap();
    let mut scores = Scores::default();
    let mut documents = 0;
    for line in oracle.lines() {
        let expected: Value = serde_json::from_str(line).unwrap();
        let file = expected["file"].as_str().unwrap();
        let bytes = fs::read(suites.join(file)).unwrap();
        let feed = super::read(&bytes, expected["content_type"].as_str(), file).unwrap_or_default();
        documents += 1;
        score(&mut scores, &expected, file, &feed);
    }
    println!("{documents} documents read without a panic");
    scores.items.print("libxml2-recover finds items: so do we", "1427");
    scores.count.print("feedparser finds entries: the same number", "97 %");
    scores.link.print("the same link", "97 %");
    scores.date.print("the same published date", "97 %");
    assert_eq!(documents, 2_652, "documents of the oracle");
    assert!(scores.items.hits() >= ITEMS_FLOOR, "items in {} documents only", scores.items.hits());
    for (name, score) in [("entries", &scores.count), ("links", &scores.link), ("dates", &scores.date)] {
        assert!(score.chances > 0 && score.percent() >= 97.0, "{name}: {:.2} %", score.percent());
    }
}

/// The link of an entry as an address. feedparser also gives identifiers as links that are none (`abc123`), and leaves paths
/// as they are when it knows no base.
fn address(link: &str, feed: &ParsedFeed, file: &str) -> Option<String> {
    let link = link.trim();
    let web = link.to_lowercase().starts_with("http") || link.starts_with('/');
    let base = feed.site.clone().unwrap_or_else(|| format!("https://suite.example/{file}"));
    Url::parse(&base).and_then(|base| base.join(link)).ok().filter(|_| web).map(String::from)
}

fn score(scores: &mut Scores, expected: &Value, file: &str, feed: &ParsedFeed) {
    if expected["libxml2_recover"]["items"].as_u64().is_some_and(|items| items > 0) {
        scores.items.count(!feed.entries.is_empty(), || file.to_owned());
    }
    let theirs = expected["feedparser"]["entries"].as_array().unwrap();
    if theirs.is_empty() {
        return;
    }
    let same_number = theirs.len() == feed.entries.len();
    scores.count.count(same_number, || format!("{file}: {} for {}", feed.entries.len(), theirs.len()));
    for (their, our) in theirs.iter().zip(&feed.entries).filter(|_| same_number) {
        if let Some(link) = their["link"].as_str().and_then(|link| address(link, feed, file)) {
            scores.link.count(our.url == link, || format!("{file}: {:?} for {link:?}", our.url));
        }
        if let Some(second) = their["published"].as_i64() {
            let ours = our.published.map(jiff::Timestamp::as_second);
            scores.date.count(ours == Some(second), || format!("{file}: {ours:?} for {second}"));
        }
    }
}
