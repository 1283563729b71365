//! Puts a table of cases through the engine: each is a feed, good feeds stand among them, and what is stored and told of
//! any of them has to be clean.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tidings::document::{self, Setting};
use tidings::engine::{FeedPolled, PollOutcome, PollRequest};
use tidings::model::{Article, FeedId, FeedStatus, Headline};
use tidings::query::Scope;
use tidings::text::{clean_block, clean_line};

use crate::case::{Case, HERE, Want};
use crate::support::library::{Library, config_for, rss};
use crate::support::server::{Reply, Seen, TestServer};

/// A good feed stands before the first case, after each so many, and after the last.
const GOOD_EVERY: usize = 10;
/// So many articles of a feed are looked at closely.
const LOOKED_AT: usize = 12;
/// So many bytes of what is read are looked through.
const MOST_SHOWN: usize = 1 << 20;
/// Columns at which every article is set.
const WIDTHS: [usize; 4] = [0, 7, 40, 120];

/// Polls all cases of a table in one library and fails with everything that is not as it must be.
pub(crate) async fn hold(cases: Vec<Case>) {
    hold_within(cases, 2).await;
}

/// As [`hold`], with so many seconds for a request.
pub(crate) async fn hold_within(cases: Vec<Case>, seconds: u64) {
    let cases = Arc::new(cases);
    let server = serve(&cases);
    let (mut feeds, mut good) = (Vec::new(), Vec::new());
    for (n, case) in cases.iter().enumerate() {
        if n % GOOD_EVERY == 0 {
            good.push(server.url(&format!("/good/{n}")));
            feeds.extend(good.last().cloned());
        }
        feeds.push(server.url(&format!("/{}", case.id)));
    }
    good.push(server.url("/good/last"));
    feeds.extend(good.last().cloned());
    let library =
        Library::with_config(&config_for(&feeds, &format!("timeout_seconds = {seconds}\nper_host = 64"))).await;
    let most = cases.iter().map(|case| case.polls).max().unwrap_or(1);
    let mut rounds: Vec<HashMap<FeedId, FeedPolled>> = Vec::new();
    for _ in 0..most {
        let (told, _) = library.poll(PollRequest::Now).await;
        rounds.push(told.into_iter().map(|polled| (polled.feed, polled)).collect());
    }
    let statuses = library.engine.feeds().await.unwrap();
    let mut by_feed: HashMap<FeedId, Vec<Headline>> = HashMap::new();
    for headline in library.all(Scope::All).await {
        by_feed.entry(headline.feed).or_default().push(headline);
    }
    let mut wrong = Vec::new();
    for url in &good {
        let status = status(&statuses, url);
        let titles: Vec<&str> =
            by_feed.get(&status.feed.id).into_iter().flatten().map(|row| row.title.as_str()).collect();
        if titles.len() != 3 || !titles.iter().all(|title| title.starts_with("Quay ")) {
            wrong.push(format!("the good feed {url} has {titles:?}"));
        }
    }
    for case in cases.iter() {
        let status = status(&statuses, &server.url(&format!("/{}", case.id)));
        let rows = by_feed.remove(&status.feed.id).unwrap_or_default();
        let told: Vec<&FeedPolled> =
            rounds.iter().take(case.polls).filter_map(|round| round.get(&status.feed.id)).collect();
        let mut faults = outcome(case, &told, rows.len());
        let mut shown = format!("{}\n{}\n", status.feed.name, status.feed.site.as_deref().unwrap_or_default());
        for polled in &told {
            shown.push_str(polled.error.as_deref().unwrap_or_default());
            shown.push('\n');
        }
        line("the feed's name", &status.feed.name, &mut faults);
        for row in &rows {
            dated(row, &mut faults);
        }
        for row in rows.iter().take(LOOKED_AT) {
            let article = library.engine.article(row.id).await.unwrap().unwrap();
            look_at(&article, &mut shown, &mut faults);
        }
        for text in &case.has {
            if !shown.contains(text.as_str()) {
                faults.push(format!("{text:?} is not to be read in {:?}", &shown[..shown.floor_char_boundary(400)]));
            }
        }
        faults.extend(
            case.lacks.iter().filter(|text| shown.contains(text.as_str())).map(|text| format!("{text:?} is there")),
        );
        wrong.extend(
            faults.into_iter().map(|fault| format!("{}: {}", case.id, &fault[..fault.floor_char_boundary(300)])),
        );
    }
    println!("{} cases, {} good feeds", cases.len(), good.len());
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// One server for all: `/<case>`, `/<case>/<rest>`, `/good/<n>`.
fn serve(cases: &Arc<Vec<Case>>) -> TestServer {
    let (cases, asked) = (Arc::clone(cases), Mutex::new(HashMap::<String, usize>::new()));
    TestServer::start(move |seen: &Seen| {
        let path = seen.path().trim_start_matches('/');
        let (id, rest) = path.split_once('/').unwrap_or((path, ""));
        if id == "good" {
            return Reply::ok(rss(1..=3));
        }
        let Some(case) = cases.iter().find(|case| case.id == id) else { return Reply::status(404) };
        let mut asked = asked.lock().unwrap();
        let count = asked.entry(id.to_owned()).or_default();
        if rest.is_empty() {
            *count += 1;
        }
        let poll = count.saturating_sub(1);
        drop(asked);
        let here = format!("http://{}/{id}", seen.text("Host"));
        (case.answers)(seen, rest, poll).with(HERE, &here)
    })
}

fn status<'s>(statuses: &'s [FeedStatus], url: &str) -> &'s FeedStatus {
    statuses.iter().find(|status| status.feed.url == url).unwrap_or_else(|| panic!("{url} is not in the library"))
}

