//! The clipboard of this machine, for terminals that do not take OSC 52: a program of the system's is given the text.
//!
//! tmux takes OSC 52 from programs in it only where `set-clipboard` is `on`, and its default is `external`; what is loaded
//! into its own buffer with `-w` it hands on to the terminal around it in both cases (tmux(1), load-buffer).

use std::process::Stdio;

use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::program::{Argv, PATIENCE};

/// Gives the text to the programs there are; waits for none of them.
pub(super) fn give(text: &str) {
    for candidates in programs(|name| std::env::var(name).ok()) {
        tokio::spawn(give_to_first(candidates, text.to_owned()));
    }
}

/// The programs that are to have a text: of each list the first that works. `variable` gives those of the environment.
fn programs(variable: impl Fn(&str) -> Option<String>) -> Vec<Vec<Vec<&'static str>>> {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let mut lists = Vec::new();
    if is_set("TMUX") {
        lists.push(vec![vec!["tmux", "load-buffer", "-w", "-"]]);
    }
    if is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        // The clipboard of a machine that the user does not sit at is of no use.
        return lists;
    }
    let mut local: Vec<Vec<&'static str>> = Vec::new();
    if is_set("WAYLAND_DISPLAY") {
        local.push(vec!["wl-copy"]);
    }
    if is_set("DISPLAY") {
        local.extend([vec!["xclip", "-selection", "clipboard"], vec!["xsel", "-b", "-i"]]);
    }
    if cfg!(target_os = "macos") {
        local.push(vec!["pbcopy"]);
    }
    if is_set("WSL_DISTRO_NAME") || cfg!(windows) {
        local.push(vec!["clip.exe"]);
    }
    if is_set("TERMUX_VERSION") {
        local.push(vec!["termux-clipboard-set"]);
    }
    if !local.is_empty() {
        lists.push(local);
    }
    lists
}

async fn give_to_first(candidates: Vec<Vec<&'static str>>, text: String) {
    for words in candidates {
        let [before @ .., last] = words.as_slice() else { continue };
        let argv = if before.is_empty() { Argv::alone(last) } else { Argv::ending(before, last.into()) };
        let Some(argv) = argv else { continue };
        let Ok(mut child) = argv.beside(Stdio::piped()) else { continue };
        let given = async {
            if let Some(mut input) = child.stdin.take() {
                input.write_all(text.as_bytes()).await?;
            }
            child.wait().await
        };
        match timeout(PATIENCE, given).await {
            // Some stay to give the text to whoever pastes it.
            Err(_) => return,
            Ok(Ok(status)) if status.success() => return,
            Ok(outcome) => tracing::info!("{} did not take the text: {outcome:?}", argv.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(set: &[&str]) -> Vec<String> {
        let lists = programs(|name| set.contains(&name).then(|| "x".to_owned()));
        lists
            .iter()
            .flatten()
            .map(|words| words[0].to_owned())
            .filter(|name| name != "pbcopy" && name != "clip.exe")
            .collect()
    }

    #[test]
    fn the_programs_are_those_of_the_system_that_the_user_sits_at() {
        assert_eq!(names(&["DISPLAY", "WAYLAND_DISPLAY"]), ["wl-copy", "xclip", "xsel"]);
        assert_eq!(names(&["TERMUX_VERSION"]), ["termux-clipboard-set"]);
        assert_eq!(names(&["DISPLAY", "SSH_CONNECTION"]), Vec::<String>::new());
        assert_eq!(names(&["SSH_CONNECTION", "TMUX"]), ["tmux"], "tmux hands it on to the user's terminal");
        assert_eq!(names(&[]), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_first_that_works_has_the_text() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("taken");
        // `tee` stands for a clipboard: its argument is where the text goes.
        let path: &'static str = Box::leak(taken.display().to_string().into_boxed_str());
        give_to_first(vec![vec!["/no/such/program"], vec!["false"], vec!["tee", path]], "https://quay.example/".into())
            .await;
        assert_eq!(std::fs::read_to_string(taken).unwrap(), "https://quay.example/");
    }
}
