//! The classifier as a whole, on invented news.

use super::*;
use crate::model::{EntityKind, Score};

fn built_in() -> Classifier {
    let (classifier, faults) = Classifier::new(&Rules::default());
    assert_eq!(faults, []);
    classifier
}

fn with(topic: &str, change: impl FnOnce(&mut TopicRules)) -> (Classifier, Vec<RuleFault>) {
    let topic = TopicId::from_id(topic).expect("a topic");
    let mut rules = TopicRules {
        topic,
        cues: Vec::new(),
        never: Vec::new(),
        ignore: Vec::new(),
        always_for: Vec::new(),
        not_for: Vec::new(),
    };
    change(&mut rules);
    Classifier::new(&Rules { topics: vec![rules], entities: Vec::new() })
}

fn topics(classifier: &Classifier, subject: &Subject<'_>) -> Vec<&'static str> {
    classifier.label(subject).topics.iter().map(|(topic, _)| topic.get().id).collect()
}

fn title(title: &str) -> Subject<'_> {
    Subject { title, ..Subject::default() }
}

fn names(classifier: &Classifier, title: &str) -> Vec<String> {
    let labels = classifier.label(&Subject { title, ..Subject::default() });
    labels.entities.into_iter().map(|entity| entity.id).collect()
}

#[test]
fn headlines_of_six_languages_get_their_topics() {
    let classifier = built_in();
    for (text, wanted) in [
        ("Spot rates on the transpacific slide for a third week", &["rates"][..]),
        ("Dockworkers at the port of Lindholm vote to strike", &["ports", "labour"]),
        ("Warnstreik legt die Containerterminals im Seehafen Lindholm lahm", &["ports", "labour"]),
        ("Grève des dockers : les ports du nord sont à l'arrêt", &["ports", "labour"]),
        ("Huelga de estibadores en el puerto de Lindholm", &["ports", "labour"]),
        ("Staking in de haven: havenarbeiders leggen het werk neer", &["ports", "labour"]),
        ("Sciopero dei portuali: fermi i terminal container nel porto di Lindholm", &["ports", "labour"]),
        ("Ransomware halts the sorting of parcels at a courier", &["parcel", "security"]),
        ("Güterzüge stehen nach Streckensperrung still", &["rail", "disruption"]),
        ("New warehouse robots pick orders in a distribution centre", &["warehouse", "tech"]),
    ] {
        let found = topics(&classifier, &title(text));
        assert!(wanted.iter().all(|topic| found.contains(topic)), "{text}: {found:?} lacks some of {wanted:?}");
    }
}

#[test]
fn traps_get_no_topic() {
    let classifier = built_in();
    for trap in [
        "The best USB-C port hubs for your laptop",
        "How to run a Docker container in production",
        "Central bank leaves interest rates unchanged",
        "A guard rail for your staircase in ten steps",
        "Port wine makers toast a warm summer",
        "Ten evergreen content ideas for your blog",
        "Who makes the best burger in Hamburg?",
        "Pilgrims set out before dawn",
        "An airstrike hits a village in the hills",
        "Snow expected in the mountains at the weekend",
    ] {
        assert_eq!(topics(&classifier, &title(trap)), Vec::<&str>::new(), "{trap}");
    }
}

#[test]
fn a_lone_plain_word_names_what_is_told_where_nothing_else_does() {
    let classifier = built_in();
    let found = topics(&classifier, &title("Containership sails on after a safety check in Lindholm"));
    assert_eq!(found, ["ocean", "security"], "one medium word is enough beside a mode alone");
    let found = topics(&classifier, &title("Containership system named after a lake"));
    assert!(!found.contains(&"tech"), "but not one that stands in news of everything: {found:?}");
    assert_eq!(topics(&classifier, &title("A hurricane shuts the schools")), Vec::<&str>::new(), "no freight, no news");
}