/// Whether it ended as it must: in words where it failed, in the same articles at every poll.
fn outcome(case: &Case, told: &[&FeedPolled], articles: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let errors: Vec<&str> = told.iter().filter_map(|polled| polled.error.as_deref()).collect();
    let failed = told.iter().any(|polled| matches!(polled.outcome, PollOutcome::Error | PollOutcome::Gone));
    println!("{:28} {articles:4} articles  {}", case.id, errors.first().copied().unwrap_or_default());
    if told.len() != case.polls {
        faults.push(format!("told of {} polls", told.len()));
    }
    for words in &errors {
        line("its error", words, &mut faults);
        let inner = ["panic", "inside tidings", "unexpected way", "the parser failed"];
        if words.len() < 10 || words.chars().count() > 9_000 || inner.iter().any(|inner| words.contains(inner)) {
            faults.push(format!("the error is told as {words:?}"));
        }
    }
    match &case.want {
        Want::Error(words) if !failed => faults.push(format!("no error ({words:?} was wanted), {articles} articles")),
        Want::Error(words) => {
            if !errors.iter().all(|error| error.contains(words)) {
                faults.push(format!("the words are {errors:?}, not {words:?}"));
            }
            if articles > 0 {
                faults.push(format!("an error, and {articles} articles"));
            }
        }
        Want::Articles(range) => {
            if failed || !range.contains(&articles) {
                faults.push(format!("{articles} articles, {errors:?}; wanted {range:?}"));
            }
        }
        Want::AtMost(most) => {
            if articles > *most {
                faults.push(format!("{articles} articles; at most {most} were wanted"));
            }
        }
    }
    faults
}

/// Whether a line is one that no terminal acts on.
fn line(what: &str, text: &str, faults: &mut Vec<String>) {
    if clean_line(text) != text {
        let text = &text[..text.floor_char_boundary(200)];
        faults.push(format!("{what} is not clean: {text:?}"));
    }
}

fn address(what: &str, url: &str, faults: &mut Vec<String>) {
    let parsed = url::Url::parse(url);
    if !parsed.is_ok_and(|parsed| matches!(parsed.scheme(), "http" | "https") && parsed.as_str() == url) {
        faults.push(format!("{what} is no web address as `url` writes it: {url:?}"));
    }
    line(what, url, faults);
}

/// Nothing is dated later than it came, so that nothing stays on top for ever.
fn dated(row: &Headline, faults: &mut Vec<String>) {
    if row.date > row.fetched {
        faults.push(format!("dated {}, later than {}", row.date, row.fetched));
    }
}

/// Looks at everything that an article says, sets it at every width, and adds what a reader reads to `shown`.
fn look_at(article: &Article, shown: &mut String, faults: &mut Vec<String>) {
    let row = &article.headline;
    if row.title.trim().is_empty() || row.title.chars().count() > 1_001 {
        faults.push(format!("a title of {} characters", row.title.chars().count()));
    }
    if tidings::text::width(&row.title) == 0 {
        faults.push(format!("a title that looks like nothing: {:?}", row.title));
    }
    line("a title", &row.title, faults);
    for text in row.author.iter().chain(&article.categories).chain(&row.via).chain(&row.language) {
        line("a word of the article", text, faults);
        shown.push_str(text);
        shown.push('\n');
    }
    for url in [&row.url].into_iter().filter(|url| !url.is_empty()).chain(&row.original) {
        address("the address", url, faults);
    }
    for file in &article.enclosures {
        address("a file", &file.url, faults);
        line("the type of a file", &file.mime, faults);
        line("the title of a file", file.title.as_deref().unwrap_or_default(), faults);
        shown.push_str(&format!("{} {} {}\n", file.url, file.mime, file.title.as_deref().unwrap_or_default()));
    }
    for html in [&article.summary_html, &article.content_html] {
        if clean_block(html) != **html {
            faults.push("its markup is not clean".to_owned());
        }
        if html.len() > 5 << 20 {
            faults.push(format!("{} bytes of markup", html.len()));
        }
    }
    shown.push_str(&format!("{}\n{}\n{}\n", row.title, row.url, row.original.as_deref().unwrap_or_default()));
    let read = document::read_html(article.html(), Some(article.base_url()));
    for link in &read.links {
        address("a link", &link.url, faults);
        shown.push_str(&format!("{}\n", link.url));
    }
    shown.push_str(&document::text(&read));
    for width in WIDTHS {
        let lines = document::layout(&read, &Setting { width, ..Setting::default() });
        if lines.len() > 100_000 {
            faults.push(format!("{} lines at width {width}", lines.len()));
        }
        for set in &lines {
            let text: String = set.spans.iter().map(|span| &*span.text).collect();
            if width == WIDTHS[3] && shown.len() < MOST_SHOWN {
                shown.push_str(&text);
                shown.push('\n');
            }
            if text.chars().any(char::is_control) || tidings::text::width(&text) > width.max(8) {
                faults.push(format!("a line at width {width} is {text:?}"));
            }
        }
    }
}
