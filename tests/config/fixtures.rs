//! `tests/fixtures/config`: every file in `valid` is accepted as it is; every file in `invalid` gives the diagnostics
//! that its snapshot holds.
//!
//! Holds R18.

use std::path::{Path, PathBuf};

use tidings::config::{self, Config, Diagnostic};

fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/config").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 3, "{} has only {} files", folder.display(), paths.len());
    let name = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.into_iter().map(|path| (name(&path), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn valid_files_are_accepted_and_say_something() {
    for (name, text) in files("valid") {
        let (config, diagnostics) = config::parse(&text, Path::new("config.toml"));
        assert_eq!(diagnostics, [], "{name}");
        assert_ne!(config, Config::default(), "{name} changes nothing");
    }
}

#[test]
fn invalid_files_are_told_all_their_faults_at_once() {
    for (name, text) in files("invalid") {
        let (_, diagnostics) = config::parse(&text, Path::new("config.toml"));
        assert_ne!(diagnostics, [], "{name}");
        let words: Vec<String> = diagnostics.iter().map(Diagnostic::with_excerpt).collect();
        insta::with_settings!({ snapshot_path => "../fixtures/config/diagnostics", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, words.join("\n"));
        });
    }
}

/// Every `# fault: words` comment of an invalid file names a diagnostic of that very line.
#[test]
fn each_fault_is_found_on_its_line() {
    let mut marked = 0;
    for (name, text) in files("invalid") {
        let (_, diagnostics) = config::parse(&text, Path::new("config.toml"));
        let mut lines = 0;
        for (line, words) in
            text.lines().enumerate().filter_map(|(n, line)| Some((n + 1, line.split_once("# fault: ")?.1)))
        {
            lines += 1;
            assert!(
                diagnostics.iter().any(|diagnostic| diagnostic.line == line && diagnostic.message.contains(words)),
                "{name}:{line} should say {words:?}: {diagnostics:#?}"
            );
        }
        marked += lines;
        if lines > 0 {
            assert_eq!(diagnostics.len(), lines, "{name}: {diagnostics:#?}");
        }
    }
    assert!(marked > 40, "only {marked} faults are marked");
}

#[test]
fn a_feed_may_say_by_itself_whether_its_pictures_are_shown() {
    let text = "[ui]\nimages = \"auto\"\n[[feeds]]\nurl = \"https://quay.example/a\"\nimages = \"never\"\n[[feeds]]\nurl = \"https://quay.example/b\"\n";
    let (config, diagnostics) = config::parse(text, Path::new("config.toml"));
    assert_eq!(diagnostics, []);
    assert_eq!(config.ui.images, config::ImageMode::Auto);
    let own: Vec<_> = config.feeds.iter().map(|feed| feed.images).collect();
    assert_eq!(own, [Some(config::ImageMode::Never), None]);
}

#[test]
fn a_wrong_feed_costs_only_itself() {
    let text =
        "[[feeds]]\nurl = \"exec:ls\"\n[[feeds]]\nurl = \"https://quay.example/rss\"\ntopics = [\"ocaen\", \"air\"]\n";
    let (config, diagnostics) = config::parse(text, Path::new("config.toml"));
    assert_eq!(diagnostics.len(), 2, "{diagnostics:?}");
    assert_eq!(config.feeds.len(), 1);
    assert_eq!(config.feeds[0].topics.len(), 1);
}
