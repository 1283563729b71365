//! A home directory that nothing outside of the test reaches into, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::library::config_for;

/// A home with a tidings directory in it.
pub(crate) struct Home {
    root: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    /// A home without a config.
    pub(crate) fn empty() -> Self {
        Self { root: tempfile::tempdir().unwrap() }
    }

    /// A home that subscribes to `feeds`, called `Feed 0` and so on.
    pub(crate) fn with_feeds(feeds: &[String]) -> Self {
        Self::with_config(&config_for(feeds, ""))
    }

    pub(crate) fn with_config(text: &str) -> Self {
        let home = Self::empty();
        std::fs::create_dir(home.dir()).unwrap();
        std::fs::write(home.config(), text).unwrap();
        home
    }

    /// The home itself.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// The tidings directory.
    pub(crate) fn dir(&self) -> PathBuf {
        self.root().join("tidings")
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.dir().join("config.toml")
    }

    pub(crate) fn config_text(&self) -> String {
        std::fs::read_to_string(self.config()).unwrap()
    }

    /// Writes a file into the home.
    pub(crate) fn file(&self, name: &str, contents: &str) -> PathBuf {
        let path = self.root().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, contents).unwrap();
        path
    }

    /// The program with this home, its streams not set.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
        command.env_clear().env("HOME", self.root()).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.env("TERM", "xterm-256color").env("TZ", "UTC").env("TIDINGS_DIR", self.dir());
        command.args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// Runs the program, which has to end well; gives its standard output.
    pub(crate) fn out(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "tidings {arguments:?}: {ran:?}");
        ran.out
    }

    /// As [`Home::out`], each line read as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Vec<Value> {
        lines(&self.out(arguments))
    }

    /// Every article, newest first.
    pub(crate) fn articles(&self) -> Vec<Value> {
        self.json(&["list", "--limit", "all", "--json"])
    }

    /// Polls all feeds, which have to answer well.
    pub(crate) fn poll(&self) {
        self.out(&["poll", "--now"]);
    }
}

impl Ran {
    pub(crate) fn of(command: &mut Command) -> Self {
        let ended = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Self { code: ended.status.code(), out: text(ended.stdout), err: text(ended.stderr) }
    }
}

/// Lines of JSON.
pub(crate) fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// A record's text.
pub(crate) fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record[field].as_str().unwrap_or_else(|| panic!("no text {field} in {record}"))
}

/// A record's field names.
pub(crate) fn fields(record: &Value) -> Vec<&str> {
    let mut fields: Vec<&str> = record.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    fields
}
