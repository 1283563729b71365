//! Reads the source files once and splits off their tests.

use std::fs;
use std::path::{Path, PathBuf};

/// One file under `src/`.
pub(crate) struct SourceFile {
    /// Path below `src/`, such as `tui/screen/desk/view.rs`.
    pub(crate) path: String,
    /// Everything.
    pub(crate) text: String,
}

impl SourceFile {
    /// The text before the first `#[cfg(test)]` module.
    pub(crate) fn production(&self) -> &str {
        if self.path.ends_with("tests.rs") || self.path.contains("/tests/") {
            return "";
        }
        let at = self.text.match_indices("#[cfg(test)]").find(|(at, _)| {
            let next = self.text[*at..].lines().nth(1).unwrap_or_default().trim_start();
            next.starts_with("mod ") && next.ends_with('{')
        });
        at.map_or(self.text.as_str(), |(at, _)| &self.text[..at])
    }

    /// The room it stands in: the first folder, or the file's own name.
    pub(crate) fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// Production lines without comments.
    pub(crate) fn code(&self) -> String {
        let lines = self.production().lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// Every `.rs` file under `src/`.
pub(crate) fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 50, "the source was not found below {}", root.display());
    paths
        .into_iter()
        .map(|path| SourceFile {
            text: fs::read_to_string(&path).unwrap(),
            path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
        })
        .collect()
}

/// All files with the extension `rs` below `folder`.
pub(crate) fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}
