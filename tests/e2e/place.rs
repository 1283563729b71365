//! A directory that nothing outside of the test reaches into, and the program run in it, on a terminal and without.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::PoisonError;

use portable_pty::CommandBuilder;
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::library::config_for;
use crate::terminal::{STARTING, Terminal};

/// A tidings directory, which is the home of its user too.
pub(crate) struct Place {
    dir: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The size of the desk where the test does not care.
pub(crate) const USUAL: (u16, u16) = (120, 36);

impl Place {
    /// A directory with nothing in it.
    pub(crate) fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// A directory that is there already.
    #[allow(dead_code, reason = "the tests of faults have such directories")]
    pub(crate) fn of(dir: TempDir) -> Self {
        Self { dir }
    }

    /// One that subscribes to `feeds`, called `Feed 0` and so on.
    pub(crate) fn with_feeds(feeds: &[String]) -> Self {
        let place = Self::empty();
        std::fs::write(place.config(), config_for(feeds, "")).unwrap();
        place
    }

    /// One that subscribes to a feed and has polled it.
    pub(crate) fn polled(feed: &str) -> Self {
        let place = Self::with_feeds(&[feed.to_owned()]);
        place.run(&["poll"]).well();
        place
    }

    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub(crate) fn config(&self) -> PathBuf {
        self.dir().join("config.toml")
    }

    pub(crate) fn config_text(&self) -> String {
        std::fs::read_to_string(self.config()).unwrap()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.dir().join("tidings.db")
    }

    /// Writes a script that may be run.
    pub(crate) fn script(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.dir().join(name);
        // A process that is started at this moment would hold it open for writing, and then it cannot be run.
        let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// The program's arguments as they are to be run, `before` them (a wrapper and its own arguments).
    fn words(&self, before: &[&str], arguments: &[&str]) -> Vec<String> {
        let dir = self.dir().to_str().unwrap();
        let program = [env!("CARGO_BIN_EXE_tidings"), "--dir", dir];
        before.iter().chain(&program).chain(arguments).map(|word| (*word).to_owned()).collect()
    }

    fn environment(&self) -> [(&'static str, String); 5] {
        [
            ("HOME", self.dir().to_str().unwrap().to_owned()),
            ("PATH", "/usr/bin:/bin".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("TZ", "UTC".to_owned()),
        ]
    }

    /// The program on a terminal that is yet to be made.
    pub(crate) fn on_terminal(&self, before: &[&str], arguments: &[&str], env: &[(&str, &str)]) -> CommandBuilder {
        let mut command =
            CommandBuilder::from_argv(self.words(before, arguments).into_iter().map(Into::into).collect());
        command.env_clear();
        command.cwd(self.dir());
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        for (name, value) in env {
            command.env(name, value);
        }
        command
    }

    /// Opens the desk.
    pub(crate) fn desk(&self, size: (u16, u16)) -> Terminal {
        self.desk_with(size, &[])
    }

    /// Opens the desk with more in its environment.
    pub(crate) fn desk_with(&self, size: (u16, u16), env: &[(&str, &str)]) -> Terminal {
        Terminal::start(self.on_terminal(&[], &[], env), size)
    }

    /// The program without a terminal; nothing can be read from its standard input.
    pub(crate) fn command(&self, before: &[&str], arguments: &[&str]) -> Command {
        let words = self.words(before, arguments);
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env_clear().envs(self.environment()).current_dir(self.dir());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts the program without a terminal.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        start(&mut self.command(&[], arguments))
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.start(arguments))
    }

    /// The articles that `tidings list` gives, in its order.
    pub(crate) fn list(&self, arguments: &[&str]) -> Vec<Value> {
        let listed = self.run(&[&["list", "--limit", "all", "--json"], arguments].concat());
        listed.well().out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The id of the article with this title.
    pub(crate) fn id_of(&self, title: &str) -> String {
        let all = self.list(&[]);
        let article = all.iter().find(|article| article["title"] == title);
        article.unwrap_or_else(|| panic!("there is no {title:?}"))["id"].to_string()
    }

    /// A connection of the test's own to the database.
    pub(crate) fn connection(&self) -> Connection {
        let connection = Connection::open(self.database()).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        connection
    }

    /// What SQLite's own check says of the database.
    pub(crate) fn integrity(&self) -> String {
        self.connection().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
    }
}

/// Starts a process; not while a terminal is being made.
pub(crate) fn start(command: &mut Command) -> Child {
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    command.spawn().unwrap()
}

impl Ran {
    /// Waits for the end of a process.
    pub(crate) fn of(child: Child) -> Self {
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// It ended well, or the test fails.
    pub(crate) fn well(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}
