//! Stories as a whole, over invented news.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::shuffle_tests::generated;
use super::*;
use crate::model::{HandRule, Placement, StoryId};

const HOUR: i64 = 3_600;

pub(super) fn telling(id: i64, feed: i64, hour: i64, title: &str, text: &str, entities: &[&str]) -> Telling {
    Telling {
        article: ArticleId(id),
        feed: FeedId(feed),
        date: Timestamp::from_second(1_900_000_000 + hour * HOUR).unwrap(),
        url: format!("https://feed{feed}.example/news/{id}"),
        title: title.to_owned(),
        text: text.to_owned(),
        entities: entities.iter().map(|e| (*e).to_owned()).collect(),
        language: None,
    }
}

/// A fire on an invented ship as four papers have it, and four other things of the day.
pub(super) fn day() -> Vec<Telling> {
    vec![
        telling(
            1,
            1,
            1,
            "Fire breaks out on Quaylight Sovereign off Brackwater",
            "A fire broke out in hold three of the containership Quaylight Sovereign off Brackwater on Monday; the crew of 22 is safe.",
            &["oc:quaylight"],
        ),
        telling(
            2,
            2,
            3,
            "Quaylight boxship ablaze near Brackwater",
            "Tugs are fighting a fire aboard the Quaylight Sovereign, a 9,400 teu ship, off Brackwater. All 22 crew are safe.",
            &["oc:quaylight", "pt:brackwater"],
        ),
        telling(
            3,
            3,
            8,
            "Containership Quaylight Sovereign burns off Brackwater, crew safe",
            "The Quaylight Sovereign has been burning since Monday morning off Brackwater, the coast guard said.",
            &["oc:quaylight", "pt:brackwater"],
        ),
        telling(
            4,
            4,
            5,
            "Quaylight posts record first quarter profit",
            "Liner operator Quaylight reported a net profit of $312m for the quarter, as volumes on its southern loops rose 9%.",
            &["oc:quaylight"],
        ),
        telling(
            5,
            5,
            6,
            "Quaylight earnings beat forecasts as volumes climb",
            "A net profit of $312 million was reported by Quaylight for its first quarter, with volumes up 9%.",
            &["oc:quaylight"],
        ),
        telling(
            6,
            1,
            2,
            "Lindenfurt rail yard shuts for track renewal",
            "The marshalling yard at Lindenfurt closes for eleven days, and trains are led round by way of Ostermark.",
            &["rl:lindenfurt"],
        ),
        telling(
            7,
            2,
            7,
            "Court fines parcel firm Swiftlark over van tests",
            "Swiftlark has to pay 2.4 million after a court found that vans went on the road without their yearly test.",
            &["pc:swiftlark"],
        ),
        telling(
            8,
            3,
            9,
            "Wheat vessels queue at Port Halloran as silos fill",
            "Fourteen bulkers wait at Port Halloran while silos ashore are full after a good harvest.",
            &["pt:halloran"],
        ),
    ]
}

pub(super) fn placed(room: &mut Newsroom, batches: &[&[Telling]]) -> BTreeMap<i64, Placement> {
    let mut places = BTreeMap::new();
    for batch in batches {
        for placement in room.arrive(batch) {
            places.insert(placement.article.0, placement);
        }
    }
    places
}

fn story_of(places: &BTreeMap<i64, Placement>, article: i64) -> i64 {
    places[&article].story.0
}

#[test]
fn one_event_is_one_story_and_two_of_one_carrier_are_two() {
    let mut room = Newsroom::new();
    let places = placed(&mut room, &[&day()]);
    assert_eq!(places.len(), 8, "every article has a place");
    let fire: Vec<i64> = [1, 2, 3].map(|n| story_of(&places, n)).into();
    assert_eq!(fire, [1, 1, 1], "the fire");
    assert_eq!([4, 5].map(|n| story_of(&places, n)), [4, 4], "the results");
    assert_eq!([6, 7, 8].map(|n| story_of(&places, n)), [6, 7, 8], "what stands alone");
    assert!(places.values().all(|p| p.copy_of.is_none()), "nobody copied");
}

