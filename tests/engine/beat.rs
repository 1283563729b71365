//! Invented news of several publications, some of it about the same events, and a library that reads it.

use std::fmt::Write as _;

use tidings::engine::PollRequest;
use tidings::model::Headline;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer};

/// An item: number, hour of 31 May 2026, title and text as HTML.
pub(crate) type Item<'a> = (u32, u32, &'a str, &'a str);

/// A strike, told first.
pub(crate) const STRIKE: Item<'_> = (
    1,
    8,
    "Felixstowe dockers vote for eight-day strike over pay",
    "Dock workers at the port of Felixstowe have voted by nine to one for an eight-day walkout from 21 June after talks \
     about a seven per cent offer broke down, their union said on Sunday.",
);
/// The same strike in other words.
pub(crate) const STRIKE_TOO: Item<'_> = (
    2,
    11,
    "Eight-day dock strike at Felixstowe to start on 21 June",
    "Felixstowe dockers will walk out for eight days in June. The union says its members rejected a seven per cent pay \
     offer; the port regrets the vote.",
);
/// News of its own.
pub(crate) const CRANES: Item<'_> = (
    3,
    9,
    "Santos terminal orders four remote-controlled quay cranes",
    "The cranes will be delivered in 2028 and reach across twenty-four rows of containers.",
);
/// News of its own.
pub(crate) const SOUP: Item<'_> =
    (4, 10, "Canteen wins prize for its pea soup", "The jury praised the soup and the bread beside it.");

/// An RSS document of `items`, whose addresses are below `site`.
pub(crate) fn document(title: &str, site: &str, items: &[Item<'_>]) -> String {
    let mut text = format!("<rss version=\"2.0\"><channel><title>{title}</title><link>{site}</link>");
    for (number, hour, title, html) in items {
        write!(
            text,
            "<item><title><![CDATA[{title}]]></title><link>{site}{number}</link><guid>{site}{number}</guid>\
             <pubDate>Sun, 31 May 2026 {hour:02}:00:00 GMT</pubDate><description><![CDATA[{html}]]></description></item>"
        )
        .unwrap();
    }
    text + "</channel></rss>"
}

/// Three publications: the second has the strike in other words, the third repeats the first one's text.
pub(crate) fn newsroom() -> TestServer {
    TestServer::start(|seen| {
        let (title, site, items) = match seen.path() {
            "/one" => ("Harbour Ledger", "https://ledger.example/", vec![STRIKE, CRANES]),
            "/two" => ("Quay Weekly", "https://quay.example/", vec![STRIKE_TOO, SOUP]),
            _ => ("Box Wire", "https://boxwire.example/", vec![(5, 13, STRIKE.2, STRIKE.3)]),
        };
        Reply::ok(document(title, site, &items))
    })
}

/// A library that has read it. `rules` are further lines of its config.
pub(crate) async fn library(server: &TestServer, rules: &str) -> Library {
    let mut config = String::from("keep_days = 0\n[network]\nhost_spacing_ms = 0\n");
    for (name, path) in [("Harbour Ledger", "/one"), ("Quay Weekly", "/two"), ("Box Wire", "/three")] {
        writeln!(config, "[[feeds]]\nname = \"{name}\"\nurl = \"{}\"", server.url(path)).unwrap();
    }
    let library = Library::with_config(&(config + rules)).await;
    let (told, _) = library.poll(PollRequest::Now).await;
    assert!(told.iter().all(|feed| feed.error.is_none()), "{told:?}");
    library
}

/// All articles, by their addresses.
pub(crate) async fn rows(library: &Library) -> Vec<Headline> {
    let mut rows = library.all(Scope::All).await;
    rows.sort_by(|a, b| a.url.cmp(&b.url));
    rows
}

/// The article at an address.
pub(crate) async fn row(library: &Library, url: &str) -> Headline {
    let found = rows(library).await.into_iter().find(|row| row.url == url);
    found.unwrap_or_else(|| panic!("no article at {url}"))
}
