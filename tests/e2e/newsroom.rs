//! A publication on the loopback that brings out invented news as the test says.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};

use crate::support::server::{Reply, TestServer};

/// The server and how much of its news is out.
pub(crate) struct Newsroom {
    pub(crate) server: TestServer,
    out: Arc<AtomicU32>,
    /// Milliseconds before an answer.
    pause: Arc<AtomicU32>,
}

/// Paragraphs of the article that does not fit on a screen.
const LONG: u32 = 60;

/// The title of news number `n`; every fifth is about a walkout, so that a search finds some. Each piece of news is about
/// something else, so that no two are one story.
pub(crate) fn title(n: u32) -> String {
    let (one, two, three) = (word(n, 1), word(n, 2), word(n, 3));
    if n.is_multiple_of(5) {
        format!("Walkout at {one} {two} {three}, {n}")
    } else {
        format!("Item {n} {one} {two} {three}")
    }
}

/// A word that no other piece of news has.
fn word(n: u32, place: u32) -> String {
    const BEGIN: [&str; 11] = ["bra", "cle", "dro", "fli", "gno", "hul", "kre", "lum", "mok", "pry", "sva"];
    const MIDDLE: [&str; 7] = ["dak", "fen", "gol", "mir", "nup", "sto", "ver"];
    const END: [&str; 5] = ["ash", "el", "ing", "ous", "ute"];
    let at = |step: u32, of: usize| (n * step + place * 3 + n / 5) as usize % of;
    format!("{}{}{}{n}", BEGIN[at(5, 11)], MIDDLE[at(3, 7)], END[at(2, 5)])
}

impl Newsroom {
    /// Opens with so many pieces of news, the newest with the highest number. `/feed` is the feed; `/` a page that names it.
    pub(crate) fn open(out: u32) -> Self {
        let began = tidings::clock::Clock::system().now();
        let (out, pause) = (Arc::new(AtomicU32::new(out)), Arc::new(AtomicU32::new(0)));
        let (now, wait) = (Arc::clone(&out), Arc::clone(&pause));
        let server = TestServer::start(move |seen| {
            let pause = Duration::from_millis(wait.load(Ordering::SeqCst).into());
            match seen.path() {
                "/feed" => Reply::ok(document(began, now.load(Ordering::SeqCst))).after(pause),
                "/" => Reply::ok(PAGE).header("Content-Type", "text/html"),
                _ => Reply::status(404),
            }
        });
        Self { server, out, pause }
    }

    /// The address of the feed.
    pub(crate) fn feed(&self) -> String {
        self.server.url("/feed")
    }

    /// Brings out so much more.
    pub(crate) fn bring_out(&self, more: u32) {
        self.out.fetch_add(more, Ordering::SeqCst);
    }

    /// From now on it takes its time before an answer.
    pub(crate) fn slow_down(&self, pause: Duration) {
        self.pause.store(u32::try_from(pause.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

const PAGE: &str = "<!DOCTYPE html><html><head><title>Harbour Ledger</title>\
    <link rel=\"alternate\" type=\"application/rss+xml\" title=\"Harbour Ledger\" href=\"/feed\"></head><body>News</body></html>";

fn document(began: Timestamp, out: u32) -> String {
    let mut items = String::new();
    // Two hours apart, the newest first; what comes out later is newer than all before.
    for n in (0..out).rev() {
        let date = began - SignedDuration::from_hours(48) + SignedDuration::from_mins(90) * i32::try_from(n).unwrap();
        let date = rfc2822::to_string(&date.to_zoned(jiff::tz::TimeZone::UTC)).unwrap();
        let category = if n.is_multiple_of(2) { "Ports" } else { "Air cargo" };
        write!(
            items,
            "<item><title>{}</title><link>https://ledger.example/{n}</link><guid isPermaLink=\"false\">ledger-{n}</guid>\
             <pubDate>{date}</pubDate><category>{category}</category><description>{}</description></item>",
            title(n),
            body(n)
        )
        .unwrap();
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Harbour Ledger</title>\
         <link>https://ledger.example/</link>{items}</channel></rss>"
    )
}

/// HTML; even numbers have more of it than a screen.
fn body(n: u32) -> String {
    let paragraphs = if n.is_multiple_of(2) { LONG } else { 1 };
    let text: String = (1..=paragraphs)
        .map(|p| {
            let (one, two, three) = (word(n, p + 5), word(n, p + 6), word(n, p + 7));
            format!("<p>Paragraph {p} of {paragraphs}: entry {n} {one} {two} {three}.</p>")
        })
        .collect();
    format!("<![CDATA[{text}<p><a href=\"https://ledger.example/more/{n}\">More on entry {n}</a></p>]]>")
}
