//! Queries: what is read is written so that it reads the same, errors have their place, completions fit, and the store
//! answers any query: an article either matches it or matches its opposite.

use std::cell::OnceCell;

use jiff::civil::date;
use tidings::query::{self, ListRequest, Order, Page, Query, Rows, Scope};

use super::material::Material;

/// The text of a query; its last byte places the cursor.
pub fn run(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let today = date(2026, 11, 23);
    let length = raw.chars().count();
    for read in [query::parse(&raw, today), query::parse_unfinished(&raw, today)] {
        match read {
            Err(error) => {
                assert!(error.at.start <= error.at.end && error.at.end <= length, "{error:?} of {raw:?}");
                assert!(!error.message.is_empty() && !error.with_caret(&raw).is_empty());
            }
            Ok(query) => {
                let written = query.to_string();
                assert_eq!(query::parse(&written, today).as_ref(), Ok(&query), "{raw:?} is written as {written:?}");
                assert!(query.terms().iter().all(|text| !text.words.is_empty()), "{query:?}");
                SHELF.with(|shelf| shelf.get_or_init(Shelf::new).ask(&query));
            }
        }
    }
    let near = usize::from(Material::new(data).last()) % (length + 1);
    for cursor in [0, near, length, length + 9] {
        let completion = query::complete(&raw, cursor);
        assert_eq!(completion.replace.end, cursor.min(length), "{raw:?} at {cursor}");
        assert!(completion.replace.start <= completion.replace.end, "{completion:?}");
    }
    let names = query::FIELDS.iter().map(|field| field.name);
    if let Some(meant) = query::nearest(&raw, names.clone()) {
        assert!(names.clone().any(|name| name == meant));
    }
    for name in names {
        assert_eq!(query::nearest(name, [raw.as_ref(), name]), Some(name), "{name} is not nearest to itself");
    }
}

thread_local! {
    static SHELF: OnceCell<Shelf> = const { OnceCell::new() };
}

/// A small library that is asked.
struct Shelf {
    library: super::feed::Shelf,
}

impl Shelf {
    fn new() -> Self {
        let library = super::feed::Shelf::new();
        let feed = tidings::feed::parse(FEED.as_bytes(), None, "https://quay.example/rss").expect("a feed");
        library.take_in(&feed);
        library.index();
        Self { library }
    }

    fn ask(&self, query: &Query) {
        let count = |query: Query| {
            let told = query.to_string();
            let request = ListRequest {
                scope: Scope::Search(query),
                unread_only: false,
                rows: Rows::Articles,
                order: Order::Date,
                up_to: None,
                page: Page::First,
                limit: 100,
            };
            let scope = request.scope.clone();
            self.library.runtime.block_on(async {
                let rows = self.library.store.headlines(request).await.expect("a query is answered").len();
                let (all, _) = self.library.store.count(scope, Rows::Articles, None, 100).await.expect("counted");
                assert_eq!(rows as u64, all, "the list and its count differ: {told}");
                rows
            })
        };
        let (with, without) = (count(query.clone()), count(Query::Not(Box::new(query.clone()))));
        assert_eq!(with + without, 4, "{with} articles match, {without} do not: {query:?}");
    }
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Quayside Wire</title>\
    <item><guid>1</guid><title>Tern Lines orders six feeders</title><link>https://quay.example/1</link>\
    <author>Mika Ash</author><pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>\
    <description>The box line wants them at Ostermoor by March, OR later.</description></item>\
    <item><guid>2</guid><title>A second berth for Zürich’s barges</title><link>https://quay.example/2</link>\
    <pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description>Freight rates fall.</description></item>\
    <item><guid>3</guid><title>港口拥堵</title><link>https://quay.example/3</link><description>班轮</description></item>\
    </channel></rss>";