#[test]
fn placing_the_same_again_changes_nothing() {
    let mut room = Newsroom::new();
    placed(&mut room, &[&day()]);
    assert_eq!(room.arrive(&day()), []);
    assert_eq!(room.rearrange(&(1..=8).map(ArticleId).collect::<Vec<_>>()), []);
    assert_eq!(room.len(), 8);
}

#[test]
fn one_by_one_is_as_all_at_once() {
    let day = day();
    let mut together = Newsroom::new();
    let all = placed(&mut together, &[&day]);
    for order in [[0, 1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1, 0], [2, 4, 7, 0, 6, 3, 1, 5]] {
        let mut room = Newsroom::new();
        let mut places = BTreeMap::new();
        for n in order {
            for placement in room.arrive(&day[n..=n]) {
                places.insert(placement.article.0, placement);
            }
        }
        for one in 1..=8 {
            for other in 1..one {
                let same = |p: &BTreeMap<i64, Placement>| story_of(p, one) == story_of(p, other);
                assert_eq!(same(&places), same(&all), "{one} and {other} in order {order:?}");
            }
        }
    }
}

const TEXT: &str = "Dockers at the invented port of Northwick laid down work on Monday morning after talks about a new roster ended without \
    a result, and eleven ships lie at anchor off the breakwater. The union says that the stoppage lasts until Friday at least.";

#[test]
fn copies_are_told_and_never_in_a_chain() {
    let mut same_item = telling(14, 4, 9, "Northwick dockers out", "", &[]);
    same_item.url = "http://www.feed1.example/news/11/?utm_source=rss".to_owned();
    let news = [
        telling(11, 1, 1, "Northwick dockers walk out over roster", TEXT, &[]),
        telling(12, 2, 3, "Reuters: Northwick dockers walk out over roster - Harbour Post", "", &[]),
        telling(13, 3, 5, "Northwick dockers walk out over a roster", &TEXT.replace("eleven", "twelve"), &[]),
        same_item,
        // The same publisher does not copy itself.
        telling(
            15,
            1,
            8,
            "Northwick dockers walk out over roster",
            "They are back on Tuesday, says the union now.",
            &[],
        ),
    ];
    let mut room = Newsroom::new();
    let places = placed(&mut room, &[&news[2..], &news[..2]]);
    for copy in [12, 13, 14] {
        assert_eq!(places[&copy].copy_of, Some(ArticleId(11)), "{copy}");
        assert_eq!(story_of(&places, copy), story_of(&places, 11), "{copy}");
    }
    assert_eq!(places[&11].copy_of, None);
    assert_ne!(places[&15].copy_of, Some(ArticleId(11)), "a feed does not copy itself");
    let kinship = room.kinship(ArticleId(13)).unwrap();
    assert!((kinship.score - 1.0).abs() < 1e-9 && kinship.same_text > 0.8, "{kinship:?}");
}

#[test]
fn a_chokepoint_that_everybody_names_makes_no_story() {
    let subjects = [
        "insurers lift premiums for tankers",
        "bunker sellers ration fuel oil",
        "charterers seek lng carriers",
        "crew unions demand double pay",
        "grain importers turn to rail",
        "airlines add freighters",
        "navies plan convoys",
        "steelmakers cut output",
        "refiners draw on stocks",
        "dredgers leave early",
        "banks tighten letters of credit",
        "satellites show idle boxships",
        "pilots refuse night passages",
        "farmers wait for fertiliser",
        "ferry routes reopen",
        "cable layers turn back",
        "fishing fleets stay home",
        "ministers meet in haste",
    ];
    let mut news = generated(40, 7);
    for (n, subject) in (0i64..).zip(subjects) {
        let title = match n % 3 {
            0 => format!("{subject} as Serpent Strait stays shut"),
            1 => format!("Serpent Strait closure: {subject}"),
            _ => format!("{subject} over Serpent crisis"),
        };
        let text = match n % 4 {
            0 => format!("Because of the crisis in the Serpent Strait, {subject}."),
            1 => format!("With ships unable to pass Serpent, {subject}, people in the trade say."),
            2 => format!("The blocked waterway has consequences elsewhere: {subject}."),
            _ => String::new(),
        };
        news.push(telling(n + 1_000, n % 6, n * 3, &title, &text, &["ck:serpent"]));
    }
    let mut room = Newsroom::new();
    let places = placed(&mut room, &[&news]);
    let mut sizes: HashMap<StoryId, usize> = HashMap::new();
    for placement in places.values().filter(|placement| placement.article.0 >= 1_000) {
        *sizes.entry(placement.story).or_default() += 1;
    }
    assert!(sizes.values().all(|size| *size <= 3), "{sizes:?}");
}

