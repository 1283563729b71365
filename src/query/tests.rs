//! The search language: what it means, what it refuses, and that any text is one or the other.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 5, 2);

fn read(text: &str) -> Query {
    parse(text, TODAY).unwrap_or_else(|error| panic!("{}", error.with_caret(text)))
}

fn text(words: &str) -> Query {
    let prefix = words.ends_with('*');
    Query::Text(Text { words: words.trim_end_matches('*').split(' ').map(str::to_owned).collect(), prefix })
}

fn entity(kinds: EntityField, name: &str) -> Query {
    Query::Entity(EntityWanted { kinds, name: name.to_owned(), ids: Vec::new() })
}

#[test]
fn words_phrases_and_operators() {
    assert_eq!(read(""), Query::All);
    assert_eq!(read(" & — - "), Query::All);
    assert_eq!(read("hapag lloyd"), Query::And(vec![text("hapag"), text("lloyd")]));
    assert_eq!(read("Hapag-Lloyd*"), text("Hapag Lloyd*"));
    assert_eq!(read("\u{201c}blank sailing\u{201d}"), text("blank sailing"));
    assert_eq!(read("\"never closed"), text("never closed"));
    assert_eq!(read("-podcast"), Query::Not(Box::new(text("podcast"))));
    assert_eq!(read("--podcast"), text("podcast"));
    assert_eq!(read("Hormuz: what"), Query::And(vec![text("Hormuz"), text("what")]));
    assert_eq!(read("https://example.org"), text("https example org"));
    assert_eq!(read("or OR \"OR\""), Query::Or(vec![text("or"), text("OR")]));
}

#[test]
fn or_binds_tighter_than_side_by_side() {
    let either = Query::Or(vec![text("hapag"), text("maersk")]);
    assert_eq!(read("hapag OR maersk rates"), Query::And(vec![either.clone(), text("rates")]));
    assert_eq!(read("rates (hapag OR (maersk))"), Query::And(vec![text("rates"), either]));
    let both = Query::And(vec![text("a"), text("b")]);
    assert_eq!(read("(a b) OR c"), Query::Or(vec![both.clone(), text("c")]));
    assert_eq!(read("-(a b)"), Query::Not(Box::new(both)));
}

#[test]
fn fields() {
    let rates = TopicId::from_id("rates").unwrap();
    for (typed, expected) in [
        ("TOPIC:Rates", Query::Topic(rates)),
        ("topic:\"Freight rates & surcharges\"", Query::Topic(rates)),
        ("source:\"The  Loadstar\"", Query::Source("The Loadstar".into())),
        ("topic:OFF", Query::OffTopic),
        ("-topic:off", Query::Not(Box::new(Query::OffTopic))),
        ("entity:Maersk", entity(EntityField::Any, "Maersk")),
        ("carrier:\"Hapag  Lloyd\"", entity(EntityField::Carrier, "Hapag Lloyd")),
        ("port:NLRTM", entity(EntityField::Port, "NLRTM")),
        ("lane:transpacific", entity(EntityField::Lane, "transpacific")),
        ("-choke:suez", Query::Not(Box::new(entity(EntityField::Chokepoint, "suez")))),
        ("genre:Press-Release", Query::Genre(Genre::PressRelease)),
        ("genre:\"press release\"", Query::Genre(Genre::PressRelease)),
        ("via:\"financial times\"", Query::Via("financial times".into())),
        ("author:o'brien*", Query::Author("o'brien".into())),
        ("title:\"red sea\"", Query::Title(Text { words: vec!["red".into(), "sea".into()], prefix: false })),
        ("is:unread", Query::Unread),
        ("is:read", Query::Not(Box::new(Query::Unread))),
        ("-is:read", Query::Unread),
        ("is:saved", Query::Saved),
        ("has:note", Query::Noted),
        ("has:FullText", Query::FullText),
        ("since:7d", Query::Since(date(2026, 4, 25))),
        ("before:2026-04-28", Query::Before(date(2026, 4, 28))),
        ("on:fri", Query::And(vec![Query::Since(date(2026, 5, 1)), Query::Before(date(2026, 5, 2))])),
    ] {
        assert_eq!(read(typed), expected, "{typed}");
    }
}

