//! Who may import whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{SourceFile, files};

const WORDS: &[&str] = &["model", "text", "clock", "command"];
const RULES: &[&str] = &["feed", "document", "topic", "story", "query", "opml", "export"];
const EDGES: &[&str] = &["config", "store", "fetch"];

/// What each room may import. A room that is not here may import nothing.
fn allowed() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let set = |groups: &[&[&'static str]]| groups.concat().into_iter().collect::<BTreeSet<_>>();
    BTreeMap::from([
        ("model", set(&[])),
        ("text", set(&[])),
        ("clock", set(&[])),
        ("command", set(&[])),
        ("feed", set(&[&["model", "text"]])),
        ("document", set(&[&["model", "text"]])),
        ("topic", set(&[&["model", "text"]])),
        ("story", set(&[&["model", "text"]])),
        // What is exported is an article with its document.
        ("export", set(&[&["model", "text", "document"]])),
        ("opml", set(&[&["model", "text"]])),
        ("query", set(&[&["model", "text"]])),
        ("config", set(&[&["model", "query", "command", "topic"]])),
        // Search folds text as the index does.
        ("store", set(&[&["model", "clock", "query", "text"]])),
        ("fetch", set(&[&["model", "clock", "text"]])),
        ("engine", set(&[WORDS, RULES, EDGES])),
        ("demo", set(&[WORDS, &["config", "engine"]])),
        ("tui", set(&[WORDS, &["engine", "config", "document", "query"]])),
        ("cli", set(&[WORDS, RULES, &["engine", "config"]])),
    ])
}

#[test]
fn every_import_is_in_the_table() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for file in files() {
        if matches!(file.path.as_str(), "main.rs" | "lib.rs") {
            continue;
        }
        let room = file.room().to_owned();
        let may = allowed.get(room.as_str()).unwrap_or_else(|| panic!("src/{room} is not in the import table"));
        for other in imported_rooms(&file) {
            if other != room && !may.contains(other.as_str()) {
                wrong.push(format!("src/{} imports crate::{other}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the table:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_cycle() {
    let allowed = allowed();
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    while placed.len() < allowed.len() {
        let next = allowed.iter().find(|(room, may)| !placed.contains(*room) && may.iter().all(|m| placed.contains(m)));
        let (room, _) = next.unwrap_or_else(|| panic!("a cycle among the rooms that are not in {placed:?}"));
        placed.insert(room);
    }
}

#[test]
fn the_faces_screens_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for file in files() {
        let parts: Vec<&str> = file.path.split('/').collect();
        let ["tui", kind @ ("screen" | "overlay"), name, ..] = parts.as_slice() else { continue };
        for other in ["screen", "overlay"] {
            for (at, _) in file.code().match_indices(&format!("tui::{other}::")) {
                let code = file.code();
                let rest = &code[at + other.len() + 7..];
                let imported: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if imported.is_empty() || (other == *kind && imported == *name) {
                    continue;
                }
                wrong.push(format!("src/{} imports tui::{other}::{imported}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "screens that know each other:\n{}", wrong.join("\n"));
}

#[test]
fn no_edge_is_hidden() {
    let mut wrong = Vec::new();
    for file in files() {
        for line in file.code().lines() {
            let line = line.trim();
            let glob = line.contains("::*;") || line.contains("::{*");
            if line.contains("super::super") || (line.starts_with("use ") && glob) || line.contains("prelude::") {
                wrong.push(format!("src/{}: {line}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that hide where things come from:\n{}", wrong.join("\n"));
}

/// The rooms a file names after `crate::`, grouped imports included.
fn imported_rooms(file: &SourceFile) -> BTreeSet<String> {
    let code = file.code();
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut start) = (1, true);
            let mut name = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if start && (c.is_alphanumeric() || c == '_') {
                    name.push(c);
                } else if !name.is_empty() {
                    rooms.insert(std::mem::take(&mut name));
                    start = false;
                }
                if depth == 1 && c == ',' {
                    start = true;
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            rooms.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms.remove("");
    rooms
}
