//! `tidings import newsboat`: its feeds and tags, then what was read there, so that nobody starts at zero.

use std::path::{Path, PathBuf};

use super::args::ImportCommand;
use super::exit::{CliError, Outcome};
use super::moment::counted;
use super::opml::{read_file, words};
use super::output::Output;
use crate::config::FeedSpec;
use crate::engine::{EngineHandle, PollRequest, newsboat_read_urls, spec_of};
use crate::model::FeedId;
use crate::opml;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when a file that was named (or every place where one is looked for) has nothing to read.
pub(super) async fn run(command: ImportCommand, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let ImportCommand::Newsboat { urls, cache, no_poll } = command;
    let urls = match urls {
        Some(file) => file,
        None => first_there(&places("XDG_CONFIG_HOME", ".config", "urls")).ok_or_else(|| {
            CliError::failed("newsboat's urls file was found neither in ~/.newsboat nor in ~/.config/newsboat")
                .hint("name it with --urls FILE")
        })?,
    };
    let feeds = subscribe(&urls, engine, output).await?;
    let named = cache.is_some();
    let Some(cache) = cache.or_else(|| first_there(&places("XDG_DATA_HOME", ".local/share", "cache.db"))) else {
        output.tell("newsboat's cache.db was not found, so no read marks were taken over; --cache FILE names it");
        return Ok(());
    };
    let read = match tokio::task::block_in_place(|| newsboat_read_urls(&cache)) {
        Ok(read) => read,
        Err(error) if named => return Err(CliError::failed(error.to_string())),
        Err(error) => {
            output.tell(&format!("no read marks were taken over: {error}"));
            return Ok(());
        }
    };
    if !no_poll {
        poll(&feeds, engine, output).await?;
    }
    let marked = engine.mark_urls_read(read).await?;
    output.line(&format!("{} marked read, as in newsboat", counted(marked, "article")));
    if no_poll {
        output.tell("only stored articles can be marked: run this again after `tidings poll` to mark the rest");
    }
    Ok(())
}

/// Subscribes to the feeds of a urls file; gives their addresses.
async fn subscribe(file: &Path, engine: &EngineHandle, output: &mut Output) -> Result<Vec<String>, CliError> {
    let bytes = read_file(file)?;
    let imported = opml::read_newsboat_urls(&String::from_utf8_lossy(&bytes));
    for skipped in &imported.skipped {
        output.tell(&format!("skipped: {skipped}"));
    }
    let mut feeds: Vec<FeedSpec> = Vec::new();
    let mut tags: Vec<String> = Vec::new();
    for outline in imported.outlines {
        let (feed, others) = spec_of(outline);
        tags.extend(others);
        feeds.push(feed);
    }
    tags.sort();
    tags.dedup();
    if !tags.is_empty() {
        output.tell(&format!("tags that name no topic were left out: {}", tags.join(", ")));
    }
    let addresses = feeds.iter().map(|feed| feed.url.clone()).collect();
    let found = feeds.len();
    let added = engine.add_feeds(feeds).await?;
    output.line(&words(added, found, imported.skipped.len()));
    Ok(addresses)
}

/// Polls the imported feeds, so that there are articles to mark. One that fails keeps none of the others.
async fn poll(addresses: &[String], engine: &EngineHandle, output: &mut Output) -> Outcome {
    let feeds = engine.feeds().await?;
    let wanted: Vec<(FeedId, String)> = feeds
        .into_iter()
        .filter(|status| addresses.contains(&status.feed.url))
        .map(|status| (status.feed.id, status.feed.name))
        .collect();
    // A round of all is as good as many of one, and keeps to the spacing between them.
    let (mut done, mut failed) = (0_usize, Vec::new());
    let total = wanted.len();
    engine
        .poll_and_wait(PollRequest::Now, |polled| {
            if let Some((_, name)) = wanted.iter().find(|(id, _)| *id == polled.feed) {
                done += 1;
                output.progress(&format!("{done} of {total} feeds  {name}"));
                failed.extend(polled.error.map(|error| format!("{name}: {error}")));
            }
        })
        .await?;
    for failure in failed {
        output.tell(&format!("not polled: {failure}"));
    }
    Ok(())
}

/// Where newsboat keeps a file: `~/.newsboat`, else the XDG directory.
fn places(xdg: &str, otherwise: &str, file: &str) -> Vec<PathBuf> {
    let path = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = path("HOME");
    let xdg = path(xdg).or_else(|| home.as_ref().map(|home| home.join(otherwise)));
    let old = home.map(|home| home.join(".newsboat").join(file));
    old.into_iter().chain(xdg.map(|dir| dir.join("newsboat").join(file))).collect()
}

fn first_there(places: &[PathBuf]) -> Option<PathBuf> {
    places.iter().find(|place| place.is_file()).cloned()
}
