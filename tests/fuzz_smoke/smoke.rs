//! Runs every target over its files and over mutations of them.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::targets::{TARGETS, Target};

/// Mutated inputs of each target, unless the environment asks for more.
const CASES: u64 = 150;
/// Mutated inputs are no longer than this, so that the run stays short.
const LONGEST: usize = 4_096;

/// The files of `fuzz/<what>/<target>`, in the order of their names; none outside of the repository.
fn files(what: &str, target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(what).join(target);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Without the repository's `fuzz` folder (it is no part of the package) there is nothing to replay.
fn is_here() -> bool {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml").exists();
    if !here {
        println!("skipped: no fuzz folder");
    }
    here
}

fn try_out(run: Target, name: &str, what: &str, data: &[u8]) {
    let passes = catch_unwind(AssertUnwindSafe(|| run(data))).is_ok();
    assert!(passes, "{name} fails on {what}: {:?}", String::from_utf8_lossy(data));
}

#[test]
fn every_target_has_seeds_and_a_place_in_the_manifest() {
    if !is_here() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len(), "targets without a body here");
    let mut size = 0;
    for (name, _) in TARGETS {
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is no target of cargo-fuzz");
        assert!(root.join(format!("fuzz_targets/{name}.rs")).exists(), "{name} has no entry");
        let seeds = files("seeds", name);
        assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
        size += seeds.iter().map(|(_, seed)| seed.len()).sum::<usize>();
    }
    assert!(size < 200_000, "{size} bytes of seeds");
}

/// A small generator with a fixed start, so that a failure can be repeated (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).unwrap()
    }

    /// Two seeds crossed, then changed in a few places: bytes overwritten, cut out, doubled, or words put in.
    fn mutated(&mut self, seeds: &[Vec<u8>], words: &[Vec<u8>]) -> Vec<u8> {
        let (one, other) = (&seeds[self.below(seeds.len())], &seeds[self.below(seeds.len())]);
        let mut data = one[..self.below(one.len() + 1)].to_vec();
        data.extend(&other[self.below(other.len() + 1)..]);
        for _ in 0..self.below(8) {
            let at = self.below(data.len() + 1);
            let end = (at + self.below(24)).min(data.len());
            match self.below(5) {
                0 => drop(data.drain(at..end)),
                1 => data.splice(at..at, data[at..end].to_vec()).for_each(drop),
                2 => data.insert(at, self.below(256) as u8),
                3 if at < data.len() => data[at] = self.below(256) as u8,
                _ => {
                    let word = words[self.below(words.len())].clone();
                    data.splice(at..at, word).for_each(drop);
                }
            }
        }
        data.truncate(LONGEST);
        data
    }
}

const TROUBLE: [&str; 10] = [
    "\u{1b}[2J",
    "\u{202e}",
    "\u{301}\u{301}",
    "\u{200d}",
    "港",
    "\u{0}",
    "\u{a0}",
    "&#x80;",
    "\u{feff}",
    "99999999999",
];

/// Seeds and what once broke the target, as they are; then mutations of them.
fn passes(name: &str) {
    let (_, run) = *TARGETS.iter().find(|(target, _)| *target == name).unwrap();
    try_out(run, name, "nothing", b"");
    let mut seeds = vec![b"Tern Lines orders <b>six</b> feeders, 2026-11-23".to_vec()];
    for (path, data) in files("seeds", name).into_iter().chain(files("crashes", name)) {
        try_out(run, name, &path.display().to_string(), &data);
        seeds.push(data);
    }
    // Each event of a key script draws the desk, which takes its time without optimisation.
    let cases = if name == "keys" { CASES / 6 } else { CASES };
    let cases = std::env::var("TIDINGS_FUZZ_CASES").map_or(cases, |cases| cases.parse().expect("a number"));
    let words: Vec<Vec<u8>> = TROUBLE.iter().map(|word| word.as_bytes().to_vec()).collect();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for case in 0..cases {
        let data = dice.mutated(&seeds, &words);
        try_out(run, name, &format!("mutation {case}"), &data);
    }
}

macro_rules! targets_pass {
    ($($test:ident $name:literal)*) => {
        $(#[test]
        fn $test() {
            passes($name);
        })*

        #[test]
        fn no_target_is_left_out() {
            let tested = [$($name),*];
            for (name, _) in TARGETS {
                assert!(tested.contains(name), "{name} has no smoke test");
            }
        }
    };
}

targets_pass! {
    clean_passes "clean"
    config_passes "config"
    date_passes "date"
    extract_passes "extract"
    feed_passes "feed"
    html_passes "html"
    keys_passes "keys"
    opml_passes "opml"
    query_passes "query"
    story_passes "story"
    topic_passes "topic"
}
