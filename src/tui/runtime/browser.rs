//! The user's browser: `$BROWSER` as an argument vector, else the system's opener. No shell, nothing but http and https,
//! no waiting, no output of its over the desk.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::process::Command;

use crate::text::clean_line;

/// An opener that has not ended by then has opened something.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens an address; gives a line for the user. The error says what was run and how it ended.
pub(super) async fn open(address: &str) -> Result<String, String> {
    let url = web_url(address)?;
    let mut failures = Vec::new();
    for mut command in commands(url.as_str()) {
        let name = clean_line(&command.as_std().get_program().to_string_lossy());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(false);
        // Its own group: keys and signals of our terminal are not its.
        #[cfg(unix)]
        command.process_group(0);
        match command.spawn() {
            Err(error) => failures.push(format!("`{name}`: {error}")),
            Ok(mut child) => match tokio::time::timeout(PATIENCE, child.wait()).await {
                Err(_) => return Ok(opened(&url)),
                Ok(Ok(status)) if status.success() => return Ok(opened(&url)),
                Ok(Ok(status)) => failures.push(format!("`{name}` {}", ending(status))),
                Ok(Err(error)) => failures.push(format!("`{name}`: {error}")),
            },
        }
    }
    let tried = if failures.is_empty() { "no browser was found".to_owned() } else { failures.join("; ") };
    Err(format!("the browser did not open: {tried}. Set $BROWSER, or copy the link"))
}

fn opened(url: &url::Url) -> String {
    format!("opened in the browser: {}", url.host_str().unwrap_or_default())
}

fn ending(status: ExitStatus) -> String {
    status.code().map_or_else(|| "was ended by a signal".to_owned(), |code| format!("ended with exit status {code}"))
}

/// The address as the `url` crate writes it, so that nothing in it means anything to an opener.
fn web_url(address: &str) -> Result<url::Url, String> {
    let url = url::Url::parse(address)
        .map_err(|error| format!("not opened: {} is no address ({error})", clean_line(address)))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(format!("not opened: only web addresses are, and this one is {}:", url.scheme()));
    }
    Ok(url)
}

fn commands(url: &str) -> Vec<Command> {
    let browser = std::env::var("BROWSER").unwrap_or_default();
    // `$BROWSER` is a list of commands parted by colons, tried in turn.
    let own: Vec<_> = browser.split(':').filter_map(|line| own(line, url)).collect();
    if own.is_empty() { open::commands(url).into_iter().map(Command::from).collect() } else { own }
}

fn own(line: &str, url: &str) -> Option<Command> {
    let mut words = line.split_whitespace();
    let mut command = Command::new(words.next()?);
    let arguments: Vec<_> = words.map(|word| word.replace("%s", url)).collect();
    let placed = line.contains("%s");
    command.args(arguments);
    if !placed {
        command.arg(url);
    }
    Some(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        assert_eq!(web_url("HTTPS://Quay.example/a b").map(String::from).as_deref(), Ok("https://quay.example/a%20b"));
        for bad in ["file:///etc/passwd", "javascript:alert(1)", "--version", "mailto:a@b.example", "http://"] {
            assert!(web_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_address_is_one_argument_of_the_users_command() {
        let command = own("w3m -T text/html", "https://quay.example/?a=1;rm").expect("a command");
        let arguments: Vec<_> = command.as_std().get_args().collect();
        assert_eq!(arguments, ["-T", "text/html", "https://quay.example/?a=1;rm"]);
        let placed = own("surf --url=%s -k", "https://quay.example/").expect("a command");
        assert_eq!(placed.as_std().get_args().collect::<Vec<_>>(), ["--url=https://quay.example/", "-k"]);
        assert!(own("  ", "https://quay.example/").is_none());
    }
}
