//! Stories over any history of arrivals, edits and rules: every article is in exactly one story, stories are called after
//! one of theirs, the user's word holds, and the order within one arrival does not matter.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use tidings::model::{ArticleId, FeedId, HandRule, Placement};
use tidings::story::{Newsroom, Telling, novelties, related};

use super::material::Material;

const WORDS: &[&str] = &[
    "Tern",
    "Lines",
    "orders",
    "six",
    "feeders",
    "Ostermoor",
    "berth",
    "fire",
    "off",
    "Brackwater",
    "$40m",
    "strike",
    "surcharge",
    "12%",
    "the",
    "of",
    "rates",
    "fall",
    "FT:",
    "port",
    "Quaylight",
    "Sovereign",
    "crew",
    "safe",
    "港口",
    "Zürich",
    "9,400",
    "teu",
    "tariff",
    "- Quayside Wire",
    "and",
    "merger",
];

/// A history: each step is a byte that says what happens, and the bytes it needs.
pub fn run(data: &[u8]) {
    let mut history = History::default();
    let mut bytes = Material::new(data);
    for _ in 0..60 {
        let Some(step) = bytes.first() else { break };
        match step % 8 {
            0..=4 => history.arrive(step, &mut bytes),
            5 => history.obey(&mut bytes),
            6 => history.lift(&mut bytes),
            _ => history.forget(bytes.first().unwrap_or(0)),
        }
        history.is_sound();
    }
    history.tell();
}

#[derive(Default)]
struct History {
    room: Newsroom,
    /// Gets every arrival in the opposite order.
    mirror: Newsroom,
    told: BTreeMap<ArticleId, Telling>,
    places: BTreeMap<ArticleId, Placement>,
    rules: BTreeMap<(ArticleId, ArticleId), bool>,
    gone: BTreeSet<ArticleId>,
    next: i64,
}

impl History {
    fn arrive(&mut self, step: u8, bytes: &mut Material<'_>) {
        let mut arrivals: Vec<Telling> = Vec::new();
        for _ in 0..=step / 8 % 6 {
            let Some(telling) = self.telling(bytes) else { break };
            if arrivals.iter().all(|other| other.article != telling.article) {
                arrivals.push(telling);
            }
        }
        let placements = self.room.arrive(&arrivals);
        for telling in &arrivals {
            self.told.insert(telling.article, telling.clone());
        }
        self.settle(&placements);
        let known = arrivals.iter().all(|telling| self.places.contains_key(&telling.article));
        assert!(known, "an arrival has no place: {arrivals:?}");
        arrivals.reverse();
        assert_eq!(self.mirror.arrive(&arrivals), placements, "the order within an arrival matters: {arrivals:?}");
    }

    /// An article: a new one, or one that is there with another text.
    fn telling(&mut self, bytes: &mut Material<'_>) -> Option<Telling> {
        let (which, feed, hour) = (bytes.first()?, bytes.first()?, bytes.first()?);
        let there: Vec<ArticleId> = self.told.keys().copied().collect();
        let known = usize::from(which).checked_sub(200).and_then(|at| there.get(at)).copied();
        let article = known.unwrap_or_else(|| {
            self.next += 1;
            ArticleId(self.next)
        });
        let mut words = |count: usize| {
            let taken = bytes.take(count);
            let words = taken.iter().map(|byte| WORDS[usize::from(*byte) % WORDS.len()]);
            words.collect::<Vec<_>>().join(" ")
        };
        let (title, text) = (words(usize::from(which % 8) + 1), words(usize::from(feed / 8)));
        Some(Telling {
            article,
            feed: FeedId(i64::from(feed % 6)),
            date: Timestamp::from_second(1_790_000_000 + i64::from(hour) * 9_000).expect("in range"),
            url: format!("https://feed{}.example/news/{}", feed % 6, article.0),
            entities: (0..feed % 3).map(|n| format!("oc:{}", (hour % 4) + n)).collect(),
            language: (which % 5 == 0).then(|| "en".to_owned()),
            title,
            text,
        })
    }

