//! What the README and the CHANGELOG say, held against the program.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use tidings::command::COMMANDS;
use tidings::config::packs;

const README: &str = include_str!("../../README.md");
const CHANGELOG: &str = include_str!("../../CHANGELOG.md");

/// Runs the program with a directory of its own.
fn tidings(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tidings"))
        .env("TIDINGS_DIR", dir)
        .args(arguments)
        .output()
        .expect("the program can be started")
}

/// What stands between backquotes, paragraph by paragraph; code blocks are not looked at.
fn quoted(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with("    ")).flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

/// The lines of the table that follows `heading`, without its own head.
fn table_after(heading: &str) -> Vec<&'static str> {
    let from = README.find(heading).unwrap_or_else(|| panic!("no {heading:?} in the README"));
    let rest = README[from..].lines().skip(1).skip_while(|line| !line.starts_with('|'));
    rest.take_while(|line| line.starts_with('|')).skip(2).collect()
}

#[test]
fn the_first_commands_run_the_desk_and_pass_the_tests() {
    let commands: Vec<_> = README.lines().filter(|line| line.starts_with("    ")).take(2).map(str::trim).collect();
    assert_eq!(commands, ["cargo run --release -- demo", "cargo test"]);
}

#[test]
fn every_linked_file_is_there() {
    let targets: Vec<_> = README.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(targets.len() >= 4, "{targets:?}");
    for target in targets.into_iter().filter(|target| !target.contains("://")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(target).is_file(), "the README links to {target}");
    }
}

#[test]
fn every_key_of_the_table_is_a_default_key() {
    let known: BTreeSet<&str> = COMMANDS.iter().flat_map(|command| command.keys).copied().collect();
    let rows = table_after("| key |");
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        let cell = row.split('|').nth(1).unwrap_or_default();
        for key in quoted(cell) {
            let ends: Vec<&str> = if key.len() == 1 { vec![key] } else { key.split('-').collect() };
            assert!(ends.iter().all(|key| known.contains(key)), "{key} in {row}");
        }
    }
}

#[test]
fn every_shell_command_exists_with_its_flags_and_variants() {
    let dir = tempfile::tempdir().unwrap();
    let rows = table_after("## In the shell");
    assert!(rows.len() >= 10, "{rows:?}");
    for row in rows {
        let words = quoted(row);
        let (command, others) = words.split_first().unwrap_or_else(|| panic!("no command in {row}"));
        let path: Vec<&str> = command
            .split(' ')
            .skip(1)
            .enumerate()
            // After a command these are its values; `tidings read` is a command.
            .take_while(|(n, word)| {
                word.chars().all(|c| c.is_ascii_lowercase()) && (*n == 0 || !matches!(*word, "read" | "bash"))
            })
            .map(|(_, word)| word)
            .collect();
        let help = |path: &[&str]| {
            let output = tidings(dir.path(), &[path, &["--help"]].concat());
            assert!(output.status.success(), "tidings {path:?} --help fails, of {row}");
            String::from_utf8(output.stdout).unwrap()
        };
        // What else the row names is a flag or value of this command, or a variant of it beside this one.
        let parent = path.split_last().map(|(_, parent)| parent).unwrap_or_default();
        let texts = help(&path) + &help(parent);
        for other in others {
            let word = other.trim_start_matches("tidings ").split(' ').next_back().unwrap_or_default();
            assert!(texts.contains(word), "`{other}` of {row} is not in its help:\n{texts}");
        }
    }
}

#[test]
fn the_configured_example_is_a_valid_config() {
    let from = README.find("## Where things are kept").expect("the section is there");
    let block: String = README[from..]
        .lines()
        .skip_while(|line| !line.starts_with("    "))
        .take_while(|line| line.is_empty() || line.starts_with("    "))
        .map(|line| line.trim_start().to_owned() + "\n")
        .collect();
    assert!(block.contains("[[feeds]]"), "{block}");
    let dir = tempfile::tempdir().unwrap();
    let check = |config: &str| {
        std::fs::write(dir.path().join("config.toml"), config).unwrap();
        tidings(dir.path(), &["config", "check"])
    };
    let output = check(&block);
    assert!(output.status.success(), "{block}\n{}", String::from_utf8_lossy(&output.stderr));
    let wrong = check(&block.replace("keep_days", "keep_dayz"));
    assert_eq!(wrong.status.code(), Some(2), "a wrong key passes the check, so this test shows nothing");
}

#[test]
fn the_changelog_counts_the_publications() {
    let listed: BTreeSet<_> = packs::desks().iter().flat_map(|desk| &desk.feeds).map(|feed| feed.url).collect();
    let told = format!("starter desks with {} publications", listed.len());
    assert!(CHANGELOG.contains(&told), "the CHANGELOG does not say: {told}");
}
