//! `tidings config`: where the config file is, what is wrong with it, and what may be in it.

use super::args::ConfigCommand;
use super::exit::Outcome;
use super::moment::counted;
use super::output::Output;
use super::session::Launch;
use crate::config::EXAMPLE;

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
            let feeds = counted(launch.config.feeds.len() as u64, "feed");
            let words = if paths.config.exists() { "is fine" } else { "is not there yet; defaults are in force" };
            output.line(&format!("{} {words}: {feeds}", paths.config.display()));
        }
    }
    Ok(())
}
