//! Articles filled into a handful of patterns, so that nearly every one resembles hundreds: the dense case. Feeds of market
//! reports and of generated news are like that. Names of the trade stand in them, so the classifier has work as well.

use jiff::Timestamp;
use tidings::model::{ArticleId, FeedId};
use tidings::story::Telling;

use crate::dice::Dice;

/// Articles, and over how many days they are spread.
pub(crate) const ARTICLES: i64 = 10_000;
const DAYS: i64 = 60;

const PORTS: [&str; 16] = [
    "Rotterdam",
    "Hamburg",
    "Felixstowe",
    "Le Havre",
    "Piraeus",
    "Singapore",
    "Shanghai",
    "Busan",
    "Long Beach",
    "Savannah",
    "Santos",
    "Durban",
    "Jebel Ali",
    "Colombo",
    "Port Klang",
    "Valencia",
];
const CARRIERS: [&str; 14] = [
    "Maersk",
    "MSC",
    "CMA CGM",
    "Hapag-Lloyd",
    "Evergreen",
    "HMM",
    "Yang Ming",
    "ZIM",
    "COSCO",
    "DHL",
    "DSV",
    "UPS",
    "FedEx",
    "XPO",
];
const SUBJECTS: [&str; 14] = [
    "container rates",
    "air cargo capacity",
    "rail volumes",
    "trucking spot rates",
    "warehouse automation",
    "customs clearance",
    "last-mile delivery",
    "bunker fuel prices",
    "port congestion",
    "schedule reliability",
    "drayage capacity",
    "emissions rules",
    "driver shortages",
    "blank sailings",
];
const MOVES: [&str; 8] = ["rise", "fall", "hold steady", "surge", "slip", "recover", "tighten", "rebound"];
const REASONS: [&str; 9] = [
    "as diversions go on",
    "after a labour deal",
    "ahead of peak season",
    "amid low river levels",
    "on weak import demand",
    "after the new tariffs",
    "as carriers cut sailings",
    "despite new tonnage",
    "after a storm closed berths",
];

/// One sentence of the trade.
fn sentence(dice: &mut Dice) -> String {
    let (port, carrier) = (dice.one_of(&PORTS), dice.one_of(&CARRIERS));
    let (subject, goes, why) = (dice.one_of(&SUBJECTS), dice.one_of(&MOVES), dice.one_of(&REASONS));
    let number = dice.number(95) + 2;
    match dice.number(7) {
        0 => format!("{carrier} said on Monday that {subject} at {port} would {goes} through the quarter {why}."),
        1 => format!("Shippers moving goods through {port} saw {number} per cent longer {subject} than a year ago."),
        2 => format!("Forwarders expect {subject} to {goes} {why}, and ask customers to book {number} days ahead."),
        3 => format!("A spokesperson for {carrier} would not comment on {subject}, which is confidential."),
        4 => format!("Analysts put the all-in rate from {port} at ${number}40 per forty-foot box, {why}."),
        5 => format!("Importers face demurrage of up to ${number}5 a day where boxes sit at {port} beyond free time."),
        _ => format!("Rail slots out of {port} are {number} per cent booked, which pushes volume to the road {why}."),
    }
}

/// The article of a number; `sentences` make its text.
pub(crate) fn article(dice: &mut Dice, n: i64, sentences: usize) -> Telling {
    let (port, carrier) = (dice.one_of(&PORTS), dice.one_of(&CARRIERS));
    let (subject, goes, why) = (dice.one_of(&SUBJECTS), dice.one_of(&MOVES), dice.one_of(&REASONS));
    let title = match dice.number(4) {
        0 => format!("{port}: {subject} {goes} {why}"),
        1 => format!("{carrier} warns {subject} could {goes} {why}"),
        2 => format!("{carrier} opens {},000 sq m hub near {port}", dice.number(112) + 8),
        _ => format!("At {port} {subject} {goes} {why}"),
    };
    let feed = n % 50;
    Telling {
        article: ArticleId(n),
        feed: FeedId(feed),
        date: Timestamp::from_second(1_900_000_000 + n * DAYS * 86_400 / ARTICLES).expect("a date in range"),
        url: format!("https://feed{feed}.example/site/{n}/"),
        title: format!("{title} [{feed:04}-{:05}]", n / 50),
        text: (0..sentences).map(|_| sentence(dice)).collect::<Vec<_>>().join(" "),
        entities: Vec::new(),
        language: None,
    }
}
