//! The lexicon: sound rows, codes and positions, and names that do not see freight where there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::folded::fold_words;
use super::grammar::Need;
use super::tables::{LEXICON, Says, TABLES};
use super::{Classifier, Rules, Subject};
use crate::model::EntityKind;

/// ISO 3166-1 codes: the first half of every UN/LOCODE.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA \
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL \
    GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK \
    LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG \
    PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

#[test]
fn every_table_says_what_it_is_and_has_the_columns() {
    for (path, text) in LEXICON {
        let mut lines = text.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("# ")), "{path} does not say what it is for");
        let header: Vec<&str> = text.lines().filter(|line| line.starts_with("id\t")).collect();
        assert_eq!(header, ["id\tkind\tname\taliases\ttopics\tcode\tlat\tlon"], "{path}");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.matches('\t').count(), 7, "{path}: {line}");
        }
    }
}

#[test]
fn the_trade_is_covered() {
    let mut counts: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for known in &TABLES.entities {
        *counts.entry(known.entry.entity.kind).or_default() += 1;
    }
    assert!(TABLES.entities.len() >= 2_000, "{counts:?}");
    for (kind, id, _) in EntityKind::ALL {
        assert!(counts.get(&kind).is_some_and(|count| *count >= 20), "few of {id}: {counts:?}");
    }
}

#[test]
fn no_name_is_that_of_two() {
    let (mut names, mut aliases) = (BTreeMap::new(), BTreeMap::<(String, Option<String>), Vec<(u32, Need)>>::new());
    for known in &TABLES.entities {
        let entity = &known.entry.entity;
        let other = names.insert(fold_words(&entity.name), &entity.id);
        assert_eq!(other, None, "{} is called as another", entity.id);
    }
    for rule in &TABLES.rules {
        if let Says::Name(entity) = rule.says {
            let key = (rule.pattern.folded.clone(), rule.pattern.cased.clone());
            aliases.entry(key).or_default().push((entity, rule.pattern.need));
        }
    }
    let mut twice = Vec::new();
    for ((alias, _), of) in aliases {
        let known = |entity: u32| &TABLES.entities[entity as usize].entry.entity;
        // A city's port and its airport are told apart by the words beside.
        let kinds: BTreeSet<EntityKind> = of.iter().map(|(entity, _)| known(*entity).kind).collect();
        let apart = kinds.len() == of.len() && of.iter().all(|(_, need)| *need == Need::Neighbour);
        if of.len() > 1 && !apart {
            twice.push((alias, of.iter().map(|(entity, _)| known(*entity).id.as_str()).collect::<Vec<_>>()));
        }
    }
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn codes_are_of_their_kind_and_places_are_on_the_map() {
    let countries: BTreeSet<&str> = COUNTRIES.split_whitespace().collect();
    let (mut ports, mut coded) = (0, 0);
    let mut seen = BTreeSet::new();
    for known in &TABLES.entities {
        let (entity, code) = (&known.entry.entity, known.entry.code.as_deref());
        let upper = |code: &str| code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        match (entity.kind, code) {
            (EntityKind::Port, code) => {
                ports += 1;
                if let Some(code) = code {
                    coded += 1;
                    assert!(code.len() == 5 && upper(code), "{}: {code} is no UN/LOCODE", entity.id);
                    assert!(countries.contains(&code[..2]), "{}: no country {code}", entity.id);
                    assert!(seen.insert(code), "{}: {code} stands twice", entity.id);
                }
            }
            (EntityKind::Airport, Some(code)) => {
                assert!(code.len() == 3 && upper(code) && seen.insert(code), "{}: {code}", entity.id)
            }
            (EntityKind::AirCarrier, Some(code)) => {
                assert!((2..=3).contains(&code.len()) && upper(code), "{}: {code}", entity.id)
            }
            (_, Some(code)) => assert!(code.len() == 4 && upper(code), "{}: {code} is no SCAC", entity.id),
            (_, None) => {}
        }
        let is_place = matches!(entity.kind, EntityKind::Port | EntityKind::Airport | EntityKind::Chokepoint);
        match known.entry.position {
            Some((lat, lon)) => {
                assert!(is_place, "{} is no place", entity.id);
                assert!(
                    (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon),
                    "{} is off the map",
                    entity.id
                );
            }
            None => assert!(!is_place, "{} is nowhere", entity.id),
        }
    }
    assert!(coded * 100 >= ports * 93, "only {coded} of {ports} ports have a code");
}

#[test]
fn names_that_are_words_persons_or_towns_carry_a_mark() {
    let traps = "target gap apple evergreen hamburg lineage pilot total shell orient matson crowley sealand one pil landstar ryder swift werner \
        schneider echo flock convoy post royal delta united emirates southwest yellow covenant marten roadrunner aurora highway parade beacon hive \
        vale frontline diana hafnia next action mango noon coop wish ford honda amazon london los·angeles singapore hong·kong tokyo sydney boston \
        houston miami barcelona valencia genoa venice naples dublin portland newcastle darwin nelson napier hamilton augusta bari cork hull \
        santos salvador colon balboa freetown georgetown dali rena skipper prestige tutor unite seal gemini premier rotate signal overhaul raft \
        pallet augment emerge dexterity carrier patrick stuart hermes speedy grab jet orion mercury triton phoenix navis bolero oracle";
    for trap in traps.split_whitespace().map(|trap| trap.replace('·', " ")) {
        for rule in &TABLES.rules {
            let bare = rule.pattern.folded.trim_start() == trap;
            assert!(
                !(bare && matches!(rule.says, Says::Name(_)) && rule.pattern.need == Need::Nothing),
                "{} would be seen everywhere",
                rule.written
            );
        }
    }
}

/// What is named in a title of the general press.
fn named(title: &str) -> Vec<String> {
    static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::new(&Rules::default()).0);
    let labels = CLASSIFIER.label(&Subject { title, ..Subject::default() });
    labels.entities.into_iter().map(|entity| entity.id).collect()
}

