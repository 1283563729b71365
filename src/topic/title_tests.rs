//! Attribution and genre on forty invented titles.

use super::attribution::{attribution, publication};
use super::folded::Folded;
use super::genre::genres;
use super::{Links, Subject, is_teaser};
use crate::model::Genre;

fn via(title: &str) -> Option<&'static str> {
    let subject = Subject { title, feed_name: "The Loadstar", ..Subject::default() };
    attribution(&subject, publication(subject.feed_name)).via.map(|(name, _)| name)
}

#[test]
fn ten_attributions() {
    for (title, name) in [
        ("FT: Forwarder under watch at inland hub", "Financial Times"),
        ("Reuters: Grain corridor reopens", "Reuters"),
        ("CNBC: Retailers pull orders forward", "CNBC"),
        ("Bloomberg: Box line weighs a listing", "Bloomberg"),
        ("MarketWatch: Parcel shares tumble", "MarketWatch"),
        ("DVZ Radar: Fünf Zahlen zur Woche", "DVZ"),
        ("WSJ: Warehouse robots learn to stack", "The Wall Street Journal"),
        ("Truckers wait nine hours at the gate - Reuters", "Reuters"),
        ("Canal trims its draught again | Bloomberg News", "Bloomberg"),
        ("Les Échos : le port se réorganise", "Les Echos"),
    ] {
        assert_eq!(via(title), Some(name), "{title}");
    }
}

#[test]
fn ten_lookalikes() {
    for title in [
        "Middle East: airspace reopens to freighters",
        "EXCLUSIVE: Forwarder changes hands",
        "Analysis: Who pays for empty legs?",
        "Hormuz: insurers wait and see",
        "Maersk: no early return to Suez",
        "Update: Fire at the warehouse is out",
        "Ports: the week in numbers",
        "Mint condition: classic trucks for sale",
        "Trade talks resume - third day",
        "The Loadstar: our readers' survey is open",
    ] {
        assert_eq!(via(title), None, "{title}");
    }
}

#[test]
fn twenty_genres() {
    for (title, wanted) in [
        ("News in Brief podcast | Week 19", &[Genre::Podcast][..]),
        ("Podcast: What happens after the strike", &[Genre::Podcast]),
        ("Sponsored Podcast: Quantum logistics explained by its maker", &[Genre::Sponsored, Genre::Podcast]),
        ("(VIDEO) Crane topples at new quay", &[Genre::Video]),
        ("Video: inside the largest cold store", &[Genre::Video]),
        ("Watch: convoy leaves the strait", &[Genre::Video]),
        ("Sponsored: Five ways to cut demurrage", &[Genre::Sponsored]),
        ("Anzeige: Lagerhallen im Süden", &[Genre::Sponsored]),
        ("Opinion: Let the canal be priced", &[Genre::Opinion]),
        ("Kommentar: Der Hafen braucht Mut", &[Genre::Opinion]),
        ("Guest column – why lorries idle", &[Genre::Opinion]),
        ("Tribune : pour un fret plus lent", &[Genre::Opinion]),
        ("Analysis: Dismal quarter, bright guidance", &[Genre::Analysis]),
        ("Explainer: how detention is billed", &[Genre::Analysis]),
        ("Deep dive | The economics of slow steaming", &[Genre::Analysis]),
        ("PRESS RELEASE: Qvist Line opens office", &[Genre::PressRelease]),
        ("Pressemitteilung: Neue Linie ab Mai", &[Genre::PressRelease]),
        ("Capital markets day of a forwarder (LIVE)", &[Genre::Live]),
        ("Live updates: storm closes four ports", &[Genre::Live]),
        ("Live animals shipped by air in record numbers", &[]),
    ] {
        let found = genres(&Subject { title, ..Subject::default() }, &Folded::new("", 0..0));
        let found: Vec<Genre> = found.into_iter().map(|(genre, _)| genre).collect();
        let mut sorted = found.clone();
        sorted.sort();
        assert_eq!(sorted, wanted, "{title}");
    }
}

#[test]
fn texts_tell_their_source_too() {
    for (text, name) in [
        ("THE FINANCIAL TIMES reports: officers are watching", Some("Financial Times")),
        ("LONDON, May 3 (Reuters) - A tanker was hit", Some("Reuters")),
        ("(Bloomberg) — The stress shows", Some("Bloomberg")),
        ("Handelsblatt berichtet: Der Hafen wird verkauft", Some("Handelsblatt")),
        ("The line told Reuters that it would wait", None),
        ("A report: nothing new", None),
    ] {
        let subject = Subject { text, feed_name: "Harbour Gazette", ..Subject::default() };
        assert_eq!(attribution(&subject, None).via.map(|(name, _)| name), name, "{text}");
    }
}

#[test]
fn the_prefix_and_the_suffix_are_not_matched() {
    let subject = Subject {
        title: "FT: Rates slide again - Harbour Gazette",
        feed_name: "Harbour Gazette",
        ..Subject::default()
    };
    assert_eq!(&subject.title[attribution(&subject, None).title], "Rates slide again");
    let subject = Subject { title: "Rates slide - again and again", ..subject };
    assert_eq!(&subject.title[attribution(&subject, None).title], subject.title);
}

#[test]
fn originals_are_elsewhere_and_are_pointed_at() {
    let link = |on: &str, address: &str| (on.to_owned(), address.to_owned());
    let links = || {
        vec![
            link("here", "https://own.example/tag"),
            link("here", "https://paper.example/1"),
            link("Qvist Line", "https://qvist.example"),
        ]
    };
    let subject = Subject {
        text: "An excerpt… The full post is here.",
        url: "https://www.own.example/1",
        links: Links::of(&links),
        ..Subject::default()
    };
    assert_eq!(super::attribution::original(&subject, None).as_deref(), Some("https://paper.example/1"));
    let plain = Subject { text: "Details are here.", ..subject };
    assert_eq!(super::attribution::original(&plain, None), None, "a link on \"here\" alone is no original");
    assert_eq!(super::attribution::original(&plain, Some("Reuters")).as_deref(), Some("https://paper.example/1"));
    assert!(is_teaser(subject.text));
}
