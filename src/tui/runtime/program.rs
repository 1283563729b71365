//! Programs of the user's, run as argument vectors without a shell: beside the desk, or with the terminal lent to them.

use std::ffi::OsString;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::{Child, Command};

use super::signals::{Signals, Wish, stop_self};
use crate::text::clean_line;

/// A program that has not ended by then has done what it was asked to.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// A program and its arguments. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argv(Vec<OsString>);

impl Argv {
    /// The user's words with `what` in the place of `%s` within its argument, else as the last argument; none without words.
    pub(super) fn new(words: &[String], what: &str) -> Option<Self> {
        let (program, arguments) = words.split_first().filter(|(program, _)| !program.trim().is_empty())?;
        let mut all: Vec<OsString> = vec![program.into()];
        all.extend(arguments.iter().map(|word| OsString::from(word.replace("%s", what))));
        if !arguments.iter().any(|word| word.contains("%s")) {
            all.push(what.into());
        }
        Some(Self(all))
    }

    /// Words and one argument behind them, which is no text and is put nowhere else.
    pub(super) fn ending(words: &[&str], last: OsString) -> Option<Self> {
        let mut all: Vec<OsString> = words.iter().map(Into::into).collect();
        (!all.is_empty()).then(|| {
            all.push(last);
            Self(all)
        })
    }

    /// A program without arguments.
    pub(super) fn alone(program: &str) -> Option<Self> {
        (!program.is_empty()).then(|| Self(vec![program.into()]))
    }

    /// A command of the standard library's.
    pub(super) fn of(command: &std::process::Command) -> Self {
        let arguments = command.get_args().map(ToOwned::to_owned);
        Self(std::iter::once(command.get_program().to_owned()).chain(arguments).collect())
    }

    /// The program as the user calls it, safe to show.
    pub(super) fn name(&self) -> String {
        clean_line(&self.0.first().map(|program| program.to_string_lossy()).unwrap_or_default())
    }

    /// The last part of the program's path.
    pub(super) fn base(&self) -> String {
        self.name().rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Program and arguments.
    #[cfg(test)]
    pub(super) fn words(&self) -> Vec<String> {
        self.0.iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    fn command(&self) -> Command {
        let mut words = self.0.iter();
        let mut command = Command::new(words.next().cloned().unwrap_or_default());
        command.args(words);
        command
    }

    /// Starts it beside the desk: nothing of its output is shown, and keys and signals of our terminal are not its.
    pub(super) fn beside(&self, input: Stdio) -> std::io::Result<Child> {
        let mut command = self.command();
        command.stdin(input).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(false);
        #[cfg(unix)]
        command.process_group(0);
        command.spawn()
    }
}

/// The address as the `url` crate writes it, so that nothing in it means anything to a program: it begins with its scheme.
pub(super) fn web_url(address: &str) -> Result<url::Url, String> {
    let url = url::Url::parse(address)
        .map_err(|error| format!("not opened: {} is no address ({error})", clean_line(address)))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("not opened: only web addresses are, and this one is {}:", url.scheme()));
    }
    Ok(url)
}

/// How a program ended, in words that go on from its name.
pub(super) fn ending(status: ExitStatus) -> String {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    match (status.code(), signal) {
        (Some(code), _) => format!("ended with exit status {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "was ended by a signal".to_owned(),
    }
}

/// How a program that had the terminal ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// By itself; what went wrong, if anything did.
    Done(Result<(), String>),
    /// A signal wants the desk to end.
    Signal(u8),
}

/// Runs a program that has the terminal meanwhile, and waits for it.
pub(super) async fn foreground(argv: &Argv, signals: &mut Signals) -> Ended {
    let name = argv.name();
    let mut child = match argv.command().spawn() {
        Ok(child) => child,
        Err(error) => return Ended::Done(Err(format!("`{name}` did not start: {error}"))),
    };
    loop {
        tokio::select! {
            ended = child.wait() => return Ended::Done(match ended {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("`{name}` {}", ending(status))),
                Err(error) => Err(format!("`{name}`: {error}")),
            }),
            wish = signals.next() => match wish {
                // Ctrl-C in the program's cooked moments is the program's affair.
                Wish::End(2) | Wish::Continue | Wish::Resized => {}
                Wish::End(signal) => return Ended::Signal(signal),
                // It stopped itself and its group: so do we, and the shell has the terminal.
                Wish::Stop => drop(stop_self()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &[&str]) -> Vec<String> {
        line.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn what_is_opened_is_one_argument() {
        let argv = |line: &[&str], what| Argv::new(&words(line), what).map(|argv| argv.words());
        let url = "https://quay.example/?a=1;rm%20-rf";
        assert_eq!(argv(&["w3m", "-T", "text/html"], url), Some(words(&["w3m", "-T", "text/html", url])));
        assert_eq!(
            argv(&["my surf", "--url=%s", "-k"], url),
            Some(words(&["my surf", "--url=https://quay.example/?a=1;rm%20-rf", "-k"]))
        );
        assert_eq!(argv(&["x%s"], url), Some(words(&["x%s", url])), "a program is not made of an address");
        assert_eq!(argv(&[], url), None);
        assert_eq!(argv(&["  "], url), None);
    }

    #[test]
    fn only_web_addresses_are_opened_and_none_looks_like_an_option() {
        assert_eq!(web_url("HTTPS://Quay.example/a b").map(String::from).as_deref(), Ok("https://quay.example/a%20b"));
        for bad in ["file:///etc/passwd", "javascript:alert(1)", "--version", "-x", "mailto:a@b.example", "http://"] {
            assert!(web_url(bad).is_err(), "{bad}");
        }
    }
}
