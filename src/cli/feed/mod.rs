//! `tidings feed`: subscriptions from the shell. Edits go through the engine, which keeps the config's comments.

mod add;
mod check;
mod list;

use super::args::FeedCommand;
use super::exit::Outcome;
use super::output::Output;
use super::subscription::{self, label};
use crate::engine::{EngineHandle, FeedEdit};
use crate::model::Feed;

/// Runs the command.
///
/// # Errors
/// As the subcommands say; an unknown feed is `Failed`, an ambiguous one `Usage`.
pub(super) async fn run(command: FeedCommand, engine: &EngineHandle, output: &mut Output) -> Outcome {
    match command {
        FeedCommand::Add { url, name, topics } => add::add(url, name, &topics, engine, output).await,
        FeedCommand::Discover { url, json } => add::discover(url, json, engine, output).await,
        FeedCommand::List { json } => list::run(json, engine, output).await,
        FeedCommand::Check { feed, json } => check::run(&feed, json, engine, output).await,
        FeedCommand::Remove { feed } => edit(&feed, "removed", |feed| FeedEdit::Remove(feed.id), engine, output).await,
        FeedCommand::Rename { feed, name } => {
            edit(&feed, "renamed", |feed| FeedEdit::Rename(feed.id, name), engine, output).await
        }
        FeedCommand::Move { feed, url } => {
            edit(&feed, "moved", |feed| FeedEdit::Move(feed.id, url), engine, output).await
        }
        FeedCommand::Mute { feed } => {
            edit(&feed, "muted", |feed| FeedEdit::Enable(feed.id, false), engine, output).await
        }
        FeedCommand::Unmute { feed } => {
            edit(&feed, "unmuted", |feed| FeedEdit::Enable(feed.id, true), engine, output).await
        }
    }
}

/// Edits the feed that `wanted` names, and says so.
async fn edit(
    wanted: &str,
    done: &str,
    make: impl FnOnce(&Feed) -> FeedEdit,
    engine: &EngineHandle,
    output: &mut Output,
) -> Outcome {
    let feeds = engine.feeds().await?;
    let feed = &subscription::find(&feeds, wanted)?.feed;
    let edit = make(feed);
    let has_moved = matches!(edit, FeedEdit::Move(..));
    engine.edit_feed(edit).await?;
    // Told by what it was called before, but a new address as it is now.
    let after = if has_moved { engine.feeds().await? } else { Vec::new() };
    let now = after.iter().map(|status| &status.feed).find(|other| other.id == feed.id);
    output.line(&format!("{done}: {}", label(now.unwrap_or(feed))));
    Ok(())
}
