//! What the pure rooms may not name: they take data and give data, so that tests need no terminal, network or disk.
//!
//! Holds R3.

use crate::source::files;

/// Rooms where bytes or records go in and records come out.
const PURE_ROOMS: &[&str] = &["model", "text", "command", "feed", "document", "topic", "query", "opml", "export"];

/// Names that reach outside.
const OUTSIDE: &[&str] = &[
    "tokio",
    "reqwest",
    "rusqlite",
    "std::fs",
    "std::process",
    "std::env",
    "std::thread",
    "std::net",
    "SystemTime::now",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
];

#[test]
fn words_rules_and_screens_do_not_reach_outside() {
    let mut wrong = Vec::new();
    for file in files() {
        let pure_face = file.room() == "tui" && !file.path.starts_with("tui/runtime/") && file.path != "tui/mod.rs";
        if !PURE_ROOMS.contains(&file.room()) && !pure_face {
            continue;
        }
        for (number, line) in file.code().lines().enumerate() {
            for name in OUTSIDE.iter().filter(|name| line.contains(**name)) {
                wrong.push(format!("src/{} names {name}: {} (line {number} of its code)", file.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "pure rooms that reach outside:\n{}", wrong.join("\n"));
}

#[test]
fn each_edge_is_touched_in_its_own_room_only() {
    let homes: &[(&str, &[&str])] = &[
        ("rusqlite", &["store"]),
        ("reqwest", &["fetch"]),
        ("crossterm", &["tui"]),
        ("feed_rs", &["feed"]),
        ("toml_edit", &["config"]),
        // The command line starts nothing but itself again (`cli::limits`).
        ("std::process::Command", &["tui", "fetch", "cli"]),
    ];
    let mut wrong = Vec::new();
    for file in files() {
        for (name, rooms) in homes {
            if !rooms.contains(&file.room()) && file.code().contains(&format!("{name}::")) {
                wrong.push(format!("src/{} names {name}, whose home is {rooms:?}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_ever_given_to_a_shell() {
    for file in files() {
        let code = file.code();
        for shell in ["\"sh\"", "\"/bin/sh\"", "\"bash\"", "\"cmd.exe\"", "\"-c\""] {
            assert!(!code.contains(shell), "src/{} names {shell}", file.path);
        }
    }
}
