//! The user's browser: `[programs] browser`, else `$BROWSER`, else the system's opener. Browsers for the terminal get the
//! terminal; where nothing can open an address, that is said.

use tokio::time::timeout;
use url::Url;

use std::process::Stdio;

use super::program::{Argv, PATIENCE, ending};

/// Browsers that draw on the terminal they are started from.
const IN_TERMINAL: [&str; 8] = ["w3m", "lynx", "elinks", "links", "links2", "browsh", "carbonyl", "chawan"];

/// How an address is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Way {
    /// By the first of these that works, beside the desk.
    Beside(Vec<Argv>),
    /// By this, which needs the terminal.
    Terminal(Argv),
    /// By nothing: why.
    Nowhere(&'static str),
}

/// What of the environment decides.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// `$BROWSER`.
    pub(super) browser: String,
    /// Windows can be opened.
    pub(super) display: bool,
    /// The user sits at another machine.
    pub(super) remote: bool,
    /// Where programs are looked for; none: what is there is not asked.
    pub(super) path: Option<std::ffi::OsString>,
}

impl Surroundings {
    /// Those of this process.
    pub(super) fn of_process() -> Self {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let windows = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "TERMUX_VERSION"].into_iter().any(is_set);
        Self {
            browser: std::env::var("BROWSER").unwrap_or_default(),
            display: windows || cfg!(any(target_os = "macos", windows)),
            remote: ["SSH_CONNECTION", "SSH_TTY"].into_iter().any(is_set),
            path: std::env::var_os("PATH"),
        }
    }

    fn has(&self, argv: &Argv) -> bool {
        let Some(path) = &self.path else { return true };
        let name = argv.name();
        if name.contains('/') {
            return std::path::Path::new(&name).is_file();
        }
        std::env::split_paths(path).any(|folder| folder.join(&name).is_file())
    }

    /// How the system opens an address here.
    pub(super) fn system(&self, url: &Url) -> Way {
        if self.remote {
            return Way::Nowhere("over ssh nothing opens here");
        }
        if !self.display {
            return Way::Nowhere("there is no display");
        }
        Way::Beside(open::commands(url.as_str()).iter().map(Argv::of).collect())
    }
}

/// How an address is opened here.
pub(super) fn way(url: &Url, configured: &[String], around: &Surroundings) -> Way {
    if let Some(own) = Argv::new(configured, url.as_str()) {
        return if is_for_terminal(&own) { Way::Terminal(own) } else { Way::Beside(vec![own]) };
    }
    // A list of commands parted by colons, tried in turn.
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let all: Vec<Argv> = around.browser.split(':').filter_map(|line| Argv::new(&words(line), url.as_str())).collect();
    let there: Vec<Argv> = all.iter().filter(|argv| around.has(argv)).cloned().collect();
    match (all.is_empty(), there.first()) {
        (true, _) => around.system(url),
        (false, Some(first)) if is_for_terminal(first) => Way::Terminal(first.clone()),
        (false, Some(_)) => Way::Beside(there.into_iter().filter(|argv| !is_for_terminal(argv)).collect()),
        // None of them is there: trying says so.
        (false, None) => Way::Beside(all),
    }
}

fn is_for_terminal(argv: &Argv) -> bool {
    IN_TERMINAL.contains(&argv.base().as_str())
}

/// Opens an address beside the desk; gives a line for the user. The error says what was run and how it ended.
pub(super) async fn open(url: &Url, commands: Vec<Argv>) -> Result<String, String> {
    let mut failures = Vec::new();
    for argv in commands {
        let name = argv.name();
        match argv.beside(Stdio::null()) {
            Err(error) => failures.push(format!("`{name}`: {error}")),
            Ok(mut child) => match timeout(PATIENCE, child.wait()).await {
                Err(_) => return Ok(opened(url)),
                Ok(Ok(status)) if status.success() => return Ok(opened(url)),
                Ok(Ok(status)) => failures.push(format!("`{name}` {}", ending(status))),
                Ok(Err(error)) => failures.push(format!("`{name}`: {error}")),
            },
        }
    }
    let tried = if failures.is_empty() { "no browser was found".to_owned() } else { failures.join("; ") };
    Err(format!("the browser did not open: {tried}. Set [programs] browser or $BROWSER, or copy the link"))
}

fn opened(url: &Url) -> String {
    format!("opened in the browser: {}", url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://quay.example/?a=1;rm";

    fn told(configured: &[&str], around: &Surroundings) -> Vec<Vec<String>> {
        let configured: Vec<String> = configured.iter().map(|word| (*word).to_owned()).collect();
        match way(&Url::parse(LINK).unwrap(), &configured, around) {
            Way::Beside(commands) => commands.iter().map(Argv::words).collect(),
            Way::Terminal(argv) => vec![[vec!["terminal".to_owned()], argv.words()].concat()],
            Way::Nowhere(why) => vec![vec!["nowhere".to_owned(), why.to_owned()]],
        }
    }

    fn browser(browser: &str) -> Surroundings {
        Surroundings { browser: browser.to_owned(), display: true, ..Surroundings::default() }
    }

    #[test]
    fn the_config_goes_before_the_environment_and_that_before_the_system() {
        assert_eq!(told(&["firefox", "--new-tab"], &browser("surf")), [["firefox", "--new-tab", LINK]]);
        assert_eq!(told(&[], &browser("surf -k:firefox")), [vec!["surf", "-k", LINK], vec!["firefox", LINK]]);
        let by_system = told(&[], &browser(""));
        assert!(by_system.iter().all(|argv| argv.iter().any(|word| word == LINK)), "{by_system:?}");
    }

    #[test]
    fn browsers_for_the_terminal_get_it() {
        for name in ["w3m", "/usr/bin/lynx", "carbonyl"] {
            assert_eq!(told(&[name], &browser("surf")), [["terminal", name, LINK]]);
            assert_eq!(told(&[], &browser(name)), [["terminal", name, LINK]]);
        }
    }

    #[test]
    fn without_a_display_or_over_ssh_only_what_the_user_named_opens() {
        let remote = Surroundings { remote: true, ..browser("") };
        assert_eq!(told(&[], &remote)[0][0], "nowhere");
        assert_eq!(told(&[], &Surroundings::default())[0][0], "nowhere");
        let named = Surroundings { remote: true, ..browser("helper") };
        assert_eq!(told(&[], &named), [["helper", LINK]], "such as the one that an editor's remote session sets");
        assert_eq!(told(&["w3m"], &remote), [["terminal", "w3m", LINK]]);
    }

    #[test]
    fn of_a_list_those_that_are_there_are_tried() {
        let bin = tempfile::tempdir().unwrap();
        std::fs::write(bin.path().join("lynx"), "").unwrap();
        let around = Surroundings { path: Some(bin.path().into()), ..browser("firefox:lynx:surf") };
        assert_eq!(told(&[], &around), [["terminal", "lynx", LINK]]);
        let around = Surroundings { path: Some(bin.path().into()), ..browser("firefox:surf") };
        assert_eq!(told(&[], &around).len(), 2, "trying them says what is wrong");
    }
}
