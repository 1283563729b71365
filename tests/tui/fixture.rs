//! Invented news: real-looking lengths, several scripts, no real publisher.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use tidings::engine::EntityEntry;
use tidings::model::{
    Article, ArticleId, ArticleState, Entity, EntityKind, Feed, FeedId, FeedStatus, Genre, Genres, Headline, PollFacts,
    Score, StoryId, TopicId,
};

use super::library::Library;

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

/// The same with stories: a take-over told by four publications (one of them a copy), what came before it, and a
/// second story of two.
pub(crate) fn stories() -> Library {
    let mut articles = news();
    let mut news = BTreeMap::new();
    for (n, (story, age, feed, copy_of, title, fresh)) in STORIES.iter().enumerate() {
        let mut made = article(100 + n, *age, *feed, "deals ocean", title);
        let headline = &mut made.headline;
        headline.id = ArticleId(900_001 + n as i64);
        headline.story = StoryId(900_001 + *story as i64);
        headline.copy_of = copy_of.map(|of| ArticleId(900_001 + of as i64));
        headline.published = Some(headline.date);
        headline.scores = vec![Score(520), Score(240)];
        headline.entities = vec![entity("oc:tern", "Tern Lines", EntityKind::OceanCarrier)];
        if *story == 1 {
            headline.entities.push(entity("oc:blue-anchor", "Blue Anchor", EntityKind::OceanCarrier));
        }
        news.insert(headline.id, fresh.split(", ").filter(|word| !word.is_empty()).map(str::to_owned).collect());
        articles.push(made);
    }
    let feeds = feeds(&articles);
    let entry = |entity: Entity, code: &str| EntityEntry {
        aliases: vec![format!("{} Group", entity.name), format!("{} Container Line", entity.name)],
        code: Some(code.to_owned()),
        position: None,
        entity,
    };
    let lexicon = vec![
        entry(entity("oc:tern", "Tern Lines", EntityKind::OceanCarrier), "TERN"),
        entry(entity("oc:blue-anchor", "Blue Anchor", EntityKind::OceanCarrier), "BLUA"),
        entry(entity("po:ostermoor", "Ostermoor", EntityKind::Airport), "OMR"),
    ];
    let mut library = Library::new(articles, feeds);
    (library.lexicon, library.news) = (lexicon, news);
    library
}

/// Who is named in article `n` of the news.
fn names(n: usize) -> Vec<Entity> {
    match n {
        1 => vec![
            entity("oc:meridian", "Meridian Box Line", EntityKind::OceanCarrier),
            entity("ch:norr", "Norr Canal", EntityKind::Chokepoint),
        ],
        3 => vec![entity("oc:blue-anchor", "Blue Anchor", EntityKind::OceanCarrier)],
        5 => vec![entity("po:ostermoor", "Ostermoor", EntityKind::Airport)],
        _ => Vec::new(),
    }
}

fn entity(id: &str, name: &str, kind: EntityKind) -> Entity {
    Entity { id: id.to_owned(), name: name.to_owned(), kind }
}

type Telling = (usize, i64, usize, Option<usize>, &'static str, &'static str);

/// Place of the story's first article here, minutes ago, feed, place of the article it repeats, title, what is new in it.
const STORIES: &[Telling] = &[
    (0, 9_000, 0, None, "Tern Lines’ board turns a buyout by its managers down", ""),
    (1, 2_870, 4, None, "Tern says its agreement with Blue Anchor binds it after a surprise rival offer", ""),
    (
        1,
        2_760,
        1,
        None,
        "Blue Anchor’s deal is tested as Tern receives a richer unsolicited offer",
        "$4.5bn, golden share",
    ),
    (1, 2_430, 3, None, "New $4.5bn offer for Tern: a teaser for the government, or just too late?", "parliament"),
    (1, 2_400, 0, Some(3), "New $4.5bn offer for Tern: a teaser for the government, or just too late?", ""),
    (1, 55, 1, None, "Tern’s board meets on the rival offer", "Thursday, fairness opinion"),
    (6, 70, 2, None, "Tern Air Freight adds a rotation to Ostermoor", ""),
    (6, 65, 0, None, "A second weekly freighter for Ostermoor", "Sunday"),
];

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
            original: (n == 7).then(|| "https://ledger.example/espionage?utm_source=feed".to_owned()),
            title: title.to_owned(),
            author: (n % 2 == 1).then(|| "Mika Ash".to_owned()),
            published: (n != 7).then_some(date),
            updated: None,
            fetched: date,
            date,
            language: None,
            topics,
            scores: Vec::new(),
            entities: names(n),
            genres: if n == 12 { Genres::default().with(Genre::Sponsored) } else { Genres::default() },
            via: (n == 7).then(|| "Ledger Times".to_owned()),
            story: StoryId(1_000_000 - n as i64),
            copy_of: None,
            coverage: tidings::model::Coverage::default(),
            state: ArticleState { read: [6, 8, 10].contains(&n), saved: [2, 8].contains(&n), noted: n == 9 },
        },
        summary_html: format!("<p>{title}, in short.</p>"),
        content_html: if n % 4 == 1 { BODY.to_owned() } else { String::new() },
        categories: Vec::new(),
        enclosures: Vec::new(),
        note: (n == 9).then(|| "Ask compliance whether this concerns us.".to_owned()),
        full_text: None,
        place: 0,
    }
}
