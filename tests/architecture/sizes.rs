//! How long a file may be, and that it says what it is for.

use std::path::Path;

use crate::source::{files, walk};

/// A file of more lines than this needs a reason below.
const LONG: usize = 450;
/// No file is longer than this, whatever the reason.
const END: usize = 600;

/// Files that are long for a reason.
const REASONS: &[(&str, &str)] = &[];

#[test]
fn files_are_short_or_have_a_reason() {
    let mut sizes: Vec<usize> = Vec::new();
    let mut wrong = Vec::new();
    for file in files() {
        let lines = file.production().lines().count();
        let excused = REASONS.iter().any(|(path, reason)| *path == file.path && !reason.is_empty());
        if lines > END || (lines > LONG && !excused) {
            wrong.push(format!("src/{}: {lines} lines", file.path));
        }
        if lines > 0 {
            sizes.push(lines);
        }
    }
    sizes.sort_unstable();
    println!("{} files, median {} lines, longest {}", sizes.len(), sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
    assert!(wrong.is_empty(), "files that are two things in one room:\n{}", wrong.join("\n"));
    assert!(sizes[sizes.len() / 2] <= 150, "the median file has {} lines", sizes[sizes.len() / 2]);
}

#[test]
fn no_excuse_outlives_its_file() {
    for (path, _) in REASONS {
        let file = files().into_iter().find(|file| file.path == *path);
        let file = file.unwrap_or_else(|| panic!("src/{path} is excused but not there"));
        assert!(file.production().lines().count() > LONG, "src/{path} is excused but short");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let wrong: Vec<String> =
        files().into_iter().filter(|file| !file.text.starts_with("//! ")).map(|file| file.path).collect();
    assert!(wrong.is_empty(), "files that do not open with //!: {wrong:?}");
}

#[test]
fn every_test_file_is_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            (path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    for (path, text) in &texts {
        assert!(text.starts_with("//! "), "tests/{path} does not open with //!");
        assert!(!text.contains(concat!("#[", "ignore")), "tests/{path} leaves a test out");
        let stem = Path::new(path).file_stem().unwrap().to_string_lossy().into_owned();
        let module = if stem == "mod" {
            Path::new(path).parent().unwrap().file_name().unwrap().to_string_lossy().into_owned()
        } else {
            stem
        };
        if module == "main" {
            continue;
        }
        let declared = texts.iter().any(|(_, other)| {
            other.lines().any(|line| {
                line.trim_start_matches("pub ").trim_start_matches("pub(crate) ") == format!("mod {module};")
            })
        });
        assert!(declared, "tests/{path} is declared by no runner, so it never runs");
    }
}

#[test]
fn no_room_is_a_drawer() {
    for file in files() {
        for part in file.path.trim_end_matches(".rs").split('/') {
            let drawer = ["utils", "util", "helpers", "helper", "common", "manager", "misc"].contains(&part);
            assert!(!drawer, "src/{}: name it for what it holds", file.path);
        }
    }
}
