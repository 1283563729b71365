//! Every requirement of the threat model is held by a test that says so: `Holds R9, R10.` in its docs.
//!
//! One is not claimed: tidings has no sync with a server yet, so there is nothing that could hold what is required of one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::source::walk;

/// Requirements there are.
const ALL: std::ops::RangeInclusive<u32> = 1..=21;

/// Required of what does not exist, so that no test may claim it.
const NOT_YET: [(u32, &str); 1] = [(16, "sync with a server")];

/// What each requirement must be held by at least: tests of the program's edge, not of a helper alone.
const BY: [(u32, &str); 6] = [
    (5, "tests/hostile/main.rs"),
    (9, "tests/hostile/redirect.rs"),
    (11, "tests/faults/endings.rs"),
    (15, "tests/hostile/html.rs"),
    (17, "tests/hostile/opml.rs"),
    (19, "tests/architecture/floors.rs"),
];

/// By requirement, the files that say they hold it.
fn held() -> BTreeMap<u32, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests", "src", "fuzz"] {
        if root.join(folder).exists() {
            walk(&root.join(folder), &mut paths);
        }
    }
    let mut held: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
        if name.ends_with("architecture/requirements.rs")
            || !text.contains("#[test]")
                && !text.contains("proptest!")
                && !text.contains("::test")
                && !name.ends_with("/main.rs")
                && !name.starts_with("fuzz")
        {
            continue;
        }
        let comments: String = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("//!").or_else(|| line.trim().strip_prefix("///")))
            .collect::<Vec<_>>()
            .join(" ");
        for sentence in comments.split("Holds ").skip(1) {
            let list = sentence.split(['.', ':', ';']).next().unwrap_or_default();
            for word in list.split(|c: char| !c.is_ascii_alphanumeric()) {
                if let Some(number) = word.strip_prefix('R').and_then(|number| number.parse().ok()) {
                    held.entry(number).or_default().insert(name.clone());
                }
            }
        }
    }
    held
}

#[test]
fn every_requirement_is_held_by_a_test_that_says_so() {
    let held = held();
    for number in ALL {
        let files = held.get(&number).cloned().unwrap_or_default();
        println!("R{number}: {}", files.iter().cloned().collect::<Vec<_>>().join(", "));
        match NOT_YET.iter().find(|(not_yet, _)| *not_yet == number) {
            Some((_, what)) => assert!(files.is_empty(), "{files:?} claim R{number}, but there is no {what}"),
            None => assert!(!files.is_empty(), "no test says `Holds R{number}`"),
        }
    }
    let unknown: Vec<_> = held.keys().filter(|number| !ALL.contains(number)).collect();
    assert!(unknown.is_empty(), "requirements that there are not: {unknown:?}");
}

#[test]
fn the_main_ones_are_held_where_they_are_looked_for() {
    let held = held();
    for (number, file) in BY {
        assert!(held.get(&number).is_some_and(|files| files.contains(file)), "R{number} is not held by {file}");
    }
}