    fn pair(&self, bytes: &mut Material<'_>) -> Option<(ArticleId, ArticleId)> {
        let there: Vec<ArticleId> = self.told.keys().copied().collect();
        let mut pick = || there.get(usize::from(bytes.first()?) % there.len().max(1)).copied();
        let (one, other) = (pick()?, pick()?);
        (one != other).then_some((one.min(other), one.max(other)))
    }

    fn obey(&mut self, bytes: &mut Material<'_>) {
        let together = bytes.first().unwrap_or(0).is_multiple_of(2);
        let Some((article, other)) = self.pair(bytes) else { return };
        self.rules.insert((article, other), together);
        self.rearrange(|room| room.obey(HandRule { article, other, together }), [article, other]);
    }

    fn lift(&mut self, bytes: &mut Material<'_>) {
        let nth = usize::from(bytes.first().unwrap_or(0)) % self.rules.len().max(1);
        let Some((&(article, other), &together)) = self.rules.iter().nth(nth) else { return };
        self.rules.remove(&(article, other));
        self.rearrange(|room| room.forget_rule(HandRule { article, other, together }), [article, other]);
    }

    fn rearrange(&mut self, rule: impl Fn(&mut Newsroom), articles: [ArticleId; 2]) {
        rule(&mut self.room);
        rule(&mut self.mirror);
        let placements = self.room.rearrange(&articles);
        assert_eq!(self.mirror.rearrange(&articles), placements, "two rooms of one history differ");
        self.settle(&placements);
    }

    fn forget(&mut self, hour: u8) {
        let date = Timestamp::from_second(1_790_000_000 + i64::from(hour / 4) * 9_000).expect("in range");
        self.room.forget_before(date);
        self.mirror.forget_before(date);
        let old: Vec<ArticleId> = self.told.values().filter(|old| old.date < date).map(|old| old.article).collect();
        for article in old {
            self.told.remove(&article);
            self.gone.insert(article);
        }
        assert_eq!(self.room.len(), self.told.len(), "what is old is not forgotten");
    }

    fn settle(&mut self, placements: &[Placement]) {
        let mut seen = BTreeSet::new();
        for placement in placements {
            assert!(seen.insert(placement.article), "{placement:?} is told twice");
            assert!(self.told.contains_key(&placement.article), "{placement:?} is not there");
            self.places.insert(placement.article, *placement);
        }
    }

    fn is_sound(&self) {
        for article in self.told.keys() {
            let placement = self.places.get(article).unwrap_or_else(|| panic!("{article} is in no story"));
            let founder = ArticleId(placement.story.0);
            if !self.gone.contains(&founder) {
                let of = self.places.get(&founder).unwrap_or_else(|| panic!("{placement:?} is called after nothing"));
                assert_eq!(of.story, placement.story, "a story is called after an article of another");
            }
            if let Some(original) = placement.copy_of.filter(|original| self.told.contains_key(original)) {
                let of = self.places.get(&original).unwrap_or_else(|| panic!("{placement:?} copies nothing"));
                assert_ne!(original, *article, "an article is a copy of itself");
                assert_eq!(of.story, placement.story, "a copy is in another story than what it copies");
            }
        }
        for ((one, other), together) in &self.rules {
            if let (false, true, true) = (together, self.told.contains_key(one), self.told.contains_key(other)) {
                assert_ne!(self.places[one].story, self.places[other].story, "{one} and {other} were parted by hand");
            }
        }
    }

    /// What is told of all of them does not fail either.
    fn tell(&self) {
        let all: Vec<Telling> = self.told.values().cloned().collect();
        assert_eq!(novelties(&all, 3).len(), all.len());
        if let Some(first) = all.first() {
            let others = related(first, &all, 5);
            assert!(others.len() <= 5 && !others.contains(&first.article), "{others:?}");
        }
    }
}
