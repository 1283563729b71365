//! The user's editor on the config file: `$VISUAL` or `$EDITOR` as an argument vector, without a shell.

use std::path::Path;

use tokio::process::Command;

use super::signals::{Signals, Wish, stop_self};
use crate::text::clean_line;

/// How an editor ended.
#[derive(Debug)]
pub(super) enum Edited {
    /// It ended; what went wrong, if anything did.
    Done(Result<(), String>),
    /// A signal wants the desk to end.
    End(u8),
}

/// Runs the editor on `path` and waits for it. The terminal is the editor's meanwhile.
pub(super) async fn edit(path: &Path, signals: &mut Signals) -> Edited {
    let Some(line) = chosen() else {
        return Edited::Done(Err(format!("no editor: set $VISUAL or $EDITOR, or edit {}", path.display())));
    };
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    let shown = clean_line(name);
    let mut child = match Command::new(name).args(words).arg(path).spawn() {
        Ok(child) => child,
        Err(error) => return Edited::Done(Err(format!("the editor `{shown}` did not start: {error}"))),
    };
    loop {
        tokio::select! {
            ended = child.wait() => return Edited::Done(match ended {
                Ok(status) if status.success() => Ok(()),
                Ok(status) => Err(format!("the editor `{shown}` ended with {status}")),
                Err(error) => Err(format!("the editor `{shown}`: {error}")),
            }),
            wish = signals.next() => match wish {
                // Ctrl-C in the editor's cooked moments is the editor's affair.
                Wish::End(2) | Wish::Continue => {}
                Wish::End(signal) => return Edited::End(signal),
                // The editor stopped itself and its group: so do we, and the shell has the terminal.
                Wish::Stop => drop(stop_self()),
            },
        }
    }
}

fn chosen() -> Option<String> {
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR"))
}
