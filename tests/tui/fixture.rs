//! Invented news: real-looking lengths, several scripts, no real publisher.

use jiff::{SignedDuration, Timestamp};
use tidings::model::{Article, ArticleId, ArticleState, Feed, FeedId, FeedStatus, Headline, PollFacts, TopicId};

/// The time at which all tests look at the desk.
pub(crate) fn now() -> Timestamp {
    "2026-04-28T09:54:00Z".parse().expect("a timestamp")
}

const FEEDS: [&str; 5] = ["Harbour Gazette", "Quayside", "Airfreight Ledger", "Overland Weekly", "海运日报"];

/// Minutes ago, feed, topics, title.
const NEWS: &[(i64, usize, &str, &str)] = &[
    (12, 0, "disruption ports", "Pilots’ walkout closes the Norrvik approaches to deep-draught ships for a second day"),
    (
        40,
        1,
        "ocean disruption",
        "Meridian Box Line doubles its canal transits as shippers pay up for the shorter route",
    ),
    (61, 3, "rail deals", "Prairie & Gulf and Northern Junction refile their merger with the transport board"),
    (75, 1, "ocean", "Blue Anchor’s quarterly profit falls 92%"),
    (
        118,
        0,
        "rates",
        "Spot box rates snap back on emergency fuel surcharges, though brokers doubt that the rise can last",
    ),
    (130, 2, "air", "Forwarders furious over slot cuts at Ostermoor’s night-time cargo apron"),
    (184, 4, "ports", "青石港集装箱码头拥堵加剧，班轮公司征收附加费"),
    (190, 1, "security ocean", "Container line accuses a rival of ‘possible espionage’ at its European hub"),
    (245, 3, "warehouse", "Logistics landlord signs record leases in the first quarter 📦🚚"),
    (300, 0, "trade", "$166bn tariff-refund portal opens, and importers wonder who is entitled to what"),
    (362, 2, "air", "First freighter of the new widebody type gets its cargo door"),
    (371, 4, "ports ocean", "ميناء الرصيف الجديد يستقبل أول سفينة حاويات عملاقة"),
    (433, 1, "fleet", "Second-hand tankers cost more than new ones"),
    (610, 0, "labour", "Dockers and employers at four southern ports agree to talk again on Thursday, says mediator"),
    (1_500, 3, "road", "Haulage insolvencies at a ten-year high"),
    (
        1_620,
        1,
        "ocean rates",
        "Why the Nordhaven loop was dropped: five charts on a service that never filled its slots",
    ),
    (1_700, 0, "green", "Bunker suppliers queue for the first ammonia permit"),
    (2_950, 2, "tech", "Customs brokers’ shared tariff engine goes live in eleven countries after two postponements"),
];

const BODY: &str = "<p>Shippers have shown themselves willing to pay a premium for the shorter route, and the line has \
    responded by <b>doubling</b> the number of transits, it said in a <a href=\"https://quayside.example/notice?utm_source=feed\">notice to \
    customers</a> on Tuesday.</p><h2>Three more strings</h2><p>The carrier said three more strings would return \
    from May:</p><ul><li>the <i>Amber</i> loop, weekly</li><li>the <i>Cobalt</i> loop, fortnightly</li></ul>\
    <blockquote><p>“We do not expect the surcharge to stay,” a forwarder said.</p></blockquote>\
    <table><tr><th>String</th><th>From</th><th>TEU</th></tr><tr><td>Amber</td><td>4 May</td><td>8,200</td></tr>\
    <tr><td>Cobalt</td><td>11 May</td><td>14,000</td></tr></table>\
    <figure><img src=\"https://quayside.example/a.jpg\" alt=\"Container ship in the canal\"><figcaption>© J. Doe</figcaption></figure>\
    <p>More in the <a href=\"https://harbour.example/background\">background</a> piece.</p>";

/// The feeds; one of them has a problem.
pub(crate) fn feeds(articles: &[Article]) -> Vec<FeedStatus> {
    let of = |n: usize| FeedId(n as i64 + 1);
    let status = |(n, name): (usize, &&str)| FeedStatus {
        feed: Feed {
            id: of(n),
            url: format!("https://feed{n}.example/rss"),
            name: (*name).to_owned(),
            site: None,
            topics: Vec::new(),
            enabled: true,
        },
        facts: if n == 3 {
            PollFacts { failures: 2, last_error: Some("429 Too Many Requests".into()), ..PollFacts::default() }
        } else {
            PollFacts::default()
        },
        articles: articles.iter().filter(|a| a.headline.feed == of(n)).count() as u64,
        unread: articles.iter().filter(|a| a.headline.feed == of(n) && !a.headline.state.read).count() as u64,
    };
    FEEDS.iter().enumerate().map(status).collect()
}

/// The news of two days and a bit, some of it read or saved.
pub(crate) fn news() -> Vec<Article> {
    let articles = NEWS.iter().enumerate();
    articles.map(|(n, (age, feed, topics, title))| article(n, *age, *feed, topics, title)).collect()
}

/// `count` articles a minute apart, every third read.
pub(crate) fn many(count: usize) -> Vec<Article> {
    (0..count)
        .map(|n| {
            let (_, feed, topics, title) = NEWS[n % NEWS.len()];
            let mut made = article(n, n as i64, feed, topics, &format!("{title} ({n})"));
            made.headline.state = ArticleState { read: n % 3 == 0, ..ArticleState::default() };
            made
        })
        .collect()
}

fn article(n: usize, age: i64, feed: usize, topics: &str, title: &str) -> Article {
    let date = now().checked_sub(SignedDuration::from_mins(age)).expect("a date");
    let topics = topics.split(' ').filter_map(TopicId::from_id).collect();
    Article {
        headline: Headline {
            // The newest arrival has the greatest key.
            id: ArticleId(1_000_000 - n as i64),
            feed: FeedId(feed as i64 + 1),
            feed_name: FEEDS[feed].to_owned(),
            url: format!("https://feed{feed}.example/{n}?utm_source=rss"),
            original: None,
            title: title.to_owned(),
            author: (n % 2 == 1).then(|| "Mika Ash".to_owned()),
            published: (n != 7).then_some(date),
            updated: None,
            fetched: date,
            date,
            language: None,
            topics,
            scores: Vec::new(),
            entities: Vec::new(),
            genres: tidings::model::Genres::default(),
            via: None,
            story: tidings::model::StoryId(1_000_000 - n as i64),
            copy_of: None,
            coverage: tidings::model::Coverage::default(),
            state: ArticleState { read: [6, 8, 10].contains(&n), saved: [2, 8].contains(&n), noted: n == 9 },
        },
        summary_html: format!("<p>{title}, in short.</p>"),
        content_html: if n % 4 == 1 { BODY.to_owned() } else { String::new() },
        categories: Vec::new(),
        enclosures: Vec::new(),
        note: (n == 9).then(|| "Ask compliance whether this concerns us.".to_owned()),
    }
}