#[test]
fn nothing_further_apart_than_a_week_joins() {
    let again = telling(
        20,
        2,
        8 * 24,
        "Fire breaks out on Quaylight Sovereign off Brackwater",
        "A fire broke out in hold three of the containership Quaylight Sovereign off Brackwater on Monday; the crew of 22 is safe.",
        &["oc:quaylight"],
    );
    let mut room = Newsroom::new();
    let places = placed(&mut room, &[&day(), &[again]]);
    assert_eq!(story_of(&places, 20), 20);
}

#[test]
fn the_users_rules_hold_whatever_comes() {
    let day = day();
    let rules = [
        HandRule { article: ArticleId(1), other: ArticleId(3), together: false },
        HandRule { article: ArticleId(6), other: ArticleId(8), together: true },
    ];
    for order in [[0, 1, 2, 3, 4, 5, 6, 7], [7, 2, 5, 0, 3, 1, 6, 4]] {
        let mut room = Newsroom::new();
        for rule in rules {
            room.obey(rule);
        }
        let mut places = BTreeMap::new();
        for n in order {
            for placement in room.arrive(&day[n..=n]) {
                places.insert(placement.article.0, placement);
            }
        }
        assert_ne!(story_of(&places, 1), story_of(&places, 3), "{order:?}");
        assert_eq!(story_of(&places, 6), story_of(&places, 8), "{order:?}");
        // Taken back, it is as if they had not been.
        for rule in rules {
            room.forget_rule(rule);
        }
        for placement in room.rearrange(&[1, 3, 6, 8].map(ArticleId)) {
            places.insert(placement.article.0, placement);
        }
        assert_eq!(story_of(&places, 1), story_of(&places, 3), "{order:?}");
        assert_ne!(story_of(&places, 6), story_of(&places, 8), "{order:?}");
    }
}

#[test]
fn a_story_keeps_its_id() {
    let day = day();
    let mut room = Newsroom::new();
    let mut places = placed(&mut room, &[&day[1..2], &day[..1], &day[2..3]]);
    // The first that arrived founded it, though an earlier dated one came.
    assert_eq!([1, 2, 3].map(|n| story_of(&places, n)), [2, 2, 2]);
    // The founder set apart keeps the id; the others have a new one.
    room.obey(HandRule { article: ArticleId(2), other: ArticleId(1), together: false });
    room.obey(HandRule { article: ArticleId(2), other: ArticleId(3), together: false });
    for placement in room.rearrange(&[ArticleId(2)]) {
        places.insert(placement.article.0, placement);
    }
    assert_eq!([2, 1, 3].map(|n| story_of(&places, n)), [2, 1, 1]);
}

#[test]
fn what_is_remembered_stays_where_it_was() {
    let day = day();
    let mut before = Newsroom::new();
    let places = placed(&mut before, &[&day[..2]]);
    let mut room = Newsroom::new();
    for article in &day[..2] {
        room.remember(article, places[&article.article.0]);
    }
    let changed = room.arrive(&day[2..3]);
    assert_eq!(changed, [Placement { article: ArticleId(3), story: StoryId(1), copy_of: None }]);
    // With the founder forgotten, the story goes on under its id.
    room.forget_before(day[1].date);
    assert_eq!(room.len(), 2);
    assert_eq!(room.rearrange(&[ArticleId(2), ArticleId(3)]), []);
}

