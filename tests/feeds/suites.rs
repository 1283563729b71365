//! Suites without an oracle: nothing in them may panic, and the real feeds among them must give entries.

use std::fs;
use std::path::{Path, PathBuf};

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|e| matches!(e.to_str(), Some("xml" | "json" | "atom"))) {
            found.push(path);
        }
    }
}

/// Reads all documents of a folder: how many there are, and those that give no entries with the reason.
fn read_all(folder: &str) -> Option<(usize, Vec<String>)> {
    let folder = super::corpus()?.join(folder);
    let mut files = Vec::new();
    documents(&folder, &mut files);
    // What the suites expect of the documents, and single articles, are no feeds.
    files.retain(|path| !["serde.json", "FirstEntry"].iter().any(|part| path.to_string_lossy().contains(part)));
    files.sort();
    let mut without = Vec::new();
    for path in &files {
        let bytes = fs::read(path).unwrap();
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        match super::read(&bytes, None, &name) {
            Ok(feed) if !feed.entries.is_empty() => {
                for entry in &feed.entries {
                    assert!(
                        !entry.title.is_empty() && entry.title.chars().count() <= 1_001,
                        "{name}: {:?}",
                        entry.title
                    );
                    assert!(entry.url.is_empty() || entry.url.starts_with("http"), "{name}: {:?}", entry.url);
                }
            }
            Ok(_) => without.push(format!("{name}: no entries")),
            Err(error) => without.push(format!("{name}: {error}")),
        }
    }
    println!("{}: {} of {} documents give entries", folder.display(), files.len() - without.len(), files.len());
    without.iter().for_each(|miss| println!("    {miss}"));
    Some((files.len(), without))
}

#[test]
fn feed_rs_fixtures() {
    let Some((files, without)) = read_all("suites/feed-rs") else { return };
    assert!(files > 0 && without.len() <= files / 10, "{} of {files} without entries", without.len());
}

#[test]
fn feedjira_samples() {
    let Some((files, without)) = read_all("suites/feedjira") else { return };
    assert!(files > 0 && without.len() <= files / 10, "{} of {files} without entries", without.len());
}

#[test]
fn real_logistics_feeds() {
    let Some((files, without)) = read_all("feeds") else { return };
    assert!(files > 60, "{files} files");
    assert_eq!(without, Vec::<String>::new());
}
