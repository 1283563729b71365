//! Reads the headlines with their labels.

use std::collections::{BTreeMap, BTreeSet};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/headlines.tsv");

/// What a label is called in tidings.
const CALLED: [(&str, &str); 8] = [
    ("ecommerce", "parcel"),
    ("trade-policy", "trade"),
    ("safety-security", "security"),
    ("sustainability", "green"),
    ("technology", "tech"),
    ("warehousing", "warehouse"),
    ("forwarding", "forwarders"),
    ("companies-deals", "deals"),
];

/// A headline with its labels.
pub(crate) struct Row {
    pub(crate) title: String,
    pub(crate) lead: String,
    pub(crate) publication: String,
    pub(crate) url: String,
    pub(crate) topics: BTreeSet<String>,
    pub(crate) entities: Vec<String>,
}

/// All headlines; none where the corpus is missing.
pub(crate) fn headlines() -> Option<Vec<Row>> {
    let text = std::fs::read_to_string(std::env::var("HEADLINES").unwrap_or_else(|_| PATH.to_owned())).ok()?;
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next()?.split('\t').collect();
    let rows = lines.map(|line| {
        let cells: BTreeMap<&str, &str> = head.iter().copied().zip(line.split('\t')).collect();
        let cell = |name: &str| cells.get(name).copied().unwrap_or("");
        let list = |name: &str| {
            cell(name).split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let called =
            |label: String| CALLED.iter().find(|(from, _)| *from == label).map_or(label, |(_, to)| (*to).to_owned());
        Row {
            title: cell("title").to_owned(),
            lead: cell("excerpt").to_owned(),
            publication: cell("publication").to_owned(),
            url: cell("url").to_owned(),
            topics: list("topics").into_iter().map(called).collect(),
            entities: [list("companies"), list("ports"), list("places")].concat(),
        }
    });
    Some(rows.collect())
}

/// FNV-1a, so that the folds are the same everywhere and always.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
