//! `tidings backup`: copies of the database. They need neither a config nor, for listing and restoring, a sound database.

use serde::Serialize;

use super::args::BackupCommand;
use super::exit::{CliError, Outcome};
use super::moment::local;
use super::output::Output;
use super::record::VERSION;
use crate::config::Paths;
use crate::engine::{EngineHandle, list_backups, restore_backup};
use crate::text::humanize::bytes;

/// Makes a copy.
///
/// # Errors
/// When it cannot be made.
pub(super) async fn create(engine: &EngineHandle, output: &mut Output) -> Outcome {
    let copy = engine.backup().await?;
    output.path(&copy);
    Ok(())
}

/// Runs what needs no open database.
///
/// # Errors
/// Kind `Failed` when there is no such copy, or another tidings has the database open.
pub(super) fn run_closed(command: &BackupCommand, paths: &Paths, output: &mut Output) -> Outcome {
    match command {
        BackupCommand::List { json } => list(paths, *json, output),
        BackupCommand::Restore { name } => restore(paths, name, output),
        BackupCommand::Create => Ok(()),
    }
}

fn list(paths: &Paths, json: bool, output: &mut Output) -> Outcome {
    let copies = list_backups(&paths.backups).map_err(|error| CliError::failed(error.to_string()))?;
    for copy in &copies {
        if json {
            let time = copy.made_at.to_string();
            output.json(&BackupRecord { v: VERSION, name: &copy.name, made_at: time, bytes: copy.bytes });
        } else {
            output.line(&format!("{}  {}  {}", copy.name, local(copy.made_at), bytes(copy.bytes)));
        }
    }
    if copies.is_empty() && !json {
        output.tell("there is no copy yet; `tidings backup create` makes one");
    }
    Ok(())
}

fn restore(paths: &Paths, name: &str, output: &mut Output) -> Outcome {
    let kept = restore_backup(&paths.database, &paths.backups, name)
        .map_err(|error| CliError::failed(error.to_string()).hint("`tidings backup list` lists the copies"))?;
    output.line(&format!("restored {name}"));
    if let Some(kept) = kept {
        output.tell(&format!("what was there before is {}", kept.display()));
    }
    Ok(())
}

#[derive(Serialize)]
struct BackupRecord<'a> {
    v: u8,
    name: &'a str,
    made_at: String,
    bytes: u64,
}
