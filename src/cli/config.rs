//! `tidings config`: where the config file is, what is wrong with it, and what may be in it.

use super::args::ConfigCommand;
use super::exit::{CliError, Outcome};
use super::moment::counted;
use super::output::Output;
use super::session::Launch;
use crate::config::{self, EXAMPLE};
use crate::topic::{Classifier, Rules};

/// Rules that mean nothing keep no desk from opening, but whoever asks is told.
fn refuse_idle_rules(launch: &Launch) -> Outcome {
    let lines = rule_faults(launch);
    if lines.is_empty() { Ok(()) } else { Err(CliError::usage(lines.join("\n"))) }
}

/// The rules of the config that mean nothing, a line each with its place.
pub(super) fn rule_faults(launch: &Launch) -> Vec<String> {
    let Ok(paths) = &launch.paths else { return Vec::new() };
    if launch.config.rules == Rules::default() {
        return Vec::new();
    }
    let (_, faults) = Classifier::new(&launch.config.rules);
    let text = config::read_text(&paths.config).ok().flatten().unwrap_or_default();
    config::rule_faults(&text, &paths.config, &faults).iter().map(ToString::to_string).collect()
}

/// Runs the command. Nothing but the config file is read.
///
/// # Errors
/// Kind `Usage` with every diagnostic when the file is wrong.
pub(super) fn run(command: &ConfigCommand, launch: &Launch, output: &mut Output) -> Outcome {
    match command {
        ConfigCommand::Path => output.path(&launch.paths()?.config),
        ConfigCommand::Example => output.document(EXAMPLE),
        ConfigCommand::Check => {
            let paths = launch.paths()?;
            launch.refuse_broken_config()?;
            refuse_idle_rules(launch)?;
            let feeds = counted(launch.config.feeds.len() as u64, "feed");
            let words = if paths.config.exists() { "is fine" } else { "is not there yet; defaults are in force" };
            output.line(&format!("{} {words}: {feeds}", paths.config.display()));
        }
    }
    Ok(())
}