#[test]
fn errors_say_what_and_where() {
    for (typed, at, message) in [
        ("hapag tpoic:ocean", 6..12, "there is no field tpoic:; did you mean topic:?"),
        ("é topic:ocaen", 8..13, "there is no topic \"ocaen\"; did you mean ocean?"),
        ("a (b", 2..3, "there is no ) for this ("),
        ("a b)", 3..4, "there is no ( for this )"),
        ("()", 0..1, "there is nothing to search for between ( and )"),
        ("a OR", 2..4, "OR needs something to search for on both sides; the word itself goes in quotes"),
        ("OR a", 0..2, "OR needs something to search for on both sides; the word itself goes in quotes"),
        ("topic: ocean", 0..6, "topic: needs a value right after the colon"),
        ("genre:podcats", 6..13, "there is no genre \"podcats\"; did you mean podcast?"),
        ("carier:msc", 0..7, "there is no field carier:; did you mean carrier:?"),
        ("port:", 0..5, "port: needs a value right after the colon"),
        ("is:new", 3..6, "is: takes unread, read or saved"),
        ("since:soon", 6..10, "\"soon\" is not a day; write 2026-04-28, 7d, 2w, 24h, today, yesterday or fri"),
    ] {
        let error = parse(typed, TODAY).expect_err(typed);
        assert_eq!((error.at, error.message.as_str()), (at, message), "{typed}");
    }
    let error = parse("xyzzy:1", TODAY).unwrap_err();
    assert!(error.message.contains("genre: source: via: author:"), "{error}");
    assert!(parse(&"(".repeat(100_000), TODAY).unwrap_err().message.contains("parentheses"));
    assert!(parse(&"word ".repeat(100_000), TODAY).unwrap_err().message.contains("256"));
    assert!(parse(&"-".repeat(100_000), TODAY).is_ok());
}

#[test]
fn an_unfinished_end_is_searched_as_far_as_it_goes() {
    for (typed, expected) in [
        ("maersk hap", Query::And(vec![text("maersk"), text("hap*")])),
        ("maersk ", text("maersk")),
        ("maersk OR", text("maersk")),
        ("maersk (hapag", Query::And(vec![text("maersk"), text("hapag*")])),
        ("maersk topic:", text("maersk")),
        ("maersk topic:oc", text("maersk")),
        ("maersk since:2026-04", text("maersk")),
        ("maersk (", text("maersk")),
        ("maersk -", text("maersk")),
        ("\"red se", text("red se")),
        ("title:hap", Query::Title(Text { words: vec!["hap".into()], prefix: true })),
    ] {
        assert_eq!(parse_unfinished(typed, TODAY).as_ref(), Ok(&expected), "{typed}");
    }
    assert!(parse_unfinished("topic: maersk", TODAY).is_err());
    assert!(parse_unfinished("topic:oc maersk", TODAY).is_err());
    assert!(parse_unfinished("a (b))", TODAY).is_err());
}

#[test]
fn terms_are_what_can_be_highlighted() {
    let query = read("a -b (title:c OR \"d e\") -(f g) author:h");
    let terms: Vec<String> = query.terms().into_iter().map(ToString::to_string).collect();
    assert_eq!(terms, ["a", "c", "\"d e\""]);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("-".to_owned()),
        Just(" OR ".to_owned()),
        Just(" ".to_owned()),
        Just("\"".to_owned()),
        Just("*".to_owned()),
        "[a-zé\u{300}日&'.]{1,4}",
        "(topic|source|author|title|is|has|since|before|on|nope|entity|port|genre|via):",
        "(ocean|off|podcast|saved|note|read|unread|7d|fri|2026-04-28|9999-12-31|24h)",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A search expression that is always well-formed.
fn sound() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z]{1,6}",
        "[a-z]{1,6}\\*",
        "\"[a-z]{1,4} [a-z]{1,4}\"",
        "source:\"[a-z] [a-z()*]{1,4}\"",
        "author:[a-z.]{1,5}",
        "title:[a-z]{1,4}",
        Just("topic:air".to_owned()),
        Just("topic:off".to_owned()),
        Just("genre:live".to_owned()),
        "(entity|carrier|port|lane|choke|via):[a-z.]{1,5}",
        "port:\"[a-z] [a-z()*]{1,4}\"",
        Just("is:read".to_owned()),
        Just("on:2026-04-28".to_owned()),
        Just("since:2w".to_owned()),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join(" "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join(" OR "))),
            inner.prop_map(|part| format!("-{part}")),
        ]
    })
}

fn check(typed: &str) -> Result<(), TestCaseError> {
    let length = typed.chars().count();
    match parse(typed, TODAY) {
        Ok(query) => {
            let printed = query.to_string();
            prop_assert_eq!(parse(&printed, TODAY), Ok(query), "{} printed as {}", typed, printed);
        }
        Err(error) => {
            prop_assert!(error.at.start <= error.at.end && error.at.end <= length, "{:?} of {:?}", error, typed);
            prop_assert!(!error.message.is_empty());
        }
    }
    // Whatever is accepted when finished is accepted while it is typed.
    if parse(typed, TODAY).is_ok() {
        prop_assert!(parse_unfinished(typed, TODAY).is_ok(), "{typed:?}");
    }
    for cursor in [0, length / 2, length, length + 1] {
        let completion = complete(typed, cursor);
        prop_assert!(completion.replace.start <= completion.replace.end && completion.replace.end <= length);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_a_query_that_prints_the_same_or_an_error_inside_it(typed in any::<String>()) {
        check(&typed)?;
    }

    #[test]
    fn so_does_any_mix_of_its_pieces(typed in pieces()) {
        check(&typed)?;
    }

    #[test]
    fn sound_expressions_are_understood(typed in sound()) {
        prop_assert!(parse(&typed, TODAY).is_ok(), "{typed}: {:?}", parse(&typed, TODAY));
        check(&typed)?;
    }
}
