//! Reads the labelled articles: tab separated, `group split event relation date publication title url excerpt source`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use tidings::model::{ArticleId, FeedId};
use tidings::story::Telling;
use tidings::topic::{Classifier, Rules, Subject};

/// An article with its label.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    pub(crate) telling: Telling,
    /// Its story; none when it only must not be merged with others.
    pub(crate) story: Option<String>,
    /// The fifth of the stories that it belongs to.
    pub(crate) fold: u8,
}

impl Labelled {
    /// The same without its text.
    pub(crate) fn title_only(&self) -> Self {
        Self { telling: Telling { text: String::new(), ..self.telling.clone() }, ..self.clone() }
    }
}

/// Articles in the order of their dates, and pairs of them (by position) that must not be merged.
pub(crate) fn load() -> Option<(Vec<Labelled>, Vec<(usize, usize)>)> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/stories.tsv"));
    let table = std::fs::read_to_string(path).ok()?;
    let (classifier, _) = Classifier::new(&Rules::default());
    let mut rows: BTreeMap<&str, (Vec<&str>, Option<&str>)> = BTreeMap::new();
    let mut groups: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [group, _, _, relation, .., url, _, _] = fields[..] else { continue };
        let row = rows.entry(url).or_insert_with(|| (fields.clone(), None));
        let (members, related) = groups.entry(group).or_default();
        if relation == "member" {
            members.push(url);
            row.1 = row.1.or(Some(group));
        } else {
            related.push(url);
        }
    }
    let dates: HashMap<&str, &str> = rows
        .values()
        .filter_map(|(fields, story)| Some(((*story)?, fields[4])).filter(|(_, date)| !date.is_empty()))
        .rev()
        .collect();
    let mut feeds: BTreeMap<&str, i64> = BTreeMap::new();
    let mut articles: Vec<Labelled> = Vec::new();
    for (n, (url, (fields, story))) in (1i64..).zip(&rows) {
        let next = i64::try_from(feeds.len()).unwrap() + 1;
        let (title, text) = (fields[6], without_tags(fields[8]));
        let labels = classifier.label(&Subject { title, text: &text, url, feed_name: fields[5], ..Subject::default() });
        let day = if fields[4].is_empty() {
            story.and_then(|story| dates.get(story).copied()).unwrap_or("")
        } else {
            fields[4]
        };
        articles.push(Labelled {
            telling: Telling {
                article: ArticleId(n),
                feed: FeedId(*feeds.entry(fields[5]).or_insert(next)),
                date: moment(url, *story, day),
                url: (*url).to_owned(),
                title: title.to_owned(),
                text,
                entities: labels.entities.iter().map(|entity| entity.id.clone()).collect(),
                language: None,
            },
            story: story.map(str::to_owned),
            fold: Sha256::digest(story.unwrap_or(url))[0] % 5,
        });
    }
    articles.sort_by_key(|article| article.telling.date);
    let at: HashMap<&str, usize> =
        articles.iter().enumerate().map(|(n, article)| (article.telling.url.as_str(), n)).collect();
    let mut apart = Vec::new();
    for (members, related) in groups.values() {
        for (member, other) in members.iter().flat_map(|member| related.iter().map(move |other| (*member, *other))) {
            if rows[member].1 != rows[other].1 || rows[member].1.is_none() {
                apart.push((at[member], at[other]));
            }
        }
    }
    Some((articles, apart))
}

/// The moment of an article: its day, an hour that hangs on its address, as the scoring tool gives them; without a day one that
/// its story shares.
fn moment(url: &str, story: Option<&str>, day: &str) -> Timestamp {
    let number = |text: &str| {
        let digest = Sha256::digest(text);
        i64::from(digest[0]) << 16 | i64::from(digest[1]) << 8 | i64::from(digest[2])
    };
    let n = number(url);
    let date: Date = day.get(..10).and_then(|day| day.parse().ok()).unwrap_or_else(|| {
        jiff::civil::date(2023, 9, 15).checked_add((number(story.unwrap_or(url)) % 400).days()).unwrap()
    });
    let start = date.to_zoned(TimeZone::UTC).unwrap().timestamp();
    start.checked_add((6 + n % 12).hours().minutes(n % 60)).unwrap()
}

fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    plain.trim().to_owned()
}
