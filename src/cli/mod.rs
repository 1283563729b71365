//! The shell's face: one file per subcommand, each small, over the engine and the rules.
//!
//! `args` is the command line as data, `output` the only place that prints, `exit` the codes, `session` what opens the
//! library, heeds signals and closes it again. `main` parses with [`parse`], reads the config into a [`Launch`] and calls
//! [`run`]; the desk is not in here.

mod args;
mod backup;
mod clip;
mod completions;
mod config;
mod doctor;
mod entity;
mod exit;
mod export;
mod feed;
mod import;
mod keys;
mod limits;
mod list;
mod mark;
mod moment;
mod opml;
mod outlines;
mod output;
mod poll;
mod read;
mod record;
mod session;
mod show;
mod subscription;
mod updating;
mod why;

use std::process::ExitCode;

use clap::Parser;

pub use args::{Arguments, Command, ShellCommand};
pub use exit::{CliError, Kind, Outcome};
pub use limits::fit_into_limits;
pub use output::Output;
pub use session::{Launch, OpenEngine};
pub use updating::Updating;

use args::BackupCommand;
use session::{with_engine, with_runtime};

/// Reads the command line.
///
/// # Errors
/// With the exit code, after having printed what was asked for (`--help`, `--version`) or what is wrong.
pub fn parse() -> Result<Arguments, ExitCode> {
    Arguments::try_parse().map_err(|error| {
        let code = u8::try_from(error.exit_code()).unwrap_or(2);
        // Nobody is left to be told that this could not be printed, unless the data itself was lost.
        let printed = error.print();
        match printed {
            Err(fault) if code == 0 && fault.kind() != std::io::ErrorKind::BrokenPipe => Kind::Failed.exit_code(),
            _ => ExitCode::from(code),
        }
    })
}

/// Runs a command of the shell to its end.
#[must_use]
pub fn run(command: ShellCommand, launch: Launch, ascii: bool) -> ExitCode {
    let (output, outcome) = dispatch(command, launch, Output::standard(ascii));
    end(output, outcome)
}

/// Says why a program that could not even begin ends, and gives its exit code.
#[must_use]
pub fn refuse(error: CliError, ascii: bool) -> ExitCode {
    end(Some(Output::standard(ascii)), Err(error))
}

fn end(output: Option<Output>, outcome: Outcome) -> ExitCode {
    let Some(mut output) = output else {
        // The output is stuck with the work that a signal ended; what can be said was said.
        return outcome.map_or_else(|error| error.kind.exit_code(), |()| ExitCode::SUCCESS);
    };
    let outcome = outcome.and_then(|()| output.finish());
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    if !error.message.is_empty() {
        output.tell(&format!("tidings: {}", error.message));
    }
    for hint in &error.hints {
        output.tell(&format!("  {hint}"));
    }
    // The reason to end is told already; a second one would hide it.
    output.finish().ok();
    error.kind.exit_code()
}

/// Gives each command what it needs and no more: most want the library open, some only the config, some nothing.
fn dispatch(command: ShellCommand, launch: Launch, mut output: Output) -> (Option<Output>, Outcome) {
    let done = match command {
        ShellCommand::Poll(arguments) => {
            return with_engine(launch, output, async move |engine, output| poll::run(arguments, engine, output).await);
        }
        ShellCommand::List(arguments) => {
            return with_engine(launch, output, async move |engine, output| list::run(arguments, engine, output).await);
        }
        ShellCommand::Show(arguments) => {
            return with_engine(launch, output, async move |engine, output| show::run(arguments, engine, output).await);
        }
        ShellCommand::Read(arguments) => {
            return with_engine(launch, output, async move |engine, output| read::run(arguments, engine, output).await);
        }
        ShellCommand::Export(arguments) => {
            return with_engine(launch, output, async move |engine, output| {
                export::run(arguments, engine, output).await
            });
        }
        ShellCommand::Clip(arguments) => {
            return with_engine(launch, output, async move |engine, output| clip::run(arguments, engine, output).await);
        }
        ShellCommand::Why(arguments) => {
            return with_engine(launch, output, async move |engine, output| why::run(arguments, engine, output).await);
        }
        ShellCommand::Entity(arguments) => {
            return with_engine(launch, output, async move |engine, output| {
                entity::run(arguments, engine, output).await
            });
        }
        ShellCommand::Mark(arguments) => {
            return with_engine(launch, output, async move |engine, output| mark::run(arguments, engine, output).await);
        }
        ShellCommand::Feed(command) => {
            return with_engine(launch, output, async move |engine, output| feed::run(command, engine, output).await);
        }
        ShellCommand::Opml(command) => {
            return with_engine(launch, output, async move |engine, output| opml::run(command, engine, output).await);
        }
        ShellCommand::Import(command) => {
            return with_engine(launch, output, async move |engine, output| import::run(command, engine, output).await);
        }
        ShellCommand::Backup(BackupCommand::Create) => {
            return with_engine(launch, output, async move |engine, output| backup::create(engine, output).await);
        }
        ShellCommand::Doctor(arguments) => {
            return with_runtime(output, async move |output, mut stop| {
                doctor::run(arguments, launch, output, &mut stop).await
            });
        }
        ShellCommand::Backup(BackupCommand::List { json }) => {
            launch.paths().and_then(|paths| backup::list(paths, json, &mut output))
        }
        ShellCommand::Backup(BackupCommand::Salvage) => {
            launch.paths().and_then(|paths| backup::salvage(paths, &launch.clock, &mut output))
        }
        ShellCommand::Backup(BackupCommand::Restore { name }) => {
            launch.paths().and_then(|paths| backup::restore(paths, &name, &launch.clock, &mut output))
        }
        ShellCommand::Config(command) => config::run(&command, &launch, &mut output),
        ShellCommand::Keys(arguments) => {
            launch.refuse_broken_config().map(|()| keys::run(&arguments, &launch.config, &mut output))
        }
        ShellCommand::Completions { shell } => {
            completions::run(shell, &mut output);
            Ok(())
        }
    };
    (Some(output), done)
}
