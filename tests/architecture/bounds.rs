//! Holds R6 on paper: every bound of what comes from outside is on one page, `docs/BOUNDS.md`, as the code has it.
//!
//! The page is made of the constants and their doc comments; `TIDINGS_WRITE_BOUNDS=1 cargo test --test architecture bounds`
//! writes it anew.

use std::fmt::Write as _;
use std::path::Path;

use crate::source::{SourceFile, files};

/// Rooms that foreign bytes pass, and what happens in them, in the order in which they do.
const ROOMS: [(&str, &str); 9] = [
    ("fetch", "On the wire"),
    ("feed", "In a feed"),
    ("text", "In any text"),
    ("document", "In the HTML of an article or a page"),
    ("opml", "In a list of subscriptions"),
    ("engine", "In what the engine fetches and keeps"),
    ("config", "In the config"),
    ("cli", "On the command line"),
    ("tui", "At the terminal"),
];

/// How the name of a bound begins.
const NAMES: [&str; 24] = [
    "MOST",
    "MAX",
    "LONGEST",
    "LARGEST",
    "DEEPEST",
    "CONNECT_TIMEOUT",
    "DEADLINE",
    "MARKS",
    "JOINERS",
    "CLUSTER",
    "MEDIUM",
    "AHEAD",
    "LARGE",
    "LONG_LIMIT",
    "SHORT_LIMIT",
    "FLOOR_MINUTES",
    "ROOT_WITHIN",
    "FIRST_BACK_OFF",
    "MOVED_AFTER",
    "DECODED_AT_ONCE",
    "COMING_AT_ONCE",
    "MOST_JITTER",
    "SANE_CLOCK_S",
    "TEASER_WITHIN",
];

/// What must be bounded whatever else is (THREATS R6, R12, R13): file, constant, value.
const PROMISED: [(&str, &str, &str); 18] = [
    ("fetch/clients.rs", "CONNECT_TIMEOUT", "Duration::from_secs(10)"),
    ("fetch/clients.rs", "MAX_HEADERS", "128"),
    ("fetch/clients.rs", "MAX_HEADER_BYTES", "64 * 1024"),
    ("fetch/trail.rs", "MAX_REDIRECTS", "10"),
    ("fetch/body.rs", "LARGE_AT_ONCE", "4"),
    ("engine/shared.rs", "MAX_BYTES", "16 << 20"),
    ("feed/repair/stream/mod.rs", "MOST_ITEMS", "5_000"),
    ("feed/json.rs", "MOST_ITEMS", "5_000"),
    ("feed/plain.rs", "LONGEST_LINE", "1_000"),
    ("feed/entry.rs", "LONGEST_HTML", "4 << 20"),
    ("feed/due.rs", "LONGEST", "24 * HOUR"),
    ("document/build/grid.rs", "MAX_COLUMNS", "200"),
    ("document/layout/mod.rs", "MAX_LINES", "100_000"),
    ("document/extract/nesting.rs", "MAX_DEPTH", "100"),
    ("text/clean.rs", "MARKS", "8"),
    ("engine/pictures/mod.rs", "MAX_BYTES", "10 << 20"),
    ("engine/pictures/decode.rs", "MAX_SIDE", "4_096"),
    ("engine/pictures/decode.rs", "MAX_MEMORY", "64 << 20"),
];

struct Bound {
    file: String,
    name: String,
    value: String,
    words: String,
}

#[test]
fn the_page_of_bounds_is_what_the_code_has() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/BOUNDS.md");
    let page = page(&bounds());
    if std::env::var_os("TIDINGS_WRITE_BOUNDS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap();
    let differing = page.lines().zip(written.lines()).find(|(code, page)| code != page);
    assert!(
        page == written,
        "docs/BOUNDS.md is not what the code has: write it anew with TIDINGS_WRITE_BOUNDS=1\n{differing:#?}"
    );
}

#[test]
fn what_is_promised_is_bounded() {
    let bounds = bounds();
    for (file, name, value) in PROMISED {
        let bound = bounds.iter().find(|bound| bound.file == file && bound.name == name);
        let bound = bound.unwrap_or_else(|| panic!("src/{file} has no {name}"));
        assert_eq!(bound.value, value, "src/{file}: {name}");
    }
}

fn page(bounds: &[Bound]) -> String {
    let mut page = "# Bounds\n\nNothing that comes from outside is without an end. This page is made of the constants in the source and what is said \
                    of them there; a test fails when they disagree. Sizes are in bytes and times in seconds where nothing else is said. Where one is \
                    exceeded, the rest is left out, or the whole is refused in words.\n"
        .to_owned();
    for (room, title) in ROOMS {
        let mut rows = bounds.iter().filter(|bound| bound.file.split('/').next() == Some(room)).peekable();
        if rows.peek().is_none() {
            continue;
        }
        write!(page, "\n## {title}\n\n| Where | Constant | Value | What it bounds |\n| --- | --- | --- | --- |\n")
            .unwrap();
        for bound in rows {
            writeln!(
                page,
                "| `{}` | `{}` | `{}` | {} |",
                bound.file,
                bound.name,
                bound.value,
                bound.words.replace('|', "\\|")
            )
            .unwrap();
        }
    }
    page
}

fn bounds() -> Vec<Bound> {
    let mut files: Vec<SourceFile> = files();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.iter().flat_map(bounds_of).collect()
}

fn bounds_of(file: &SourceFile) -> Vec<Bound> {
    let (mut bounds, mut words): (Vec<Bound>, Vec<&str>) = (Vec::new(), Vec::new());
    for line in file.production().lines() {
        if let Some(comment) = line.strip_prefix("///") {
            words.push(comment.trim());
            continue;
        }
        let declared = line.strip_prefix("pub(super) ").or(line.strip_prefix("pub(crate) ")).unwrap_or(line);
        let constant = declared.strip_prefix("const ").and_then(|rest| rest.split_once(": "));
        if let Some((name, rest)) = constant
            && NAMES.iter().any(|begin| name.starts_with(begin))
            && let Some((_, value)) = rest.trim_end_matches(';').split_once(" = ")
            && !value.contains('{')
        {
            // Two constants under one comment share its words.
            let words = match (words.is_empty(), bounds.last()) {
                (true, Some(before)) => before.words.clone(),
                _ => words.join(" "),
            };
            assert!(!words.is_empty(), "src/{}: {name} does not say what it bounds", file.path);
            bounds.push(Bound { file: file.path.clone(), name: name.to_owned(), value: value.to_owned(), words });
        }
        words.clear();
    }
    bounds
}