#[test]
fn parcel_carriers_go_by_road_and_posts_do_not_say() {
    let classifier = built_in();
    assert_eq!(topics(&classifier, &title("A day with DPD")), ["road", "parcel"]);
    assert_eq!(topics(&classifier, &title("A day with Canada Post")), ["parcel"]);
}

#[test]
fn names_of_a_list_vouch_for_those_before_them() {
    let classifier = built_in();
    assert_eq!(names(&classifier, "Target, Gap and Walmart move their imports"), ["sh:target", "sh:gap", "sh:walmart"]);
    assert_eq!(names(&classifier, "Mind the Gap before you wave at Walmart"), ["sh:walmart"]);
}

#[test]
fn names_that_are_words_need_their_company() {
    let classifier = built_in();
    for (text, wanted) in [
        ("ONE and MSC add a feeder service", &["oc:one", "oc:msc"][..]),
        ("No ONE knows who will win the cup", &[]),
        ("Evergreen orders eleven containerships", &["oc:evergreen"]),
        ("Evergreen trees for small gardens", &[]),
        ("PIL adds container ships to its fleet", &["oc:pil"]),
        ("Maersk’s new loop calls at the port of Hamburg", &["oc:maersk", "pt:hamburg"]),
        ("CMA CGM Callao is towed in", &["oc:cma-cgm"]),
        ("MSC Hamburg loses boxes in a storm", &["oc:msc"]),
        ("Rotterdam Express collides with a feeder", &[]),
    ] {
        assert_eq!(names(&classifier, text), wanted, "{text}");
    }
}

#[test]
fn a_cue_within_a_name_counts_where_the_name_speaks_for_its_topic() {
    let classifier = built_in();
    let port = classifier.explain(&title("Port of Rotterdam posts a record"));
    let rules: Vec<&str> = port.topics[0].contributions.iter().map(|reason| reason.rule.as_str()).collect();
    assert!(rules.contains(&"port of") && rules.contains(&"Rotterdam"), "{rules:?}");
    assert_eq!(topics(&classifier, &title("Union Pacific adds locomotives")).first(), Some(&"rail"));
    let labour = TopicId::from_id("labour").expect("a topic");
    assert!(
        classifier.explain(&title("Union Pacific adds locomotives")).topics.iter().all(|reason| reason.topic != labour),
        "the union in Union Pacific is none"
    );
}

#[test]
fn the_seed_like_item_is_read_whole() {
    let classifier = built_in();
    let links = || {
        vec![
            ("subscribe".to_owned(), "https://harbourgazette.example/subscribe".to_owned()),
            ("here".to_owned(), "https://paper.example/content/3f1c".to_owned()),
        ]
    };
    let subject = Subject {
        title: "FT: Alibaba suspected of ‘possible spying’ at cargo hub in Belgium",
        text: "THE FINANCIAL TIMES reports: Intelligence officers are watching the Chinese retailer's logistics arm at Liège airport… The full post is here.",
        feed_name: "The Harbour Gazette",
        url: "https://harbourgazette.example/ft-alibaba",
        links: Links::of(&links),
        ..Subject::default()
    };
    let labels = classifier.label(&subject);
    assert_eq!(labels.via.as_deref(), Some("Financial Times"));
    assert_eq!(labels.original.as_deref(), Some("https://paper.example/content/3f1c"));
    let entities: Vec<&str> = labels.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert!(entities.contains(&"Alibaba") && entities.iter().any(|name| name.starts_with("Liège")), "{entities:?}");
    assert!(labels.topics.iter().any(|(topic, _)| topic.get().id == "security"), "{:?}", labels.topics);
    assert!(is_teaser(subject.text));
    assert_eq!(labels.language.as_deref(), Some("en"));
}