#[test]
fn forgetting_all_leaves_nothing() {
    let mut room = Newsroom::new();
    placed(&mut room, &[&day()]);
    room.forget_before(Timestamp::from_second(2_000_000_000).unwrap());
    assert!(room.is_empty());
    assert_eq!(placed(&mut room, &[&day()]).len(), 8);
}

#[test]
fn kinship_says_why() {
    let mut room = Newsroom::new();
    placed(&mut room, &[&day()]);
    let why = room.kinship(ArticleId(3)).unwrap();
    assert!(why.score >= why.threshold && why.score <= 1.0, "{why:?}");
    for word in ["Quaylight", "Brackwater"] {
        assert!(why.words.iter().any(|w| w == word), "{word} in {why:?}");
    }
    assert!(why.entities.contains(&"oc:quaylight".to_owned()), "{why:?}");
    assert_eq!(why.by_hand, None);
    assert_eq!(room.kinship(ArticleId(6)), None, "alone");
    assert_eq!(room.kinship(ArticleId(99)), None, "not here");
}

#[test]
fn related_is_what_shares_something_rare() {
    let day = day();
    let found = related(&day[0], &day[3..], 5);
    assert!(found.len() == 2 && found.iter().all(|id| [4, 5].contains(&id.0)), "{found:?}");
    assert_eq!(related(&day[6], &day[7..], 5), [], "nothing in common");
    assert_eq!(related(&day[0], &day, 1).len(), 1);
}

#[test]
fn novelties_are_what_no_earlier_one_has() {
    let story = [
        telling(1, 1, 0, "Rival bid for Quaylight", "An offer was made for liner operator Quaylight.", &[]),
        telling(
            2,
            2,
            1,
            "Quaylight gets $4.5bn offer from Ansgar Holm",
            "Investor Ansgar Holm offers $4.5bn for Quaylight, whose golden share is with the state.",
            &[],
        ),
        telling(
            3,
            3,
            2,
            "State blocks $4.5 billion Quaylight offer",
            "The golden share is used against Ansgar Holm.",
            &[],
        ),
    ];
    let new = novelties(&story, 8);
    assert_eq!(new[0], Vec::<String>::new());
    for told in ["$4.5bn", "Ansgar Holm"] {
        assert!(new[1].iter().any(|n| n == told), "{told} in {:?}", new[1]);
    }
    assert!(!new[2].iter().any(|n| n.contains("4.5") || n.contains("Holm") || n.contains("Quaylight")), "{:?}", new[2]);
    assert!(novelties(&story, 1).iter().all(|n| n.len() <= 1));
}

#[test]
fn hostile_texts_cost_bounded_work() {
    let most = reading::TITLE_TOKENS + 64;
    let words = (0..100_000).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let texts = [
        "",
        "ship",
        &"ship ".repeat(2_000_000),
        &words,
        &"x".repeat(10_000_000),
        &"港".repeat(1_000_000),
        &"1.".repeat(100_000),
    ];
    for text in texts {
        for title in [text, ""] {
            let read = reading::read(&telling(1, 1, 0, title, text, &[]), &mut reading::Scratch::default());
            assert!(read.terms.len() <= most && read.sketch.len() <= 64, "{} terms", read.terms.len());
        }
    }
    let mut room = Newsroom::new();
    let same: Vec<Telling> = (0..600).map(|n| telling(n, n, 0, "ship ship ship", &words, &["oc:quaylight"])).collect();
    let placements = room.arrive(&same);
    assert_eq!(placements.iter().map(|p| p.article).collect::<HashSet<_>>().len(), 600);
    // Each is compared with a bounded number of others, however many there are.
    let kin = |room: &Newsroom| room.slots.iter().flatten().filter_map(|a| a.kin.as_ref()).map(Vec::len).max();
    assert!(kin(&room).is_some_and(|most| most <= 600));
    let empty = room.arrive(&[telling(1_000, 1, 0, "", "", &[])]);
    assert_eq!(empty.len(), 1, "an article without words stands alone");
}
