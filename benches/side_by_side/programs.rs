//! The programs beside which tidings is measured, and how each is made ready, opened, refreshed and recognised.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::loads::{Load, RARE};

/// A program and its files for one load.
#[derive(Clone)]
pub(crate) struct Program {
    pub(crate) kind: Kind,
    /// Its executable.
    executable: PathBuf,
    /// Where it keeps what it fetched.
    pub(crate) home: PathBuf,
}

/// Which of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Tidings,
    Newsboat,
    Sfeed,
    Floor,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tidings => "tidings",
            Self::Newsboat => "newsboat",
            Self::Sfeed => "sfeed",
            Self::Floor => "floor",
        }
    }

    /// Whether it is what people would use instead.
    pub(crate) fn is_other_reader(self) -> bool {
        matches!(self, Self::Newsboat | Self::Sfeed)
    }
}

/// A refresh as the shell saw it.
pub(crate) struct Refreshed {
    pub(crate) wall_s: f64,
    /// Until every headline was stored, labelled and in its story; the others know no such moment.
    pub(crate) stored_s: Option<f64>,
    pub(crate) peak_mib: Option<f64>,
}

impl Program {
    pub(crate) fn new(kind: Kind, executable: &Path, home: PathBuf) -> Self {
        Self { kind, executable: executable.to_owned(), home }
    }

    /// Its files, empty but for the list of feeds.
    pub(crate) fn make_ready(&self, load: &Load) -> Result<()> {
        if self.home.exists() {
            fs::remove_dir_all(&self.home)?;
        }
        fs::create_dir_all(&self.home)?;
        let of_load = |name: &str| fs::read_to_string(load.directory.join(name));
        match self.kind {
            Kind::Tidings => {
                // Each feed has a host of its own here, as in life: that is what spaces requests.
                fs::write(self.home.join("config.toml"), of_load("config.toml")?)?;
            }
            Kind::Newsboat => {
                fs::write(self.home.join("urls"), of_load("urls.txt")?)?;
                fs::write(
                    self.home.join("config"),
                    "reload-threads 20\nmax-items 0\nauto-reload no\nbind-key j down\n",
                )?;
            }
            Kind::Sfeed => {
                let list = of_load("sfeedrc")?;
                let mut config = format!("sfeedpath=\"{0}/feeds\"\n", self.home.display());
                config.push_str(&list);
                fs::write(self.home.join("sfeedrc"), config)?;
            }
            Kind::Floor => {
                let made = Command::new(&self.executable)
                    .args(["make".as_ref(), self.database().as_os_str()])
                    .arg(load.articles.to_string())
                    .status()?;
                if !made.success() {
                    bail!("the floor made no database: {made}");
                }
            }
        }
        Ok(())
    }

    /// What it kept.
    pub(crate) fn database(&self) -> PathBuf {
        match self.kind {
            Kind::Tidings => self.home.join("tidings.db"),
            Kind::Newsboat => self.home.join("cache.db"),
            Kind::Sfeed => self.home.join("feeds"),
            Kind::Floor => self.home.join("floor.db"),
        }
    }

    /// The command that opens it on what it kept.
    pub(crate) fn open(&self) -> Result<Vec<String>> {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let mut argv = vec![text(self.executable.clone())];
        match self.kind {
            Kind::Tidings => argv.extend(["--dir".to_owned(), text(self.home.clone())]),
            Kind::Newsboat => argv.extend(self.newsboat_files()),
            Kind::Sfeed => {
                argv = vec!["sfeed_curses".to_owned()];
                let mut files: Vec<PathBuf> =
                    fs::read_dir(self.database())?.flatten().map(|entry| entry.path()).collect();
                files.sort();
                argv.extend(files.into_iter().map(text));
            }
            Kind::Floor => argv.push(text(self.database())),
        }
        Ok(argv)
    }

    /// Whether the screen shows what a user has opened it for.
    pub(crate) fn is_open(&self, load: &Load, screen: &str) -> bool {
        match self.kind {
            Kind::Tidings => load.shows(screen),
            // They open on the list of feeds.
            Kind::Newsboat => screen.contains("0000") && screen.contains("Your feeds"),
            Kind::Sfeed => screen.contains("0000"),
            Kind::Floor => screen.contains("FLOOR READY"),
        }
    }

    /// Keys that lead from the first screen to the list of a feed's articles.
    pub(crate) fn to_list(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Tidings | Kind::Floor => None,
            Kind::Newsboat | Kind::Sfeed => Some("\r"),
        }
    }

    /// Keys that look for the rare word in all articles, and the end of them that starts the search.
    pub(crate) fn search(&self) -> Option<(&'static str, &'static str)> {
        match self.kind {
            Kind::Tidings | Kind::Newsboat => Some(("/", "\r")),
            Kind::Sfeed | Kind::Floor => None,
        }
    }

    /// Whether the screen shows what a search for the rare word has found.
    pub(crate) fn has_found(&self, screen: &str) -> bool {
        match self.kind {
            Kind::Tidings => screen.lines().next().is_some_and(|line| line.contains(RARE) && line.contains(" of ")),
            _ => screen.contains("Search result"),
        }
    }

    /// Asks all feeds once, as from cron.
    pub(crate) fn refresh(&self) -> Result<Refreshed> {
        let text = |path: PathBuf| path.to_string_lossy().into_owned();
        let argv: Vec<String> = match self.kind {
            Kind::Tidings => {
                let mut argv = self.open()?;
                argv.extend(["poll", "--now", "--json"].map(str::to_owned));
                argv
            }
            Kind::Newsboat => {
                let mut argv = self.open()?;
                argv.extend(["-x", "reload"].map(str::to_owned));
                argv
            }
            Kind::Sfeed => vec!["sfeed_update".to_owned(), text(self.home.join("sfeedrc"))],
            Kind::Floor => bail!("the floor refreshes nothing"),
        };
        let peak = self.home.with_extension("peak");
        let timed = Path::new("/usr/bin/time").exists();
        let mut command =
            if timed { Command::new("/usr/bin/time") } else { Command::new(argv.first().context("a command")?) };
        if timed {
            command.args(["-q", "-f", "%M", "-o"]).arg(&peak).args(&argv);
        } else {
            command.args(argv.iter().skip(1));
        }
        let began = Instant::now();
        let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output()?;
        let wall_s = began.elapsed().as_secs_f64();
        if !output.status.success() {
            bail!("{} refreshed with {}", self.kind.name(), output.status);
        }
        let peak_mib =
            fs::read_to_string(&peak).ok().and_then(|text| text.trim().parse::<f64>().ok()).map(|kib| kib / 1024.0);
        Ok(Refreshed { wall_s, stored_s: stored_s(&output.stdout), peak_mib })
    }

    fn newsboat_files(&self) -> [String; 6] {
        let file = |name: &str| self.home.join(name).to_string_lossy().into_owned();
        ["-u".to_owned(), file("urls"), "-c".to_owned(), file("cache.db"), "-C".to_owned(), file("config")]
    }
}

/// What the last line of `poll --json` says of the moment at which all was stored.
fn stored_s(output: &[u8]) -> Option<f64> {
    let text = String::from_utf8_lossy(output);
    let summary: serde_json::Value = serde_json::from_str(text.lines().last()?).ok()?;
    Some(Duration::from_millis(summary.get("stored_ms")?.as_u64()?).as_secs_f64())
}
