//! Version floors of dependencies with known faults below them (THREATS R19), checked in `Cargo.lock`, because the
//! advisory database cannot be asked everywhere; and what the compiler is asked for.
//!
//! Holds R19 and R1.

use std::path::Path;

/// Crate, lowest version that is safe, and what was wrong before.
const FLOORS: &[(&str, [u64; 3], &str)] = &[
    ("quick-xml", [0, 41, 0], "RUSTSEC-2026-0194 and -0195: one start tag eats the processor"),
    ("h2", [0, 4, 16], "RUSTSEC-2026-0258: floods of empty frames"),
    ("libsqlite3-sys", [0, 37, 0], "SQLite before 3.51.3 can corrupt a WAL that two connections reset"),
    ("url", [2, 5, 4], "RUSTSEC-2024-0421: look-alike host names"),
    ("open", [5, 4, 0], "a path that starts with a dash becomes an option"),
    ("ratatui", [0, 30, 0], "control characters pass through spans"),
    ("ratatui-core", [0, 1, 0], "control characters pass through spans"),
    ("idna", [1, 0, 0], "RUSTSEC-2024-0421: look-alike host names"),
    ("tracing-subscriber", [0, 3, 20], "RUSTSEC-2025-0055: escapes of foreign text stand in the log"),
];

#[test]
fn no_dependency_is_below_its_floor() {
    let lock = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    for (name, floor, why) in FLOORS {
        let mut seen = 0;
        for (at, _) in lock.match_indices(&format!("name = \"{name}\"\n")) {
            let version = lock[at..].lines().nth(1).and_then(|line| line.split('"').nth(1)).unwrap();
            let parts: Vec<u64> = version.split(['.', '-', '+']).take(3).map(|part| part.parse().unwrap()).collect();
            assert!(parts.as_slice() >= floor.as_slice(), "{name} {version} is below {floor:?}: {why}");
            seen += 1;
        }
        assert!(seen > 0, "{name} is not in Cargo.lock any more: take it out of the floors");
    }
}

#[test]
fn the_compiler_is_asked_to_be_strict() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    assert_eq!(manifest["profile"]["release"]["overflow-checks"].as_bool(), Some(true));
    assert_eq!(
        manifest["profile"]["release"]["panic"].as_str(),
        Some("unwind"),
        "one feed's panic is that feed's error"
    );
    for lint in ["unwrap_used", "panic", "todo", "unimplemented", "dbg_macro", "exit", "print_stdout", "print_stderr"] {
        assert_eq!(manifest["lints"]["clippy"][lint].as_str(), Some("deny"), "{lint}");
    }
    // What is printed goes through the one place that cleans it (R1).
    for file in
        crate::source::files().into_iter().filter(|file| !["cli/output.rs", "main.rs"].contains(&file.path.as_str()))
    {
        for name in ["println!", "eprintln!", "print!(", "eprint!("] {
            assert!(!file.code().contains(name), "src/{} has {name}", file.path);
        }
    }
}

#[test]
fn tls_and_licences_stay_as_chosen() {
    let lock = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    for banned in ["openssl", "native-tls", "webbrowser"] {
        assert!(!lock.contains(&format!("name = \"{banned}\"\n")), "{banned} came into the tree");
    }
}
