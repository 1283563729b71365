//! `tidings backup`: copies of the database. They need neither a config nor, for listing and restoring, a sound database.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::exit::{CliError, Outcome};
use super::moment::{counted, local};
use super::output::Output;
use super::record::VERSION;
use crate::clock::Clock;
use crate::config::Paths;
use crate::engine::{EngineHandle, list_backups, restore_backup, salvage_database};
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

/// Lists the copies, newest first.
///
/// # Errors
/// When the folder cannot be read.
pub(super) fn list(paths: &Paths, json: bool, output: &mut Output) -> Outcome {
    let copies = list_backups(&paths.backups).map_err(|error| CliError::failed(error.to_string()))?;
    for copy in &copies {
        let name = name_of(&copy.path);
        if json {
            let made_at = copy.made.map(|time| time.to_string());
            output.json(&BackupRecord { v: VERSION, name, made_at, bytes: copy.bytes, articles: copy.articles });
            continue;
        }
        let made = copy.made.map_or("at an unknown time".to_owned(), local);
        let articles = copy.articles.map_or("cannot be read".to_owned(), |count| counted(count, "article"));
        output.line(&format!("{name}  {made}  {}  {articles}", bytes(copy.bytes)));
    }
    if copies.is_empty() && !json {
        output.tell("there is no copy yet; `tidings backup create` makes one");
    }
    Ok(())
}

/// Puts a copy in the place of the database: one of the list, or a file from elsewhere.
///
/// # Errors
/// When there is no such copy, it is not good, or another tidings has the database open.
pub(super) fn restore(paths: &Paths, wanted: &str, clock: &Clock, output: &mut Output) -> Outcome {
    let copies = list_backups(&paths.backups).map_err(|error| CliError::failed(error.to_string()))?;
    let listed = copies.into_iter().map(|copy| copy.path).find(|path| {
        let name = name_of(path);
        name == wanted || name.strip_suffix(".db") == Some(wanted)
    });
    let from = listed.or_else(|| Some(PathBuf::from(wanted)).filter(|path| path.is_file()));
    let Some(from) = from else {
        return Err(CliError::failed(format!("there is no copy “{wanted}”")).hint("`tidings backup list` lists them"));
    };
    let kept = restore_backup(&paths.database, &paths.backups, &from, clock)
        .map_err(|error| CliError::failed(error.to_string()))?;
    output.line(&format!("restored {}", from.display()));
    if let Some(kept) = kept {
        output.tell(&format!("what was there before is {}", kept.display()));
    }
    Ok(())
}

/// Makes a copy of what can be read of a damaged database.
///
/// # Errors
/// When nothing can be read of it, or the copy cannot be written.
pub(super) fn salvage(paths: &Paths, clock: &Clock, output: &mut Output) -> Outcome {
    let found = salvage_database(&paths.database, &paths.backups, clock)
        .map_err(|error| CliError::failed(error.to_string()))?;
    output.path(&found.path);
    let (feeds, articles) = (counted(found.feeds, "feed"), counted(found.articles, "article"));
    output.tell(&format!("{feeds} and {articles} could be read, {} of them saved or with a note", found.kept));
    output.tell(&format!("`tidings backup restore {}` puts it in the place of the database", name_of(&found.path)));
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[derive(Serialize)]
struct BackupRecord {
    v: u8,
    name: String,
    made_at: Option<String>,
    bytes: u64,
    articles: Option<u64>,
}
