//! `tidings keys`: every command of the desk with its keys, from the one table and the config.

use serde::Serialize;

use super::args::KeysArguments;
use super::output::Output;
use super::record::VERSION;
use crate::command::{COMMANDS, CommandSpec, Keymap, Scope};
use crate::config::Config;
use crate::text::pad;

/// Runs the command.
pub(super) fn run(arguments: &KeysArguments, config: &Config, output: &mut Output) {
    // Conflicts between the user's keys are the config check's to tell.
    let (keymap, _) = Keymap::build(config.ui.preset, &config.keys);
    let mut scope = None;
    for command in COMMANDS {
        let keys: Vec<String> = keymap.keys_of(command.id).iter().map(ToString::to_string).collect();
        if arguments.json {
            output.json(&KeyRecord {
                v: VERSION,
                command: command.name,
                scope: command.scope.name(),
                keys,
                help: command.help,
            });
            continue;
        }
        if scope != Some(command.scope) {
            if scope.is_some() {
                output.line("");
            }
            scope = Some(command.scope);
            heading(command.scope, arguments.markdown, output);
        }
        output.line(&if arguments.markdown { markdown(command, &keys) } else { plain(command, &keys) });
    }
}

fn heading(scope: Scope, in_markdown: bool, output: &mut Output) {
    let words = match scope {
        Scope::Everywhere => "Everywhere",
        Scope::List => "In the list",
        Scope::Article => "In the article",
        Scope::Selected => "On the selected article",
        Scope::Feeds => "In feed health",
        Scope::Page => "On the pages of a story, an entity, reasons",
        Scope::Story => "On the page of a story",
        Scope::Why => "On the page of reasons",
    };
    if in_markdown {
        for line in [&format!("## {words}"), "", "| Keys | What | Command |", "|---|---|---|"] {
            output.line(line);
        }
    } else {
        output.line(&format!("{words}  [keys.{}]", scope.name()));
    }
}

fn plain(command: &CommandSpec, keys: &[String]) -> String {
    let keys = if keys.is_empty() { "-".to_owned() } else { keys.join(" ") };
    format!("  {} {} {}", pad(&keys, 18, "…"), pad(command.help, 48, "…"), command.name)
}

fn markdown(command: &CommandSpec, keys: &[String]) -> String {
    // A bar ends a cell even within code; a backtick needs two around it.
    let code = |key: &String| match key.replace('|', "\\|") {
        key if key.contains('`') => format!("`` {key} ``"),
        key => format!("`{key}`"),
    };
    let keys: Vec<String> = keys.iter().map(code).collect();
    format!("| {} | {} | `{}` |", keys.join(" "), command.help.replace('|', "\\|"), command.name)
}

#[derive(Serialize)]
struct KeyRecord {
    v: u8,
    command: &'static str,
    scope: &'static str,
    keys: Vec<String>,
    help: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_mean_something_in_markdown_stay_in_their_cell() {
        let command = &COMMANDS[0];
        let line = markdown(command, &["|".into(), "`".into()]);
        assert!(line.starts_with("| `\\|` `` ` `` | "), "{line}");
        assert!(plain(command, &[]).starts_with("  -  "));
    }
}