#[test]
fn contributions_add_up_and_labels_agree() {
    let classifier = built_in();
    let categories = ["Rates".to_owned(), "Podcast".to_owned()];
    let road = [TopicId::from_id("road").expect("a topic")];
    for (n, text) in [
        "Maersk, MSC and CMA CGM cut sailings as spot rates slide and surcharges bite",
        "Truckload carrier files for Chapter 11 after cargo theft",
        "Interest rates and freight rates: a podcast",
        "",
        "Reuters: Strike at the port of Rotterdam ends after union wins pay deal",
    ]
    .into_iter()
    .enumerate()
    {
        let subject = Subject {
            title: text,
            text: "Freight rates fell again, the union said. Containers wait at the quay in Rotterdam; trucks queue.",
            categories: if n % 2 == 0 { &categories } else { &[] },
            feed_topics: if n > 2 { &road } else { &[] },
            feed_name: "gCaptain",
            ..Subject::default()
        };
        let explained = classifier.explain(&subject);
        assert_eq!(explained.labels, classifier.label(&subject), "{text}");
        for reason in &explained.topics {
            let sum: Score = reason.contributions.iter().map(|contribution| contribution.weight).sum();
            assert_eq!(sum, reason.score, "{text}: {}", reason.topic.get().id);
        }
        for (topic, score) in &explained.labels.topics {
            assert!(
                explained
                    .topics
                    .iter()
                    .any(|reason| reason.assigned && reason.topic == *topic && reason.score == *score),
                "{text}"
            );
        }
        let assigned = explained.topics.iter().filter(|reason| reason.assigned).count();
        assert_eq!(assigned, explained.labels.topics.len(), "{text}");
    }
}

#[test]
fn places_of_matches_are_those_of_the_original() {
    let subject = title("DVZ: Seefrachtraten für Häfen wie „Hamburg“ — höher");
    let explained = built_in().explain(&subject);
    let mut seen = 0;
    for contribution in explained.topics.iter().flat_map(|reason| &reason.contributions) {
        if let Place::Title(range) = &contribution.place {
            assert_eq!(&subject.title[range.clone()], contribution.matched);
            seen += 1;
        }
    }
    assert!(seen >= 2, "{explained:?}");
}

#[test]
fn the_users_rules_count() {
    let subject = Subject {
        title: "Linerloop prices go up",
        feed_name: "Quay News",
        url: "https://quay.example/1",
        ..Subject::default()
    };
    assert_eq!(topics(&built_in(), &subject), Vec::<&str>::new());
    let (cues, faults) = with("rates", |rules| rules.cues = vec!["linerloop price*".to_owned(), "x".to_owned()]);
    assert_eq!(topics(&cues, &subject), ["rates"]);
    assert!(
        faults.len() == 1 && faults[0].key == "topics.rates.cues" && faults[0].words.contains("too short"),
        "{faults:?}"
    );
    let explained = cues.explain(&subject);
    assert_eq!(explained.topics[0].contributions[0].home, Home::Config("topics.rates.cues".to_owned()));

    // A cue of the user's counts within a name, and without any other sign of freight.
    let (named, _) = with("labour", |rules| rules.cues = vec!["felixstowe".to_owned()]);
    assert!(topics(&named, &title("Felixstowe on a quiet day")).contains(&"labour"));
    let (alone, _) = with("green", |rules| rules.cues = vec!["bottle bank".to_owned()]);
    assert_eq!(topics(&alone, &title("A new bottle bank for the village")), ["green"]);

    let (always, _) = with("rates", |rules| rules.always_for = vec!["quay news".to_owned()]);
    assert_eq!(topics(&always, &Subject { title: "A quiet day", ..subject }), ["rates"]);
    let spot = Subject { title: "Spot rates slide", ..subject };
    let (never, _) = with("rates", |rules| rules.never = vec!["slide".to_owned()]);
    assert_eq!(topics(&never, &spot), Vec::<&str>::new());
    let (not, _) = with("rates", |rules| rules.not_for = vec!["https://quay.example/1".to_owned()]);
    assert_eq!(topics(&not, &spot), Vec::<&str>::new());
    let (ignored, faults) = with("rates", |rules| rules.ignore = vec!["spot rate".to_owned(), "sqot price".to_owned()]);
    assert!(!topics(&ignored, &spot).contains(&"rates"));
    assert!(faults.len() == 1 && faults[0].words.contains("did you mean \"spot price\"?"), "{faults:?}");
    assert_ne!(ignored.user.fingerprint(), Rules::default().fingerprint());
    assert_eq!(built_in().user.fingerprint(), Rules::default().fingerprint());
}