#[test]
fn common_words_name_nobody() {
    for title in [
        "The gap between rich and poor is a target for every party",
        "Apple pie and orient carpets: a total delight at the fair",
        "Old Dominion students win the debate",
        "Werner Schneider, 84, pilot and gardener, remembered by his village",
        "Lineage and royal blood: who may post the first letter?",
        "A convoy of swift cyclists passes through Hamburg",
        "Delta variant and united front: what a week in the southwest",
        "The shell of a sea land turtle was found",
        "Best dinner in Hong Kong, Singapore and Sydney",
        "She was the best one yet, and ever given to laughter",
        "Kings and emirates of the past, a new museum in Los Angeles",
        "Echo of a flock at dawn",
        "How to forward air from one balloon to another",
        "JD Vance visits Newcastle",
        "Rescuers bring cargo of joy to children",
        "Crowley, the landstar of poets, had a next action plan",
    ] {
        assert_eq!(named(title), Vec::<String>::new(), "{title}");
    }
}

#[test]
fn the_same_words_name_whom_they_mean_in_the_trade() {
    for (title, wanted) in [
        ("Retailer Target moves containers to the port of Savannah", &["sh:target", "pt:savannah"][..]),
        ("Old Dominion and Saia raise LTL rates", &["rd:odfl", "rd:saia"]),
        ("Lineage Logistics opens a cold store at the port of Hamburg", &["to:lineage", "pt:hamburg"]),
        ("Evergreen and ONE charter more containerships", &["oc:evergreen", "oc:one"]),
        ("Kühne + Nagel übernimmt Spediteur, Schenker verliert Luftfracht", &["fw:kuehne-nagel", "fw:db-schenker"]),
        ("Embouteillages de porte-conteneurs au port d'Anvers et dans le canal de Suez", &["pt:antwerp", "ck:suez"]),
        ("Contenedores: el puerto de Algeciras y el estrecho de Ormuz", &["pt:algeciras", "ck:hormuz"]),
        ("Sciopero dei portuali nel porto di Genova", &["pt:genoa"]),
        ("Stakers leggen haven van Rotterdam plat", &["pt:rotterdam"]),
        ("Straße von Hormus gesperrt: Hapag-Lloyd stoppt Containerschiffe", &["ck:hormuz", "oc:hapag-lloyd"]),
        ("Freighters queue at Hong Kong airport while the port of Hong Kong is shut", &["ap:hkg", "pt:hong-kong"]),
        ("Union Pacific, BNSF and CSX cut intermodal trains", &["rl:up", "rl:bnsf", "rl:csx"]),
        ("Teamsters and UPS agree on parcel drivers' pay", &["un:teamsters", "ac:ups"]),
        ("Yellow's creditors sell LTL terminals to XPO", &["rd:yellow", "rd:xpo"]),
    ] {
        let found = named(title);
        assert!(
            wanted.iter().all(|id| found.iter().any(|one| one == id)),
            "{title}: {found:?} lacks some of {wanted:?}"
        );
    }
}
