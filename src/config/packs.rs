//! The starter packs: the desks a first run offers, and the publications each of them reads.
//!
//! The data is `assets/packs.tsv`, whose head explains its grammar; it is part of the program.

use std::sync::LazyLock;

use crate::model::TopicId;

use super::FeedSpec;

const PACKS: &str = include_str!("../../assets/packs.tsv");

/// A line of work that a user may choose, with its publications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Stable name, such as `ocean`.
    pub id: &'static str,
    /// Full name, such as `Ocean & ports`.
    pub name: &'static str,
    /// Its publications, those that are on first.
    pub feeds: Vec<PackFeed>,
}

/// A publication of a starter pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFeed {
    /// Name of the publication.
    pub name: &'static str,
    /// Address of its feed.
    pub url: &'static str,
    /// Its web site.
    pub site: &'static str,
    /// BCP 47 language it is written in.
    pub language: &'static str,
    /// Topics given to everything it writes.
    pub topics: Vec<TopicId>,
    /// Choosing the desk subscribes it; the others are only listed.
    pub on: bool,
}

impl PackFeed {
    /// The subscription to this publication, enabled.
    #[must_use]
    pub fn spec(&self) -> FeedSpec {
        FeedSpec {
            name: Some(self.name.to_owned()),
            url: self.url.to_owned(),
            topics: self.topics.clone(),
            enabled: true,
            ..FeedSpec::default()
        }
    }
}

impl Desk {
    /// The publications that choosing this desk subscribes.
    pub fn on(&self) -> impl Iterator<Item = &PackFeed> {
        self.feeds.iter().filter(|feed| feed.on)
    }

    /// All its publications as subscriptions: those that are on, then the others, muted.
    #[must_use]
    pub fn subscriptions(&self) -> Vec<FeedSpec> {
        self.feeds.iter().map(|feed| FeedSpec { enabled: feed.on, ..feed.spec() }).collect()
    }
}

/// The desks, in the order they are offered.
#[must_use]
pub fn desks() -> &'static [Desk] {
    static DESKS: LazyLock<Vec<Desk>> =
        LazyLock::new(|| parse(PACKS).expect("assets/packs.tsv is compiled in, and a test reads it"));
    &DESKS
}

/// Reads the packs; the error names the line.
fn parse(text: &'static str) -> Result<Vec<Desk>, String> {
    let mut desks: Vec<Desk> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = |what: &str| format!("line {number}: {what}");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match *line.split('\t').collect::<Vec<_>>() {
            ["desk", id, name] => desks.push(Desk { id, name, feeds: Vec::new() }),
            ["feed", on, members, topics, language, name, url, site] => {
                let on = match on {
                    "on" => true,
                    "off" => false,
                    _ => return Err(wrong("ON is `on` or `off`")),
                };
                let topics = parse_topics(topics).ok_or_else(|| wrong("unknown topic"))?;
                for member in members.split(',') {
                    let desk = desks.iter_mut().find(|desk| desk.id == member).ok_or_else(|| wrong("unknown desk"))?;
                    desk.feeds.push(PackFeed { name, url, site, language, topics: topics.clone(), on });
                }
            }
            _ => return Err(wrong("neither a desk nor a feed")),
        }
    }
    for desk in &mut desks {
        desk.feeds.sort_by_key(|feed| !feed.on);
    }
    Ok(desks)
}

fn parse_topics(text: &str) -> Option<Vec<TopicId>> {
    if text == "-" {
        return Some(Vec::new());
    }
    text.split(',').map(TopicId::from_id).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;

    #[test]
    fn the_desks_are_those_of_the_trade_with_their_counts() {
        let counts: Vec<_> = desks().iter().map(|d| (d.id, d.feeds.len(), d.on().count())).collect();
        let expected =
            [("ocean", 55, 18), ("air", 19, 2), ("land", 34, 4), ("parcel", 9, 4), ("trade", 20, 7), ("chain", 35, 5)];
        assert_eq!(counts, expected, "(desk, publications listed, of these on)");
    }

    #[test]
    fn a_publication_is_written_down_once_with_a_secure_address_and_every_field() {
        let mut addresses = HashSet::new();
        let lines: Vec<Vec<&str>> =
            PACKS.lines().filter(|l| l.starts_with("feed\t")).map(|l| l.split('\t').collect()).collect();
        assert_eq!(lines.len(), 139, "publications in all");
        for line in lines {
            let (url, site) = (line[6], line[7]);
            assert!(addresses.insert(url), "{url} is written down twice");
            for address in [url, site] {
                let parsed = url::Url::parse(address).unwrap_or_else(|e| panic!("{address}: {e}"));
                assert_eq!(parsed.scheme(), "https", "{address}");
            }
            assert!(line.iter().all(|field| !field.trim().is_empty() && field.trim() == *field), "{line:?}");
        }
    }

    #[test]
    fn what_is_on_comes_first() {
        for desk in desks() {
            assert!(desk.feeds.is_sorted_by_key(|feed| !feed.on), "{}", desk.id);
            assert!(desk.feeds[0].on, "{} offers nothing to begin with", desk.id);
        }
    }

    #[test]
    fn a_desk_subscribes_what_is_on_and_lists_the_rest_muted() {
        for desk in desks() {
            let specs = desk.subscriptions();
            assert_eq!(specs.len(), desk.feeds.len(), "{}", desk.id);
            assert_eq!(specs.iter().filter(|spec| spec.enabled).count(), desk.on().count(), "{}", desk.id);
        }
    }

    #[test]
    fn faults_are_told_with_their_line() {
        for (text, told) in [
            ("desk\ta\tA\nfeed\ton\tb\t-\ten\tN\thttps://n.example\ts", "line 2: unknown desk"),
            ("desk\ta\tA\nfeed\ton\ta\tcats\ten\tN\thttps://n.example\ts", "line 2: unknown topic"),
            ("desk\ta\tA\nfeed\tmaybe\ta\t-\ten\tN\thttps://n.example\ts", "line 2: ON is `on` or `off`"),
            ("# fine\n\ndesk a A", "line 3: neither a desk nor a feed"),
        ] {
            assert_eq!(parse(text), Err(told.to_owned()));
        }
    }

    /// Only what was seen working is on, and nothing that is known to be dead or was never found is listed.
    #[test]
    fn the_packs_follow_the_survey_of_publications() {
        let survey = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/publications.tsv");
        let Ok(survey) = std::fs::read_to_string(survey) else {
            eprintln!("skipped: no corpus");
            return;
        };
        let status: HashMap<&str, &str> = survey
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter_map(|fields| Some((*fields.get(2)?, *fields.get(7)?)))
            .collect();
        for feed in desks().iter().flat_map(|desk| &desk.feeds) {
            match status.get(feed.url) {
                Some(&("captured" | "checked")) => {}
                Some(&"listed") => assert!(!feed.on, "{} was never seen working", feed.name),
                other => panic!("{} ({}) has status {other:?}", feed.name, feed.url),
            }
        }
    }
}
