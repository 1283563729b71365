//! `tidings opml`: subscriptions in and out. What comes in is read and never run (THREATS R3, R17).

use std::io::Read;
use std::path::Path;

use super::args::OpmlCommand;
use super::exit::{CliError, Outcome};
use super::moment::counted;
use super::outlines;
use super::output::Output;
use crate::config::FeedSpec;
use crate::engine::{EngineHandle, spec_of};
use crate::opml::{self, Outline};

/// Larger files are no subscription lists.
const LARGEST: u64 = 16 << 20;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when the file cannot be read or has no subscription in it. Skipped ones are named and no error.
pub(super) async fn run(command: OpmlCommand, engine: &EngineHandle, output: &mut Output) -> Outcome {
    match command {
        OpmlCommand::Import { file } => import(&file, engine, output).await,
        OpmlCommand::Export => export(engine, output).await,
    }
}

async fn import(file: &Path, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let text = read_file(file)?;
    let shown = file.display();
    let imported = opml::read(&text).map_err(|error| CliError::failed(format!("{shown}: {error}")))?;
    for skipped in &imported.skipped {
        output.tell(&format!("skipped: {skipped}"));
    }
    if imported.outlines.is_empty() {
        return Err(CliError::failed(format!("{shown} has no feed in it that can be subscribed to")));
    }
    let feeds: Vec<FeedSpec> = imported.outlines.into_iter().map(|outline| spec_of(outline).0).collect();
    let found = feeds.len();
    let added = engine.add_feeds(feeds).await?;
    output.line(&words(added, found, imported.skipped.len()));
    if added > 0 {
        output.tell("`tidings poll` asks them for news");
    }
    Ok(())
}

async fn export(engine: &EngineHandle, output: &mut Output) -> Outcome {
    let feeds = engine.feeds().await?;
    let outlines: Vec<Outline> = feeds.iter().map(outlines::from_feed).collect();
    output.document(&opml::write(&outlines));
    let secrets = feeds.iter().zip(&outlines).filter(|(status, outline)| status.feed.url != outline.url).count();
    if secrets > 0 {
        output.tell(&format!("user name, password or token were left out of {}", counted(secrets as u64, "address")));
    }
    Ok(())
}

/// What an import came to.
pub(super) fn words(added: usize, found: usize, skipped: usize) -> String {
    let mut words = vec![format!("{} added", counted(added as u64, "feed"))];
    words.extend((found > added).then(|| format!("{} subscribed already", found - added)));
    words.extend((skipped > 0).then(|| format!("{skipped} skipped")));
    words.join(", ")
}

/// The bytes of a file that is not endless; `-` is standard input.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| CliError::failed(format!("cannot read {}: {error}", path.display())))?;
    if bytes.len() as u64 > LARGEST {
        return Err(CliError::failed(format!("{} is larger than {} MiB", path.display(), LARGEST >> 20)));
    }
    Ok(bytes)
}
