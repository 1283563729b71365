//! Conformance of the feed reader against real and odd documents that are not part of the repository.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::needless_for_each,
    clippy::assigning_clones,
    reason = "this is all test code"
)]

mod oracle;
mod suites;

use std::path::PathBuf;

use tidings::feed::{FeedError, ParsedFeed, parse};

/// The folder of the test data, or none with a word about it.
fn corpus() -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: no corpus");
    None
}

/// Reads a document; a panic within the parser, which is caught there, fails the test.
fn read(bytes: &[u8], content_type: Option<&str>, file: &str) -> Result<ParsedFeed, FeedError> {
    let read = parse(bytes, content_type, &format!("https://suite.example/{file}"));
    assert!(!matches!(&read, Err(FeedError::NotAFeed(reason)) if reason.contains("parser failed")), "{file}: panicked");
    read
}