#[test]
fn the_users_entities_count() {
    let own = |name: &str, kind, aliases: &[&str], ignore: &[&str]| OwnEntity {
        name: name.to_owned(),
        kind,
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        ignore: ignore.iter().map(|alias| (*alias).to_owned()).collect(),
        topics: TopicId::from_id("ocean").into_iter().collect(),
        code: Some("QXLN".to_owned()),
    };
    let entities = vec![
        own("Qvist Line", Some(EntityKind::OceanCarrier), &["Qvist"], &[]),
        own("Maersk", None, &["Big Blue"], &["Mærsk"]),
        own("Mearsk", None, &[], &[]),
        own("MSC", None, &[], &["Mediterranean Shiping Company"]),
    ];
    let (classifier, faults) = Classifier::new(&Rules { topics: Vec::new(), entities });
    assert_eq!(names(&classifier, "Qvist’s box ships grow"), ["own:qvist-line"]);
    assert_eq!(names(&classifier, "Big Blue buys containerships"), ["oc:maersk"]);
    assert_eq!(classifier.entity("qxln").map(|entry| entry.entity.name.as_str()), None, "several have this code now");
    let words: Vec<&str> = faults.iter().map(|fault| fault.words.as_str()).collect();
    assert_eq!(faults.len(), 2, "{words:?}");
    assert!(words[0].contains("did you mean \"maersk\"?") && words[1].contains("did you mean"), "{words:?}");
}

#[test]
fn entities_are_looked_up_and_completed() {
    let classifier = built_in();
    let find = |name: &str| classifier.entity(name).map(|entry| entry.entity.id.as_str());
    assert_eq!(find("oc:maersk"), Some("oc:maersk"));
    assert_eq!(find("MÆRSK"), Some("oc:maersk"));
    assert_eq!(find("NLRTM"), Some("pt:rotterdam"));
    assert_eq!(find("nobody at all"), None);
    let like = |part: &str| {
        classifier.entities_like(part, 3).into_iter().map(|entry| entry.entity.id.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(like("maer").first(), Some(&"oc:maersk"));
    assert_eq!(like(""), Vec::<&str>::new());
    assert_eq!(classifier.entities_like("a", 3).len(), 3);
}

#[test]
fn a_hostile_article_costs_no_more_than_a_long_one() {
    let classifier = built_in();
    let cues = "port of spot rate strike maersk tanker union ".repeat(250_000);
    let categories: Vec<String> = (0..200_000).map(|n| format!("category {n} spot rates")).collect();
    let links = || (0..50_000).map(|n| ("here".to_owned(), format!("https://h{n}.example/"))).collect();
    let subject = Subject {
        title: &cues,
        text: &cues,
        categories: &categories,
        links: Links::of(&links),
        feed_name: &cues,
        enclosure: &cues,
        ..Subject::default()
    };
    let explained = classifier.explain(&subject);
    let reasons = explained.topics.iter().map(|reason| reason.contributions.len()).sum::<usize>();
    assert!(reasons <= 2 * finder::MOST_HITS, "{reasons} contributions");
    assert!(explained.entities.len() <= 2 * finder::MOST_HITS && explained.labels.entities.len() <= 16);
    assert_eq!(explained.labels.topics.len(), 4);
    let furthest = explained.topics.iter().flat_map(|reason| &reason.contributions).map(|contribution| {
        match &contribution.place {
            Place::Title(range) | Place::Text(range) => range.end,
            _ => 0,
        }
    });
    assert!(furthest.max().is_some_and(|end| end <= 1_300), "what stands beyond the lead was read");
}
