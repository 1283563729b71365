//! A publication on the loopback whose articles have pages of their own.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::support::server::{Reply, Seen, TestServer};

/// The server and how much of its news is out.
pub(crate) struct Paper {
    pub(crate) server: TestServer,
    out: Arc<AtomicU32>,
}

impl Paper {
    /// Opens with so many articles, the newest with the highest number.
    pub(crate) fn open(out: u32) -> Self {
        let out = Arc::new(AtomicU32::new(out));
        let now = Arc::clone(&out);
        let server = TestServer::start(move |seen| match seen.path() {
            "/feed" | "/other" => Reply::ok(document(seen, now.load(Ordering::SeqCst))),
            path if path.starts_with("/page-") => Reply::ok(page(path)).header("Content-Type", "text/html"),
            _ => Reply::status(404),
        });
        Self { server, out }
    }

    pub(crate) fn feed(&self) -> String {
        self.server.url("/feed")
    }

    pub(crate) fn out(&self) -> u32 {
        self.out.load(Ordering::SeqCst)
    }

    /// Brings out so much more.
    pub(crate) fn bring_out(&self, more: u32) {
        self.out.fetch_add(more, Ordering::SeqCst);
    }

    pub(crate) fn title(n: u32) -> String {
        format!("Lock {n} of canal {} opens", n * 7 + 3)
    }
}

fn document(seen: &Seen, out: u32) -> String {
    let host = seen.text("Host");
    let item = |n: u32| {
        format!(
            "<item><title>{}</title><link>http://{host}/page-{n}</link><guid isPermaLink=\"false\">lock-{n}</guid>\
             <pubDate>{:02} May 2026 {:02}:00:00 GMT</pubDate><description>Barge {n} was the first.</description></item>",
            Paper::title(n),
            1 + n / 24 % 28,
            n % 24
        )
    };
    let items: String = (0..out).map(item).collect();
    format!("<rss version='2.0'><channel><title>Dock Paper</title>{items}</channel></rss>")
}

fn page(path: &str) -> String {
    let paragraph = |n: u32| {
        format!(
            "<p>Paragraph {n} of {path} tells how the harbour master, the pilots and the crane drivers of berth {n} agreed \
             on new hours, so that barges which arrive before noon are unloaded on the same day, and lorries wait less.</p>"
        )
    };
    let paragraphs: String = (1..=8).map(paragraph).collect();
    format!(
        "<!DOCTYPE html><html><head><title>Lock</title></head><body><main><article><h1>Lock</h1>{paragraphs}</article>\
         </main></body></html>"
    )
}
